"""A `Unit` says what a number counts, and so how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gzdash.words import Text

Measure = Literal["count", "money", "ratio", "days"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: `symbol` stands behind the figure, `measure` decides rounding and scale."""

    key: str
    symbol: Text
    measure: Measure = "count"


YUAN = Unit("yuan", Text("元", "yuan"), "money")
RATIO = Unit("ratio", Text("%", "%"), "ratio")
DAYS = Unit("days", Text("天", "days"), "days")
POSTS = Unit("posts", Text("个", "posts"))
PERSONS = Unit("persons", Text("人", "people"))
PERSON_TIMES = Unit("person_times", Text("人次", "person-times"))
ORGANIZATIONS = Unit("organizations", Text("家", "organizations"))
MEMBER_UNITS = Unit("member_units", Text("家", "member units"))
FIRM_TIMES = Unit("firm_times", Text("家次", "firm-times"))
EVENTS = Unit("events", Text("场", "events"))
VISITS = Unit("visits", Text("次", "visits"))
PROJECTS = Unit("projects", Text("个", "projects"))
CASES = Unit("cases", Text("笔", "cases"))
NEEDS = Unit("needs", Text("项", "needs"))
ITEMS = Unit("items", Text("件", "items"))
CHAINS = Unit("chains", Text("条", "chains"))
ROWS = Unit("rows", Text("行", "rows"))

# By key, as a file of ours names them.
UNITS: dict[str, Unit] = {one.key: one for one in tuple(globals().values()) if isinstance(one, Unit)}
