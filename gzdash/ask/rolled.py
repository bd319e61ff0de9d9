"""Questions asked of a cube in place of the rows: the same figures, by adding up what is added up already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Question
from gzdash.ask.composing import limits
from gzdash.metrics import Metric, Part, metric
from gzdash.period import Period
from gzdash.rollups import Cube, column_of, measure
from gzdash.tables import TABLES

_TIME = ("month", "quarter", "year")
# DuckDB makes a join of its own of `= ANY`, which over rows is as fast as can be; over a cube planning it takes a
# quarter of the time of the whole statement, and looking through a few codes next to none.
_ANY = re.compile(r"([\w.\"]+) = ANY\((\$\w+)\)")


@dataclass(frozen=True, slots=True)
class Rolled:
    """A statement over a cube and its parameters, and for each column of `statement` the one that answers it: metrics
    of one table share their counts, and each expression is planned and added up once. `months` are those that a count
    of rows is about, where the statement gives the months of other questions too."""

    sql: str
    parameters: dict[str, Any]
    columns: dict[str, str]
    months: dict[str, Period]

    def named(self, found: pa.Table) -> pa.Table:
        """What the statement gave, under the names of `statement`."""
        columns = {name: found[column] for name, column in self.columns.items()}
        for name, period in self.months.items():
            month = columns["month"]
            own = pc.and_(pc.greater_equal(month, period.first), pc.less_equal(month, period.last))
            columns[name] = pc.if_else(own, columns[name], pa.scalar(0, pa.int64()))
        return pa.table(columns)


def rolled(questions: Sequence[Question], cube: Cube, table: str) -> Rolled:
    """How questions over the same rows, but for their periods, are answered from `cube`, held as `table`."""
    first, subject = questions[0], cube.subject
    periods = list(dict.fromkeys(one.selection.period for one in questions))
    # Month by month, every row of the result is of one period by itself: nothing need be added up once for each.
    are_apart = len(periods) > 1 and "month" in first.split and _are_apart(periods)
    expressions: dict[str, str] = {}
    columns = {name: name for name in first.split}
    for place, question in enumerate(questions):
        within = _within(periods.index(question.selection.period)) if len(periods) > 1 and not are_apart else ""
        for name, sql in _aggregates(metric(question.metric), cube, first.split, place, within):
            columns[name] = expressions.setdefault(sql, f"a{len(expressions)}")
    conditions, parameters = limits(replace(subject, month="month"), first.selection, first.scope, first.split)
    conditions = [_ANY.sub(r"list_contains(\2, \1)", one) for one in conditions]
    if len(periods) > 1:
        conditions[0] = f"({' OR '.join(_within(number) for number in range(len(periods)))})"
        del parameters["first"], parameters["last"]
        for number, period in enumerate(periods):
            parameters |= {f"first{number}": period.first_day, f"last{number}": period.last_day}
    asked = [f'{_split(cube, name)} AS "{name}"' for name in first.split]
    asked += [f"{sql} AS {name}" for sql, name in expressions.items()]
    group = f"\nGROUP BY {', '.join(_grouped(cube, name) for name in first.split)}" if first.split else ""
    sql = f"SELECT {', '.join(asked)}\nFROM {table} AS cube\nWHERE {' AND '.join(conditions)}{group}"
    months = {f"r{place}": one.selection.period for place, one in enumerate(questions)} if are_apart else {}
    return Rolled(sql, parameters, columns, months)


def _are_apart(periods: Sequence[Period]) -> bool:
    """Whether no month is in two of them."""
    in_order = sorted(periods, key=lambda one: one.first)
    return all(one.last < following.first for one, following in pairwise(in_order))


def _within(number: int) -> str:
    return f"month BETWEEN $first{number} AND $last{number}"


def _split(cube: Cube, name: str) -> str:
    return cube.subject.split_sql(name) if name in _TIME else f'cube."{name}"'


def _grouped(cube: Cube, name: str) -> str:
    """A month is written out once a group, not once a row."""
    return "cube.month" if name == "month" else _split(cube, name)


def _aggregates(one: Metric, cube: Cube, split: Sequence[str], place: int, within: str) -> Iterator[tuple[str, str]]:
    """Names and SQL of a metric's parts over the rows of the cube that are `within` its period, where others are read
    too."""
    for name, part in zip((f"n{place}", f"d{place}"), one.parts, strict=False):
        yield name, _added(one, part, cube, split, within)
    yield f"r{place}", _counted(column_of(cube.subject, one.rows_sql), within)


def _added(one: Metric, part: Part, cube: Cube, split: Sequence[str], within: str) -> str:
    """The part over rows of the cube: sums of sums, of which one of nothing is unknown, sums of counts, of which one of
    nothing is 0, and different things wherever any row of theirs counts, never added."""
    column, only = column_of(cube.subject, measure(one, part)), _only(within)
    if part.is_distinct and part.of in split:
        # Split by the things themselves, each is one or none, which is found without telling them apart.
        return f"CAST(max({column} > 0 AND {cube.thing_column(part)} IS NOT NULL){only} AS BIGINT)"
    if part.is_distinct:
        counted = f"{column} > 0 AND {within}" if within else f"{column} > 0"
        distinct = "" if _are_single(part, cube, split) else "DISTINCT "
        return f"count({distinct}{cube.thing_column(part)}) FILTER (WHERE {counted})"
    if not part.is_sum:
        return _counted(column, within)
    return f"sum({column}){only}" if one.is_money else f"CAST(sum({column}){only} AS BIGINT)"


def _are_single(part: Part, cube: Cube, split: Sequence[str]) -> bool:
    """Whether no part of the split has a thing twice: rows are unique in a submission, and those that share a key are
    of one submission. Telling things apart takes three quarters of such a statement."""
    table = TABLES[cube.subject.table]
    is_live_once = bool(table.time) and {*table.owner, table.time}.issubset(table.unique)
    return is_live_once and {part.of, *split}.issuperset(table.unique)


def _counted(column: str, within: str) -> str:
    return f"CAST(coalesce(sum({column}){_only(within)}, 0) AS BIGINT)"


def _only(within: str) -> str:
    return f" FILTER (WHERE {within})" if within else ""
