"""Writing rows as immutable Parquet files, on disk before the ledger names them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gzdash.tables import TABLES, Table

TABLES_FOLDER = "tables"
# Columns arranged, and files on their way to the disk, at a time: Arrow lets other threads run meanwhile.
_AT_ONCE = 2


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
            table.append_column("import_id", pa.repeat(pa.scalar(import_id, pa.int32()), table.num_rows))
            .append_column("submission_owner", submission_owner(declared, table))
            .append_column("submission_month", submission_month(declared, table))
        )
        stored[name] = _in_order(stamped.select(declared.schema.names).cast(declared.schema))
    return stored


def submission_owner(table: Table, rows: pa.Table) -> pa.ChunkedArray:
    """Who reports each row: the owner columns that are given, joined by a slash."""
    parts = [rows[column].cast(pa.string()) for column in table.owner]
    if len(parts) == 1:
        return parts[0].fill_null("")
    return pc.binary_join_element_wise(*parts, "/", null_handling="skip")


def submission_month(table: Table, rows: pa.Table) -> pa.ChunkedArray:
    """The month each row is reported for, as 2023-07; "" in a register."""
    if not table.time:
        return pa.chunked_array([pa.repeat(pa.scalar("", pa.string()), rows.num_rows)])
    days = rows[table.time].combine_chunks().dictionary_encode()
    months = pc.utf8_slice_codeunits(days.dictionary.cast(pa.string()), 0, 7)
    return pa.chunked_array([months.take(days.indices)])


def _in_order(table: pa.Table) -> pa.Table:
    """By month and owner, rows of a submission as they came; each pair of them is one number, soon sorted."""
    month, _ = _ranks(table["submission_month"])
    owner, owners = _ranks(table["submission_owner"])
    place = month * owners + owner
    if (place[1:] >= place[:-1]).all():
        return table
    order = pa.array(np.argsort(place, kind="stable"))
    with ThreadPoolExecutor(_AT_ONCE) as takers:
        columns = list(takers.map(lambda column: column.combine_chunks().take(order), table.columns))
    return pa.table(columns, schema=table.schema)


def _ranks(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], int]:
    """The place of each text among the different ones in order, and how many these are."""
    encoded = column.combine_chunks().dictionary_encode()
    ranks = pc.rank(encoded.dictionary).to_numpy().astype(np.int64)
    return ranks[encoded.indices.to_numpy()], len(ranks) + 1


def write_files(root: Path, name: str, table: pa.Table, import_id: int) -> Iterator[WrittenFile]:
    """Write `table`, as `stored_tables` gives it, in one file, or in one a month where it grows, each synced to disk.

    One file is packed while another is on its way to the disk.
    """

    def write(part: tuple[str, str, pa.Table]) -> WrittenFile:
        return _write_file(root, name, import_id, *part)

    with ThreadPoolExecutor(_AT_ONCE) as writers:
        yield from writers.map(write, _parts(name, table))


def _write_file(root: Path, name: str, import_id: int, first: str, last: str, rows: pa.Table) -> WrittenFile:
    relative = f"{TABLES_FOLDER}/{name}/{first or 'register'}/{import_id:06d}-{uuid.uuid4().hex[:12]}.parquet"
    _write_rows(root / relative, rows)
    return WrittenFile((name, relative, import_id, rows.num_rows, first, last), (root / relative).stat().st_size)


def write_pack(path: Path, rows: pa.Table) -> None:
    """Write stored rows of several imports in one file, in the order of the lake's own, synced to disk."""
    _write_rows(path, _in_order(rows))


def _write_rows(path: Path, rows: pa.Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, path, compression="zstd")
    _sync(path)
    sync_folder(path.parent)


def sweep(root: Path, named: set[str]) -> tuple[str, ...]:
    """Remove Parquet files not in `named`; returns their relative paths."""
    found = ((path, path.relative_to(root).as_posix()) for path in (root / TABLES_FOLDER).rglob("*.parquet"))
    orphans = [(path, relative) for path, relative in found if relative not in named]
    for path, _ in orphans:
        path.unlink()
    return tuple(sorted(relative for _, relative in orphans))


def _parts(name: str, table: pa.Table) -> Iterator[tuple[str, str, pa.Table]]:
    counted = pc.value_counts(table["submission_month"]).to_pylist()
    if not TABLES[name].monthly_files:
        if counted:
            yield counted[0]["values"], counted[-1]["values"], table
        return
    start = 0
    for month in counted:
        yield month["values"], month["values"], table.slice(start, month["counts"])
        start += month["counts"]


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
