"""What a command prints: the same rows as a table for people, as JSON for programs, as CSV for spreadsheets."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from gzdash.answer import Cell, Listing, Sheet
from gzdash.exports import shown_csv
from gzdash.faults import Fault
from gzdash.lake import Snapshot
from gzdash.numbers import UNKNOWN, moment, write
from gzdash.period import PUBLISHED_PERIOD
from gzdash.selection import Selection
from gzdash.units import ROWS
from gzdash.words import Language, Text, harmless, same

YES, NO = Text("是", "yes"), Text("否", "no")
DEMO = Text("演示数据", "demonstration data")
_SNAPSHOT = Text("快照 {event}（{time}）", "snapshot {event} ({time})")
_NO_ROWS = Text("（没有记录）", "(no rows)")
_GAP = "  "
# Lists of lists deeper than this stay on one line.
_BROKEN_DEPTH = 2
# One for all: `json.dumps` makes a new one for every value that is not written its own way.
_ENCODED = json.JSONEncoder(ensure_ascii=False).encode

Shown = Sheet | Listing


@dataclass(frozen=True)
class Output:
    """The result of a command: `shown` is the table and the CSV, `document` the JSON, `head` stands over the table.

    Of the first two only one is wanted: where making it takes long, it may be given as what makes it. Where the head
    `says_all`, people are not shown the table as well. `code` is what the process exits with. `file` makes the CSV
    where people are shown words in the place of its numbers.
    """

    shown: Shown | Callable[[], Shown]
    document: object
    head: tuple[Text, ...] = ()
    says_all: bool = False
    code: int = 0
    file: Callable[[], Listing] | None = None

    def table(self, language: Language) -> str:
        """Aligned columns; Chinese characters take two places."""
        head = [harmless(line.of(language)) for line in self.head]
        if self.says_all:
            return "\n".join(head)
        headers, rows = _cells(self._shown(), language)
        cells = [[harmless(cell) for cell in row] for row in (headers, *rows)]
        return "\n".join([*head, *(_aligned(cells) if rows else [_NO_ROWS.of(language)])])

    def json(self) -> bytes:
        """The document; money keeps its two decimals."""
        return f"{json_text(self.document() if callable(self.document) else self.document)}\n".encode()

    def csv(self, language: Language) -> bytes:
        """The same file that a page would give."""
        return shown_csv(self.file() if self.file else self._shown(), language)

    def _shown(self) -> Shown:
        return self.shown() if callable(self.shown) else self.shown


def listing(
    key: str, title: Text, headers: Sequence[Text], rows: Iterable[Sequence[Cell]], snapshot: Snapshot | None = None
) -> Listing:
    """Rows of words and numbers; without a snapshot they come from no lake."""
    event, is_demo = (snapshot.event, snapshot.is_demo) if snapshot else (0, False)
    return Listing(key, title, Selection(PUBLISHED_PERIOD), event, is_demo, tuple(headers), tuple(map(tuple, rows)))


def provenance(snapshot: Snapshot) -> Text:
    """Which data this is, on one line: the demo mark, the event and its time."""
    when = Text(moment(snapshot.time, "zh"), moment(snapshot.time, "en"))
    said = _SNAPSHOT.fill(event=snapshot.event, time=when)
    return joined(DEMO, said) if snapshot.is_demo else said


def joined(*parts: Text) -> Text:
    """Several phrases on one line."""
    return Text(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def notice(said: Fault | Text, language: Language) -> None:
    """Something the reader should know that is no part of the result: on stderr."""
    print(said.line(language) if isinstance(said, Fault) else harmless(said.of(language)), file=sys.stderr, flush=True)


def json_text(value: object, depth: int = 0) -> str:
    """JSON as `json.dumps` writes it, and what it cannot: exact decimals as numbers, days as 2023-07-31."""
    # First what there is most of: the rows behind a figure have half a million texts.
    if isinstance(value, str):
        return _ENCODED(value)
    if depth >= _BROKEN_DEPTH and isinstance(value, dict | list | tuple):
        # On one line, as the encoder writes all of it at once where it can: it knows no decimals and no days.
        try:
            return _ENCODED(value)
        except TypeError:
            pass
    if isinstance(value, dict):
        return _block("{}", [f"{_name(str(key))}: {json_text(one, depth + 1)}" for key, one in value.items()], depth)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return _lines(value, depth) or _block("[]", [json_text(one, depth + 1) for one in value], depth)
    if type(value) is int:
        return str(value)
    if isinstance(value, date):
        return _ENCODED(value.isoformat())
    return _ENCODED(value)


def _lines(rows: Sequence[object], depth: int) -> str:
    """A line for each of several rows, encoded together in half the time; empty where they cannot be told apart so."""
    if depth + 1 != _BROKEN_DEPTH or not all(type(row) is dict for row in rows):
        return ""
    try:
        text = _ENCODED(rows)
    except TypeError:
        return ""
    # Were there more of these than gaps between rows, some would stand in a text, or inside a row.
    if text.count("}, {") != len(rows) - 1:
        return ""
    return _block("[]", [text[1:-1].replace("}, {", f"}},\n{'  ' * (depth + 1)}{{")], depth)


@lru_cache(maxsize=256)
def _name(key: str) -> str:
    return _ENCODED(key)


def _block(brackets: str, parts: Sequence[str], depth: int) -> str:
    if depth >= _BROKEN_DEPTH or not parts:
        return f"{brackets[0]}{', '.join(parts)}{brackets[1]}"
    margin = "  " * depth
    inner = f",\n{margin}  ".join(parts)
    return f"{brackets[0]}\n{margin}  {inner}\n{margin}{brackets[1]}"


def _cells(shown: Sheet | Listing, language: Language) -> tuple[list[str], list[list[str]]]:
    if isinstance(shown, Listing):
        return [header.of(language) for header in shown.headers], [
            [_cell(value, language) for value in row] for row in shown.rows
        ]
    names = [[label.of(language) for label in shown.labels(place)] for place in range(len(shown.dimensions))]
    numbers = [[write(value, one.unit, language) for value in one.values] for one in shown.figures]
    headers = [one.name for one in shown.dimensions] + [one.label for one in shown.figures]
    return [header.of(language) for header in headers], [list(row) for row in zip(*names, *numbers, strict=True)]


def _cell(value: Cell, language: Language) -> str:
    if isinstance(value, str):
        return value or UNKNOWN
    if isinstance(value, Decimal):
        # Money to the fen: what rows give must add up to the figure for whoever adds it by hand.
        return f"{value:,}"
    if value is None or isinstance(value, int | float):
        return write(value, ROWS, "en")
    return value.of(language)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def plain(text: object) -> Text:
    """A path, a number or a name, the same in both languages."""
    return same(str(text))
