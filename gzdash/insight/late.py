"""Late reporters: the organizations that owe a report, or sent one after the day it was due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.ask import Desk
from gzdash.period import FACTS_BEGIN, SHANGHAI, Period
from gzdash.selection import Selection

State = Literal["silent", "partly", "late"]
STATES: tuple[State, ...] = ("silent", "partly", "late")


@dataclass(frozen=True, slots=True)
class LateReporter:
    """One organization. `due` counts the reports of the period whose day has come, `missing` those of them not
    received, in `months`; `late` counts those received after their day, by up to `days` days. `last_received` is
    the newest month it ever reported on up to the end of the period, None for none."""

    organization: str
    due: int
    missing: int = 0
    months: tuple[str, ...] = ()
    last_received: str | None = None
    late: int = 0
    days: int = 0

    @property
    def state(self) -> State:
        """Silent sent nothing, partly owes some, late sent everything but not in time."""
        if not self.missing:
            return "late"
        return "silent" if self.missing == self.due else "partly"


@dataclass(frozen=True, slots=True)
class LateList:
    """Who is silent or late on `day`, the longest silent first, and the reports whose day was still to come."""

    day: date
    reporters: tuple[LateReporter, ...]
    not_yet_due: int

    def count(self, state: State) -> int:
        """How many of the reporters are in this state."""
        return sum(one.state == state for one in self.reporters)


@lru_cache(maxsize=8)
def late_reporters(desk: Desk, selection: Selection) -> LateList:
    """The late reporters of the selection, as they stood on the day of the snapshot. A report whose day is still to
    come is not late, however empty its month."""
    day = desk.snapshot.time.astimezone(SHANGHAI).date()
    rows = _rows(desk, selection)
    own = rows.filter(pc.greater_equal(rows["month"], pa.scalar(selection.period.first_day)))
    owed = own.filter(pc.less_equal(own["due"], pa.scalar(day)))
    ahead = own.filter(pc.greater(own["due"], pa.scalar(day)))
    not_yet_due = ahead.filter(pc.is_null(ahead["received"])).num_rows
    found = _reporters(owed, _last_received(rows))
    return LateList(day, tuple(sorted(found, key=_longest_silent)), not_yet_due)


def _rows(desk: Desk, selection: Selection) -> pa.Table:
    """The reports on every month up to the end of the period: those before it say when somebody last reported."""
    earlier = selection.with_(period=Period(min(FACTS_BEGIN, selection.period.first), selection.period.last))
    names = ["organization", "month", "due", "received"]
    batches = [batch.select(names) for batch in desk.rows("submissions", earlier)]
    kinds = (pa.string(), pa.date32(), pa.date32(), pa.date32())
    return pa.Table.from_batches(batches) if batches else pa.schema(zip(names, kinds, strict=True)).empty_table()


def _reporters(owed: pa.Table, last_received: dict[str, str]) -> list[LateReporter]:
    """Those of the organizations that owe reports or sent one late."""
    due = _by_organization(owed, "count")
    months = defaultdict[str, list[str]](list)
    late = defaultdict[str, list[int]](list)
    for row in owed.filter(pc.is_null(owed["received"])).to_pylist():
        months[row["organization"]].append(f"{row['month']:%Y-%m}")
    for row in owed.filter(pc.greater(owed["received"], owed["due"])).to_pylist():
        late[row["organization"]].append((row["received"] - row["due"]).days)
    return [
        LateReporter(
            code,
            due[code],
            len(months[code]),
            tuple(sorted(set(months[code]))),
            last_received.get(code),
            len(late[code]),
            max(late[code], default=0),
        )
        for code in sorted({*months, *late})
    ]


def _last_received(rows: pa.Table) -> dict[str, str]:
    """The newest month on which each organization reported."""
    newest = _by_organization(rows.filter(pc.is_valid(rows["received"])), "max")
    return {code: f"{month:%Y-%m}" for code, month in newest.items()}


def _by_organization(rows: pa.Table, how: str) -> dict[str, int]:
    grouped = rows.group_by("organization").aggregate([("month", how)])
    return dict(zip(grouped["organization"].to_pylist(), grouped[f"month_{how}"].to_pylist(), strict=True))


def _longest_silent(one: LateReporter) -> tuple[int, int, int, int, str]:
    return (STATES.index(one.state), -one.missing, -one.days, -one.late, one.organization)
