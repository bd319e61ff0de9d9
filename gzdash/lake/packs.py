"""A `Pack` is one file with the rows of many small ones: read in their place wherever every one of them would be."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gzdash.lake.files import TABLES_FOLDER, write_pack
from gzdash.lake.snapshot import DataFile, Pack, Snapshot
from gzdash.tables import TABLES

# A file of more rows costs little to open for what it holds, and rewriting it costs much.
_SMALL_ROWS = 1_000_000
# Rows of one pack are in memory together.
_PACK_ROWS = 4_000_000

_PACKS = """
    SELECT p.path, f.file FROM packs AS p JOIN packed AS f ON f.pack = p.path
    WHERE p.event <= ? ORDER BY p.event DESC, p.path
"""
PATHS = "SELECT path FROM packs"


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a compaction did: its event, none where there was nothing to do, and how many files a reader of the newest
    snapshot opens before and after."""

    event: int | None
    before: int
    after: int
    packs: tuple[Pack, ...] = ()


def packs_of(ledger: sqlite3.Connection, event: int, root: Path) -> tuple[Pack, ...]:
    """The packs made up to `event`, the newest first. One that is gone is left out: the files in it are still there."""
    found: dict[str, list[str]] = {}
    for path, file in ledger.execute(_PACKS, (event,)):
        found.setdefault(path, []).append(file)
    return tuple(Pack(path, frozenset(files)) for path, files in found.items() if (root / path).is_file())


def write_packs(snapshot: Snapshot) -> Iterator[tuple[str, int, Pack]]:
    """Write a pack for each table and month that a reader opens several small files for: (table, rows, pack)."""
    for (table, month), files in _groups(snapshot).items():
        for together in _runs(files):
            yield table, sum(one.rows for one in together), _write(snapshot.root, table, month, together)


def insert_packs(ledger: sqlite3.Connection, event: int, packs: Iterable[tuple[str, int, Pack]]) -> None:
    """Add packs that are on disk, and the files in them."""
    for table, rows, pack in packs:
        ledger.execute("INSERT INTO packs VALUES (?, ?, ?, ?)", (pack.path, event, table, rows))
        ledger.executemany("INSERT INTO packed VALUES (?, ?)", ((pack.path, file) for file in sorted(pack.files)))


def _groups(snapshot: Snapshot) -> dict[tuple[str, str], list[DataFile]]:
    """The small live files by table, and by month where the table has a file a month."""
    found: dict[tuple[str, str], list[DataFile]] = {}
    for file in snapshot.files:
        if file.rows <= _SMALL_ROWS:
            month = file.first_month if TABLES[file.table].monthly_files else ""
            found.setdefault((file.table, month), []).append(file)
    whole = {pack.files for pack in snapshot.packs}
    return {key: files for key, files in found.items() if frozenset(file.path for file in files) not in whole}


def _runs(files: Sequence[DataFile]) -> list[list[DataFile]]:
    """Files in their order, as many together as one pack may hold; a file alone needs no pack."""
    runs, rows = list[list[DataFile]](), _PACK_ROWS
    for file in files:
        rows += file.rows
        if rows > _PACK_ROWS:
            runs, rows = [*runs, []], file.rows
        runs[-1].append(file)
    return [run for run in runs if len(run) > 1]


def _write(root: Path, table: str, month: str, files: Sequence[DataFile]) -> Pack:
    relative = f"{TABLES_FOLDER}/{table}/{month or 'packs'}/pack-{uuid.uuid4().hex[:12]}.parquet"
    rows = pa.concat_tables([pq.read_table(root / file.path, schema=TABLES[table].schema) for file in files])
    write_pack(root / relative, rows)
    return Pack(relative, frozenset(file.path for file in files))
