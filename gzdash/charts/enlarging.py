"""A figure enlarged for a screen on a wall: what is measured in pixels grows, what is measured in data stays."""

from __future__ import annotations

from typing import Any

# What Plotly measures in pixels, wherever it stands in a figure.
_PIXELS = frozenset(
    {"size", "l", "r", "t", "b", "height", "xshift", "yshift", "gridwidth", "zerolinewidth", "ticklabelstandoff"}
)
# The places of a shape count in pixels where its size mode says so.
_PLACES = {"xsizemode": ("x0", "x1"), "ysizemode": ("y0", "y1")}


def enlarged(figure: Any, factor: float) -> Any:
    """The figure (or a part of one, plain dicts and lists) with every length in pixels times `factor`."""
    if isinstance(figure, list):
        return [enlarged(one, factor) for one in figure]
    if not isinstance(figure, dict):
        return figure
    lengths = _PIXELS | {place for mode, places in _PLACES.items() if figure.get(mode) == "pixel" for place in places}
    grown = {key: _times(value, factor) if key in lengths else enlarged(value, factor) for key, value in figure.items()}
    if isinstance(line := grown.get("line"), dict) and "width" in line:
        grown["line"] = line | {"width": _times(line["width"], factor)}
    return grown


def _times(length: Any, factor: float) -> Any:
    """One length or a list of them; what is no number stays."""
    if isinstance(length, list):
        return [_times(one, factor) for one in length]
    return round(length * factor, 2) if isinstance(length, int | float) and not isinstance(length, bool) else length
