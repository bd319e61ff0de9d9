"""The map of Guangdong on a page: prefectures, or the counties of the one prefecture that was chosen."""

from __future__ import annotations

import math
import os

from gzdash.answer import Sheet
from gzdash.metrics import metric
from gzdash.numbers import column_scale, write
from gzdash.reference import CodeList, code_list, region_level, rows
from gzdash.screen import reader
from gzdash.screen.guangdong_map import Point, Region, draw_map
from gzdash.screen.outlines import Level
from gzdash.screen.page import answers, colours
from gzdash.screen.view import View
from gzdash.units import YUAN
from gzdash.words import Text
from gzdash.words import pages as words

METRIC = "aid_value"
# Aid goes to East, West and North Guangdong; the delta is the giving side.
GIVING_SIDE = "GD-PRD"
MAP_REVIEW_NUMBER = "GZDASH_MAP_REVIEW"

# Class borders are this many times a power of ten.
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_CLASSES = 5


def aid_map(view: View, height: int = 300) -> None:
    """Aid by place; a click narrows the page to it."""
    parent = _parent(view)
    level: Level = "county" if parent else "prefecture"
    selection = view.selection.to_date()
    shown = answers(view, "aid_map", words.AID_MAP, level, METRIC, selection=selection)
    values = {key[0]: value for key, value in zip(shown.keys, shown.values(METRIC), strict=True)}
    borders = _borders(max((float(value or 0) for value in values.values()), default=0.0))
    scale = column_scale([border for border in borders if border], YUAN)
    entered = draw_map(
        [_region(view, code, values.get(code)) for code in _codes(level, parent)],
        key=f"map_{view.page}",
        level=level,
        parent=parent,
        breaks=borders,
        break_labels=[scale.write(border, view.language) for border in borders],
        unit_label=scale.header(view.language),
        outside_label=view.say(words.OUTSIDE),
        outside_name=view.say(code_list("region_group").name_of(GIVING_SIDE)),
        missing_label=view.say(words.MISSING),
        points=_towns(view),
        caption=view.say(_caption()),
        summary=_summary(view, shown),
        palette=colours(view, "rural"),
        language=view.language,
        height=height,
    )
    if entered:
        reader.choose_next("regions", (entered,))


def _parent(view: View) -> str | None:
    """The prefecture whose counties are drawn: the one the selection is about, if it has counties."""
    chosen = view.selection.regions
    if len(chosen) != 1:
        return None
    above = {"prefecture": chosen[0], "county": _above(chosen[0], 1), "town": _above(chosen[0], 2)}
    prefecture = above.get(region_level(chosen[0]))
    counties = {entry.parent for entry in code_list("county").entries}
    return prefecture if prefecture in counties else None


def _above(code: str, levels: int) -> str:
    for _ in range(levels):
        code = code_list("region").by_code[code].parent if code in code_list("region") else ""
    return code


def _codes(level: Level, parent: str | None) -> tuple[str, ...]:
    entries = _list(level).entries
    return tuple(entry.code for entry in entries if parent is None or entry.parent == parent)


def _list(level: Level) -> CodeList:
    return code_list(level)


def _region(view: View, code: str, value: object) -> Region:
    entry = code_list("region").by_code[code]
    number = None if value is None else float(value)  # type: ignore[arg-type]
    return Region(
        code,
        view.say(entry.name),
        number,
        view.say(words.MISSING) if number is None else write(number, YUAN, view.language),
        inside=_is_asked(view, code, entry.parent, number is not None),
    )


def _is_asked(view: View, code: str, parent: str, has_value: bool) -> bool:
    """Whether the place is in the scope: the giving side only where it is asked for, counties only those chosen."""
    chosen = view.selection.regions
    if parent == GIVING_SIDE:
        return has_value and bool(chosen)
    below = {_above(one, 1) if region_level(one) == "town" else one for one in chosen}
    return not any(region_level(one) == "county" for one in below) or code in below


def _borders(most: float) -> list[float]:
    """Five lower borders at equal round steps, so that the legend can be read."""
    if most <= 0:
        return [0.0, 1.0, 2.0, 3.0, 4.0]
    step = most / _CLASSES
    power = 10.0 ** math.floor(math.log10(step))
    size = next(one for one in _ROUND if one * power >= step) * power
    return [size * place for place in range(_CLASSES)]


def _towns(view: View) -> list[Point]:
    """The towns of the reference list with what reached them, as ringed points near their county's centre."""
    places = {row["district_adcode"]: row for row in rows("guangdong_counties.csv")}
    points = []
    for entry in code_list("town").entries:
        value = view.desk.ask(METRIC, view.selection.to_date().with_(regions=(entry.code,))).value
        if value:
            place = places[entry.parent]
            written = write(value, metric(METRIC).unit, view.language)
            points.append(Point(entry.code, view.say(entry.name), written, float(place["lon"]), float(place["lat"])))
    return points


def _caption() -> Text:
    number = os.environ.get(MAP_REVIEW_NUMBER, "")
    review = words.MAP_REVIEW.fill(number=number) if number else words.MAP_UNREVIEWED
    return Text(words.MAP_SOURCE.zh + review.zh, f"{words.MAP_SOURCE.en} {review.en}")


def _summary(view: View, shown: Sheet) -> str:
    """The three places with the most, for those who do not see the map."""
    top = shown.sorted_by(METRIC)
    named = [
        f"{view.say(label)} {write(value, YUAN, view.language)}"
        for label, value in zip(top.labels(), top.values(METRIC), strict=True)
    ][:3]
    return f"{view.say(words.AID_MAP)}: {', '.join(named)}" if named else view.say(words.AID_MAP)
