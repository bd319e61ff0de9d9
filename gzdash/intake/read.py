"""A file becomes a `Sheet`: its header and its raw cells as text, each at its Excel row and column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.faults import Refused
from gzdash.intake import delimited, faults, workbook
from gzdash.intake.form_rows import filled_down
from gzdash.intake.guide import is_guide
from gzdash.intake.workbook import Grid, column_letters

_EXTENSIONS = (".xlsx", ".xls", ".csv", ".tsv")
_TEXT = (".csv", ".tsv")
MOST_MEGABYTES = 50
# A million rows of a monthly report take some 100 MB; unlike a workbook, text unpacks to nothing larger.
MOST_MEGABYTES_OF_TEXT = 128


@dataclass(frozen=True)
class Sheet:
    """The sheet of a file that holds the data. `name` is empty for a CSV.

    `rows` are the raw cells below the header as text, dictionary-encoded, empty cells null, columns named by their
    Excel letters; its first row is Excel row `first_row`, and `header` has the cells of the row above.
    """

    file: str
    name: str
    header: tuple[str, ...]
    rows: pa.Table
    first_row: int

    @property
    def letters(self) -> tuple[str, ...]:
        """The Excel letters of the columns, in the order of `header`."""
        return tuple(self.rows.column_names)

    @property
    def excel_rows(self) -> pa.Array:
        """The Excel row of each of `rows`."""
        return pa.array(np.arange(self.first_row, self.first_row + self.rows.num_rows, dtype=np.int32))

    def verbatim(self, row: int, letter: str) -> str | None:
        """What the file holds at an Excel row and a column of `rows`."""
        text: str | None = self.rows[letter][row - self.first_row].as_py()
        return text


def read(path: Path, data: bytes | None = None) -> Sheet:
    """The first visible sheet that holds anything (see `read_grids`), its header taken to be its first filled row."""
    return sheet_of(path.name, encoded_grids(path, data)[0])


def read_grids(path: Path, data: bytes | None = None) -> tuple[Grid, ...]:
    """Every visible sheet of a workbook, or the one of a text file (whose bytes may be given), blank cells null.

    Stored values only, no formula is run; a template's own examples and notes are passed over. The content decides,
    not the name: a workbook called .csv is read as one.
    Raises Refused for another kind of file and for one that is missing, empty, too large, encrypted or unreadable.
    """
    return tuple(map(decoded, encoded_grids(path, data)))


def decoded(grid: Grid) -> Grid:
    """The grid with its cells as plain texts."""
    return replace(grid, columns=tuple(column.dictionary_decode() for column in grid.columns))


def encoded_grids(path: Path, data: bytes | None = None) -> tuple[Grid, ...]:
    """The same as `read_grids`, with dictionary-encoded cells: what a file is read into once."""
    _refuse_unreadable_name(path)
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS:
        macros = extension in (".xlsm", ".xltm", ".xlam")
        raise Refused(faults.macros(path.name) if macros else faults.unknown_extension(path.name, extension))
    data = file_bytes(path) if data is None else data
    is_text = extension in _TEXT and not workbook.is_workbook(data)
    most = MOST_MEGABYTES_OF_TEXT if is_text else MOST_MEGABYTES
    if len(data) > most << 20:
        raise Refused(faults.too_large(path.name, most))
    if not data:
        raise Refused(faults.empty(path.name))
    found = (Grid("", delimited.columns(path.name, data), 0),) if is_text else workbook.grids(path.name, data)
    cleaned = [replace(grid, columns=tuple(map(_blank_to_null, grid.columns))) for grid in found]
    filled = [grid for grid in cleaned if any(column.null_count < len(column) for column in grid.columns)]
    if not (sent := tuple(grid for grid in filled if not is_guide(grid))):
        raise Refused(faults.empty(path.name))
    return sent


def file_bytes(path: Path) -> bytes:
    """The bytes of the file; raises Refused when it cannot be opened or its name is in no known encoding."""
    _refuse_unreadable_name(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(faults.not_found(str(path), error)) from error


def _refuse_unreadable_name(path: Path) -> None:
    """The name goes into the ledger and every row; Python stands in for bytes it cannot read with what is no text."""
    if any("\ud800" <= sign <= "\udfff" for sign in path.name):
        raise Refused(faults.unreadable_name(path.name))


def sheet_of(file: str, grid: Grid) -> Sheet:
    """The sheet of a grid, whose header is the first row that is not blank; see `filled_down`."""
    top = min(top for column in grid.columns if (top := pc.index(column.is_valid(), True).as_py()) >= 0)
    names = [column_letters(grid.left + index) for index in range(len(grid.columns))]
    header = tuple(column[top].as_py() or "" for column in grid.columns)
    merges = [(above, left - grid.left, below, right - grid.left) for above, left, below, right in grid.merges or ()]
    rows = [_encoded(column[top + 1 :]) for column in filled_down(grid.columns, merges, top)]
    return Sheet(file, grid.sheet, header, pa.table(rows, names), top + 2)


def _encoded(column: pa.Array) -> pa.DictionaryArray:
    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()


def _blank_to_null(column: pa.Array) -> pa.DictionaryArray:
    """Cells with nothing but spaces, the ideographic ones included, hold nothing."""
    encoded = column.dictionary_encode()
    blank = pc.indices_nonzero(pc.equal(pc.utf8_trim_whitespace(encoded.dictionary), ""))
    if not len(blank):
        return encoded
    is_blank = pc.is_in(encoded.indices, value_set=blank.cast(pa.int32()))
    indices = pc.if_else(is_blank, pa.scalar(None, pa.int32()), encoded.indices)
    return pa.DictionaryArray.from_arrays(indices, encoded.dictionary)
