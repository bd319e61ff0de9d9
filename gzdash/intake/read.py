"""A file becomes a `Sheet`: its header and its raw cells as text, each at its Excel row and column."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.faults import Refused
from gzdash.intake import faults, workbook
from gzdash.intake.workbook import column_letters

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
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


def read(path: Path, data: bytes | None = None) -> Sheet:
    """The sheet of an .xlsx or .csv (whose bytes may be given); stored values only, no formula is run.

    Raises Refused for another kind of file and for one that is missing, empty, encrypted or unreadable.
    """
    extension = path.suffix.lower()
    if extension not in (".xlsx", ".csv"):
        raise Refused(faults.unknown_extension(path.name, extension))
    data = file_bytes(path) if data is None else data
    if not data:
        raise Refused(faults.empty(path.name))
    if extension == ".csv":
        return _sheet(path.name, "", _csv_columns(path.name, data), 0)
    grid = workbook.grid(path.name, data)
    return _sheet(path.name, grid.sheet, grid.columns, grid.left)


def file_bytes(path: Path) -> bytes:
    """The bytes of the file; raises Refused when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(faults.not_found(str(path), error)) from error


def _sheet(file: str, name: str, columns: Sequence[pa.Array], left: int) -> Sheet:
    """The sheet whose header is the first row that is not blank."""
    cleaned = [_blank_to_null(column) for column in columns]
    tops = [top for column in cleaned if (top := pc.index(column.is_valid(), True).as_py()) >= 0]
    if not tops:
        raise Refused(faults.empty(file))
    top = min(tops)
    names = [column_letters(left + index) for index in range(len(cleaned))]
    header = tuple(column[top].as_py() or "" for column in cleaned)
    return Sheet(file, name, header, pa.table([column[top + 1 :] for column in cleaned], names), top + 2)


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
