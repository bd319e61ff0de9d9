"""Possible duplicates: groups of things that different organizations report alike, the strongest suspicion first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Any, Literal

from gzdash.ask import Desk
from gzdash.ask.duplicates import LIKENESSES, decided, same_day, same_number
from gzdash.selection import Selection

Why = Literal["number", "day"]
Strength = Literal["strong", "likely", "possible", "weak"]
STRENGTHS: tuple[Strength, ...] = ("strong", "likely", "possible", "weak")

# How many pairs chance alone puts on one day of the period: below the first a match says much, from the second on
# it says nothing.
_HARDLY_CHANCE = Decimal("0.1")
_MERE_CHANCE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Report:
    """One thing as one organization reports it. `rows` are its rows; file, sheet and row are those of the first."""

    identity: str
    organization: str
    day: date
    amount: Decimal | int | None
    rows: int
    import_id: int
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Group:
    """Reports of one table that may be of one thing, and why. `often` is how many reports of the selection agree in
    all but the day; `differs` how many further columns speak against it; `chance` the pairs to be expected anyway."""

    kind: str
    why: Why
    reports: tuple[Report, ...]
    often: int = 0
    differs: int = 0
    chance: Decimal = Decimal(0)

    @property
    def strength(self) -> Strength:
        """How much the likeness says; a common amount on a common day says little."""
        if self.why == "number":
            return "strong"
        if self.chance >= _MERE_CHANCE:
            return "weak"
        return "likely" if self.chance < _HARDLY_CHANCE and not self.differs else "possible"

    @property
    def key(self) -> str:
        """A name for the group: the same reports suspected again are the same group."""
        return f"{self.kind}:{'&'.join(sorted(report.identity for report in self.reports))}"

    @property
    def amount(self) -> Decimal | int:
        """What a merge would take out of the de-duplicated figures at least: all but the largest report."""
        amounts = sorted(report.amount or 0 for report in self.reports)
        return sum(amounts[:-1])


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. `holds` is false for a merge without effect: what it keeps is not in the store."""

    kind: str
    decision: str
    kept: str
    dropped: str
    reason: str
    decided_on: date
    import_id: int
    holds: bool


@lru_cache(maxsize=8)
def duplicates(desk: Desk, selection: Selection) -> tuple[Group, ...]:
    """The groups of the selection that nobody has decided on, the strongest and then the largest first."""
    apart = {frozenset((one.kept, one.dropped)) for one in decisions(desk) if one.decision == "distinct"}
    days = (selection.period.last_day - selection.period.first_day).days + 1
    found = [
        left
        for kind in LIKENESSES
        for group in _of_kind(desk, kind, selection, days)
        if (left := _without_decided(group, apart)) is not None
    ]
    return tuple(sorted(found, key=_strongest))


@lru_cache(maxsize=8)
def decisions(desk: Desk) -> tuple[Decided, ...]:
    """Every decision that was not taken back, newest first."""
    return tuple(Decided(**row) for row in decided(desk).to_pylist())


def _strongest(group: Group) -> tuple[Any, ...]:
    return (STRENGTHS.index(group.strength), group.chance, group.differs, -group.amount, group.key)


def _of_kind(desk: Desk, kind: str, selection: Selection, days: int) -> Iterator[Group]:
    """Those with one number, then those alike on a day that are not among them."""
    numbered = list(_groups(kind, "number", same_number(desk, kind, selection).to_pylist(), days))
    yield from numbered
    known = [{report.identity for report in group.reports} for group in numbered]
    for group in _groups(kind, "day", same_day(desk, kind, selection).to_pylist(), days):
        own = {report.identity for report in group.reports}
        if not any(own <= one for one in known):
            yield group


def _groups(kind: str, why: Why, rows: Iterable[dict[str, Any]], days: int) -> Iterator[Group]:
    together: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        together.setdefault(row["group"], []).append(row)
    for found in together.values():
        often = int(found[0]["often"])
        chance = Decimal(often * (often - 1)) / (2 * days) if why == "day" else Decimal(0)
        yield Group(kind, why, tuple(_report(kind, row) for row in found), often, int(found[0]["differs"]), chance)


def _report(kind: str, row: dict[str, Any]) -> Report:
    origin = (row["import_id"], row["source_file"], row["source_sheet"], row["source_row"])
    amount = row["amount"]
    # A count comes back as a decimal as well: sums of whole numbers are wider than 64 bits.
    if amount is not None and kind == "activities":
        amount = int(amount)
    return Report(row["identity"], row["organization"], row["day"], amount, row["rows"], *origin)


def _without_decided(group: Group, apart: set[frozenset[str]]) -> Group | None:
    """The group without reports that are known to differ from all others of it; none when fewer than two are left."""
    open_pairs = [
        pair
        for pair in combinations(group.reports, 2)
        if pair[0].organization != pair[1].organization and frozenset((pair[0].identity, pair[1].identity)) not in apart
    ]
    left = {report.identity for pair in open_pairs for report in pair}
    kept = tuple(report for report in group.reports if report.identity in left)
    return replace(group, reports=kept) if kept else None
