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
_NEVER = _NO_CODE = -1


@dataclass(frozen=True)
class Heard:
    """Of those that had to report in a period: who, as places among the codes of organizations; and, as places among
    the `months`, the last that each had to report for, and the last that it reported for, -1 where for none."""

    who: Places
    months: tuple[date, ...]
    last_due: Places
    last_in: Places


@dataclass(frozen=True)
class Reporters:
    """Who should report to one table: a row for each organization, in order, and each chain that it was in. `columns`
    have what filters read: the different codes, and of each row the place of its code among them, -1 where it has none.
    `due` and `received` have a line for each of the `months`, with a mark for each row."""

    columns: Mapping[str, tuple[pa.Array, Places]]
    months: tuple[date, ...]
    due: Marks
    received: Marks

    def heard(self, selection: Selection) -> Heard:
        """Whoever had to report, within a selection."""
        period = self._period(selection)
        due = self.due[period] & self._chosen(selection)
        had_to = due.any(axis=0)
        place = self.columns["organization"][1][had_to]
        firsts = np.flatnonzero(np.diff(place, prepend=_NEVER))
        last_due, last_in = _last(due), _last(due & self.received[period])
        return Heard(place[firsts], self.months[period], *(_most(one[had_to], firsts) for one in (last_due, last_in)))

    def by_month(self, selection: Selection) -> dict[str, tuple[int, int]]:
        """Of each month (2023-07) of a selection in which anybody had to report, how many had to, and how many did: an
        organization has one report a month, whatever its chain."""
        period, chosen = self._period(selection), self._chosen(selection)
        due = self.due[period] & chosen
        counts = zip(due.sum(axis=1).tolist(), (due & self.received[period]).sum(axis=1).tolist(), strict=True)
        return {f"{month:%Y-%m}": both for month, both in zip(self.months[period], counts, strict=True) if both[0]}

    def codes(self, places: Places) -> pa.Array:
        """The codes of the organizations at some places."""
        return self.columns["organization"][0].take(pa.array(places))

    def _period(self, selection: Selection) -> slice:
        period = selection.period
        return slice(bisect_left(self.months, period.first_day), bisect_right(self.months, period.last_day))

    def _chosen(self, selection: Selection) -> Marks:
        marks = np.ones(self.due.shape[1], dtype=np.bool_)
        for key, column in _READ.items():
            chosen = getattr(selection, key)
            if chosen:
                codes = pa.array([chosen] if isinstance(chosen, str) else chosen, pa.string())
                known, places = self.columns[column]
                # -1 is the last place, that of no code, which nobody chooses.
                marks &= np.append(pc.is_in(known, codes).to_numpy(zero_copy_only=False), False)[places]
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
    due, received = (found[name].combine_chunks() for name in ("due", "received"))
    months = pc.unique(pc.list_flatten(due)).sort()
    own = {name: _numbered(found[name].combine_chunks()) for name in names}
    return Reporters(own, tuple(months.to_pylist()), _marks(due, months), _marks(received, months))


def _numbered(codes: pa.Array) -> tuple[pa.Array, Places]:
    """The different codes as they first come, and the place of each among them."""
    encoded = codes.dictionary_encode()
    return encoded.dictionary, encoded.indices.fill_null(_NO_CODE).to_numpy().astype(np.int64)


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
