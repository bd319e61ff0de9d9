"""A submitter's file as an openpyxl workbook: an .xlsx as it is, any other kind as text at the same places."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from gzdash.intake.read import Sheet, read
from gzdash.intake.workbook import column_number

# Where an .xlsx ends; a CSV may be longer.
EXCEL_ROWS = 1_048_576

# What every .xlsx begins with, whatever the file is called.
_ZIP = b"PK\x03\x04"


def is_xlsx(data: bytes) -> bool:
    """Whether openpyxl can open the bytes as they are."""
    return data.startswith(_ZIP)


def of_text(path: Path, data: bytes) -> openpyxl.Workbook:
    """A .csv, .tsv or .xls as a workbook of text cells, each where it stood; rows that Excel has no room for are
    left out. Raises Refused for a file that cannot be read."""
    found = read(path, data)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = found.name or "CSV"
    _write_row(sheet, found, found.first_row - 1, list(found.header))
    room = EXCEL_ROWS - found.first_row + 1
    columns = [found.rows[letter].slice(0, room).to_pylist() for letter in found.letters]
    for row, values in enumerate(zip(*columns, strict=True), found.first_row):
        _write_row(sheet, found, row, list(values))
    for cell in sheet[found.first_row - 1]:
        cell.font = Font(bold=True)
    return book


def write_text(cell: Cell, text: str) -> None:
    """Text as text: what begins with = is no formula here, nor when someone edits the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _write_row(sheet: Worksheet, found: Sheet, row: int, values: list[str | None]) -> None:
    for letter, value in zip(found.letters, values, strict=True):
        if value:
            write_text(sheet.cell(row, column_number(letter) + 1), value)
