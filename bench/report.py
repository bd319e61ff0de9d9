"""What was measured, as a table for the eye and as JSON for comparison with other days."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles

from bench.found import Found, Line, markdown
from bench.series import Series

RESULTS = Path(__file__).with_name("results")
PAINTED_GOAL = 6.0
FIGURES_GOAL = 2.5
# The generated part of the document stands between these.
DOCUMENT = RESULTS.parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
_LIBRARIES = ("streamlit", "plotly", "duckdb", "pyarrow", "fastexcel", "playwright")


def table(series: Sequence[Series]) -> str:
    """A row per kind of click: medians in ms, then the ratios to the bare page and to the frozen one."""
    heads = ("click", "bare ms", "frozen ms", "overview ms", "answered ms", "KB", "× bare", "quartiles", "× frozen")
    rows = [heads, *(_row(one) for one in series)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows)


def _row(one: Series) -> tuple[str, ...]:
    bare, frozen, overview = (one.medians(page) for page in ("bare", "frozen", "overview"))
    numbers = (bare["painted"], frozen["painted"], overview["painted"], overview["answered"], overview["kilobytes"])
    low, _, high = quantiles(one.ratios("bare"), n=4)
    ratios = (f"{one.ratio('bare'):.1f}", f"{low:.1f}–{high:.1f}", f"{one.ratio('frozen'):.1f}")
    return (one.name, *(f"{number:,.0f}" for number in numbers), *ratios)


def lines(series: Sequence[Series]) -> list[Line]:
    """What a click costs until the figures are others, and until all is painted, beside a bare page's whole click."""
    beside = "bare page's click"
    return [
        line
        for one in series
        for line in (
            Line(f"filter click to figures, {one.name}", beside, one.figures_ratio("bare"), FIGURES_GOAL),
            Line(f"filter click to all painted, {one.name}", beside, one.ratio("bare"), PAINTED_GOAL),
            Line(f"filter click to all painted, {one.name}", "frozen bare page's click", one.ratio("frozen")),
        )
    ]


def detail(series: Sequence[Series]) -> list[object]:
    """Every click of the run."""
    return [
        {
            "name": one.name,
            "ratio": {page: one.ratio(page) for page in ("bare", "frozen")},
            "medians": {page: one.medians(page) for page in ("bare", "frozen", "overview")},
            "rounds": [asdict(found) for found in one.rounds],
        }
        for one in series
    ]


def keep(found: Sequence[Found], now: datetime) -> Path:
    """The path of the JSON that now holds all that was found, with the day, the machine and the versions."""
    RESULTS.mkdir(exist_ok=True)
    names = "-".join(one.name for one in found)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%S}-{names}.json"
    held = {
        "time": now.isoformat(timespec="seconds"),
        "machine": {"system": platform.system(), "python": platform.python_version(), "cores": os.cpu_count()},
        "libraries": {name: version(name) for name in _LIBRARIES},
        "found": [asdict(one) for one in found],
    }
    path.write_text(json.dumps(held, indent=1), "utf-8")
    return path


def verdict(found: Sequence[Found]) -> str:
    """How many goals are met, and which are missed."""
    judged = [line for one in found for line in one.lines if line.is_met is not None]
    missed = [f"  {line.what}: {line.written}, {line.written_goal}" for line in judged if not line.is_met]
    head = f"{len(judged) - len(missed)} of {len(judged)} goals met"
    return "\n".join([f"{head}, missed:" if missed else head, *missed])


def document(found: Sequence[Found], now: datetime, path: Path = DOCUMENT, command: str = "make bench") -> None:
    """Put the tables between the markers of the document, with the `command` that found them; raises ValueError where
    it has no markers."""
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no place for what was found")
    machine = f"{now:%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}: `{command}`."
    parts = [machine, *(f"**{one.name}**\n\n{markdown(one.lines)}" for one in found)]
    body = "\n\n".join(parts)
    path.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", "utf-8")
