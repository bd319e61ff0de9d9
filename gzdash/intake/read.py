"""A file becomes a `Sheet`: its header and its raw cells as text, each at its Excel row and column."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.faults import Refused
from gzdash.intake import faults, workbook
from gzdash.intake.guide import is_guide
from gzdash.intake.workbook import Grid, column_letters
from gzdash.intake.workbook_package import MOST_COLUMNS

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_EXTENSIONS = (".xlsx", ".xls", ".csv", ".tsv")
_TEXT = (".csv", ".tsv")
MOST_MEGABYTES = 50
# Strict UTF-8 first: GB18030 would accept nearly any UTF-8 text, and read it as nonsense.
_WITHOUT_MARK = ("utf-8", "gb18030")


@dataclass(frozen=True)
class Sheet:
    """The sheet of a file that holds the data. `name` is empty for a CSV.

    `rows` are the raw cells below the header as text, empty cells null, columns named by their Excel
    letters; its first row is Excel row `first_row`, and `header` has the cells of the row above.
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
        return pa.array(range(self.first_row, self.first_row + self.rows.num_rows), pa.int32())

    def verbatim(self, row: int, letter: str) -> str | None:
        """What the file holds at an Excel row and a column of `rows`."""
        text: str | None = self.rows[letter][row - self.first_row].as_py()
        return text


def read(path: Path, data: bytes | None = None) -> Sheet:
    """The first visible sheet that holds anything (see `read_grids`), its header taken to be its first filled row."""
    grid = read_grids(path, data)[0]
    return _sheet(path.name, grid)


def read_grids(path: Path, data: bytes | None = None) -> tuple[Grid, ...]:
    """Every visible sheet of a workbook, or the one of a text file (whose bytes may be given), blank cells null.

    Stored values only, no formula is run; a template's own examples and notes are passed over. The content decides,
    not the name: a workbook called .csv is read as one.
    Raises Refused for another kind of file and for one that is missing, empty, too large, encrypted or unreadable.
    """
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS:
        macros = extension in (".xlsm", ".xltm", ".xlam")
        raise Refused(faults.macros(path.name) if macros else faults.unknown_extension(path.name, extension))
    data = file_bytes(path) if data is None else data
    if len(data) > MOST_MEGABYTES << 20:
        raise Refused(faults.too_large(path.name, MOST_MEGABYTES))
    if not data:
        raise Refused(faults.empty(path.name))
    if extension in _TEXT and not workbook.is_workbook(data):
        found: tuple[Grid, ...] = (Grid("", tuple(_csv_columns(path.name, data)), 0),)
    else:
        found = workbook.grids(path.name, data)
    cleaned = [_without_blanks(grid) for grid in found]
    filled = tuple(grid for grid in cleaned if _is_filled(grid) and not is_guide(grid))
    if not filled:
        raise Refused(faults.empty(path.name))
    return filled


def _is_filled(grid: Grid) -> bool:
    return any(column.null_count < len(column) for column in grid.columns)


def _without_blanks(grid: Grid) -> Grid:
    return replace(grid, columns=tuple(_blank_to_null(column) for column in grid.columns))


def file_bytes(path: Path) -> bytes:
    """The bytes of the file; raises Refused when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(faults.not_found(str(path), error)) from error


def _sheet(file: str, grid: Grid) -> Sheet:
    """The sheet whose header is the first row that is not blank."""
    top = min(top for column in grid.columns if (top := pc.index(column.is_valid(), True).as_py()) >= 0)
    names = [column_letters(grid.left + index) for index in range(len(grid.columns))]
    header = tuple(column[top].as_py() or "" for column in grid.columns)
    return Sheet(file, grid.sheet, header, pa.table([column[top + 1 :] for column in grid.columns], names), top + 2)


def _blank_to_null(column: pa.Array) -> pa.Array:
    """Cells with nothing but spaces, the ideographic ones included, hold nothing."""
    blank = pc.equal(pc.utf8_trim_whitespace(column), "")
    return pc.if_else(blank, pa.scalar(None, pa.string()), column)


def _csv_columns(file: str, data: bytes) -> list[pa.Array]:
    text = _decoded(file, data)
    lines = io.StringIO(text, newline="")
    try:
        records = list(csv.reader(lines, delimiter=_delimiter(text)))
    except csv.Error as error:
        raise Refused(faults.unreadable(file, error)) from error
    width = max(map(len, records), default=0)
    if width > MOST_COLUMNS:
        raise Refused(faults.too_many_columns(file, MOST_COLUMNS))
    return [
        pa.array([record[index] if index < len(record) else None for record in records], pa.string())
        for index in range(width)
    ]


def _decoded(file: str, data: bytes) -> str:
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in marked or _WITHOUT_MARK:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(faults.undecodable(file))


def _delimiter(text: str) -> str:
    """A comma, unless the first line has none and Excel has used the tab or semicolon of its settings."""
    line = text.lstrip().partition("\n")[0]
    return "," if "," in line else max("\t;,", key=line.count)
