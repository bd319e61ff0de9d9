"""Change: how much a number moved against last year, and which parts of a split made most of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gzdash.ask import Desk
from gzdash.insight.contribution import Contribution, Contributions, Exact, added, contributions, less
from gzdash.selection import Selection

# Naming more than three parts says nothing any more.
_MOST_PARTS = 3
# Parts are named once together they make this much of the change: a bare half does not carry a sentence.
_ENOUGH = Fraction(55, 100)


@dataclass(frozen=True, slots=True)
class Change:
    """A change against last year; `parts` are those that made most of it, the same way, the largest first.

    There are none where the three largest do not make most of it, or where parts do not add up.
    """

    whole: Contributions
    parts: tuple[Contribution, ...]

    @property
    def difference(self) -> Exact:
        """Now less last year, exactly."""
        return self.whole.difference

    @property
    def rest(self) -> Exact:
        """What all other parts made together, exactly."""
        return less(self.difference, added(part.amount for part in self.parts))

    @property
    def is_opposed(self) -> bool:
        """Whether all other parts together went the other way: then a share would be over 100 %."""
        return bool(self.parts) and Fraction(self.rest) * Fraction(self.difference) < 0


def change(desk: Desk, key: str, selection: Selection, dimension: str) -> Change | None:
    """The change of a metric against the same months last year, with the parts of `dimension` that made most of it;
    None where either year was not recorded or has no value."""
    found = contributions(desk, key, selection, dimension)
    return change_of(found[0]) if found else None


def change_of(whole: Contributions) -> Change:
    """The change with the parts that made most of it: the fewest, at most three, that reach 55 %."""
    parts: list[Contribution] = []
    for part in _movers(whole):
        parts.append(part)
        share = whole.share(added(one.amount for one in parts))
        if share is not None and share >= _ENOUGH:
            return Change(whole, tuple(parts))
    return Change(whole, ())


def _movers(whole: Contributions) -> list[Contribution]:
    """The parts that went the way of the whole and say who they are, the largest first."""
    if len(whole.parts) < 2 or whole.overlap:
        return []
    change = Fraction(whole.difference)
    same_way = [part for part in whole.parts if part.code is not None and Fraction(part.amount) * change > 0]
    return same_way[:_MOST_PARTS]
