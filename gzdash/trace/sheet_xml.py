"""A sheet's own XML inside an .xlsx, in which single cells are found without reading the others."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import unescape

from gzdash.intake.workbook import members_of

# Sheets stay unpacked for the next page of rows while they are small, as those of monthly reports are: 32 MB in all.
_SHEETS_KEPT = 16
_KEPT_BYTES = 2 << 20
_CHUNK = 1 << 20
# Longer than the start of any row, which is looked for where two pieces meet.
_OVERLAP = 64

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"((?:\s[^<>]*?)?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ATTRIBUTE = re.compile(rb'\s([a-z]+)="([^"]*)"')
_VALUE = re.compile(rb"(?:<f[\s/>].*)?<v>([^<]*)</v>", re.DOTALL)
_INLINE = re.compile(rb"<is><t(?:\s[^<>]*)?>([^<]*)</t></is>")
_SHARED = re.compile(rb"<si>(?:<t(?:\s[^<>]*)?>([^<]*)</t>)?(.*?)</si>", re.DOTALL)
_OTHER_ENCODING = re.compile(rb"""^[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)
# A number that every reader writes as it stands, but for noughts at its end.
_PLAIN_NUMBER = re.compile(r"(?:-(?!0+(?:\.0+)?$))?(?=[\d.]{1,16}$)(?:0|[1-9]\d{0,14})(\.\d{1,8})?")
# What the import writes otherwise than it stands: days with a time of nought, numbers with nine decimals, escapes.
_REWRITTEN = re.compile(r" 00:00:00$|\.\d{9}$|_x[0-9A-Fa-f]{4}_|\r|&#")

