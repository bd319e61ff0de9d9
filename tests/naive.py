"""A second implementation of every number, in plain Python over the hand-made rows of the small city.

It shares nothing with the first but the meaning, and never asks the code under test.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gzdash.dimensions import DIMENSIONS
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city
from tests.naive_rows import (
    PLACE,
    TIME,
    Row,
    activities,
    aid,
    case_rows,
    cohorts,
    dissolved_rows,
    financing_rows,
    founded_rows,
    jobs_rows,
    needs,
    projects,
    reported_projects,
    stock,
    submission_rows,
    there,
    there_ten_years_before,
    training_rows,
)

Where = Callable[[Row], bool]


@dataclass(frozen=True)
class Half:
    """A sum, count or distinct count over the rows where `where` holds."""

    of: Callable[[list[Row]], Any]
    where: Where


@dataclass(frozen=True)
class Twin:
    """The naive twin of a metric: `rows` gives its rows, at the days of a stock."""

    rows: Callable[..., Iterable[Row]]
    over: Half
    under: Half | None = None
    offset: int = 0
    is_stock: bool = False
    adds_up_not: tuple[str, ...] = ()


def always(row: Row) -> bool:
    return True


def having(**values: object) -> Where:
    return lambda row: all(row[name] == value for name, value in values.items())


def total(column: str, where: Where = always) -> Half:
    """A sum; of nothing known it is unknown, not 0."""

    def of(rows: list[Row]) -> Any:
        known = [row[column] for row in rows if row[column] is not None]
        return sum(known[1:], known[0]) if known else None

    return Half(of, where)


def number(where: Where = always) -> Half:
    return Half(len, where)


def different(column: str, where: Where = always) -> Half:
    return Half(lambda rows: len({row[column] for row in rows} - {None}), where)


def all_of(*wheres: Where) -> Where:
    return lambda row: all(where(row) for where in wheres)


def stated(column: str) -> Where:
    return lambda row: row[column] is not None


OWN = having(source="organization", audience="graduates")
LINE = having(stage="credit_line")
DELIVERED = having(stage="delivered")
RECEIVED = all_of(stated("due"), stated("received"))
EVERY_SPLIT = tuple(DIMENSIONS)

TWINS: dict[str, Twin] = {
    "jobs_posted": Twin(jobs_rows, total("posts", OWN)),
    "graduates_hired": Twin(jobs_rows, total("hires", OWN)),
    "fill_rate": Twin(jobs_rows, total("hires", OWN), total("posts", OWN)),
    "member_jobs_posted": Twin(jobs_rows, total("posts", having(source="member_unit", audience="graduates"))),
    "member_units_mobilised": Twin(jobs_rows, total("member_units_mobilised")),
    "organizations_posting": Twin(
        jobs_rows,
        different("organization", all_of(OWN, lambda row: row["posts"] > 0)),
        adds_up_not=EVERY_SPLIT,
    ),
    "employment_events": Twin(activities, number(having(kind="employment_service"))),
    "event_participants": Twin(activities, total("participants", having(kind="employment_service"))),
    "training_employed": Twin(training_rows, total("employed")),
    "trainees": Twin(training_rows, total("trainees")),
    "credit_line": Twin(financing_rows, total("amount", LINE)),
    # The two reports that are merged in the small city are of one project; tests/test_duplicates.py merges the rest.
    "credit_line_gross": Twin(financing_rows, total("amount", LINE)),
    "activities_gross": Twin(activities, number()),
    "aid_value_gross": Twin(aid, total("amount", DELIVERED)),
    "aid_projects_gross": Twin(reported_projects, number()),
    "loan_disbursed": Twin(financing_rows, total("amount", having(stage="disbursed"))),
    "financing_applied": Twin(financing_rows, total("amount", having(stage="applied"))),
    "drawdown_rate": Twin(cohorts, total("amount", having(stage="disbursed")), total("amount", LINE)),
    "small_firm_share": Twin(
        financing_rows,
        total("amount", all_of(LINE, lambda row: row["firm_size"] in ("small", "micro"))),
        total("amount", all_of(LINE, stated("firm_size"))),
    ),
    "credit_cases": Twin(case_rows, different("whole_case", LINE), adds_up_not=EVERY_SPLIT),
    "chains_financed": Twin(financing_rows, different("chain", LINE), adds_up_not=EVERY_SPLIT),
    "matchmaking_events": Twin(activities, number(having(kind="matchmaking"))),
    "firms_reached": Twin(activities, total("firms", having(kind="matchmaking"))),
    "activities": Twin(activities, number()),
    "platform_activities": Twin(activities, number(lambda row: row["mechanism"] is not None)),
    "free_clinics": Twin(activities, number(having(kind="free_clinic"))),
    "visits": Twin(activities, number(having(kind="visit"))),
    "organizations_visited": Twin(activities, different("organization", having(kind="visit")), adds_up_not=EVERY_SPLIT),
    "needs_raised": Twin(needs, number()),
    "needs_resolved": Twin(needs, number(stated("resolved"))),
    "needs_resolution_rate": Twin(needs, number(stated("resolved")), number()),
    "days_to_resolve": Twin(needs, total("days"), number(stated("days"))),
    "aid_value": Twin(aid, total("amount", DELIVERED)),
    "aid_money": Twin(aid, total("amount", having(stage="delivered", form="money"))),
    "aid_goods": Twin(aid, total("amount", having(stage="delivered", form="goods"))),
    "aid_goods_unvalued": Twin(aid, number(having(stage="delivered", form="goods", amount=None))),
    "aid_pledged": Twin(aid, total("amount", having(stage="pledged"))),
    "beneficiaries": Twin(aid, total("beneficiaries", DELIVERED)),
    "organizations_in_aid": Twin(aid, different("giver", DELIVERED), adds_up_not=EVERY_SPLIT),
    "counties_in_aid": Twin(aid, different("county", DELIVERED), adds_up_not=EVERY_SPLIT),
    "aid_projects": Twin(projects, number()),
    "aid_projects_completed": Twin(projects, number(having(state="completed"))),
    "project_completion_rate": Twin(projects, number(having(state="completed")), number()),
    "aid_planned": Twin(projects, total("planned_amount")),
    "organizations": Twin(stock, number(there), is_stock=True, adds_up_not=(*TIME, "chain")),
    "organizations_founded": Twin(founded_rows, number(), adds_up_not=("chain",)),
    "organizations_dissolved": Twin(dissolved_rows, number(), adds_up_not=("chain",)),
    "organization_growth_10y": Twin(
        stock, number(there), number(there_ten_years_before), -1, is_stock=True, adds_up_not=(*TIME, "chain")
    ),
    "member_units": Twin(stock, total("member_units", there), is_stock=True, adds_up_not=(*TIME, "chain")),
    "graded_share": Twin(
        stock, number(all_of(there, stated("grade"))), number(there), is_stock=True, adds_up_not=(*TIME, "chain")
    ),
    "organizations_due": Twin(submission_rows, different("organization", stated("due")), adds_up_not=EVERY_SPLIT),
    "organizations_reported": Twin(submission_rows, different("organization", RECEIVED), adds_up_not=EVERY_SPLIT),
    "coverage": Twin(
        submission_rows,
        different("organization", RECEIVED),
        different("organization", stated("due")),
        adds_up_not=EVERY_SPLIT,
    ),
    "reports_received": Twin(submission_rows, number(RECEIVED)),
}


def last_days(period: Period, split: tuple[str, ...]) -> list[date]:
    """The last day of the period, or of every month, quarter or year of it."""
    year, month = int(period.first[:4]), int(period.first[5:])
    days = []
    while f"{year}-{month:02d}" <= period.last:
        is_last = f"{year}-{month:02d}" == period.last
        quarter_ends, year_ends = "quarter" in split and month in (3, 6, 9, 12), "year" in split and month == 12
        if is_last or "month" in split or quarter_ends or year_ends:
            days.append(date(year, month, monthrange(year, month)[1]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return days


def matches(row: Row, selection: Selection) -> bool:
    """Whether a row is chosen; a filter that the rows know nothing of does not apply."""
    first, last = selection.period.first, selection.period.last
    if "at" in row and not first <= row["month"] <= last:
        return False
    if selection.chains and "chains" in row and not set(row["chains"]) & set(selection.chains):
        return False
    if selection.chains and "chain" in row and "chains" not in row and row["chain"] not in selection.chains:
        return False
    if selection.regions and "county" in row and not {row[level] for level in PLACE} & set(selection.regions):
        return False
    if selection.districts and row["district"] not in selection.districts:
        return False
    if selection.types and row["type"] not in selection.types:
        return False
    if selection.programmes and "programme" in row and row["programme"] not in selection.programmes:
        return False
    return not selection.organization or row["organization"] == selection.organization


def keys_of(row: Row, split: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The parts a row belongs to: one, or one for each chain of a register row that serves several."""
    keys: list[tuple[Any, ...]] = [()]
    for name in split:
        several = name == "chain" and "chains" in row
        keys = [(*key, part) for key in keys for part in (row["chains"] if several else [row[name]])]
    return keys


