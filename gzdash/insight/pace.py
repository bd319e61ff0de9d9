"""Pace: how far the year's target is reached, and where last year's rhythm would be today."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gzdash.answer import Number
from gzdash.ask import Desk
from gzdash.metrics import Metric
from gzdash.period import FACTS_BEGIN, Period, shift
from gzdash.selection import Selection


@dataclass(frozen=True, slots=True)
class Pace:
    """`achieved` and `expected` are shares of `target`; `expected` is None without a full last year."""

    target: Decimal
    done: Number
    achieved: float
    expected: float | None


def pace(desk: Desk, metric: Metric, selection: Selection, targets: dict[tuple[str, int], Decimal]) -> Pace | None:
    """The pace of the year in which the selection ends; None where no target is set or the selection is narrower
    than the whole city that it is set for. What counts different things counts them since 2021, for a year's
    part of them does not add up to anything.
    """
    year = int(selection.period.last[:4])
    target = targets.get((metric.key, year))
    if not target or metric.is_ratio or set(selection.chosen) & set(metric.filters) - {"period"}:
        return None
    first = f"{year}-01" if metric.adds_up("month") else min(FACTS_BEGIN, f"{year - 1}-01")
    so_far = selection.with_(period=Period(first, selection.period.last))
    before = first if first < f"{year - 1}-01" else f"{year - 1}-01"
    done = desk.ask(metric.key, so_far).value or 0
    whole = desk.ask(metric.key, so_far.with_(period=Period(before, f"{year - 1}-12"))).value
    part = desk.ask(metric.key, so_far.with_(period=Period(before, shift(selection.period.last, -12)))).value
    expected = float(part) / float(whole) if whole and part is not None else None
    return Pace(target, done, float(done) / float(target), expected)
