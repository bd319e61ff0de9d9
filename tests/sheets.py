"""Sheets typed by hand, for charts and the sentences over them."""

from __future__ import annotations

from typing import Any

from gzdash.answer import Figures, Number, Sheet
from gzdash.dimensions import DIMENSIONS
from gzdash.period import PUBLISHED_PERIOD
from gzdash.selection import Selection
from gzdash.theme import LIGHT
from gzdash.units import PERSONS, POSTS, RATIO, YUAN, Unit
from gzdash.words import Text

Column = tuple[str, Text, Unit, list[Number | None]]
ZH: dict[str, Any] = {"palette": LIGHT, "pillar": "employment", "language": "zh"}
EN: dict[str, Any] = {"palette": LIGHT, "pillar": "employment", "language": "en"}

POSTED, HIRED = Text("发布岗位", "Jobs posted"), Text("实际招聘", "Graduates hired")
RATE, CREDIT = Text("招聘率", "Fill rate"), Text("授信额", "Credit")
JANUARY_TO_JULY = [f"2023-0{month}" for month in range(1, 8)]


def sheet(dimension: str, codes: list[str | None], *columns: Column) -> Sheet:
    """A sheet typed by hand."""
    figures = tuple(Figures(key, label, unit, tuple(values)) for key, label, unit, values in columns)
    keys = tuple((code,) for code in codes)
    title = Text("每月岗位与招聘", "Jobs and hires by month")
    return Sheet("drawn", title, Selection(PUBLISHED_PERIOD), 1, True, (DIMENSIONS[dimension],), keys, figures)


def posted(*values: Number | None) -> Column:
    return ("jobs_posted", POSTED, POSTS, list(values))


def hired(*values: Number | None) -> Column:
    return ("graduates_hired", HIRED, PERSONS, list(values))


def before(*values: Number | None) -> Column:
    return ("before", Text("去年同月", "Year before"), PERSONS, list(values))


def rate(*values: Number | None) -> Column:
    return ("fill_rate", RATE, RATIO, list(values))


def credit(*values: Number | None) -> Column:
    return ("credit", CREDIT, YUAN, list(values))
