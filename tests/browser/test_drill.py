"""Narrowing in a real browser: clicks on marks, crumbs, Back, the map level by level, and all of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]

# Plotly binds each drawn trace to its points, and each mark to its own; the n-th point carries the n-th customdata.
MARK = """([chart, code]) => {
    for (const trace of document.querySelectorAll(`.st-key-chart_${chart} .trace`)) {
        const points = trace.__data__ ?? [];
        const place = [...(points[0]?.trace.customdata ?? [])].indexOf(code);
        const mark = [...trace.querySelectorAll(".point")].find((one) => one.__data__ === points[place]);
        const shape = mark?.querySelector("path") ?? mark;
        if (place < 0 || !shape?.getBoundingClientRect().width) continue;
        shape.scrollIntoView({ block: "center", behavior: "instant" });
        const { left, right, top, bottom } = shape.getBoundingClientRect();
        return [(left + right) / 2, (top + bottom) / 2];
    }
    return null;
}"""
# What has the keyboard, in whatever shadow root it stands.
HELD = """() => {
    let held = document.activeElement;
    while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
    return held?.getAttribute("aria-label") ?? held?.textContent ?? "";
}"""


def over_mark(page: Page, chart: str, code: str) -> tuple[float, float]:
    """Where the mark of a part stands; the pointer is over it."""
    place = page.evaluate(MARK, [chart, code])
    assert place, f"{chart} draws no mark for {code}"
    x, y = page.evaluate(MARK, [chart, code])
    page.mouse.move(x, y)
    return x, y


def click_mark(page: Page, chart: str, code: str, settle: Settle) -> None:
    """Click a mark as it is drawn."""
    page.mouse.click(*over_mark(page, chart, code))
    settle(page)


def query(page: Page) -> str:
    """The parameters of the page's address."""
    return page.url.partition("?")[2]


def trail(page: Page, key: str) -> str:
    """The crumbs of one filter as they are read."""
    lines = page.locator(f".st-key-trail_{key}").inner_text().split("\n")
    return " › ".join(line for line in lines if line)


def figure(page: Page, label: str) -> str:
    """The figure of the card with this label."""
    return page.locator(".card", has_text=label).first.locator("button").inner_text().strip()


@pytest.mark.parametrize(
    ("where", "chart", "code", "parameter"),
    [
        ("employment", "jobs_by_chain", "GZ21-05", "chain=GZ21-05"),
        ("employment", "jobs_by_month", "2023-03", "period=2023-03..2023-03"),
        ("employment", "events_by_district", "440111", "district=440111"),
        ("organizations", "organizations_by_type", "52", "type=52"),
        ("organizations", "founded_by_year", "2022", "period=2022-01..2022-12"),
        ("rural", "aid_beside_map_prefecture", "441800", "region=441800"),
        ("rural", "projects_by_group", "GD-NORTH", "region=GD-NORTH"),
    ],
)
def test_a_click_on_a_mark_narrows_and_back_returns_exactly(
    where: str, chart: str, code: str, parameter: str, open_page: Open, settle: Settle
) -> None:
    page = open_page(f"/{where}")
    before = page.url
    click_mark(page, chart, code, settle)
    assert parameter in query(page)
    page.go_back()
    settle(page)
    assert page.url == before
    expect(page.locator(".st-key-crumbs button")).to_have_count(0)
    # The click before has left nothing behind: the same one narrows again.
    click_mark(page, chart, code, settle)
    assert parameter in query(page)


