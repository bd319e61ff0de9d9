"""Answering: questions over the same rows read in one pass, from a cube of them where there is one, else the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Answer, Question
from gzdash.ask.composing import statement
from gzdash.ask.rolled import rolled
from gzdash.engines import Engine, Holder
from gzdash.lake import Snapshot
from gzdash.metrics import metric
from gzdash.period import PUBLISHED_PERIOD
from gzdash.rollups import Found, Unreadable, cube_for
from gzdash.selection import Selection


def answers_to(questions: Iterable[Question], snapshot: Snapshot, engine: Engine) -> Iterator[Answer]:
    """The answers, in any order."""
    # Asked once: to find out costs as much as to find a cube.
    holder = engine if isinstance(engine, Holder) else None
    for alike in _same_but_period(questions):
        for together, found in _by_cube(alike, snapshot) if holder else [(alike, None)]:
            table = _rolled(together, found, holder) if holder and found else None
            if table is not None:
                yield from _answers(together, table, snapshot)
                continue
            for group in _same_rows(together):
                sql, parameters = statement(group)
                yield from _answers(group, engine.run(sql, parameters, snapshot), snapshot)


def _same_but_period(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions grouped by what they read but for the months: a cube is so small that planning a statement takes longer
    than running it, and a page asks nearly everything of this year and of the last."""
    return _alike((one, one.selection.with_(period=PUBLISHED_PERIOD)) for one in questions)


def _same_rows(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions grouped by what they read: one subject, selection, split and scope."""
    return _alike((one, one.selection) for one in questions)


def _alike(questions: Iterable[tuple[Question, Selection]]) -> list[list[Question]]:
    """Questions with the same subject, split, scope, and selection beside them."""
    groups: dict[tuple[object, ...], list[Question]] = {}
    for question, selection in questions:
        key = (metric(question.metric).subject.key, selection, question.split, question.scope)
        groups.setdefault(key, []).append(question)
    return list(groups.values())


def _by_cube(group: Sequence[Question], snapshot: Snapshot) -> Iterator[tuple[Sequence[Question], Found | None]]:
    """The group with the cube that has it all; where there is none, the questions by the cube that each has, if any."""
    whole = cube_for(snapshot, group)
    if whole or len(group) == 1:
        yield group, whole
        return
    apart: dict[Found | None, list[Question]] = {}
    for question in group:
        apart.setdefault(cube_for(snapshot, [question]), []).append(question)
    yield from ((together, found) for found, together in apart.items())


def _rolled(questions: Sequence[Question], found: Found, holder: Holder) -> pa.Table | None:
    """What `statement` gives, from a cube; None where that turns out to be gone or damaged, for the rows are there."""
    asked = rolled(questions, found.cube, f"held.{found.table}")
    try:
        return asked.named(holder.run_held(asked.sql, asked.parameters, found.table, found.stored.read))
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
