"""The outlines of Guangdong's prefectures and counties, or of one of them close by, as SVG paths in drawing units."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

Level = Literal["prefecture", "county"]
Ring = tuple[tuple[float, float], ...]
# West, south, east, north, in degrees.
Bounds = tuple[float, float, float, float]

MAPS = Path(__file__).parents[2] / "data" / "reference" / "map"
FILES: Mapping[Level, str] = {
    "prefecture": "guangdong_prefectures.geojson",
    "county": "guangdong_counties.geojson",
}

# Guangdong lies around 23° N: there a degree of longitude is this much of a degree of latitude.
SQUEEZE = math.cos(math.radians(23))

# The drawing is this many units wide. At the widest the page shows it, a unit is a quarter of a pixel, so
# whole numbers are fine enough and make the shortest paths.
VIEW_WIDTH = 3000

# Room around the land in degrees (west, east, south, north). The east of the province needs more: the names
# of Chaozhou and Shantou stand in the sea.
MARGINS: Mapping[Level, tuple[float, float, float, float]] = {
    "prefecture": (0.05, 0.75, 0.05, 0.05),
    "county": (0.05, 0.05, 0.05, 0.05),
}
# Close by, there is this share of a place's own size on each side, so that its neighbours can be seen; a tall and
# narrow place has more of them at its sides, or the map would be a strip.
NEIGHBOURHOOD = 0.14
LEAST_ASPECT = 1.4


@dataclass(frozen=True)
class View:
    """The piece of the globe that is drawn: its north-west corner, and its size in drawing units."""

    west: float
    north: float
    units: float
    width: int
    height: int

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """The drawing units at which a place lies, from the north-west corner."""
        return (lon - self.west) * SQUEEZE * self.units, (self.north - lat) * self.units

    def percent(self, lon: float, lat: float) -> tuple[float, float]:
        """The same, in percent of the drawing's width and height."""
        x, y = self.place(lon, lat)
        return round(100 * x / self.width, 2), round(100 * y / self.height, 2)

    def meets(self, bounds: Bounds) -> bool:
        """Whether anything between these degrees may lie in the drawing."""
        left, bottom = self.place(bounds[0], bounds[1])
        right, top = self.place(bounds[2], bounds[3])
        return left <= self.width and right >= 0 and top <= self.height and bottom >= 0

    def shows(self, lon: float, lat: float) -> bool:
        """Whether the place lies in the drawing."""
        x, y = self.place(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height


@dataclass(frozen=True)
class Shape:
    """One region's geometry: its centre in degrees and its outline as an SVG path."""

    centre: tuple[float, float]
    path: str


@dataclass(frozen=True)
class Land:
    """A region as the reference has it: its centre, the prefecture it lies in, and its rings, all in degrees."""

    centre: tuple[float, float]
    parent: str
    rings: tuple[Ring, ...]

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north."""
        lons, lats = zip(*(place for ring in self.rings for place in ring), strict=True)
        return min(lons), min(lats), max(lons), max(lats)


@cache
def _lands(level: Level) -> Mapping[str, Land]:
    """The regions of a level by code, read once."""
    features = json.loads((MAPS / FILES[level]).read_text("utf-8"))["features"]
    return {
        one["id"]: Land(
            tuple(one["properties"]["center"]), one["properties"].get("parent", ""), tuple(_rings(one["geometry"]))
        )
        for one in features
    }


@cache
def outlines(level: Level, parent: str | None = None, near: str | None = None) -> tuple[View, Mapping[str, Shape]]:
    """The view and the shapes by code; KeyError when no county has this parent.

    `parent` keeps the counties of one prefecture and shows it from close by, `near` is the one of them to fill
    the drawing.
    """
    lands = _lands(level)
    if level == "county" and parent is not None:
        lands = {code: land for code, land in lands.items() if land.parent == parent}
    if not lands:
        raise KeyError(parent)
    filling = [lands[near]] if near else list(lands.values())
    view = _view(_room(level, filling, close=level == "county" and parent is not None))
    return view, {code: Shape(land.centre, _outline(land.rings, view)) for code, land in lands.items()}


@cache
def neighbours(parent: str, near: str | None = None) -> Mapping[str, Shape]:
    """The other prefectures that reach into the view of one prefecture, or of a county in it."""
    view, _ = outlines("county", parent, near)
    lands = {code: land for code, land in _lands("prefecture").items() if code != parent}
    return {
        code: Shape(land.centre, _outline(land.rings, view)) for code, land in lands.items() if view.meets(land.bounds)
    }


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """Every ring, islands and holes alike: a path with the even-odd rule needs no more than that."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for part in parts:
        for ring in part:
            yield tuple((lon, lat) for lon, lat in ring)


def _room(level: Level, lands: Sequence[Land], *, close: bool) -> Bounds:
    """What the drawing reaches over, in degrees: west, south, east, north."""
    bounds = [land.bounds for land in lands]
    left, low = min(one[0] for one in bounds), min(one[1] for one in bounds)
    right, high = max(one[2] for one in bounds), max(one[3] for one in bounds)
    if close:
        south = north = NEIGHBOURHOOD * (high - low)
        wanted = LEAST_ASPECT * (high - low + south + north) / SQUEEZE - (right - left)
        west = east = max(NEIGHBOURHOOD * (right - left), wanted / 2)
    else:
        west, east, south, north = MARGINS[level]
    return left - west, low - south, right + east, high + north


def _view(room: Bounds) -> View:
    left, low, right, top = room
    units = VIEW_WIDTH / ((right - left) * SQUEEZE)
    return View(left, top, units, VIEW_WIDTH, math.ceil((top - low) * units))


def _outline(rings: Iterable[Ring], view: View) -> str:
    """Each ring as a start and the whole-number steps from corner to corner, which is half as long as places."""
    return "".join(_ring(ring, view) for ring in rings)


def _ring(ring: Ring, view: View) -> str:
    # The last corner of a GeoJSON ring repeats the first; "z" closes the path instead.
    corners = [(round(x), round(y)) for x, y in (view.place(*place) for place in ring[:-1])]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(corners)]
    return f"M{corners[0][0]} {corners[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z"
