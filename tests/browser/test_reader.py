"""What a leader does in a real browser: filter by chain, see everything follow, question a figure, take a CSV home."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]

PAGES = (
    "overview",
    "industry",
    "employment",
    "rural",
    "organizations",
    "programmes",
    "published",
    "catalogue",
    "downloads",
    "restatements",
    "late",
    "duplicates",
    "suspicions",
    "imports",
)


def figure(page: Page, label: str) -> str:
    """The figure of the card with this label, as written; the cards live in open shadow roots."""
    card = page.locator(".card", has_text=label).first
    return card.locator("button").inner_text().strip()


def choose_chain(page: Page, name: str, settle: Settle) -> None:
    """Pick one industry chain in the filter, as a reader would."""
    page.locator(".st-key-popover_chains button").first.click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name=name, exact=True).click()
    settle(page)
    page.keyboard.press("Escape")


def taken(download: Download) -> bytes:
    """The bytes of a download."""
    return Path(download.path()).read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    """A CSV as a program reads it; the byte order mark must be there."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page_name", PAGES)
def test_every_page_draws_on_a_phone_and_on_a_desk_without_an_error_or_a_request_elsewhere(
    page_name: str, language: str, open_page: Open, settle: Settle
) -> None:
    page = open_page(f"/{page_name}", width=390, language=language)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        expect(page.locator(".gz-title h1")).to_be_visible()
        expect(page.locator(".gz-fault")).to_have_count(0)
        notice = "本系统不得处理涉密信息" if language == "zh" else "classified information"
        expect(page.get_by_text(notice)).to_be_visible()
        # Nothing but a table, which scrolls inside itself, may be wider than the screen.
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_changing_the_chain_changes_figures_charts_and_url(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    assert figure(page, "发布岗位") == "3,057"
    rows_before = page.locator(".st-key-panel_jobs_by_chain").inner_text()
    choose_chain(page, "软件和信创", settle)
    assert figure(page, "发布岗位") == "486"
    assert figure(page, "实际招聘") == "331"
    assert "chain=GZ21-05" in page.url
    assert page.locator(".st-key-panel_jobs_by_chain").inner_text() != rows_before
    expect(page.locator(".st-key-trail_chains")).to_contain_text("软件和信创")


def test_the_csv_of_a_chart_adds_up_to_the_card(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    choose_chain(page, "软件和信创", settle)
    with page.expect_download() as waiting:
        page.locator(".st-key-csv_jobs_by_month button").click()
    rows = rows_of(taken(waiting.value))
    assert sum(int(row["发布岗位（个）"]) for row in rows) == 486
    assert sum(int(row["实际招聘（人）"]) for row in rows) == 331
    assert {row["数据性质（演示数据）"] for row in rows} == {"演示数据"}
    assert "软件和信创" in waiting.value.suggested_filename
    assert "演示数据" in waiting.value.suggested_filename


def test_a_page_downloads_as_one_zip_of_what_it_shows(open_page: Open) -> None:
    page = open_page("/employment")
    with page.expect_download() as waiting:
        page.locator(".st-key-download_page button").click()
    packed = zipfile.ZipFile(io.BytesIO(taken(waiting.value)))
    names = packed.namelist()
    assert "说明.txt" in names
    assert len([name for name in names if name.endswith(".csv")]) == 6


def test_a_table_is_downloaded_whole_through_the_streaming_route(open_page: Open) -> None:
    page = open_page("/downloads?chain=GZ21-05&period=2023-01..2023-07")
    row = page.locator("tr", has_text="岗位与招聘月报")
    stated = int(row.locator("td.num").inner_text().replace(",", ""))
    with page.expect_download() as waiting:
        row.locator("a").first.click()
    rows = rows_of(taken(waiting.value))
    assert len(rows) == stated > 0
    assert {row["产业链编码"] for row in rows} == {"GZ21-05"}
    own = [row for row in rows if row["岗位来源编码"] == "organization" and row["面向人群编码"] == "graduates"]
    assert sum(int(row["发布岗位（个）"]) for row in own) == 486


def test_a_click_on_a_figure_says_what_it_means(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    page.locator(".card", has_text="招聘率").first.locator("button").click()
    settle(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("实际招聘 ÷ 发布岗位")
    expect(dialog).to_contain_text("1,835 / 3,057")


def test_a_link_reopens_the_same_view_in_the_other_language(open_page: Open) -> None:
    link = "/employment?period=2023-01..2023-06&chain=GZ21-05,GZ21-06"
    chinese, english = open_page(link), open_page(link, language="en")
    assert figure(chinese, "发布岗位") == figure(english, "Jobs posted")
    expect(english.get_by_role("button", name="AI ×")).to_be_visible()


def test_choices_survive_page_changes_reload_and_language(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment")
    choose_chain(page, "人工智能", settle)
    page.get_by_role("link", name="产业", exact=True).click()
    settle(page)
    assert "chain=GZ21-06" in page.url
    assert "/industry" in page.url
    page.reload()
    settle(page)
    expect(page.locator(".st-key-trail_chains")).to_contain_text("人工智能")
    page.locator(".st-key-language_en button").click()
    settle(page)
    expect(page.locator(".st-key-trail_chains")).to_contain_text("AI")
    assert "lang=en" in page.url


def test_back_returns_to_the_choice_before(open_page: Open, settle: Settle) -> None:
    page = open_page("/employment?period=2023-01..2023-07&chain=GZ21-05")
    page.get_by_role("button", name="全部产业链").first.click()
    settle(page)
    assert figure(page, "发布岗位") == "3,057"
    page.go_back()
    settle(page)
    expect(page.locator(".st-key-trail_chains")).to_contain_text("软件和信创")
    assert figure(page, "发布岗位") == "486"


def test_reset_takes_every_choice_back(open_page: Open, settle: Settle) -> None:
    page = open_page("/rural?region=441800&programme=yao-medical&period=2022-01..2022-12")
    page.locator(".st-key-reset button").click()
    settle(page)
    expect(page.locator('[class*="st-key-chip_"]')).to_have_count(0)
    assert "region" not in page.url


def test_a_click_on_the_map_narrows_the_page_to_that_place(open_page: Open, settle: Settle) -> None:
    page = open_page("/rural")
    page.get_by_role("button", name="清远市").first.focus()
    page.keyboard.press("Enter")
    settle(page)
    assert "region=441800" in page.url
    expect(page.get_by_role("button", name="连南瑶族自治县").first).to_be_visible()
