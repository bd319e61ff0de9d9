"""Ranked bars: places or kinds by value, whole, as two parts, or as what is delivered inside what is promised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gzdash.answer import Number, Sheet
from gzdash.charts.chart import Chart, Group, KeyItem, Style, TextColumn
from gzdash.charts.describe import by_row
from gzdash.charts.reading import Reading, drawn, hover_texts
from gzdash.charts.rows import Rows, by_value, laid_out, row_axis, row_words
from gzdash.charts.template import HOLLOW_OUTLINE, NORMAL, Part, axis, key_parts, layout
from gzdash.reference import code_list
from gzdash.theme import Palette
from gzdash.words import Language, Text, same

_BAR_SHARE = 0.62
# Two parts that touch are kept apart by a hair of paper.
_PART_GAP = 0.8


@dataclass(frozen=True, slots=True)
class _Bar:
    """One set of bars: its column of the sheet, its fill and its outline."""

    key: str
    fill: str
    outline: str
    width: float = 0


def ranked(
    sheet: Sheet,
    solid: str,
    hollow: str | None = None,
    stacked: str | None = None,
    *,
    palette: Palette,
    pillar: str,
    language: Language,
    right: Sequence[TextColumn] = (),
    groups: Sequence[Group] = (),
    highlight: Collection[str | None] = (),
    blank: Sequence[Text] = (),
    pitch: int = NORMAL,
) -> Chart | None:
    """A bar per part, the greatest first, its value at the right; None for no rows.

    `hollow` is the whole of which `solid` is done, drawn around it; `stacked` is the second of two parts, and the
    value at the right is then their sum. Rows without a number, and the names in `blank`, are listed below.
    """
    style = Style.of(palette, pillar, language)
    sizes = _sizes(sheet, solid, hollow, stacked)
    order, silent = by_value(sheet, [hollow or solid, solid, *([stacked] if stacked else [])])
    order = sorted(order, key=lambda row: (sheet.keys[row][0] is None, -(sizes[row] or 0)))
    if not order:
        return None
    bars = _bars(solid, hollow, stacked, style)
    reading = Reading.of(sheet, [bar.key for bar in bars], language)
    labels = sheet.short_labels()
    folded = {code for group in groups if group.is_folded for code in group.codes}
    named = [row for row in silent if sheet.keys[row][0] not in folded]
    names = [*(labels[row].of(language) for row in named), *(name.of(language) for name in blank)]
    key = _key(sheet, bars, style)
    columns = tuple(right) or (_written(sheet, solid, hollow, sizes, reading),)
    rows = laid_out(sheet, order, names, columns, key, language, pitch=pitch, groups=groups, has_axis=False)
    figure = {
        "data": _data(sheet, rows, bars, style, pitch),
        "layout": _layout(sheet, rows, key, reading, style, highlight, sizes, is_stack=bool(stacked)),
    }
    return Chart(figure, rows.height, by_row(sheet, rows.order, [bar.key for bar in bars], language), key)


def region_groups(sheet: Sheet, *columns: str, folded: Collection[str] = ()) -> tuple[Group, ...]:
    """The parts of the province over a sheet of prefectures, with the sum of `columns`, which must be additive; of
    those in `folded` no prefecture is drawn."""
    prefectures, groups = code_list("prefecture"), code_list("region_group")
    found = []
    for group in groups.entries:
        places = [row for row, (code, *_) in enumerate(sheet.keys) if code and _parent(code) == group.code]
        known = [value for key in columns for row in places if (value := sheet.values(key)[row]) is not None]
        if places:
            codes = tuple(code for code in prefectures.codes if _parent(code) == group.code)
            found.append(Group(group.name, _sum(known), codes, group.code in folded))
    return tuple(found)


def _parent(prefecture: str) -> str:
    entry = code_list("prefecture").by_code.get(prefecture)
    return entry.parent if entry else ""


def _sum(values: Sequence[Number]) -> Number | None:
    """The sum of what is known, exact for decimals; None for nothing."""
    total: Number | None = None
    for value in values:
        total = value if total is None else total + value  # type: ignore[operator]
    return total


def _sizes(sheet: Sheet, solid: str, hollow: str | None, stacked: str | None) -> list[Number | None]:
    """What rows are sorted by: the whole where there is one, the sum of both parts of a stack."""
    if hollow:
        return [whole if whole is not None else part for whole, part in _pairs(sheet, hollow, solid)]
    if stacked:
        return [_sum([one for one in pair if one is not None]) for pair in _pairs(sheet, solid, stacked)]
    return list(sheet.values(solid))


def _pairs(sheet: Sheet, first: str, second: str) -> list[tuple[Number | None, Number | None]]:
    return list(zip(sheet.values(first), sheet.values(second), strict=True))


def _bars(solid: str, hollow: str | None, stacked: str | None, style: Style) -> list[_Bar]:
    hue = style.hue
    bars = [_Bar(solid, hue.mark, style.palette.page if stacked else hue.mark, _PART_GAP if stacked else 0)]
    if hollow:
        bars.insert(0, _Bar(hollow, hue.wash, hue.mark, HOLLOW_OUTLINE))
    if stacked:
        bars.append(_Bar(stacked, hue.mid, style.palette.page, _PART_GAP))
    return bars


def _data(sheet: Sheet, rows: Rows, bars: Sequence[_Bar], style: Style, pitch: int) -> list[Part]:
    hovers = hover_texts(sheet, [bar.key for bar in bars], style.language)
    shared: Part = {
        "type": "bar",
        "orientation": "h",
        "y": [slot.middle for slot in rows.slots if slot.row is not None],
        "width": round(pitch * _BAR_SHARE),
        "customdata": [sheet.keys[row][0] for row in rows.order],
        "hovertext": [hovers[row] for row in rows.order],
        "hoverinfo": "text",
        "textposition": "none",
        "cliponaxis": False,
        "unselected": {"marker": {"opacity": 1}},
    }
    return [shared | _painted(sheet, rows, bar, style) for bar in bars]


def _painted(sheet: Sheet, rows: Rows, bar: _Bar, style: Style) -> Part:
    values = drawn(sheet.values(bar.key))
    line = {"color": bar.outline, "width": bar.width}
    return {
        "name": sheet.by_column[bar.key].label.of(style.language),
        "x": [values[row] for row in rows.order],
        "marker": {"color": bar.fill, "line": line},
    }


def _layout(
    sheet: Sheet,
    rows: Rows,
    key: Sequence[KeyItem],
    reading: Reading,
    style: Style,
    highlight: Collection[str | None],
    sizes: Sequence[Number | None],
    *,
    is_stack: bool,
) -> Part:
    key_shapes, key_texts = key_parts(key, rows.margin, style)
    shapes, texts = row_words(rows, sheet, style, reading, highlight)
    known = [value for value in drawn(sizes) if value is not None]
    return layout(
        style,
        rows.height,
        rows.margin,
        barmode="relative" if is_stack else "overlay",
        xaxis=axis(style, range=[min([0, *known]), max([0, *known]) or 1], showticklabels=False),
        yaxis=row_axis(rows),
        shapes=[*shapes, *key_shapes],
        annotations=[*texts, *key_texts],
    )


def _written(
    sheet: Sheet, solid: str, hollow: str | None, sizes: Sequence[Number | None], reading: Reading
) -> TextColumn:
    """The value of each row, or both halves where there is a whole; headed by the unit of money."""
    head = same(reading.unit or "\u00a0")
    if not hollow:
        return TextColumn(head, tuple(reading.label(value) or "—" for value in sizes))
    pairs = _pairs(sheet, solid, hollow)
    return TextColumn(
        head, tuple(f"{reading.label(part) or '—'} / {reading.label(whole) or '—'}" for part, whole in pairs)
    )


def _key(sheet: Sheet, bars: Sequence[_Bar], style: Style) -> tuple[KeyItem, ...]:
    """The key; a single set of bars is named by the chart's title and needs none."""
    if len(bars) == 1:
        return ()
    mark = style.hue.mark
    return tuple(
        KeyItem(
            sheet.by_column[bar.key].label.of(style.language),
            "bar",
            bar.fill,
            mark if bar.fill == style.hue.wash else bar.fill,
        )
        for bar in bars
    )
