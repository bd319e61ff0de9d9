"""How a person decides on a page: who and why, then the button."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page


def sign(page: Page, settle: Callable[[Page], Page], place: str, why: str = "已核对合同") -> None:
    """Says who and why in the form whose widgets are called `place`, and presses its button."""
    page.locator(f".st-key-{place}_who input").fill("测试员")
    page.locator(f".st-key-{place}_why input").fill(why)
    page.keyboard.press("Tab")
    settle(page)
    page.locator(f".st-key-{place}_commit button").click()
    settle(page)
