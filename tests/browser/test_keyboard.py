"""Filter, read, download: the whole task without a mouse, and every way into what floats above a page and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Settle = Callable[[Page], Page]
Open = Callable[..., Page]

MOST_STOPS = 60

NAME = """() => {
    let node = document.activeElement;
    while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return (node.ariaLabel || node.textContent || "").trim();
}"""
INSIDE = "selector => document.querySelector(selector)?.contains(document.activeElement) ?? false"
POPOVER = "[data-testid='stPopoverBody']"
DIALOG = "[data-testid='stDialog']"


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press the Tab key until what has the focus begins with that name."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate(NAME).startswith(name):
            return
    pytest.fail(f"{name} is not reached by {MOST_STOPS} stops")


def inside(page: Page, selector: str) -> None:
    """Returns when the focus has moved into that part of the page."""
    page.wait_for_function(INSIDE, arg=selector)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_filter_read_and_download_by_keyboard_alone(
    width: int, height: int, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    page = open_page("/employment", width=width, height=height)
    tab_to(page, "产业链")
    press(page, "Enter")
    inside(page, POPOVER)
    assert page.evaluate(NAME) == "智能网联与新能源汽车"
    press(page, *["ArrowRight"] * 4, "Space")
    settle(page)
    assert "chain=GZ21-05" in page.url
    press(page, "Escape")
    assert page.evaluate(NAME).startswith("产业链")

    tab_to(page, "发布岗位 486")
    press(page, "Enter")
    expect(page.get_by_test_id("stDialog")).to_be_visible()
    inside(page, DIALOG)
    exact = page.get_by_test_id("stDialog").locator("dt", has_text="算法").locator("+ dd")
    assert exact.inner_text().rpartition("=")[2].split() == ["486", "个"]
    settle(page)
    press(page, "Escape")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    page.wait_for_function(f"({NAME})().startsWith('发布岗位 486')")

    tab_to(page, "下载 CSV")
    with page.expect_download() as download:
        press(page, "Enter")
    download.value.save_as(tmp_path / "jobs.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "jobs.csv").read_text("utf-8-sig"))))
    posted = next(name for name in rows[0] if name.startswith("发布岗位"))
    assert sum(int(row[posted].replace(",", "")) for row in rows) == 486


def test_a_popover_is_entered_and_left_as_if_it_stood_behind_its_button(open_page: Open) -> None:
    page = open_page("/employment")
    body = page.get_by_test_id("stPopoverBody")
    tab_to(page, "产业链")
    press(page, "Enter")
    inside(page, POPOVER)
    press(page, "Tab")
    expect(body).to_have_count(0)
    assert page.evaluate(NAME).startswith("地区")
    press(page, "Shift+Tab", "Space")
    inside(page, POPOVER)
    press(page, "Shift+Tab")
    expect(body).to_have_count(0)
    assert page.evaluate(NAME).startswith("产业链")


def test_a_popover_is_named_in_words_not_in_markup(open_page: Open) -> None:
    page = open_page("/employment")
    tab_to(page, "产业链")
    press(page, "Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_have_attribute("aria-label", "产业链\u2002全部 21 条")


def test_a_row_of_a_table_twin_is_questioned_and_the_keyboard_comes_back_to_its_button(
    open_page: Open, settle: Settle
) -> None:
    page = open_page("/employment")
    tab_to(page, "看成表格")
    press(page, "Enter")
    inside(page, POPOVER)
    tab_to(page, "2023年2月")
    press(page, "Enter")
    expect(page.get_by_test_id("stDialog")).to_be_visible()
    settle(page)
    press(page, "Escape")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.wait_for_function(f"({NAME})().startsWith('看成表格')")


def test_the_menu_under_a_chart_narrows_the_page(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    tab_to(page, "看成表格")
    press(page, "Tab", "ArrowDown", "ArrowDown", "Enter")
    settle(page)
    assert "period=2023-02..2023-02" in page.url


def test_the_map_is_walked_with_the_arrows(open_page: Open, settle: Settle) -> None:
    page = open_page("/rural")
    page.locator(".map [data-code='441800']").focus()
    press(page, "ArrowRight")
    assert page.evaluate(NAME).startswith("韶关")
    press(page, "Enter")
    settle(page)
    assert "region=440200" in page.url
