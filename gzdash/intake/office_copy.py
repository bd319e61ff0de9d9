"""A submitter's file as an openpyxl workbook: an .xlsx as it is, any other kind as text at the same places."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

from gzdash.intake.read import read_grids
from gzdash.intake.workbook import is_xlsx

# Where an .xlsx ends; a CSV may be longer.
EXCEL_ROWS = 1_048_576


def of_file(path: Path, data: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    """The file as a workbook: an .xlsx as it is, and as text where openpyxl cannot open it or it is of another kind.

    openpyxl reads styles, comments and properties too, and stumbles over damage there that leaves every value
    readable. With `data_only` formulas give way to their values. Raises Refused for a file that cannot be read.
    """
    if is_xlsx(data):
        # It has no error of its own for this: whatever its parsers raise is what is wrong with the file.
        with suppress(Exception):
            return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only)
    return of_text(path, data)


def of_text(path: Path, data: bytes) -> openpyxl.Workbook:
    """A .csv, .tsv or .xls as a workbook of text cells, each where it stood, its visible sheets by name; rows that
    Excel has no room for are left out. Raises Refused for a file that cannot be read."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in read_grids(path, data):
        sheet = book.create_sheet(sheet_name(grid.sheet))
        columns = [column.slice(0, EXCEL_ROWS).to_pylist() for column in grid.columns]
        for row, values in enumerate(zip(*columns, strict=True), 1):
            for place, value in enumerate(values, grid.left + 1):
                if value:
                    write_text(sheet.cell(row, place), value)
    return book


def sheet_name(name: str) -> str:
    """The name of a sheet in the copy; the one of a text file has none of its own."""
    return name or "CSV"


def write_text(cell: Cell, text: str) -> None:
    """Text as text: what begins with = is no formula here, nor when someone edits the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
