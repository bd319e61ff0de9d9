"""Composing SQL: the statement that answers questions, and the one that gives their rows; the only place that does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gzdash.answer import Question
from gzdash.metrics import SUBJECTS, Metric, Subject, metric
from gzdash.period import Period
from gzdash.scope import Scope
from gzdash.selection import Selection

_TIME_STEPS = {"month": 1, "quarter": 3, "year": 12}
# Tables whose rows are read under a view of another name.
_DETAIL_SUBJECT = {"organizations": "register"}


def statement(questions: Sequence[Question]) -> tuple[str, dict[str, Any]]:
    """The SQL that answers questions over the same rows, and its parameters.

    Identifiers and expressions come from declarations; what a reader chose is only ever a bound parameter.
    """
    first = questions[0]
    subject = metric(first.metric).subject
    columns = [f'{subject.split_sql(name)} AS "{name}"' for name in first.split]
    for place, question in enumerate(questions):
        columns += _aggregates(metric(question.metric), place)
    conditions, parameters = limits(subject, first.selection, first.scope, first.split)
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    group = "\nGROUP BY ALL" if first.split else ""
    return f"SELECT {', '.join(columns)}\nFROM {subject.source_sql(first.split)}{where}{group}", parameters


def _aggregates(one: Metric, place: int) -> list[str]:
    """Sums of integers come back as 64-bit integers, sums of money as exact decimals; `r` counts the rows that
    the metric reads, since questions read together share their keys and each keeps only its own."""
    cast = "{}" if one.is_money else "CAST({} AS BIGINT)"
    parts = zip((f"n{place}", f"d{place}"), one.parts, strict=False)
    return [*(f"{cast.format(part.sql)} AS {name}" for name, part in parts), f"{one.rows_sql} AS r{place}"]


def limits(
    subject: Subject, selection: Selection, scope: Scope, split: Iterable[str] = ()
) -> tuple[list[str], dict[str, Any]]:
    """What limits the rows of a subject, in SQL, and the parameters of its source and of the limits."""
    conditions, parameters = [], dict[str, Any]()
    if subject.is_stock:
        parameters["days"] = _days(selection.period, split)
    elif subject.month:
        conditions.append(f"{subject.month} BETWEEN $first AND $last")
        parameters |= {"first": selection.period.first_day, "last": selection.period.last_day}
    for key in subject.filters:
        chosen = getattr(selection, key)
        if key != "period" and chosen:
            conditions.append(subject.filter_sql(key))
            parameters[key] = chosen if isinstance(chosen, str) else list(chosen)
    for key in ("districts", "chains", "types"):
        allowed = getattr(scope, key)
        if allowed and key in subject.filters:
            conditions.append(subject.filter_sql(key).replace(f"${key}", f"$scope_{key}"))
            parameters[f"scope_{key}"] = list(allowed)
    return conditions, parameters


def named_in(sql: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a statement names."""
    return {name: value for name, value in parameters.items() if f"${name}" in sql}


def _days(period: Period, split: Iterable[str]) -> list[Any]:
    """The days at which a stock is taken: the end of the period, or of each month, quarter or year in it."""
    step = min((_TIME_STEPS[name] for name in split if name in _TIME_STEPS), default=0)
    if not step:
        return [period.last_day]
    ends = [month for month in period.months if int(month[5:]) % step == 0 or month == period.last]
    return [Period(month, month).last_day for month in ends]


def filters_of(table: str) -> tuple[str, ...]:
    """The keys of the filters that the rows of `table` obey."""
    return SUBJECTS[_DETAIL_SUBJECT.get(table, table)].filters


def detail(columns: str, table: str, selection: Selection, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The SQL that gives `columns` of the rows of a table that a selection holds, and its parameters."""
    subject = SUBJECTS[_DETAIL_SUBJECT.get(table, table)]
    conditions, parameters = limits(subject, selection, scope)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {columns} FROM {subject.source_sql(())}{where}", parameters
