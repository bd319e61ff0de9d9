"""What staff do with a finding in a real browser: they see its cells, dismiss it, and put it back on the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gzdash.lake import Lake
from tests.browser.deciding import sign

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]

SALON = "参加人次（沙龙论坛）：4,500 人次，平常 41 人次，是平常的 110 倍；像是多写了两位"


def found(page: Page) -> list[str]:
    """The findings on the list, each in its words."""
    rows = page.locator(".st-key-panel_suspicions tbody tr td:nth-child(7)")
    return [text.replace("\xa0", " ").strip() for text in rows.all_inner_texts()]


@pytest.mark.slow
def test_a_finding_shows_its_cells_is_dismissed_with_a_reason_and_put_back(
    own_lake: Path, own_server: str, open_page: Open, settle: Settle
) -> None:
    page = open_page("/suspicions", base=own_server)
    assert found(page)[0] == SALON
    rows = page.locator(".st-key-panel_look tbody tr")
    expect(rows.first).to_contain_text("4,500")
    expect(rows.first).to_contain_text("J118")
    expect(rows.first).to_contain_text("活动台账")
    page.locator(".st-key-suspicions_commit button").click()
    settle(page)
    expect(page.get_by_role("alert")).to_be_visible()

    sign(page, settle, "suspicions", "已电话核实")
    expect(page.locator(".gz-passed")).to_be_visible()
    # A day later more reports are due, so who is silent is not asked here.
    assert found(page)
    assert SALON not in found(page)
    expect(page.locator(".st-key-panel_dismissals")).to_contain_text("已电话核实")
    assert Lake(own_lake).imports()[-1].tables == ("dismissals",)

    sign(page, settle, "take_back", "看错了")
    assert found(page)[0] == SALON
    expect(page.locator(".st-key-panel_dismissals")).to_have_count(0)


def test_one_kind_alone_is_listed_and_looked_at(open_page: Open, settle: Settle) -> None:
    page = open_page("/suspicions", language="en")
    page.locator(".st-key-suspicions_kind").get_by_text("Unit jumps 3").click()
    settle(page)
    assert len(found(page)) == 3
    expect(page.locator(".st-key-panel_look")).to_contain_text("Participants (salon or forum): 4,500")
