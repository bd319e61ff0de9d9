"""A sheet's own XML inside an .xlsx, in which single cells are found without reading the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import unescape

from gzdash.trace.package import Package, Unusual, open_package

# An Excel row, and the letters of a column.
Place = tuple[int, str]

# Longer than the start of any row, which is looked for where two pieces meet.
_OVERLAP = 64

_PLACED = re.compile(rb'<c r="[A-Z]+(\d+)"')
_CELL = re.compile(rb'<c r="[A-Z]+\d+"((?:\s[^<>]*?)?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ATTRIBUTE = re.compile(rb'\s([a-z]+)="([^"]*)"')
_VALUE = re.compile(rb"(?:<f[\s/>].*)?<v>([^<]*)</v>", re.DOTALL)
_INLINE = re.compile(rb"<is><t(?:\s[^<>]*)?>([^<]*)</t></is>")
# A number that every reader writes as it stands, but for noughts at its end.
_PLAIN_NUMBER = re.compile(r"(?:-(?!0+(?:\.0+)?$))?(?=[\d.]{1,16}$)(?:0|[1-9]\d{0,14})(\.\d{1,8})?")
# What the import writes otherwise than it stands: days with a time of nought, numbers with nine decimals, escapes.
_REWRITTEN = re.compile(r" 00:00:00$|\.\d{9}$|_x[0-9A-Fa-f]{4}_|\r|&#")
# Excel counts days from here on, those before March 1900 wrongly, up to the last of the year 9999.
_DAY_NOUGHT, _DAYS = date(1899, 12, 30), range(61, 2_958_466)


@dataclass(frozen=True, slots=True)
class SheetXml:
    """One sheet of a workbook, in the file `member` of its package."""

    package: Package
    member: str

    def texts(self, places: Iterable[Place]) -> dict[Place, str]:
        """The text of the cell at each of `places`; raises Unusual."""
        wanted: dict[int, list[str]] = {}
        for row, letter in places:
            wanted.setdefault(row, []).append(letter)
        return {
            (number, letter): self._text(row, b'<c r="%s%d"' % (letter.encode(), number))
            for number, row in _rows(self.package.pieces(self.member), sorted(wanted))
            for letter in wanted[number]
        }

    def _text(self, row: bytes, start: bytes) -> str:
        """What the cell of a row that begins with `start` holds, as the import wrote it down."""
        place = row.rfind(start)
        if place < 0:
            return ""
        cell = _CELL.match(row, place)
        if not cell or row.find(b"<c", place + 1, cell.end()) >= 0:
            raise Unusual
        attributes, content = cell.groups()
        return self._said(*_kind_and_style(attributes), content) if content else ""

    def _said(self, kind: bytes, style: int, content: bytes) -> str:
        found = (_INLINE if kind == b"inlineStr" else _VALUE).fullmatch(content)
        if not found:
            raise Unusual
        if kind == b"s":
            return _plain(self.package.shared[int(found[1])])
        if kind in (b"inlineStr", b"str"):
            return _plain(found[1])
        if kind != b"n":
            raise Unusual
        return _number(self.package.shown_as[style] if style else "number", found[1].decode())


def open_sheet(path: Path, sheet: str) -> SheetXml:
    """The sheet of that name; raises Unusual where it cannot be found."""
    package = open_package(path)
    if sheet not in package.members:
        raise Unusual
    return SheetXml(package, package.members[sheet])


def _rows(pieces: Iterator[bytes], numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The rows with these ascending numbers; raises Unusual where a comment stands before one of them, for it may hold
    what looks like a row."""
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
        yield number, _checked(number, held[at:end])


def _next(pieces: Iterator[bytes]) -> bytes:
    piece = next(pieces, b"")
    if not piece:
        raise Unusual
    return piece


def _refuse_comment(held: bytes, start: int, end: int) -> None:
    if held.find(b"<!", start, end) >= 0:
        raise Unusual


def _checked(number: int, row: bytes) -> bytes:
    """The row, whose every cell says first where it stands, and that this is in the row."""
    placed = _PLACED.findall(row).count(b"%d" % number)
    if placed != row.count(b"<c") or row.find(b"/>", 0, row.find(b">") + 1) >= 0:
        raise Unusual
    return row


@lru_cache(maxsize=256)
def _kind_and_style(attributes: bytes) -> tuple[bytes, int]:
    """Of what kind a cell is, and the number of its style: a sheet has some dozen of both."""
    said = dict(_ATTRIBUTE.findall(attributes))
    return said.get(b"t", b"n"), int(said.get(b"s", b"0"))


@lru_cache(maxsize=4_096)
def _plain(text: bytes | None) -> str:
    said = text.decode() if text is not None else ""
    if text is None or _REWRITTEN.search(said):
        raise Unusual
    if "&" in said:
        said = unescape(said, {"&quot;": '"', "&apos;": "'"})
    return said if said.strip() else ""


def _number(shown_as: str, text: str) -> str:
    plain = _PLAIN_NUMBER.fullmatch(text)
    if not plain:
        raise Unusual
    if shown_as == "number":
        return text.rstrip("0").rstrip(".") if plain[1] else text
    if shown_as == "day" and text.isdigit() and int(text) in _DAYS:
        return (_DAY_NOUGHT + timedelta(days=int(text))).isoformat()
    raise Unusual
