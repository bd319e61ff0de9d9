"""The cells of a workbook as stored: every visible sheet that holds anything, at its own rows and columns."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.faults import Refused
from gzdash.intake import faults, workbook_old, workbook_package
from gzdash.intake.values import EXCEL_ERRORS
from gzdash.intake.workbook_old import COMPOUND_FILE
from gzdash.intake.workbook_package import Span

# A password-protected .xlsx lies in the container of an .xls under this name.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# fastexcel writes a number with nine decimals; a number this long is turned back into the float it was.
_LONG_NUMBER = r"^-?\d{7,}\.\d{9}$"

# The header stands within this many bytes of the sheet's file.
_START_OF_SHEET = 4 << 20

# Two patterns that never look at a byte twice: with one, a hostile sheet takes hours.
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*+|/)?>")
_NAME = re.compile(rb'\sr="([A-Z]+)(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?(?:v|is)(?:\s[^<>]*")?>')
# What the readers of zip and XML raise at bytes that are neither.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    LookupError,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    ElementTree.ParseError,
)


@dataclass(frozen=True)
class Grid:
    """Cells as text: `columns` are equally long, the first of them stands in Excel column `left` (A is 0),
    the first row in Excel row 1. `merges` are the merged cells (top, left, bottom, right, from 0, in Excel's
    own columns), None where the file cannot tell."""

    sheet: str
    columns: tuple[pa.Array, ...]
    left: int
    merges: tuple[Span, ...] | None = None


def is_workbook(data: bytes) -> bool:
    """Whether the content is that of a workbook, whatever the file is called."""
    return data.startswith(COMPOUND_FILE) or is_xlsx(data)


def is_xlsx(data: bytes) -> bool:
    """Whether the bytes are an .xlsx, whatever the file is called."""
    return data.startswith(b"PK\x03\x04")


def grids(file: str, data: bytes) -> tuple[Grid, ...]:
    """The visible sheets that hold anything; raises Refused when there is none, and for a workbook that is
    encrypted, damaged, too large, linked to others, with macros, or something else."""
    if not is_workbook(data):
        page = (
            data.lstrip(b"\xef\xbb\xbf \r\n\t")[:200]
            .lower()
            .startswith((b"<html", b"<!doctype html", b"<table", b"<meta"))
        )
        raise Refused(faults.web_page(file) if page else faults.unreadable(file, "not a workbook"))
    if data.startswith(COMPOUND_FILE) and _ENCRYPTED in data:
        raise Refused(faults.encrypted(file))
    try:
        found = tuple(_old(file, data) if data.startswith(COMPOUND_FILE) else _new(file, data))
    except (fastexcel.FastExcelError, *_DAMAGED) as error:
        raise Refused(faults.unreadable(file, str(error).partition("\n")[0] or type(error).__name__)) from error
    except BaseException as error:
        # A panic inside the reader is no Exception; it ends this file, not the server.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(faults.unreadable(file, "damaged")) from error
    if not found:
        raise Refused(faults.empty(file))
    return found


def _new(file: str, data: bytes) -> Iterator[Grid]:
    package = workbook_package.look_through(file, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, columns, top in _filled(data):
            left = _left(archive, name, *top)
            yield Grid(name, columns, left, package.merges.get(_member(archive, name)))


def _old(file: str, data: bytes) -> Iterator[Grid]:
    looked = workbook_old.look_through(file, data)
    names = fastexcel.read_excel(data).sheet_names
    for name, columns, _ in _filled(data):
        sheet = looked[names.index(name)] if len(looked) == len(names) else workbook_old.OldSheet()
        yield Grid(name, columns, max(sheet.left, 0), tuple(sheet.merges))


def _filled(data: bytes) -> Iterator[tuple[str, tuple[pa.Array, ...], tuple[int, int]]]:
    """The visible sheets that hold anything, each with its columns and its first filled cell."""
    reader = fastexcel.read_excel(data)
    for name in reader.sheet_names:
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        if sheet.visible == "visible":
            columns = _columns(sheet)
            top = _first_filled(columns)
            if top is not None:
                yield name, columns, top


def _columns(sheet: fastexcel.ExcelSheet) -> tuple[pa.Array, ...]:
    batch, failed = sheet.to_arrow_with_errors()
    columns = [_as_stored(column) for column in pa.record_batch(batch).columns]
    lost: dict[int, dict[int, str]] = {}
    for error in failed.errors if failed else ():
        row, column = error.offset_position
        lost.setdefault(column, {})[row] = error.detail
    return tuple(_with_errors(column, lost.get(index, {})) for index, column in enumerate(columns))


def _with_errors(column: pa.Array, details: dict[int, str]) -> pa.Array:
    """`column` with the error a cell shows, such as #N/A, which fastexcel leaves out, back in its place."""
    if not details:
        return column
    values = column.to_pylist()
    for row, detail in details.items():
        values[row] = EXCEL_ERRORS.get(detail.partition("Error(")[2].partition(")")[0], EXCEL_ERRORS["Value"])
    return pa.array(values, pa.string())


def _as_stored(column: pa.Array) -> pa.Array:
    column = pc.replace_substring_regex(column, r"^(\d{4}-\d\d-\d\d) 00:00:00$", r"\1")
    is_long = pc.fill_null(pc.match_substring_regex(column, _LONG_NUMBER), False)
    if not pc.any(is_long).as_py():
        return column
    shortest = [repr(float(text)) for text in column.filter(is_long).to_pylist()]
    return pc.replace_with_mask(column, is_long, pa.array(shortest, pa.string()))


def _first_filled(columns: tuple[pa.Array, ...]) -> tuple[int, int] | None:
    """Row and column, both from 0, of the first filled cell of the first row that has one."""
    rows = [pc.index(column.is_valid(), True).as_py() for column in columns]
    filled = [(row, column) for column, row in enumerate(rows) if row >= 0]
    return min(filled, default=None)


def _left(archive: zipfile.ZipFile, sheet: str, row: int, column: int) -> int:
    """The Excel column of the grid's first, which fastexcel does not tell: empty columns on the left are cut off.

    The cell that the grid has at `row` and `column` is looked up in the sheet's own file.
    """
    with archive.open(_member(archive, sheet)) as cells:
        start = cells.read(_START_OF_SHEET)
    for letters, number, body in _cells(start):
        if number == row + 1 and _FILLED.search(body):
            return column_number(letters) - column
    return 0


def _cells(sheet: bytes) -> Iterator[tuple[str, int, bytes]]:
    """The letters, the row and the content of each cell that has a name; the content ends where the next begins."""
    name, start = None, 0
    for tag in _CELL.finditer(sheet):
        if name:
            yield name[1].decode(), int(name[2]), sheet[start : tag.start()]
        name, start = _NAME.search(tag[0]), tag.end()
    if name:
        yield name[1].decode(), int(name[2]), sheet[start:]


def _member(archive: zipfile.ZipFile, sheet: str) -> str:
    """The path of a sheet's file inside the workbook."""
    return members_of(archive)[sheet]


def members_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """The paths of all sheets' files inside a workbook, by the sheets' names."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {found.get("Id"): found.get("Target", "") for found in relations}
    members = {}
    for entry in book.iterfind("{*}sheets/{*}sheet"):
        relation = {key.rpartition("}")[2]: value for key, value in entry.attrib.items() if "}" in key}["id"]
        target = targets[relation]
        members[entry.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return members


def column_number(letters: str) -> int:
    """The number of an Excel column, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """The letters of an Excel column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
