"""What staff do in a real browser: a file is refused, committed and taken back; an office's own form is matched."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gzdash.lake import Lake
from tests.browser.conftest import serving
from tests.test_examine import village_report

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


@pytest.mark.slow
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


def choose(page: Page, settle: Callable[[Page], Page], part: str, option: str) -> None:
    """Choose an option of the select box whose key ends so."""
    page.locator(f"[class*={part}] input").first.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def sign(page: Page, settle: Callable[[Page], Page], why: str) -> None:
    """Say who and why."""
    page.locator(".st-key-upload_who input").fill("测试员")
    page.locator(".st-key-upload_why input").fill(why)
    page.keyboard.press("Tab")
    settle(page)


@pytest.mark.slow
def test_a_form_of_an_office_is_matched_committed_and_known_when_it_comes_again(
    own_server: str, open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    form = tmp_path / "帮扶.xlsx"
    form.write_bytes(village_report())
    page = open_page("/imports", base=own_server)
    page.set_input_files("input[type=file]", str(form))
    settle(page)
    expect(page.locator(".gz-current")).to_have_text("3 对应")
    expect(page.get_by_text("识别为“帮扶款物台账”")).to_be_visible()
    expect(page.get_by_text("只取工作表“帮扶”；没有取：二。")).to_be_visible()
    page.locator(".st-key-match_check button").click()
    settle(page)
    expect(page.get_by_text("还缺：日期、形式、阶段。")).to_be_visible()

    page.locator("[class*=_date_fixed] input").fill("2023-12-30")
    page.keyboard.press("Tab")
    settle(page)
    choose(page, settle, "_form_fixed", "款")
    choose(page, settle, "_stage_fixed", "到位")
    page.get_by_text("按 5 列拆成几行").click()
    settle(page)
    page.locator(".st-key-language_en button").click()  # Neither the file nor a choice is lost with the language.
    settle(page)
    expect(page.get_by_role("radio", name="By 5 columns, a row each")).to_be_checked()
    page.locator(".st-key-match_check button").click()
    settle(page)
    expect(page.get_by_text("Checked: 6 rows can be imported")).to_be_visible()
    page.locator(".st-key-language_zh button").click()
    settle(page)
    expect(page.locator(".gz-current")).to_have_text("5 预览差异")
    sign(page, settle, "十二月帮扶")
    page.locator(".st-key-upload_commit button").click()
    settle(page)
    expect(page.get_by_text("已入库。")).to_be_visible()
    rural = open_page("/rural?period=2023-12..2023-12&region=440117", base=own_server)
    card = rural.locator(".card", has_text="帮扶款物").first
    assert card.locator("button").inner_text().strip() == "16"  # 15.5 万元, as cards round
    expect(card).to_contain_text("万元")

    page.set_input_files("input[type=file]", str(form))
    settle(page)
    expect(page.get_by_role("radio", name="上次这样对应，")).to_be_checked()
    expect(page.get_by_role("radio", name="按 5 列拆成几行")).to_be_checked()
    page.get_by_text("用本文件替换").click()  # The same month again: the reader says what becomes of it.
    settle(page)
    page.locator(".st-key-match_check button").click()
    settle(page)
    expect(page.get_by_text("检查通过：6 行可以入库")).to_be_visible()


def test_what_cannot_be_imported_is_said_with_what_was_understood(
    own_server: str, open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    empty, foreign = tmp_path / "空表.csv", tmp_path / "年鉴.csv"
    empty.write_text("示例统计表,,\n帮扶单位,投入,\n,款（元）,物（元）\n注：按季填报,,\n", encoding="utf-8")
    foreign.write_text(",单位数,职工人数\n2020年,5,6\n2021年,7,8\n", encoding="utf-8")
    page = open_page("/imports", base=own_server)
    page.set_input_files("input[type=file]", str(empty))
    settle(page)
    expect(page.get_by_text("只有表头，没有数据：没有可入库的内容")).to_be_visible()
    expect(page.get_by_role("cell", name="投入 / 物")).to_be_visible()
    page.set_input_files("input[type=file]", str(foreign))
    settle(page)
    expect(page.get_by_text("哪张表都不合适")).to_be_visible()
    choose_jobs(page, settle)
    expect(page.get_by_text("逐列对应到“岗位与招聘月报”")).to_be_visible()


def test_an_empty_real_lake_is_filled_through_the_page(
    open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    Lake.init(tmp_path / "new" / "lake", "real")
    with serving(tmp_path / "new" / "lake", tmp_path / "server.log") as url:
        page = open_page("/imports", base=url)
        good = csv_file(tmp_path, "好.csv", f"2023年12月,{ORGANIZATION},社会组织,高校毕业生,软件和信创,86,5")
        page.set_input_files("input[type=file]", str(good))
        settle(page)
        expect(page.get_by_text("识别为“岗位与招聘月报”")).to_be_visible()
        sign(page, settle, "首报")
        page.locator(".st-key-upload_commit button").click()
        settle(page)
        expect(page.get_by_text("已入库。")).to_be_visible()


def test_a_refused_file_is_taken_away_for_the_corrected_one_and_the_history_is_short(
    own_server: str, open_page: Callable[..., Page], settle: Callable[[Page], Page], tmp_path: Path
) -> None:
    page = open_page("/imports", base=own_server)
    faulty = csv_file(tmp_path, "坏.csv", f"2023年13月,{ORGANIZATION},社会组织,高校毕业生,,86,5")
    page.set_input_files("input[type=file]", str(faulty))
    settle(page)
    page.get_by_role("button", name="重新上传").click()
    settle(page)
    expect(page.locator(".gz-fault")).to_have_count(0)
    good = csv_file(tmp_path, "好.csv", f"2023年12月,{ORGANIZATION},社会组织,高校毕业生,,86,5")
    page.set_input_files("input[type=file]", str(good))
    settle(page)
    expect(page.get_by_text("检查通过：1 行可以入库")).to_be_visible()
    rows = page.locator(".st-key-panel_imports tbody tr")
    expect(rows).to_have_count(20)
    page.get_by_role("button", name="显示全部").click()
    settle(page)
    expect(page.get_by_role("button", name="只显示最近 20 次")).to_be_visible()
    assert rows.count() > 20


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone_the_upload_button_stays_on_the_page(open_page: Callable[..., Page], language: str) -> None:
    button = open_page("/imports", width=390, height=844, language=language).locator(
        '[data-testid="stFileUploaderDropzone"] button'
    )
    box = button.first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