_CELL_FORMATS = re.compile(rb"<cellXfs[\s>].*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb'<xf\s[^<>]*?numFmtId="(\d+)"')
_OWN_FORMAT = re.compile(rb'<numFmt\s[^<>]*?numFmtId="(\d+)"[^<>]*?formatCode="([^"]*)"')
# Formats of Excel's own that show a number as a number; the others may be days.
_NUMBER_FORMATS = frozenset({*range(5), *range(9, 14), *range(37, 41), 48, 49})
_NUMBER_FORMAT = re.compile(rb"[#0?,. %;()_+-]+")
_DAY_FORMATS = frozenset({14, 15})
_DAY_FORMAT = re.compile(rb"(?=.*y)(?=.*m)[ymd/\\-]+", re.IGNORECASE)
# Excel counts days from here on, those before March 1900 wrongly.
_DAY_NOUGHT, _FIRST_DAY = date(1899, 12, 30), 61


class Unusual(Exception):
    """The sheet, or a cell that is wanted, is written in a way that only the full reader knows."""


Cells = dict[str, tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class SheetXml:
    """One sheet of the workbook at `path`, in the file `member` of its package."""

    path: Path
    member: str

    def texts(self, places: Sequence[tuple[int, str]]) -> list[str]:
        """The text of the cells at `places` (Excel row and letters), in their order; raises Unusual."""
        rows = dict(_rows(_pieces(self.path, self.member), sorted({row for row, _ in places})))
        return [_text(self.path, *rows[row][letter]) if letter in rows[row] else "" for row, letter in places]


def open_sheet(path: Path, sheet: str) -> SheetXml:
    """The sheet of that name; raises Unusual where it cannot be found."""
    members = _members(path)
    if sheet not in members:
        raise Unusual
    return SheetXml(path, members[sheet])


def _rows(pieces: Iterator[bytes], numbers: Sequence[int]) -> Iterator[tuple[int, Cells]]:
    """The cells of the rows with these ascending numbers; raises Unusual where a comment stands before one of them, for
    it may hold what looks like a row."""
    held, at, seen = b"", 0, 0
    for number in numbers:
        start, end = b'<row r="%d"' % number, -1
        while end < 0:
            at = held.find(start, max(at, 0))
            end = held.find(b"</row>", at) if at >= 0 else -1
            if end < 0:
                _refuse_comment(held, seen, len(held))
                held = held[at if at >= 0 else -_OVERLAP :] + _next(pieces)
                at = seen = 0
        _refuse_comment(held, seen, end)
        seen = end
        yield number, _cells(number, held[at:end])


def _next(pieces: Iterator[bytes]) -> bytes:
    piece = next(pieces, b"")
    if not piece or _OTHER_ENCODING.search(piece[:200]):
        raise Unusual
    return piece


def _refuse_comment(held: bytes, start: int, end: int) -> None:
    if held.find(b"<!", start, end) >= 0:
        raise Unusual


def _cells(number: int, row: bytes) -> Cells:
    """The attributes and the content of each cell, by its letters."""
    head, _, body = row.partition(b">")
    found = _CELL.findall(body)
    if head.endswith(b"/") or len(found) != body.count(b"<c ") or any(int(cell[1]) != number for cell in found):
        raise Unusual
    return {letters.decode(): (attributes, content) for letters, _, attributes, content in found}


def _text(path: Path, attributes: bytes, content: bytes) -> str:
    """What a cell holds, as the import wrote it down."""
    if not content:
        return ""
    said = dict(_ATTRIBUTE.findall(attributes))
    kind = said.get(b"t", b"n")
    found = (_INLINE if kind == b"inlineStr" else _VALUE).fullmatch(content)
    if not found:
        raise Unusual
    if kind == b"s":
        return _plain(_shared(path)[int(found[1])])
    if kind in (b"inlineStr", b"str"):
        return _plain(found[1])
    return _number(path, kind, int(said.get(b"s", b"0")), found[1].decode())


def _plain(text: bytes | None) -> str:
    said = text.decode() if text is not None else ""
    if text is None or _REWRITTEN.search(said):
        raise Unusual
    return unescape(said, {"&quot;": '"', "&apos;": "'"}) if said.strip() else ""


def _number(path: Path, kind: bytes, style: int, text: str) -> str:
    plain = _PLAIN_NUMBER.fullmatch(text) if kind == b"n" else None
    if not plain:
        raise Unusual
    shown = _shown_as(path)[style] if style else "number"
    if shown == "number":
        return text.rstrip("0").rstrip(".") if plain[1] else text
    if shown == "day" and text.isdigit() and int(text) >= _FIRST_DAY:
        return (_DAY_NOUGHT + timedelta(days=int(text))).isoformat()
    raise Unusual


def _pieces(path: Path, member: str) -> Iterator[bytes]:
    if (small := _unpacked(path, member)) is not None:
        yield small
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as opened:
        while piece := opened.read(_CHUNK):
            yield piece


@lru_cache(maxsize=_SHEETS_KEPT)
def _unpacked(path: Path, member: str) -> bytes | None:
    """The whole of a small file of the package; None for a large one. The name of a kept file is its content, so what
    is remembered of it stays true."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(member) if archive.getinfo(member).file_size <= _KEPT_BYTES else None


@lru_cache(maxsize=_SHEETS_KEPT)
def _members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return members_of(archive)


@lru_cache(maxsize=_SHEETS_KEPT)
def _shared(path: Path) -> tuple[bytes | None, ...]:
    """The texts that cells share; None for one with runs of its own."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/sharedStrings.xml")
    found = _SHARED.findall(xml)
    if len(found) != xml.count(b"<si>") or b"<si " in xml or b"<si/" in xml or _OTHER_ENCODING.search(xml[:200]):
        raise Unusual
    return tuple(None if rest else text for text, rest in found)


@lru_cache(maxsize=_SHEETS_KEPT)
def _shown_as(path: Path) -> tuple[Literal["number", "day", ""], ...]:
    """As what each style of the workbook shows a number; empty for what only the full reader knows."""
    with zipfile.ZipFile(path) as archive:
        xml, book = archive.read("xl/styles.xml"), archive.read("xl/workbook.xml")
    own = dict(_OWN_FORMAT.findall(xml))
    block = _CELL_FORMATS.search(xml)
    # Days may count from 1904.
    may_be_day = b"date1904" not in book
    return tuple(_shown(key, own.get(key, b""), may_be_day) for key in _FORMAT.findall(block[0])) if block else ()


def _shown(key: bytes, own: bytes, may_be_day: bool) -> Literal["number", "day", ""]:
    if int(key) in _NUMBER_FORMATS or _NUMBER_FORMAT.fullmatch(own):
        return "number"
    return "day" if may_be_day and (int(key) in _DAY_FORMATS or _DAY_FORMAT.fullmatch(own)) else ""


# What is remembered of files that were looked into before.
REMEMBERED = (_unpacked, _members, _shared, _shown_as)
