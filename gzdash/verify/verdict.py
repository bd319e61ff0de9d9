"""What a verification finds: a `Checked` per file, each with its verdict, reasons, differences and events since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from gzdash.exports import Passport
from gzdash.lake import Event
from gzdash.words import Text

# From the best to the worst: the verdict on a package is the worst of its files'.
Verdict = Literal["same", "issued", "restated", "unknown", "differs"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, or a whole row, that differs: `before` as issued, `after` as found or as today; None is no row."""

    row: Text
    column: Text
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Differences:
    """How many cells or rows differ, and the first of them; `why_not` where they could not be compared."""

    count: int = 0
    first: tuple[Difference, ...] = ()
    why_not: Text | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: `recomputed` says whether the lake gave it again, `events` are those since that touch its tables."""

    file: str
    verdict: Verdict
    reasons: tuple[Text, ...] = ()
    passport: Passport | None = None
    recomputed: bool = False
    differences: Differences = Differences()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What was given to verify, with everything in it; `notes` change no verdict."""

    file: str
    files: tuple[Checked, ...]
    notes: tuple[Text, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst of the files' verdicts."""
        return max((one.verdict for one in self.files), key=VERDICTS.index, default="unknown")
