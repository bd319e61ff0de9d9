"""A `Finding` is one thing that looks wrong: where, what the numbers are, and how surprising; its key is its name."""

from __future__ import annotations

import hashlib
import re
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
_BAR = ":"
# A giver's name may hold anything; what stands around it does not.
_KEY = re.compile(r"\w+:(?P<table>\w+):[^:]*:[^:]*:(?P<holder>.+):(?P<month>[0-9]{4}-[0-9]{2}):[0-9a-f]{8}")


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
        """A name that holds as long as its numbers do: what was dismissed comes back when they change. A silence is
        named by its first month: as long as it goes on it is the same one."""
        spot = self.spot
        holder = spot.holder or f"#{spot.import_id}"
        month = spot.months[0 if self.kind == "silent" else -1]
        group = spot.group.replace("|", "+").replace(_BAR, "+")
        parts = (self.kind, spot.table, "+".join(spot.columns), group, holder, month)
        digest = hashlib.sha256(repr((parts, self.numbers)).encode()).hexdigest()
        return _BAR.join((*parts, digest[:_DIGITS]))

    def is_called(self, name: str) -> bool:
        """Whether `name` is the key, or the last part of it, as pages show it."""
        return self.key == name or self.key.endswith(f"{_BAR}{name}")

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
        found = _KEY.fullmatch(key)
        return cls(**found.groupdict()) if found else cls(holder=key)
