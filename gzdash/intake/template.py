"""The .xlsx an office fills in, made from a table's declaration; rows given fill it as an office would."""

from __future__ import annotations

import io
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from gzdash.intake import guide
from gzdash.intake.example import example_rows
from gzdash.reference import code_list
from gzdash.tables import Column, Kind, Table
from gzdash.words import Language, Text

_NOTE_HEADER = (Text("列", "Column"), Text("类型", "Kind"), Text("必填", "Required"), Text("说明", "Note"))
_NOTE_WIDTHS = (26, 22, 10, 60)
_REQUIRED = Text("必填", "required")
_OPTIONAL = Text("可留空", "may be empty")
_CHOOSE = Text("请从下拉清单中选择，或填写代码。", "Choose from the list, or write the code.")
_KINDS: dict[Kind, Text] = {
    "code": Text("从清单选择", "Chosen from a list"),
    "text": Text("文字", "Text"),
    "organization": Text("18 位代码", "18-character code"),
    "organizations": Text("18 位代码，可多个", "18-character codes"),
    "integer": Text("整数", "Whole number"),
    "money": Text("金额（两位小数）", "Money, two decimals"),
    "date": Text("日期", "Date"),
    "month": Text("月份", "Month"),
}
# Text columns are text cells before anything is typed, so that Excel does not make a number of a code.
_FORMATS: dict[Kind, str] = {"integer": "0", "money": "0.00", "date": "yyyy-mm-dd", "month": "yyyy-mm"}
_TEXT_FORMAT = "@"
_WIDTHS: dict[Kind, int] = {"organization": 22, "organizations": 42, "text": 28, "money": 16}
_LEAST_WIDTH = 12
_LAST_ROW = 1_048_575
_LAST_COLUMN = 16_383

# A sheet is protected against slips, not against people: there is no password. Excel deletes or sorts only where
# every cell is unlocked, up to the last column, so that of the data sheet nothing but the header is locked.
_DATA_ALLOWS = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_GUIDE_ALLOWS = {"format_columns": True, "format_rows": True}
# Examples are grey: they are not the office's own rows.
_EXAMPLE_COLOUR = "#626A73"

# The digits an Excel number keeps; a longer amount is written as text, which is read exactly.
_EXCEL_DIGITS = 15

# The same rows make the same bytes, and so the same file hash, on every day.
_CREATED = datetime(2023, 1, 1)


