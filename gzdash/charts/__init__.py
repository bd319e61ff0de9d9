"""Charts: Plotly figures as plain values, drawn from a sheet in the design's template."""

from __future__ import annotations

from gzdash.charts.chart import Chart, Group, KeyItem, TextColumn
from gzdash.charts.columns import bars, months
from gzdash.charts.dumbbell import dumbbell
from gzdash.charts.findings import compare_finding, ranking_finding, share_finding, trend_finding
from gzdash.charts.lines import lines
from gzdash.charts.ranked import ranked, region_groups

__all__ = [
    "Chart",
    "Group",
    "KeyItem",
    "TextColumn",
    "bars",
    "compare_finding",
    "dumbbell",
    "lines",
    "months",
    "ranked",
    "ranking_finding",
    "region_groups",
    "share_finding",
    "trend_finding",
]
