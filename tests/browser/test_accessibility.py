"""Every page can be read by everyone: axe-core in both themes, large text, narrow screens, contrast themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from gzdash.theme import DARK
from gzdash.words.frame import PAGES
from tests.browser.conftest import QUIET_MS, Watch, address, settled, turned
from tests.browser.test_findings import WRONG_CHAIN, WRONG_MONTH, faulty

pytestmark = pytest.mark.browser

Settle = Callable[[Page], Page]
Open = Callable[..., Page]

AXE = Path(axe_playwright_python.__file__).parent.joinpath("axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = ("serious", "critical")
# What a theme changes: rules about names, roles and structure hold in both or in neither.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
WIDTH, HEIGHT, NARROW = 1440, 900, 320
LOOKS = 10

# What Streamlit itself gets wrong, by rule, the CSS selector of the part, and why it stays. It is empty: first mend.
STREAMLITS_OWN: tuple[tuple[str, str, str], ...] = ()

VIOLATIONS = """async only => {
    const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
    return found.violations.flatMap(rule => rule.nodes.map(node => ({
        rule: rule.id, impact: node.impact ?? rule.impact, target: node.target.flat().join(" "),
        html: node.html.slice(0, 200), why: node.failureSummary,
    })));
}"""

# Text that its own box hides. Glyphs may stand a little over their line; the bar's names have a bold twin that keeps
# their room; what is left out of the bar stands in its menu.
CUT = """() => {
    const found = [];
    const look = root => root.querySelectorAll("*").forEach(node => {
        if (node.shadowRoot) look(node.shadowRoot);
        const style = getComputedStyle(node);
        if (!/hidden|clip/.test(style.overflowX + style.overflowY) || node.clientWidth < 3) return;
        if (node.matches("input") || !node.checkVisibility({ opacityProperty: true })) return;
        if (node.closest("svg, .stPlotlyChart, .stDataFrame, [data-testid='stTopNavLink'], .rc-overflow-item")) return;
        if (!node.textContent.trim() || style.textOverflow === "ellipsis") return;
        if (node.scrollWidth > node.clientWidth + 3 || node.scrollHeight > node.clientHeight + 4)
            found.push(`${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 60)}`);
    });
    look(document.querySelector(".stMain"));
    return found;
}"""

# What reaches over the right edge of the page, and is not inside something that scrolls by itself.
BEYOND = """() => {
    const found = [];
    const above = node => node.parentElement ?? node.getRootNode().host;
    const inside = node => {
        for (let up = above(node); up && !up.matches(".stMain"); up = above(up))
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
        return false;
    };
    const look = root => root.querySelectorAll("*").forEach(node => {
        if (node.shadowRoot) look(node.shadowRoot);
        const { right, width } = node.getBoundingClientRect();
        if (width && right > innerWidth + 1 && !inside(node)) found.push(`${node.tagName} ${node.className} ${right}`);
    });
    look(document.querySelector(".stMain"));
    return found;
}"""

GROUND = "getComputedStyle(document.documentElement).getPropertyValue('--gz-page').trim()"
TITLE_SIZE = "Math.round(parseFloat(getComputedStyle(document.querySelector('h1')).fontSize))"

RING = """() => {
    let node = document.activeElement;
    while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    const ring = one => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
        return `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    };
    const box = node.closest("[role=group]");
    const name = (node.ariaLabel || node.textContent || node.tagName).trim();
    return { name, tag: node.tagName, rings: [ring(node), box ? ring(box) : ""] };
}"""


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Page]:
    """A still page for all that is only looked at; what it did wrong is told at the end."""
    watch = Watch()
    # While colours fade into each other they have no contrast that means anything.
    size = ViewportSize(width=WIDTH, height=HEIGHT)
    context = browser.new_context(viewport=size, locale="zh-CN", reduced_motion="reduce", **options)
    watch.over(context)
    yield context.new_page()
    context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """A page in the light."""
    with watched(browser) as page:
        yield page


@pytest.fixture(scope="module")
def dark_reader(browser: Browser) -> Iterator[Page]:
    """A page in the dark."""
    with watched(browser, color_scheme="dark") as page:
        yield page


@pytest.fixture(scope="module", params=PAGES)
def visited(request: pytest.FixtureRequest, reader: Page, server: str) -> Page:
    """Each page in turn, light and wide; whoever changes that puts it back."""
    return come_to(reader, address(server, request.param, "zh"))


def come_to(page: Page, url: str) -> Page:
    """The page of the dashboard at `url`, settled; loaded once, and turned to the other pages from then on."""
    if page.url.startswith("http"):
        return turned(page, url)
    page.goto(url)
    return settled(page)


@contextmanager
def narrow(page: Page) -> Iterator[None]:
    """The page on 320 CSS pixels, as wide as 1280 are at 400 % zoom."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    settled(page)
    try:
        yield
    finally:
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


@contextmanager
def text_size(page: Page, pixels: int) -> Iterator[None]:
    """The page of a reader who set that text size in the browser; 16 is what browsers come with."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": 13}})
    settled(page)
    try:
        yield
    finally:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
        session.detach()


def lasting(page: Page, look: str) -> list[str]:
    """What a look finds still, once charts have had time to take their new width."""
    for _ in range(LOOKS):
        if not page.evaluate(look):
            return []
        page.wait_for_timeout(QUIET_MS)
    found: list[str] = page.evaluate(look)
    return found


def serious(page: Page, only: list[str] | None = None) -> list[str]:
    """What axe-core finds serious or critical, but for the named parts of Streamlit."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    asked = {"type": "rule", "values": only} if only else {"type": "tag", "values": LEVELS}
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, asked)
    grave = [one for one in found if one["impact"] in SERIOUS and not known(page, one)]
    return [f"{one['rule']}: {one['target']}\n  {one['html']}\n  {one['why']}" for one in grave]


def known(page: Page, violation: dict[str, Any]) -> bool:
    """Whether a violation is one of Streamlit's own that is named above."""
    selectors = [selector for rule, selector, _ in STREAMLITS_OWN if rule == violation["rule"]]
    return any(page.locator(violation["target"]).and_(page.locator(one)).count() for one in selectors)


def test_axe_finds_nothing_serious_on_any_page(visited: Page) -> None:
    assert serious(visited) == []


@pytest.mark.parametrize("page_key", PAGES)
def test_axe_finds_nothing_serious_in_the_dark(page_key: str, dark_reader: Page, server: str) -> None:
    come_to(dark_reader, address(server, page_key, "zh"))
    assert dark_reader.evaluate(GROUND) == DARK.page
    assert serious(dark_reader, OF_COLOUR) == []


def test_headings_and_landmarks_lead_through_a_page(visited: Page) -> None:
    levels = [int(tag[1]) for tag in visited.locator("h1, h2, h3").evaluate_all("all => all.map(one => one.tagName)")]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert visited.get_by_role("main").count() == 1
    assert visited.get_by_role("navigation").count() >= 1


def test_every_chart_is_heard_in_words(visited: Page) -> None:
    for chart in visited.get_by_test_id("stPlotlyChart").all():
        assert chart.get_attribute("role") in ("figure", "img")
        assert re.search(r"[\u4e00-\u9fff].*\d", chart.get_attribute("aria-label") or "")
    for drawn in visited.locator(".map svg").all():
        assert re.search(r"[\u4e00-\u9fff]", drawn.get_attribute("aria-label") or "")


def test_text_twice_as_large_is_not_cut_and_moves_nothing_out(visited: Page) -> None:
    assert visited.evaluate(TITLE_SIZE) == 24
    with text_size(visited, 32):
        assert visited.evaluate(TITLE_SIZE) == 48
        assert lasting(visited, CUT) == []
        assert lasting(visited, BEYOND) == []


def test_on_320_pixels_nothing_is_cut_and_only_tables_scroll_sideways(visited: Page) -> None:
    with narrow(visited):
        assert lasting(visited, CUT) == []
        assert lasting(visited, BEYOND) == []
        assert visited.evaluate("document.querySelector('.stMain').scrollWidth") == NARROW
        switch = visited.locator(".st-key-language_switch").bounding_box()
        menu = visited.get_by_test_id("stExpandSidebarButton").bounding_box()
        assert switch
        assert menu
        assert menu["x"] + menu["width"] < switch["x"]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_axe_finds_nothing_serious_in_what_opens_over_a_page(name: str, open_page: Open, settle: Settle) -> None:
    page = open_page("/employment", theme=name)
    for button in (page.get_by_test_id("stPopoverButton").nth(1), page.get_by_role("button", name="看成表格").first):
        button.click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        assert serious(settle(page)) == []
        page.keyboard.press("Escape")
    for opened in (page.locator(".card button").first, page.locator("[class*='st-key-why_'] button").first):
        opened.click()
        expect(page.get_by_test_id("stDialog")).to_be_visible()
        assert serious(settle(page)) == []
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stDialog")).to_have_count(0)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_faults_of_an_import(
    name: str, open_page: Open, settle: Settle, tmp_path: Path
) -> None:
    page = open_page("/imports", theme=name)
    faulty(page, settle, tmp_path, WRONG_MONTH, WRONG_CHAIN)
    expect(page.get_by_role("region", name="原表对照")).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize(("name", "ink"), [("light", "rgb(22, 25, 29)"), ("dark", "rgb(240, 242, 244)")])
def test_the_keyboard_is_seen_wherever_it_is_and_goes_down_the_page(name: str, ink: str, open_page: Open) -> None:
    page = open_page("/employment", theme=name)
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(RING))
        if stops[-1]["name"].startswith("软件和信创, "):
            break  # The first row of the table.
    else:
        pytest.fail("the table was not reached")
    assert [stop["name"] for stop in stops if f"solid 2px {ink}" not in stop["rings"]] == []
    # The page itself, which scrolls, is a stop as well, and holds all words.
    names = "\n".join(stop["name"] for stop in stops if stop["tag"] != "MAIN")
    order = [
        "总览",
        "数据下载",
        "EN",
        "时间",
        "产业链",
        "当时",
        "下载本页",
        "发布岗位 3,057",
        "下载 CSV",
        "看成表格",
        "下载本表",
    ]
    assert [names.index(one) for one in order] == sorted(names.index(one) for one in order)


def test_a_contrast_theme_and_a_still_page_keep_what_they_tell(browser: Browser, server: str) -> None:
    with watched(browser, color_scheme="dark", forced_colors="active") as page:
        page.goto(address(server, "", "zh"))
        settled(page)
        ground = "one => getComputedStyle(one).backgroundColor"
        assert page.locator(".fill").first.evaluate(ground) == "rgb(94, 151, 234)"
        assert page.locator(".gz-bar > i").first.evaluate(ground) == "rgb(195, 200, 206)"
        button = page.get_by_test_id("stPopoverButton").first
        assert button.evaluate("one => parseFloat(getComputedStyle(one).transitionDuration)") <= 0.001
        page.keyboard.press("Tab")
        # The shortest transition takes a frame, in which the ring is still as wide as the browser's own.
        page.wait_for_function(f"() => ({RING})().rings[0].startsWith('solid 2px')")
