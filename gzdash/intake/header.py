"""The header of a sheet matched to the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gzdash.intake import problems
from gzdash.intake.read import Sheet
from gzdash.intake.report import CellFault
from gzdash.intake.values import folded
from gzdash.tables import Column, Table
from gzdash.words import Text

# Offices number the rows; such a column says nothing and refuses nothing.
_ROW_NUMBERS = frozenset(("序号", "行号", "no.", "no"))


@dataclass(frozen=True)
class Match:
    """Which Excel column holds which declared column (`letters`, `titles` by column key), and what does not fit."""

    letters: dict[str, str]
    titles: dict[str, str]
    faults: tuple[CellFault, ...]

    def title(self, column: Column) -> str:
        """The column's header as the file has it; as the template has it when it is missing there."""
        return self.titles.get(column.key, column.header.zh)


def match(table: Table, sheet: Sheet) -> Match:
    """Match header cells to columns by label or header in either language, or by key."""
    spelled = spellings(table)
    letters: dict[str, str] = {}
    titles: dict[str, str] = {}
    faults: list[CellFault] = []
    row = sheet.first_row - 1
    for letter, title in zip(sheet.letters, sheet.header, strict=True):
        key = spelled.get(folded(title))
        if key and key not in letters:
            letters[key], titles[key] = letter, title.strip()
        elif key:
            problem = problems.duplicate_column(f"{letters[key]}{row}")
            faults.append(CellFault.of(problem, row, letter, title, title))
        elif folded(title) in _ROW_NUMBERS:
            continue
        elif title or sheet.rows[letter].null_count < sheet.rows.num_rows:
            problem = problems.unknown_column(_labels(table))
            faults.append(CellFault.of(problem, row, letter, title or letter, title))
    faults += _missing(table, letters, row)
    return Match(letters, titles, tuple(faults))


def spellings(table: Table) -> dict[str, str]:
    """Every way to head a column of `table`, folded, with the column's key."""
    return {
        folded(spelling): column.key
        for column in table.columns
        for text in (column.label, column.header)
        for spelling in (text.zh, text.en, column.key)
    }


def _missing(table: Table, letters: dict[str, str], row: int) -> Iterator[CellFault]:
    for column in table.columns:
        if column.required and column.key not in letters:
            yield CellFault.of(problems.missing_column(column), row, "", column.header.zh, None)


def _labels(table: Table) -> Text:
    columns = table.columns
    return Text("、".join(column.header.zh for column in columns), ", ".join(column.header.en for column in columns))
