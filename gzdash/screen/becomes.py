"""What figures become by a change that is not made yet: before and after, and the difference."""

from __future__ import annotations

from collections.abc import Sequence

from gzdash.answer import Cell, Listing
from gzdash.intake.preview import Becomes
from gzdash.numbers import difference, write
from gzdash.screen.view import View
from gzdash.words import Text


def becomes_list(view: View, key: str, title: Text, headers: tuple[Text, ...], figures: Sequence[Becomes]) -> Listing:
    """Each figure before and after, and the change between them where both are known and differ."""
    rows = tuple(_figure(view, one) for one in figures)
    return view.listing(key, title, headers, rows, [one.metric for one in figures])


def _figure(view: View, one: Becomes) -> tuple[Cell, ...]:
    unit, language = one.metric.unit, view.language
    moved = None
    if one.before is not None and one.after is not None and one.before != one.after:
        moved = difference(one.after, one.before, unit, language)
    return (one.metric.name, write(one.before, unit, language), write(one.after, unit, language), moved)
