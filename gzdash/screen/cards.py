"""Cards: the few figures of a pillar, each with what changed, its months and its yearly target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from gzdash.words import Language, Text

ASSETS = Path(__file__).parent / "assets"

# The sparkline is drawn in a box of this size and stretched to the card's width; the inset keeps the last
# point, a dot of 7 px, inside the box.
SPARK_WIDTH = 100
SPARK_HEIGHT = 34
SPARK_INSET = 4

# The arrows are ink on every card, so a screen reader must hear the direction instead of "black triangle".
ARROWS: Mapping[str, Text] = {"▲": Text("增加", "up"), "▼": Text("减少", "down")}

SPOKEN = Text("{label} {figure} {unit}，{question}", "{label} {figure} {unit}, {question}")
# What is read aloud and shown on pointing: how far the figure is reported.
COVERED = Text("{spoken}；{covered}", "{spoken}; {covered}")
SPARK_SHAPE = Text(
    "{first}至{last}逐月走势：{highest}最高，{lowest}最低",
    "Month by month, {first} to {last}: highest in {highest}, lowest in {lowest}",
)
SPARK_BEFORE = Text("；灰线为去年同期", "; the grey line is the same months last year")
SPARK_PLAIN = Text("走势", "Trend")


@dataclass(frozen=True)
class Target:
    """The yearly target: `achieved` and `expected` are shares of it, 0 to 1, the other three as written."""

    share: str
    due: str
    goal: str
    achieved: float
    expected: float | None = None


@dataclass(frozen=True)
class Card:
    """One figure, already written in the reader's language; `key` comes back when its figure is clicked.

    `covered` says in full how far the figure is reported, `reported` in a few words, for compact cards; the others say
    it in `kind`, which has no room for more than a share. `provisional` is the mark of one that is reported too thinly,
    with what stands behind the mark in `delta`.
    """

    key: str
    label: str
    kind: str
    figure: str
    unit: str
    delta: tuple[str, ...] = ()
    note: str = ""
    series: tuple[float | None, ...] = ()
    before: tuple[float | None, ...] = ()
    months: tuple[str, ...] = ()
    target: Target | None = None
    no_target: str = ""
    question: str = ""
    full: str = ""
    covered: str = ""
    reported: str = ""
    provisional: str = ""


def draw_cards(
    cards: Sequence[Card],
    *,
    palette: Mapping[str, object],
    key: str,
    across: int,
    language: Language,
    compact: bool = False,
) -> str | None:
    """Mount the cards, `across` in a row; the key of the card whose figure was clicked in this run, or None."""
    result = _component(
        key=key,
        data=payload(cards, palette=palette, across=across, language=language, compact=compact),
        on_asked_change=_nothing,
    )
    asked = result.get("asked")
    return next((card.key for card in cards if card.key == asked), None)


def payload(
    cards: Sequence[Card],
    *,
    palette: Mapping[str, object],
    across: int,
    language: Language,
    compact: bool = False,
) -> dict[str, object]:
    """What the browser is given: plain JSON, every sentence finished."""
    names = ("page", "ink", "ink2", "ink3", "control", "axis", "hair", "mark")
    return {
        "across": across,
        "compact": compact,
        "colours": {name: palette[name] for name in names},
        "cards": [_card(card, language, compact) for card in cards],
    }


def _card(card: Card, language: Language, compact: bool) -> dict[str, object]:
    spoken = SPOKEN.of(language).format(label=card.label, figure=card.figure, unit=card.unit, question=card.question)
    if card.covered:
        spoken = COVERED.of(language).format(spoken=spoken, covered=card.covered)
    return {
        "key": card.key,
        "label": card.label,
        "kind": "" if compact else card.kind,
        "figure": card.figure,
        "unit": card.unit,
        "spoken": spoken if card.question else "",
        "full": "\n".join(part for part in (card.full, card.covered) if part),
        "reported": card.reported if compact else "",
        "provisional": card.provisional,
        "delta": [list(_runs(line, language)) for line in card.delta],
        "note": card.note,
        "spark": None if compact else _spark(card, language),
        "target": None if compact or card.target is None else _target(card.target),
        "no_target": "" if compact or card.target else card.no_target,
    }


def _runs(line: str, language: Language) -> Iterator[list[str]]:
    """The line cut at its arrows, as pairs of what is seen and what is read aloud in its place."""
    bound = re.sub("([▲▼]) ", "\\1\u00a0", line)  # an arrow never stands alone at the end of a line
    for run in re.split("([▲▼])", bound):
        if run:
            yield [run, ARROWS[run].of(language) if run in ARROWS else ""]


def _target(target: Target) -> dict[str, object]:
    return {
        "share": target.share,
        "due": target.due,
        "goal": target.goal,
        "achieved": _percent(target.achieved),
        "expected": None if target.expected is None else _percent(target.expected),
    }


def _percent(share: float) -> float:
    """The place on the bar; more than the whole target fills the bar and no more."""
    return round(100 * min(max(share, 0.0), 1.0), 1)


def _spark(card: Card, language: Language) -> dict[str, object] | None:
    known = [value for value in (*card.series, *card.before) if value is not None]
    if len([value for value in card.series if value is not None]) < 2:
        return None
    points = max(len(card.series), len(card.before))
    this_year = _places(card.series, min(known), max(known), points)
    return {
        "line": _path(this_year),
        "before": _path(_places(card.before, min(known), max(known), points)),
        "last": [place for place in this_year if place is not None][-1],
        "says": _says(card, language),
    }


def _places(values: Sequence[float | None], low: float, high: float, points: int) -> list[tuple[float, float] | None]:
    """Where each month falls in the box: both years share one scale, so that they can be compared."""
    room = SPARK_HEIGHT - 2 * SPARK_INSET
    step = SPARK_WIDTH / (points - 1)

    def height(value: float) -> float:
        return SPARK_INSET + room * ((high - value) / (high - low) if high > low else 0.5)

    return [None if v is None else (round(i * step, 1), round(height(v), 1)) for i, v in enumerate(values)]


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """An SVG path that breaks where a month is missing: a gap is shown, never bridged."""
    written, pen = [], "M"
    for place in places:
        if place is None:
            pen = "M"
            continue
        written.append(f"{pen}{place[0]:g} {place[1]:g}")
        pen = "L"
    return "".join(written)


def _says(card: Card, language: Language) -> str:
    """The line in words, for those who do not see it."""
    named = [(v, m) for v, m in zip(card.series, card.months, strict=False) if v is not None]
    if len(named) < 2:
        return f"{card.label} {SPARK_PLAIN.of(language)}"
    shape = SPARK_SHAPE.of(language).format(
        first=named[0][1],
        last=named[-1][1],
        highest=max(named, key=lambda pair: pair[0])[1],
        lowest=min(named, key=lambda pair: pair[0])[1],
    )
    return shape + (SPARK_BEFORE.of(language) if any(v is not None for v in card.before) else "")


def _nothing() -> None:
    """Streamlit only reports a trigger that has a callback; the answer itself is read from the result."""


_component = st.components.v2.component(
    "gzdash_cards",
    html='<div class="cards"></div>',
    css=(ASSETS / "cards.css").read_text("utf-8"),
    js=(ASSETS / "cards.js").read_text("utf-8"),
    isolate_styles=True,
)
