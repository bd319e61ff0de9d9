"""What looks wrong: every finding of a snapshot, those a selection holds, and what was dismissed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gzdash.ask import Desk
from gzdash.ask.suspicions import dismissed, seen
from gzdash.insight.detectors import DETECTORS
from gzdash.insight.finding import Finding
from gzdash.selection import FILTERS, Selection


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One dismissal. `holds` is false where the numbers have changed since, so that the finding is another one."""

    kind: str
    finding: str
    reason: str
    dismissed_on: date
    import_id: int
    holds: bool


@lru_cache(maxsize=8)
def findings(desk: Desk) -> tuple[Finding, ...]:
    """Every finding of the whole store, dismissed or not, the strongest first. Peers and usual sizes are those of the
    whole city over all months, so that a finding is the same whatever a reader has selected."""
    found = [finding for detector in DETECTORS.values() for finding in detector.find(desk)]
    return tuple(sorted(found, key=lambda one: (-round(one.decades, 6), one.key)))


@lru_cache(maxsize=8)
def suspicions(desk: Desk, selection: Selection) -> tuple[Finding, ...]:
    """The findings with rows in the selection that nobody has dismissed, the strongest first."""
    gone = {one.finding for one in dismissals(desk)}
    left = [one for one in findings(desk) if one.key not in gone]
    held = {table: _held(desk, table, selection, left) for table in {one.spot.table for one in left}}
    return tuple(one for one in left if held[one.spot.table] & _places(one))


@lru_cache(maxsize=8)
def dismissals(desk: Desk) -> tuple[Dismissal, ...]:
    """Every dismissal that was not taken back, newest first."""
    rows = dismissed(desk).to_pylist()
    known = {one.key for one in findings(desk)} if rows else set()
    return tuple(Dismissal(**row, holds=row["finding"] in known) for row in rows)


Place = tuple[str | int, str]


def _places(one: Finding) -> set[Place]:
    holder = one.spot.holder or one.spot.import_id or 0
    return {(holder, month) for month in one.told}


def _held(desk: Desk, table: str, selection: Selection, found: Iterable[Finding]) -> set[Place]:
    """Organizations and imports with the months in which the selection has rows of them."""
    own = [one for one in found if one.spot.table == table]
    months = selection.period.months
    if not any(getattr(selection, key) for key in FILTERS if key != "period"):
        return {place for one in own for place in _places(one) if place[1] in months}
    rows = seen(desk, table, selection, {one.spot.holder for one in own}).to_pylist()
    return {(holder, row["month"]) for row in rows for holder in (row["organization"], row["import_id"]) if holder}
