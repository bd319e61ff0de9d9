"""Who should report to a table, and who did, month by month: few enough to be held, and looked through in place of SQL.

A table has at most one report a month from each organization of the city, however many rows these reports bring.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.engines import Engine
from gzdash.lake import Snapshot
from gzdash.metrics import SUBJECTS
from gzdash.selection import Selection

Marks = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

_SUBJECT = SUBJECTS["submissions"]
# The columns that its filters read, by filter; the period is read of the months.
_READ = {key: _SUBJECT.filter_columns(key)[0] for key in _SUBJECT.filters if key != "period"}
_NEVER = -1


@dataclass(frozen=True)
class Heard:
    """Of those that had to report in a period: who, as places among the organizations of all; and the places among the
    `months` of the last that each had to report for, and of the last that it reported for, -1 where for none."""

    who: Places
    months: tuple[date, ...]
    last_due: Places
    last_in: Places


@dataclass(frozen=True)
class Reporters:
    """Who should report to one table: the codes of `organizations`, in order, and of these a row for each chain that
    one was in. `place` says whose a row is, `columns` have what filters read, `due` and `received` a line for each of
    the `months`, with a mark for each row."""

    organizations: pa.Array
    place: Places
    columns: Mapping[str, pa.Array]
    months: tuple[date, ...]
    due: Marks
    received: Marks

    def heard(self, selection: Selection) -> Heard:
        """Whoever had to report, within a selection."""
        period = slice(
            bisect_left(self.months, selection.period.first_day), bisect_right(self.months, selection.period.last_day)
        )
        due = self.due[period] & self._chosen(selection)
        had_to = due.any(axis=0)
        place = self.place[had_to]
        firsts = np.flatnonzero(np.diff(place, prepend=_NEVER))
        last_due, last_in = _last(due), _last(due & self.received[period])
        return Heard(place[firsts], self.months[period], *(_most(one[had_to], firsts) for one in (last_due, last_in)))

    def _chosen(self, selection: Selection) -> Marks:
        marks = np.ones(len(self.place), dtype=np.bool_)
        for key, column in _READ.items():
            chosen = getattr(selection, key)
            if chosen:
                codes = pa.array([chosen] if isinstance(chosen, str) else chosen, pa.string())
                marks &= pc.is_in(self.columns[column], codes).to_numpy(zero_copy_only=False)
        return marks


def reporters(engine: Engine, snapshot: Snapshot, table: str) -> Reporters:
    """Everybody who ever had to report to a table."""
    names = tuple(dict.fromkeys(("organization", *_READ.values())))
    columns = ", ".join(f'"{name}"' for name in names)
    found = engine.run(
        f"""
        SELECT {columns}, list(month) AS due, list(month) FILTER (WHERE received IS NOT NULL) AS received
        FROM {_SUBJECT.view}
        WHERE "table" = $own_table AND due IS NOT NULL
        GROUP BY {columns}
        ORDER BY organization""",
        {"own_table": table},
        snapshot,
    )
    own = {name: found[name].combine_chunks() for name in found.column_names}
    due, received = own["due"], own["received"]
    who = own["organization"].dictionary_encode()
    months = pc.unique(pc.list_flatten(due)).sort()
    return Reporters(
        who.dictionary,
        who.indices.to_numpy().astype(np.int64),
        own,
        tuple(months.to_pylist()),
        _marks(due, months),
        _marks(received, months),
    )


def _marks(lists: pa.Array, months: pa.Array) -> Marks:
    """A line for each month, a mark for each list that has it."""
    marks = np.zeros((len(months), len(lists)), dtype=np.bool_)
    marks[pc.index_in(pc.list_flatten(lists), months).to_numpy(), pc.list_parent_indices(lists).to_numpy()] = True
    return marks


def _last(marks: Marks) -> Places:
    """The place of the last line in which each row has a mark."""
    last = np.full(marks.shape[1], _NEVER, dtype=np.int64)
    for place, line in enumerate(marks):
        last[line] = place
    return last


def _most(places: Places, firsts: Places) -> Places:
    """The largest of the rows of each organization."""
    return np.maximum.reduceat(places, firsts) if len(firsts) else places
