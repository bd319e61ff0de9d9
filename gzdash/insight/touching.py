"""Touching: which figures an event of the ledger can have changed, told from its import's tables and months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from gzdash.engines.view_files import view_sql
from gzdash.lake import DataFile, Event, Import, Snapshot
from gzdash.metrics import Metric, Subject
from gzdash.period import Period
from gzdash.tables import TABLES

_SOURCE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
_COMMENT = re.compile(r"--.*")
# Rows as stored, rows but those merged away, code lists, and views with the merged-away rows in them.
_RAW, _COUNTED, _REFERENCE, _GROSS = "raw_", "counted_", "reference_", "_gross"
_MERGES = "merges"


class Touching:
    """What the imports between two snapshots touch, for figures of one period."""

    def __init__(self, imports: Sequence[Import], ends: Sequence[Snapshot], period: Period) -> None:
        self._imports = {one.id: one for one in imports}
        self._period = period
        self._is_merged = any(_MERGES in one.tables for one in imports)
        self._files: dict[int, set[DataFile]] = {}
        for file in (file for end in ends for file in end.files):
            self._files.setdefault(file.import_id, set()).add(file)

    def source(self, event: Event) -> Import:
        """The import that the event is about."""
        assert event.import_id is not None
        return self._imports[event.import_id]

    def span(self, subject: Subject, event: Event) -> Period | None:
        """The months in which the event may have changed figures of `subject`; none when it has no rows of any table
        they are read from. Where a row counts for its own month alone and only such rows came or went, these are the
        months of the import; a register, or a view that looks across months such as cohorts, may change any."""
        touched = tables_read(subject).intersection(self.source(event).tables)
        if not touched:
            return None
        if touched - {subject.table} or not self._is_monthly(subject):
            return self._period
        files = [file for file in self._files.get(self.source(event).id, ()) if file.table == subject.table]
        if not files:
            return self._period
        first = max(self._period.first, min(file.first_month for file in files))
        last = min(self._period.last, max(file.last_month for file in files))
        return Period(first, last) if first <= last else None

    def only(self, snapshot: Snapshot, metrics: Iterable[Metric], span: Period) -> Snapshot:
        """The snapshot with only the files that these metrics are read from over `span`, under a name of its own: views
        over a part of the rows are made in a fraction of the time, and the figures are the same."""
        subjects = {metric.subject.key: metric.subject for metric in metrics}.values()
        monthly = {one.table for one in subjects if self._is_monthly(one)}
        # What anything else needs whole stays whole.
        whole = {table for one in subjects for table in tables_read(one) - (monthly & {one.table})}
        whole |= {one.table for one in subjects if not self._is_monthly(one)}
        files = (one for one in snapshot.files if one.table in whole or (one.table in monthly and _meets(one, span)))
        name = "+".join(sorted({*whole, *(f"{table}:{span}" for table in monthly - whole)}))
        return replace(snapshot, lake=f"{snapshot.lake}/{name}", files=tuple(files))

    def _is_monthly(self, subject: Subject) -> bool:
        """Whether a row counts for its own month and no row of another month decides that; a register's rows have no
        month of their own, though they may be counted by one, such as that of the founding."""
        sources = _sources(subject.view)
        reads_counted = f"{_COUNTED}{subject.table}" in sources and not self._is_merged
        has_month = bool(TABLES[subject.table].time) and not subject.is_stock
        return has_month and (f"{_RAW}{subject.table}" in sources or reads_counted)


def _meets(file: DataFile, period: Period) -> bool:
    """Whether a file may hold rows of the period; a register's rows are of any time."""
    return not file.first_month or (file.first_month <= period.last and period.first <= file.last_month)


def tables_read(subject: Subject) -> frozenset[str]:
    """The keys of all tables whose rows can change a figure of `subject`."""
    return _tables(subject.view)


@lru_cache(maxsize=64)
def _tables(view: str) -> frozenset[str]:
    found: set[str] = set()
    for name in _sources(view):
        if name.startswith(_RAW):
            found.add(name.removeprefix(_RAW))
        elif name.startswith(_COUNTED):
            found |= {name.removeprefix(_COUNTED), _MERGES}
        elif not name.startswith(_REFERENCE):
            found |= _tables(name)
    return frozenset(found)


@lru_cache(maxsize=64)
def _sources(view: str) -> frozenset[str]:
    """What a view file reads: stored tables, reference lists and other views. A gross view is made of the file of the
    view it is the gross of."""
    return frozenset(_SOURCE.findall(_COMMENT.sub("", view_sql(view.removesuffix(_GROSS)))))
