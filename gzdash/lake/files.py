"""Writing rows as immutable Parquet files, on disk before the ledger names them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gzdash.tables import TABLES, Table

TABLES_FOLDER = "tables"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that is on disk: `row` as the ledger stores it, and its size."""

    row: tuple[str, str, int, int, str, str]
    bytes: int


def stored_tables(rows: Mapping[str, pa.Table], import_id: int) -> dict[str, pa.Table]:
    """`rows` as the lake stores them: stamped with import id and submission, the declared schema, sorted."""
    stored = {}
    for name, table in rows.items():
        declared = TABLES[name]
        stamped = (
            table.append_column("import_id", pa.array([import_id] * table.num_rows, pa.int32()))
            .append_column("submission_owner", submission_owner(declared, table))
            .append_column("submission_month", submission_month(declared, table))
        )
        arranged = stamped.select(declared.schema.names).cast(declared.schema)
        stored[name] = arranged.sort_by([("submission_month", "ascending"), ("submission_owner", "ascending")])
    return stored


def submission_owner(table: Table, rows: pa.Table) -> pa.ChunkedArray:
    """Who reports each row: the owner columns that are given, joined by a slash."""
    parts = [rows[column].cast(pa.string()) for column in table.owner]
    return pc.binary_join_element_wise(*parts, "/", null_handling="skip")


def submission_month(table: Table, rows: pa.Table) -> pa.ChunkedArray:
    """The month each row is reported for, as 2023-07; "" in a register."""
    if not table.time:
        return pa.chunked_array([pa.array([""] * rows.num_rows, pa.string())])
    return pc.utf8_slice_codeunits(rows[table.time].cast(pa.string()), 0, 7)


def write_files(root: Path, name: str, table: pa.Table, import_id: int) -> Iterator[WrittenFile]:
    """Write `table` in one file, or in one a month where it grows, each synced to disk."""
    for first, last, part in _parts(name, table):
        relative = f"{TABLES_FOLDER}/{name}/{first or 'register'}/{import_id:06d}-{uuid.uuid4().hex[:12]}.parquet"
        path = root / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(part, path, compression="zstd")
        _sync(path)
        sync_folder(path.parent)
        yield WrittenFile((name, relative, import_id, part.num_rows, first, last), path.stat().st_size)


def sweep(root: Path, named: set[str]) -> tuple[str, ...]:
    """Remove Parquet files not in `named`; returns their relative paths."""
    found = ((path, path.relative_to(root).as_posix()) for path in (root / TABLES_FOLDER).rglob("*.parquet"))
    orphans = [(path, relative) for path, relative in found if relative not in named]
    for path, _ in orphans:
        path.unlink()
    return tuple(sorted(relative for _, relative in orphans))


def _parts(name: str, table: pa.Table) -> Iterator[tuple[str, str, pa.Table]]:
    months = sorted(pc.unique(table["submission_month"]).to_pylist())
    if not TABLES[name].monthly_files:
        if months:
            yield months[0], months[-1], table
        return
    for month in months:
        yield month, month, table.filter(pc.equal(table["submission_month"], month))


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """A new name is durable once its folder is synced; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
