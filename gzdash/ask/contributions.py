"""Contributions: the stored rows behind a figure, each with what it gives and where it stood in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from gzdash.answer import Key, Question
from gzdash.ask.checking import check
from gzdash.ask.composing import limits
from gzdash.ask.desk import Desk
from gzdash.metrics import Metric, Part, metric
from gzdash.tables import TABLES

Half = Literal["numerator", "denominator"]

# Where a stored row came from; together they name one row of the store.
ORIGIN = ("import_id", "source_file", "source_sheet", "source_row", "source_part")
_ORDER = ", ".join(ORIGIN)
# What one row behind a figure gives and where it came from, by column.
Contribution = Mapping[str, Any]
_NO_TEXT, _NO_NUMBER, _NO_DAY = "CAST(NULL AS VARCHAR)", "CAST(NULL AS BIGINT)", "CAST(NULL AS DATE)"


@dataclass(frozen=True, slots=True)
class Traced:
    """One figure to trace: a question, the `key` of one row of its split (None: all of it), and which half."""

    question: Question
    key: Key | None = None
    half: Half = "numerator"

    @property
    def metric(self) -> Metric:
        """The metric asked."""
        return metric(self.question.metric)

    @property
    def part(self) -> Part:
        """The sum or count that is traced; raises ValueError for the denominator of what has none."""
        part = self.metric.part if self.half == "numerator" else self.metric.denominator
        if part is None:
            raise ValueError(f"{self.metric.key} has no denominator")
        return part

    @property
    def says_verified(self) -> bool:
        """Whether the rows say which of them were checked against vouchers."""
        return "truth" in TABLES[self.metric.subject.table].by_key and not self.part.is_distinct


def by_import(desk: Desk, traced: Traced) -> pa.Table:
    """What each import gave to one figure: import_id, rows, value, verified; oldest import first.

    The values add up to the figure exactly. `verified` is the value of the rows that were checked against vouchers,
    null in a table that does not say so.
    """
    sql, parameters = (_first_seen_sql if traced.part.is_distinct else _added_sql)(traced)
    return desk.engine.run(sql, parameters, desk.snapshot)


def page_of(desk: Desk, traced: Traced, first: int, count: int) -> list[Contribution]:
    """`count` of the rows behind the figure from the `first` on (0), the largest before the smaller."""
    sql, parameters = _contributions(traced)
    paged = f"{sql}\nORDER BY value DESC, {_ORDER} LIMIT {int(count)} OFFSET {int(first)}"
    rows: list[Contribution] = desk.engine.run(paged, parameters, desk.snapshot).to_pylist()
    return rows


def all_rows(desk: Desk, traced: Traced, batch: int = 50_000) -> Iterator[pa.RecordBatch]:
    """All rows behind the figure in batches, in the order of imports, files and rows."""
    sql, parameters = _contributions(traced)
    return desk.engine.batches(f"{sql}\nORDER BY {_ORDER}", parameters, desk.snapshot, batch)


def unsorted(desk: Desk, several: Sequence[Traced], most: int) -> pa.Table:
    """The rows behind one figure, or behind both halves of a ratio, in no order, but not more than `most` of them.

    The columns are ORIGIN, organization and day, then with the number of each half `value0`, null where the row does
    not belong to it, and where there are such `thing0` and `verified0`. Every row of a distinct count has the value 1.
    """
    first = several[0]
    conditions, parameters = _chosen(first)
    own = [" AND ".join(_belongs(one.part)) for one in several]
    columns = [*ORIGIN, *_said(first)]
    for place, (one, condition) in enumerate(zip(several, own, strict=True)):
        only = condition if len(several) > 1 else ""
        columns += [f"{_where(only, sql)} AS {name}{place}" for name, sql in _each(one).items()]
    either = " OR ".join(f"({one})" for one in own if one) if all(own) else ""
    where = " AND ".join([*conditions, *([f"({either})"] if either else [])])
    source = first.metric.subject.source_sql(first.question.split)
    sql = f"SELECT {', '.join(columns)}\nFROM {source}\n{f'WHERE {where}' if where else ''}\nLIMIT {int(most)}"
    return desk.engine.run(sql, parameters, desk.snapshot)


def _each(traced: Traced) -> dict[str, str]:
    """What a row gives to one half, as far as it is of a kind that can."""
    said = {"value": _given(traced)}
    if traced.part.is_distinct:
        said["thing"] = _thing(traced)
    return said | ({"verified": "truth = 'verified'"} if traced.says_verified else {})


def _where(condition: str, sql: str) -> str:
    return f"CASE WHEN {condition} THEN {sql} END" if condition else sql


def _added_sql(traced: Traced) -> tuple[str, dict[str, Any]]:
    """Values and rows of each import, added up."""
    source, parameters = _source(traced)
    value = _value(traced)
    cast = "{}" if traced.metric.is_money else "CAST({} AS BIGINT)"
    checked = f"CASE WHEN truth = 'verified' THEN {value} ELSE 0 END" if traced.says_verified else _NO_NUMBER
    sums = [cast.format(f"sum({one})") for one in (value, checked)]
    columns = f"import_id, count(*) AS rows, {sums[0]} AS value, {sums[1]} AS verified"
    return f"SELECT {columns}\n{source}\nGROUP BY import_id ORDER BY import_id", parameters


def _first_seen_sql(traced: Traced) -> tuple[str, dict[str, Any]]:
    """A thing that is counted once counts for the first import that has it: grouping finds that out faster than a
    window does."""
    source, parameters = _source(traced)
    sql = f"""
        SELECT
            import_id,
            CAST(sum(rows) AS BIGINT) AS rows,
            CAST(sum(value) AS BIGINT) AS value,
            {_NO_NUMBER} AS verified
        FROM (
            SELECT import_id, count(*) AS rows, 0 AS value {source} GROUP BY import_id
            UNION ALL
            SELECT import_id, 0, count(*)
            FROM (SELECT min(import_id) AS import_id {source} GROUP BY {_alike(traced)})
            GROUP BY import_id
        ) GROUP BY import_id ORDER BY import_id"""
    return sql, parameters


def _contributions(traced: Traced) -> tuple[str, dict[str, Any]]:
    """The SQL of the rows: origin, organization, day, `thing` and `value`.

    A distinct count has a `thing` in each row, and gives one at the first row that has it and nothing at the others,
    so that the values of all rows add up to the figure, whatever it is.
    """
    source, parameters = _source(traced)
    columns = [*ORIGIN, *_said(traced), f"{_thing(traced)} AS thing", f"{_value(traced)} AS value"]
    return f"SELECT {', '.join(columns)}\n{source}", parameters


def _source(traced: Traced) -> tuple[str, dict[str, Any]]:
    """From where, and which rows: those of the selection and the key that the part reads."""
    conditions, parameters = _chosen(traced)
    conditions = [*conditions, *_belongs(traced.part)]
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    return f"FROM {traced.metric.subject.source_sql(traced.question.split)}{where}", parameters


def _chosen(traced: Traced) -> tuple[list[str], dict[str, Any]]:
    """What limits the rows to those of the selection and the key, whichever part reads them."""
    question, subject = traced.question, traced.metric.subject
    check(question)
    conditions, parameters = limits(subject, question.selection, question.scope, question.split)
    for name, code in zip(question.split, traced.key or (), strict=traced.key is not None):
        conditions.append(f"{subject.split_sql(name)} IS NOT DISTINCT FROM $key_{name}")
        parameters[f"key_{name}"] = code
    return conditions, parameters


def _belongs(part: Part) -> list[str]:
    """What a row must be for the part to read it."""
    return [f"({part.where})"] * bool(part.where) + [f"({part.of}) IS NOT NULL"] * (part.of != "*")


def _said(traced: Traced) -> list[str]:
    """Of a row, whose it is and of which day: a few of them are shown, and only those are written out as months."""
    subject = traced.metric.subject
    organization = "organization" if "organization" in subject.columns else f"{_NO_TEXT} AS organization"
    return [organization, f"{subject.day or _NO_DAY} AS day"]


def _thing(traced: Traced) -> str:
    return f"CAST({traced.part.of} AS VARCHAR)" if traced.part.is_distinct else _NO_TEXT


def _value(traced: Traced) -> str:
    """What one row gives: what stands in it for a sum, else one, of a distinct count at the first row only."""
    if not traced.part.is_distinct:
        return _given(traced)
    return f"CASE WHEN row_number() OVER (PARTITION BY {_alike(traced)} ORDER BY {_ORDER}) = 1 THEN 1 ELSE 0 END"


def _given(traced: Traced) -> str:
    part = traced.part
    if not part.is_sum:
        return "1"
    return part.of if traced.metric.is_money else f"CAST({part.of} AS BIGINT)"


def _alike(traced: Traced) -> str:
    """What two rows that are counted once have in common."""
    return ", ".join([traced.part.of, *map(traced.metric.subject.split_sql, traced.question.split)])
