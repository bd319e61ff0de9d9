"""What is promised of pace: the year's target, what is reached, and where last year's rhythm would be."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.insight.pace import Pace, pace
from gzdash.metrics import METRICS, metric
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city
from tests.register import BROAD, GIVING, MOVED, SOFTWARE, commit, jobs

HALF_YEAR = Selection(Period("2023-01", "2023-06"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The small city, which has targets for 2023, with 100 posts in 2022: a third of them by June."""
    lake = city.build(tmp_path / "lake")
    rows = [jobs(MOVED, "2022-01", 20), jobs(BROAD, "2022-06", 13), jobs(GIVING, "2022-10", 67)]
    commit(lake, {"jobs": rows})
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def found(desk: Desk, key: str, selection: Selection) -> Pace | None:
    """The pace by the targets of the lake."""
    return pace(desk, metric(key), selection, desk.targets())


def test_reached_of_the_target_and_where_last_years_rhythm_would_be(desk: Desk) -> None:
    # 90 posts by June 2023 of 5,000 aimed at; by June 2022 there were 33 of that year's 100.
    assert found(desk, "jobs_posted", HALF_YEAR) == Pace(Decimal("5000.00"), 90, 0.018, 0.33)


def test_the_year_counts_from_january_whatever_months_are_looked_at(desk: Desk) -> None:
    for first in ("2021-01", "2023-01", "2023-04", "2023-06"):
        shown = found(desk, "jobs_posted", Selection(Period(first, "2023-06")))
        assert shown is not None
        assert (shown.done, shown.expected) == (90, 0.33)


def test_without_a_last_year_there_is_no_rhythm(desk: Desk) -> None:
    shown = found(desk, "credit_line", HALF_YEAR)
    assert shown is not None
    assert (shown.target, shown.done, shown.expected) == (Decimal("60000000.50"), Decimal("5005320.35"), None)


def test_no_target_is_invented(desk: Desk) -> None:
    assert set(desk.targets()) == {("credit_line", 2023), ("jobs_posted", 2023)}
    assert [key for key in METRICS if found(desk, key, HALF_YEAR)] == ["credit_line", "jobs_posted"]
    assert found(desk, "jobs_posted", Selection(Period("2022-01", "2022-12"))) is None


def test_the_citys_target_is_not_that_of_a_part(desk: Desk) -> None:
    assert found(desk, "jobs_posted", HALF_YEAR.with_(chains=(SOFTWARE,))) is None
    assert found(desk, "jobs_posted", HALF_YEAR.with_(organization=MOVED)) is None
    # Jobs have no region to be narrowed by, so the figure is still the city's.
    assert found(desk, "jobs_posted", HALF_YEAR.with_(regions=("GD-NORTH",))) is not None


def test_what_counts_things_once_is_counted_since_2021(desk: Desk) -> None:
    # GIVING posted in 2022 only, five others by June 2023; by June 2022 there were two of that year's three.
    shown = pace(desk, metric("organizations_posting"), HALF_YEAR, {("organizations_posting", 2023): Decimal(10)})
    assert shown is not None
    assert (shown.done, shown.achieved) == (6, 0.6)
    assert shown.expected == pytest.approx(2 / 3)


def test_a_ratio_has_no_pace(desk: Desk) -> None:
    assert pace(desk, metric("fill_rate"), HALF_YEAR, {("fill_rate", 2023): Decimal(1)}) is None
