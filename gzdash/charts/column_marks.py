"""The marks of a column chart: the columns, last year's ticks upon them, dashes around what is not all reported."""

from __future__ import annotations

from collections.abc import Sequence

from gzdash.charts.column_plot import LABEL_ROOM, ColumnPlot, Series
from gzdash.charts.lettering import SIZE, marked_up
from gzdash.charts.reading import hover_texts
from gzdash.charts.template import HOLLOW_OUTLINE, Part

# As the template sets them: columns fill .72 of a step, and .06 of that lies between two.
_BAR_SHARE, _GROUP_GAP = 0.72, 0.06
# The width a tick is sized for, for it is in pixels and knows no column; and the longest ticks there are.
_DESKTOP, _PAIRED_TICK, _SINGLE_TICK, _SHORTEST_TICK = 480, 22, 34, 8


def column_marks(plot: ColumnPlot) -> list[Part]:
    """The traces: a set of columns for each series, then last year's ticks."""
    hovers = plot.time.along(hover_texts(plot.sheet, plot.keys, plot.style.language))
    data = [_bars(plot, series) for series in plot.series]
    # With one box per month, only the first column that is there may speak.
    spoken: set[int] = set()
    for trace in data:
        speaks = [place not in spoken and value is not None for place, value in enumerate(trace["y"])]
        trace["hovertext"] = [text or "" for text in hovers]
        trace["hoverinfo"] = ["text" if one else "none" for one in speaks]
        spoken |= {place for place, one in enumerate(speaks) if one}
    if plot.last_year:
        data.append(_ticks(plot, data[-1]))
    return data


def _bars(plot: ColumnPlot, series: Series) -> Part:
    values = plot.time.values(plot.sheet, series.key)
    labels = [plot.reading.label(value) if series.key in plot.labelled else "" for value in values]
    return {
        "type": "bar",
        "offsetgroup": series.key,
        "y": values,
        "marker": _marker(plot, series),
        "text": [marked_up(label, bold=bool(label) and not series.hollow) for label in labels],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": SIZE, "color": series.text, "shadow": _halo(plot.style.palette.page)},
        **_shared(plot, series.key, series.text),
    }


def _shared(plot: ColumnPlot, key: str, text: str) -> Part:
    """What columns and ticks have alike; a click must not pale the marks it does not hit."""
    return {
        "name": plot.sheet.by_column[key].label.of(plot.style.language),
        "x": list(plot.time.codes),
        "customdata": list(plot.time.clicks),
        "cliponaxis": False,
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": text}},
    }


def _marker(plot: ColumnPlot, series: Series) -> Part:
    """How columns are painted; those of partly reported months are hatched, or blank inside their dashes."""
    hue, torn = plot.style.hue, [code in plot.sheet.torn for code in plot.time.codes]
    if series.hollow:
        fills = [plot.style.palette.page if one else series.fill for one in torn]
        widths = [0 if one else HOLLOW_OUTLINE for one in torn]
        return {"color": fills, "line": {"color": hue.mark, "width": widths}}
    marker: Part = {"color": series.fill, "line": {"width": 0}}
    if not any(torn):
        return marker
    hatch = {"fgcolor": hue.mark, "bgcolor": hue.wash, "size": 6, "solidity": 0.4}
    return marker | {"pattern": hatch | {"shape": ["/" if one else "" for one in torn]}}


def _halo(page: str) -> str:
    """A rim of paper around a label, which may stand over the outline of the column next to it."""
    return ", ".join(f"{x}px {y}px 1px {page}" for x in (-1, 1) for y in (-1, 1))


def _ticks(plot: ColumnPlot, solid: Part) -> Part:
    """Last year's ticks across the solid columns."""
    key = plot.last_year or ""
    values = plot.time.values(plot.sheet, key)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "offsetgroup": solid["offsetgroup"],
        "y": values,
        "marker": {
            "symbol": "line-ew",
            "size": _tick_length(plot),
            "line": {"width": 1.75, "color": plot.style.palette.ink},
        },
        "text": _moved_labels(plot, solid, values),
        "textposition": "top center",
        "textfont": solid["textfont"],
        "hoverinfo": "none",
        **_shared(plot, key, solid["textfont"]["color"]),
    }


def _moved_labels(plot: ColumnPlot, solid: Part, values: Sequence[float | None]) -> list[str]:
    """Takes off the columns those labels that a tick would strike through, and returns them to stand above it."""
    low, high = plot.reach
    near = (high - low) * LABEL_ROOM / plot.depth
    moved = [""] * len(values)
    for place, (now, before) in enumerate(zip(solid["y"], values, strict=True)):
        if now is not None and before is not None and 0 < before - now < near:
            moved[place], solid["text"][place] = solid["text"][place], ""
    return moved


def _tick_length(plot: ColumnPlot) -> int:
    longest = _PAIRED_TICK if len(plot.series) > 1 else _SINGLE_TICK
    column = _DESKTOP / len(plot.time) * _BAR_SHARE / len(plot.series)
    return max(_SHORTEST_TICK, min(longest, int(column)))


def dashed_outlines(plot: ColumnPlot) -> list[Part]:
    """Bars have no dashed outline of their own, so the hollow part of a partly reported month is drawn over."""
    series = plot.series[0]
    if not series.hollow:
        return []
    half = _BAR_SHARE / 4 * (1 - _GROUP_GAP)
    values = plot.time.values(plot.sheet, series.key)
    line = {"color": plot.style.hue.mark, "width": HOLLOW_OUTLINE, "dash": "3px,2px"}
    return [
        {"type": "rect", "x0": place - _BAR_SHARE / 4 - half, "x1": place - _BAR_SHARE / 4 + half, "y0": 0, "y1": value}
        | {"line": line}
        for place, (code, value) in enumerate(zip(plot.time.codes, values, strict=True))
        if code in plot.sheet.torn and value is not None
    ]
