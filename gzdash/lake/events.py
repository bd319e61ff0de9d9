"""What happened to a lake, one `Event` after the other: the number of an event is that of its snapshot."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

EventKind = Literal["commit", "undo", "redo", "freeze", "thaw", "compact"]

_EVENTS = "SELECT id, time, kind, import_id, who, why FROM events ORDER BY id"


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the ledger: who did what, when and why. `import_id` is none where no import is meant."""

    id: int
    time: datetime
    kind: EventKind
    import_id: int | None
    who: str
    why: str


def events(ledger: sqlite3.Connection) -> tuple[Event, ...]:
    """Every event, oldest first."""
    return tuple(
        Event(number, datetime.fromisoformat(time), cast("EventKind", kind), import_id, who, why)
        for number, time, kind, import_id, who, why in ledger.execute(_EVENTS)
    )


def insert_event(ledger: sqlite3.Connection, now: str, kind: str, import_id: int | None, who: str, why: str) -> int:
    """Add an event and return its number."""
    cursor = ledger.execute(
        "INSERT INTO events (time, kind, import_id, who, why) VALUES (?, ?, ?, ?, ?)", (now, kind, import_id, who, why)
    )
    return int(cursor.lastrowid or 0)
