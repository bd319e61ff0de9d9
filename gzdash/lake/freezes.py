"""A `Freeze` names the state in which a period was reported; the figures as frozen are those of its event."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from gzdash.faults import Refused
from gzdash.lake import faults
from gzdash.lake.events import insert_event
from gzdash.period import Period

_SELECT = """
    SELECT f.event, f.name, f.first, f.last, e.who, e.why, e.time,
           t.event IS NOT NULL, coalesce(u.who, ''), coalesce(u.why, '')
    FROM freezes AS f JOIN events AS e ON e.id = f.event
    LEFT JOIN thaws AS t ON t.of_event = f.event LEFT JOIN events AS u ON u.id = t.event
    ORDER BY f.event
"""


@dataclass(frozen=True, slots=True)
class Freeze:
    """A period frozen at an event: its figures as frozen are those of the snapshot of that event. A freeze that was
    taken back is `thawed`, and says by whom and why; frozen again, the period has another freeze."""

    event: int
    name: str
    period: Period
    who: str
    why: str
    time: datetime
    thawed: bool
    thawed_by: str = ""
    thawed_why: str = ""


def freezes(ledger: sqlite3.Connection) -> tuple[Freeze, ...]:
    """Every freeze, oldest first, those taken back included."""
    return tuple(
        Freeze(event, name, Period(first, last), who, why, datetime.fromisoformat(time), bool(thawed), by, because)
        for event, name, first, last, who, why, time, thawed, by, because in ledger.execute(_SELECT)
    )


def freeze(ledger: sqlite3.Connection, now: str, name: str, period: Period, who: str, why: str) -> int:
    """Add a freeze and return its event; raises Refused for one without a name, by which it could not be told."""
    if not (name := name.strip()):
        raise Refused(faults.freeze_unnamed())
    event = insert_event(ledger, now, "freeze", None, who, why)
    ledger.execute("INSERT INTO freezes VALUES (?, ?, ?, ?)", (event, name, period.first, period.last))
    return event


def thaw(ledger: sqlite3.Connection, now: str, of_event: int, who: str, why: str) -> int:
    """Take a freeze back and return the event; raises Refused when there is none or it was taken back already."""
    found = {one.event: one for one in freezes(ledger)}.get(of_event)
    if found is None:
        raise Refused(faults.no_such_freeze(of_event))
    if found.thawed:
        raise Refused(faults.thawed_already(found.name))
    event = insert_event(ledger, now, "thaw", None, who, why)
    ledger.execute("INSERT INTO thaws VALUES (?, ?)", (event, of_event))
    return event
