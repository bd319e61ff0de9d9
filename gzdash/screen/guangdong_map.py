"""A map of Guangdong: prefectures or counties in five classes, each one a button that narrows the page."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import NotRequired, TypedDict, Unpack, cast

import streamlit as st

from gzdash.screen.outlines import Level, Shape, View, neighbours, outlines
from gzdash.words import Language, Text

ASSETS = Path(__file__).parent / "assets"
# Where a name stands, in degrees east and north of the region's centre, when the centre does not suit.
LABEL_OFFSETS: Mapping[str, tuple[float, float]] = {
    "440500": (0.85, -0.25),  # 汕头, in the sea
    "440800": (0.00, 0.42),  # 湛江, at the root of the peninsula
    "440900": (-0.06, 0.14),  # 茂名
    "441500": (0.02, -0.40),  # 汕尾, in the sea
    "441600": (0.08, -0.04),  # 河源
    "441700": (0.10, -0.02),  # 阳江
    "441800": (0.30, 0.12),  # 清远, where the region is broad
    "445100": (0.74, 0.25),  # 潮州, in the sea
    "445200": (-0.02, 0.12),  # 揭阳
    "445300": (-0.12, -0.06),  # 云浮
}

# These names stand on the page, not on their region, so their ink does not depend on the region's class.
LABELS_ON_PAGE = frozenset({"440500", "441500", "445100"})

# Names on the two highest classes: white in the light theme, where high is dark, nearly black in the other.
HIGH_CLASSES = (3, 4)
LABEL_ON_DARK, LABEL_ON_LIGHT = "#FFFFFF", "#08130F"

# A point's words end up and left of it, by this share of the drawing's width; near the west edge they go right.
POINT_LABEL_SHARE = (0.088, 0.068)
POINT_LABEL_ROOM = 0.30

SPOKEN = Text("{name} {text}", "{name}, {text}")


@dataclass(frozen=True)
class Region:
    """A prefecture or county; `text` is the whole written value with its unit, `value` only decides the class.

    `value` None means not reported. `inside` False means outside the scope: drawn, but not a button.
    `label_dx`, `label_dy` move its name, in degrees east and north, on top of `LABEL_OFFSETS`.
    """

    code: str
    name: str
    value: float | None
    text: str
    inside: bool = True
    label_dx: float = 0.0
    label_dy: float = 0.0


@dataclass(frozen=True)
class Point:
    """A ringed place with its written value, such as a town; left out where the drawing does not reach."""

    code: str
    name: str
    text: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Paint:
    """Which class a value falls into, and the colours that follow from it."""

    breaks: tuple[float, ...]
    classes: tuple[str, ...]
    outside: str
    page: str
    ink: str

    def step(self, region: Region) -> int | None:
        """The class, 0 to 4; a value under the lowest border is in the lowest class. None: no class."""
        if region.value is None or not region.inside:
            return None
        return max(bisect_right(self.breaks, region.value) - 1, 0)

    def fill(self, region: Region) -> str:
        """The colour of the region's area."""
        step = self.step(region)
        return self.outside if step is None else self.classes[step]

    def label(self, region: Region) -> str:
        """The ink of the region's name: it must be read on the page, or on the region's own colour."""
        if region.code in LABELS_ON_PAGE or self.step(region) not in HIGH_CLASSES:
            return self.ink
        return LABEL_ON_DARK if _is_light(self.page) else LABEL_ON_LIGHT


class Drawing(TypedDict):
    """How a map is drawn; every text is finished, in the reader's language.

    `breaks` are the lower borders of the five classes, the first usually 0; `break_labels` are the same as
    written. `parent` keeps the counties of one prefecture, among its neighbours; `near` is the one of them that fills
    the drawing. `keys` says how to move by keyboard, `is_inside` whether Escape leads out of a place. `outside_name`
    is written once in the middle of what lies outside the scope (珠三角), `outside_label` explains its colour in the
    legend.
    """

    level: Level
    parent: str | None
    breaks: Sequence[float]
    break_labels: Sequence[str]
    unit_label: str
    outside_label: str
    missing_label: str
    points: Sequence[Point]
    caption: str
    summary: str
    palette: Mapping[str, object]
    language: Language
    height: NotRequired[int]
    near: NotRequired[str | None]
    keys: NotRequired[str]
    is_inside: NotRequired[bool]
    outside_name: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Painted:
    """A map as the browser is given it, and the codes of the places that can be entered."""

    data: dict[str, object]
    known: frozenset[str]


def painted(regions: Sequence[Region], **drawing: Unpack[Drawing]) -> Painted:
    """The map, ready to be mounted; raises ValueError when borders and colours do not match."""
    inside = {one.code for one in regions if one.inside}
    return Painted(payload(regions, **drawing), frozenset(inside.union(one.code for one in drawing["points"])))


def draw_map(drawn: Painted, *, key: str, enter: Callable[[str], None], leave: Callable[[], None]) -> None:
    """Mount the map; `enter` is called with the code of a place that was clicked or entered, `leave` on Escape, both
    before the next run draws anything."""

    def entered() -> None:
        if (code := st.session_state[key].get("entered")) in drawn.known:
            enter(code)

    _component(key=key, data=drawn.data, on_entered_change=entered, on_left_change=leave)


