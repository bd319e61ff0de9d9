"""The sender's own sheet as a report speaks of it: how it was understood, and its rows around the faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.intake.form import Form
from gzdash.intake.form_rows import Dropped, TotalRow
from gzdash.intake.header import spellings
from gzdash.intake.read import Sheet
from gzdash.intake.report import CellFault, Report
from gzdash.intake.sifted import SiftedSheet
from gzdash.intake.values import folded

# A sheet with no more rows below its header is shown whole, and kept whole.
WHOLE_SHEET = 20
# So many rows above and below a faulty one may be shown: its context, and a gap too short to be worth a line.
KEPT_AROUND = 3

Texts = dict[str, str]


@dataclass(frozen=True)
class Original:
    """A sheet as its sender sent it. `header` are the Excel rows of the header's first and last level; `labels` has
    the words nearest to the data over each filled column, by Excel letter, with those above where several are alike.

    `matched` counts the columns of the table that the sheet fills, `unused` those of the sheet that fill none;
    `data_rows` are the rows taken as data, `totals` (with their labels) and `asides` the Excel rows that are none, and
    `last` is the last row that holds anything. `texts` are the cells by row and letter, as far as they may be shown.
    """

    header: tuple[int, int]
    labels: Texts
    matched: int
    unused: int
    data_rows: int
    totals: dict[int, str]
    asides: frozenset[int]
    last: int
    texts: dict[int, Texts] = field(repr=False, compare=False)

    @classmethod
    def of(cls, report: Report, seen: Sheet | Form) -> Original:
        """The sheet that a report was made of, a template or a form."""
        return cls.of_form(report, seen) if isinstance(seen, Form) else cls.of_template(report, seen)

    @classmethod
    def of_template(cls, report: Report, sheet: Sheet) -> Original:
        """A sheet read as our template: one header row, and every filled row below it is data."""
        top = sheet.first_row - 1
        filled = reduce(pc.or_, (column.combine_chunks().is_valid() for column in sheet.rows.columns))
        rows = pc.add(pc.indices_nonzero(filled).cast(pa.int64()), sheet.first_row)
        last = rows[-1].as_py() if len(rows) else top
        is_any = {letter: sheet.rows[letter].null_count < sheet.rows.num_rows for letter in sheet.letters}
        labels = {
            letter: title for letter, title in zip(sheet.letters, sheet.header, strict=True) if title or is_any[letter]
        }
        known = spellings(report.table)
        matched = len({known[folded(title)] for title in labels.values() if folded(title) in known})
        totals, asides = (sheet.totals, sheet.asides) if isinstance(sheet, SiftedSheet) else ((), ())
        others = _others(totals, asides, next(iter(labels), ""))
        last = max([last, *others])
        near = _near(report.faults, top, last)
        texts = _texts(sheet.rows, sheet.excel_rows, near, labels) | _only(others, near)
        return cls(
            header=(top, top),
            labels=labels,
            matched=matched,
            unused=len(labels) - matched,
            data_rows=len(rows),
            totals={total.row: total.label for total in totals},
            asides=frozenset(one.row for one in asides),
            last=last,
            texts=texts,
        )

    @classmethod
    def of_form(cls, report: Report, form: Form) -> Original:
        """A form, with its totals and footnotes where they stand in it."""
        labels = {column.letter: column.label for column in form.columns}
        several = {label for label, count in Counter(labels.values()).items() if count > 1}
        labels |= {one.letter: " / ".join(one.path) for one in form.columns if one.label in several}
        used = {(one.key, one.letter) for layout in report.layouts for one in layout.columns}
        others = _others(form.totals, form.dropped, next(iter(labels), ""))
        last = max([*others, form.header_rows[1], *(form.excel_rows[-1:].to_pylist())])
        near = _near(report.faults, form.header_rows[1], last)
        return cls(
            header=form.header_rows,
            labels=labels,
            matched=len({key for key, _ in used}),
            unused=len(labels.keys() - {letter for _, letter in used}),
            data_rows=form.rows.num_rows,
            totals={total.row: total.label for total in form.totals},
            asides=frozenset(one.row for one in form.dropped),
            last=last,
            texts=_texts(form.rows, form.excel_rows, near, labels) | _only(others, near),
        )

    def text(self, row: int, letter: str) -> str:
        """What stands in a cell; empty for a blank one, and for one too far from any fault to be shown."""
        return self.texts.get(row, {}).get(letter, "")

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The Excel letters of its filled columns, from left to right."""
        return tuple(self.labels)


def _others(totals: Iterable[TotalRow], asides: Iterable[Dropped], first: str) -> dict[int, Texts]:
    """The cells of totals and footnotes by row; of a footnote its words are known, which stand in the `first` column,
    as footnotes do."""
    found = {total.row: {total.letter: total.label, **dict(total.values)} for total in totals}
    return found | {one.row: {first: one.text} for one in asides}


def _only(others: dict[int, Texts], near: np.ndarray) -> dict[int, Texts]:
    shown = set(near.tolist())
    return {row: texts for row, texts in others.items() if row in shown}


def _near(faults: Iterable[CellFault], header: int, last: int) -> np.ndarray:
    """The Excel rows below the header that a window may show."""
    faulty = np.unique(np.fromiter((fault.row for fault in faults), np.int64))
    around = np.arange(-KEPT_AROUND, KEPT_AROUND + 1)
    top = np.arange(header + 1, header + WHOLE_SHEET + 1)
    rows = np.union1d((faulty[:, None] + around).ravel(), top)
    return rows[(rows > header) & (rows <= last)]


def _texts(rows: pa.Table, excel_rows: pa.Array, near: np.ndarray, letters: Iterable[str]) -> dict[int, Texts]:
    """The filled cells of the rows in `near`."""
    chosen = pc.indices_nonzero(pc.is_in(excel_rows, value_set=pa.array(near, excel_rows.type)))
    numbers = excel_rows.take(chosen).to_pylist()
    taken = rows.take(chosen)
    cells: dict[int, Texts] = {row: {} for row in numbers}
    for letter in letters:
        for row, text in zip(numbers, taken[letter].to_pylist(), strict=True):
            if text is not None:
                cells[row][letter] = text
    return cells
