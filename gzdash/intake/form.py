"""A sheet as its sender meant it: a header of up to three levels, the rows of data, and what was left out of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.intake import form_header
from gzdash.intake.form_rows import Dropped, Sorted, TotalRow, sort_rows
from gzdash.intake.form_words import UNITS, counts, label_and_unit
from gzdash.intake.read import decoded, encoded_grids
from gzdash.intake.values import number
from gzdash.intake.workbook import Grid, column_letters


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its Excel letter, the words over it from the top level down, its unit ("" where none is named),
    and the factor from that unit to its plain one, such as 10000 for 万元."""

    letter: str
    path: tuple[str, ...]
    unit: str
    factor: Decimal

    @property
    def label(self) -> str:
        """The words nearest to the data; empty over a column without a header."""
        return self.path[-1] if self.path else ""

    @property
    def title(self) -> str:
        """All the words and the unit, on one line."""
        unit = f"（{self.unit}）" if self.unit else ""
        return (" / ".join(self.path) or self.letter) + unit


@dataclass(frozen=True)
class Form:
    """One sheet understood. `header_rows` are the Excel rows of the header's first and last level; `rows` hold the
    raw text of the data by Excel letter, blank cells null, and `excel_rows` say where each row stands.
    Blank rows are left out without a word; every other row left out is in `totals` or `dropped`."""

    file: str
    sheet: str
    title: str
    header_rows: tuple[int, int]
    columns: tuple[FormColumn, ...]
    rows: pa.Table = field(repr=False, compare=False)
    excel_rows: pa.Array = field(repr=False, compare=False)
    totals: tuple[TotalRow, ...]
    dropped: tuple[Dropped, ...]

    @property
    def has_data(self) -> bool:
        """Whether there is anything to bring in below the header."""
        return bool(self.rows.num_rows)

    @property
    def first_data_row(self) -> int:
        """The Excel row where the data begin; the one below the header in a form without data."""
        return int(self.excel_rows[0].as_py()) if self.has_data else self.header_rows[1] + 1

    @cached_property
    def by_letter(self) -> dict[str, FormColumn]:
        """The columns by Excel letter."""
        return {column.letter: column for column in self.columns}

    @cached_property
    def fingerprint(self) -> str:
        """What a form is recognised by when it comes again: its header's words, whatever the units and the file."""
        words = "\n".join("\t".join(column.path) for column in self.columns)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def forms(path: Path, data: bytes | None = None) -> tuple[Form, ...]:
    """Every visible sheet of a file as a form; raises Refused as `read_grids` does."""
    return forms_of(path.name, encoded_grids(path, data))


def forms_of(file: str, grids: Iterable[Grid]) -> tuple[Form, ...]:
    """The forms of the sheets that a file was read into (see `encoded_grids`)."""
    return tuple(recognise(file, decoded(grid)) for grid in grids)


def recognise(file: str, grid: Grid) -> Form:
    """The form of one sheet, which must hold something."""
    cells = _top(grid)
    # A merge may reach far beyond what the sheet holds.
    last = grid.left + len(grid.columns) - 1
    merges = [
        (top, left - grid.left, bottom, min(right, last) - grid.left)
        for top, left, bottom, right in grid.merges or ()
        if left <= last
    ]
    found = form_header.find(cells, [span for span in merges if span[1] >= 0])
    over = form_header.paths(cells, found, [span for span in merges if span[1] >= 0])
    letters = [column_letters(grid.left + index) for index in range(len(grid.columns))]
    body = sort_rows(grid.columns, letters, found.first, found.last, cells, merges)
    kept = _kept(over, body, len(letters))
    columns = tuple(
        _column(letters[index], over[index], found.unit if _is_number(body.rows[index]) else "") for index in kept
    )
    return Form(
        file,
        grid.sheet,
        found.title,
        (found.first + 1, found.last + 1),
        columns,
        body.rows.select([letters[index] for index in kept]),
        body.excel_rows,
        body.totals,
        body.dropped,
    )


def _top(grid: Grid) -> form_header.Cells:
    """The first rows, where the header stands, as text; blank rows at the very top do not count."""
    starts = [start for column in grid.columns if (start := pc.index(column.is_valid(), True).as_py()) >= 0]
    count = min(starts) + form_header.SEARCHED_ROWS
    columns = [column[:count].to_pylist() for column in grid.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _kept(over: list[list[str]], body: Sorted, width: int) -> list[int]:
    """The columns that have a header or any data."""
    rows = body.rows
    return [index for index in range(width) if over[index] or rows.column(index).null_count < rows.num_rows]


def _is_number(column: pa.ChunkedArray) -> bool:
    """Whether the unit in the corner can be meant for the column: no more words than numbers in its first cells, or
    no rows at all in the sheet; an empty column beside filled ones has no unit."""
    texts = column.drop_null().slice(0, form_header.SEARCHED_ROWS).to_pylist()
    if not texts:
        return not len(column)
    return 2 * sum(number(text) is not None for text in texts) >= len(texts)


def _column(letter: str, over: list[str], corner: str) -> FormColumn:
    path: list[str] = []
    unit = ""
    for text in over:
        label, own = label_and_unit(text)
        # A lower level may change what a higher one said.
        unit = own or unit
        if not path or path[-1] != label:
            path.append(label)
    unit = unit or ("" if path and counts(path[-1]) else corner)
    return FormColumn(letter, tuple(path), unit, UNITS[unit] if unit else Decimal(1))