def naive(key: str, selection: Selection, *split: str) -> dict[tuple[Any, ...], tuple[Any, Any, Any]]:
    """(value, numerator, denominator) of each part that has rows; the halves of a number without halves are None."""
    twin = TWINS[key]
    rows = twin.rows(last_days(selection.period, split)) if twin.is_stock else twin.rows()
    halves = [twin.over, *([twin.under] if twin.under else [])]
    groups: dict[tuple[Any, ...], list[Row]] = {} if split else {(): []}
    for row in rows:
        if matches(row, selection) and any(half.where(row) for half in halves):
            for part in keys_of(row, split):
                groups.setdefault(part, []).append(row)
    return {part: _divided(twin, found) for part, found in groups.items()}


def _divided(twin: Twin, rows: list[Row]) -> tuple[Any, Any, Any]:
    over = twin.over.of([row for row in rows if twin.over.where(row)])
    if twin.under is None:
        return over, None, None
    under = twin.under.of([row for row in rows if twin.under.where(row)])
    if over is None or under is None or under == 0:
        return None, over, under
    return float(over) / float(under) + twin.offset, over, under


HALF_YEAR = Selection(Period("2023-01", "2023-06"))

# Every metric is asked without a split over all of these, and with every split over the first five.
SELECTIONS: tuple[Selection, ...] = (
    HALF_YEAR,
    Selection(Period("2022-11", "2023-08")),
    HALF_YEAR.with_(chains=(city.AUTO, city.SOFTWARE)),
    HALF_YEAR.with_(regions=(city.LIANNAN, city.DELTA)),
    HALF_YEAR.with_(organization=city.MOVED),
    Selection(Period("2023-03", "2023-03")),
    Selection(Period("2012-06", "2015-02")),
    Selection(Period("2019-01", "2019-12")),
    HALF_YEAR.with_(chains=(city.EQUIPMENT,)),
    HALF_YEAR.with_(chains=(city.CARE, city.HEALTH)),
    HALF_YEAR.with_(chains=(city.FINANCE, city.AI, city.CHEMICAL)),
    HALF_YEAR.with_(regions=(city.NORTH,)),
    HALF_YEAR.with_(regions=(city.QINGYUAN, city.DONGGUAN)),
    HALF_YEAR.with_(regions=(city.PANYU, city.XUWEN)),
    HALF_YEAR.with_(regions=(city.SANPAI,)),
    HALF_YEAR.with_(districts=("440104",)),
    HALF_YEAR.with_(districts=("440106", "440112"), types=("53", "52")),
    HALF_YEAR.with_(types=("51",)),
    HALF_YEAR.with_(programmes=("visits", "yao-medical")),
    HALF_YEAR.with_(programmes=("honglian-zhida",), chains=(city.SOFTWARE,)),
    HALF_YEAR.with_(organization=city.STRANGER),
    HALF_YEAR.with_(organization=city.OUTSIDER),
    HALF_YEAR.with_(organization=city.CLOSED, types=("52",)),
    Selection(
        Period("2023-02", "2023-05"),
        chains=(city.AUTO, city.EQUIPMENT),
        regions=(city.DELTA, city.LIANNAN),
        districts=("440104",),
        types=("51",),
        organization=city.MOVED,
    ),
)
SPLIT_SELECTIONS = SELECTIONS[:5]
PAIRS = (("month", "chain"), ("quarter", "district"), ("year", "type"), ("type", "grade"))
