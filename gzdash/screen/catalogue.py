"""The catalogue as a listing: every metric in the reader's words."""

from __future__ import annotations

from gzdash.answer import Listing
from gzdash.catalogue import Entry, entries
from gzdash.screen.view import View
from gzdash.words import Text, frame, pages

NAME = Text("指标", "Metric")
KIND = Text("类型", "Kind")
UNIT = Text("单位", "Unit")
SPLITS = Text("可拆分", "Splits")
NOT_ADDING = Text("拆分后不相加", "Splits that do not add up")
SOURCE = Text("来源表", "Source table")
HEADERS = (
    NAME,
    frame.MEANING,
    frame.FORMULA,
    UNIT,
    KIND,
    SPLITS,
    NOT_ADDING,
    frame.FILTERS_OBEYED,
    frame.OWNER,
    SOURCE,
)


def metric_list(view: View) -> tuple[Listing, Text]:
    """The listing of all metrics, and how many there are."""
    found = entries(view.language)
    rows = tuple(_row(entry, "、" if view.language == "zh" else ", ") for entry in found)
    return view.listing("metrics", frame.PAGES["catalogue"], HEADERS, rows), pages.METRIC_COUNT.fill(count=len(found))


def _row(entry: Entry, between: str) -> tuple[str, ...]:
    return (
        f"{entry.name} ({entry.key})",
        entry.meaning,
        entry.formula,
        entry.unit,
        f"{entry.kind}{between}{entry.period}",
        between.join(entry.splits),
        between.join(entry.splits_not_adding_up) or "—",
        between.join(entry.filters),
        entry.owner,
        entry.source,
    )
