"""A `Lake` is opened, asked for a snapshot, and written to in one transaction per import."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import pyarrow as pa

from gzdash.faults import Refused
from gzdash.lake import faults
from gzdash.lake.events import Event, events, insert_event
from gzdash.lake.files import stored_tables, sweep, write_files
from gzdash.lake.freezes import Freeze, freeze, freezes, thaw
from gzdash.lake.imports import Import, Provenance
from gzdash.lake.layouts import Layout, insert_layouts, layouts_of
from gzdash.lake.ledger import (
    CARRIERS,
    FILES,
    IMPORTS,
    INSERT_FILE,
    import_of,
    insert_import,
    insert_submissions,
    live_imports,
    submissions_of,
    superseded,
    superseded_table,
)
from gzdash.lake.opening import LedgerFile
from gzdash.lake.packs import PATHS, Compacted, insert_packs, packs_of, write_packs
from gzdash.lake.snapshot import DataFile, Snapshot
from gzdash.period import SHANGHAI, Period
from gzdash.tables import TABLES

LakeKind = Literal["demo", "real"]
Clock = Callable[[], datetime]

PROJECT = Path(__file__).resolve().parents[2]


def default_root() -> Path:
    """Where the lake is: the folder named by GZDASH_LAKE, else `data/lake` of the project."""
    named = os.environ.get("GZDASH_LAKE", "")
    return Path(named).expanduser() if named else PROJECT / "data" / "lake"


def shanghai_now() -> datetime:
    """The time now, in Asia/Shanghai."""
    return datetime.now(SHANGHAI)


@dataclass(frozen=True)
class Lake:
    """One folder of Parquet files with its ledger. All methods may be called from any process or thread."""

    root: Path
    clock: Clock = shanghai_now

    @classmethod
    def init(cls, root: Path, kind: LakeKind, clock: Clock = shanghai_now) -> Lake:
        """A new empty lake in `root`; raises Refused when the system is read-only, there is one already or the folder
        cannot be written."""
        refuse_when_read_only()
        lake = cls(root, clock)
        if lake.exists:
            raise Refused(faults.already_there(root))
        if lake.is_headless:
            raise Refused(faults.ledger_missing(root))
        try:
            lake._ledger.create(kind, clock().isoformat())
        except (OSError, sqlite3.OperationalError) as error:
            raise Refused(faults.not_writable(root, error)) from error
        return lake

    @property
    def is_headless(self) -> bool:
        """Whether data files lie in the folder but their ledger is gone: no new lake may be made over them."""
        return self._ledger.is_headless

    @property
    def exists(self) -> bool:
        """Whether there is a ledger in the folder."""
        return self._ledger.exists

    @property
    def uploads(self) -> Path:
        """The folder of kept files, beside the lake."""
        return self.root.parent / "uploads"

    def position(self) -> tuple[str, int]:
        """Which lake this is and its newest event: what tells a reader that something changed."""
        with self._reading() as ledger:
            found = ledger.execute("SELECT id, (SELECT coalesce(max(id), 0) FROM events) FROM lake").fetchone()
        return str(found[0]), int(found[1])

    def snapshot(self, event: int | None = None) -> Snapshot:
        """What was true at `event` (the newest by default).

        Raises Refused when the lake is missing or unreadable, the event unknown, or a live file is gone.
        """
        with self._reading() as ledger:
            identity, kind, created = ledger.execute("SELECT id, kind, created FROM lake").fetchone()
            newest = ledger.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0]
            event = newest if event is None else event
            if not 0 <= event <= newest:
                raise Refused(faults.no_such_event(event, newest))
            row = ledger.execute("SELECT time FROM events WHERE id = ?", (event,)).fetchone()
            live = live_imports(ledger, event)
            files = tuple(DataFile(*found) for found in ledger.execute(FILES) if found[2] in live)
            lost = superseded(ledger, live)
            packs = packs_of(ledger, event, self.root)
        missing = [file.path for file in files if not (self.root / file.path).is_file()]
        if missing:
            raise Refused(*(faults.file_missing(self.root / path) for path in missing))
        time = datetime.fromisoformat(row[0] if row else created)
        return Snapshot(identity, event, kind, time, self.root, files, lost, packs)

    def event_at(self, time: datetime) -> int:
        """The newest event not later than `time`; naive times are Asia/Shanghai."""
        moment = time if time.tzinfo else time.replace(tzinfo=SHANGHAI)
        with self._reading() as ledger:
            found = [
                event
                for event, text in ledger.execute("SELECT id, time FROM events ORDER BY id")
                if datetime.fromisoformat(text) <= moment
            ]
        return max(found, default=0)

    def imports(self) -> tuple[Import, ...]:
        """Every import, oldest first, undone ones included."""
        with self._reading() as ledger:
            live = live_imports(ledger, None)
            tables: dict[int, set[str]] = {}
            for import_id, table in ledger.execute("SELECT DISTINCT import_id, table_name FROM files"):
                tables.setdefault(import_id, set()).add(table)
            return tuple(import_of(row, live, tables) for row in ledger.execute(IMPORTS))

    def events(self) -> tuple[Event, ...]:
        """Everything that happened to the lake, oldest first; an event's number is that of its snapshot."""
        with self._reading() as ledger:
            return events(ledger)

    def layouts(self, import_ids: Iterable[int]) -> dict[int, tuple[Layout, ...]]:
        """Where in its kept file the values of each import stand; none for rows that came without a file."""
        with self._reading() as ledger:
            return layouts_of(ledger, import_ids)

    def freezes(self) -> tuple[Freeze, ...]:
        """Every freeze, oldest first, those taken back included."""
        with self._reading() as ledger:
            return freezes(ledger)

    def commit(
        self,
        rows: Mapping[str, pa.Table],
        provenance: Provenance,
        *,
        layouts: Sequence[Layout] = (),
        expected_head: int | None = None,
    ) -> int:
        """Write `rows` (declared columns plus source_*, by table key) as one import and return its id.

        `layouts` say where in the kept file the values stand. Files are on disk before the one transaction that makes
        them true; a failure leaves nothing. Raises Refused when the lake is read-only or cannot be written, another
        writer does not finish, or the newest event is no longer `expected_head`.
        """
        with self._writing() as ledger:
            newest = ledger.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0]
            if expected_head is not None and newest != expected_head:
                raise Refused(faults.moved_on(expected_head, newest))
            import_id = ledger.execute("SELECT coalesce(max(id), 0) + 1 FROM imports").fetchone()[0]
            stored = stored_tables(rows, import_id)
            now = self.clock().isoformat()
            insert_import(ledger, import_id, now, provenance, sum(table.num_rows for table in stored.values()))
            for name, table in stored.items():
                ledger.executemany(
                    INSERT_FILE, ((*f.row, f.bytes) for f in write_files(self.root, name, table, import_id))
                )
                insert_submissions(ledger, name, table, import_id)
            insert_layouts(ledger, import_id, layouts)
            insert_event(ledger, now, "commit", import_id, provenance.who, provenance.why)
            return int(import_id)

    @contextmanager
    def previewing(self, rows: Mapping[str, pa.Table]) -> Iterator[Snapshot]:
        """The newest snapshot as it would be after a commit of `rows`, for as long as the block runs.

        Its files lie in the lake but no ledger row names them: nobody else sees them, and they are removed.
        """
        refuse_when_read_only()
        now = self.snapshot()
        import_id = max((file.import_id for file in now.files), default=0) + 1
        stored = stored_tables(rows, import_id)
        written = [file for name, table in stored.items() for file in write_files(self.root, name, table, import_id)]
        try:
            files = tuple(DataFile(*file.row) for file in written)
            lost = pa.concat_tables([now.superseded, self._carried_before(stored, now)])
            yield replace(now, lake=f"{now.lake}/{uuid.uuid4().hex}", files=(*now.files, *files), superseded=lost)
        finally:
            for file in written:
                (self.root / file.row[1]).unlink(missing_ok=True)

    def _carried_before(self, stored: Mapping[str, pa.Table], now: Snapshot) -> pa.Table:
        """The live imports that carry submissions of `stored`, which a commit would take the place of."""
        live = {file.import_id for file in now.files}
        with self._reading() as ledger:
            found = [
                (name, owner, month, import_id)
                for name, table in stored.items()
                for owner, month in submissions_of(table)
                for (import_id,) in ledger.execute(CARRIERS, (name, owner, month))
                if import_id in live
            ]
        return superseded_table(found)

    def undo(self, import_id: int, who: str, why: str) -> int:
        """Make an import not live and return the event; raises Refused when it is unknown or undone already."""
        return self._turn("undo", import_id, who, why)

    def redo(self, import_id: int, who: str, why: str) -> int:
        """Put an undone import back in its place and return the event; raises Refused when it is live."""
        return self._turn("redo", import_id, who, why)

    def freeze(self, name: str, period: Period, who: str, why: str) -> int:
        """Freeze a period as it stands and return the event, whose snapshot has its figures; no row is touched."""
        with self._writing() as ledger:
            return freeze(ledger, self.clock().isoformat(), name, period, who, why)

    def thaw(self, event: int, who: str, why: str) -> int:
        """Take the freeze of `event` back and return the event of that; raises Refused when there is none to take."""
        with self._writing() as ledger:
            return thaw(ledger, self.clock().isoformat(), event, who, why)

    def compact(self, who: str, why: str) -> Compacted:
        """Write the rows of many small files into one for each table and month. Nothing is removed: earlier snapshots,
        and those in which one of the files is not live, read the files themselves.

        Raises Refused as `commit` does, or when a live file is gone.
        """
        with self._writing() as ledger:
            now = self.snapshot()
            written = tuple(write_packs(now))
            packs = tuple(pack for _, _, pack in written)
            after = replace(now, packs=(*packs, *now.packs))
            opened = [sum(len(one.paths(table)) for table in TABLES) for one in (now, after)]
            if not packs:
                return Compacted(None, opened[0], opened[0])
            event = insert_event(ledger, self.clock().isoformat(), "compact", None, who, why)
            insert_packs(ledger, event, written)
            return Compacted(event, opened[0], opened[1], packs)

    def sweep(self) -> tuple[str, ...]:
        """Remove files that no ledger row names, left by a killed writer, and return their paths."""
        with self._writing() as ledger:
            named = {path for (path,) in ledger.execute(f"{PATHS} UNION ALL SELECT path FROM files")}
            return sweep(self.root, named)

    def _turn(self, kind: Literal["undo", "redo"], import_id: int, who: str, why: str) -> int:
        with self._writing() as ledger:
            if not ledger.execute("SELECT 1 FROM imports WHERE id = ?", (import_id,)).fetchone():
                raise Refused(faults.no_such_import(import_id))
            if (import_id in live_imports(ledger, None)) != (kind == "undo"):
                raise Refused(faults.already_turned(kind, import_id))
            return insert_event(ledger, self.clock().isoformat(), kind, import_id, who, why)

    @property
    def _ledger(self) -> LedgerFile:
        return LedgerFile(self.root)

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._ledger.reading()

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        refuse_when_read_only()
        return self._ledger.writing()


def is_read_only() -> bool:
    """Whether GZDASH_READONLY=1 closes everything that writes."""
    return os.environ.get("GZDASH_READONLY") == "1"


def refuse_when_read_only() -> None:
    """Raise Refused when everything that writes is closed."""
    if is_read_only():
        raise Refused(faults.read_only())
