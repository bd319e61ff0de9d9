"""What looks wrong in the city: a few faults of each kind, planted where no calibrated figure is counted from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.demo.exact import Flags, Ints
from gzdash.demo.figures import MONTHS
from gzdash.demo.organizations import FINANCE, MEDICAL, Register

Facts = dict[str, pa.Table]

_YEAR = "2023"
# The last months came as files through the front door; a fault of an earlier month was there to be found since.
_FILED = "2023-08"
_ROUND = Decimal(100_000)
_UNIT_SLIP = Decimal(10_000)
_DIGITS_SLIP = 100
# Of the organizations that lead most: those that send an earlier month's numbers again, where a month is like another.
_COPYING = 8
# Of the organizations with most open posts: those that report more people hired than posts.
_HIRED_ABOVE = 3
_HIRED_MONTHS = ("2023-03", "2023-04", "2023-05", "2023-06")
_HIRED_SHARE = 2


def with_faults(facts: Facts, register: Register) -> Facts:
    """The facts with faults in them. What is published is counted from other rows and columns: applications, attendance
    and hires of other jobseekers belong to no calibrated figure. No row comes or goes."""
    activities = facts["activities"]
    for lead in _busiest(activities, "lead", _COPYING):
        activities = _copied_month(activities, lead)
    activities = _round_attendance(activities, register.code[MEDICAL])
    activities = _one_too_long(activities, register.code[FINANCE])
    financing = _round_applications(facts["financing"], register.code[FINANCE])
    return facts | {
        "activities": activities,
        "financing": _unit_slips(financing, register),
        "jobs": _hired_above_posted(facts["jobs"]),
    }


def _copied_month(rows: pa.Table, lead: str) -> pa.Table:
    """The latest month of the year whose activities are of the same kinds as those of an earlier one has its numbers."""
    months, kinds = _months(rows, "date"), np.array(rows["kind"].to_pylist(), object)
    own = np.array(rows["lead"].to_pylist(), object) == lead
    places = {month: _by_kind(kinds, own & (months == month)) for month in MONTHS if _YEAR <= month < _FILED}
    pairs = [
        (early, late)
        for late in sorted(places, reverse=True)
        for early in sorted(places)
        if early < late and _alike(kinds, places[early], places[late])
    ]
    if not pairs:
        return rows
    early, late = max(pairs, key=lambda pair: len(places[pair[0]]))
    for column in ("firms", "participants"):
        values = np.array(rows[column].to_pylist(), object)
        values[places[late]] = values[places[early]]
        rows = _with(rows, column, values)
    return rows


def _by_kind(kinds: Any, where: Flags) -> Ints:
    found = np.flatnonzero(where)
    return found[np.argsort(kinds[found].astype(str), kind="stable")]


def _alike(kinds: Any, early: Ints, late: Ints) -> bool:
    return len(early) == len(late) and len(early) > 0 and list(kinds[early]) == list(kinds[late])


def _round_attendance(rows: pa.Table, lead: str) -> pa.Table:
    """Attendance of one organization's training is estimated, in tens."""
    return _changed(rows, "date", ("lead", lead), ("kind", "training"), "participants", lambda n: round(n / 10) * 10)


def _round_applications(rows: pa.Table, organization: str) -> pa.Table:
    """Applications through one association are rounded up to full hundreds of thousands of yuan."""

    def rounded(amount: Decimal) -> Decimal:
        return -(-amount // _ROUND) * _ROUND

    return _changed(rows, "date", ("organization", organization), ("stage", "applied"), "amount", rounded)


def _one_too_long(rows: pa.Table, lead: str) -> pa.Table:
    """One salon of the year was attended by a hundred times as many as came."""
    months, participants = _months(rows, "date"), np.array(rows["participants"].to_pylist(), object)
    own = _is(rows, "lead", lead) & _is(rows, "kind", "salon") & (months >= "2023-03") & (months < "2023-05")
    participants[np.flatnonzero(own)[:1]] *= _DIGITS_SLIP
    return _with(rows, "participants", participants)


def _unit_slips(rows: pa.Table, register: Register) -> pa.Table:
    """One application each of two busy associations was written in ten thousands of yuan."""
    months, amounts = _months(rows, "date"), np.array(rows["amount"].to_pylist(), object)
    applied = _is(rows, "stage", "applied") & (months >= _YEAR) & (months < _FILED)
    applied &= ~np.isin(np.array(rows["organization"].to_pylist(), object), register.code[[FINANCE]])
    for organization in _busiest(rows.filter(pa.array(applied)), "organization", 2):
        place = np.flatnonzero(applied & _is(rows, "organization", organization))[0]
        amounts[place] = amounts[place] / _UNIT_SLIP
    return _with(rows, "amount", amounts)


def _hired_above_posted(rows: pa.Table) -> pa.Table:
    """Some organizations report more other jobseekers hired than there were posts, four months long."""
    months, hires = _months(rows, "month"), np.array(rows["hires"].to_pylist(), object)
    posts = np.array(rows["posts"].to_pylist(), object)
    other = _is(rows, "source", "organization") & _is(rows, "audience", "general") & np.isin(months, _HIRED_MONTHS)
    for organization in _busiest(rows.filter(pa.array(other)), "organization", _HIRED_ABOVE):
        places = np.flatnonzero(other & _is(rows, "organization", organization))
        hires[places] = [int(posts[place] * _HIRED_SHARE) + 1 for place in places]
    return _with(rows, "hires", hires)


def _busiest(rows: pa.Table, column: str, count: int) -> list[str]:
    """The organizations with most rows."""
    found = rows[column].value_counts()
    pairs = zip(found.field("counts").to_pylist(), found.field("values").to_pylist(), strict=True)
    return [organization for _, organization in sorted(pairs, reverse=True)[:count]]


def _changed(
    rows: pa.Table, time: str, who: tuple[str, str], what: tuple[str, str], column: str, change: Callable[[Any], Any]
) -> pa.Table:
    """The rows of the year with `column` changed where the row is of `who` and `what`."""
    months, values = _months(rows, time), np.array(rows[column].to_pylist(), object)
    for place in np.flatnonzero(_is(rows, *who) & _is(rows, *what) & (months >= _YEAR) & (months < _FILED)):
        values[place] = change(values[place])
    return _with(rows, column, values)


def _months(rows: pa.Table, column: str) -> Any:
    return np.array(pc.strftime(rows[column], format="%Y-%m").to_pylist(), object)


def _is(rows: pa.Table, column: str, code: str) -> Flags:
    return np.asarray(np.array(rows[column].to_pylist(), object) == code, bool)


def _with(rows: pa.Table, column: str, values: Any) -> pa.Table:
    field = rows.schema.field(column)
    return rows.set_column(rows.column_names.index(column), field, pa.array(values.tolist(), field.type))
