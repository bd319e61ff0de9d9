"""The copy of a file that is kept: its columns of personal data are blank, all other values are as they came."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl

from gzdash.intake import office_copy
from gzdash.intake.read import read
from gzdash.intake.report import Report
from gzdash.intake.row_problems import PERSONAL_DROPPED
from gzdash.intake.workbook import column_number

_DELIMITERS = {".csv": ",", ".tsv": "\t"}


def without_personal(path: Path, data: bytes, report: Report) -> tuple[Path, bytes]:
    """The file's name and bytes with the cells below the headers of dropped columns blank; both unchanged when
    nothing was dropped. An .xlsx stays one and keeps the values its formulas had; an .xls becomes an .xlsx, and a
    text file is written again in UTF-8."""
    if not report.dropped:
        return path, data
    if office_copy.is_xlsx(data):
        return path, _blanked(office_copy.of_file(path, data, data_only=True), report.sheet, report)
    delimiter = _DELIMITERS.get(path.suffix.lower())
    if delimiter:
        return path, _text_without(path, data, report, delimiter)
    book = office_copy.of_text(path, data)
    return path.with_suffix(".xlsx"), _blanked(book, report.sheet, report)


def _headers(report: Report) -> dict[str, int]:
    """The header row of each dropped column, by letter."""
    rows = {fault.cell.rstrip("0123456789"): fault.row for fault in report.faults if fault.rule == PERSONAL_DROPPED}
    return {letter: rows[letter] for letter in report.dropped}


def _blanked(book: openpyxl.Workbook, name: str, report: Report) -> bytes:
    sheet = book[name]
    for letter, header in _headers(report).items():
        place = column_number(letter) + 1
        for (cell,) in sheet.iter_rows(header + 1, max(sheet.max_row, header + 1), place, place):
            if not isinstance(cell, openpyxl.cell.MergedCell):
                cell.value = cell.comment = cell.hyperlink = None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _text_without(path: Path, data: bytes, report: Report, delimiter: str) -> bytes:
    """Every row at its place again; what stood above the first filled row was blank."""
    sheet = read(path, data)
    headers = _headers(report)
    dropped = [headers.get(letter) for letter in sheet.letters]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    top = sheet.first_row - 1
    writer.writerows([] for _ in range(top - 1))
    columns = [sheet.rows[letter].to_pylist() for letter in sheet.letters]
    lines = [sheet.header, *zip(*columns, strict=True)]
    for row, values in enumerate(lines, top):
        kept = ("" if header and row > header else value for header, value in zip(dropped, values, strict=True))
        writer.writerow([value or "" for value in kept])
    return text.getvalue().encode("utf-8-sig")
