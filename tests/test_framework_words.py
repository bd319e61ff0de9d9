"""Streamlit's own words: the installed version still says each one that is translated, in a page rewritten whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from gzdash.screen.server import ROUTES
from gzdash.screen.shell import FIRST_MODULE, HTML_TAG, NO_SCRIPT, SCRIPT, TITLE, Shell, in_language
from gzdash.words import Text
from gzdash.words.framework import FRAMEWORK, TOOLBAR

STATIC = Path(streamlit.__file__).parent / "static"
INDEX = STATIC / "index.html"
PLACE = re.compile(r"\{\w+\}")
HAN = re.compile(r"[\u4e00-\u9fff]")
PAGES = {"accept": "text/html,application/xhtml+xml"}
# Put together in the browser: the parts that stand in the bundle.
_MAIN_PAGE = ". Running the app's main page.`"
_RESULTS = ("} result${", "} of ${", "`over 1000`")
# The browser names the parts of a date, in the language that Streamlit tells it to.
_AMERICAN = ("{locale:`en-US`,", "`stDateInputField`")
COMPOSED = {
    "You have requested page /{page}, but no corresponding file was found in the app's pages/ directory. "
    "Running the app's main page.": (
        "`You have requested page /${",
        "}, but no corresponding file was found in the app's pages/ directory`",
        _MAIN_PAGE,
    ),
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "`The page that you have requested does not seem to exist`",
        _MAIN_PAGE,
    ),
    "Connection failed with status {status}.": ("`Connection failed with status ${", "`, and response:`:`.`"),
    "Connection failed with status {status}, and response:": ("`Connection failed with status ${", "`, and response:`"),
    "Press Enter to apply": ("`Press Enter to ${", "`apply`"),
    "{size} per file • {types}": ("} per file`", "` • ${"),
    "1 result": _RESULTS,
    "{count} results": _RESULTS,
    "{place} of 1 result": _RESULTS,
    "{place} of {count} results": _RESULTS,
    "{place} of over 1000": _RESULTS,
    "Top values frequency chart: {values}": ("`Top values frequency chart`",),
    "{count} options available.": ("} options`", "} available.`"),
    "1 option available.": ("} option`", "} available.`"),
    "add icon": ("} icon`", "`:material/add:`"),
    "Choose date, {month}": ("`Choose date`",),
    **{f"{part}, {{label}}": _AMERICAN for part in ("year", "month", "day")},
    **dict.fromkeys(("yyyy", "mm", "dd"), _AMERICAN),
    **{f"{one.en}: {{table}}": (f"`{one.en}`", "}: ${") for one in TOOLBAR},
}


@pytest.fixture(scope="module")
def bundle() -> str:
    """All scripts of the installed Streamlit, one after the other."""
    return "\n".join(path.read_text("utf-8") for path in sorted((STATIC / "static" / "js").glob("*.js")))


def is_said(text: str, bundle: str) -> bool:
    """Whether the bundle holds the sentence: as a literal of its own, filled in a template, or in parts."""
    if text in COMPOSED:
        return all(part in bundle for part in COMPOSED[text])
    if not PLACE.search(text):
        return any(f"{quote}{text}{quote}" in bundle for quote in "`\"'")
    template = r"\$\{.{1,60}?\}".join(map(re.escape, PLACE.split(text)))
    return re.search(f"`{template}`", bundle) is not None


@pytest.mark.slow
def test_streamlit_still_says_each_word_that_is_translated(bundle: str) -> None:
    gone = [one.en for one in FRAMEWORK if not is_said(one.en, bundle)]
    assert not gone, f"the installed Streamlit does not say: {gone}"
    assert set(COMPOSED) <= {one.en for one in FRAMEWORK}
    assert not is_said("Sort sideways", bundle)
    assert not is_said("Remove all of {name}", bundle)


def test_each_word_leads_to_one_other_and_back() -> None:
    for said in ([one.zh for one in FRAMEWORK], [one.en for one in FRAMEWORK]):
        assert sorted({one for one in said if said.count(one) > 1}) == []


@pytest.mark.parametrize("one", FRAMEWORK, ids=lambda one: one.en[:40])
def test_a_translation_is_chinese_and_fills_its_places_in_the_same_order(one: Text) -> None:
    assert HAN.search(one.zh)
    assert PLACE.findall(one.zh) == PLACE.findall(one.en)
    assert not HAN.search(one.en)


@pytest.mark.parametrize("mark", [HTML_TAG, TITLE, NO_SCRIPT])
def test_what_is_rewritten_stands_once_in_the_page_of_the_installed_version(mark: re.Pattern[str]) -> None:
    assert len(mark.findall(INDEX.read_text("utf-8"))) == 1


def test_our_script_stands_before_those_of_streamlit() -> None:
    page = INDEX.read_text("utf-8")
    assert FIRST_MODULE.search(page)
    scripts = re.findall(r'<script type="module"[^>]*src="([^"]*)"', in_language(page, "zh"))
    assert scripts[0].startswith("./words.js?")
    assert scripts[1].startswith("./static/js/index.")
    assert len(scripts) == 2


@pytest.fixture
def client() -> TestClient:
    """The shell around something that serves Streamlit's page compressed, as Streamlit does, and an answer in JSON."""

    async def page(request: Request) -> Response:
        return FileResponse(INDEX)

    async def answer(request: Request) -> Response:
        return JSONResponse({"said": "<html lang='en'>"})

    middleware = [Middleware(GZipMiddleware, minimum_size=100), Middleware(Shell), Middleware(GZipMiddleware)]
    routes = [Route("/answer", answer), *ROUTES, Route("/{path:path}", page)]
    return TestClient(Starlette(routes=routes, middleware=middleware), follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "lang", "title", "without"),
    [
        ("/", "zh-CN", "广州社会组织驾驶舱", "本系统的页面要用 JavaScript 显示"),
        ("/employment?chain=GZ21-05", "zh-CN", "广州社会组织驾驶舱", "本系统的页面要用 JavaScript 显示"),
        ("/employment?lang=en", "en-GB", "Guangzhou social organizations", "are drawn with JavaScript"),
        ("/no-such-page?lang=fr", "zh-CN", "广州社会组织驾驶舱", "本系统的页面要用 JavaScript 显示"),
    ],
)
def test_a_page_opens_in_the_language_of_its_address(
    path: str, lang: str, title: str, without: str, client: TestClient
) -> None:
    answer = client.get(path, headers=PAGES)
    assert f'<html lang="{lang}">' in answer.text
    assert f"<title>{title}</title>" in answer.text
    (noscript,) = NO_SCRIPT.findall(answer.text)
    assert without in noscript
    assert "You need to enable JavaScript" not in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert answer.headers["content-encoding"] == "gzip"
    # What one language was given must not be taken for the other: there is nothing to ask "not modified" about.
    assert not {"etag", "last-modified", "accept-ranges"} & set(answer.headers)


def test_what_is_no_page_passes_as_it_is(client: TestClient) -> None:
    assert client.get("/answer", headers=PAGES).json() == {"said": "<html lang='en'>"}
    assert client.get("/", headers={"accept": "*/*"}).text == INDEX.read_text("utf-8")
    head = client.head("/", headers=PAGES)
    assert (head.status_code, head.text) == (200, "")


def test_the_script_is_kept_by_browsers_under_an_address_that_changes_with_it(client: TestClient) -> None:
    address = re.findall(r'src="\.(/words\.js\?\w+)"', client.get("/", headers=PAGES).text)
    answer = client.get(address[0])
    assert answer.content == SCRIPT
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert '["升序", "Sort ascending"]' in answer.text
