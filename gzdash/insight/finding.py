"""A `Finding` is one thing that looks wrong: where, what the numbers are, and how surprising; its key is its name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from gzdash.ask.suspicions import Spot
from gzdash.words import Text

Kind = Literal["copied", "round", "jump", "hired", "silent"]
Strength = Literal["strong", "likely", "possible"]
STRENGTHS: tuple[Strength, ...] = ("strong", "likely", "possible")

# Chance makes one such finding in the whole store once in a hundred times: the least to be told.
LEAST_DECADES = 2.0
_LIKELY_DECADES, _STRONG_DECADES = 3.0, 6.0
_DIGITS = 8
_PARTS = 7


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong. `told` are the months in which a reader should hear of it, `numbers` all it was found
    from, `decades` the powers of ten against chance, and `said` the numbers in a sentence."""

    kind: Kind
    spot: Spot
    told: tuple[str, ...]
    numbers: tuple[object, ...]
    decades: float
    said: Text

    @property
    def key(self) -> str:
        """A name that holds as long as its numbers do: what was dismissed comes back when they change."""
        spot = self.spot
        holder = spot.holder or f"#{spot.import_id}"
        parts = (self.kind, spot.table, "+".join(spot.columns), spot.group.replace("|", "+"), holder, spot.months[-1])
        whole = repr((parts, spot.months, self.numbers))
        return "|".join((*parts, hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]))

    @property
    def strength(self) -> Strength:
        """How much speaks against chance."""
        if self.decades >= _STRONG_DECADES:
            return "strong"
        return "likely" if self.decades >= _LIKELY_DECADES else "possible"


@dataclass(frozen=True, slots=True)
class Named:
    """What a key says of its finding, whether or not it is still found; empty where somebody wrote the key by hand."""

    table: str = ""
    holder: str = ""
    month: str = ""

    @classmethod
    def from_key(cls, key: str) -> Named:
        """Table, organization or import, and last month of a key."""
        parts = key.split("|")
        return cls(parts[1], parts[4], parts[5]) if len(parts) == _PARTS else cls(holder=key)
