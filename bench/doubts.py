"""Questioning a figure beside plainly asking for it: where it comes from, who reported, as it stood, what changed."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.found import Line
from bench.servers import ROOT, command
from gzdash.answer import Question
from gzdash.ask import Desk, default_selection
from gzdash.ask import desk as asking
from gzdash.ask.cache import Answers
from gzdash.ask.reporting import has_list, held, reporting
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.insight import coverage as covering
from gzdash.lake import Lake
from gzdash.metrics import METRICS, Metric
from gzdash.selection import Selection
from gzdash.trace import kept, package, sources, trace

ROUNDS = 9
GOAL = 3.0
COVERAGE = "coverage, of metrics with a list of who should report"
# What the dialog shows at first.
ROWS_SHOWN = 6

Work = Callable[[Metric], object]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One way to question a figure: the ratio to the plain question, by metric."""

    name: str
    ratios: dict[str, float]

    @property
    def typical(self) -> float:
        """The median over all metrics."""
        return median(self.ratios.values())

    @property
    def worst(self) -> tuple[str, float]:
        """The metric that costs most, and its ratio."""
        return max(self.ratios.items(), key=lambda one: one[1])

    @property
    def above(self) -> int:
        """How many metrics cost more than the goal."""
        return sum(ratio > GOAL for ratio in self.ratios.values())


def measure(root: Path) -> tuple[Doubt, ...]:
    """Every metric asked plainly and questioned in every way, answers forgotten before each."""
    lake = Lake(root)
    engine = DuckDBEngine(root)
    desk = Desk(lake.snapshot(), engine)
    then = Desk(lake.snapshot(desk.snapshot.event - 1), engine)
    selection = default_selection(desk.snapshot)
    ways = dict(_ways(lake, desk, then, selection))
    found = {key: _ratios(ways, METRICS[key]) for key in METRICS}
    # Where nobody has to report there is nothing to find out.
    listed = {key for key, one in METRICS.items() if has_list(desk, one.subject.key)}
    return tuple(
        Doubt(name, {key: ratios[name] for key, ratios in found.items() if name != COVERAGE or key in listed})
        for name in list(ways)[1:]
    )


def _ways(lake: Lake, desk: Desk, then: Desk, selection: Selection) -> Iterator[tuple[str, Work]]:
    yield "plain question", lambda one: desk.ask(one.key, selection)
    yield "figure and imports", lambda one: trace(desk, lake, Question(one.key, selection))
    yield "and first rows with cells", lambda one: _first_rows(desk, lake, one, selection)
    yield "the same, files not yet open", lambda one: _from_closed_files(desk, lake, one, selection)
    yield COVERAGE, lambda one: covering.figure_coverage(desk, Question(one.key, selection))
    yield "as it stood", lambda one: then.ask(one.key, selection)
    yield "what changed", lambda one: (then.ask(one.key, selection), desk.ask(one.key, selection))


def _first_rows(desk: Desk, lake: Lake, one: Metric, selection: Selection) -> None:
    """What the dialog shows at first: of a ratio the rows of one half, until the reader turns to the other."""
    trace(desk, lake, Question(one.key, selection)).page(0, ROWS_SHOWN)


def _from_closed_files(desk: Desk, lake: Lake, one: Metric, selection: Selection) -> None:
    for remembered in (package.open_package, kept.grids, sources.sources_of, sources.layouts_of_page):
        remembered.cache_clear()
    _first_rows(desk, lake, one, selection)


def as_commands(root: Path, keys: Iterable[str] = METRICS) -> tuple[Doubt, ...]:
    """The commands that question a figure, each beside `ask` of the same metric: once for each, for a command is mostly
    its start, as it is for whoever types it. `trace` writes all rows with their cells."""
    then = str(Lake(root).snapshot().event - 1)
    ways = {
        "trace, as a command": lambda key: ("trace", key, "--format", "json"),
        "ask --as-of, as a command": lambda key: ("ask", key, "--as-of", then),
        "restatements, as a command": lambda key: ("restatements", "--metric", key),
    }
    ratios: dict[str, dict[str, float]] = {name: {} for name in ways}
    for key in keys:
        plain = _ran(root, "ask", key)
        for name, words in ways.items():
            ratios[name][key] = _ran(root, *words(key)) / plain
    return tuple(Doubt(name, found) for name, found in ratios.items())


def _ran(root: Path, *words: str) -> float:
    begun = perf_counter()
    subprocess.run(command(root, *words), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def _ratios(ways: dict[str, Work], one: Metric) -> dict[str, float]:
    """Each way's time over that of the first. Of the rounds, in which all ways take turns, the fastest counts: whatever
    else the machine does only ever adds."""
    gc.collect()
    rounds = [{name: _seconds(work, one) for name, work in ways.items()} for _ in range(ROUNDS)]
    fastest = {name: min(times[name] for times in rounds) for name in ways}
    return {name: seconds / fastest[next(iter(ways))] for name, seconds in fastest.items()}


def _seconds(work: Work, one: Metric) -> float:
    asking._CACHE = Answers()
    reporting.cache_clear()
    held.cache_clear()
    begun = perf_counter()
    work(one)
    return perf_counter() - begun


def table(found: tuple[Doubt, ...]) -> str:
    """A row per way: the median over the metrics, how many are above the goal, and the one that costs most."""
    lines = [f"{'question':<30}{'× ask, median':>14}{'above 3':>9}{'worst':>8}  metric"]
    lines += [f"{one.name:<30}{one.typical:>14.1f}{one.above:>9}{one.worst[1]:>8.1f}  {one.worst[0]}" for one in found]
    return "\n".join(lines)


def lines(found: tuple[Doubt, ...]) -> list[Line]:
    """A line per way: the median, and how many metrics are above the goal that is set for each of them."""
    beside = "the plain question: median of {} metrics, {} above the goal"
    return [Line(one.name, beside.format(len(one.ratios), one.above), one.typical, GOAL) for one in found]
