"""Who reported of those that should have, and what the silent had a year before: one statement for both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gzdash.answer import Number
from gzdash.ask.composing import limits
from gzdash.ask.desk import Desk
from gzdash.metrics import METRICS, SUBJECTS, Metric
from gzdash.scope import EVERYTHING
from gzdash.selection import Selection

# Of each page some dozen cards ask, for the period and for all months since 2021.
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Held:
    """What a metric had in the same months a year before: the `whole`, and the part of those now `silent`."""

    whole: Number
    silent: Number


@dataclass(frozen=True)
class Reporting:
    """Organizations, each counted once: `due` should have reported, `reported` sent at least one report; `last_due` and
    `last_reported` are those of `last_month` (2023-07), the last with reports due. `silent` are the codes of those that
    sent nothing, `held` what the metrics had of which that can be said, by key."""

    due: int
    reported: int
    last_month: str
    last_due: int
    last_reported: int
    silent: tuple[str, ...]
    held: dict[str, Held]


@lru_cache(maxsize=_KEPT)
def reporting(desk: Desk, key: str, selection: Selection) -> Reporting | None:
    """How far the table behind the metrics of the subject `key` is reported; None where nobody had to.

    All its metrics at once: of a page, its sentences, cards and charts ask for one or another of them.
    """
    if not has_list(desk, key):
        return None
    table = SUBJECTS[key].table
    held = tuple(one for one in METRICS.values() if one.subject.key == key and _can_be_held(one, selection))
    sql, parameters = _statement(table, held, selection)
    groups = desk.engine.run(sql, parameters, desk.snapshot).to_pylist()
    due = [group for group in groups if group["last"] is not None]
    if not due:
        return None
    newest = max(due, key=lambda group: group["last"])
    return Reporting(
        due=sum(group["due"] for group in due),
        reported=sum(group["reported"] for group in due),
        last_month=f"{newest['last']:%Y-%m}",
        last_due=newest["due"],
        last_reported=newest["last_reported"],
        silent=tuple(sorted(code for group in due for code in group["silent"] or ())),
        held={
            one.key: Held(_sum(groups, f"whole{place}"), _sum(due, f"held{place}")) for place, one in enumerate(held)
        },
    )


def has_list(desk: Desk, key: str) -> bool:
    """Whether the snapshot knows who should report to the table behind the subject `key`, in whatever month."""
    return SUBJECTS[key].table in _listed(desk)


def _can_be_held(one: Metric, selection: Selection) -> bool:
    """Whether a metric's parts by organization existed a year before and add up to the whole."""
    is_split = one.kind == "flow" and "organization" in one.splits and one.adds_up("organization")
    return is_split and one.is_recorded(selection.year_before().period.first)


def _statement(table: str, held: Sequence[Metric], selection: Selection) -> tuple[str, dict[str, Any]]:
    """Organizations grouped by the last month that each had to report for; a group without one holds what was counted
    a year before for those that have nothing due now."""
    subject = METRICS["organizations_due"].subject
    conditions, parameters = limits(subject, selection, EVERYTHING)
    where = " AND ".join([*conditions, '"table" = $own_table', "due IS NOT NULL"])
    before, own = _year_before(held, selection)
    sums = "".join(
        f", sum(value{place}) AS whole{place}, sum(value{place}) FILTER (WHERE last_in IS NULL) AS held{place}"
        for place in range(len(held))
    )
    sql = f"""
        WITH own AS (
            SELECT
                organization,
                max(month) AS last,
                max(month) FILTER (WHERE received IS NOT NULL) AS last_in
            FROM {subject.source_sql(())}
            WHERE {where}
            GROUP BY organization
        )
        SELECT
            last,
            count(last) AS due,
            count(last_in) AS reported,
            count(*) FILTER (WHERE last_in = last) AS last_reported,
            list(own.organization) FILTER (WHERE last_in IS NULL) AS silent{sums}
        FROM own{before}
        GROUP BY last"""
    return sql, {**parameters, **own, "own_table": table}


def _year_before(held: Sequence[Metric], selection: Selection) -> tuple[str, dict[str, Any]]:
    """What each organization had of the metrics in the same months a year before, to be joined to what it reports."""
    if not held:
        return "", {}
    subject = held[0].subject
    conditions, parameters = limits(subject, selection.year_before(), EVERYTHING, ("organization",))
    cast = "{}" if held[0].is_money else "CAST({} AS BIGINT)"
    values = ", ".join(f"{cast.format(one.part.sql)} AS value{place}" for place, one in enumerate(held))
    source = f"FROM {subject.source_sql(('organization',))} WHERE {' AND '.join(conditions) or 'true'}"
    earlier = f"SELECT {subject.split_sql('organization')} AS organization, {values} {source} GROUP BY 1"
    # The same names with other months: those of a year before have names of their own.
    renamed = re.sub(r"\$(\w+)", r"$before_\1", earlier)
    join = f"\nFULL JOIN ({renamed}) AS earlier ON earlier.organization = own.organization"
    return join, {f"before_{name}": value for name, value in parameters.items()}


@lru_cache(maxsize=64)
def _listed(desk: Desk) -> frozenset[str]:
    """The tables for which the snapshot has a list of who should report."""
    found = desk.engine.run('SELECT DISTINCT "table" AS key FROM submissions', {}, desk.snapshot)
    return frozenset(found["key"].to_pylist())


def _sum(groups: Sequence[dict[str, Any]], name: str) -> Number:
    """The exact sum of what is known; 0 for nothing."""
    total: Number = sum(group[name] for group in groups if group[name] is not None)
    return total
