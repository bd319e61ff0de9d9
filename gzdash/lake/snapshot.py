"""A `Snapshot` is what was true at one event of the ledger: live files, and the submissions superseded in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from gzdash.period import shift


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of an import; months are 2023-07, empty for a register."""

    table: str
    path: str
    import_id: int
    rows: int
    first_month: str
    last_month: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One Parquet file with the rows of several data files, which stay: `files` are their paths."""

    path: str
    files: frozenset[str]


@dataclass(frozen=True)
class Snapshot:
    """One state of one lake. Two snapshots are the same when lake and event are, so it is a cache key.

    `superseded` has the columns table_name, import_id, owner, month: rows of that import and submission
    are replaced by a newer live import and must not be read.
    """

    lake: str
    event: int
    kind: str = field(compare=False)
    time: datetime = field(compare=False)
    root: Path = field(compare=False)
    files: tuple[DataFile, ...] = field(compare=False, repr=False)
    superseded: pa.Table = field(compare=False, repr=False)
    # The newest first.
    packs: tuple[Pack, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_demo(self) -> bool:
        """Whether every figure here is demonstration data."""
        return self.kind == "demo"

    @property
    def is_committed(self) -> bool:
        """Whether this is what the ledger says; what is only foreseen, or a part, has a longer name than its lake."""
        return "/" not in self.lake

    def paths(self, table: str) -> tuple[str, ...]:
        """The absolute paths of what to read for the live files of `table`, in a fixed order: a pack in place of the
        files in it where all of them are live, else the files themselves."""
        left = dict.fromkeys(file.path for file in self.files if file.table == table)
        read = []
        for pack in self.packs:
            if pack.files <= left.keys():
                read.append(pack.path)
                left = dict.fromkeys(path for path in left if path not in pack.files)
        return tuple((self.root / path).as_posix() for path in (*left, *sorted(read)))

    @property
    def last_complete_month(self) -> str:
        """The last month that had ended when the snapshot was taken and that reports exist for;
        the month before the snapshot for a lake without reports."""
        ended = shift(f"{self.time:%Y-%m}", -1)
        reported = [file.last_month for file in self.files if file.last_month and file.table in _REPORTS]
        return min(ended, max(reported)) if reported else ended


# Tables whose newest month says how far reporting has come; aid and activities may be dated ahead.
_REPORTS = frozenset({"jobs", "financing", "aid", "activities"})
