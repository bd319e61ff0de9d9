"""What panels promise that are not full: why they are empty, the ways out, what is missing, and that others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from gzdash.ask import Desk
from gzdash.engines.faults import too_busy
from gzdash.faults import Fault, Refused
from gzdash.screen import kiosk
from gzdash.screen.remembered import forget
from gzdash.words import Text
from gzdash.words import states as said
from tests.paging import html_of, open_page

Open = Callable[..., AppTest]

pytestmark = pytest.mark.slow


@pytest.fixture
def opened(lake_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setenv("GZDASH_LAKE", str(lake_dir))

    return open_page


def failing(monkeypatch: pytest.MonkeyPatch, table: str, error: Exception) -> None:
    """Every question about one table fails from now on."""
    ask_all = Desk.ask_all

    def refuse(desk: Desk, questions: Any) -> Any:
        from gzdash.metrics import metric

        if any(metric(one.metric).subject.table == table and one.split for one in questions):
            raise error
        return ask_all(desk, questions)

    # What was made before the failure is still remembered, which is meant; here it is forgotten.
    forget()
    monkeypatch.setattr(Desk, "ask_all", refuse)


def test_an_empty_period_says_why_and_offers_the_usual_one(opened: Open) -> None:
    body = html_of(opened("employment", period="2024-01..2024-03"))
    assert "所选范围没有记录，不等于 0" in body
    assert said.NOBODY_DUE.zh in body
    assert ">看2023年1—7月</a>" in body
    assert "period=2023-01..2023-07" in body


def test_last_years_figures_alone_are_no_chart_of_this_year(opened: Open) -> None:
    test = opened("employment", period="2024-01..2024-03")
    assert not test.get("plotly_chart")


def test_a_period_reported_in_part_says_what_is_missing_on_every_panel_of_it(opened: Open) -> None:
    body = html_of(opened("employment", "en", period="2023-01..2023-09"))
    why = "Sep 2023: only 4\u00a0% of the organizations reported; provisional, not compared with last year"
    # Months, chains, member units and the table: four panels that are counted from the monthly report on jobs.
    assert body.count(f'<p class="gz-partial" role="status">{why}</p>') == 4


def test_a_panel_that_is_refused_says_so_in_its_place_and_the_others_go_on(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Fault(
        "lake-file-damaged", Text("快照读不完整", "The snapshot is incomplete"), "aid/2023-05", Text("恢复", "Restore")
    )
    failing(monkeypatch, "aid", Refused(fault))
    test = opened("overview")
    body = html_of(test)
    assert not test.exception
    assert "快照读不完整" in body
    assert "aid/2023-05" in body
    assert said.OTHERS_GO_ON.zh in body
    assert test.button(key="again_aid_map")
    assert test.button(key="earlier_aid_map").label == "看快照 61"
    # The charts of industry and employment are there.
    assert len(test.get("plotly_chart")) == 2


def test_several_panels_of_a_kind_may_be_refused_and_a_wall_asks_for_them_again(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened("overview", kiosk="1").session_state[kiosk._SHOWN] == 62
    with monkeypatch.context() as busy:
        forget()
        busy.setattr(Desk, "ask_all", refuse_all)
        busy.setattr(Desk, "ask", refuse_all)
        test = opened("overview", kiosk="1")
    assert not test.exception
    assert html_of(test).count("现在查询的人太多，没有轮到这一次。") > 3
    assert test.session_state[kiosk._SHOWN] is None
    assert not test.run().exception
    assert test.session_state[kiosk._SHOWN] == 62


def refuse_all(*_: Any, **__: Any) -> Any:
    """What a busy engine says to every question."""
    raise Refused(too_busy())


def test_what_nobody_foresaw_is_logged_whole_under_the_code_that_the_reader_sees(
    opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing(monkeypatch, "financing", ZeroDivisionError("a mistake of ours"))
    with caplog.at_level(logging.ERROR, "gzdash"):
        body = html_of(opened("overview"))
    assert said.WENT_WRONG.zh in body
    assert "a mistake of ours" not in body
    record = next(one for one in caplog.records if one.exc_info and "a mistake of ours" in str(one.exc_info[1]))
    assert record.getMessage()[:8].startswith("E-")


def test_a_page_on_its_way_has_its_shape_and_makes_way_for_it(opened: Open) -> None:
    assert "gz-skeleton" not in html_of(opened("overview")).split("</style>")[-1]
