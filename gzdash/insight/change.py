"""Change: how much a number moved against last year, and which parts moved it."""

from __future__ import annotations

from dataclasses import dataclass

from gzdash.answer import Number
from gzdash.ask import Desk
from gzdash.metrics import metric as declared
from gzdash.selection import Selection

# Naming more than three parts says nothing any more.
_MOST_PARTS = 3
# Parts are named once together they make this much of the change: a bare half does not carry a sentence.
_ENOUGH = 0.55


@dataclass(frozen=True, slots=True)
class Change:
    """`difference` = now − before, exactly; `parts` are the codes that moved it most, `share` what they made of it.

    Parts are named only when they moved the number the same way and together make most of the change.
    """

    now: Number
    before: Number
    difference: Number
    parts: tuple[str, ...]
    share: float


def change(desk: Desk, metric: str, selection: Selection, dimension: str) -> Change | None:
    """The change of a flow against the same months last year; None where either year was not recorded or has
    no value."""
    then = selection.year_before()
    if not declared(metric).is_recorded(then.period.first):
        return None
    now, before = desk.ask(metric, selection).value, desk.ask(metric, then).value
    if now is None or before is None:
        return None
    difference = now - before  # type: ignore[operator]
    parts, share = _movers(desk, metric, selection, dimension, difference)
    return Change(now, before, difference, parts, share)


def _movers(
    desk: Desk, metric: str, selection: Selection, dimension: str, difference: Number
) -> tuple[tuple[str, ...], float]:
    if not difference:
        return (), 0.0
    now = desk.ask(metric, selection, dimension).by_key
    before = desk.ask(metric, selection.year_before(), dimension).by_key
    moved = {
        key[0]: float((now[key].value if key in now else 0) or 0)
        - float((before[key].value if key in before else 0) or 0)
        for key in {*now, *before}
        if key[0] is not None
    }
    if len(moved) < 2:
        return (), 0.0
    direction = 1 if difference > 0 else -1
    largest = sorted(moved, key=lambda code: (-direction * moved[code], code))[:_MOST_PARTS]
    parts: list[str] = []
    share = 0.0
    for code in largest:
        if direction * moved[code] <= 0:
            break
        parts.append(code)
        share += moved[code] / float(difference)
        if share >= _ENOUGH:
            return tuple(parts), share
    return (), 0.0
