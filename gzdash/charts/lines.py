"""Lines over time, one to four, each with its name and its last number where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gzdash.answer import Sheet
from gzdash.charts.chart import Chart, KeyItem, Style
from gzdash.charts.describe import over_time
from gzdash.charts.lettering import LINE, marked_up, widest, wrapped
from gzdash.charts.reading import Reading, hover_texts
from gzdash.charts.template import BOTTOM, PHONE, TOP, Margin, Part, axis, key_height, key_parts, layout, ruled, words
from gzdash.charts.timeline import Timeline, timeline
from gzdash.theme import Palette
from gzdash.words import Language

HEIGHT = 320
MOST_LINES = 4

_NAME_ROOM = 84
_END_GAP = 10
_LAST_DOT, _LONE_DOT = 8, 5


@dataclass(frozen=True, slots=True)
class Pen:
    """One line: its column and colour; `hollow` ends in a ring (promised), `thin` stays behind (last year)."""

    key: str
    colour: str
    hollow: bool = False
    thin: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """Where a line ends: its words, and where their middle stands, in pixels above the plot's bottom."""

    lines: tuple[str, ...]
    middle: float
    pen: Pen


def lines(
    sheet: Sheet,
    columns: Sequence[str],
    *,
    palette: Palette,
    pillar: str,
    language: Language,
    height: int = HEIGHT,
) -> Chart | None:
    """One to four lines over months, quarters or years; None for no rows, ValueError for more than four."""
    if not 0 < len(columns) <= MOST_LINES:
        raise ValueError(f"one to four lines, not {len(columns)}")
    style = Style.of(palette, pillar, language)
    colours = [style.hue.mark, *(colour for colour in palette.categorical if colour != style.hue.mark)]
    pens = [Pen(key, colour) for key, colour in zip(columns, colours, strict=False)]
    return draw_lines(sheet, pens, style, height)


def draw_lines(sheet: Sheet, pens: Sequence[Pen], style: Style, height: int) -> Chart | None:
    """The chart of lines drawn with `pens`, the last one on top; None when there is nothing to draw."""
    keys = [pen.key for pen in pens]
    time = timeline(sheet, style.language)
    known = [value for key in keys for value in time.values(sheet, key) if value is not None]
    if not known:
        return None
    reading = Reading.of(sheet, keys, style.language)
    ticks = reading.ticks(min(0, *known), max(0, *known))
    reach = (min(0, *known), max([*known, ticks[-1]]) * 1.04 or 1)
    key = _key(sheet, pens, reading, style)
    margin = _margin(sheet, pens, reading, time, ticks, style, key)
    # What stands at the ends of the lines leaves the axis less than the page is wide.
    time = timeline(sheet, style.language, PHONE - margin.left - margin.right)
    ends = _ends(sheet, pens, reading, time, reach, height - margin.top - margin.bottom)
    shapes, texts = key_parts(key, margin, style)
    hovers = [text or "" for text in time.along(hover_texts(sheet, keys, style.language))]
    figure = {
        "data": [_line(sheet, pen, time, hovers, style) for pen in pens],
        "layout": layout(
            style,
            height,
            margin,
            xaxis=_time_axis(time, style),
            yaxis=ruled(style, ticks, [reading.tick(value) for value in ticks], range=list(reach)),
            shapes=shapes,
            annotations=[*texts, *(part for end in ends for part in _end_words(end, style))],
        ),
    }
    return Chart(figure, height, over_time(sheet, keys, style.language), key)


def _line(sheet: Sheet, pen: Pen, time: Timeline, hovers: list[str], style: Style) -> Part:
    values = time.values(sheet, pen.key)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": sheet.by_column[pen.key].label.of(style.language),
        "x": list(time.codes),
        "y": values,
        "customdata": list(time.clicks),
        "connectgaps": False,
        "line": {"color": pen.colour, "width": 1.5 if pen.thin else 2, "shape": "linear"},
        "marker": {
            "size": _dots(values, pen),
            "opacity": 1,
            "color": style.palette.page if pen.hollow else pen.colour,
            "line": {"color": pen.colour, "width": 2 if pen.hollow else 0},
        },
        "hovertext": hovers,
        "hoverinfo": "text",
        "cliponaxis": False,
        "unselected": {"marker": {"opacity": 1}},
    }


