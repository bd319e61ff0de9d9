"""The overview as a cockpit: one screen without scrolling, a wall that refreshes itself, one sheet of paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, logged, serving

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


def depth(page: Page) -> int:
    """How tall the page is, in CSS pixels; the height of the screen where it fits."""
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_screen_holds_the_whole_overview_without_scrolling(theme: str, open_page: Open) -> None:
    assert depth(open_page("/", theme=theme)) == 900


def test_a_wall_screen_has_no_controls_and_larger_figures_and_holds_the_whole(open_page: Open) -> None:
    page = open_page("/?kiosk=1", width=1920, height=1080)
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()
    for control in ("filters", "language_switch", "crumbs", "row_rural button", "why_credit_line"):
        expect(page.locator(f".st-key-{control}")).to_have_count(0)
    assert depth(page) == 1080
    assert "kiosk=1" in page.url
    figure = page.locator(".figure button").first.bounding_box()
    label = page.locator(".gz-heading h2").first.bounding_box()
    assert figure is not None
    assert label is not None
    # 30 px and 15 px with lines of 37 and 22: figures by 1.6, words by 1.35.
    assert round(figure["height"]) == pytest.approx(37 * 1.6, abs=1.5)
    assert label["height"] == pytest.approx(22 * 1.35, abs=1.5)


@pytest.mark.slow
def test_a_wall_screen_shows_a_new_snapshot_and_comes_back_after_a_failure_by_itself(
    lake_dir: Path, open_page: Open, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lake = tmp_path_factory.mktemp("wall") / "lake"
    shutil.copytree(lake_dir, lake)
    ledger, aside = lake / "ledger.sqlite", lake / "aside.sqlite"
    with serving(lake, logged(request, tmp_path_factory)) as base:
        page = open_page("/?kiosk=1", base=base, language="en")
        expect(page.locator(".gz-footer")).to_contain_text("Snapshot 62")
        ledger.rename(aside)
        ledger.write_bytes(b"no ledger" * 1_000)
        page.reload()
        expect(page.locator(".gz-fault")).to_contain_text("The ledger cannot be read", timeout=20_000)
        expect(page.locator("style.gz-frame")).to_have_attribute("lang", "en")
        aside.replace(ledger)
        expect(page.locator(".gz-footer")).to_contain_text("Snapshot 62", timeout=40_000)
        command = [
            sys.executable,
            "-m",
            "gzdash",
            "--lake",
            str(lake),
            "freeze",
            "半年报",
            "--period",
            "2023-01..2023-06",
        ]
        subprocess.run([*command, "--why", "上报"], cwd=ROOT, check=True, capture_output=True)
        expect(page.locator(".gz-footer")).to_contain_text("Snapshot 63", timeout=40_000)
        page.close()  # Or it would look for the server that has ended.


@pytest.mark.parametrize(("paper", "width"), [("A4", 1440), ("A3", 1440), ("A4", 1920)])
def test_the_overview_prints_on_one_sheet_laid_on_its_side(paper: str, width: int, open_page: Open) -> None:
    page = open_page("/", width=width)
    assert len(_SHEET.findall(page.pdf(format=paper, landscape=True))) == 1
    # Scaled by the width that the charts were drawn for.
    assert page.evaluate("document.documentElement.style.getPropertyValue('--gz-screen')") == str(width)


def test_what_is_clicked_is_not_printed(open_page: Open) -> None:
    page = open_page("/employment")
    page.emulate_media(media="print")
    for control in ("filters", "language_switch", "under_jobs_by_month", "why_line"):
        expect(page.locator(f".st-key-{control}")).to_be_hidden()
    expect(page.locator(".gz-said")).to_be_visible()
