"""The zip package of an .xlsx, looked through before it is opened: bounded, without macros, links or entities."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from gzdash.faults import Refused
from gzdash.intake import faults

Span = tuple[int, int, int, int]

# As many columns as an .xls can have; no form of an office comes near.
MOST_COLUMNS = 256
# Sheets are unpacked as whole rectangles of 32 bytes a cell, so that a single cell far away would take all memory.
MOST_CELLS = 30_000_000

# What a workbook of the greatest size allowed unpacks to; office files shrink to a tenth, rarely to a fiftieth.
_MOST_UNPACKED = 1 << 30
_MOST_RATIO = 200
_SMALL = 32 << 20
_MOST_MEMBERS = 10_000

# Each of them becomes a cell of its own where the workbook is marked or blanked.
_MOST_MERGED = 1_000_000

_CHUNK = 4 << 20
# No tag that is looked for is longer, so that none is missed where two chunks meet.
_OVERLAP = 512

_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
# A quick look for a cell that is far to the right or far below, in the spelling that every office program writes.
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z]|[A-Z]+\d{6})')
# Other spellings of cells and their names that XML allows, by a byte they cannot do without and that is soon looked
# for; whoever uses them is looked at slowly.
_ODD = {
    b"<": (b"<c>", b"<c/", b" ="),
    b":": (b":c>", b":c/"),
    b"'": (b"r='",),
    b"\n": (b"<c\n", b"\n="),
    b"\t": (b"<c\t", b"\t="),
    b"\r": (b"<c\r", b"\r="),
}
# Cut off at both ends, a piece may count a few names more or fewer than cells.
_CUT_OFF = 8
_BEYOND = re.compile(rb"""\sr\s*=\s*["'](?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])""")
_LATE_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Z]+(\d{6,9})""")
_LETTERS = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)\d""")
_BEHIND_Z = re.compile(rb"""r\s*=\s*["'][A-Z]{2}""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)""")


@dataclass(frozen=True)
class Package:
    """What the look through found: the merged cells (top, left, bottom, right, from 0) of each sheet's file."""

    merges: dict[str, tuple[Span, ...]]


def look_through(file: str, data: bytes) -> Package:
    """Read every member once; raises Refused for what is too large, carries code or links, or is protected."""
    merges: dict[str, tuple[Span, ...]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        _refuse_by_name(file, members)
        left = _MOST_UNPACKED if len(data) * _MOST_RATIO > _MOST_UNPACKED else max(len(data) * _MOST_RATIO, _SMALL)
        for member in members:
            look = _Look()
            for chunk, fresh in _chunks(file, archive, member):
                left -= fresh
                if left < 0:
                    raise Refused(faults.unpacks_too_large(file))
                _refuse_content(file, member.filename, chunk)
                # A sheet may lie under any name.
                look.take(chunk)
                if look.widest > MOST_COLUMNS:
                    raise Refused(faults.too_many_columns(file, MOST_COLUMNS))
                if _merged_cells(look.merges) > _MOST_MERGED:
                    raise Refused(faults.too_many_cells(file))
            merges[member.filename] = tuple(dict.fromkeys(look.merges))
            far = look.lowest * MOST_COLUMNS > MOST_CELLS
            if far and look.lowest * max(look.widest, _widest_column(file, archive, member)) > MOST_CELLS:
                raise Refused(faults.too_many_cells(file))
    return Package(merges)


def _refuse_by_name(file: str, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise Refused(faults.encrypted(file))
    if len(members) > _MOST_MEMBERS:
        raise Refused(faults.unpacks_too_large(file))
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise Refused(faults.macros(file))
    if any(name.startswith("xl/externallinks/") for name in names):
        raise Refused(faults.external_links(file))


def _chunks(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The member in pieces that overlap, each with its number of new bytes.

    The size written in the archive is not believed: what unpacks to more or less is refused.
    """
    declared, member.file_size = member.file_size, _MOST_UNPACKED + 1
    total, tail = 0, b""
    with archive.open(member) as opened:
        while fresh := opened.read(_CHUNK):
            total += len(fresh)
            yield tail + fresh, len(fresh)
            tail = fresh[-_OVERLAP:]
    member.file_size = declared
    if total != declared:
        raise Refused(faults.unreadable(file, member.filename))


def _refuse_content(file: str, name: str, chunk: bytes) -> None:
    if name.lower().endswith((".xml", ".rels", ".vml")) and any(mark in chunk for mark in _ENTITIES):
        raise Refused(faults.entities(file))
    if name == "[Content_Types].xml" and b"macroEnabled" in chunk:
        raise Refused(faults.macros(file))


@dataclass
class _Look:
    """What the pieces of one sheet have shown so far: its widest row where that needs counting, its last row where it
    lies far below, and its merges."""

    widest: int = 0
    lowest: int = 0
    merges: list[Span] = field(default_factory=list)

    def take(self, chunk: bytes) -> None:
        odd = _is_odd(chunk)
        if odd:
            self.widest = max(self.widest, _widest_row(chunk))
        if odd or _FAR.search(chunk):
            self.widest = MOST_COLUMNS + 1 if _BEYOND.search(chunk) else self.widest
            self.lowest = max(self.lowest, max(map(int, _LATE_ROW.findall(chunk)), default=0))
        if b"mergeCell" in chunk:
            self.merges += map(_span, _MERGED.finditer(chunk))


def _is_odd(chunk: bytes) -> bool:
    """Whether cells may lack a name or spell it otherwise."""
    named = chunk.count(b'r="') - chunk.count(b"<row ") - chunk.count(b"<c ")
    return abs(named) > _CUT_OFF or any(
        byte in chunk and any(mark in chunk for mark in marks) for byte, marks in _ODD.items()
    )


def _widest_row(chunk: bytes) -> int:
    return max(len(_CELL.findall(row)) for row in _ROW.split(chunk))


def _widest_column(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    letters = {b"Z"}
    for chunk, _ in _chunks(file, archive, member):
        if _BEHIND_Z.search(chunk):
            letters |= set(_LETTERS.findall(chunk))
    return max(map(_number, letters)) + 1


def _merged_cells(merges: list[Span]) -> int:
    return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges)


def _span(found: re.Match[bytes]) -> Span:
    return int(found[2]) - 1, _number(found[1]), int(found[4]) - 1, _number(found[3])


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
