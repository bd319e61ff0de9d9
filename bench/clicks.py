"""A click in a real browser and what it cost, on the bare page and on the overview."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.servers import HOST
from tests.browser_setup import find_browser

WATCH = Path(__file__).with_name("watch.js")
CHAINS = ".st-key-filter_chains button"
EVERYTHING = ".st-key-all_chains button"
LETTERS = ".st-key-letter button"
# A selection with which nobody foresees any chain: of the associations alone.
NARROWED = "type=51"
WIDTH, HEIGHT = 1440, 900
READY_MS = 60_000


@dataclass(frozen=True, slots=True)
class Click:
    """What one click cost, in ms after it: `changed`, the figure was another; `answered`, the last message of the
    server had come; `painted`, the last change was on the screen. `browser_busy` adds up the browser's tasks of
    more than 50 ms."""

    changed: float
    answered: float
    painted: float
    browser_busy: float
    kilobytes: float
    messages: int


@dataclass(frozen=True, slots=True)
class Figure:
    """The text that must change: the first that fits `selector`, in the shadow tree of `within` where named."""

    selector: str
    within: str = ""

    def as_json(self) -> dict[str, str]:
        """As `watch.js` takes it."""
        return {"selector": self.selector, "within": self.within}


SAID = Figure(".st-key-said [data-testid='stText']")
POSTS = Figure("button[data-key='jobs_posted']", ".st-key-cards_overview_employment")


class BarePage:
    """The bare page, opened; each click chooses the next letter."""

    def __init__(self, page: Page, url: str) -> None:
        self._page, self._clicks = page, 0
        _open(page, url, SAID)

    def click(self) -> Click:
        """Choose the next letter."""
        letter = self._clicks % self._page.locator(LETTERS).count()
        self._clicks += 1
        return _click(self._page, LETTERS, letter, SAID)


class Overview:
    """The overview, opened, with the popover of the chains filter open."""

    def __init__(self, page: Page, url: str) -> None:
        self._page = page
        _open(page, url, POSTS)
        page.click(".st-key-popover_chains button")
        page.wait_for_selector(CHAINS)

    @property
    def chains(self) -> int:
        """How many chains can be chosen."""
        return self._page.locator(CHAINS).count()

    def choose(self, chain: int) -> Click:
        """Choose one chain where none was chosen."""
        return _click(self._page, CHAINS, chain, POSTS)

    def take_back(self) -> Click:
        """Back to all chains."""
        return _click(self._page, EVERYTHING, 0, POSTS)


@contextmanager
def browser_pages(count: int) -> Iterator[list[Page]]:
    """Pages of one Chromium that can reach this machine and nothing else, each in a context of its own."""
    flags = [
        "--disable-gpu",
        "--disable-background-networking",
        f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to sandbox for root.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield [_new_page(chromium) for _ in range(count)]
        chromium.close()


def _new_page(chromium: Browser) -> Page:
    size: ViewportSize = {"width": WIDTH, "height": HEIGHT}
    return chromium.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()


def _open(page: Page, url: str, figure: Figure) -> None:
    page.add_init_script(path=WATCH)
    page.goto(url)
    page.wait_for_selector(figure.selector, timeout=READY_MS)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=READY_MS)
    page.wait_for_timeout(1_000)  # Charts load their library once, and late.


def _click(page: Page, selector: str, place: int, figure: Figure) -> Click:
    page.bring_to_front()  # A page behind another draws no frames.
    took = (
        page.locator(selector)
        .nth(place)
        .evaluate("(target, figure) => window.bench.click(target, figure)", figure.as_json())
    )
    return Click(**took)
