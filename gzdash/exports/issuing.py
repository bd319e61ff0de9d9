"""Issuing: the passport of each file that leaves, made from what was shown and from the bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from gzdash import __version__
from gzdash.answer import Figures, Key, Listing, Question, Sheet
from gzdash.exports.listing import shown_csv
from gzdash.exports.names import Taken
from gzdash.exports.passport import Asked, Column, Kind, Maker, Part, Passport, codes_of, issued
from gzdash.metrics import METRICS, metric
from gzdash.selection import Selection
from gzdash.tables import Table
from gzdash.units import Unit
from gzdash.words import Language, Text
from gzdash.words import passport as words

PRODUCT = "gzdash"


class Numbered(Taken, Protocol):
    """What a passport tells of a snapshot: its lake and event as well."""

    @property
    def lake(self) -> str:
        """The lake's identity."""
        ...

    @property
    def event(self) -> int:
        """The event it was taken at."""
        ...


@dataclass(frozen=True)
class Issue:
    """What files that leave together share: the page, the language, the snapshot, and who makes them when.

    `coverage` says by metric how far it is reported.
    """

    page: Text
    language: Language
    snapshot: Numbered
    made: datetime
    maker: Maker
    coverage: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Streamed:
    """A file too long to be held: what it is, how many rows it will have, and its columns."""

    kind: Kind
    title: Text
    selection: Selection
    rows: int
    columns: tuple[Column, ...]
    split: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    table: str = ""
    metrics: tuple[Column, ...] = ()


def maker() -> Maker:
    """This product, and the office that GZDASH_MAKER names."""
    return Maker(PRODUCT, __version__, os.environ.get("GZDASH_MAKER", "").strip())


def shown_passport(shown: Sheet | Listing, file: str, issue: Issue, content: bytes | None = None) -> Passport:
    """The passport of a sheet or a listing in the file named `file`; `content` are its bytes where they are at hand."""
    if isinstance(shown, Sheet):
        columns = tuple(_figures(one, shown) for one in shown.figures)
        split = tuple(one.key for one in shown.dimensions)
        what = Streamed("sheet", shown.title, shown.selection, len(shown), columns, split, shown.keys)
    else:
        heads = tuple(Column("", header) for header in shown.headers)
        metrics = tuple(Column(one.key, one.name, one.unit.key, one.meaning) for one in map(metric, shown.metrics))
        what = Streamed("listing", shown.title, shown.selection, len(shown), heads, metrics=metrics)
    return streamed_passport(what, file, issue, (shown_csv(shown, issue.language) if content is None else content,))


def table_details(table: Table, selection: Selection, rows: int) -> Streamed:
    """The rows of a table as a file."""
    columns = tuple(Column(one.key, one.header, meaning=one.note) for one in table.columns)
    return Streamed("detail", table.name, selection, rows, columns, table=table.key)


def traced_rows(question: Question, part: Part, key: Key | None, rows: int, unit: Unit | None = None) -> Streamed:
    """The rows behind a figure as a file: `part` is the half that was traced, `key` the part of its split, `unit` what
    it counts if not what is declared."""
    one = metric(question.metric)
    column = Column(one.key, one.name, (unit or one.unit_of(part)).key, one.meaning, _asked(question, part))
    return Streamed("trace", one.name, question.selection, rows, (column,), question.split, (key,) if key else ())


def streamed_passport(what: Streamed, file: str, issue: Issue, chunks: Iterable[bytes]) -> Passport:
    """The passport of a file that comes piece by piece; reading it is what finds the hash."""
    asked = dict.fromkeys(one.asked.metric for one in what.columns if one.asked)
    passport = Passport(
        kind=what.kind,
        file=file,
        page=issue.page,
        title=what.title,
        language=issue.language,
        lake=issue.snapshot.lake,
        is_demo=issue.snapshot.is_demo,
        event=issue.snapshot.event,
        time=issue.snapshot.time,
        codes=codes_of(what.selection),
        said=tuple(words.ITEM.fill(name=name, said=said) for name, said in what.selection.words()),
        rows=what.rows,
        columns=what.columns,
        sha256="",
        size=0,
        made=issue.made,
        maker=issue.maker,
        coverage=tuple(_covered(key, issue) for key in asked if key in issue.coverage),
        split=what.split,
        keys=what.keys,
        table=what.table,
        metrics=what.metrics,
    )
    return issued(passport, chunks)


def _covered(key: str, issue: Issue) -> Text:
    return words.ITEM.fill(name=METRICS[key].name, said=issue.coverage[key])


def _figures(one: Figures, sheet: Sheet) -> Column:
    known = METRICS.get(one.asked.metric if one.asked else one.key)
    asked = _asked(one.asked, _part(one), _years_on(one.asked, sheet)) if one.asked else None
    return Column(one.key, one.label, one.unit.key, known.meaning if known else None, asked)


def _part(one: Figures) -> Part:
    """A ratio brings its halves along as columns named after it."""
    if one.asked and metric(one.asked.metric).is_ratio:
        if one.key.endswith("_numerator"):
            return "numerator"
        if one.key.endswith("_denominator"):
            return "denominator"
    return "value"


def _years_on(asked: Question, sheet: Sheet) -> int:
    """1 for last year's column: it stands at this year's months."""
    return int(asked.selection != sheet.selection and asked.selection == sheet.selection.year_before())


def _asked(question: Question, part: Part, years_on: int = 0) -> Asked:
    return Asked(question.metric, codes_of(question.selection), question.split, part, years_on, question.scope)


def metrics_of(shown: Sheet | Listing) -> Iterator[tuple[str, Selection]]:
    """The metrics of what was shown and the selection each was asked for; last year's columns say nothing new."""
    if isinstance(shown, Sheet):
        for one in shown.figures:
            if one.asked and one.asked.selection == shown.selection:
                yield one.asked.metric, one.asked.selection