def template(table: Table, language: Language = "zh", rows: pa.Table | None = None) -> bytes:
    """The template of `table` as an .xlsx: data sheet, examples, notes, and the codes its drop-downs offer.

    `rows` (declared columns of the table's schema; any may be missing) fill the data sheet. Only its header and the
    other sheets are locked.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        data = book.add_worksheet(table.name.of(language))
        _write_examples(book, table, language)
        _write_notes(book, table, language)
        lists = _write_codes(book, table, language)
        _write_header(book, data, 0, table, language)
        _write_columns(book, data, 1, table, rows, language, {"locked": False})
        for index, column in enumerate(table.columns):
            _prepare(data, index, column, lists, language)
        data.set_column(len(table.columns), _LAST_COLUMN, None, book.add_format({"locked": False}))
        data.autofilter(0, 0, _LAST_ROW, len(table.columns) - 1)
        data.protect("", _DATA_ALLOWS)
    return buffer.getvalue()


def _write_header(book: Workbook, sheet: Worksheet, row: int, table: Table, language: Language) -> None:
    head = _head(book)
    for index, column in enumerate(table.columns):
        sheet.write_string(row, index, column.header.of(language), head)
        sheet.write_comment(row, index, f"{_required(column).of(language)} · {column.note.of(language)}")
    sheet.freeze_panes(row + 1, 0)


def _write_columns(
    book: Workbook,
    sheet: Worksheet,
    top: int,
    table: Table,
    rows: pa.Table | None,
    language: Language,
    looks: dict[str, Any],
) -> None:
    """The columns with their formats, and `rows` in them from row `top` on."""
    for index, column in enumerate(table.columns):
        cell_format = book.add_format({"num_format": _FORMATS.get(column.kind, _TEXT_FORMAT), **looks})
        sheet.set_column(index, index, _width(column, language), cell_format)
        values = rows[column.key].to_pylist() if rows is not None and column.key in rows.column_names else []
        _write_values(sheet, top, index, column, values, cell_format, language)


def _write_examples(book: Workbook, table: Table, language: Language) -> None:
    """The example rows below the same header, to be copied or looked at."""
    sheet = book.add_worksheet(guide.EXAMPLES.of(language))
    sheet.write_string(0, 0, guide.EXAMPLES_SAY.of(language), book.add_format({"bold": True}))
    _write_header(book, sheet, 1, table, language)
    _write_columns(book, sheet, 2, table, example_rows(table), language, {"font_color": _EXAMPLE_COLOUR})
    sheet.protect("", _GUIDE_ALLOWS)


def _write_notes(book: Workbook, table: Table, language: Language) -> None:
    sheet = book.add_worksheet(guide.NOTES.of(language))
    sheet.write_string(0, 0, guide.NOTES_SAY.of(language), book.add_format({"bold": True}))
    sheet.write_row(1, 0, [text.of(language) for text in _NOTE_HEADER], _head(book))
    for row, column in enumerate(table.columns, 2):
        said = (column.header, _KINDS[column.kind], _required(column), column.note)
        sheet.write_row(row, 0, [text.of(language) for text in said])
    for index, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.protect("", _GUIDE_ALLOWS)


def _write_codes(book: Workbook, table: Table, language: Language) -> dict[str, str]:
    """A hidden sheet with the names of every list the table uses; returns each list's range."""
    sheet = book.add_worksheet(guide.CODES.of(language))
    sheet.hide()
    sheet.protect("", _GUIDE_ALLOWS)
    ranges = {}
    for index, key in enumerate(dict.fromkeys(column.codes for column in table.columns if column.codes)):
        names = [entry.name.of(language) for entry in code_list(key).entries]
        sheet.write_column(0, index, [code_list(key).name.of(language), *names])
        ranges[key] = f"='{guide.CODES.of(language)}'!{xl_range_abs(1, index, len(names), index)}"
    return ranges


def _prepare(sheet: Worksheet, index: int, column: Column, lists: dict[str, str], language: Language) -> None:
    """The drop-down of a code column: it warns only, for a code may be typed instead of its name."""
    if column.codes:
        rule = {
            "validate": "list",
            "source": lists[column.codes],
            "error_type": "warning",
            "error_message": _CHOOSE.of(language),
        }
        sheet.data_validation(1, index, _LAST_ROW, index, rule)


def _write_values(
    sheet: Worksheet,
    top: int,
    index: int,
    column: Column,
    values: list[Any],
    cell_format: Format,
    language: Language,
) -> None:
    for row, value in enumerate(values, top):
        if value is None:
            continue
        if column.kind in ("date", "month"):
            sheet.write_datetime(row, index, value, cell_format)
        elif isinstance(value, int) or (isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXCEL_DIGITS):
            sheet.write_number(row, index, value, cell_format)
        else:
            sheet.write_string(row, index, _text(column, value, language), cell_format)


def _text(column: Column, value: Any, language: Language) -> str:
    if column.codes:
        return code_list(column.codes).name_of(value).of(language)
    return "；".join(value) if isinstance(value, list) else str(value)


def _required(column: Column) -> Text:
    return _REQUIRED if column.required else _OPTIONAL


def _head(book: Workbook) -> Format:
    return book.add_format({"bold": True, "bg_color": "#E9EEF5", "bottom": 1, "num_format": _TEXT_FORMAT})


def _width(column: Column, language: Language) -> int:
    """Wide enough for the header and the names a cell may hold, in half-width characters."""
    names = [entry.name.of(language) for entry in code_list(column.codes).entries] if column.codes else []
    widest = max(map(_display_width, [column.header.of(language), *names]))
    return max(widest + 3, _WIDTHS.get(column.kind, _LEAST_WIDTH))


def _display_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
