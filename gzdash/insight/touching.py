"""Touching: which figures an event of the ledger can have changed, told from its import's tables and months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gzdash.engines.reading import MERGES, is_monthly, only, tables_read
from gzdash.lake import DataFile, Event, Import, Snapshot
from gzdash.metrics import Metric, Subject
from gzdash.period import Period


class Touching:
    """What the imports between two snapshots touch, for figures of one period."""

    def __init__(self, imports: Sequence[Import], ends: Sequence[Snapshot], period: Period) -> None:
        self._imports = {one.id: one for one in imports}
        self._period = period
        self._is_merged = any(MERGES in one.tables for one in imports)
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
        if touched - {subject.table} or not is_monthly(subject, is_merged=self._is_merged):
            return self._period
        files = [file for file in self._files.get(self.source(event).id, ()) if file.table == subject.table]
        if not files:
            return self._period
        first = max(self._period.first, min(file.first_month for file in files))
        last = min(self._period.last, max(file.last_month for file in files))
        return Period(first, last) if first <= last else None

    def only(self, snapshot: Snapshot, metrics: Iterable[Metric], span: Period) -> Snapshot:
        """The snapshot with only the files that these metrics are read from over `span`."""
        subjects = {metric.subject.key: metric.subject for metric in metrics}.values()
        return only(snapshot, subjects, span, is_merged=self._is_merged)
