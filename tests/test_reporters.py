"""Who should report is looked through in memory, and found as the statements over the rows find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdash.ask import Desk, default_selection
from gzdash.ask.reporting import Everywhere, Reporting, by_month, everywhere, reporting
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city
from tests.test_coverage import HALF_YEAR, desk_over, report

UNKNOWN = "51440100MJ0000099Y"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """MOVED changes its chain from AUTO to EQUIPMENT between its two reports; UNKNOWN is not on the register."""
    rows = [
        report(city.MOVED, "2023-03", "2023-04-10", "2023-04-02"),
        report(city.MOVED, "2023-04", "2023-05-10"),
        report(city.BROAD, "2023-01", "2023-02-10"),
        report(UNKNOWN, "2023-01", "2023-02-10", "2023-02-01"),
        report(city.SCHOOL, "2023-02", ""),
    ]
    return desk_over(tmp_path_factory.mktemp("city"), rows)


def found(desk: Desk, selection: Selection) -> Reporting:
    """What was found, which must be something."""
    said = reporting(desk, "jobs", selection)
    assert said is not None
    return said


def counts(said: Reporting) -> tuple[int, int, str, int, int]:
    """All that is counted."""
    return said.due, said.reported, said.last_month, said.last_due, said.last_reported


def test_who_changed_its_chain_is_counted_once_and_in_each_chain_for_its_months_only(desk: Desk) -> None:
    whole = found(desk, HALF_YEAR)
    assert counts(whole) == (3, 2, "2023-04", 1, 0)
    assert whole.silent == (city.BROAD,)
    auto, equipment = (found(desk, HALF_YEAR.with_(chains=(one,))) for one in (city.AUTO, city.EQUIPMENT))
    assert city.MOVED not in auto.silent
    assert (auto.last_month, auto.last_due, auto.last_reported) == ("2023-03", 1, 1)
    assert city.MOVED in equipment.silent
    both = found(desk, Selection(Period("2023-03", "2023-04"), chains=(city.AUTO, city.EQUIPMENT)))
    assert counts(both) == (1, 1, "2023-04", 1, 0)


def test_who_is_not_on_the_register_is_due_in_the_city_and_in_no_district(desk: Desk) -> None:
    january = Selection(Period("2023-01", "2023-01"))
    assert counts(found(desk, january)) == (2, 1, "2023-01", 2, 1)
    alone = january.with_(organization=UNKNOWN)
    assert counts(found(desk, alone)) == (1, 1, "2023-01", 1, 1)
    assert reporting(desk, "jobs", alone.with_(types=("51", "52", "53"))) is None


@pytest.mark.parametrize("month", ["2022-12", "2023-02", "2023-05"])
def test_in_a_month_without_reports_due_there_is_no_coverage(month: str, desk: Desk) -> None:
    assert reporting(desk, "jobs", Selection(Period(month, month))) is None


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"chains": ("GZ21-05", "GZ21-07")},
        {"districts": ("440106", "440117")},
        {"types": ("51",)},
        {"chains": ("GZ21-05",), "districts": ("440106",), "period": Period("2021-03", "2023-09")},
        {"period": Period("2022-11", "2022-11")},
    ],
)
def test_it_counts_whom_the_metrics_of_the_list_count(chosen: dict[str, object], lake_dir: Path) -> None:
    desk = Desk(Lake(lake_dir).snapshot(), DuckDBEngine(lake_dir))
    selection = default_selection(desk.snapshot).with_(**chosen)
    said = found(desk, selection)
    asked = {}
    for key in ("organizations_due", "organizations_reported"):
        asked[key] = desk.ask(key, selection, "table").by_key[("jobs",)].value
    assert (said.due, said.reported) == tuple(asked.values())
    assert said.due >= said.reported == said.due - len(said.silent) > 0
    whole, city_wide = everywhere(desk, selection), desk.ask("coverage", selection).total
    assert (whole.due, whole.reported, whole.tables) == (city_wide.denominator, city_wide.numerator, ("jobs",))
    months = [desk.ask(key, selection, "table", "month").by_key for key in asked]
    assert by_month(desk, "jobs", selection) == {
        month: (row.value, reported.value if (reported := months[1].get((table, month))) else 0)
        for (table, month), row in months[0].items()
    }


def test_who_had_several_tables_to_report_to_is_counted_once_over_all(tmp_path: Path) -> None:
    rows = [
        report(city.MOVED, "2023-01", "2023-02-10"),
        report(city.MOVED, "2023-02", "2023-03-10", "2023-03-01", table="financing"),
        report(city.BROAD, "2023-01", "2023-02-10", table="financing"),
        report(city.SCHOOL, "2023-01", "", "2023-02-01", table="aid"),
    ]
    desk = desk_over(tmp_path, rows)
    assert everywhere(desk, HALF_YEAR) == Everywhere(2, 1, ("financing", "jobs"))
    assert everywhere(desk, HALF_YEAR.with_(organization=city.SCHOOL)) == Everywhere(0, 0, ())
    assert by_month(desk, "financing", HALF_YEAR) == {"2023-01": (1, 0), "2023-02": (1, 1)}
    assert by_month(desk, "aid", HALF_YEAR) == {}
