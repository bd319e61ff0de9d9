"""The browser harness: a real server on a free port, a real Chromium, and a page that must stay at home.

Fixtures: `server` (base URL, shared), `fresh_server` (base URL of one nobody has visited), `browser`, `open_page`
(opens a path and watches it), `settle` (waits until a page has stopped changing).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from gzdash.words.frame import PAGES
from tests.browser_setup import browser_required, find_browser

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 10
SETTLE_SECONDS = 60
QUIET_MS = 400  # A click reaches the server and comes back as "running" well within this.
LOG_LINES = 60

LANGUAGE_PARAMETER = "lang"
Theme = Literal["light", "dark"]
LOCALES = {"zh": "zh-CN", "en": "en-US"}

# Messages Streamlit itself prints that are no fault of ours, each as "text at URL". To add one: run the test, take the
# shortest pattern that cannot be mistaken for another message, and say in a comment which part of Streamlit prints it
# and why it is harmless. An error from our own pages never belongs here.
KNOWN_CONSOLE_ERRORS = (
    # The client says so of an address that is no page, beside the dialog that a reader sees; a test opens one.
    re.compile(r"^The page that you have requested does not seem to exist\."),
    # On a deep link the client does not know yet where the server's root is: it asks below the page first, then above.
    re.compile(r"status of 404 \(Not Found\) at http://127\.0\.0\.1:\d+/\w+/_stcore/(health|host-config)$"),
)

# Settled: connected, the script not running, nothing stale, no skeleton of a chart still loading, and all that
# unbroken for QUIET_MS, since right after a click the page does not yet know that it will run.
SETTLED = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]');
    const calm = app
        && app.dataset.testScriptState === "notRunning"
        && app.dataset.testConnectionState === "CONNECTED"
        && !document.querySelector('[data-testid="stStatusWidget"], [data-stale="true"]')
        && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]');
    const now = performance.now();
    window.calmSince = calm ? (window.calmSince ?? now) : null;
    return calm && now - window.calmSince >= quiet;
}"""

SERVER_LOGS = pytest.StashKey[dict[str, Path]]()


def pytest_configure(config: pytest.Config) -> None:
    """Makes room for the logs of the servers that tests start."""
    config.stash[SERVER_LOGS] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows the end of the server's log beside a failed test that used it."""
    report = yield
    if report.failed:
        for fixture, log in item.config.stash[SERVER_LOGS].items():
            # `open_page` asks for the shared server by name, which the list of fixtures does not show.
            if {fixture, "open_page"} & set(getattr(item, "fixturenames", ())) and log.exists():
                tail = log.read_text("utf-8", errors="replace").splitlines()[-LOG_LINES:]
                report.sections.append((f"log of {fixture}", "\n".join(tail)))
    return report


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def healthy(url: str) -> bool:
    """Whether the server answers that it is ready; a proxy of the machine is not asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def await_health(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Returns when the server is ready; fails with its log when it dies or takes too long."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        if healthy(url):
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', errors='replace')}", pytrace=False)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and everything it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(STOP_SECONDS)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()


@contextmanager
def serving(lake: Path, log: Path, port: int = 0) -> Iterator[str]:
    """The base URL of a server on the given lake, up for as long as the block runs; on a free port if none is named."""
    port = port or free_port()
    url = f"http://{HOST}:{port}"
    options = {"server.port": port, "server.address": HOST, "server.headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    environment = {**os.environ, "GZDASH_LAKE": str(lake), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        await_health(process, url, log)
        yield url
    finally:
        stop(process)


def logged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log file for the server fixture that asks, remembered so that a failing test can show it."""
    name = request.fixturename or "server"
    log = tmp_path_factory.mktemp(name) / "server.log"
    request.config.stash[SERVER_LOGS][name] = log
    return log


