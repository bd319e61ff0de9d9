"""Coverage in a real browser: the title row leads to who is late, and the list is taken home whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]


def test_who_has_reported_leads_to_who_is_late_in_the_same_selection(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment?period=2023-01..2023-07&district=440106")
    expect(page.locator(".gz-coverage")).to_contain_text("已报 1,292 / 应报 1,510 家")
    page.locator(".gz-coverage").click()
    page.wait_for_url("**/late**")
    settle(page)
    assert "district=440106" in page.url
    expect(page.locator(".gz-title h1")).to_have_text("迟报名单")
    expect(page.locator(".st-key-late_state")).to_contain_text("一份未报 218")


def test_the_list_is_downloaded_whole_and_holds_who_was_chosen(open_page: Open, settle: Settle) -> None:
    page = open_page("/late?period=2023-01..2023-07")
    page.locator(".st-key-late_state button", has_text="一份未报 1,093").click()
    settle(page)
    expect(page.locator(".st-key-panel_late")).to_contain_text("共 1,093 家，显示 1,000 家")
    with page.expect_download() as waiting:
        page.locator(".st-key-csv_late button").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 1093
    assert {row["情况"] for row in rows} == {"一份未报"}
    assert all(row["应报份数"] == row["未报份数"] for row in rows)


def test_a_figure_whose_newest_month_is_hardly_reported_is_provisional(open_page: Open) -> None:
    page = open_page("/employment?period=2023-01..2023-09")
    card = page.locator(".card", has_text="发布岗位").first
    expect(card.locator(".provisional")).to_have_text("暂定")
    expect(card.locator(".delta")).to_contain_text("9月 4\xa0% 已报")
    assert "已报 7,081 / 应报 8,059 家" in (card.locator("button").get_attribute("aria-label") or "")
    # Activities have no list of who should report: nothing is said of them.
    expect(page.locator(".card", has_text="服务活动").first.locator(".provisional")).to_have_count(0)


def test_beside_each_figure_stands_how_many_have_reported_without_pointing_at_it(open_page: Open) -> None:
    page = open_page("/employment?period=2023-01..2023-07")
    posted, held = (page.locator(".card", has_text=name).first for name in ("发布岗位", "服务活动"))
    expect(posted.locator(".reported")).to_have_text("已报 6,871/7,964 家")
    expect(held.locator(".reported")).to_have_count(0)
    overview = open_page("/?period=2023-01..2023-07")
    kinds = overview.locator(".card .kind").all_inner_texts()
    assert [one.replace("\xa0", " ") for one in kinds] == ["当期"] * 2 + ["已报 86 %"] * 3 + ["累计"] * 3
