"""A dumbbell shows two stages by category: a ring for what is promised, a dot for what is delivered, a stem between."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gzdash.answer import Sheet
from gzdash.charts.chart import Chart, KeyItem, Style, TextColumn
from gzdash.charts.describe import by_row
from gzdash.charts.lettering import width
from gzdash.charts.reading import Reading, drawn, hover_texts
from gzdash.charts.rows import HEAD, Rows, by_value, laid_out, row_axis, row_words
from gzdash.charts.template import DENSE, NORMAL, Part, key_parts, layout, ruled
from gzdash.theme import Palette
from gzdash.words import Language, Text, same

# From this many rows on they stand closer, so that 21 chains fit a screen.
_MANY_ROWS = 16
_RING_LINE = 2
_DOT = 8
# A head at the right may take this much of the narrowest plot, in pixels.
_HEAD_ROOM = 80


def dumbbell(
    sheet: Sheet,
    hollow: str,
    solid: str,
    right: Sequence[TextColumn] = (),
    *,
    palette: Palette,
    pillar: str,
    language: Language,
    highlight: Collection[str | None] = (),
    blank: Sequence[Text] = (),
    pitch: int = 0,
) -> Chart | None:
    """A row per part with a ring (`hollow`) and a dot (`solid`), by the value of `hollow`; None for no rows.

    Without `right` the value of `hollow` is written at the right. `highlight` holds the codes of at most two rows.
    Rows without a number, and the names in `blank`, are listed below. `pitch` is 17 or 22, by the rows, when 0.
    """
    style = Style.of(palette, pillar, language)
    order, silent = by_value(sheet, (hollow, solid))
    if not order:
        return None
    reading = Reading.of(sheet, (hollow, solid), language)
    labels = sheet.short_labels()
    names = [*(labels[row].of(language) for row in silent), *(name.of(language) for name in blank)]
    columns = tuple(right) or (_written(sheet, hollow, reading),)
    key = _key(sheet, hollow, solid, style)
    pitch = pitch or (DENSE if len(order) >= _MANY_ROWS else NORMAL)
    rows = laid_out(sheet, order, names, columns, key, language, pitch=pitch)
    data = _data(sheet, rows, hollow, solid, style)
    figure = {"data": data, "layout": _layout(sheet, rows, (hollow, solid), key, reading, style, highlight)}
    return Chart(figure, rows.height, by_row(sheet, order, (hollow, solid), language), key)


def _data(sheet: Sheet, rows: Rows, hollow: str, solid: str, style: Style) -> list[Part]:
    hovers = hover_texts(sheet, (hollow, solid), style.language)
    middles = {slot.row: slot.middle for slot in rows.slots}
    shared: Part = {
        "type": "scatter",
        "mode": "markers",
        "y": [middles[row] for row in rows.order],
        "customdata": [sheet.keys[row][0] for row in rows.order],
        "hovertext": [hovers[row] for row in rows.order],
        "hoverinfo": "text",
        "cliponaxis": False,
        "unselected": {"marker": {"opacity": 1}},
    }
    mark = style.hue.mark
    ring = {"size": _DOT, "color": style.palette.page, "line": {"color": mark, "width": _RING_LINE}, "opacity": 1}
    dot = {"size": _DOT, "color": mark, "line": {"width": 0}, "opacity": 1}
    return [_stems(sheet, rows, hollow, solid, style)] + [
        shared
        | {"name": sheet.by_column[key].label.of(style.language), "x": _values(sheet, rows, key), "marker": marker}
        for key, marker in ((hollow, ring), (solid, dot))
    ]


def _values(sheet: Sheet, rows: Rows, key: str) -> list[float | int | None]:
    values = drawn(sheet.values(key))
    return [values[row] for row in rows.order]


def _stems(sheet: Sheet, rows: Rows, hollow: str, solid: str, style: Style) -> Part:
    """One line for all stems, broken after each, which is far cheaper to draw than a line per row."""
    x: list[float | None] = []
    y: list[float | None] = []
    middles = [slot.middle for slot in rows.slots if slot.row is not None]
    for left, right, middle in zip(_values(sheet, rows, solid), _values(sheet, rows, hollow), middles, strict=True):
        if left is not None and right is not None:
            x += [left, right, None]
            y += [middle, middle, None]
    line = {"width": 2, "color": style.hue.mid}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "cliponaxis": False}


def _layout(
    sheet: Sheet,
    rows: Rows,
    columns: Sequence[str],
    key: Sequence[KeyItem],
    reading: Reading,
    style: Style,
    highlight: Collection[str | None],
) -> Part:
    key_shapes, key_texts = key_parts(key, rows.margin, style)
    shapes, texts = row_words(rows, sheet, style, reading, highlight)
    known = [value for name in columns for value in _values(sheet, rows, name) if value is not None]
    low, high = min([0, *known]), max([0, *known])
    ticks = reading.ticks(low, high)
    marks = [reading.tick(value) for value in ticks]
    return layout(
        style,
        rows.height,
        rows.margin,
        xaxis=ruled(style, ticks, marks, side="top", ticklabelstandoff=HEAD - 8, range=[low, high or 1]),
        yaxis=row_axis(rows),
        shapes=[*shapes, *key_shapes],
        annotations=[*texts, *key_texts],
    )


def _written(sheet: Sheet, column: str, reading: Reading) -> TextColumn:
    """The value of `column`, headed by its name and unit, or by the unit alone where the name would take the plot."""
    one = sheet.by_column[column]
    named = f"{one.label.of(reading.language)} {reading.unit or ''}".strip()
    head = same(named if width(named) <= _HEAD_ROOM else reading.unit or "\u00a0")
    return TextColumn(head, tuple(reading.label(value) or "—" for value in one.values))


def _key(sheet: Sheet, hollow: str, solid: str, style: Style) -> tuple[KeyItem, ...]:
    mark = style.hue.mark
    named = {key: sheet.by_column[key].label.of(style.language) for key in (hollow, solid)}
    return KeyItem(named[hollow], "dot", style.palette.page, mark), KeyItem(named[solid], "dot", mark, mark)
