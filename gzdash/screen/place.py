"""Where aid went: the map of prefectures, of one prefecture's counties or of one county, and the bars beside it."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from gzdash.answer import Sheet
from gzdash.charts import Chart, ranked, region_groups, share_finding
from gzdash.metrics import metric
from gzdash.numbers import column_scale, write
from gzdash.reference import code_list, region_level, rows
from gzdash.screen.crumbs import place_chooser
from gzdash.screen.guangdong_map import Painted, Point, Region, draw_map, painted
from gzdash.screen.outlines import Level
from gzdash.screen.page import chart, colours, heading, note
from gzdash.screen.remembered import remembered
from gzdash.screen.sheets import answers
from gzdash.screen.states import panel
from gzdash.screen.view import Seen, View
from gzdash.selection import Selection
from gzdash.units import YUAN
from gzdash.words import Text
from gzdash.words import drill as words
from gzdash.words import pages as panels

METRIC = "aid_value"
CITIES = Text("市", "prefectures")
# Aid goes to East, West and North Guangdong; the delta is the giving side.
GIVING_SIDE = "GD-PRD"
MAP_REVIEW_NUMBER = "GZDASH_MAP_REVIEW"

# Class borders are this many times a power of ten.
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_CLASSES = 5
# A town's ring stands at the centre of its county, whose name makes way, in degrees.
_BELOW_TOWN = -0.09


@dataclass(frozen=True, slots=True)
class Near:
    """How close the map is: all prefectures, the counties of `parent`, or the county `county` in it."""

    parent: str | None = None
    county: str | None = None

    @property
    def place(self) -> str:
        """The place that is shown from close by; empty for the province."""
        return self.county or self.parent or ""

    @property
    def parts(self) -> str:
        """The split of what is shown: 东莞 and 中山 have no counties, so their towns follow at once."""
        if not self.parent:
            return "prefecture"
        return "county" if not self.county and _has_counties(self.parent) else "town"

    @property
    def areas(self) -> str:
        """The split of what the map paints: towns have no outline, so their county is painted whole."""
        return "county" if self.parent and _has_counties(self.parent) else "prefecture"


def near(selection: Selection) -> Near:
    """How close the map goes for a selection: only one place can be gone into."""
    code = selection.regions[0] if len(selection.regions) == 1 else ""
    level = region_level(code)
    if level == "town":
        code, level = _above(code), "county"
    if level == "county":
        return Near(_above(code), code)
    return Near(code) if level == "prefecture" else Near()


def _has_counties(prefecture: str) -> bool:
    return any(entry.parent == prefecture != entry.code for entry in code_list("county").entries)


@panel
def aid_heading(view: View) -> None:
    """What was found about the places aid went to, above the bars and the map that show it."""
    drawn = panels.AID_BY_PREFECTURE_DRAWN.fill(period=view.selection.to_date().period.label)
    split = near(view.selection).parts
    whole = _to_date(view, f"aid_value_by_{split}", split, METRIC)
    units = {"prefecture": CITIES, "county": words.COUNTIES}
    found = share_finding(whole, METRIC, units[split]) if split in units else None
    heading(view, found or whole.title, drawn)


@panel
def aid_by_place(view: View, pitch: int = 22, under: st.delta_generator.DeltaGenerator | None = None) -> None:
    """Aid by the places the map shows, money and goods apart: prefectures under their part of the province, then
    counties, then towns; the heading stands above. Of the giving side the overview names no prefecture."""
    split = near(view.selection).parts
    shown = _to_date(view, f"aid_beside_map_{split}", split, "aid_money", "aid_goods")
    folded = (GIVING_SIDE,) if under and not view.selection.regions else ()
    draw = partial(
        _ranked,
        solid="aid_money",
        stacked="aid_goods",
        groups=region_groups(shown, "aid_money", "aid_goods", folded=folded) if split == "prefecture" else (),
        pitch=pitch,
        palette=view.palette,
        pillar="rural",
        language=view.language,
    )
    chart(view, shown, draw, panels.AID_BY_PREFECTURE_DRAWN, headed=False, under=under)
    if split == "town" and (None,) in shown.keys and len(shown) > 1:
        note(view, words.TOWN_UNNAMED)


def _ranked(shown: Sheet, **options: Any) -> Chart | None:
    """The chart with the names that the key beside a map has room for."""
    figures = (replace(one, label=panels.AID_FORMS.get(one.key, one.label)) for one in shown.figures)
    return ranked(replace(shown, figures=tuple(figures)), **options)


def _to_date(view: View, key: str, split: str, *metrics: str) -> Sheet:
    """A sheet from 2021 to the end of the period, as the cards of this pillar are shown."""
    shown = answers(view, key, _title(view), split, *metrics, selection=view.selection.to_date())
    # Beside the map the prefecture of a county is known.
    return replace(shown, names={})


def _title(view: View) -> Text:
    close = near(view.selection)
    titles = {"county": words.AID_BY_COUNTY, "town": words.AID_BY_TOWN}
    if close.parts not in titles:
        return panels.AID_BY_PREFECTURE
    return titles[close.parts].fill(place=code_list("region").name_of(close.place))


@panel
def aid_map(view: View, height: int = 300) -> None:
    """Aid by place; a click narrows the page to it, Escape goes back up."""
    view.uses(metric(METRIC))
    enter, leave = place_chooser(view)
    draw_map(_painted(view.seen, height, caption()), key=f"map_{view.page}", enter=enter, leave=leave)


@remembered
def _painted(seen: Seen, height: int, source: Text) -> Painted:
    view, close = seen.view, near(seen.selection)
    level: Level = "county" if close.parent else "prefecture"
    selection = view.selection.to_date()
    shown = answers(view, "aid_map", panels.AID_MAP, close.areas, METRIC, selection=selection)
    values = {key[0]: value for key, value in zip(shown.keys, shown.values(METRIC), strict=True)}
    borders = _borders(max((float(value or 0) for value in values.values()), default=0.0))
    scale = column_scale([border for border in borders if border], YUAN)
    return painted(
        [_region(view, code, values.get(code)) for code in _codes(level, close.parent)],
        level=level,
        parent=close.parent,
        near=close.county,
        keys=view.say(words.MAP_KEYS),
        is_inside=bool(view.selection.regions),
        breaks=borders,
        break_labels=[scale.write(border, view.language) for border in borders],
        unit_label=scale.header(view.language),
        outside_label=view.say(panels.OUTSIDE),
        outside_name="" if view.selection.regions else view.say(code_list("region_group").name_of(GIVING_SIDE)),
        missing_label=view.say(panels.MISSING),
        points=_towns(view),
        caption=view.say(source),
        summary=_summary(view, shown),
        palette=colours(view, "rural"),
        language=view.language,
        height=height,
    )


def _above(code: str) -> str:
    return code_list("region").by_code[code].parent


def _codes(level: Level, parent: str | None) -> tuple[str, ...]:
    entries = code_list(level).entries
    return tuple(entry.code for entry in entries if parent is None or entry.parent == parent)


def _region(view: View, code: str, value: object) -> Region:
    entry = code_list("region").by_code[code]
    number = None if value is None else float(value)  # type: ignore[arg-type]
    return Region(
        code,
        view.say(entry.name),
        number,
        view.say(panels.MISSING) if number is None else write(number, YUAN, view.language),
        inside=_is_asked(view.selection.regions, code),
        label_dy=_BELOW_TOWN if _holds_town(code) else 0.0,
    )


def _holds_town(code: str) -> bool:
    return any(entry.parent == code for entry in code_list("town").entries)


def _is_asked(chosen: tuple[str, ...], code: str) -> bool:
    """Whether the place is in the scope: it holds, is or lies in one that was chosen; of all Guangdong the giving
    side is not."""
    if not chosen:
        return _above(code) != GIVING_SIDE
    return any(code in _way_up(one) or one in _way_up(code) for one in chosen)


def _way_up(code: str) -> tuple[str, ...]:
    """The place and all it lies in."""
    found: tuple[str, ...] = ()
    while code:
        found, code = (*found, code), _above(code)
    return found


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


def caption() -> Text:
    """Where the outlines come from, and the review number of the map, or that it may not be shown in public."""
    number = os.environ.get(MAP_REVIEW_NUMBER, "")
    review = panels.MAP_REVIEW.fill(number=number) if number else panels.MAP_UNREVIEWED
    return Text(panels.MAP_SOURCE.zh + review.zh, f"{panels.MAP_SOURCE.en} {review.en}")


def _summary(view: View, shown: Sheet) -> str:
    """The three places with the most, for those who do not see the map."""
    top = shown.sorted_by(METRIC)
    named = [
        f"{view.say(label)} {write(value, YUAN, view.language)}"
        for label, value in zip(top.labels(), top.values(METRIC), strict=True)
    ][:3]
    return f"{view.say(panels.AID_MAP)}: {', '.join(named)}" if named else view.say(panels.AID_MAP)
