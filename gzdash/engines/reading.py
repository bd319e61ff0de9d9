"""What the figures of a subject are read from: stored tables by name, and the files of them that months need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from gzdash.engines.view_files import view_sql
from gzdash.lake import DataFile, Snapshot
from gzdash.metrics import Subject
from gzdash.period import Period
from gzdash.tables import TABLES

MERGES = "merges"

_SOURCE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
_COMMENT = re.compile(r"--.*")
# Rows as stored, rows but those merged away, code lists, and views with the merged-away rows in them.
_RAW, _COUNTED, _REFERENCE, _GROSS = "raw_", "counted_", "reference_", "_gross"


def tables_read(subject: Subject) -> frozenset[str]:
    """The keys of all tables whose rows can change a figure of `subject`."""
    return tables_of_view(subject.view)


def views_read(subject: Subject) -> frozenset[str]:
    """The names of all view files that shape the rows of `subject`."""
    return _views(subject.view)


def is_monthly(subject: Subject, *, is_merged: bool) -> bool:
    """Whether a row counts for its own month and no row of another month decides that; a register's rows have no
    month of their own, though they may be counted by one, such as that of the founding. Where anything was merged, a
    row of another month may be the one that is kept."""
    sources = _sources(subject.view)
    reads_counted = f"{_COUNTED}{subject.table}" in sources and not is_merged
    has_month = bool(TABLES[subject.table].time) and not subject.is_stock
    return has_month and (f"{_RAW}{subject.table}" in sources or reads_counted)


def only(snapshot: Snapshot, subjects: Iterable[Subject], span: Period, *, is_merged: bool) -> Snapshot:
    """The snapshot with only the files that figures of `subjects` are read from over `span`, under a name of its own:
    views over a part of the rows are made in a fraction of the time, and the figures are the same."""
    subjects = tuple(subjects)
    monthly = {one.table for one in subjects if is_monthly(one, is_merged=is_merged)}
    # What anything else needs whole stays whole.
    whole = {table for one in subjects for table in tables_read(one) - (monthly & {one.table})}
    whole |= {one.table for one in subjects if not is_monthly(one, is_merged=is_merged)}
    files = (one for one in snapshot.files if one.table in whole or (one.table in monthly and _meets(one, span)))
    name = "+".join(sorted({*whole, *(f"{table}:{span}" for table in monthly - whole)}))
    return replace(snapshot, lake=f"{snapshot.lake}/{name}", files=tuple(files))


def _meets(file: DataFile, period: Period) -> bool:
    """Whether a file may hold rows of the period; a register's rows are of any time."""
    return not file.first_month or (file.first_month <= period.last and period.first <= file.last_month)


@lru_cache(maxsize=64)
def tables_of_view(view: str) -> frozenset[str]:
    """The keys of all tables whose rows a view is shaped of."""
    found: set[str] = set()
    for name in _sources(view):
        if name.startswith(_RAW):
            found.add(name.removeprefix(_RAW))
        elif name.startswith(_COUNTED):
            found |= {name.removeprefix(_COUNTED), MERGES}
        elif not name.startswith(_REFERENCE):
            found |= tables_of_view(name)
    return frozenset(found)


@lru_cache(maxsize=64)
def _views(view: str) -> frozenset[str]:
    further = (name for name in _sources(view) if not name.startswith((_RAW, _COUNTED, _REFERENCE)))
    merging = {"merged_away"} if MERGES in tables_of_view(view) else set[str]()
    return frozenset({view.removesuffix(_GROSS), *merging}.union(*map(_views, further)))


@lru_cache(maxsize=64)
def _sources(view: str) -> frozenset[str]:
    """What a view file reads: stored tables, reference lists and other views. A gross view is made of the file of the
    view it is the gross of."""
    return frozenset(_SOURCE.findall(_COMMENT.sub("", view_sql(view.removesuffix(_GROSS)))))
