"""What a page as of a date promises: it is what was, says so, and leads back; frozen and current stand side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from gzdash.lake import Lake
from gzdash.period import Period
from gzdash.screen import source
from gzdash.selection import moment_of
from gzdash.words import Language
from tests import register as city
from tests.paging import html_of, open_page
from tests.register import SCHOOL, commit, jobs, ticking

HALF = "2023-01..2023-06"

Open = Callable[..., AppTest]


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """The small city, whose five events were on 2023-09-10 from 10:00 on, one an hour."""
    made = city.build(tmp_path / "lake")
    monkeypatch.setenv("GZDASH_LAKE", str(made.root))
    return Lake(made.root, ticking("2023-09-12T09:00:00"))


@pytest.fixture
def opened(lake: Lake) -> Open:
    return open_page


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-09-18", "2023-09-18T23:59:59.999999"),
        ("20230918", "2023-09-18T23:59:59.999999"),
        ("2023-09-18T09:50", "2023-09-18T09:50:00"),
        ("2023-09-18 09:50+08:00", "2023-09-18T09:50:00+08:00"),
        ("58", None),
        ("1234567", None),
        ("123456789", None),
        ("²", None),
        ("", None),
        ("2023-13-01", None),
        ("x" * 5000, None),
    ],
)
def test_a_day_means_its_end_and_a_number_is_no_time(text: str, moment: str | None) -> None:
    found = moment_of(text)
    assert (found.isoformat() if found else None) == moment


@pytest.mark.parametrize(
    ("given", "event"),
    [("3", "3"), ("2023-09-10", "5"), ("2023-09-10T11:30", "2"), ("2023-09-09", "0"), ("20230910", "5")],
)
def test_a_date_in_the_url_becomes_the_newest_event_then(given: str, event: str, lake: Lake) -> None:
    assert source.numbered({"as_of": given, "chain": "GZ21-05"}) == {"as_of": event, "chain": "GZ21-05"}
    assert source.numbered({"chain": "x"}) == {"chain": "x"}


@pytest.mark.slow
def test_a_page_as_of_a_date_shows_what_was_is_marked_and_leads_back(opened: Open) -> None:
    test = opened("employment", period=HALF, as_of="2023-09-10T11:30")
    assert not test.exception
    assert test.query_params == {"period": HALF, "as_of": "2"}
    assert "当时的数据：快照 2，2023年9月10日 11:00；不是现在的" in html_of(test)
    test.button(key="back_to_now").click().run()
    assert "as_of" not in test.query_params
    assert "当时的数据" not in html_of(test)
    assert test.session_state["period_first"] == "2023-01"


def choosing(test: AppTest) -> AppTest:
    """The page with the control open: it is filled when somebody opens it."""
    test.session_state["popover_as_of"] = True
    return test.run()


@pytest.mark.slow
def test_a_date_or_an_event_is_chosen_in_the_filters_and_the_period_stays(opened: Open, lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(SCHOOL, "2023-08")]})
    test = opened("employment")
    before = (test.session_state["period_first"], test.session_state["period_last"])
    assert "as_of_3" not in {one.key for one in test.button}
    choosing(test).date_input(key="as_of_day").set_value(date(2023, 9, 10)).run()
    assert test.query_params["as_of"] == "5"
    assert test.session_state["as_of_day"] is None
    choosing(test).button(key="as_of_3").click().run()
    assert test.query_params["as_of"] == "3"
    assert (test.session_state["period_first"], test.session_state["period_last"]) == before
    choosing(test).button(key="as_of_now").click().run()
    assert "as_of" not in test.query_params


@pytest.mark.slow
def test_before_there_was_any_data_a_page_says_so(opened: Open) -> None:
    test = opened("overview", as_of="2020-01-01")
    assert "那时还没有数据" in html_of(test)
    assert not test.exception


@pytest.mark.slow
@pytest.mark.parametrize("page", ["imports", "restatements"])
def test_pages_that_write_say_that_they_act_on_now(page: str, opened: Open) -> None:
    assert "本页的操作只作用于现在的数据" in html_of(opened(page, as_of="3"))


@pytest.mark.slow
def test_frozen_and_current_figures_stand_side_by_side_only_where_they_differ(opened: Open, lake: Lake) -> None:
    event = lake.freeze("半年报", Period.parse(HALF), "李", "已上报")
    same = opened("employment", period=HALF)
    assert "已冻结（半年报，李，2023年9月12日），与现在一致" in html_of(same)
    assert "已冻结" not in html_of(opened("employment", period="2023-01..2023-07"))
    commit(lake, {"jobs": [jobs(SCHOOL, "2023-03", 500)]})
    body = html_of(opened("employment", period=HALF))
    assert "已冻结（半年报），3 项与现在不同" in body
    assert re.search(rf'href="\?period={HALF}&amp;as_of={event}&amp;lang=zh"', body)
    assert "已冻结（半年报），3 项与现在不同" in html_of(opened("employment", period="2023-03..2023-04"))
    assert "已冻结" not in html_of(opened("employment", period="2023-01..2023-02"))
    longer = html_of(opened("employment", period="2023-01..2023-07"))
    assert "已冻结（半年报），3 项与现在不同" in longer
    assert re.search(rf'href="\?period={HALF}&amp;as_of={event}&amp;lang=zh"', longer)
    assert "已冻结" not in html_of(opened("employment", period="2023-05..2023-07"))
    assert "已冻结" not in html_of(opened("employment", period=HALF, as_of=str(event)))
    lake.thaw(event, "李", "重报")
    assert "已冻结" not in html_of(opened("employment", period=HALF))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_period_is_frozen_and_thawed_on_the_page(language: Language, opened: Open, lake: Lake) -> None:
    test = opened("restatements", language, period=HALF)
    test.button(key="freeze").click().run()
    assert lake.freezes() == ()
    for key, text in (("freeze_name", "半年报"), ("freeze_who", "李"), ("freeze_why", "已上报")):
        test.text_input(key=key).set_value(text)
    test.button(key="freeze").click().run()
    (one,) = lake.freezes()
    assert (one.name, str(one.period), one.who, one.why, one.thawed) == ("半年报", HALF, "李", "已上报", False)
    test.text_input(key="thaw_who").set_value("王")
    test.text_input(key="thaw_why").set_value("报错了")
    test.button(key="thaw").click().run()
    assert not test.exception
    assert [one.thawed for one in lake.freezes()] == [True]
    assert [(event.kind, event.who, event.why) for event in lake.events()[-1:]] == [("thaw", "王", "报错了")]


@pytest.mark.slow
def test_a_read_only_system_offers_no_freezing(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    test = opened("restatements")
    assert "系统为只读，不能冻结或解冻。" in html_of(test)
    assert not [button for button in test.button if button.key in ("freeze", "thaw")]


@pytest.mark.slow
def test_the_overview_says_in_one_line_what_changed_and_nothing_when_nothing_did(opened: Open, lake: Lake) -> None:
    assert 'class="gz-since"' not in html_of(opened("overview", period="2023-03..2023-03"))
    late = Lake(lake.root, ticking("2023-12-01T09:00:00"))
    general = jobs(SCHOOL, "2023-03", 3, audience="general", hires=1, member_units_mobilised=2)
    commit(late, {"jobs": [jobs(SCHOOL, "2023-03", 17), general]})
    body = html_of(opened("overview", period="2023-03..2023-03"))
    assert "自 2023年9月10日 以来：1 个月份的 2 个指标有变动，最大：2023年3月发布岗位 +12" in body
