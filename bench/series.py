"""Series of clicks side by side: each click on the overview has its own clicks on the bare pages just before it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from statistics import median

from bench.clicks import BarePage, Click, Overview

# The first clicks compile and load what all later ones use.
WARM_UP = 2

# By then the server has asked what each chain alone asks.
WARMED_SECONDS = 80

# How many others click while the last series is measured.
READERS = 20

PARTS = ("changed", "answered", "painted", "browser_busy", "kilobytes", "messages")


@dataclass(frozen=True, slots=True)
class Round:
    """One click on each page, within a second or two of each other."""

    bare: Click
    frozen: Click
    overview: Click

    def ratio(self, page: str) -> float:
        """How many times as long the overview took as `page`, click to painted."""
        return self.overview.painted / self.of(page).painted

    def figures_ratio(self, page: str) -> float:
        """How many times as long it took until the figures were others, beside the whole click on `page`."""
        return self.overview.changed / self.of(page).painted

    def of(self, page: str) -> Click:
        """The click on one page: bare, frozen or overview."""
        clicks = {"bare": self.bare, "frozen": self.frozen, "overview": self.overview}
        return clicks[page]


@dataclass
class Series:
    """The rounds of one kind of click on the overview."""

    name: str
    rounds: list[Round] = field(default_factory=list)

    def ratio(self, page: str) -> float:
        """The median of the ratios to `page`: a busy minute of the machine slows both halves of a round."""
        return median(self.ratios(page))

    def figures_ratio(self, page: str) -> float:
        """The median of the ratios from the click to the changed figures."""
        return median(one.figures_ratio(page) for one in self.rounds)

    def ratios(self, page: str) -> list[float]:
        """The ratio of every round, smallest first."""
        return sorted(one.ratio(page) for one in self.rounds)

    def medians(self, page: str) -> dict[str, float]:
        """The median of each part of the clicks on `page`."""
        return {part: median(getattr(one.of(page), part) for one in self.rounds) for part in PARTS}


def measure(
    bare: BarePage,
    frozen: BarePage,
    narrowed: Overview,
    overview: Overview,
    clicks: int,
    crowd: Callable[[], AbstractContextManager[None]],
) -> tuple[Series, ...]:
    """Chains that nobody has chosen so, on the overview that is `narrowed` besides; chains alone, which the server has
    asked for ahead of its readers, and back to all of them; at most `clicks` of each. Then the same chains once more
    while others click."""

    def beside(click: Callable[[], Click]) -> Round:
        return Round(bare.click(), frozen.click(), click())

    for page in (narrowed, overview):
        for chain in range(WARM_UP):
            beside(lambda on=page, chosen=chain: on.choose(chosen))  # type: ignore[misc]
            beside(page.take_back)
    chains = range(WARM_UP, min(WARM_UP + clicks, overview.chains))
    cold, cached, back = Series("cold answers"), Series("cached answers"), Series("back to all, cached")
    for chain in chains:
        cold.rounds.append(beside(lambda chosen=chain: narrowed.choose(chosen)))  # type: ignore[misc]
        beside(narrowed.take_back)
    for chain in chains:
        cached.rounds.append(beside(lambda chosen=chain: overview.choose(chosen)))  # type: ignore[misc]
        back.rounds.append(beside(overview.take_back))
    crowded = Series(f"while {READERS} others click")
    with crowd():
        for chain in chains:
            crowded.rounds.append(beside(lambda chosen=chain: overview.choose(chosen)))  # type: ignore[misc]
            beside(overview.take_back)
    return cold, cached, back, crowded
