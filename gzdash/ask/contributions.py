"""Contributions: the stored rows behind a figure, each with what it gives and where it stood in its file."""

from __future__ import annotations

from collections.abc import Iterator
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
_NO_TEXT, _NO_NUMBER = "CAST(NULL AS VARCHAR)", "CAST(NULL AS BIGINT)"


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


def by_import(desk: Desk, traced: Traced) -> pa.Table:
    """What each import gave to one figure: import_id, rows, value, verified; oldest import first.

    The values add up to the figure exactly. `verified` is the value of the rows that were checked against vouchers,
    null in a table that does not say so.
    """
    sql, parameters = (_first_seen_sql if traced.part.is_distinct else _added_sql)(traced)
    return desk.engine.run(sql, parameters, desk.snapshot)


def page_of(desk: Desk, traced: Traced, first: int, count: int) -> pa.Table:
    """`count` of the rows behind the figure from the `first` on (0), the largest before the smaller."""
    sql, parameters = _contributions(traced)
    paged = f"{sql}\nORDER BY value DESC, {_ORDER} LIMIT {int(count)} OFFSET {int(first)}"
    return desk.engine.run(paged, parameters, desk.snapshot)


def all_rows(desk: Desk, traced: Traced, batch: int = 50_000) -> Iterator[pa.RecordBatch]:
    """All rows behind the figure in batches, in the order of imports, files and rows."""
    sql, parameters = _contributions(traced)
    return desk.engine.batches(f"{sql}\nORDER BY {_ORDER}", parameters, desk.snapshot, batch)


def _added_sql(traced: Traced) -> tuple[str, dict[str, Any]]:
    """Values and rows of each import, added up."""
    source, parameters = _source(traced)
    value = _value(traced)
    cast = "{}" if traced.metric.is_money else "CAST({} AS BIGINT)"
    sums = [cast.format(f"sum({one})") for one in (value, _verified(traced, value))]
    columns = f"import_id, count(*) AS rows, {sums[0]} AS value, {sums[1]} AS verified"
    return f"SELECT {columns}\n{source}\nGROUP BY import_id ORDER BY import_id", parameters


def _first_seen_sql(traced: Traced) -> tuple[str, dict[str, Any]]:
    """A thing that is counted once counts for the first import that has it: grouping finds that out faster than a
    window does."""
    source, parameters = _source(traced)
    alike = ", ".join([traced.part.of, *map(traced.metric.subject.split_sql, traced.question.split)])
    sql = f"""
        SELECT
            import_id,
            CAST(sum(rows) AS BIGINT) AS rows,
            CAST(sum(value) AS BIGINT) AS value,
            {_NO_NUMBER} AS verified
        FROM (
            SELECT import_id, count(*) AS rows, 0 AS value {source} GROUP BY import_id
            UNION ALL
            SELECT import_id, 0, count(*) FROM (SELECT min(import_id) AS import_id {source} GROUP BY {alike})
            GROUP BY import_id
        ) GROUP BY import_id ORDER BY import_id"""
    return sql, parameters


def _contributions(traced: Traced) -> tuple[str, dict[str, Any]]:
    """The SQL of the rows: origin, organization, month, the split, `thing` and `value`.

    A distinct count has a `thing` in each row, and gives one at the first row that has it and nothing at the others,
    so that the values of all rows add up to the figure, whatever it is.
    """
    source, parameters = _source(traced)
    return f"SELECT {', '.join(_columns(traced))}\n{source}", parameters


def _source(traced: Traced) -> tuple[str, dict[str, Any]]:
    """From where, and which rows: those of the selection and the key that the part reads."""
    question, subject, part = traced.question, traced.metric.subject, traced.part
    check(question)
    conditions, parameters = limits(subject, question.selection, question.scope, question.split)
    conditions += [f"({part.where})"] * bool(part.where) + [f"({part.of}) IS NOT NULL"] * (part.of != "*")
    for name, code in zip(question.split, traced.key or (), strict=traced.key is not None):
        conditions.append(f"{subject.split_sql(name)} IS NOT DISTINCT FROM $key_{name}")
        parameters[f"key_{name}"] = code
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    return f"FROM {subject.source_sql(question.split)}{where}", parameters


def _columns(traced: Traced) -> Iterator[str]:
    subject, part, split = traced.metric.subject, traced.part, traced.question.split
    is_dated = subject.is_stock or bool(subject.month)
    yield from ORIGIN
    yield "organization" if "organization" in subject.columns else f"{_NO_TEXT} AS organization"
    yield f"{subject.split_sql('month') if is_dated else _NO_TEXT} AS month"
    yield from (f'{subject.split_sql(name)} AS "{name}"' for name in split if name not in ("organization", "month"))
    yield f"{f'CAST({part.of} AS VARCHAR)' if part.is_distinct else _NO_TEXT} AS thing"
    yield f"{_value(traced)} AS value"


def _verified(traced: Traced, value: str) -> str:
    """The value where a row was checked against vouchers."""
    is_said = "truth" in TABLES[traced.metric.subject.table].by_key and not traced.part.is_distinct
    return f"CASE WHEN truth = 'verified' THEN {value} ELSE 0 END" if is_said else _NO_NUMBER


def _value(traced: Traced) -> str:
    """What one row gives: what stands in it for a sum, else one."""
    one, part = traced.metric, traced.part
    if part.is_sum:
        return part.of if one.is_money else f"CAST({part.of} AS BIGINT)"
    if not part.is_distinct:
        return "1"
    alike = ", ".join([part.of, *map(one.subject.split_sql, traced.question.split)])
    return f"CASE WHEN row_number() OVER (PARTITION BY {alike} ORDER BY {_ORDER}) = 1 THEN 1 ELSE 0 END"
