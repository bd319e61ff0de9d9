"""The ledger's questions and additions in SQL; nothing here rewrites a row."""

from __future__ import annotations

import getpass
import os
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from gzdash.lake.imports import Import, Provenance

FILES = """
    SELECT table_name, path, import_id, rows, first_month, last_month FROM files
    ORDER BY table_name, first_month, import_id, path
"""
IMPORTS = """
    SELECT id, time, who, system_user, why, file_name, file_hash, kept, kept_hash, mapping, rows
    FROM imports ORDER BY id
"""
INSERT_FILE = """
    INSERT INTO files (table_name, path, import_id, rows, first_month, last_month, bytes)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
# SQLite takes `kind` from the row that holds the maximum: the last word on each import.
_LAST_WORD = """
    SELECT import_id, kind, max(id) FROM events
    WHERE kind IN ('commit', 'undo', 'redo') AND id <= ? GROUP BY import_id
"""
CARRIERS = "SELECT import_id FROM submissions WHERE table_name = ? AND owner = ? AND month = ?"
_CONTESTED = """
    SELECT s.table_name, s.owner, s.month, s.import_id
    FROM contested AS c JOIN submissions AS s USING (table_name, owner, month)
    ORDER BY s.table_name, s.owner, s.month, s.import_id
"""


def import_of(row: tuple[Any, ...], live: set[int], tables: Mapping[int, set[str]]) -> Import:
    """The value of one row of IMPORTS."""
    identity, time, who, system_user, why, file_name, file_hash, kept, kept_hash, mapping, rows = row
    return Import(
        identity,
        datetime.fromisoformat(time),
        who,
        system_user,
        why,
        file_name,
        file_hash,
        kept,
        rows,
        identity in live,
        tuple(sorted(tables.get(identity, ()))),
        kept_hash,
        mapping,
    )


def live_imports(ledger: sqlite3.Connection, event: int | None) -> set[int]:
    """The ids of the imports that are live at `event` (the newest by default)."""
    newest = 2**62 if event is None else event
    return {found for found, kind, _ in ledger.execute(_LAST_WORD, (newest,)) if kind != "undo"}


def superseded(ledger: sqlite3.Connection, live: set[int]) -> pa.Table:
    """Of each contested submission, every live import but the newest."""
    newest: dict[tuple[str, str, str], int] = {}
    lost: list[tuple[str, str, str, int]] = []
    for table, owner, month, import_id in ledger.execute(_CONTESTED):
        if import_id not in live:
            continue
        key = (table, owner, month)
        if key in newest:
            lost.append((*key, newest[key]))
        newest[key] = import_id
    return superseded_table(lost)


def superseded_table(lost: Sequence[tuple[str, str, str, int]]) -> pa.Table:
    """Submissions of imports that must not be read, as a snapshot holds them."""
    names, owners, months, ids = zip(*lost, strict=True) if lost else ((), (), (), ())
    return pa.table(
        {
            "table_name": pa.array(names, pa.string()),
            "owner": pa.array(owners, pa.string()),
            "month": pa.array(months, pa.string()),
            "import_id": pa.array(ids, pa.int32()),
        }
    )


def insert_import(ledger: sqlite3.Connection, import_id: int, now: str, source: Provenance, rows: int) -> None:
    """Add the import itself."""
    file = (source.file_name, source.file_hash, source.kept, source.kept_hash, source.mapping)
    values = (import_id, now, source.who, _system_user(), source.why, *file, rows)
    ledger.execute("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def insert_submissions(ledger: sqlite3.Connection, name: str, table: pa.Table, import_id: int) -> None:
    """Add the submissions of one table, and note which of them other imports carry too."""
    ledger.executemany(
        "INSERT INTO submissions VALUES (?, ?, ?, ?)",
        ((name, owner, month, import_id) for owner, month in submissions_of(table)),
    )
    ledger.execute(
        """
        INSERT OR IGNORE INTO contested
        SELECT new.table_name, new.owner, new.month FROM submissions AS new
        JOIN submissions AS old USING (table_name, owner, month)
        WHERE new.table_name = ? AND new.import_id = ? AND old.import_id <> new.import_id
        """,
        (name, import_id),
    )


def submissions_of(table: pa.Table) -> list[tuple[str, str]]:
    """The submissions that stored rows belong to: (owner, month), each once, in the order of the ledger's own key."""
    keys = table.group_by(["submission_owner", "submission_month"]).aggregate([])
    return sorted(zip(keys["submission_owner"].to_pylist(), keys["submission_month"].to_pylist(), strict=True))


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"
