"""A form with its mapping becomes sheets that are checked as a filled template is, each value at its own cell."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.faults import Fault, Refused, WrongUsage
from gzdash.intake import faults, mapping_faults, problems
from gzdash.intake.convert_parts import part_faults
from gzdash.intake.form import Form, FormColumn
from gzdash.intake.form_totals import check_totals
from gzdash.intake.form_words import is_money
from gzdash.intake.header import Match
from gzdash.intake.mapping import Mapping, Source, Sources
from gzdash.intake.problems import Problem
from gzdash.intake.read import Sheet
from gzdash.intake.report import CellFault
from gzdash.intake.values import folded, number, reader
from gzdash.tables import TABLES, Column, Table

# A letter names one column of a sheet; where a second column of the table is filled from it, that one has a name
# of its own behind this mark, and a constant has nothing before it.
_MARK = "#"


@dataclass(frozen=True)
class MappedSheet(Sheet):
    """A sheet whose columns are matched already. `rows` hold the converted texts; `raw` has what stands in the
    file, and `numbers` the Excel row of each; `factors` say what the numbers of a column, by key, were multiplied
    by, and `part` which part of the mapping this is."""

    matched: Match
    raw: pa.Table = field(repr=False)
    numbers: pa.Array = field(repr=False)
    factors: Names[str, Decimal]
    part: int

    @property
    def excel_rows(self) -> pa.Array:
        """The Excel row of each of `rows`."""
        return self.numbers

    def verbatim(self, row: int, letter: str) -> str | None:
        """What the file holds at an Excel row and a column; the constant of a column that is not in the file."""
        index = pc.index(self.numbers, row).as_py()
        name = excel_letter(letter)
        text: str | None = (self.raw[name] if name else self.rows[letter])[index].as_py()
        return text


@dataclass(frozen=True)
class Applied:
    """A form ready for the check: one sheet, or one for each part of the mapping, and the totals that are wrong."""

    table: Table
    sheets: tuple[MappedSheet, ...]
    totals: tuple[CellFault, ...]


def excel_letter(name: str) -> str:
    """The Excel letter of a column of a sheet; empty for a constant."""
    return name.partition(_MARK)[0]


def apply(mapping: Mapping, form: Form, register: Names[str, str] | None = None) -> Applied:
    """The form as sheets of the mapping's table; `register` has the code of each organization by its name.

    A source with `register` gives the code to an organization column, and its name to the text column beside it only
    where the register does not know it. Raises Refused with everything that is wrong with the mapping for this form,
    WrongUsage for an unknown table.
    """
    if mapping.table not in TABLES:
        raise WrongUsage(faults.unknown_table(mapping.table))
    table = TABLES[mapping.table]
    wrong = [*_faults(table, mapping, form)]
    if wrong:
        raise Refused(*wrong)
    known = {folded(name): code for name, code in (register or {}).items()}
    parts = mapping.parts or ((),)
    sheets = tuple(_sheet(table, form, mapping.columns, part, known, number) for number, part in enumerate(parts))
    return Applied(table, sheets, check_totals(form))


def find(form: Form, source: Source) -> FormColumn | None:
    """The form's column that a source means."""
    there = [column for column in form.columns if column.path == source.path] if source.path else []
    if len(there) == 1:
        return there[0]
    chosen = form.by_letter.get(source.letter)
    return chosen if chosen and (chosen in there or not source.path) else None


def _faults(table: Table, mapping: Mapping, form: Form) -> Iterator[Fault]:
    sources = [*mapping.columns, *(entry for part in mapping.parts for entry in part)]
    for key, source in sources:
        if key not in table.by_key:
            yield mapping_faults.unknown_key(table, key)
            continue
        column = table.by_key[key]
        if source.constant is None and find(form, source) is None:
            place = " · ".join(filter(None, (form.file, form.sheet)))
            yield mapping_faults.not_in_form(column, " / ".join(source.path) or source.letter, place)
        elif source.constant is not None and isinstance(value := reader(column)(source.constant), Problem):
            yield mapping_faults.wrong_constant(column, source.constant, value)
    if all(key in table.by_key for key, _ in sources):
        letters = [
            {key: found.letter for key, source in part if (found := find(form, source))} for part in mapping.parts
        ]
        yield from part_faults(table, mapping, form, letters)


