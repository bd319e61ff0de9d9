"""Answering: questions over the same rows read in one pass, from a cube of them where there is one, else the rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Answer, Question
from gzdash.ask.composing import statement
from gzdash.ask.rolled import added_up, by, rolled
from gzdash.engines import Engine, Holder
from gzdash.lake import Snapshot
from gzdash.metrics import metric
from gzdash.period import PUBLISHED_PERIOD
from gzdash.rollups import Found, Unreadable, cube_for

# To fetch more rows of a cube than this takes longer than to plan a statement for every period and split.
_MANY_ROWS = 20_000


def answers_to(questions: Iterable[Question], snapshot: Snapshot, engine: Engine) -> Iterator[Answer]:
    """The answers, in any order."""
    # Asked once: to find out costs as much as to find a cube.
    holder = engine if isinstance(engine, Holder) else None
    for together, found in _by_cube(questions, snapshot) if holder else [(list(questions), None)]:
        table = _fetched(together, found, holder) if holder and found else None
        if found and table is not None:
            answered = added_up(together, found.cube, table)
            yield from (Answer(one, snapshot.event, snapshot.is_demo, own) for one, own in answered)
            continue
        for group in _same_rows(together):
            sql, parameters = statement(group)
            yield from _answers(group, engine.run(sql, parameters, snapshot), snapshot)


def _same_rows(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions grouped by what they read: one subject, selection, split and scope."""
    return _alike(questions, lambda one: (one.selection, one.split))


def _alike(questions: Iterable[Question], what: Callable[[Question], Hashable]) -> list[list[Question]]:
    """Questions with the same subject, scope, and `what` is asked of them besides."""
    return list(by(questions, lambda one: (metric(one.metric).subject.key, one.scope, what(one))).values())


def _by_cube(questions: Iterable[Question], snapshot: Snapshot) -> Iterator[tuple[Sequence[Question], Found | None]]:
    """Questions that narrow the same subject alike, each with the smallest cube that has all of its split; a page asks
    one thing after another of the same rows. None with those that no cube can answer."""
    for narrowed in _alike(questions, lambda one: one.selection.with_(period=PUBLISHED_PERIOD)):
        found: dict[Found | None, list[Question]] = {}
        for alike in _alike(narrowed, lambda one: one.split):
            whole = cube_for(snapshot, alike)
            for question in alike:
                own = whole or cube_for(snapshot, [question])
                found.setdefault(own, []).append(question)
        for cube, together in found.items():
            is_large = cube is not None and cube.stored.rows > _MANY_ROWS
            apart = _alike(together, lambda one: (one.selection.period, one.split)) if is_large else [together]
            yield from ((alike, cube) for alike in apart)


def _fetched(questions: Sequence[Question], found: Found, holder: Holder) -> pa.Table | None:
    """What questions need of a cube; None where that turns out to be gone or damaged, for the rows are there."""
    sql, parameters = rolled(questions, found.cube, f"held.{found.table}")
    try:
        return holder.run_held(sql, parameters, found.table, found.stored.read)
    except Unreadable:
        return None


def _answers(questions: Sequence[Question], table: pa.Table, snapshot: Snapshot) -> Iterator[Answer]:
    split = list(questions[0].split)
    for place, question in enumerate(questions):
        names = {f"n{place}": "numerator", f"d{place}": "denominator"}
        kept = [name for name in names if name in table.column_names]
        present = table.filter(pc.greater(table[f"r{place}"], 0)) if split else table
        part = present.select([*split, *kept]).rename_columns([*split, *(names[name] for name in kept)])
        yield Answer(question, snapshot.event, snapshot.is_demo, part)
