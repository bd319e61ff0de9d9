"""Questions asked of a cube in place of the rows: the same figures, by adding up what is added up already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gzdash.answer import Question
from gzdash.ask.composing import limits
from gzdash.metrics import Metric, Part, metric
from gzdash.rollups import Cube, column_of, measure

_TIME = ("month", "quarter", "year")


def rolled(questions: Sequence[Question], cube: Cube, table: str) -> tuple[str, dict[str, Any]]:
    """The SQL that answers questions over the same rows from `cube`, held as `table`, and its parameters; the columns
    are those of `statement`."""
    first, subject = questions[0], cube.subject
    columns = [f'{_split(cube, name)} AS "{name}"' for name in first.split]
    for place, question in enumerate(questions):
        columns += _aggregates(metric(question.metric), cube, first.split, place)
    conditions, parameters = limits(replace(subject, month="month"), first.selection, first.scope, first.split)
    group = f"\nGROUP BY {', '.join(_grouped(cube, name) for name in first.split)}" if first.split else ""
    return f"SELECT {', '.join(columns)}\nFROM {table} AS cube\nWHERE {' AND '.join(conditions)}{group}", parameters


def _split(cube: Cube, name: str) -> str:
    return cube.subject.split_sql(name) if name in _TIME else f'cube."{name}"'


def _grouped(cube: Cube, name: str) -> str:
    """A month is written out once a group, not once a row."""
    return "cube.month" if name == "month" else _split(cube, name)


def _aggregates(one: Metric, cube: Cube, split: Sequence[str], place: int) -> list[str]:
    parts = zip((f"n{place}", f"d{place}"), one.parts, strict=False)
    added = [f"{_added(one, part, cube, split)} AS {name}" for name, part in parts]
    return [*added, f"{_counted(column_of(cube.subject, one.rows_sql))} AS r{place}"]


def _added(one: Metric, part: Part, cube: Cube, split: Sequence[str]) -> str:
    """The part over rows of the cube: sums of sums, of which one of nothing is unknown, sums of counts, of which one of
    nothing is 0, and different things wherever any row of theirs counts, never added."""
    column = column_of(cube.subject, measure(one, part))
    if part.is_distinct and part.of in split:
        # Split by the things themselves, each is one or none, which is found without telling them apart.
        return f"CAST(max({column} > 0 AND {cube.thing_column(part)} IS NOT NULL) AS BIGINT)"
    if part.is_distinct:
        return f"count(DISTINCT {cube.thing_column(part)}) FILTER (WHERE {column} > 0)"
    if not part.is_sum:
        return _counted(column)
    return f"sum({column})" if one.is_money else f"CAST(sum({column}) AS BIGINT)"


def _counted(column: str) -> str:
    return f"CAST(coalesce(sum({column}), 0) AS BIGINT)"
