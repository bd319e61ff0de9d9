"""The published figures as a listing, and how many of them the store agrees with."""

from __future__ import annotations

from gzdash.answer import Listing
from gzdash.metrics import metric
from gzdash.published import Comparison, compare
from gzdash.screen.view import View
from gzdash.words import Text, same
from gzdash.words import pages as words

HEADERS = (
    words.NUMBER,
    words.NAME,
    words.FIGURE,
    words.PERIOD_AND_SCOPE,
    words.STORE_SAYS,
    words.AGREEMENT,
    words.PLACE,
    words.REMARK,
)


def published_list(view: View) -> Listing:
    """A row per figure: as published, with its period, scope and place, beside what the store says."""
    compared = compare(view.desk)
    rows = tuple(_row(one, view.desk.snapshot.is_demo) for one in compared)
    asked = [metric(one.published.asked.metric) for one in compared if one.published.asked]
    return view.listing("published", words.PUBLISHED_LIST, HEADERS, rows, asked)


def agreement(view: View) -> Text:
    """How many agree, differ, and cannot be answered."""
    found = [one.agrees for one in compare(view.desk)]
    said = words.CALIBRATED_COUNT if view.desk.snapshot.is_demo else words.AGREEMENT_COUNT
    return said.fill(agree=found.count(True), differ=found.count(False), unknown=found.count(None))


def _row(one: Comparison, is_demo: bool) -> tuple[Text | str | None, ...]:
    figure = one.published
    word = f"（{figure.word}）" if figure.word else ""
    published = Text(f"{figure.written('zh')}{word}", figure.written("en"))
    scope = Text(
        f"{figure.period.zh}，{figure.period_kind.zh}；{figure.region.zh}",
        f"{figure.period.en}, {figure.period_kind.en}; {figure.region.en}",
    )
    computed = None if one.computed is None else Text(one.written("zh"), one.written("en"))
    return (same(figure.id), figure.name, published, scope, computed, _verdict(one, is_demo), figure.place, figure.note)


def _verdict(one: Comparison, is_demo: bool) -> Text:
    """On demonstration data agreement is calibration, not evidence: the check mark is for real lakes only."""
    if one.agrees is None:
        return one.why_not or words.CANNOT_SAY
    if not one.agrees:
        return words.DIFFERS
    return words.CALIBRATED_MARK if is_demo else words.AGREES