def test_a_click_and_the_filter_lead_to_the_same_address(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    click_mark(page, "jobs_by_chain", "GZ21-05", settle)
    clicked, posts = query(page), figure(page, "发布岗位")
    other = open_page("/employment")
    other.locator(".st-key-popover_chains button").first.click()
    other.get_by_test_id("stPopoverBody").get_by_role("button", name="软件和信创", exact=True).click()
    settle(other)
    assert (
        (query(other), figure(other, "发布岗位"))
        == (clicked, posts)
        == ("period=2023-01..2023-07&chain=GZ21-05", "486")
    )


def test_one_item_is_figures_in_a_row_and_the_crumb_leads_back(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    click_mark(page, "jobs_by_chain", "GZ21-05", settle)
    panel = page.locator(".st-key-panel_jobs_by_chain")
    expect(panel.locator(".js-plotly-plot")).to_have_count(0)
    expect(panel).to_contain_text("软件和信创：发布岗位 486\u00a0个，实际招聘 331\u00a0人")
    click_mark(page, "jobs_by_month", "2023-06", settle)
    assert trail(page, "period") == "2023年1—7月 › 6月"
    assert trail(page, "chains") == "全部产业链 › 软件和信创"
    page.get_by_role("button", name="全部产业链").first.click()
    settle(page)
    assert query(page) == "period=2023-06..2023-06"
    page.get_by_role("button", name="2023年1—7月", exact=True).first.click()
    settle(page)
    assert figure(page, "发布岗位") == "3,057"


def test_a_narrowed_view_survives_reload_and_language(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    click_mark(page, "jobs_by_chain", "GZ21-05", settle)
    click_mark(page, "jobs_by_month", "2023-03", settle)
    narrowed = query(page)
    page.reload()
    settle(page)
    assert query(page) == narrowed
    assert trail(page, "period") == "2023年1—7月 › 3月"
    page.locator(".st-key-language_en button").click()
    settle(page)
    assert query(page) == f"{narrowed}&lang=en"
    assert trail(page, "chains") == "All chains › Software and Xinchuang"
    assert trail(page, "period") == "Jan–Jul 2023 › Mar"


def test_of_overlapping_parts_another_one_can_be_clicked_and_the_same_one_widens(
    open_page: Open, settle: Settle
) -> None:
    """Organizations serve several chains, so that more than the chosen one stay drawn."""
    page = open_page("/organizations")
    click_mark(page, "organizations_by_chain", "GZ21-05", settle)
    click_mark(page, "organizations_by_chain", "GZ21-10", settle)
    assert "chain=GZ21-10" in query(page)
    click_mark(page, "organizations_by_chain", "GZ21-10", settle)
    assert query(page) == ""


def test_a_split_that_is_no_filter_does_nothing_and_shows_no_hand(open_page: Open, settle: Settle) -> None:
    page = open_page("/industry")
    cursor = "chart => getComputedStyle(document.querySelector(`.st-key-chart_${chart} .nsewdrag`)).cursor"
    over_mark(page, "credit_by_chain", "GZ21-05")
    expect(page.locator(".st-key-chart_credit_by_chain .hovertext")).to_have_count(1)
    assert page.evaluate(cursor, "credit_by_chain") == "pointer"
    over_mark(page, "credit_by_firm_size", "medium")
    expect(page.locator(".st-key-chart_credit_by_firm_size .hovertext")).to_have_count(1)
    assert page.evaluate(cursor, "credit_by_firm_size") != "pointer"
    click_mark(page, "credit_by_firm_size", "medium", settle)
    assert query(page) == ""


def test_the_keyboard_narrows_a_chart_by_its_menu(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    page.locator(".st-key-twin_jobs_by_chain button").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(HELD) == "缩小到…"
    page.keyboard.type("软件")
    page.keyboard.press("Enter")
    settle(page)
    assert query(page) == "period=2023-01..2023-07&chain=GZ21-05"
    page.get_by_role("button", name="全部产业链").first.focus()
    page.keyboard.press("Enter")
    settle(page)
    assert query(page) == ""


def test_the_map_goes_in_and_out_by_keyboard_and_keeps_it(open_page: Open, settle: Settle) -> None:
    page = open_page("/rural")
    page.get_by_role("button", name="清远市").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(HELD).startswith("韶关市")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    settle(page)
    assert "region=441800" in query(page)
    for _ in range(9):
        if page.evaluate(HELD).startswith("连南瑶族自治县"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settle(page)
    assert "region=441826" in query(page)
    assert page.evaluate(HELD).startswith("连南瑶族自治县")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settle(page)
    assert trail(page, "regions") == "全省 › 清远市 › 连南瑶族自治县 › 三排镇"
    for parameter in ("region=441826", "region=441800", ""):
        page.keyboard.press("Escape")
        settle(page)
        assert query(page).partition("&")[2] == parameter
        assert page.evaluate(HELD)


def test_a_click_on_the_map_goes_in_and_one_click_leads_back(open_page: Open, settle: Settle) -> None:
    page = open_page("/rural")
    page.get_by_role("button", name="清远市").first.click()
    settle(page)
    expect(page.locator(".st-key-panel_aid_beside_map_county")).to_contain_text("连南瑶族自治县")
    ring = page.locator(".point .reach").first.evaluate("one => one.getBoundingClientRect().toJSON()")
    page.mouse.click(ring["x"], ring["y"])
    settle(page)
    assert "region=441826105" in query(page)
    page.locator(".st-key-crumb_regions_1 button").first.click()
    settle(page)
    assert "region=441800" in query(page)
    page.locator(".st-key-crumb_regions_0 button").first.click()
    settle(page)
    assert query(page) == ""
