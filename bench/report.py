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

from bench.series import Series

RESULTS = Path(__file__).with_name("results")
AIM = 8.0
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


def verdict(series: Sequence[Series]) -> str:
    """Whether the slowest kind of click is within the aim."""
    worst = max(series, key=lambda one: one.ratio("bare"))
    said = "within" if worst.ratio("bare") < AIM else "above"
    return f"{said} the aim of {AIM:.0f} × a bare page: at most {worst.ratio('bare'):.1f} × ({worst.name})"


def keep(series: Sequence[Series], now: datetime) -> Path:
    """The path of the JSON that now holds every click of the run."""
    held = [
        {
            "name": one.name,
            "ratio": {page: one.ratio(page) for page in ("bare", "frozen")},
            "medians": {page: one.medians(page) for page in ("bare", "frozen", "overview")},
            "rounds": [asdict(found) for found in one.rounds],
        }
        for one in series
    ]
    return keep_as("clicks", held, now)


def keep_as(what: str, series: Sequence[object], now: datetime) -> Path:
    """The path of the JSON that now holds `series`, with the day, the machine and the versions they were found with."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%S}-{what}.json"
    held = {
        "time": now.isoformat(timespec="seconds"),
        "machine": {"system": platform.system(), "python": platform.python_version(), "cores": os.cpu_count()},
        "libraries": {name: version(name) for name in _LIBRARIES},
        "series": series,
    }
    path.write_text(json.dumps(held, indent=1), "utf-8")
    return path