def payload(regions: Sequence[Region], **drawing: Unpack[Drawing]) -> dict[str, object]:
    """What the browser is given: plain JSON. Raises ValueError when borders and colours do not match."""
    view, shapes = outlines(drawing["level"], drawing["parent"], drawing.get("near"))
    around = neighbours(drawing["parent"], drawing.get("near")) if drawing["parent"] else {}
    paint = _paint(drawing)
    known = [region for region in regions if region.code in shapes]
    return {
        "view": [view.width, view.height],
        "height": drawing.get("height", 300),
        "summary": drawing["summary"],
        "caption": drawing["caption"],
        "keys": drawing.get("keys", ""),
        "around": [shape.path for shape in around.values()],
        "unit": drawing["unit_label"] if any(paint.step(region) is not None for region in known) else "",
        "colours": {name: drawing["palette"][name] for name in ("page", "ink", "ink2", "ink3", "outside")},
        "regions": [_region(r, shapes[r.code], paint, drawing) for r in sorted(known, key=_painting_order)],
        "labels": list(_labels(known, view, shapes, paint, drawing)),
        "inside": drawing.get("is_inside", False),
        "points": [_point(point, view, drawing) for point in drawing["points"] if view.shows(point.lon, point.lat)],
        "legend": list(_legend(known, paint, drawing, has_outside=bool(around))),
    }


def _paint(drawing: Drawing) -> Paint:
    palette, breaks = drawing["palette"], tuple(drawing["breaks"])
    classes = tuple(str(colour) for colour in cast("Sequence[object]", palette["sequential"]))
    if not len(classes) == len(breaks) == len(drawing["break_labels"]):
        raise ValueError(f"{len(classes)} classes need as many borders and labels: {breaks!r}")
    return Paint(breaks, classes, str(palette["outside"]), str(palette["page"]), str(palette["ink"]))


def _is_light(colour: str) -> bool:
    """Whether a `#RRGGBB` ground is a light one."""
    return sum(int(colour[place : place + 2], 16) for place in (1, 3, 5)) > 3 * 127


def _painting_order(region: Region) -> int:
    """Dashed outlines last, so that no neighbour covers them; what is outside first."""
    return 0 if not region.inside else 2 if region.value is None else 1


def _region(region: Region, shape: Shape, paint: Paint, drawing: Drawing) -> dict[str, object]:
    text = region.text if region.inside else drawing["outside_label"]
    if region.inside and region.value is None:
        text = region.text or drawing["missing_label"]
    return {
        "code": region.code,
        "path": shape.path,
        "fill": paint.fill(region),
        "inside": region.inside,
        "missing": region.inside and region.value is None,
        "says": SPOKEN.of(drawing["language"]).format(name=region.name, text=text),
    }


def _labels(
    known: Sequence[Region], view: View, shapes: Mapping[str, Shape], paint: Paint, drawing: Drawing
) -> Iterator[dict[str, object]]:
    """Names, the largest values first: where two collide, the browser hides the later one."""
    if drawing["level"] == "county" and drawing["parent"] is None:
        return  # 124 names cannot be read at this size; hovering and the keyboard tell them.
    for region in sorted((r for r in known if r.inside), key=_importance, reverse=True):
        ground = paint.page if region.code in LABELS_ON_PAGE else paint.fill(region)
        place = view.percent(*_label_place(region, shapes[region.code]))
        yield {"at": place, "text": short(region.name), "ink": paint.label(region), "ground": ground}
    outside = [shapes[region.code].centre for region in known if not region.inside]
    if outside and (name := drawing.get("outside_name")):
        place = view.percent(fmean(lon for lon, _ in outside), fmean(lat for _, lat in outside))
        yield {"at": place, "text": name, "ink": drawing["palette"]["ink3"], "ground": paint.outside}


def _importance(region: Region) -> float:
    return -math.inf if region.value is None else region.value


def _label_place(region: Region, shape: Shape) -> tuple[float, float]:
    dx, dy = LABEL_OFFSETS.get(region.code, (0.0, 0.0))
    return shape.centre[0] + dx + region.label_dx, shape.centre[1] + dy + region.label_dy


def short(name: str) -> str:
    """The name as maps write it: 清远市 is 清远, 连南瑶族自治县 is 连南; districts and counties keep theirs."""
    return name[:2] if name.endswith("自治县") else name.removesuffix("市")


def _point(point: Point, view: View, drawing: Drawing) -> dict[str, object]:
    x, y = view.place(point.lon, point.lat)
    side = -1 if x > POINT_LABEL_ROOM * view.width else 1
    across, up = (share * view.width for share in POINT_LABEL_SHARE)
    return {
        "code": point.code,
        "says": SPOKEN.of(drawing["language"]).format(name=point.name, text=point.text),
        "name": point.name,
        "text": point.text,
        "at": [round(x), round(y)],
        "label": [round(x + side * across), max(round(y - up), 0)],
        "side": "left" if side < 0 else "right",
    }


def _legend(
    known: Sequence[Region], paint: Paint, drawing: Drawing, *, has_outside: bool
) -> Iterator[dict[str, object]]:
    if any(paint.step(region) is not None for region in known):
        for colour, label in zip(paint.classes, drawing["break_labels"], strict=True):
            yield {"fill": colour, "label": label, "kind": "class"}
    if has_outside or any(not region.inside for region in known):
        yield {"fill": paint.outside, "label": drawing["outside_label"], "kind": "outside"}
    if any(region.inside and region.value is None for region in known):
        yield {"fill": paint.outside, "label": drawing["missing_label"], "kind": "missing"}


_component = st.components.v2.component(
    "gzdash_guangdong_map",
    html='<div class="map"></div>',
    css=(ASSETS / "guangdong_map.css").read_text("utf-8"),
    js=(ASSETS / "guangdong_map.js").read_text("utf-8"),
    isolate_styles=True,
)
