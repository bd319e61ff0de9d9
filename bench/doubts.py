"""Questioning a figure beside plainly asking for it: where it comes from, who reported, as it stood, what changed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from gzdash.answer import Question
from gzdash.ask import Desk, default_selection
from gzdash.ask import desk as asking
from gzdash.ask.cache import Answers
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.insight import coverage as covering
from gzdash.lake import Lake
from gzdash.metrics import METRICS, Metric
from gzdash.selection import Selection
from gzdash.trace import trace

ROUNDS = 7
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


def measure(root: Path) -> tuple[Doubt, ...]:
    """Every metric asked plainly and questioned in every way, answers forgotten before each."""
    lake = Lake(root)
    engine = DuckDBEngine(root)
    desk = Desk(lake.snapshot(), engine)
    then = Desk(lake.snapshot(desk.snapshot.event - 1), engine)
    selection = default_selection(desk.snapshot)
    plain = {key: _seconds(lambda one: desk.ask(one.key, selection), METRICS[key]) for key in METRICS}
    return tuple(
        Doubt(name, {key: _seconds(work, METRICS[key]) / plain[key] for key in METRICS})
        for name, work in _ways(lake, desk, then, selection)
    )


def _ways(lake: Lake, desk: Desk, then: Desk, selection: Selection) -> Iterator[tuple[str, Work]]:
    yield "figure and imports", lambda one: trace(desk, lake, Question(one.key, selection))
    yield "first rows with their cells", lambda one: _first_rows(desk, lake, one, selection)
    yield "coverage", lambda one: covering.coverage(desk, one, selection)
    yield "as it stood", lambda one: then.ask(one.key, selection)


def _first_rows(desk: Desk, lake: Lake, one: Metric, selection: Selection) -> None:
    found = trace(desk, lake, Question(one.key, selection))
    for half in found.halves:
        found.page(0, ROWS_SHOWN, half.half)


def _seconds(work: Work, one: Metric) -> float:
    """The median time of one piece of work; the first time, which opens files and compiles, is not counted."""
    times = []
    for _ in range(ROUNDS + 1):
        asking._CACHE = Answers(asking._ANSWERS_KEPT)
        covering._found.cache_clear()
        gc.collect()
        begun = perf_counter()
        work(one)
        times.append(perf_counter() - begun)
    return median(times[1:])


def table(found: tuple[Doubt, ...]) -> str:
    """A row per way: the median over the metrics, and the metric that costs most."""
    lines = [f"{'question':<28}{'× ask, median':>14}{'worst':>8}  metric"]
    lines += [f"{one.name:<28}{one.typical:>14.1f}{one.worst[1]:>8.1f}  {one.worst[0]}" for one in found]
    return "\n".join(lines)
