"""What every number promises: it is what a naive reading of the rows gives, split and filtered in every way it allows.

The second implementation below shares nothing with the first but the meaning: it reads the hand-made rows of
`tests/register.py` one by one, in plain Python, and never asks the code under test.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gzdash.answer import Question
from gzdash.ask import Desk
from gzdash.ask import desk as desk_module
from gzdash.ask.cache import Answers
from gzdash.dimensions import DIMENSIONS
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.metrics import METRICS, SUBJECTS
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city

Row = dict[str, Any]
Where = Callable[[Row], bool]

ROWS = city.live_rows()
ORGANIZATIONS = {row["code"]: row for row in ROWS["organizations"]}
TIME = ("month", "quarter", "year")
PLACE = ("region_group", "prefecture", "county", "town")

# Where each place of the rows lies, typed from the reference lists. Dongguan has no counties: it stands for its own.
PLACES: dict[str | None, tuple[str | None, ...]] = {
    None: (None, None, None, None),
    "GD-NORTH": ("GD-NORTH", None, None, None),
    "440100": ("GD-PRD", "440100", None, None),
    "440106": ("GD-PRD", "440100", "440106", None),
    "440112": ("GD-PRD", "440100", "440112", None),
    "440113": ("GD-PRD", "440100", "440113", None),
    "441900": ("GD-PRD", "441900", None, None),
    "440825": ("GD-WEST", "440800", "440825", None),
    "441826": ("GD-NORTH", "441800", "441826", None),
    "441826105": ("GD-NORTH", "441800", "441826", "441826105"),
}


def primary_chain(organization: str, on: date) -> str | None:
    """The primary chain on a day: the span begun last that has not ended; else what the register says."""
    spans = [
        (row["since"] or date(1900, 1, 1), row["until"] or date(9999, 1, 1), row["chain"])
        for row in ROWS["organization_chains"]
        if row["organization"] == organization and row["is_primary"]
    ]
    begun = [span for span in spans if span[0] <= on]
    if begun and on < max(begun)[1]:
        return str(max(begun)[2])
    return ORGANIZATIONS[organization]["primary_chain"] if organization in ORGANIZATIONS else None


def reporter(code: str | None, moment: date) -> Row:
    """What the register says of whoever reported; nothing of those it does not know. An expired grade is none."""
    known = ORGANIZATIONS.get(code or "", {})
    expiry = known.get("grade_expiry")
    is_valid = expiry is not None and expiry >= moment
    return {
        "organization": code,
        "district": known.get("district"),
        "type": known.get("type"),
        "grade": known.get("grade") if is_valid else None,
    }


def place(code: str | None, town: str | None = None) -> Row:
    found = dict(zip(PLACE, PLACES[code], strict=True))
    return found | {"town": town or found["town"]}


def dated(on: date) -> Row:
    first = on.replace(day=1)
    return {"at": first, **time_parts(first)}


def time_parts(on: date) -> Row:
    quarter = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4, 11: 4, 12: 4}[on.month]
    return {"month": f"{on.year}-{on.month:02d}", "quarter": f"{on.year}-Q{quarter}", "year": str(on.year)}


def facts(table: str, time: str, who: str = "organization") -> Iterable[Row]:
    """The rows of a table with month, register data and the chain that counts."""
    for row in ROWS[table]:
        when = dated(row[time])
        chain = row.get("chain") or primary_chain(row[who], row[time])
        yield row | when | reporter(row[who], when["at"]) | {"chain": chain}


def activities() -> Iterable[Row]:
    for row in facts("activities", "date", "lead"):
        yield row | place(row["region"])


def needs() -> Iterable[Row]:
    for row in facts("needs", "raised"):
        days = (row["resolved"] - row["raised"]).days if row["resolved"] else None
        yield row | {"programme": "visits", "days": days}


def cohorts() -> Iterable[Row]:
    """Every stage of a case stands where its first credit line stands; a case without a line is in no cohort."""
    stages = list(facts("financing", "date"))
    for row in stages:
        same_case = [one for one in stages if (one["case"], one["organization"]) == (row["case"], row["organization"])]
        lines = sorted((one for one in same_case if one["stage"] == "credit_line"), key=lambda one: one["date"])
        if lines:
            kept = ("at", *TIME, "chain", "lender", "firm_size", "grade")
            yield row | {name: lines[0][name] for name in kept}


def reported_projects() -> Iterable[Row]:
    """Each project once for every lead that reports it, whoever it was merged into."""
    for row in ROWS["aid_projects"]:
        when = dated(row["start"])
        where = place(row["county"], row["town"])
        where["county"] = where["county"] or row["county"]
        yield row | when | reporter(row["lead"], when["at"]) | where


def projects() -> Iterable[Row]:
    """Each project once, as it was reported for the earliest month."""
    seen = set[str]()
    for row in sorted(ROWS["aid_projects"], key=lambda one: one["start"]):
        if row["project"] not in seen:
            seen.add(row["project"])
            when = dated(row["start"])
            where = place(row["county"], row["town"])
            where["county"] = where["county"] or row["county"]
            yield row | when | reporter(row["lead"], when["at"]) | where


def aid() -> Iterable[Row]:
    known = {row["project"]: row for row in projects()}
    for row in ROWS["aid"]:
        when = dated(row["date"])
        where = place(row["county"], row["town"])
        where["county"] = where["county"] or row["county"]
        project = known.get(row["project"], {})
        belongs = {"theme": project.get("theme"), "programme": project.get("programme")}
        giver = reporter(row["giver"], when["at"]) | {"organization": row["giver"] or row["giver_name"]}
        yield row | when | giver | where | belongs


def chains_of(code: str) -> list[str]:
    served = {row["chain"] for row in ROWS["organization_chains"] if row["organization"] == code}
    own = ORGANIZATIONS[code]["primary_chain"]
    return sorted(served) or ([own] if own else [])


def turned(column: str) -> Iterable[Row]:
    """Organizations in the month they were founded or dissolved."""
    for row in ROWS["organizations"]:
        if row[column]:
            when = dated(row[column])
            yield row | when | reporter(row["code"], when["at"]) | {"chains": chains_of(row["code"])}


def stock(days: Iterable[date]) -> Iterable[Row]:
    """Every organization at each of the days, whether it was there then or not: the number says which count."""
    for moment in days:
        for row in ROWS["organizations"]:
            when = {"moment": moment, **time_parts(moment)}
            yield row | when | reporter(row["code"], moment) | {"chains": chains_of(row["code"])}


def there(row: Row, on: date | None = None) -> bool:
    """Whether an organization existed at the end of a day."""
    moment = on or row["moment"]
    return bool(row["founded"] <= moment and (row["dissolved"] is None or row["dissolved"] > moment))


def there_ten_years_before(row: Row) -> bool:
    moment = row["moment"]
    return there(row, moment.replace(year=moment.year - 10))


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


def jobs_rows() -> Iterable[Row]:
    return facts("jobs", "month")


def training_rows() -> Iterable[Row]:
    return facts("training", "month")


def financing_rows() -> Iterable[Row]:
    return facts("financing", "date")


def submission_rows() -> Iterable[Row]:
    return facts("submissions", "month")


def founded_rows() -> Iterable[Row]:
    return turned("founded")


def dissolved_rows() -> Iterable[Row]:
    return turned("dissolved")


def case_rows() -> Iterable[Row]:
    return ({**row, "whole_case": (row["organization"], row["case"])} for row in facts("financing", "date"))


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


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    lake = city.build(tmp_path_factory.mktemp("city") / "lake")
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def asked(desk: Desk, key: str, selection: Selection, *split: str) -> dict[tuple[Any, ...], tuple[Any, Any, Any]]:
    return {row.key: (row.value, row.numerator, row.denominator) for row in desk.ask(key, selection, *split).rows}


def test_every_metric_has_a_naive_twin() -> None:
    assert sorted(TWINS) == sorted(METRICS)


@pytest.mark.parametrize("key", METRICS)
def test_a_number_is_what_a_naive_reading_of_the_rows_gives(key: str, desk: Desk) -> None:
    for selection in SELECTIONS:
        assert asked(desk, key, selection) == naive(key, selection), selection


@pytest.mark.parametrize("key", METRICS)
def test_every_split_of_a_number_is_what_a_naive_reading_gives(key: str, desk: Desk) -> None:
    for selection in SPLIT_SELECTIONS:
        for split in METRICS[key].splits:
            assert asked(desk, key, selection, split) == naive(key, selection, split), (split, selection)


@pytest.mark.parametrize("key", METRICS)
def test_a_split_by_two_dimensions_is_what_a_naive_reading_gives(key: str, desk: Desk) -> None:
    possible = [pair for pair in PAIRS if set(pair) <= set(METRICS[key].splits)]
    assert possible
    for pair in possible:
        assert asked(desk, key, SELECTIONS[1], *pair) == naive(key, SELECTIONS[1], *pair), pair


def test_the_small_city_gives_every_number_something_to_count(desk: Desk) -> None:
    """A twin that only ever compares nothing with nothing would prove nothing."""
    assert [key for key in METRICS if not desk.ask(key, HALF_YEAR).value] == []


# Typed by hand from the rows, so that twin and metric cannot be wrong in the same way.
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("jobs_posted", 10 + 11 + 30 + 7 + 9 + 5 + 0 + 12 + 6),
        ("graduates_hired", 4 + 5 + 40 + 7 + 0 + 0 + 3 + 2),
        ("fill_rate", 61 / 90),
        ("member_jobs_posted", 100 + 20),
        ("member_units_mobilised", 6 + 1 + 2 + 0 + 13),
        ("organizations_posting", 5),
        ("credit_line", Decimal("5005320.35")),
        ("loan_disbursed", Decimal("1800110.05")),
        ("credit_cases", 6),
        ("matchmaking_events", 3),
        ("firms_reached", 35),
        ("organizations_visited", 2),
        ("days_to_resolve", (10 + 0 + 60) / 3),
        ("aid_value", Decimal("1234567900699.16")),
        ("aid_money", Decimal("10505.01")),
        ("aid_goods_unvalued", 2),
        ("aid_pledged", Decimal("900.00")),
        ("aid_projects", 3),
        ("aid_projects_gross", 4),
        ("aid_planned", Decimal("3000.50")),
        ("organizations_in_aid", 5),
        ("organizations", 4),
        ("organizations_founded", 1),
        ("organizations_dissolved", 2),
        ("member_units", 140),
        ("graded_share", 2 / 4),
        ("organization_growth_10y", 4 / 5 - 1),
        ("coverage", 3 / 5),
        ("reports_received", 3),
    ],
)
def test_the_first_half_of_2023_by_hand(key: str, value: object, desk: Desk) -> None:
    assert desk.ask(key, HALF_YEAR).value == value


@pytest.mark.parametrize("key", METRICS)
def test_a_number_says_truly_which_splits_add_up(key: str) -> None:
    declared = {split for split in METRICS[key].splits if METRICS[key].adds_up(split)}
    assert declared == set(METRICS[key].splits) - set(TWINS[key].adds_up_not)


@pytest.mark.parametrize("key", METRICS)
def test_parts_add_up_to_the_whole_half_by_half(key: str, desk: Desk) -> None:
    metric = METRICS[key]
    for selection in SELECTIONS[:4]:
        whole = desk.ask(key, selection).total
        for split in filter(metric.adds_up, metric.splits):
            parts = desk.ask(key, selection, split).rows
            if metric.is_ratio:
                assert added(part.numerator for part in parts) == (whole.numerator or 0), (split, selection)
                assert added(part.denominator for part in parts) == (whole.denominator or 0), (split, selection)
            else:
                assert added(part.value for part in parts) == (whole.value or 0), (split, selection)


def added(values: Iterable[Any]) -> Any:
    return sum(value for value in values if value is not None)


@pytest.mark.parametrize("key", METRICS)
def test_a_number_obeys_the_filters_its_rows_know_and_names_them(key: str) -> None:
    twin = TWINS[key]
    row = next(iter(twin.rows([date(2023, 6, 30)]) if twin.is_stock else twin.rows()))
    known = {"period", "districts", "types", "organization"}
    of_chains = twin.rows not in (aid, projects, reported_projects)
    known |= {"chains"} if {"chain", "chains"} & set(row) and of_chains else set()
    known |= {"regions"} if "county" in row else set()
    known |= {"programmes"} if "programme" in row else set()
    assert set(METRICS[key].filters) == known


def test_questions_asked_together_get_the_answers_they_get_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [
        Question(key, selection, split)
        for selection in SELECTIONS[1:3]
        for key, metric in METRICS.items()
        for split in ((), ("month",), (metric.splits[3],))
    ]
    monkeypatch.setattr(desk_module, "_CACHE", Answers())
    together = desk.ask_all([*questions, questions[0]])
    monkeypatch.setattr(desk_module, "_CACHE", Answers())
    alone = [desk.ask(one.metric, one.selection, *one.split) for one in [*questions, questions[0]]]
    assert [answer.question for answer in together] == [*questions, questions[0]]
    assert [answer.rows for answer in together] == [answer.rows for answer in alone]


@pytest.mark.parametrize(
    ("split", "counts"),
    [
        ("month", {"2022-11": 5, "2022-12": 5, "2023-01": 5, "2023-02": 6, "2023-03": 6, "2023-04": 5}),
        ("quarter", {"2022-Q4": 5, "2023-Q1": 6, "2023-Q2": 5}),
        ("year", {"2022": 5, "2023": 5}),
    ],
)
def test_a_stock_is_taken_at_the_end_of_each_month_quarter_or_year_and_of_the_period(
    split: str, counts: dict[str, int], desk: Desk
) -> None:
    answer = desk.ask("organizations", Selection(Period("2022-11", "2023-04")), split)
    assert {row.key[0]: row.value for row in answer.rows} == counts


def test_money_is_exact_to_the_fen_and_counts_are_whole_numbers(desk: Desk) -> None:
    assert desk.ask("aid_goods", HALF_YEAR).value == Decimal("1234567890194.15")
    assert {type(desk.ask(key, HALF_YEAR).value) for key in ("credit_line", "aid_value", "aid_planned")} == {Decimal}
    assert {type(desk.ask(key, HALF_YEAR).value) for key in ("jobs_posted", "aid_projects", "organizations")} == {int}


def test_goods_without_a_value_are_unknown_and_never_nought(desk: Desk) -> None:
    by_giver = asked(desk, "aid_value", HALF_YEAR.with_(organization=city.OUTSIDER), "form")
    assert by_giver == {("money",): (Decimal("10000.00"), None, None), ("goods",): (None, None, None)}


def test_rows_of_unknown_organizations_are_kept_and_not_stated(desk: Desk) -> None:
    answer = desk.ask("jobs_posted", HALF_YEAR, "district")
    assert answer.rows[-1].key == (None,)
    assert answer.rows[-1].value == 6


def test_parts_come_in_the_order_of_their_list_and_what_is_not_stated_comes_last(desk: Desk) -> None:
    chains = [row.key[0] for row in desk.ask("jobs_posted", HALF_YEAR, "chain").rows]
    assert chains == [city.AUTO, city.EQUIPMENT, city.SOFTWARE, city.AI, city.HEALTH, city.CARE, None]
    months = [row.key[0] for row in desk.ask("jobs_posted", HALF_YEAR, "month").rows]
    assert months == ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]


def test_every_number_is_made_by_one_query_over_rows_declared_once() -> None:
    assert {metric.subject.key for metric in METRICS.values()} <= set(SUBJECTS)
    assert all(set(metric.splits) <= set(DIMENSIONS) for metric in METRICS.values())


def test_a_metric_says_what_it_is_in_both_languages() -> None:
    for key, metric in METRICS.items():
        assert metric.key == key
        assert metric.formula is not None, key
        texts = (metric.name, metric.meaning, metric.formula, metric.unit.symbol)
        assert all(text.zh and text.en for text in texts)
        assert metric.kind in ("flow", "stock", "ratio")
    assert [len({getattr(m.name, side) for m in METRICS.values()}) for side in ("zh", "en")] == [len(METRICS)] * 2


def test_the_city_is_the_same_wherever_it_is_built(tmp_path: Path) -> None:
    first, second = city.build(tmp_path / "a"), city.build(tmp_path / "b")
    assert first.position()[1] == second.position()[1] == 5
    assert first.snapshot().time == second.snapshot().time