def _dots(values: Sequence[float | None], pen: Pen) -> list[int]:
    """A dot at the last point, a small one where a point has no neighbour to be joined to, none elsewhere."""
    padded = [None, *values, None]
    lone = [before is None and after is None for before, after in zip(padded, padded[2:], strict=False)]
    dots = [_LONE_DOT if alone and value is not None else 0 for alone, value in zip(lone, values, strict=True)]
    last = _last(values)
    if last is not None and not pen.thin:
        dots[last] = _LAST_DOT
    return dots


def _last(values: Sequence[float | None]) -> int | None:
    return next((place for place in reversed(range(len(values))) if values[place] is not None), None)


def _time_axis(time: Timeline, style: Style) -> Part:
    return axis(
        style,
        type="category",
        categoryorder="array",
        categoryarray=list(time.codes),
        range=[-0.3, len(time) - 0.7],
        tickmode="array",
        tickvals=list(time.named),
        ticktext=[marked_up(name) for name in time.names],
    )


def _margin(
    sheet: Sheet,
    pens: Sequence[Pen],
    reading: Reading,
    time: Timeline,
    ticks: Sequence[float],
    style: Style,
    key: tuple[KeyItem, ...],
) -> Margin:
    left = widest([reading.tick(value) for value in ticks]) + 8
    ends = [line for pen in pens for line in _end_lines(sheet, pen, reading, time)]
    right = widest(ends, bold=True) + _END_GAP
    top = TOP - 20 + key_height(key) if key else TOP
    return Margin(round(left), round(right), top, BOTTOM + 16 * (time.name_lines - 1))


def _ends(
    sheet: Sheet, pens: Sequence[Pen], reading: Reading, time: Timeline, reach: tuple[float, float], depth: float
) -> list[_End]:
    """The words at the lines' ends, pushed apart from the top down so that none covers another."""
    ends = []
    for pen in pens:
        values = time.values(sheet, pen.key)
        last = _last(values)
        if last is not None:
            value = values[last] or 0
            middle = (value - reach[0]) / (reach[1] - reach[0]) * depth
            ends.append(_End(_end_lines(sheet, pen, reading, time), middle, pen))
    return _apart(sorted(ends, key=lambda end: end.middle))


def _apart(ends: Sequence[_End]) -> list[_End]:
    """The ends from low to high, each lifted clear of the one below it."""
    placed: list[_End] = []
    floor = float("-inf")
    for end in ends:
        half = len(end.lines) * LINE / 2
        middle = max(end.middle, floor + half)
        placed.append(_End(end.lines, middle, end.pen))
        floor = middle + half
    return placed


def _end_lines(sheet: Sheet, pen: Pen, reading: Reading, time: Timeline) -> tuple[str, ...]:
    values = time.values(sheet, pen.key)
    last = _last(values)
    if last is None:
        return ()
    name = sheet.by_column[pen.key].label.of(reading.language)
    number = () if pen.thin else (reading.label(values[last]),)
    return (*wrapped(name, _NAME_ROOM), *number)


def _end_words(end: _End, style: Style) -> list[Part]:
    colour = style.palette.ink3 if end.pen.thin else style.palette.ink2
    top = end.middle + (len(end.lines) - 1) * LINE / 2
    place: Part = {"x": 1, "y": 0, "xanchor": "left", "xshift": _END_GAP}
    return [
        words(
            line,
            style.palette.ink if is_number else colour,
            bold=is_number,
            yshift=top - position * LINE,
            **place,
        )
        for position, line in enumerate(end.lines)
        for is_number in [position == len(end.lines) - 1 and not end.pen.thin]
    ]


def _key(sheet: Sheet, pens: Sequence[Pen], reading: Reading, style: Style) -> tuple[KeyItem, ...]:
    """Lines carry their names, so the key only says the one unit of money; others need none."""
    if not reading.unit:
        return ()
    return (KeyItem(reading.unit, "line", pens[-1].colour, pens[-1].colour),)
