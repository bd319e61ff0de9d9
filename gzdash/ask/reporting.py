"""Who reported of those that should have, and what the silent had a year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Answer, Number, Question
from gzdash.ask.answering import answers_to
from gzdash.ask.desk import Desk
from gzdash.ask.reporters import Reporters, reporters
from gzdash.metrics import METRICS, SUBJECTS, Metric
from gzdash.selection import Selection

# Of each page some dozen cards ask, for the period and for all months since 2021.
_KEPT = 256
# One for each table with a list of who should report, for the snapshots last looked at: a megabyte each.
_LISTS_KEPT = 24


@dataclass(frozen=True, slots=True)
class Held:
    """What a metric had in the same months a year before: the `whole`, and the part of those now `silent`."""

    whole: Number
    silent: Number


@dataclass(frozen=True)
class Reporting:
    """Organizations, each counted once: `due` should have reported, `reported` sent at least one report; `last_due` and
    `last_reported` are those of `last_month` (2023-07), the last with reports due. `silent` are the codes of those that
    sent nothing."""

    due: int
    reported: int
    last_month: str
    last_due: int
    last_reported: int
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Organizations, each counted once over all tables: `due` had something to report, `reported` at least one of it;
    `tables` are the keys of those that anybody had to report to."""

    due: int
    reported: int
    tables: tuple[str, ...]


@lru_cache(maxsize=_KEPT)
def reporting(desk: Desk, key: str, selection: Selection) -> Reporting | None:
    """How far the table behind the metrics of the subject `key` is reported; None where nobody had to."""
    if not has_list(desk, key):
        return None
    listed = _reporters(desk, SUBJECTS[key].table)
    heard = listed.heard(selection)
    if not len(heard.who):
        return None
    newest = heard.last_due.max()
    is_last, is_silent = heard.last_due == newest, heard.last_in < 0
    return Reporting(
        due=len(heard.who),
        reported=int(np.count_nonzero(~is_silent)),
        last_month=f"{heard.months[newest]:%Y-%m}",
        last_due=int(np.count_nonzero(is_last)),
        last_reported=int(np.count_nonzero(is_last & (heard.last_in == newest))),
        silent=tuple(listed.codes(heard.who[is_silent]).to_pylist()),
    )


@lru_cache(maxsize=_KEPT)
def held(desk: Desk, key: str, selection: Selection) -> dict[str, Held]:
    """What the metrics of the subject `key` had, of which that can be said, by key: all at once, for a page that asks
    for one of them goes on to the next."""
    found = reporting(desk, key, selection)
    silent = pa.array(found.silent if found else (), pa.string())
    return {one.question.metric: _held(one, silent) for one in _year_before(desk, key, selection)}


@lru_cache(maxsize=_KEPT)
def everywhere(desk: Desk, selection: Selection) -> Everywhere:
    """How far everything is reported that anybody had to report."""
    due, reported, tables = list[pa.Array](), list[pa.Array](), list[str]()
    for table in sorted(_listed(desk)):
        listed = _reporters(desk, table)
        heard = listed.heard(selection)
        if len(heard.who):
            tables.append(table)
            due.append(listed.codes(heard.who))
            reported.append(listed.codes(heard.who[heard.last_in >= 0]))
    return Everywhere(_distinct(due), _distinct(reported), tuple(tables))


def by_month(desk: Desk, key: str, selection: Selection) -> dict[str, tuple[int, int]]:
    """Of each month (2023-07) with reports due to the table behind the subject `key`: how many organizations had to
    report, and how many did."""
    return _reporters(desk, SUBJECTS[key].table).by_month(selection)


def has_list(desk: Desk, key: str) -> bool:
    """Whether the snapshot knows who should report to the table behind the subject `key`, in whatever month."""
    return SUBJECTS[key].table in _listed(desk)


def _year_before(desk: Desk, key: str, selection: Selection) -> Iterator[Answer]:
    """What each organization had of the subject's metrics in the same months a year before. These answers, of some
    thousand parts, are for nothing else, and are not kept."""
    before = selection.year_before()
    held = [one for one in _can_be_held(key) if one.is_recorded(before.period.first)]
    return answers_to([Question(one.key, before, ("organization",)) for one in held], desk.snapshot, desk.engine)


@cache
def _can_be_held(key: str) -> tuple[Metric, ...]:
    """The metrics of the subject `key` whose parts by organization add up to the whole."""
    flows = (one for one in METRICS.values() if one.subject.key == key and one.kind == "flow")
    return tuple(one for one in flows if "organization" in one.splits and one.adds_up("organization"))


def _held(answer: Answer, silent: pa.Array) -> Held:
    had = answer.table["numerator"]
    return Held(_sum(had), _sum(had.filter(pc.is_in(answer.table["organization"], silent))))


@lru_cache(maxsize=_LISTS_KEPT)
def _reporters(desk: Desk, table: str) -> Reporters:
    return reporters(desk.engine, desk.snapshot, table)


@lru_cache(maxsize=64)
def _listed(desk: Desk) -> frozenset[str]:
    """The tables for which the snapshot has a list of who should report."""
    found = desk.engine.run('SELECT DISTINCT "table" AS key FROM submissions', {}, desk.snapshot)
    return frozenset(found["key"].to_pylist())


def _distinct(codes: list[pa.Array]) -> int:
    return int(pc.count_distinct(pa.chunked_array(codes, pa.string())).as_py())


def _sum(values: pa.ChunkedArray) -> Number:
    """The exact sum of what is known; 0 for nothing."""
    return pc.sum(values).as_py() or 0
