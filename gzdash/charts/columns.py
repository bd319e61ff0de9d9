"""Columns over time: hollow for what is promised, solid for what is delivered, a tick for the year before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from gzdash.answer import Sheet
from gzdash.charts.chart import Chart, KeyItem, Style, TextColumn
from gzdash.charts.column_marks import column_marks, dashed_outlines
from gzdash.charts.column_plot import ColumnPlot, Series, labelled
from gzdash.charts.describe import over_time
from gzdash.charts.lettering import marked_up, widest
from gzdash.charts.lines import Pen, draw_lines
from gzdash.charts.reading import Reading
from gzdash.charts.template import (
    BOTTOM,
    PHONE,
    TOP,
    Margin,
    Part,
    axis,
    hairlines,
    key_height,
    key_parts,
    layout,
    ruled,
    words,
)
from gzdash.charts.timeline import UNDATED, timeline
from gzdash.theme import Palette
from gzdash.words import Language, Text

HEIGHT = 320
# More steps than these are drawn as lines.
COLUMN_STEPS = 30

PARTIAL = Text("未报齐", "Not all reported")

_NAME_LINE = 16
_BELOW_LINE = 18


def months(
    sheet: Sheet,
    hollow: str | None = "jobs_posted",
    solid: str = "graduates_hired",
    last_year: str | None = None,
    *,
    palette: Palette,
    pillar: str,
    language: Language,
    below: Sequence[TextColumn] = (),
    highlight: Collection[str] = (),
    height: int = HEIGHT,
) -> Chart | None:
    """Paired columns per month (quarter, year), or lines where there are more than thirty; None for no rows.

    `last_year` is a tick on the solid columns. `below` are written rows under the months, left out where they would
    collide on a phone; the first row's cell is in the pillar's ink for the codes in `highlight`. Months that the sheet
    calls torn are hatched and dashed, and have no tick.
    """
    style = Style.of(palette, pillar, language)
    series = [Series(solid, style.hue.mark, style.hue.ink)]
    if hollow:
        series.insert(0, Series(hollow, style.hue.wash, palette.ink2, hollow=True))
    plot = _plot(_uncompared(sheet, last_year), tuple(series), last_year, style, height)
    rows = tuple(one for one in below if len(plot.time) * (widest(list(one.cells)) + 3) <= PHONE)
    return _drawn(replace(plot, below=rows, highlight=frozenset(highlight)))


def _uncompared(sheet: Sheet, last_year: str | None) -> Sheet:
    """The sheet as drawn: without last year's figures for torn months, with which nothing is compared."""
    figures = tuple(
        replace(one, values=tuple(None if sheet.is_torn(place) else value for place, value in enumerate(one.values)))
        if one.key == last_year
        else one
        for one in sheet.figures
    )
    return replace(sheet, figures=figures)


def bars(
    sheet: Sheet,
    columns: Sequence[str],
    *,
    palette: Palette,
    pillar: str,
    language: Language,
    height: int = HEIGHT,
) -> Chart | None:
    """Plain columns over time, one series or two of equal rank side by side, or lines where there are more than
    thirty steps; None for no rows, ValueError for three series and more."""
    if not 0 < len(columns) <= 2:
        raise ValueError(f"one or two series, not {len(columns)}")
    style = Style.of(palette, pillar, language)
    second = palette.ink2 if style.hue.mark == palette.slate else palette.slate
    paints = ((style.hue.mark, style.hue.ink), (second, palette.ink2))
    series = tuple(Series(key, *paint) for key, paint in zip(columns, paints, strict=False))
    return _drawn(_plot(sheet, series, None, style, height))


def _plot(sheet: Sheet, series: tuple[Series, ...], last_year: str | None, style: Style, height: int) -> ColumnPlot:
    time = timeline(sheet, style.language)
    keys = [one.key for one in series] + ([last_year] if last_year else [])
    reading = Reading.of(sheet, keys, style.language)
    return ColumnPlot(sheet, series, last_year, time, reading, style, height, labelled(sheet, series, time, reading))


def _drawn(plot: ColumnPlot) -> Chart | None:
    if all(value is None for key in plot.keys for value in plot.sheet.values(key)):
        return None
    if len(plot.time) > COLUMN_STEPS:
        return draw_lines(plot.sheet, _pens(plot), plot.style, plot.height)
    return _chart(replace(plot, margin=_margin(plot)))


