"""Workbooks without their personal data: cells below headings that name it, and cells that hold it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from openpyxl.cell import MergedCell
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gzdash.intake import office_copy
from gzdash.intake.personal import held_by, named_by
from gzdash.intake.workbook import column_number

# A longer text is no heading of a column.
_HEADING = 12
_KEYED = re.compile("[:：]")

# Whether the cell at a row and letter of the imported sheet became a value of the store.
IsData = Callable[[int, str], bool]


def blanked(path: Path, data: bytes, imported: str, headers: Mapping[str, int], is_data: IsData) -> bytes:
    """The file as an .xlsx with the values its formulas had and no personal data; empty when it holds none.

    On the sheet that was `imported` that is what stands below `headers`, rows by the letter of the column, and what
    looks like it and is not data of the store; on other sheets, what stands below a heading that says so, too.
    """
    book = office_copy.of_file(path, data, data_only=True)
    name = office_copy.sheet_name(imported)
    count = 0
    for sheet in book.worksheets:
        if sheet.title == name:
            below = {column_number(letter) + 1: row for letter, row in headers.items()}
            found = [*_personal(sheet, below, is_data)]
        else:
            found = [*_personal(sheet, _headings(sheet), lambda row, letter: False)]
        for cell in found:
            cell.value = cell.comment = cell.hyperlink = None
        count += len(found)
    buffer = io.BytesIO()
    if count:
        book.save(buffer)
    return buffer.getvalue()


def _headings(sheet: Worksheet) -> dict[int, int]:
    """The columns of a sheet that was not imported which are headed as personal data, each with its header's row."""
    return {
        cell.column: cell.row
        for cells in sheet.iter_rows()
        for cell in reversed(cells)
        if isinstance(cell.value, str)
        and len(cell.value) <= _HEADING
        and not _KEYED.search(cell.value)
        and named_by(cell.value)
    }


def _personal(sheet: Worksheet, below: dict[int, int], is_data: IsData) -> Iterator[Cell]:
    """The filled cells under those headers, and any other outside the data with personal data in value or comment."""
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell, MergedCell) or (cell.value is None and cell.comment is None):
                continue
            is_under = cell.row > below.get(cell.column, cell.row)
            said = f"{cell.value} {cell.comment.text if cell.comment else ''}"
            if is_under or (held_by(said) and not is_data(cell.row, get_column_letter(cell.column))):
                yield cell
