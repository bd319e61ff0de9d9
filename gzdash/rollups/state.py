"""A `State` is what the figures of one subject depend on in a snapshot, as digests: equal states have equal cubes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from gzdash.engines.reading import MERGES, is_monthly, tables_read, views_read
from gzdash.engines.view_files import REFERENCE, view_sql
from gzdash.lake import Snapshot
from gzdash.metrics import Subject
from gzdash.period import Period
from gzdash.rollups.cube import cubes, measures, subjects

# Another number here makes every cube anew: for a change in how they are made that no declaration tells of.
_VERSION = 1
_LETTERS = 16


@dataclass(frozen=True)
class State:
    """What the figures of a subject depend on. `months` has a digest for each month whose rows count for that month
    alone, `others` stands for everything else: definitions, code lists, and the tables that are read whole."""

    subject: Subject
    others: str
    months: Mapping[str, str]

    @property
    def key(self) -> str:
        """The digest of it all, which names the cubes."""
        return _digest([self.others, *(f"{month}:{self.months[month]}" for month in sorted(self.months))])


def states(snapshot: Snapshot) -> Mapping[str, State]:
    """The state of every subject that has cubes, by its key."""
    # Kept for this very list of files, which is kept with it: a ledger that went back to a backup counts its events
    # anew, and a snapshot of the same number is another.
    return _states(snapshot, id(snapshot.files))


@lru_cache(maxsize=64)
def _states(snapshot: Snapshot, files: int) -> Mapping[str, State]:
    said: dict[str, list[tuple[str, str, str]]] = {}
    for file in snapshot.files:
        # The path, not the import: after a return to a backup of the ledger an import of the same number is another.
        said.setdefault(file.table, []).append((file.path, file.first_month, file.last_month))
    for gone in snapshot.superseded.to_pylist():
        line = f"less {gone['import_id']} {gone['owner']} {gone['month']}"
        said.setdefault(gone["table_name"], []).append((line, gone["month"], gone["month"]))
    return {one.key: _state(snapshot, one, said) for one in subjects()}


def _state(snapshot: Snapshot, subject: Subject, said: Mapping[str, list[tuple[str, str, str]]]) -> State:
    monthly = {subject.table} if is_monthly(subject, is_merged=bool(said.get(MERGES))) else set[str]()
    others = [snapshot.lake, _definition(subject)]
    for table in sorted(tables_read(subject) - monthly):
        others += [table, *sorted(line for line, _, _ in said.get(table, ()))]
    months: dict[str, list[str]] = {}
    for table in monthly:
        for line, first, last in said.get(table, ()):
            for month in Period(first, last).months:
                months.setdefault(month, []).append(line)
    return State(subject, _digest(others), {month: _digest(sorted(lines)) for month, lines in months.items()})


@cache
def _definition(subject: Subject) -> str:
    """Everything that declarations say of the cubes of a subject: what they hold, from which views, by which lists."""
    held = [f"{cube.name} {cube.dimensions} {cube.things}" for cube in cubes(subject)]
    split = [subject.split_sql(name) for name in subject.columns]
    views = [view_sql(name) for name in sorted(views_read(subject))]
    return _digest([str(_VERSION), *held, *measures(subject), *split, *views, _lists()])


@cache
def _lists() -> str:
    return _digest(f"{name} {table().to_pydict()}" for name, table in sorted(REFERENCE.items()))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_LETTERS]
