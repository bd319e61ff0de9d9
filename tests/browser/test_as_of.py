"""Looking back in a real browser: choose a day, see the page marked and as it was, come back to now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]


def posts(page: Page) -> str:
    """The figure of the first card, as written."""
    return page.locator(".card", has_text="发布岗位").first.locator("button").inner_text().strip()


def test_a_day_is_chosen_the_page_is_marked_and_the_button_leads_back(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    assert posts(page) == "3,057"
    page.locator(".st-key-popover_as_of button").first.click()
    page.locator('.st-key-as_of_day [data-type="year"]').click()
    page.keyboard.type("20230516")
    # A date that was typed is taken when the field is left.
    page.get_by_text("或选一次最近的变动").click()
    settle(page)
    expect(page.locator(".gz-then")).to_contain_text("快照 40，2023年5月16日 09:40；不是现在的")
    assert "as_of=40" in page.url
    # By then posts of January to April had come in, and March still stood as it was first reported.
    assert posts(page) == "1,593"
    page.locator(".st-key-back_to_now button").click()
    settle(page)
    expect(page.locator(".gz-then")).to_have_count(0)
    assert posts(page) == "3,057"
    assert "as_of" not in page.url


def test_a_link_with_a_date_opens_the_page_of_that_day(open_page: Open) -> None:
    page = open_page("/employment?as_of=2023-05-16", language="en")
    expect(page.locator(".gz-then")).to_contain_text("snapshot 40, 16 May 2023 09:40; not as it is now")
    assert "as_of=40" in page.url


def test_a_reader_who_comes_back_after_a_pause_is_told_since_when(open_page: Open, settle: Settle) -> None:
    page = open_page("/restatements")
    (cookie,) = (one for one in page.context.cookies() if one["name"] == "gzdash_visit")
    assert cookie["sameSite"] == "Strict"
    lake, *_ = cookie["value"].split(".")
    # As if the last page had been opened on 2023-05-16 at 12:00, when 40 was the newest event.
    page.context.add_cookies([{**cookie, "value": f"{lake}.0.0.40.1684209600"}])
    page.reload()
    settle(page)
    expect(page.get_by_role("combobox")).to_have_value("上次查看：2023年5月16日 09:40，快照 40")
    expect(page.locator("tr", has_text="更正：2023年3月部分组织重复计算岗位，重报").first).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("combobox")).to_have_value("上次查看：2023年5月16日 09:40，快照 40")
