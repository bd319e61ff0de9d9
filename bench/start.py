"""From the command to health, and from a browser's first request to a painted page: fresh, and at a second visit."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page

from bench.clicks import READY_MS, browser_pages
from bench.found import Found, Line
from bench.servers import started

ROUNDS = 3
HEALTH_GOAL = 2.0
FIRST_PAGE_GOAL = 3.0
# All that came over the wire for a page, in bytes; what the browser had kept counts as nothing.
_TRANSFERRED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, entry) => sum + entry.transferSize, 0)"""
# Painted: the script has ended, every chart has drawn its marks, and nothing is a skeleton any more.
_PAINTED = """charts => {
    const app = document.querySelector('[data-testid="stApp"]');
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    return app?.dataset.testScriptState === "notRunning"
        && plots.filter(plot => plot.querySelector(".trace")).length >= charts
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]');
}"""
# Charts of the overview that are drawn by Plotly when nothing is filtered.
CHARTS = 3


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the command to health, to the first page of a fresh browser, to its second visit; kilobytes."""

    health: float
    first: float
    second: float
    first_kilobytes: float
    second_kilobytes: float


def measure(lake: Path, folder: Path, rounds: int = ROUNDS) -> Found:
    """Both servers started anew in every round, one after the other."""
    pairs = []
    for number in range(rounds):
        bare = _start("bench/bare_chart.py", lake, folder / "bare.log", 1)
        pairs.append((bare, _start("app.py", lake, folder / "app.log", CHARTS)))
        print(f"start: round {number + 1} of {rounds}", file=sys.stderr, flush=True)

    def ratio(part: str) -> float:
        return median(getattr(ours, part) / getattr(bare, part) for bare, ours in pairs)

    beside = "bare page, one chart"
    return Found(
        "start",
        [
            Line("command to health", beside, ratio("health"), HEALTH_GOAL),
            Line("first page, empty cache", beside, ratio("first"), FIRST_PAGE_GOAL),
            Line("first page, second visit", beside, ratio("second")),
            Line("first page, empty cache: over the wire", beside, ratio("first_kilobytes")),
            Line("second visit: over the wire", "", median(ours.second_kilobytes for _, ours in pairs), None, "KB"),
        ],
        [{"bare": asdict(bare), "ours": asdict(ours)} for bare, ours in pairs],
    )


def _start(script: str, lake: Path, log: Path, charts: int) -> Start:
    with started(script, lake, log) as server, browser_pages(1) as (page,):
        first, first_bytes = _visit(page, server.url, charts)
        second, second_bytes = _visit(page, server.url, charts)
    return Start(server.seconds, first, second, first_bytes / 1024, second_bytes / 1024)


def _visit(page: Page, url: str, charts: int) -> tuple[float, float]:
    """Seconds and bytes until the page is painted."""
    begun = perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(_PAINTED, arg=charts, timeout=READY_MS, polling=20)
    seconds = perf_counter() - begun
    return seconds, page.evaluate(_TRANSFERRED)