def _chart(plot: ColumnPlot) -> Chart:
    key = _key(plot)
    shapes, texts = key_parts(key, plot.margin, plot.style)
    below_shapes, below_texts = _below(plot)
    figure = {
        "data": column_marks(plot),
        "layout": layout(
            plot.style,
            plot.height,
            plot.margin,
            hovermode="x",
            # Last year's ticks stand on the columns of their offset group.
            scattermode="group",
            xaxis=_time_axis(plot),
            yaxis=_value_axis(plot),
            shapes=[*shapes, *below_shapes, *dashed_outlines(plot)],
            annotations=[*texts, *below_texts],
        ),
    }
    return Chart(figure, plot.height, over_time(plot.sheet, plot.keys, plot.style.language), key)


def _time_axis(plot: ColumnPlot) -> Part:
    time = plot.time
    return axis(
        plot.style,
        type="category",
        categoryorder="array",
        categoryarray=list(time.codes),
        range=[-0.5, len(time) - 0.5],
        tickmode="array",
        tickvals=list(time.named),
        ticktext=[marked_up(name) for name in time.names],
        tickfont={"size": 12, "color": plot.style.palette.ink2},
    )


def _value_axis(plot: ColumnPlot) -> Part:
    if plot.is_labelled:
        line = {"zeroline": True, "zerolinecolor": plot.style.palette.axis, "zerolinewidth": 1}
        return axis(plot.style, range=list(plot.reach), showticklabels=False, **line)
    ticks = plot.reading.ticks(*plot.span)
    return ruled(plot.style, ticks, [plot.reading.tick(value) for value in ticks], range=list(plot.reach))


def _margin(plot: ColumnPlot) -> Margin:
    left = 0.0
    if not plot.is_labelled:
        left = widest([plot.reading.tick(value) for value in plot.reading.ticks(*plot.span)]) + 8
    below = _BELOW_LINE * (len(plot.below) + 1) + 10 if plot.below else 0
    bottom = BOTTOM + (plot.time.name_lines - 1) * _NAME_LINE + below
    # The name of the last step, "not stated", is wider than its column.
    right = 14 if UNDATED in plot.time.codes else 0
    return Margin(round(left), right, TOP - 20 + key_height(_key(plot)), bottom)


def _below(plot: ColumnPlot) -> tuple[list[Part], list[Part]]:
    """The written rows under the months: a hairline, what they are, then the rows."""
    if not plot.below:
        return [], []
    palette, language = plot.style.palette, plot.style.language
    top = -(plot.margin.bottom - _BELOW_LINE * (len(plot.below) + 1))
    names = [one.label.of(language) for one in plot.below]
    aside = f"（{'、'.join(names[1:])}）" if language == "zh" else f" ({', '.join(names[1:])})"
    head = names[0] + (aside if names[1:] else "")
    lines = hairlines(plot.margin, plot.style, yref="paper", ysizemode="pixel", yanchor=0, y0=top + 2, y1=top + 2)
    texts = [words(head, palette.ink3, x=0, y=0, xanchor="left", xshift=-plot.margin.left, yshift=top - 10)]
    for row, column in enumerate(plot.below):
        texts += _below_row(plot, column, top - 10 - _BELOW_LINE * (row + 1), is_first=row == 0)
    return lines, texts


def _below_row(plot: ColumnPlot, column: TextColumn, shift: int, *, is_first: bool) -> list[Part]:
    palette, texts = plot.style.palette, []
    for code, cell in zip(plot.time.codes, plot.time.along(column.cells), strict=True):
        ink = plot.style.hue.ink if code in plot.highlight else palette.ink
        where: Part = {"xref": "x", "x": code, "y": 0, "yshift": shift}
        texts.append(words(cell or "", ink if is_first else palette.ink3, bold=is_first, **where))
    return texts


def _key(plot: ColumnPlot) -> tuple[KeyItem, ...]:
    def named(key: str) -> str:
        return plot.sheet.by_column[key].label.of(plot.style.language)

    mark, ink = plot.style.hue.mark, plot.style.palette.ink
    items = [KeyItem(named(one.key), "bar", one.fill, mark if one.hollow else one.fill) for one in plot.series]
    items[-1] = replace(items[-1], label=plot.reading.named(items[-1].label))
    if plot.last_year:
        items.append(KeyItem(named(plot.last_year), "tick", ink, ink))
    if plot.sheet.torn:
        items.append(KeyItem(PARTIAL.of(plot.style.language), "dashed", plot.style.palette.page, mark))
    return tuple(items)


def _pens(plot: ColumnPlot) -> list[Pen]:
    mark = plot.style.hue.mark
    pens = [Pen(one.key, mark if one.hollow else one.fill, hollow=one.hollow) for one in plot.series]
    return [Pen(plot.last_year, plot.style.palette.axis, thin=True), *pens] if plot.last_year else pens
