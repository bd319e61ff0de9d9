"""A file goes home with its passport: it is verified on the command line, and one changed byte is noticed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Settle = Callable[[Page], Page]


def saved(page: Page, button: str, folder: Path) -> Path:
    """The file that a button gives, under the name the server gave it."""
    with page.expect_download() as waiting:
        page.locator(button).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def verdict(lake: Path, *arguments: str | Path) -> tuple[int, str]:
    """What `verify` says of a file, and how it ends."""
    command = [sys.executable, "-m", "gzdash", "--lake", str(lake), "verify", *map(str, arguments), "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)["verdict"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_charts_file_and_its_passport_are_verified_and_one_changed_byte_is_noticed(
    language: str, open_page: Open, settle: Settle, lake_dir: Path, tmp_path: Path
) -> None:
    page = open_page("/employment?period=2023-01..2023-06&district=440106", language=language)
    panel = page.locator('[class*="st-key-files_"]').first
    key = (panel.get_attribute("class") or "").partition("st-key-files_")[2].split()[0]
    content = saved(page, f".st-key-csv_{key} button", tmp_path)
    page.locator(f".st-key-passport_{key} button").first.click()
    settle(page)
    expect(page.locator(".gz-passport")).to_contain_text("SHA-256")
    passport = saved(page, f".st-key-csv_passport_{key} button", tmp_path)
    assert passport.name == f"{content.stem}.passport.json"
    assert verdict(lake_dir, content) == (0, "same")

    bytes_ = bytearray(content.read_bytes())
    place = next(at for at in range(len(bytes_) - 1, 0, -1) if chr(bytes_[at]).isdigit())
    bytes_[place] = ord("1") if bytes_[place] != ord("1") else ord("2")
    content.write_bytes(bytes_)
    code, said = verdict(lake_dir, content)
    assert (code, said) == (1, "differs")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_goes_home_as_a_zip_that_verifies(
    language: str, open_page: Open, lake_dir: Path, tmp_path: Path
) -> None:
    page = open_page("/overview?period=2023-01..2023-06", language=language)
    assert verdict(lake_dir, saved(page, ".st-key-download_page button", tmp_path)) == (0, "same")


def test_a_page_without_tables_goes_home_as_a_zip_that_says_so(open_page: Open, tmp_path: Path) -> None:
    path = saved(open_page("/downloads"), ".st-key-download_page button", tmp_path)
    assert path.read_bytes()[:2] == b"PK"


def test_streamed_rows_and_their_passport_are_verified(open_page: Open, lake_dir: Path, tmp_path: Path) -> None:
    page = open_page("/downloads?period=2023-03..2023-03")
    content = saved(page, 'a[href*="download/jobs.csv"]', tmp_path)
    saved(page, 'a[href*="download/jobs.passport.json"]', tmp_path)
    assert verdict(lake_dir, content) == (0, "same")