def _sheet(table: Table, form: Form, shared: Sources, own: Sources, known: Names[str, str], part: int) -> MappedSheet:
    sources = dict(shared) | dict(own)
    kept = _reporting(form, own)
    raw, numbers = form.rows.filter(kept), form.excel_rows.filter(kept)
    columns: dict[str, pa.Array] = {column.letter: raw[column.letter] for column in form.columns}
    headers = {column.letter: column.title for column in form.columns}
    letters: dict[str, str] = {}
    titles: dict[str, str] = {}
    factors: dict[str, Decimal] = {}
    for key, source in sources.items():
        column, found = table.by_key[key], find(form, source)
        name = found.letter if found else ""
        if not found or name in letters.values():
            name = f"{name}{_MARK}{key}"
        letters[key], titles[key] = name, found.title if found else column.header.zh
        headers[name] = titles[key]
        if found:
            factors[key] = _factor(column, found, source)
        columns[name] = (
            _converted(raw[found.letter], column, found, source, known)
            if found
            else pa.repeat(pa.scalar(source.constant, pa.string()), raw.num_rows)
        )
    last = form.header_rows[1]
    missing = [column for column in table.columns if column.required and column.key not in letters]
    absent = tuple(
        CellFault.of(problems.missing_column(column), last, "", column.header.zh, None) for column in missing
    )
    match = Match(letters, titles, absent)
    header = tuple(headers[name] for name in columns)
    return MappedSheet(form.file, form.sheet, header, pa.table(columns), last + 1, match, raw, numbers, factors, part)


def _reporting(form: Form, own: Sources) -> pa.Array:
    """The rows that say anything in a part's own columns; every row where there are no parts."""
    found = [column.letter for _, source in own if (column := find(form, source))]
    if not found or not form.has_data:
        return pa.repeat(pa.scalar(True), form.rows.num_rows)
    return pc.is_valid(pc.coalesce(*(form.rows[letter] for letter in found))).combine_chunks()


def _converted(
    raw: pa.ChunkedArray, column: Column, found: FormColumn, source: Source, known: Names[str, str]
) -> pa.Array:
    """The texts as the check reads them; each distinct text is converted once."""
    encoded = pc.dictionary_encode(raw).combine_chunks()
    meant = {folded(text): value for text, value in source.values}
    factor = _factor(column, found, source)
    texts = [_meaning(text, column, meant, factor, source, known) for text in encoded.dictionary.to_pylist()]
    cells = pa.array(texts, pa.string()).take(encoded.indices)
    return cells.fill_null(meant[""]) if meant.get("") else cells


def _factor(column: Column, found: FormColumn, source: Source) -> Decimal:
    """What a number is multiplied by: a corner that says 万元 speaks of the money in the sheet, not of its people."""
    if column.kind not in ("money", "integer"):
        return Decimal(1)
    if source.factor is not None:
        return source.factor
    return found.factor if is_money(found.unit) == (column.kind == "money") else Decimal(1)


def _meaning(
    text: str, column: Column, meant: Names[str, str], factor: Decimal, source: Source, known: Names[str, str]
) -> str | None:
    spelled = folded(text)
    if spelled in meant:
        return meant[spelled] or None
    if source.register and spelled in known:
        return known[spelled] if column.kind == "organization" else None
    if source.register and column.kind == "organization" and column.key == "giver":
        # A giver outside the register stands under its name in the column beside this one.
        return text if not isinstance(reader(column)(text), Problem) else None
    amount = number(text) if factor != 1 else None
    return text if amount is None else f"{amount * factor:f}"
