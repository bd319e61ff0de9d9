"""A template's sheet without the rows that are no data: totals, footnotes and repeated headers, as in any form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.intake.form import recognise
from gzdash.intake.form_rows import Dropped, TotalRow, may_be_no_data
from gzdash.intake.form_totals import check_totals
from gzdash.intake.header import spellings
from gzdash.intake.read import Sheet, decoded
from gzdash.intake.report import CellFault
from gzdash.intake.values import folded
from gzdash.intake.workbook import Grid
from gzdash.tables import Table


@dataclass(frozen=True)
class SiftedSheet(Sheet):
    """A sheet whose `totals` and `asides` are blank in `rows`; `wrong` are the totals that are not the sum."""

    totals: tuple[TotalRow, ...]
    asides: tuple[Dropped, ...]
    wrong: tuple[CellFault, ...]


def sifted(table: Table, sheet: Sheet, grid: Grid) -> Sheet:
    """The sheet itself where every row is data, else one without the others; `grid` is what it was made of."""
    if not _has_others(table, sheet):
        return sheet
    form = recognise(sheet.file, decoded(grid))
    others = [total.row for total in form.totals] + [aside.row for aside in form.dropped]
    if form.header_rows[1] != sheet.first_row - 1 or not others:
        return sheet
    out = pc.is_in(sheet.excel_rows, value_set=pa.array(others, pa.int32()))
    rows = pa.table([_blanked(column, out) for column in sheet.rows.columns], sheet.rows.column_names)
    wrong = check_totals(form)
    return SiftedSheet(sheet.file, sheet.name, sheet.header, rows, sheet.first_row, form.totals, form.dropped, wrong)


def _has_others(table: Table, sheet: Sheet) -> bool:
    """Whether any row may be no data: one that lacks what is required, or has the header's words. Asked before the
    whole sheet is looked through, which takes long where it has many rows."""
    spelled = spellings(table)
    keys = [spelled.get(folded(title), "") for title in sheet.header]
    required = [letter for letter, key in zip(sheet.letters, keys, strict=True) if key and table.by_key[key].required]
    if not required or not sheet.rows.num_rows:
        return False
    lacking = reduce(pc.or_, (sheet.rows[letter].is_null() for letter in required))
    title = sheet.header[sheet.letters.index(required[0])]
    repeated = pc.equal(sheet.rows[required[0]].cast(pa.string()), title)
    doubtful = sheet.rows.filter(pc.or_(lacking, pc.fill_null(repeated, False)))
    return may_be_no_data(pa.table([column.cast(pa.string()) for column in doubtful.columns], sheet.letters), title)


def _blanked(column: pa.ChunkedArray, out: pa.Array) -> pa.DictionaryArray:
    encoded = column.combine_chunks()
    indices = pc.if_else(out, pa.scalar(None, pa.int32()), encoded.indices)
    return pa.DictionaryArray.from_arrays(indices, encoded.dictionary)
