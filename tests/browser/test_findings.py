"""The faults of an import in a real browser: from the list to the sender's own cell and back, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_imports import ORGANIZATION, choose_jobs, csv_file

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"
WRONG_MONTH = f"2023年13月,{ORGANIZATION},社会组织,高校毕业生,软件和信创,3,1"
WRONG_CHAIN = f"2023年12月,{ORGANIZATION},社会组织,高校毕业生,{HOSTILE},3,9"


def faulty(page: Page, settle: Callable[[Page], Page], folder: Path, *lines: str) -> None:
    """Upload a file with these rows."""
    choose_jobs(page, settle)
    page.set_input_files("input[type=file]", str(csv_file(folder, "坏.csv", *lines)))
    settle(page)


def test_a_row_of_the_list_and_its_cell_lead_to_each_other_by_keyboard(
    open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    page = open_page("/imports")
    faulty(page, settle, tmp_path, WRONG_MONTH, WRONG_CHAIN)
    row = page.get_by_role("button", name="E3", exact=True)
    row.focus()
    page.keyboard.press("Enter")
    cell = page.get_by_role("button", name="错误 2：回到清单")
    expect(cell).to_be_focused()
    expect(page.get_by_role("region", name="原表对照").get_by_text(HOSTILE, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="提醒 3：回到清单")).to_be_focused()


def test_more_faults_than_a_group_are_paged_list_and_sheet_together(
    open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    page = open_page("/imports")
    faulty(page, settle, tmp_path, *[WRONG_MONTH] * 60)
    expect(page.get_by_text("第 1—50 处，共 60 处")).to_be_visible()
    expect(page.get_by_role("button", name="A52", exact=True)).to_have_count(0)
    page.get_by_role("button", name="下一组").click()
    settle(page)
    expect(page.get_by_text("第 51—60 处，共 60 处")).to_be_visible()
    page.get_by_role("button", name="A52", exact=True).click()
    expect(page.get_by_role("button", name="错误 51：回到清单")).to_be_focused()


def test_on_a_narrow_screen_the_sheet_is_behind_a_button(
    open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    page = open_page("/imports", width=390, height=844)
    faulty(page, settle, tmp_path, WRONG_MONTH)
    sheet = page.get_by_role("region", name="原表对照")
    expect(sheet).not_to_be_visible()
    page.get_by_text("看原表对照").click()
    expect(sheet).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
