"""What a table promises: the whole above its parts, what changed since last year, bars of rates, nothing dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gzdash.answer import Question
from gzdash.ask import Desk, default_selection
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.screen.grid import _asked, payload
from gzdash.screen.sheets import answers
from gzdash.screen.view import View
from gzdash.theme import LIGHT
from gzdash.words import Language, Text

TITLE = Text("明细", "In full")


@pytest.fixture(scope="module")
def desk(lake_dir: Path) -> Desk:
    lake = Lake(lake_dir)
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def table(desk: Desk, split: str, *metrics: str, last_year: tuple[str, ...] = (), language: Language = "zh") -> Any:
    view = View("employment", language, LIGHT, desk, default_selection(desk.snapshot))
    return payload(view, answers(view, "drawn", TITLE, split, *metrics, last_year=last_year).sorted_by(metrics[0]))


def test_the_whole_stands_above_its_parts_with_what_changed_since_last_year(desk: Desk) -> None:
    made = table(desk, "chain", "jobs_posted", "graduates_hired", "fill_rate", last_year=("graduates_hired",))
    assert made["headers"] == [
        "产业链",
        "发布岗位（个）",
        "实际招聘（人）",
        "招聘率（%）",
        "去年同期实际招聘（人）",
        "增减（人）",
        "占增减",
    ]
    assert made["total"] == ["合计", "3,057", "1,835", "60.0", "1,498", "+337", "100.0\u00a0%"]
    assert made["rows"][0] == ["软件和信创", "486", "331", "68.1", "213", "+118", "35.0\u00a0%"]
    assert len(made["rows"]) == 22
    assert (made["fold"], made["more"]) == (12, "其余 10 行，展开")


def test_a_rate_has_a_bar_in_each_row_and_in_the_whole(desk: Desk) -> None:
    made = table(desk, "chain", "jobs_posted", "graduates_hired", "fill_rate")
    assert [column is not None for column in made["bars"]] == [False, False, False, True]
    assert made["bars"][3][0] == 0.6811
    assert made["bars"][3][-1] == 0.6003
    assert len(made["bars"][3]) == len(made["rows"]) + 1


def test_where_parts_share_what_they_count_the_whole_is_not_called_a_total(desk: Desk) -> None:
    made = table(desk, "chain", "organizations", language="en")
    assert made["total"] == ["All", "7,943"]


def test_a_month_hardly_reported_and_a_whole_that_holds_it_are_not_compared(desk: Desk) -> None:
    view = View("employment", "zh", LIGHT, desk, default_selection(desk.snapshot))
    shown = answers(view, "drawn", TITLE, "month", "graduates_hired", last_year=("graduates_hired",))
    made: Any = payload(view, replace(shown, torn=frozenset({"2023-07"})))
    assert made["headers"] == ["月份", "实际招聘（人）", "去年同期实际招聘（人）", "增减（人）"]
    assert made["total"] == ["合计", "1,835", "1,498", "—"]
    assert made["rows"][-2] == ["2023年6月", "401", "318", "+83"]
    # Both figures stay: each is what was recorded.
    assert made["rows"][-1] == ["2023年7月", "284", "246", "—"]


def test_the_row_of_the_whole_opens_the_question_that_is_not_split(desk: Desk) -> None:
    selection = default_selection(desk.snapshot)
    view = View("employment", "zh", LIGHT, desk, selection)
    shown = answers(view, "drawn", TITLE, "chain", "fill_rate", last_year=("fill_rate",))
    asked = [(one.question, one.key) for one in _asked(shown, len(shown))]
    assert asked == [
        (Question("fill_rate", selection), None),
        (Question("fill_rate", selection.year_before()), None),
    ]


def test_a_short_table_folds_nothing(desk: Desk) -> None:
    made = table(desk, "month", "jobs_posted")
    assert (len(made["rows"]), made["fold"], made["more"]) == (7, 0, "")
