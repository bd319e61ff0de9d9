"""The submitter's own workbook with every faulty cell marked and commented, and a list of them all in front."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from gzdash.intake import office_copy
from gzdash.intake.report import CellFault, Report
from gzdash.words import Language, Text

_LIST = Text("错误清单", "Errors")
_AUTHOR = Text("数据导入检查", "Import check")
_COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("编号", "No."), 7),
    (Text("性质", "Kind"), 9),
    (Text("单元格", "Cell"), 10),
    (Text("列", "Column"), 24),
    (Text("原值", "Value"), 26),
    (Text("问题", "What is wrong"), 52),
    (Text("怎么改", "What to do"), 52),
)
_ERROR = Text("错误", "error")
_WARNING = Text("提醒", "warning")
_SAID = Text("{kind} {number}：{title}\n怎么改：{remedy}", "{kind} {number}: {title}\nWhat to do: {remedy}")
_TEXT_COLUMNS = 5

_RED, _INK, _WASH = "FFB3261E", "FF16191D", "FFFBEAE8"
_COMMENT_SIZE = (320, 120)
# Excel repairs a sheet with more links than this away.
_MOST_LINKS = 65_000

Numbered = tuple[int, CellFault]


def annotated(path: Path, data: bytes, report: Report, language: Language = "zh") -> bytes:
    """An .xlsx: the file with every fault of `report` marked in its cell, errors in red, warnings in an ink ring.

    Errors are numbered first, then warnings. A file that is no .xlsx comes back as one, its cells as text. Formulas
    stay as they were and are not evaluated. Raises Refused for a file that cannot be read.
    """
    book = office_copy.of_file(path, data)
    sheet = book[office_copy.sheet_name(report.sheet)]
    numbered = list(enumerate((*report.errors, *report.warnings), 1))
    _mark(sheet, numbered, language)
    _list(book, sheet, numbered, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _mark(sheet: Worksheet, numbered: Iterable[Numbered], language: Language) -> None:
    anchors = dict(_anchors(sheet))
    placed = [(anchors.get(fault.cell, fault.cell), number, fault) for number, fault in numbered if _is_cell(fault)]
    for place, found in groupby(sorted(placed, key=lambda one: (one[0], one[1])), key=lambda one: one[0]):
        faults = [(number, fault) for _, number, fault in found]
        cell = sheet[place]
        refused = any(not fault.warning for _, fault in faults)
        edge = Side("medium", color=_RED if refused else _INK)
        cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
        if refused:
            cell.fill = PatternFill("solid", fgColor=_WASH)
        _comment(cell, [_said(*one).of(language) for one in faults], language)


def _anchors(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Every merged cell by name, with the one that is seen in its place."""
    for merged in sheet.merged_cells.ranges:
        seen = sheet.cell(merged.min_row, merged.min_col).coordinate
        for row, column in merged.cells:
            cell = sheet.cell(row, column)
            if isinstance(cell, MergedCell):
                yield cell.coordinate, seen


def _comment(cell: Cell, said: list[str], language: Language) -> None:
    """What is said stands before a note the office had there."""
    earlier = [cell.comment.text] if cell.comment else []
    cell.comment = Comment("\n\n".join([*said, *earlier]), _AUTHOR.of(language))
    cell.comment.width, cell.comment.height = _COMMENT_SIZE


def _said(number: int, fault: CellFault) -> Text:
    return _SAID.fill(kind=_kind(fault), number=number, title=fault.title, remedy=fault.remedy)


def _kind(fault: CellFault) -> Text:
    return _WARNING if fault.warning else _ERROR


def _is_cell(fault: CellFault) -> bool:
    """Whether the fault has a cell, within what Excel can show; a column that is missing has none."""
    return ":" not in fault.cell and fault.row <= office_copy.EXCEL_ROWS


def _list(book: openpyxl.Workbook, marked: Worksheet, numbered: Iterable[Numbered], language: Language) -> None:
    sheet = book.create_sheet(_LIST.of(language), 0)
    for index, (title, width) in enumerate(_COLUMNS, 1):
        head = sheet.cell(1, index, title.of(language))
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="FFF5F6F6")
        sheet.column_dimensions[head.column_letter].width = width
    for number, fault in numbered:
        if number < office_copy.EXCEL_ROWS:
            _list_row(sheet, marked.title, number, fault, language)
    sheet.freeze_panes = "A2"
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _list_row(sheet: Worksheet, marked: str, number: int, fault: CellFault, language: Language) -> None:
    row = number + 1
    sheet.cell(row, 1, number).font = Font(bold=True, color=_INK if fault.warning else _RED)
    said = (_kind(fault).of(language), fault.cell, fault.column, fault.value)
    texts = (*said, fault.title.of(language), fault.remedy.of(language))
    for index, text in enumerate(texts, 2):
        cell = sheet.cell(row, index)
        office_copy.write_text(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=index > _TEXT_COLUMNS)
    if fault.row <= office_copy.EXCEL_ROWS and number <= _MOST_LINKS:
        link = sheet.cell(row, 3)
        place = marked.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{place}'!{fault.cell}")
        link.font = Font(color="FF1C4A94", underline="single")
