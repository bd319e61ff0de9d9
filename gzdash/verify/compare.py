"""Two CSV files compared: a sheet cell by cell, a long file row by row without holding it."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from gzdash.verify.again import Stream
from gzdash.verify.verdict import Difference, Differences
from gzdash.words import Text, same
from gzdash.words import passport as words

# Differences that are listed; the rest are counted.
LISTED = 100
_HASH_BYTES = 8

Cells = Sequence[str]
Placed = tuple[tuple[str, ...], int]


def records(chunks: Iterable[bytes]) -> Iterator[list[str]]:
    """The records of a CSV file that comes piece by piece; raises csv.Error where a quote was broken."""
    return csv.reader(_lines(codecs.iterdecode(chunks, "utf-8-sig", errors="replace")))


def cells_apart(issued: Stream, found: Stream, names: int) -> Differences:
    """The cells that differ between two sheets, whose rows are known by their first `names` cells."""
    try:
        return _counted(_cells_apart(list(records(issued())), list(records(found())), names))
    except csv.Error:
        return Differences(why_not=words.UNREADABLE)


def rows_apart(issued: Stream, found: Stream) -> Differences:
    """The rows that one file has and the other has not; a row changed in its place is told by its cells.

    Memory holds a few bytes per row, and the rows that are listed.
    """
    try:
        return _rows_apart(issued, found)
    except csv.Error:
        return Differences(why_not=words.UNREADABLE)


def _cells_apart(issued: list[list[str]], found: list[list[str]], names: int) -> Iterator[Difference]:
    heads = issued[0] if issued else []
    yield from _row_apart(words.HEADER_ROW, heads, heads, found[0] if found else [])
    before, after = _placed(issued[1:], names), _placed(found[1:], names)
    for place, cells in before.items():
        if place in after:
            yield from _row_apart(_name(place), heads, cells, after[place])
        else:
            yield Difference(_name(place), words.WHOLE_ROW, _joined(cells), None)
    for place, cells in after.items():
        if place not in before:
            yield Difference(_name(place), words.WHOLE_ROW, None, _joined(cells))


def _placed(rows: Iterable[list[str]], names: int) -> dict[Placed, list[str]]:
    """Rows by their first cells; of rows with the same ones, each by which of them it is."""
    seen: Counter[tuple[str, ...]] = Counter()
    placed = {}
    for cells in rows:
        key = tuple(cells[:names])
        seen[key] += 1
        placed[key, seen[key]] = cells
    return placed


def _row_apart(name: Text, heads: Cells, before: Cells, after: Cells) -> Iterator[Difference]:
    for head, one, other in zip_longest(heads, before, after):
        if one != other:
            yield Difference(name, same(head or ""), one, other)


def _rows_apart(issued: Stream, found: Stream) -> Differences:
    before, after = Counter(map(_hash, records(issued()))), Counter(map(_hash, records(found())))
    gone, new = before - after, after - before
    rows, others = _listed(issued, gone), _listed(found, new)
    heads = next(records(issued()), [])
    told: list[Difference] = []
    for number in sorted({*rows, *others}):
        told += _told(number, heads, rows.get(number), others.get(number))
    return Differences(max(gone.total(), new.total(), len(told[:LISTED])), tuple(told[:LISTED]))


def _told(number: int, heads: Cells, before: Cells | None, after: Cells | None) -> Iterator[Difference]:
    """A row that stands at the same number in both and is mostly alike was changed; others are gone or new."""
    name = words.NUMBERED.fill(number=number)
    if before and after and _alike(before, after):
        yield from _row_apart(name, heads, before, after)
        return
    for cells, is_new in ((before, False), (after, True)):
        if cells:
            said = _joined(cells)
            yield Difference(name, words.WHOLE_ROW, None if is_new else said, said if is_new else None)


def _alike(before: Cells, after: Cells) -> bool:
    return sum(one == other for one, other in zip(before, after, strict=False)) * 2 > len(before)


def _listed(stream: Stream, wanted: Counter[int]) -> dict[int, list[str]]:
    """The first of the wanted rows, by their line number as a spreadsheet counts."""
    rows = {}
    left = Counter(wanted)
    for number, cells in enumerate(records(stream()), 1):
        if left and left[key := _hash(cells)] > 0:
            left[key] -= 1
            rows[number] = cells
            if len(rows) == LISTED:
                break
    return rows


def _hash(cells: Cells) -> int:
    said = "\x1f".join(cells).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=_HASH_BYTES).digest())


def _counted(found: Iterable[Difference]) -> Differences:
    every = list(found)
    return Differences(len(every), tuple(every[:LISTED]))


def _name(place: Placed) -> Text:
    names, which = place
    said = " · ".join(name.strip() for name in names) or "—"
    return same(said if which == 1 else f"{said} ({which})")


def _joined(cells: Cells) -> str:
    return " | ".join(cells)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Lines with their ends, whatever the pieces they come in."""
    rest = ""
    for text in texts:
        *whole, rest = (rest + text).split("\n")
        yield from (f"{line}\n" for line in whole)
    if rest:
        yield rest
