"""What staff do with a suspicion in a real browser: two reports are merged, the figure falls, and comes back whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gzdash.ask import Desk, default_selection
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from tests.browser.deciding import sign

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]


def credit(lake: Path) -> tuple[object, object]:
    """The credit lines of the store, de-duplicated and gross, to the cent."""
    desk = Desk(Lake(lake).snapshot(), DuckDBEngine(lake))
    selection = default_selection(desk.snapshot)
    return desk.ask("credit_line", selection).value, desk.ask("credit_line_gross", selection).value


def merged_out(page: Page) -> str:
    """What the page says was merged out of the credit lines."""
    row = page.locator(".st-key-panel_gross_and_net tr", has_text="授信额").first
    return row.locator("td").nth(3).inner_text().replace("\xa0", " ").strip()


@pytest.mark.slow
def test_two_reports_are_merged_by_a_person_the_figure_falls_and_taken_back_it_returns(
    own_lake: Path, own_server: str, open_page: Open, settle: Settle
) -> None:
    net, gross = credit(own_lake)
    assert net == gross
    page = open_page("/duplicates", base=own_server)
    assert merged_out(page) == "0 元"
    page.locator(".st-key-duplicates_commit button").click()
    settle(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert credit(own_lake) == (net, gross)

    sign(page, settle, "duplicates")
    expect(page.locator(".gz-passed")).to_be_visible()
    # The report that stays says 400,000.00, the other of the same case number 300,000.00.
    assert merged_out(page) == "30 万元"
    merged, still = credit(own_lake)
    assert (still, gross - merged) == (gross, 300_000)  # type: ignore[operator]
    expect(page.locator(".st-key-panel_merge_decisions")).to_contain_text("已核对合同")

    sign(page, settle, "take_back")
    assert merged_out(page) == "0 元"
    assert credit(own_lake) == (net, gross)
    expect(page.locator(".st-key-panel_merge_decisions")).to_have_count(0)
