"""The copy of a file that is kept: what it holds of personal data is blank, all other values are as they came."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.intake.personal import held_by, holds_any
from gzdash.intake.read import read, read_grids
from gzdash.intake.report import Report
from gzdash.intake.row_problems import PERSONAL_DROPPED
from gzdash.intake.workbook import is_xlsx

_DELIMITERS = {".csv": ",", ".tsv": "\t"}
# What may be an ID number, a mobile number or an address, in the bytes of an encoding that keeps ASCII (or full-width
# in UTF-8): RE2 looks once over all of them, and only what it finds is looked at closely.
_LIKELY = (
    r"1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}([^0-9]|$)|[1-9][0-9]{16}[0-9Xx]"
    r"|[0-9A-Za-z_.%+-]@[0-9A-Za-z_-]+\.[0-9A-Za-z_]|(\xef\xbc[\x90-\x99]){11}"
)
_CLOSELY = re.compile(_LIKELY.encode("ascii"))
# The parts of an .xlsx where values and comments stand.
_VALUES = re.compile(r"xl/(?:sharedStrings|worksheets/|comments|threadedComments/)", re.IGNORECASE)


def without_personal(path: Path, data: bytes, report: Report) -> tuple[Path, bytes]:
    """The file's name and bytes, blank where personal data stands: the cells below the headers of dropped columns, and
    any other cell outside the data that holds an ID number, a mobile number or an address, on every sheet.

    Both are unchanged when there is none. An .xlsx stays one and keeps the values its formulas had; an .xls becomes
    an .xlsx, and a text file is written again in UTF-8.
    """
    if not report.dropped and (_is_all_data(path, data, report) or not _may_hold(path, data)):
        return path, data
    delimiter = _DELIMITERS.get(path.suffix.lower())
    if delimiter and not is_xlsx(data):
        return path, _text_without(path, data, report, delimiter) or data
    # Loads openpyxl, which few files need and no server that nobody brings files to.
    from gzdash.intake.blank_workbook import blanked

    found = blanked(path, data, report.sheet, _headers(report), _is_data(report))
    if is_xlsx(data):
        return path, found or data
    return (path.with_suffix(".xlsx"), found) if found else (path, data)


def _is_all_data(path: Path, data: bytes, report: Report) -> bool:
    """Whether every line of a text file below its header is data, all of which the check has looked at."""
    if report.rows is None or path.suffix.lower() not in _DELIMITERS or is_xlsx(data):
        return False
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    return bool(lines <= 1 + pc.count_distinct(report.rows["source_row"]).as_py())


def _may_hold(path: Path, data: bytes) -> bool:
    """Whether anything in the bytes looks like personal data; an old workbook has to be looked through."""
    if not is_xlsx(data):
        if path.suffix.lower() not in _DELIMITERS:
            return any(holds_any(column) for grid in read_grids(path, data) for column in grid.columns)
        plain = data.decode("utf-16", errors="replace").encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
        return _holds(plain)
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(_holds(archive.read(name)) for name in archive.namelist() if _VALUES.match(name))
    return True


def _holds(content: bytes) -> bool:
    if not pc.match_substring_regex(pa.array([content], pa.large_binary()), _LIKELY)[0].as_py():
        return False
    return any(held_by(found[0].decode("utf-8", "replace")) for found in _CLOSELY.finditer(content))


def _is_data(report: Report) -> Callable[[int, str], bool]:
    """Whether the cell at a row and letter of the sheet became a value of the store: what is wrong there is an error,
    and a number that looks like a telephone's is a number."""
    letters = {column.letter for layout in report.layouts for column in layout.columns}
    rows = set(report.rows["source_row"].to_pylist()) if report.rows is not None else set()
    return lambda row, letter: letter in letters and row in rows


def _headers(report: Report) -> dict[str, int]:
    """The header row of each dropped column, by letter."""
    rows = {fault.cell.rstrip("0123456789"): fault.row for fault in report.faults if fault.rule == PERSONAL_DROPPED}
    return {letter: rows[letter] for letter in report.dropped}


def _text_without(path: Path, data: bytes, report: Report, delimiter: str) -> bytes:
    """Every row at its place again, what stood above the first filled row being blank; empty when nothing changed."""
    sheet = read(path, data)
    headers, is_data = _headers(report), _is_data(report)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    top = sheet.first_row - 1
    writer.writerows([] for _ in range(top - 1))
    columns = [sheet.rows[letter].to_pylist() for letter in sheet.letters]
    changed = False
    for row, values in enumerate([sheet.header, *zip(*columns, strict=True)], top):
        kept = [
            "" if value and _is_out(value, row, letter, headers, is_data) else value or ""
            for letter, value in zip(sheet.letters, values, strict=True)
        ]
        changed = changed or any(value and not left for value, left in zip(values, kept, strict=True))
        writer.writerow(kept)
    return text.getvalue().encode("utf-8-sig") if changed else b""


def _is_out(value: str, row: int, letter: str, headers: dict[str, int], is_data: Callable[[int, str], bool]) -> bool:
    return row > headers.get(letter, row) or (held_by(value) is not None and not is_data(row, letter))
