"""Questions asked of a cube in place of the rows: the same figures, by adding up what is added up already.

What a selection holds of a cube is fetched once for all periods and splits, month by month, and added up here: most
cubes are so small that DuckDB plans a statement longer than it runs it, and every sum of every period and split adds to
the plan, while Arrow adds up some thousand rows in a tenth of that time. A single period and split DuckDB adds up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Question
from gzdash.ask.composing import limits
from gzdash.metrics import Metric, Part, metric
from gzdash.period import Period
from gzdash.rollups import Cube, column_of, measure
from gzdash.tables import TABLES

Key = TypeVar("Key", bound=Hashable)

# What a split by time calls the month that begins on a day.
_TIME: dict[str, Callable[[date], str]] = {
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day:%Y}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day:%Y}",
}
# DuckDB makes a join of its own of `= ANY`, which over rows is as fast as can be; over a cube planning it takes a
# quarter of the time of the whole statement, and looking through a few codes next to none.
_ANY = re.compile(r"([\w.\"]+) = ANY\((\$\w+)\)")


@dataclass(frozen=True, slots=True)
class _Added:
    """What is added up: sums, of which one of nothing is unknown, or, with a `thing`, different things wherever the sum
    of any row of theirs is not nought, which are never added."""

    sums: str
    thing: str = ""

    @property
    def name(self) -> str:
        """The column with the result."""
        return f"{self.sums} {self.thing}"

    def sql(self, cube: Cube, split: Sequence[str]) -> str:
        """The aggregate that DuckDB adds up with."""
        sums = _column(self.sums)
        if not self.thing:
            return f"sum({sums})"
        # Where each part has a thing but once, they need not be told apart, which takes three quarters of a statement.
        distinct = "" if _is_single(self.thing, cube, split) else "DISTINCT "
        return f"count({distinct}{_column(self.thing)}) FILTER (WHERE {sums} > 0)"

    def of(self, rows: pa.Table) -> pa.ChunkedArray:
        """The cells that are added up or told apart."""
        if not self.thing:
            return rows[self.sums]
        return pc.if_else(pc.greater(rows[self.sums], 0), rows[_number(self.thing)], pa.scalar(None, pa.int32()))


def rolled(questions: Sequence[Question], cube: Cube, table: str) -> tuple[str, dict[str, Any]]:
    """The SQL for questions over the same rows, but for their periods and splits, over `cube`, held as `table`, and its
    parameters: it adds up for one period and split, and for several it fetches what `added_up` needs."""
    period = _hull(questions)
    subject, selection = replace(cube.subject, month="month"), questions[0].selection.with_(period=period)
    conditions, parameters = limits(subject, selection, questions[0].scope)
    where = " AND ".join(_ANY.sub(r"list_contains(\2, \1)", one) for one in conditions)
    added = _distinct(_added(questions, cube).values())
    columns, grouped = (_parts if _is_alike(questions) else _by_month)(questions, cube, added)
    group = f"\nGROUP BY {', '.join(grouped)}" if grouped else ""
    return f"SELECT {', '.join(columns)}\nFROM {table} AS cube\nWHERE {where}{group}", parameters


def _is_alike(questions: Sequence[Question]) -> bool:
    """Whether the questions are of one period and one split."""
    return len({(one.selection.period, one.split) for one in questions}) == 1


def _parts(questions: Sequence[Question], cube: Cube, added: Sequence[_Added]) -> tuple[list[str], list[str]]:
    """Columns of the parts of the split and what each comes to, and what they are grouped by."""
    split = questions[0].split
    columns = [f'{cube.subject.split_sql(name) if name in _TIME else _column(name)} AS "{name}"' for name in split]
    # A month is written out once a group, not once a row.
    grouped = [
        _column(name) if name not in _TIME or name == "month" else cube.subject.split_sql(name) for name in split
    ]
    return [*columns, *(f'{one.sql(cube, split)} AS "{one.name}"' for one in added)], grouped


def _by_month(questions: Sequence[Question], cube: Cube, added: Sequence[_Added]) -> tuple[list[str], list[str]]:
    """Columns of `day`, on which the month begins, of what is split by and told apart, and sums of these, and what they
    are grouped by; rows that things are told apart by are hardly fewer when they are grouped, which takes longer."""
    things = [one.thing for one in added if one.thing]
    names = dict.fromkeys((*(name for one in questions for name in one.split if name not in _TIME), *things))
    keys, sums = [_column(name) for name in names], [_column(name) for name in dict.fromkeys(one.sums for one in added)]
    day = f"{_column('month')} AS day"
    if things:
        return [day, *keys, *sums], []
    return [day, *keys, *(f"sum({one}) AS {one.removeprefix('cube.')}" for one in sums)], [_column("month"), *keys]


def _column(name: str) -> str:
    return f'cube."{name}"'


def added_up(questions: Sequence[Question], cube: Cube, found: pa.Table) -> Iterator[tuple[Question, pa.Table]]:
    """Each question and its answer from what the statement found: a column per dimension of its split, `numerator`
    and, for a ratio, `denominator`; only parts that have rows."""
    added, months = _added(questions, cube), _hull(questions)
    if _is_alike(questions):
        parts = {name: found[name] for name in found.column_names}
        yield from ((one, _answer(one, added[one.metric], parts)) for one in questions)
        return
    rows = _named(found, questions, _distinct(added.values()))
    for period, narrowed in by(questions, lambda one: one.selection.period).items():
        day = rows["day"]
        within = pc.and_(pc.greater_equal(day, period.first_day), pc.less_equal(day, period.last_day))
        own = rows if period == months else rows.filter(within)
        for split, alike in by(narrowed, lambda one: one.split).items():
            sums = _sums(own, split, _distinct(added[one.metric] for one in alike))
            yield from ((one, _answer(one, added[one.metric], sums)) for one in alike)


def by(questions: Iterable[Question], what: Callable[[Question], Key]) -> dict[Key, list[Question]]:
    """The questions by what each is asked, in their order."""
    found: dict[Key, list[Question]] = {}
    for question in questions:
        found.setdefault(what(question), []).append(question)
    return found


def _is_single(thing: str, cube: Cube, split: Sequence[str]) -> bool:
    """Whether no part of the split has a thing twice: rows are unique in a submission, and those that share a key are
    of one submission."""
    table = TABLES[cube.subject.table]
    is_live_once = bool(table.time) and {*table.owner, table.time}.issubset(table.unique)
    return is_live_once and {thing, *split}.issuperset(table.unique)


def _hull(questions: Iterable[Question]) -> Period:
    """From the first month of any to the last."""
    periods = [one.selection.period for one in questions]
    return Period(min(one.first for one in periods), max(one.last for one in periods))


def _added(questions: Iterable[Question], cube: Cube) -> dict[str, tuple[_Added, ...]]:
    """What is added up for each metric: its parts, and last how many rows it reads, for questions added up together
    share their parts, and each keeps only its own."""
    found = {}
    for key in dict.fromkeys(one.metric for one in questions):
        one = metric(key)
        things = [cube.thing_column(part).strip('"') if part.is_distinct else "" for part in one.parts]
        sums = [column_of(cube.subject, measure(one, part)) for part in one.parts]
        parts = [_Added(*both) for both in zip(sums, things, strict=True)]
        found[key] = (*parts, _Added(column_of(cube.subject, one.rows_sql)))
    return found


def _distinct(added: Iterable[Sequence[_Added]]) -> tuple[_Added, ...]:
    return tuple(dict.fromkeys(one for several in added for one in several))


def _named(fetched: pa.Table, questions: Sequence[Question], added: Sequence[_Added]) -> pa.Table:
    """What was fetched with the names of its months, as splits by time call them, and things as numbers: of these it
    is told soonest whether they are the same."""
    fetched = fetched.combine_chunks()
    for name in {name for one in questions for name in one.split if name in _TIME}:
        days = fetched["day"].combine_chunks().dictionary_encode()
        names = pa.array([_TIME[name](day) for day in days.dictionary.to_pylist()], pa.string())
        fetched = fetched.append_column(name, names.take(days.indices))
    for thing in {one.thing for one in added if one.thing}:
        numbers = fetched[thing].combine_chunks().dictionary_encode().indices
        fetched = fetched.append_column(_number(thing), numbers)
    return fetched


def _number(thing: str) -> str:
    """The column with the numbers of things."""
    return f"number of {thing}"


def _sums(rows: pa.Table, split: Sequence[str], added: Sequence[_Added]) -> dict[str, pa.ChunkedArray]:
    """The parts of the split and what each comes to, by name."""
    cells = {one: one.of(rows) for one in added}
    if not split:
        totals = {one.name: pc.count_distinct(own) if one.thing else pc.sum(own) for one, own in cells.items()}
        return {name: pa.chunked_array([pa.array([total.as_py()], total.type)]) for name, total in totals.items()}
    columns = {name: rows[name] for name in split} | {one.name: own for one, own in cells.items()}
    how = {one.name: "count_distinct" if one.thing else "sum" for one in added}
    found = pa.table(columns).group_by(list(split), use_threads=False).aggregate(list(how.items()))
    return {name: found[name] for name in split} | {name: found[f"{name}_{one}"] for name, one in how.items()}


def _answer(question: Question, added: Sequence[_Added], sums: dict[str, pa.ChunkedArray]) -> pa.Table:
    one = metric(question.metric)
    columns = {name: sums[name] for name in question.split}
    for name, part, own in zip(("numerator", "denominator"), one.parts, added, strict=False):
        columns[name] = _figure(one, part, sums[own.name])
    answer = pa.table(columns)
    return answer.filter(pc.greater(sums[added[-1].name], 0)) if question.split else answer


def _figure(one: Metric, part: Part, sums: pa.ChunkedArray) -> pa.ChunkedArray:
    """Sums with the type that rows give them; a count of nothing is 0."""
    if part.is_sum:
        return sums if one.is_money else sums.cast(pa.int64())
    return sums.cast(pa.int64()).fill_null(0)
