"""A finding is a short title that says what the rows show, by a written rule; where no rule applies there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gzdash.answer import Figures, Number, Sheet
from gzdash.charts.lettering import is_han
from gzdash.charts.timeline import UNDATED, timeline
from gzdash.dimensions import time_label
from gzdash.numbers import NO_BREAK, POINTS, Value, per_cent, write
from gzdash.units import Unit
from gzdash.words import Text

MOST_HAN = 24
MOST_WORDS = 12

# A trend needs three points; its end may give back at most half of the way, a quarter of it counts as slight.
TREND_POINTS = 3
GIVEN_BACK = 0.5
SLIGHTLY = 0.25
# Few hold much when no more than a third of the rows hold at least three fifths of the whole.
SHARE_HELD = Decimal("0.6")
SHARE_ROWS = 3

_ROSE = Text("{label}从{first}的{low}升到{peak}的{high}", "{label} rose from {low} ({first}) to {high} ({peak})")
_FELL = Text("{label}从{first}的{low}降到{peak}的{high}", "{label} fell from {low} ({first}) to {high} ({peak})")
_AFTER_RISE = Text("，{last}回落到{end}", ", then {end}")
_AFTER_RISE_SLIGHTLY = Text("，{last}略有回落", ", then slipped")
_AFTER_FALL = Text("，{last}回升到{end}", ", then {end}")
_AFTER_FALL_SLIGHTLY = Text("，{last}略有回升", ", then edged up")

_FIRST_HOLDS = Text("{name}占{label}{share}", "{name} holds {share} of {label}")
_FIRST_FEW_HOLD = Text("前{count}{name}占{label}{share}", "Top {count} {name} hold {share} of {label}")

_MOST = Text("{label}最多的是{name}，{value}", "{name} leads in {label}, {value}")
_HIGHEST = Text("{label}最高的是{name}，{value}", "{name} has the highest {label}, {value}")
_BOTH_ENDS = Text(
    "{label}{name}最高（{value}），{other}最低（{least}）",
    "{label}: {name} highest ({value}), {other} lowest ({least})",
)

_MORE = Text("{label}比去年同期多{gap}", "{label}: {gap} more than a year ago")
_LESS = Text("{label}比去年同期少{gap}", "{label}: {gap} fewer than a year ago")
_LESS_MONEY = Text("{label}比去年同期少{gap}", "{label}: {gap} less than a year ago")
_HIGHER = Text("{label}比去年同期高{gap}", "{label}: {gap} higher than a year ago")
_LOWER = Text("{label}比去年同期低{gap}", "{label}: {gap} lower than a year ago")
_SAME = Text("{label}与去年同期持平", "{label}: the same as a year ago")


@dataclass(frozen=True, slots=True)
class _Point:
    when: Text
    value: float
    exact: Number


def trend_finding(sheet: Sheet, column: str) -> Text | None:
    """From where to where a number went over time, and what happened after its turning point.

    The turn is the highest point of a rise and the lowest of a fall. It is a trend when the first point is the
    extreme of the way to the turn, the last is the extreme of the way from it, and no more than half of the way is
    given back; a gap between known points, fewer than three of them, or ends that are written alike are none.
    """
    points = _points(sheet, column)
    if len(points) < TREND_POINTS or points[0].value == points[-1].value:
        return None
    is_rise = points[-1].value > points[0].value
    heights = [point.value if is_rise else -point.value for point in points]
    turn = heights.index(max(heights))
    way = heights[turn] - heights[0]
    back = heights[turn] - heights[-1]
    straight = min(heights[: turn + 1]) == heights[0] and min(heights[turn:]) == heights[-1]
    if not straight or back > way * GIVEN_BACK:
        return None
    return _trend(sheet.by_column[column], points, turn, back / way, is_rise=is_rise)


def _trend(one: Figures, points: Sequence[_Point], turn: int, given_back: float, *, is_rise: bool) -> Text | None:
    first, peak, last = points[0], points[turn], points[-1]
    low, high = _plainly(first.exact, one.unit), _plainly(peak.exact, one.unit)
    if low.zh == high.zh:
        return None
    said = (_ROSE if is_rise else _FELL).fill(label=one.label, first=first.when, peak=peak.when, low=low, high=high)
    if not given_back:
        return _fitting(said)
    slight = given_back <= SLIGHTLY
    if is_rise:
        tail = _AFTER_RISE_SLIGHTLY if slight else _AFTER_RISE
    else:
        tail = _AFTER_FALL_SLIGHTLY if slight else _AFTER_FALL
    after = tail.fill(last=last.when, end=_plainly(last.exact, one.unit))
    # Without its turn a sentence would tell half the story, so a title too long for it is none.
    return _fitting(Text(said.zh + after.zh, said.en + after.en))


def share_finding(sheet: Sheet, column: str, name: Text) -> Text | None:
    """That few hold much of an additive column: the fewest rows that hold three fifths, if at most a third of all.

    `name` is what is counted, with its measure word: 条链 / chains. Rows that do not say whose they are count in the
    whole but never among the first; a tie at the last place, or a negative value, is no finding.
    """
    one = sheet.by_column[column]
    known = [
        (Decimal(str(value)), key[0], label)
        for value, key, label in zip(one.values, sheet.keys, sheet.short_labels(), strict=True)
        if value is not None
    ]
    whole = sum((value for value, _, _ in known), Decimal(0))
    ranked = sorted((entry for entry in known if entry[1] is not None), key=lambda entry: -entry[0])
    if whole <= 0 or any(value < 0 for value, _, _ in known):
        return None
    count = _fewest([value for value, _, _ in ranked], whole * SHARE_HELD)
    if not count or count * SHARE_ROWS > len(ranked) or ranked[count - 1][0] == ranked[count][0]:
        return None
    held = sum((value for value, _, _ in ranked[:count]), Decimal(0)) / whole
    share = Text(per_cent(held, "zh", 0), per_cent(held, "en", 0))
    label = Text(one.label.zh, _lowered(one.label.en))
    if count == 1:
        return _fitting(_FIRST_HOLDS.fill(name=ranked[0][2], label=label, share=share))
    return _fitting(_FIRST_FEW_HOLD.fill(count=count, name=name, label=label, share=share))


def _fewest(values: Sequence[Decimal], enough: Decimal) -> int:
    """How many of the first values reach `enough`; 0 when all together do not."""
    held = Decimal(0)
    for count, value in enumerate(values, start=1):
        held += value
        if held >= enough:
            return count
    return 0


def ranking_finding(sheet: Sheet, column: str) -> Text | None:
    """Who has the most, with the number; for a ratio the highest and the lowest, where both fit a title.

    A tie at the end that is named, a single row, or a greatest value of zero is no finding.
    """
    one = sheet.by_column[column]
    ranked = sorted(
        (
            (value, label)
            for value, key, label in zip(one.values, sheet.keys, sheet.short_labels(), strict=True)
            if value is not None and key[0] is not None
        ),
        key=lambda entry: -entry[0],
    )
    if len(ranked) < 2 or ranked[0][0] == ranked[1][0] or ranked[0][0] <= 0:
        return None
    (best, name), (worst, other) = ranked[0], ranked[-1]
    value, label = _precisely(best, one.unit), Text(one.label.zh, _lowered(one.label.en))
    if one.unit.measure != "ratio":
        return _fitting(_MOST.fill(label=label, name=name, value=value))
    if worst != ranked[-2][0]:
        least = _precisely(worst, one.unit)
        both = _fitting(_BOTH_ENDS.fill(label=one.label, name=name, value=value, other=other, least=least))
        if both:
            return both
    return _fitting(_HIGHEST.fill(label=label, name=name, value=value))


def compare_finding(sheet: Sheet, column: str, before: str) -> Text | None:
    """How much more or less than a year before: the sums of two additive columns, a ratio only of a single row.

    A row unknown in either column makes the comparison unfair, and so none.
    """
    one = sheet.by_column[column]
    pairs = list(zip(one.values, sheet.values(before), strict=True))
    if not pairs or any(now is None or then is None for now, then in pairs):
        return None
    if one.unit.measure == "ratio" and len(pairs) > 1:
        return None
    gap = sum((Decimal(str(now)) - Decimal(str(then)) for now, then in pairs), Decimal(0))
    size = _gap(abs(gap), one.unit)
    if not re.search(r"[1-9]", size.zh):
        return _fitting(_SAME.fill(label=one.label))
    return _fitting(_sentence(gap > 0, one.unit).fill(label=one.label, gap=size))


def _sentence(is_more: bool, unit: Unit) -> Text:
    if unit.measure == "ratio":
        return _HIGHER if is_more else _LOWER
    if is_more:
        return _MORE
    return _LESS if unit.measure == "count" else _LESS_MONEY


def _gap(size: Decimal, unit: Unit) -> Text:
    if unit.measure == "ratio":
        points = per_cent(size, "zh").rstrip(f"{NO_BREAK}%")
        return Text(f"{points}{POINTS.zh}", f"{points}{NO_BREAK}{POINTS.en}")
    return _precisely(size, unit)


def _points(sheet: Sheet, column: str) -> list[_Point]:
    """The known points in the order of time; none at all when one between them is unknown."""
    time = timeline(sheet, "zh")
    exact = time.along(sheet.values(column))
    known = [place for place, value in enumerate(exact) if value is not None and time.codes[place] != UNDATED]
    if not known or known[-1] - known[0] + 1 != len(known):
        return []
    is_one_year = len({time.codes[place][:4] for place in known}) == 1
    points = ((time.codes[place], exact[place]) for place in known)
    return [_Point(_when(code, is_one_year), float(value), value) for code, value in points if value is not None]


def _when(code: str, is_one_year: bool) -> Text:
    """A step's name, without the year where all are of one."""
    label = time_label(code)
    if not is_one_year or len(code) == 4:
        return label
    return Text(label.zh.partition("年")[2], label.en.rpartition(" ")[0])


def _plainly(value: Value, unit: Unit) -> Text:
    """A number as a title says it: shares in whole per cents."""
    if unit.measure == "ratio":
        return Text(per_cent(value, "zh", 0), per_cent(value, "en", 0))
    return _precisely(value, unit)


def _precisely(value: Value, unit: Unit) -> Text:
    return Text(_joined(write(value, unit, "zh")), write(value, unit, "en"))


def _joined(text: str) -> str:
    """Chinese without the space before a plain measure word: 337人, but 4,126 万元 and 46 %."""
    return re.sub(f"{NO_BREAK}(?![万亿%])", "", text)


def _lowered(label: str) -> str:
    """A name inside an English sentence: its first letter small, unless it is an abbreviation."""
    first, _, _ = label.partition(" ")
    return label if any(map(str.isupper, first[1:])) else label[:1].lower() + label[1:]


def _fitting(text: Text) -> Text | None:
    """The title if it keeps to 24 Han and 12 words, else none."""
    han = sum(map(is_han, text.zh))
    return text if han <= MOST_HAN and len(text.en.split(" ")) <= MOST_WORDS else None
