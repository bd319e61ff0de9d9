"""A text file gives the same cells however it is read: fast where it can be, and as Python's csv module reads it."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdash.faults import Refused
from gzdash.intake import delimited, read
from gzdash.intake.read import read_grids

Cells = list[list[str | None]]

# Whatever has a meaning to some reader of text files, and some words between them.
PIECES = st.sampled_from(
    [*",\t;\"\n\r\\ '", "\r\n", '""', ',"', '",', "月份", "7", "a", "\u3000", "\ufeff", "\x00", "\u2028", "\x85", "é"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
CELL = st.lists(st.sampled_from(["月份", "7", "a", ",", '"', "\n", "\r", "\t", ";", " "]), max_size=4).map("".join)


def plainly(text: str, delimiter: str) -> Cells:
    """The cells as the csv module gives them, short records filled with nothing."""
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width = max(map(len, records), default=0)
    return [[*record, *[None] * (width - len(record))] for record in records]


def cells(columns: tuple[pa.Array, ...]) -> Cells:
    """Columns as rows."""
    return [list(row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]


def filled(rows: Cells) -> Cells:
    """Rows where an empty cell and a missing one are alike, as the gate sees them; nothing where no cell is filled."""
    blank = [[cell or None for cell in row] for row in rows]
    return blank if any(cell for row in blank for cell in row) else []


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_any_text_gives_the_cells_that_the_csv_module_gives(text: str) -> None:
    encoded = text.encode()
    given_text = text[1:] if text.startswith("\ufeff") else text
    delimiter = delimited.delimiter(memoryview(given_text.encode()))
    try:
        expected = plainly(given_text, delimiter)
    except csv.Error:
        with pytest.raises(Refused):
            delimited.columns("a.csv", encoded)
        return
    assert filled(cells(delimited.columns("a.csv", encoded))) == filled(expected)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=8),
    st.sampled_from(",\t;"),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_written_tables_are_read_alike_by_the_fast_and_the_plain_reader(
    rows: list[list[str]], delimiter: str, end: str, quoting: int, encoding: str, even: bool
) -> None:
    file = io.StringIO(newline="")
    wide = [[*row, *[""] * (4 - len(row))] for row in rows] if even else rows
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(wide)  # type: ignore[arg-type]
    text = delimited.utf_8("a.csv", file.getvalue().encode(encoding))
    fast, plain = delimited.evenly(text), delimited.line_by_line("a.csv", text)
    if fast is not None:
        assert filled(cells(fast)) == filled(cells(plain))


@given(st.binary(max_size=12))
def test_bytes_are_utf_8_exactly_where_python_says_so(data: bytes) -> None:
    try:
        expected = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        expected = None
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and expected is not None:
        assert bytes(delimited.utf_8("a.csv", data)).decode() == expected


def test_an_ordinary_file_takes_the_fast_way_and_a_ragged_one_the_plain_one() -> None:
    even = '\ufeff月份,名称\r\n2023-07,"甲\r\n""乙"""\r\n\r\n,丙'.encode()
    fast = delimited.evenly(delimited.utf_8("a.csv", even))
    assert fast is not None
    assert cells(fast) == [["月份", "名称"], ["2023-07", '甲\r\n"乙"'], ["", ""], ["", "丙"]]
    ragged = memoryview("月份,名称\n2023-07\n甲,乙,丙\n".encode())
    assert delimited.evenly(ragged) is None
    assert cells(delimited.line_by_line("a.csv", ragged)) == [
        ["月份", "名称", None],
        ["2023-07", None, None],
        ["甲", "乙", "丙"],
    ]


def test_rows_keep_their_number_across_the_pieces_that_are_read_side_by_side() -> None:
    lines = [f'{number},"第{number}行\n{"长" * 80}"' for number in range(40_000)]
    data = "\n".join(["序号,内容", *lines, "只有一格"]).encode()
    sheet = read(Path("a.csv"), data)
    assert len(data) > 2 * delimited.PIECE
    assert sheet.verbatim(2, "A") == "0"
    assert sheet.verbatim(40_001, "A") == "39999"
    assert sheet.verbatim(40_002, "B") is None
    even = read(Path("a.csv"), data.removesuffix("\n只有一格".encode()))
    assert even.rows.to_pylist() == sheet.rows.to_pylist()[:-1]


def test_too_long_a_cell_is_refused_however_the_file_is_read() -> None:
    long = "长" * (csv.field_size_limit() + 1)
    for data in (f"a,b\n{long},1\n", f"a,b\n{long}\n"):
        with pytest.raises(Refused) as refused:
            read_grids(Path("a.csv"), data.encode())
        assert refused.value.faults[0].code == "file-unreadable"
