"""The records of an .xls, looked through before it is opened: where cells stand, merges, macros, links, passwords."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from gzdash.faults import Refused
from gzdash.intake import faults
from gzdash.intake.workbook_package import MOST_COLUMNS, Span

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFFA
_BOUND_SHEET, _FILE_PASS, _SUP_BOOK, _MERGED_CELLS, _EOF = 0x85, 0x2F, 0x1AE, 0xE5, 0x0A
# Formula, number, text, boolean, packed number and shared text: row and column come first in each.
_CELLS = frozenset((0x06, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6))
_PACKED_NUMBERS = 0xBD
# A supporting book of these kinds is the workbook itself or a library of functions.
_INTERNAL = (b"\x01\x04", b"\x01\x3a")
_MACROS = frozenset(("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"))
_MACRO_SHEET = 1


@dataclass
class OldSheet:
    """One sheet: its first filled column (from 0; -1 in an empty sheet) and its merges."""

    left: int = -1
    merges: list[Span] = field(default_factory=list)


def look_through(file: str, data: bytes) -> tuple[OldSheet, ...]:
    """The sheets in their order; raises Refused for macros, links, a password, and a damaged or other content."""
    try:
        streams = _streams(data)
        if "EncryptedPackage" in streams:
            raise Refused(faults.encrypted(file))
        if _MACROS & set(streams):
            raise Refused(faults.macros(file))
        name = next((name for name in ("Workbook", "Book") if name in streams), None)
        if name is None:
            raise Refused(faults.unreadable(file, "no workbook inside"))
        return tuple(_sheets(file, streams[name]))
    except (struct.error, IndexError, ValueError, RecursionError) as error:
        raise Refused(faults.unreadable(file, error)) from error


def _streams(data: bytes) -> dict[str, bytes]:
    """Every stream and storage of a compound file by name; only the workbook's stream is read out."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")
    first_directory = struct.unpack_from("<I", data, 48)[0]
    least_stream, _, _, first_list, lists = struct.unpack_from("<IIIII", data, 56)
    table = _allocation(data, size, first_list, lists)
    directory = _chain(data, size, table, first_directory)
    streams = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, count = struct.unpack_from("<II", directory, at + 116)
        wanted = name in ("Workbook", "Book") and count >= least_stream
        streams[name] = _chain(data, size, table, start)[:count] if wanted else b""
    return streams


def _allocation(data: bytes, size: int, first_list: int, lists: int) -> list[int]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(lists, len(data) // size)):
        if first_list >= _FREE:
            break
        entries = struct.unpack_from(f"<{size // 4}I", data, (first_list + 1) * size)
        sectors += entries[:-1]
        first_list = entries[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    parts = []
    while sector < _FREE:
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        if len(parts) > len(table):
            raise ValueError("sectors in a circle")
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _EOF:
            return


def _sheets(file: str, stream: bytes) -> Iterator[OldSheet]:
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refused(faults.encrypted(file))
        if kind == _SUP_BOOK and body[2:4] not in _INTERNAL:
            raise Refused(faults.external_links(file))
        if kind == _BOUND_SHEET:
            if body[5] == _MACRO_SHEET:
                raise Refused(faults.macros(file))
            starts.append(struct.unpack_from("<I", body)[0])
    for start in starts:
        yield _sheet(file, stream, start)


def _sheet(file: str, stream: bytes, start: int) -> OldSheet:
    sheet = OldSheet()
    for kind, body in _records(stream, start):
        if kind == _MERGED_CELLS:
            count = struct.unpack_from("<H", body)[0]
            spans = [struct.unpack_from("<4H", body, 2 + 8 * index) for index in range(count)]
            sheet.merges += [(top, left, bottom, right) for top, bottom, left, right in spans]
        if kind in _CELLS or kind == _PACKED_NUMBERS:
            column = struct.unpack_from("<H", body, 2)[0]
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _PACKED_NUMBERS else column
            if max(column, last) >= MOST_COLUMNS:
                raise Refused(faults.too_many_columns(file, MOST_COLUMNS))
            sheet.left = column if sheet.left < 0 else min(sheet.left, column)
    return sheet
