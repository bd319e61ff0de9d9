"""A text file of cells as columns: read by Arrow where every line is as wide as the first, line by line elsewhere."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice, zip_longest

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from gzdash.faults import Refused
from gzdash.intake import faults
from gzdash.intake.workbook_package import MOST_COLUMNS

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Where the first line is looked for before all of the text is decoded.
_START = 64 << 10
# Pieces that two cores read side by side; a record longer than a piece is left to the plain reader.
PIECE = 4 << 20
# Records held as Python's own lists at a time, each cell of which takes some 60 bytes.
_RECORDS = 20_000

# Columns repeat themselves: a cell is a number into the list of the column's different texts.
ENCODED = pa.dictionary(pa.int32(), pa.string())
# Arrow names the columns of a file without a header so; those beyond the bound are refused, whatever their type.
_ALL_ENCODED = {f"f{place}": ENCODED for place in range(MOST_COLUMNS + 1)}


def columns(file: str, data: bytes) -> tuple[pa.Array, ...]:
    """The columns of ENCODED text, as long as the file has records, null where a record is shorter than others.

    UTF-16 by its mark, UTF-8 strict, then GB18030. Raises Refused for text in no such encoding and for too many
    columns or too long a cell.
    """
    text = utf_8(file, data)
    found = evenly(text)
    if found is None:
        found = line_by_line(file, text)
    if len(found) > MOST_COLUMNS:
        raise Refused(faults.too_many_columns(file, MOST_COLUMNS))
    return found


def utf_8(file: str, data: bytes) -> memoryview:
    """The text in UTF-8 without a mark; raises Refused when it is in no encoding that offices use."""
    if data.startswith(_UTF_16):
        return memoryview(_decoded(file, data, "utf-16").encode())
    text = memoryview(data)[len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0 :]
    if _is_utf_8(text):
        return text
    if data.startswith(codecs.BOM_UTF8):
        raise Refused(faults.undecodable(file))
    # Strict UTF-8 comes first: GB18030 would accept nearly any UTF-8 text, and read it as nonsense.
    return memoryview(_decoded(file, data, "gb18030").encode())


def evenly(text: memoryview) -> tuple[pa.Array, ...] | None:
    """The columns where every record is as wide as the first or blank; None where only the plain reader can tell."""
    if bytes(text[: len(codecs.BOM_UTF8)]) == codecs.BOM_UTF8:
        # Arrow takes off a second mark; it is part of the first cell.
        return None
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(text),
            arrow_csv.ReadOptions(autogenerate_column_names=True, block_size=PIECE),
            arrow_csv.ParseOptions(delimiter=delimiter(text), newlines_in_values=True, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(strings_can_be_null=False, column_types=_ALL_ENCODED),
        )
    except pa.ArrowInvalid:
        return None
    found = tuple(column.combine_chunks() for column in table.columns)
    return None if any(map(_holds_too_long, found)) else found


def line_by_line(file: str, text: memoryview) -> tuple[pa.Array, ...]:
    """The columns of any text; a record that lacks cells has nulls at its end. Raises Refused for too long a cell."""
    lines = io.TextIOWrapper(pa.BufferReader(text), "utf-8", newline="")
    reader = csv.reader(lines, delimiter=delimiter(text))
    pieces: list[list[pa.Array]] = []
    try:
        while records := list(islice(reader, _RECORDS)):
            pieces.append([pa.array(cells, pa.string()).dictionary_encode() for cells in zip_longest(*records)])
            if len(pieces[-1]) > MOST_COLUMNS:
                raise Refused(faults.too_many_columns(file, MOST_COLUMNS))
            if not pieces[-1]:
                pieces[-1] = [pa.nulls(len(records), ENCODED)]
    except csv.Error as error:
        raise Refused(faults.unreadable(file, error)) from error
    width = max(map(len, pieces), default=0)
    return tuple(pa.chunked_array([*_column(pieces, place)], ENCODED).combine_chunks() for place in range(width))


def delimiter(text: memoryview) -> str:
    """A comma, unless the first line has none and Excel has used the tab or semicolon of its settings."""
    line = _first_line(text)
    return "," if "," in line else max("\t;,", key=line.count)


def _first_line(text: memoryview) -> str:
    """The first line that is not blank."""
    start = str(text[:_START], "utf-8", errors="ignore").lstrip()
    if "\n" not in start:
        start = str(text, "utf-8").lstrip()
    return start.partition("\n")[0]


def _decoded(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(faults.undecodable(file)) from error


def _is_utf_8(text: memoryview) -> bool:
    """Whether it is, without a copy as Python's text, which is twice as large where one character is Chinese."""
    ends = pa.array([0, len(text)], pa.int64()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _holds_too_long(column: pa.DictionaryArray) -> bool:
    longest = pc.max(pc.binary_length(column.dictionary)).as_py()
    return longest is not None and bool(longest > csv.field_size_limit())


def _column(pieces: list[list[pa.Array]], place: int) -> Iterator[pa.Array]:
    for piece in pieces:
        yield piece[place] if place < len(piece) else pa.nulls(len(piece[0]), ENCODED)
