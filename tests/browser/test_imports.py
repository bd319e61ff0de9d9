"""What staff do in a real browser: a faulty file is refused cell by cell, a good one committed, then taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving

pytestmark = pytest.mark.browser

HEADER = "月份,统一社会信用代码,岗位来源,面向人群,产业链,发布岗位（个）,实际招聘（人）"
ORGANIZATION = "51440104DEM1739193"


@pytest.fixture
def own_server(lake_dir: Path, tmp_path: Path) -> Iterator[str]:
    """A server on a lake that this test may write to."""
    shutil.copytree(lake_dir, tmp_path / "own" / "lake")
    with serving(tmp_path / "own" / "lake", tmp_path / "server.log") as url:
        yield url


def csv_file(folder: Path, name: str, *lines: str) -> Path:
    """A CSV as Chinese Excel saves it."""
    path = folder / name
    path.write_bytes("\r\n".join((HEADER, *lines)).encode("gb18030"))
    return path


def choose_jobs(page: Page, settle: Callable[[Page], Page]) -> None:
    """Choose the table of monthly jobs."""
    page.locator(".st-key-upload_table").click()
    page.get_by_role("option", name="岗位与招聘月报").click()
    settle(page)


def posted(open_page: Callable[..., Page], base: str) -> str:
    """The card of jobs posted in December 2023, where the demonstration city has nothing."""
    page = open_page("/employment?period=2023-12..2023-12", base=base)
    return page.locator(".card", has_text="发布岗位").first.locator("button").inner_text().strip()


def test_a_file_is_refused_then_committed_then_taken_back_exactly(
    own_server: str, open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    page = open_page("/imports", base=own_server)
    choose_jobs(page, settle)
    faulty = csv_file(tmp_path, "坏.csv", f"2023年13月,{ORGANIZATION},社会组织,高校毕业生,智能汽车,８６个,5")
    page.set_input_files("input[type=file]", str(faulty))
    settle(page)
    expect(page.get_by_text("整份文件未入库：3 处错误，0 处提醒")).to_be_visible()
    for cell in ("A2", "E2", "F2"):
        expect(page.get_by_role("cell", name=cell, exact=True)).to_be_visible()

    page = open_page("/imports", base=own_server)
    choose_jobs(page, settle)
    good = csv_file(tmp_path, "好.csv", f"2023年12月,{ORGANIZATION},社会组织,高校毕业生,软件和信创,86,5")
    page.set_input_files("input[type=file]", str(good))
    settle(page)
    expect(page.get_by_text("检查通过：1 行可以入库")).to_be_visible()
    page.locator(".st-key-upload_who input").fill("测试员")
    page.locator(".st-key-upload_why input").fill("十二月月报")
    page.keyboard.press("Tab")
    settle(page)
    page.locator(".st-key-upload_commit button").click()
    settle(page)
    expect(page.get_by_text("已入库。")).to_be_visible()
    assert posted(open_page, own_server) == "86"

    page.locator(".st-key-history_who input").fill("测试员")
    page.locator(".st-key-history_why input").fill("重复")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="撤销导入 62").click()
    settle(page)
    expect(page.get_by_text("62 次导入，60 次有效")).to_be_visible()
    assert posted(open_page, own_server) == "—"
