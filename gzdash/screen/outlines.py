"""The outlines of Guangdong's prefectures and counties, as SVG paths in whole drawing units."""

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

    def shows(self, lon: float, lat: float) -> bool:
        """Whether the place lies in the drawing."""
        x, y = self.place(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height


@dataclass(frozen=True)
class Shape:
    """One region's geometry: its centre in degrees and its outline as an SVG path."""

    centre: tuple[float, float]
    path: str


@cache
def outlines(level: Level, parent: str | None = None) -> tuple[View, Mapping[str, Shape]]:
    """The view and the shapes by code, read once; KeyError when no county has this parent."""
    features = json.loads((MAPS / FILES[level]).read_text("utf-8"))["features"]
    if level == "county" and parent is not None:
        features = [feature for feature in features if feature["properties"]["parent"] == parent]
    if not features:
        raise KeyError(parent)
    rings = {feature["id"]: tuple(_rings(feature["geometry"])) for feature in features}
    view = _view(level, [point for held in rings.values() for ring in held for point in ring])
    return view, {
        feature["id"]: Shape(tuple(feature["properties"]["center"]), _outline(rings[feature["id"]], view))
        for feature in features
    }


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """Every ring, islands and holes alike: a path with the even-odd rule needs no more than that."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for part in parts:
        for ring in part:
            yield tuple((lon, lat) for lon, lat in ring)


def _view(level: Level, places: Sequence[tuple[float, float]]) -> View:
    west, east, south, north = MARGINS[level]
    lons, lats = zip(*places, strict=True)
    left, top = min(lons) - west, max(lats) + north
    units = VIEW_WIDTH / ((max(lons) + east - left) * SQUEEZE)
    return View(left, top, units, VIEW_WIDTH, math.ceil((top - min(lats) + south) * units))


def _outline(rings: Iterable[Ring], view: View) -> str:
    """Each ring as a start and the whole-number steps from corner to corner, which is half as long as places."""
    return "".join(_ring(ring, view) for ring in rings)


def _ring(ring: Ring, view: View) -> str:
    # The last corner of a GeoJSON ring repeats the first; "z" closes the path instead.
    corners = [(round(x), round(y)) for x, y in (view.place(*place) for place in ring[:-1])]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(corners)]
    return f"M{corners[0][0]} {corners[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z"
