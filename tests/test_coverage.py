"""Coverage keeps its promises: who reported, what the silent held, when a figure is provisional, and who is late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gzdash.answer import Question
from gzdash.ask import Desk
from gzdash.ask.reporting import reporting
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.insight.coverage import (
    PROVISIONAL_BELOW,
    Coverage,
    Reports,
    coverage,
    coverage_words,
    figure_coverage,
    reservation,
    thin_months,
    unreported,
)
from gzdash.insight.late import LateReporter, late_reporters
from gzdash.insight.part import of_part
from gzdash.lake import Lake
from gzdash.metrics import METRICS, metric
from gzdash.period import Period, runs
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.words import Text
from tests import register as city

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
NEXT_JANUARY = Selection(Period("2024-01", "2024-01"))


def report(organization: str, month: str, due: str, received: str = "", table: str = "jobs") -> dict[str, Any]:
    """One row of who should report: when it is due, and when it came."""
    dates = {"due": city.day(due), "received": city.day(received)}
    return {"table": table, "organization": organization, "month": city.month(month)} | dates


def desk_over(root: Path, submissions: list[dict[str, Any]] | None = None) -> Desk:
    """The small city, with other submissions where they are given."""
    lake = Lake.init(root / "lake", "real", city.ticking())
    city.commit(lake, city.REGISTER)
    city.commit(lake, city.FACTS if submissions is None else {**city.FACTS, "submissions": submissions})
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_over(tmp_path_factory.mktemp("city"))


def covered(desk: Desk, key: str, selection: Selection = HALF_YEAR) -> Coverage:
    """The coverage of a metric, which must be there."""
    found = coverage(desk, metric(key), selection)
    assert found is not None
    return found


def test_reported_and_due_are_those_of_the_table_that_the_metric_is_counted_from(desk: Desk) -> None:
    jobs, financing = covered(desk, "jobs_posted"), covered(desk, "drawdown_rate")
    assert jobs.whole == Reports(5, 3)
    assert jobs.silent == tuple(sorted((city.BROAD, city.GIVING)))
    assert financing.whole == Reports(1, 0)
    assert financing.silent == (city.MOVED,)


def test_a_table_without_a_list_of_who_should_report_has_no_coverage(desk: Desk) -> None:
    listed = {"jobs", "financing"}
    assert {key for key in METRICS if coverage(desk, METRICS[key], HALF_YEAR)} == {
        key for key in METRICS if METRICS[key].subject.table in listed
    }
    nobody_due = coverage(desk, metric("jobs_posted"), Selection(Period("2022-01", "2022-12")))
    assert nobody_due is None
    assert coverage_words(nobody_due).zh == "无应报名单"


@pytest.mark.parametrize(
    ("split", "key", "chosen"),
    [
        (("chain",), (city.AUTO,), {"chains": (city.AUTO,)}),
        (("district",), ("440106",), {"districts": ("440106",)}),
        (("organization",), (city.BROAD,), {"organization": city.BROAD}),
        (("month",), ("2023-03",), {"period": Period("2023-03", "2023-03")}),
        (("quarter",), ("2023-Q2",), {"period": Period("2023-04", "2023-06")}),
        (("month", "chain"), ("2023-03", city.AUTO), {"period": Period("2023-03", "2023-03"), "chains": (city.AUTO,)}),
    ],
)
def test_a_part_of_a_figure_is_covered_as_a_page_that_is_narrowed_to_it(
    split: tuple[str, ...], key: tuple[str, ...], chosen: dict[str, Any], desk: Desk
) -> None:
    found = coverage(desk, metric("jobs_posted"), HALF_YEAR.with_(**chosen))
    assert figure_coverage(desk, Question("jobs_posted", HALF_YEAR, split), key) == coverage_words(found)
    assert of_part(HALF_YEAR, split, key) == HALF_YEAR.with_(**chosen)


def test_a_part_that_no_filter_narrows_to_is_covered_as_the_whole_and_says_so(desk: Desk) -> None:
    whole = coverage_words(coverage(desk, metric("jobs_posted"), HALF_YEAR))
    not_stated = figure_coverage(desk, Question("jobs_posted", HALF_YEAR, ("chain",)), (None,))
    assert not_stated == Text(f"所选范围合计：{whole.zh}", f"of the whole selection: {whole.en}")
    assert figure_coverage(desk, Question("jobs_posted", HALF_YEAR)) == whole
    no_list = figure_coverage(desk, Question("aid_value", HALF_YEAR, ("form",)), ("cash",))
    assert no_list.zh == "无应报名单"
    for no_part in ("2022-12", "2023-13", "nonsense"):
        assert of_part(HALF_YEAR, ("month",), (no_part,)) is None
    assert of_part(HALF_YEAR, ("quarter",), ("2023-Q9",)) is None
    in_a_place = HALF_YEAR.with_(regions=(city.PANYU,))
    assert of_part(in_a_place, ("prefecture",), ("440100",)) is None
    assert of_part(in_a_place, ("county",), (city.PANYU,)) == in_a_place


def test_every_metric_is_counted_from_a_declared_table() -> None:
    assert {one.subject.table for one in METRICS.values()} <= set(TABLES)


@pytest.mark.parametrize(
    ("chosen", "due", "reported"),
    [
        ({"chains": (city.AUTO,)}, 1, 1),
        ({"types": ("52",)}, 1, 1),
        ({"organization": city.BROAD}, 1, 0),
        ({"programmes": ("visits",)}, 5, 3),
    ],
)
def test_filters_apply_as_the_list_of_submissions_obeys_them(
    desk: Desk, chosen: dict[str, Any], due: int, reported: int
) -> None:
    assert covered(desk, "jobs_posted", HALF_YEAR.with_(**chosen)).whole == Reports(due, reported)


def test_deleting_one_organizations_submission_lowers_coverage_by_one(tmp_path: Path, desk: Desk) -> None:
    rows = [dict(row) for row in city.FACTS["submissions"]]
    for row in rows:
        if (row["organization"], row["table"]) == (city.SCHOOL, "jobs"):
            row["received"] = None
    before, after = covered(desk, "jobs_posted"), covered(desk_over(tmp_path, rows), "jobs_posted")
    assert after.whole == Reports(before.whole.due, before.whole.reported - 1)
    assert set(after.silent) - set(before.silent) == {city.SCHOOL}


SILENT_IN_2024 = [
    report(city.MOVED, "2024-01", "2024-02-05"),
    report(city.BROAD, "2024-01", "2024-02-05", "2024-02-05"),
    report(city.SCHOOL, "2024-01", "2024-02-05", "2024-02-01"),
]


def test_the_silent_held_what_they_had_in_the_same_months_last_year(tmp_path: Path) -> None:
    found = covered(desk_over(tmp_path, SILENT_IN_2024), "jobs_posted", NEXT_JANUARY)
    # In January 2023 MOVED offered 10 posts and BROAD 7.
    assert (found.silent, found.held, found.held_share) == ((city.MOVED,), 10, 10 / 17)
    assert found.words().zh == "已报 2 / 应报 3 家（66.7\xa0%）；未报的 1 家去年同期有 10\xa0个（占 58.8\xa0%）"
    assert found.words().en == (
        "2 of 3 organizations reported (66.7\xa0%); the 1 silent had 10 a year ago (58.8\xa0% of the whole)"
    )


def test_money_that_the_silent_held_is_exact(tmp_path: Path) -> None:
    rows = [report(code, "2024-02", "2024-03-05", table="aid") for code in (city.GIVING, city.SEVERAL)]
    selection = Selection(Period("2024-01", "2024-06"))
    found = covered(desk_over(tmp_path, rows), "aid_money", selection)
    assert (found.held, type(found.held)) == (Decimal("5.00"), Decimal)


@pytest.mark.parametrize("key", ["fill_rate", "organizations_posting"])
def test_ratios_and_distinct_counts_are_not_held(tmp_path: Path, key: str) -> None:
    found = covered(desk_over(tmp_path, SILENT_IN_2024), key, NEXT_JANUARY)
    assert (found.held, found.held_share) == (None, None)
    assert found.words().zh == "已报 2 / 应报 3 家（66.7\xa0%）；1 家未报"


def test_where_everybody_reported_nothing_is_said_of_silence(desk: Desk) -> None:
    found = covered(desk, "jobs_posted", HALF_YEAR.with_(organization=city.MOVED))
    assert found.words().zh == "已报 1 / 应报 1 家（100.0\xa0%）"
    assert found.reservation() is None


def _judged(whole: Reports, last: Reports) -> Coverage:
    period, month = Period("2023-01", "2023-07"), Period("2023-07", "2023-07")
    return Coverage(metric("jobs_posted"), period, whole, month, last, ("x",), lambda: None)


@pytest.mark.parametrize(
    ("whole", "last", "why"),
    [
        (Reports(100, 80), Reports(100, 80), None),
        (Reports(100, 79), Reports(100, 90), "2023年1—7月只有 79\xa0% 的组织已报"),
        (Reports(100, 95), Reports(100, 61), "2023年7月只有 61\xa0% 的组织已报"),
    ],
)
def test_a_figure_is_provisional_where_the_period_or_its_last_month_is_thinly_reported(
    whole: Reports, last: Reports, why: str | None
) -> None:
    found = _judged(whole, last)
    said = found.reservation()
    assert PROVISIONAL_BELOW == 0.80
    assert found.is_provisional is (why is not None)
    assert (said is None and why is None) or (said is not None and why is not None and said.zh.startswith(why))


def test_months_for_which_too_few_reported_are_named(desk: Desk) -> None:
    # Of January one of two came, of March one of two, of May the one that was due.
    assert thin_months(desk, metric("jobs_posted"), HALF_YEAR) == ("2023-01", "2023-03")
    assert thin_months(desk, metric("activities"), HALF_YEAR) == ()


def test_the_last_month_is_the_last_with_reports_due(desk: Desk) -> None:
    found = covered(desk, "jobs_posted")
    assert (found.last_month, found.last) == (Period("2023-05", "2023-05"), Reports(1, 1))


def test_the_coverage_of_all_metrics_of_a_table_is_found_once(desk: Desk) -> None:
    found = reporting.cache_info().misses
    for one in METRICS.values():
        coverage(desk, one, Selection(Period("2023-02", "2023-05")))
    assert reporting.cache_info().misses - found == len({one.subject.key for one in METRICS.values()})


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((), []),
        (("2023-01",), ["2023-01..2023-01"]),
        (("2022-12", "2023-01", "2023-03"), ["2022-12..2023-01", "2023-03..2023-03"]),
    ],
)
def test_months_are_said_as_the_fewest_periods(months: tuple[str, ...], said: list[str]) -> None:
    assert [str(period) for period in runs(months)] == said


def test_late_reporters_are_silent_first_then_by_what_they_owe(desk: Desk) -> None:
    found = late_reporters(desk, HALF_YEAR)
    silent = {
        city.BROAD: LateReporter(city.BROAD, 1, 1, ("2023-01",)),
        city.GIVING: LateReporter(city.GIVING, 1, 1, ("2023-03",)),
    }
    assert found.day == date(2023, 9, 10)
    assert found.reporters == (
        *(silent[code] for code in sorted(silent)),
        # MOVED sent its jobs in time and owes its financing.
        LateReporter(city.MOVED, 2, 1, ("2023-01",), "2023-01"),
        LateReporter(city.SCHOOL, 1, last_received="2023-03", late=1, days=25),
    )
    assert [one.state for one in found.reporters] == ["silent", "silent", "partly", "late"]
    assert (found.count("silent"), found.count("partly"), found.count("late")) == (2, 1, 1)


def test_a_report_that_is_not_due_yet_is_not_late(tmp_path: Path) -> None:
    rows = [report(city.MOVED, "2023-08", "2023-09-10"), report(city.BROAD, "2023-08", "2023-09-11")]
    found = late_reporters(desk_over(tmp_path, rows), Selection(Period("2023-08", "2023-08")))
    assert [one.organization for one in found.reporters] == [city.MOVED]
    assert found.not_yet_due == 1


def test_late_reporters_follow_the_filters_and_say_when_somebody_was_last_heard(tmp_path: Path) -> None:
    rows = [
        report(city.SCHOOL, "2022-12", "2023-01-05", "2023-01-04"),
        report(city.SCHOOL, "2023-03", "2023-04-05"),
        report(city.MOVED, "2023-03", "2023-04-05"),
    ]
    found = late_reporters(desk_over(tmp_path, rows), HALF_YEAR.with_(types=("52",)))
    assert found.reporters == (LateReporter(city.SCHOOL, 1, 1, ("2023-03",), "2022-12"),)


def test_where_nothing_is_due_nobody_is_late(desk: Desk) -> None:
    found = late_reporters(desk, Selection(Period("2020-01", "2020-12")))
    assert (found.reporters, found.not_yet_due) == ((), 0)


def test_months_that_nobody_could_have_reported_yet_are_not_compared_with_last_year(tmp_path: Path) -> None:
    rows = [
        report(city.MOVED, "2022-03", "2022-04-05", "2022-04-01"),
        report(city.MOVED, "2022-06", "2022-07-05", "2022-07-01"),
        report(city.MOVED, "2023-03", "2023-04-05", "2023-04-01"),
    ]
    early = desk_over(tmp_path, rows)
    jobs = metric("jobs_posted")
    # In June 2022 somebody was due, for June 2023 nobody yet. April had no list in either year.
    assert unreported(early, jobs, HALF_YEAR) == Period("2023-06", "2023-06")
    assert unreported(early, jobs, Selection(Period("2023-01", "2023-05"))) is None
    assert thin_months(early, jobs, HALF_YEAR) == ("2023-06",)
    said = reservation(early, jobs, HALF_YEAR)
    assert said is not None
    assert said.zh == "2023年6月在快照之日尚未报送，暂不与去年比较"
    assert said.en == "Jun 2023: not yet reported on the day of the snapshot, so not compared with last year"


def test_a_month_that_nobody_was_due_for_between_others_is_not_compared_with_last_year_either(tmp_path: Path) -> None:
    rows = [
        *(report(city.MOVED, f"2022-0{month}", "2022-10-05", "2022-10-01") for month in (1, 2, 3, 5)),
        report(city.MOVED, "2023-01", "2023-04-05", "2023-04-01"),
        report(city.MOVED, "2023-05", "2023-06-05", "2023-06-01"),
    ]
    desk, jobs = desk_over(tmp_path, rows), metric("jobs_posted")
    first_five = Selection(Period("2023-01", "2023-05"))
    # In February and March 2022 somebody was due; in April nobody in either year.
    assert unreported(desk, jobs, first_five) == Period("2023-02", "2023-03")
    assert thin_months(desk, jobs, first_five) == ("2023-02", "2023-03")
    assert unreported(desk, jobs, Selection(Period("2023-04", "2023-05"))) is None
    said = reservation(desk, jobs, first_five)
    assert said is not None
    assert said.zh == "2023年2—3月在快照之日尚未报送，暂不与去年比较"


@pytest.mark.parametrize(
    ("last", "missing"), [("2023-08", None), ("2023-09", "2023-09..2023-09"), ("2023-12", "2023-09..2023-12")]
)
def test_a_table_without_a_list_is_not_compared_beyond_the_day_of_the_snapshot(
    desk: Desk, last: str, missing: str | None
) -> None:
    found = unreported(desk, metric("activities"), Selection(Period("2023-01", last)))
    assert (str(found) if found else None) == missing
