"""An .xlsx as the package of files that it is, each unpacked as far as anybody has looked into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Lock
from typing import IO, Literal
from zipfile import ZipFile

from gzdash.intake.workbook import members_of

# Packages stay in memory for the next page of rows while they are small, and so do the files in them: those of sixteen
# monthly reports are some 10 MB.
_PACKAGES_KEPT = 16
_PACKAGE_BYTES = 1 << 20
_FILE_BYTES = 2 << 20
# A row that is wanted stands near the start of its sheet as often as near its end.
_PIECE = 1 << 15

_SHARED = re.compile(rb"<si>(?:<t(?:\s[^<>]*)?>([^<]*)</t>)?(.*?)</si>", re.DOTALL)
_OTHER_ENCODING = re.compile(rb"""^[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)

_CELL_FORMATS = re.compile(rb"<cellXfs[\s>].*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb'<xf\b(?:[^<>]*?\snumFmtId="(\d+)")?')
_OWN_FORMAT = re.compile(rb'<numFmt\s[^<>]*?numFmtId="(\d+)"[^<>]*?formatCode="([^"]*)"')
# What a style has that names no format.
_GENERAL = b"0"
# Formats of Excel's own that show a number as a number; the others may be days.
_NUMBER_FORMATS = frozenset({*range(5), *range(9, 14), *range(37, 41), 48, 49})
_NUMBER_FORMAT = re.compile(rb"[#0?,. %;()_+-]+")
_DAY_FORMATS = frozenset({14, 15})
_DAY_FORMAT = re.compile(rb"(?=.*y)(?=.*m)[ymd/\\-]+", re.IGNORECASE)


class Unusual(Exception):
    """A file of the package, or what is wanted of it, is written in a way that only the full reader knows."""


class Package:
    """The package at `path`: a small one is read into memory at once, a large one opened whenever it is looked into."""

    def __init__(self, path: Path) -> None:
        self._path = path
        is_small = path.stat().st_size <= _PACKAGE_BYTES
        self._held = ZipFile(BytesIO(path.read_bytes())) if is_small else None
        self._unpacked: dict[str, _Unpacked] = {}

    @cached_property
    def members(self) -> dict[str, str]:
        """The sheets' files by the sheets' names."""
        with self._archive() as archive:
            return members_of(archive)

    @cached_property
    def shared(self) -> tuple[bytes | None, ...]:
        """The texts that cells share; None for one with runs of its own. Raises Unusual."""
        with self._archive() as archive:
            xml = archive.read("xl/sharedStrings.xml")
        found = _SHARED.findall(xml)
        if len(found) != xml.count(b"<si>") or b"<si " in xml or b"<si/" in xml or _OTHER_ENCODING.search(xml[:200]):
            raise Unusual
        return tuple(None if rest else text for text, rest in found)

    @cached_property
    def shown_as(self) -> tuple[Literal["number", "day", ""], ...]:
        """As what each style shows a number; empty for what only the full reader knows. Raises Unusual."""
        with self._archive() as archive:
            xml, book = archive.read("xl/styles.xml"), archive.read("xl/workbook.xml")
        if b"<!" in xml:
            raise Unusual
        own = dict(_OWN_FORMAT.findall(xml))
        block = _CELL_FORMATS.search(xml)
        # Days may count from 1904.
        may_be_day = b"date1904" not in book
        named = _FORMAT.findall(block[0]) if block else []
        if block and block[0].count(b"numFmtId") != sum(map(bool, named)):
            raise Unusual
        keys = (key or _GENERAL for key in named)
        return tuple(_shown(key, own.get(key, b""), may_be_day) for key in keys)

    def pieces(self, member: str) -> Iterator[bytes]:
        """The content of a file from its start on; raises Unusual where it is not in UTF-8."""
        pieces = self._pieces(member)
        first = next(pieces, b"")
        if _OTHER_ENCODING.search(first[:200]):
            raise Unusual
        yield first
        yield from pieces

    def _pieces(self, member: str) -> Iterator[bytes]:
        with self._archive() as archive:
            if self._held and archive.getinfo(member).file_size <= _FILE_BYTES:
                if member not in self._unpacked:
                    # Of two that begin at once one is forgotten, which costs a header.
                    self._unpacked.setdefault(member, _Unpacked(archive.open(member)))
                yield from self._unpacked[member].pieces()
                return
            with archive.open(member) as opened:
                while piece := opened.read(_PIECE):
                    yield piece

    @contextmanager
    def _archive(self) -> Iterator[ZipFile]:
        if self._held:
            yield self._held
            return
        with ZipFile(self._path) as archive:
            yield archive


class _Unpacked:
    """The beginning of one file, as far as anybody has looked."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._rest = opened
        self._known: list[bytes] = []
        self._lock = Lock()

    def pieces(self) -> Iterator[bytes]:
        for place in count():
            if place == len(self._known):
                self._unpack(place)
            if not self._known[place]:
                return
            yield self._known[place]

    def _unpack(self, place: int) -> None:
        with self._lock:
            # Another reader may have come here first. What is empty is the end.
            if place == len(self._known):
                self._known.append(self._rest.read(_PIECE))


@lru_cache(maxsize=_PACKAGES_KEPT)
def open_package(path: Path) -> Package:
    """The package at `path`. The name of a kept file is its content, so what is remembered of it stays true."""
    return Package(path)


def _shown(key: bytes, own: bytes, may_be_day: bool) -> Literal["number", "day", ""]:
    if int(key) in _NUMBER_FORMATS or _NUMBER_FORMAT.fullmatch(own):
        return "number"
    return "day" if may_be_day and (int(key) in _DAY_FORMATS or _DAY_FORMAT.fullmatch(own)) else ""
