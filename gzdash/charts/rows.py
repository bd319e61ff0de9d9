"""Rows by value: names at the left, marks in the middle, written numbers at the right, one height for each line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gzdash.answer import Number, Sheet
from gzdash.charts.chart import Group, KeyItem, Style, TextColumn
from gzdash.charts.lettering import LINE, widest, wrapped
from gzdash.charts.reading import Reading
from gzdash.charts.template import BESIDE_MAP, BOTTOM, TOP, Margin, Part, hairlines, key_width, words
from gzdash.words import Language, Text

BLANK = Text("空白", "Blank")

_NAME_ROOM = 152
_NAME_GAP = 14
_COLUMN_GAP = 14
_HEAD_PITCHES = 1.5
_END_ROOM = 6
# The narrowest column of the overview is narrower than a phone.
_BLANK_ROOM = 310
# The heads of the columns, the ticks and the key stand on one line, this far above the first row.
HEAD = 18


@dataclass(frozen=True, slots=True)
class Slot:
    """One row, subhead or, without a name, gap: `middle` in pixels below the plot's top, `name` in lines, `row` in
    the sheet."""

    row: int | None
    name: tuple[str, ...]
    middle: float
    height: float
    total: Number | None = None


@dataclass(frozen=True)
class Rows:
    """The rows in the order drawn, with the margins their words need and the names of those left blank."""

    slots: tuple[Slot, ...]
    blank: tuple[str, ...]
    right: tuple[TextColumn, ...]
    margin: Margin
    depth: int

    @property
    def height(self) -> int:
        """The height of the chart: rows × pitch + 52, more where a name or the key needs a second line."""
        return self.depth + self.margin.top + self.margin.bottom

    @property
    def order(self) -> list[int]:
        """The rows of the sheet in the order drawn."""
        return [slot.row for slot in self.slots if slot.row is not None]


def by_value(sheet: Sheet, columns: Sequence[str]) -> tuple[list[int], list[int]]:
    """The rows with something to draw, the greatest first and "not stated" last, and the rows without."""
    firsts = [_first(sheet, row, columns) for row in range(len(sheet))]
    drawn = [row for row, value in enumerate(firsts) if value is not None]
    order = sorted(drawn, key=lambda row: (sheet.keys[row][0] is None, -(firsts[row] or 0)))
    return order, [row for row, value in enumerate(firsts) if value is None]


def _first(sheet: Sheet, row: int, columns: Sequence[str]) -> Number | None:
    return next((value for key in columns if (value := sheet.values(key)[row]) is not None), None)


def laid_out(
    sheet: Sheet,
    order: Sequence[int],
    blank: Sequence[str],
    right: tuple[TextColumn, ...],
    key: Sequence[KeyItem],
    language: Language,
    *,
    pitch: int,
    groups: Sequence[Group] = (),
    has_axis: bool = True,
) -> Rows:
    """The rows with a place for each, under the subheads of `groups` where there are any."""
    slots = _slots(sheet, order, language, pitch, groups)
    depth = round(sum(slot.height for slot in slots))
    left = widest([line for slot in slots if slot.row is not None for line in slot.name], bold=True) + _NAME_GAP
    beside = sum(_column_width(column, language) + _COLUMN_GAP for column in right) + _END_ROOM
    room_for_key = left - _END_ROOM if has_axis else BESIDE_MAP - beside + _before_head(right, language)
    top = TOP + (20 if key_width(key) > room_for_key and (has_axis or right) else 0)
    bottom = BOTTOM + round(max(len(_blank_lines(blank, language)) - 1, 0) * LINE)
    if any(group.is_folded for group in groups) and not blank:
        # Drawn in short, the last subhead needs no room below it.
        bottom = _END_ROOM
    return Rows(tuple(slots), tuple(blank), right, Margin(round(left), round(beside), top, bottom), depth)


def _before_head(right: Sequence[TextColumn], language: Language) -> float:
    """The room in the first written column that its head, which stands at its right, leaves free."""
    return _column_width(right[0], language) - widest([right[0].label.of(language)]) if right else 0


def _slots(sheet: Sheet, order: Sequence[int], language: Language, pitch: int, groups: Sequence[Group]) -> list[Slot]:
    labels = sheet.short_labels()
    names = {row: tuple(wrapped(labels[row].of(language), _NAME_ROOM)) for row in order}
    slots: list[Slot] = []
    place = 0.0
    for group, rows in _grouped(sheet, order, groups):
        if group:
            height = pitch * _HEAD_PITCHES
            slots.append(Slot(None, (group.name.of(language),), place + height - pitch / 2, height, group.total))
            place += height
        elif slots:
            # Rows of no group keep clear of the last one, or they would seem to belong to it.
            slots.append(Slot(None, (), place, pitch / 2))
            place += pitch / 2
        for row in () if group and group.is_folded else rows:
            height = max(float(pitch), len(names[row]) * LINE + 4 if len(names[row]) > 1 else 0)
            slots.append(Slot(row, names[row], place + height / 2, height))
            place += height
    return slots


def _grouped(sheet: Sheet, order: Sequence[int], groups: Sequence[Group]) -> list[tuple[Group | None, list[int]]]:
    """The rows under their groups, the group with the greatest total first; rows of no group come last."""
    inside = {code for group in groups for code in group.codes}
    sections: list[tuple[Group | None, list[int]]] = [
        (group, [row for row in order if sheet.keys[row][0] in group.codes])
        for group in sorted(groups, key=lambda group: -(group.total or 0))
    ]
    sections.append((None, [row for row in order if sheet.keys[row][0] not in inside]))
    return [(group, rows) for group, rows in sections if rows]


def row_words(
    rows: Rows, sheet: Sheet, style: Style, reading: Reading, highlight: Collection[str | None]
) -> tuple[list[Part], list[Part]]:
    """The hairlines and the words of all rows: subheads with their totals, names, and the written columns."""
    shapes: list[Part] = []
    texts = _column_heads(rows, style)
    for slot in rows.slots:
        if not slot.name:
            continue
        if slot.row is None:
            shapes += _head_lines(rows, slot, style)
            texts += _head_words(rows, slot, style, reading)
        else:
            is_bold = sheet.keys[slot.row][0] in highlight
            texts += [_name(rows, slot, style, is_bold=is_bold), *_cells(rows, slot, style, is_bold=is_bold)]
    blank_shapes, blank_texts = _blank(rows, style)
    return shapes + blank_shapes, texts + blank_texts


def row_axis(rows: Rows) -> Part:
    """The axis along which rows stand: it counts pixels from the top."""
    return {"range": [rows.depth, 0], "visible": False, "fixedrange": True}


def _name(rows: Rows, slot: Slot, style: Style, *, is_bold: bool) -> Part:
    palette = style.palette
    place: Part = {"x": 0, "xanchor": "left", "xshift": -rows.margin.left, "yref": "y", "y": slot.middle}
    return words("\n".join(slot.name), palette.ink if is_bold else palette.ink2, bold=is_bold, align="left", **place)


def _cells(rows: Rows, slot: Slot, style: Style, *, is_bold: bool) -> list[Part]:
    palette, texts = style.palette, []
    for number, (column, shift) in enumerate(zip(rows.right, _shifts(rows, style.language), strict=True)):
        cell = column.cells[slot.row or 0]
        colour = palette.ink3 if number else palette.ink
        place: Part = {"x": 1, "xanchor": "right", "xshift": shift, "yref": "y", "y": slot.middle}
        texts.append(words(cell, colour, bold=is_bold and not number, **place))
    return texts


def _column_heads(rows: Rows, style: Style) -> list[Part]:
    shifts = _shifts(rows, style.language)
    return [
        words(column.label.of(style.language), style.palette.ink3, x=1, y=1, xanchor="right", xshift=shift, yshift=HEAD)
        for column, shift in zip(rows.right, shifts, strict=True)
    ]


def _head_words(rows: Rows, slot: Slot, style: Style, reading: Reading) -> list[Part]:
    ink = style.palette.ink
    name = words(slot.name[0], ink, bold=True, x=0, xanchor="left", xshift=-rows.margin.left, yref="y", y=slot.middle)
    if not rows.right:
        return [name]
    shift = _shifts(rows, style.language)[0]
    total = words(
        reading.label(slot.total), ink, bold=True, x=1, xanchor="right", xshift=shift, yref="y", y=slot.middle
    )
    return [name, total]


def _head_lines(rows: Rows, slot: Slot, style: Style) -> list[Part]:
    below = slot.middle + 10
    return hairlines(rows.margin, style, yref="y", y0=below, y1=below)


def _blank(rows: Rows, style: Style) -> tuple[list[Part], list[Part]]:
    """The names of the rows without a number, under a hairline: listed, never dropped."""
    lines = _blank_lines(rows.blank, style.language)
    if not lines:
        return [], []
    shapes = hairlines(rows.margin, style, yref="paper", ysizemode="pixel", yanchor=0, y0=-4, y1=-4)
    place: Part = {"x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "xshift": -rows.margin.left, "yshift": -6}
    return shapes, [words("\n".join(lines), style.palette.ink2, align="left", **place)]


def _blank_lines(blank: Sequence[str], language: Language) -> list[str]:
    if not blank:
        return []
    joined = ("、" if language == "zh" else ", ").join(blank)
    return wrapped(f"{BLANK.of(language)}{'　' if language == 'zh' else ': '}{joined}", _BLANK_ROOM)


def _column_width(column: TextColumn, language: Language) -> float:
    return widest([column.label.of(language), *column.cells], bold=True)


def _shifts(rows: Rows, language: Language) -> list[float]:
    """How far right of the plot each written column ends."""
    shifts, left = [], float(_END_ROOM)
    for column in rows.right:
        left += _COLUMN_GAP + _column_width(column, language)
        shifts.append(left)
    return shifts
