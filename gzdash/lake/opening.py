"""The ledger's file: made once, and opened for many readers and one writer."""

from __future__ import annotations

import errno
import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from gzdash.faults import Refused
from gzdash.lake import faults
from gzdash.lake.files import TABLES_FOLDER

LEDGER = "ledger.sqlite"
FORMAT = 3

# What SQLite says when the disk, not the ledger, is the trouble.
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY})

# A second writer waits this long for the first before it is told to try again.
_WRITER_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The ledger in the folder `root` of a lake."""

    root: Path

    @property
    def path(self) -> Path:
        """Where the ledger is, or would be."""
        return self.root / LEDGER

    @property
    def exists(self) -> bool:
        """Whether there is a ledger in the folder."""
        return self.path.is_file()

    @property
    def is_headless(self) -> bool:
        """Whether data files lie in the folder but their ledger is gone: no new lake may be made over them."""
        return not self.exists and (self.root / TABLES_FOLDER).is_dir()

    def create(self, kind: str, created: str) -> None:
        """A new ledger, built under another name and renamed, so that a half-made one is never opened.

        Raises Refused when there is one already, OSError or OperationalError when the folder cannot be written.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        building = self.root / f"{LEDGER}.{uuid.uuid4().hex}"
        schema = Path(__file__).with_name("ledger.sql").read_text(encoding="utf-8")
        with closing(sqlite3.connect(building)) as ledger:
            ledger.executescript(schema)
            ledger.execute("INSERT INTO lake VALUES (?, ?, ?, ?)", (uuid.uuid4().hex, kind, FORMAT, created))
            ledger.commit()
            ledger.execute("PRAGMA journal_mode = WAL")
        _put_once(building, self.path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The ledger as it is at this moment, for as long as the block runs; raises Refused when it cannot be read."""
        with self._connected() as ledger:
            ledger.execute("BEGIN")
            yield ledger

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The one writer: `BEGIN IMMEDIATE` is the lock across processes, on every system SQLite runs on.

        What the block added is true when it ends, and nothing of it when it raises.
        """
        if self.exists and not self._is_writable:
            raise Refused(faults.not_writable(self.root, PermissionError(os.strerror(errno.EACCES))))
        with self._connected() as ledger:
            try:
                ledger.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise Refused(faults.cannot_lock(self.root, error)) from error
            try:
                yield ledger
            except OSError as error:
                raise Refused(faults.not_writable(self.root, error)) from error
            ledger.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        if not self.exists:
            raise Refused((faults.ledger_missing if self.is_headless else faults.missing)(self.root))
        try:
            with closing(self._connect()) as ledger:
                yield ledger
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _NO_ROOM:
                raise Refused(faults.unreadable(self.path, error)) from error
            raise Refused(faults.not_writable(self.root, error)) from error
        except sqlite3.DatabaseError as error:
            raise Refused(faults.unreadable(self.path, error)) from error

    @property
    def _is_writable(self) -> bool:
        return os.access(self.root, os.W_OK) and os.access(self.path, os.W_OK)

    def _mode(self) -> str:
        """How the ledger is opened. In a folder that cannot be written SQLite cannot make a log, so it is told that
        none is needed; but where a log lies there it holds commits, and passing over it would hide them."""
        if self._is_writable:
            return "mode=rw"
        return "mode=ro" if (self.root / f"{LEDGER}-wal").exists() else "mode=ro&immutable=1"

    def _connect(self) -> sqlite3.Connection:
        """A connection in autocommit mode."""
        ledger = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?{self._mode()}",
            uri=True,
            timeout=_WRITER_WAIT_SECONDS,
            isolation_level=None,
        )
        ledger.execute("PRAGMA synchronous = FULL")
        form = ledger.execute("SELECT format FROM lake").fetchone()
        if form is None or form[0] != FORMAT:
            ledger.close()
            raise Refused(faults.other_format(self.root, form[0] if form else 0, FORMAT))
        return ledger


def _put_once(building: Path, ledger: Path) -> None:
    """Give the finished ledger its name; of two that try at once one wins, the other raises Refused."""
    try:
        if os.name == "nt":
            building.rename(ledger)  # Windows refuses to replace.
        else:
            os.link(building, ledger)
    except FileExistsError as error:
        raise Refused(faults.already_there(ledger.parent)) from error
    finally:
        building.unlink(missing_ok=True)