@pytest.fixture(scope="session")
def server(lake_dir: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of one real server for all tests, on the demonstration lake."""
    with serving(lake_dir, logged(request, tmp_path_factory)) as url:
        yield url


@pytest.fixture
def fresh_server(
    lake_dir: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The base URL of a server that nobody has visited yet, on the demonstration lake."""
    with serving(lake_dir, logged(request, tmp_path_factory)) as url:
        yield url


def no_browser() -> NoReturn:
    """Skips the test, or fails it where a browser is required."""
    message = "no Chromium found; `make browser` says what to install"
    if browser_required():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture
def own_lake(lake_dir: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration lake that one test may write to."""
    return Path(shutil.copytree(lake_dir, tmp_path / "own" / "lake"))


@pytest.fixture
def own_server(own_lake: Path, tmp_path: Path) -> Iterator[str]:
    """The base URL of a server on that lake."""
    with serving(own_lake, tmp_path / "server.log") as url:
        yield url


def browser_flags() -> list[str]:
    """How Chromium is started: silent, and unable to reach anything but this machine."""
    flags = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
        # Playwright asks where each request came from. To say so, V8 reads a script again from its beginning, megabytes
        # of Plotly too, unless it noted the lines when it read it first: a quarter of the time in which a page loads.
        "--js-flags=--no-enable-lazy-source-positions",
    ]
    # Chromium refuses to sandbox for root.
    return [*flags, "--no-sandbox"] if os.geteuid() == 0 else flags


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests, which can reach this machine and nothing else."""
    executable = find_browser() or no_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=browser_flags())
        yield chromium
        chromium.close()


class Watch:
    """Everything a page did that it should not have: URLs elsewhere, errors on its console, errors it threw."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Starts watching every page of a context, those it opens later too."""
        context.on("request", lambda request: self.requested(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.requested(socket.url)))
        context.on("console", self.printed)
        context.on("weberror", lambda error: self.faults.append(f"error in the page: {error.error}"))

    def requested(self, url: str) -> None:
        """Notes a URL that is not this machine's."""
        address = urlsplit(url)
        if address.scheme not in {"data", "blob", "about"} and address.hostname != HOST:
            self.faults.append(f"request elsewhere: {url}")

    def printed(self, message: ConsoleMessage) -> None:
        """Notes an error on the console that is not a known one, with the address it concerns."""
        said = f"{message.text} at {message.location['url']}"
        if message.type == "error" and not any(known.search(said) for known in KNOWN_CONSOLE_ERRORS):
            self.faults.append(f"error on the console: {said}")


def settled(page: Page) -> Page:
    """The same page, once it has stopped changing; fails when it does not."""
    page.evaluate("window.calmSince = null")  # Calm from before the last click does not count.
    page.wait_for_function(SETTLED, arg=QUIET_MS, timeout=SETTLE_SECONDS * 1000)
    return page


def turned(page: Page, url: str) -> Page:
    """The same page, settled, at another page of the dashboard: as the Forward button leads there, which loads nothing
    anew and takes a third of the time."""
    page.evaluate("url => { history.pushState({}, '', url); dispatchEvent(new PopStateEvent('popstate')); }", url)
    settled(page)
    name = PAGES[urlsplit(url).path.strip("/")]
    assert page.locator("h1").inner_text() in (name.zh, name.en), f"{url} shows another page"
    return page


@pytest.fixture
def settle() -> Callable[[Page], Page]:
    """`settle(page)` after a click: returns when the page has stopped changing."""
    return settled


@pytest.fixture
def open_page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(path, width=1440, height=900, language="zh", base=None, theme="light", locale="")`: a settled page on
    the shared server.

    `base` names another server, such as `fresh_server`; `locale` is what the browser itself speaks, by default the
    language asked for. At the end the test fails when a page asked another host for anything or reported an error.
    """
    watch, contexts = Watch(), []

    def opened(
        path: str,
        width: int = 1440,
        height: int = 900,
        language: str = "zh",
        base: str | None = None,
        theme: Theme = "light",
        locale: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            locale=locale or LOCALES[language],
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        page.goto(address(base or request.getfixturevalue("server"), path, language))
        return settled(page)

    yield opened
    for context in contexts:
        context.close()
    assert not watch.faults, "\n" + "\n".join(watch.faults)


def address(base: str, path: str, language: str) -> str:
    """The URL of a path; Chinese is what a reader gets without asking, so only another language is named."""
    url = f"{base}/{path.lstrip('/')}"
    if language == "zh":
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({LANGUAGE_PARAMETER: language})}"
