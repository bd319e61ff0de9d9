"""DuckDB behind one door: locked-down connections to one lake, a cursor for every question."""

from __future__ import annotations

import os
import re
import warnings
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa

from gzdash.engines import Inputs, Parameters
from gzdash.engines.faults import file_damaged, too_long, too_much
from gzdash.engines.held import Held
from gzdash.engines.queueing import AT_ONCE, Queue
from gzdash.engines.reading import tables_of_view
from gzdash.engines.view_files import (
    GROSS,
    REFERENCE,
    VIEWS,
    counted_sql,
    gross_sql,
    live_sql,
    reported_identities_sql,
    view_sql,
)
from gzdash.faults import Refused
from gzdash.lake import Snapshot
from gzdash.tables import TABLES
from gzdash.tables.identity import IDENTITIES

# One reader's question may not hold a core for longer; reached cursors only when set in `config`.
_QUESTION_MILLISECONDS = 30_000
# A question that takes longer lets a quick one in, but only so many of them at once: each needs memory.
_LASTING_SECONDS = 1.0
# The same clock runs on while a reader's browser takes the next batch, so a download has a far longer one.
_DOWNLOAD_MILLISECONDS = 3_600_000
# A file is read on one core while it is written on another: with two it takes as long, and a quarter more memory.
_DOWNLOAD_THREADS = 1
_MEMORY = "4GB"

# Snapshots kept ready; an older one is made again when someone looks at it.
_SNAPSHOTS_KEPT = 4

# Views of a snapshot over at most this many rows together are joined once, each when it is first asked, and held in
# memory: a question then takes a few milliseconds instead of some twenty, most of which go into opening files and
# planning joins. All views of the demonstration city take about 50 MB so.
_ROWS_IN_MEMORY = 1_000_000

_NAME = re.compile(r"\w+")

# What `_whole` does is said to copy, and is meant to.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result makes an extra copy")


class DuckDBEngine:
    """An engine for the lake in `root`; safe to use from many threads."""

    def __init__(self, root: Path) -> None:
        self._questions = _Door(root, _QUESTION_MILLISECONDS, _ROWS_IN_MEMORY)
        self._downloads = _Door(root, _DOWNLOAD_MILLISECONDS, rows_in_memory=0, threads=_DOWNLOAD_THREADS)
        self._turns = Queue(lasting=_LASTING_SECONDS, late_at_most=AT_ONCE)
        # A question to a cube is a matter of milliseconds, and waits for no question that has to read rows.
        self._turns_at_cubes = Queue()

    def run(self, sql: str, parameters: Parameters, snapshot: Snapshot, inputs: Inputs | None = None) -> pa.Table:
        """The whole result of `sql` over `snapshot`."""
        if inputs:
            with self._turns.turn():
                return self._run(sql, parameters, snapshot, inputs)
        same = (snapshot.lake, snapshot.event, sql, repr(sorted(parameters.items())))
        return self._turns.once(same, lambda: self._run(sql, parameters, snapshot, {}))

    def _run(self, sql: str, parameters: Parameters, snapshot: Snapshot, inputs: Inputs) -> pa.Table:
        with self._questions.cursor(snapshot, sql) as cursor:
            for name, table in inputs.items():
                cursor.register(name, table)
            return _whole(cursor, sql, parameters)

    def run_held(self, sql: str, parameters: Parameters, name: str, read: Callable[[], pa.Table]) -> pa.Table:
        """The whole result of `sql` over the table `held.<name>` alone."""
        return self._turns_at_cubes.once(
            (sql, repr(sorted(parameters.items()))), lambda: self._run_held(sql, parameters, name, read)
        )

    def _run_held(self, sql: str, parameters: Parameters, name: str, read: Callable[[], pa.Table]) -> pa.Table:
        with self._questions.over(name, read) as cursor:
            return _whole(cursor, sql, parameters)

    def batches(self, sql: str, parameters: Parameters, snapshot: Snapshot, rows: int) -> Iterator[pa.RecordBatch]:
        """The result of `sql` in batches of at most `rows` rows."""
        with self._downloads.cursor(snapshot, sql) as cursor:
            yield from cursor.sql(sql, params=dict(parameters)).to_arrow_reader(rows)


def _whole(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters) -> pa.Table:
    """The whole result. `cursor.sql` would spare a copy of its few rows, but plan the statement twice: once to know the
    columns, and again to run it; planning is more than half of what a question costs."""
    return cursor.execute(sql, dict(parameters)).to_arrow_table()


class _Door:
    """One locked-down connection with the snapshots last looked at, and one time limit."""

    def __init__(self, root: Path, milliseconds: int, rows_in_memory: int, threads: int | None = None) -> None:
        self._lock = Lock()
        self._schemas: OrderedDict[tuple[str, int], _Schema] = OrderedDict()
        self._readers: Counter[str] = Counter()
        self._made = 0
        self._milliseconds = milliseconds
        self._rows_in_memory = rows_in_memory
        self._connection = _locked_down(root, milliseconds, threads)
        self._held = Held(self._connection)

    @contextmanager
    def cursor(self, snapshot: Snapshot, sql: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose unqualified names are the views of `snapshot`, ready for `sql`."""
        with _limits(self._milliseconds // 1000):
            schema = self._enter(snapshot, sql)
            cursor = self._connection.cursor()
            try:
                cursor.execute(f"USE {schema}")
                yield cursor
            finally:
                cursor.close()
                self._leave(schema)

    @contextmanager
    def over(self, name: str, read: Callable[[], pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for which the table `held.<name>` is there."""
        with _limits(self._milliseconds // 1000), self._held.reading(name, read):
            cursor = self._connection.cursor()
            try:
                yield cursor
            finally:
                cursor.close()

    def _enter(self, snapshot: Snapshot, sql: str) -> str:
        key = (snapshot.lake, snapshot.event)
        with self._lock:
            if key not in self._schemas:
                self._made += 1
                schema = _Schema(f"snapshot_{self._made}", (*VIEWS, *_own_gross(snapshot)))
                _make_views(self._connection, schema.name, snapshot)
                self._schemas[key] = schema
            self._schemas.move_to_end(key)
            schema = self._schemas[key]
            schema.join(self._connection, snapshot, sql, self._rows_in_memory)
            self._readers[schema.name] += 1
            self._forget()
            return schema.name

    def _leave(self, schema: str) -> None:
        with self._lock:
            self._readers[schema] -= 1

    def _forget(self) -> None:
        """Drop the snapshots looked at longest ago, but none that somebody is reading."""
        idle = [key for key, schema in self._schemas.items() if not self._readers[schema.name]]
        for key in idle[: max(len(self._schemas) - _SNAPSHOTS_KEPT, 0)]:
            schema = self._schemas.pop(key)
            del self._readers[schema.name]
            self._connection.execute(f"DROP SCHEMA {schema.name} CASCADE")


@dataclass
class _Schema:
    """The views of one snapshot that may be held, and which of them are joined and in memory by now."""

    name: str
    views: tuple[str, ...]
    joined: dict[str, int] = field(default_factory=dict)

    def join(self, connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, sql: str, most: int) -> None:
        """Hold the views that `sql` reads in memory, as far as `most` rows read for all of them go. Other readers see a
        view or the table in its place, never neither."""
        named = set(_NAME.findall(sql))
        named |= {one.removesuffix("_gross") for one in named}
        for view in (one for one in self.views if one not in self.joined and one in named):
            tables = tables_of_view(view)
            rows = sum(file.rows for file in snapshot.files if file.table in tables)
            if rows + sum(self.joined.values()) > most:
                continue
            cursor = connection.cursor()
            try:
                cursor.execute(f"USE {self.name}; BEGIN")
                cursor.execute(f"CREATE TABLE joined_{view} AS FROM {view}")
                cursor.execute(f"CREATE OR REPLACE VIEW {view} AS FROM joined_{view}; COMMIT")
            finally:
                cursor.close()
            self.joined[view] = rows


def _own_gross(snapshot: Snapshot) -> Iterator[str]:
    """The gross views that are not just another name of their own view."""
    is_merged = bool(snapshot.paths("merges"))
    return (f"{one}_gross" for one in GROSS if gross_sql(one, is_merged=is_merged) != f"FROM {one}")


def _locked_down(root: Path, milliseconds: int, threads: int | None) -> duckdb.DuckDBPyConnection:
    """A connection that reads the lake's folder and nothing else: no network, no extension, no change of settings."""
    limits: dict[str, str | bool | int | float | list[str]] = {
        "max_execution_time": milliseconds,
        "memory_limit": os.environ.get("GZDASH_MEMORY", _MEMORY),
    }
    connection = duckdb.connect(config=limits | ({"threads": threads} if threads else {}))
    connection.execute(f"SET allowed_directories = [{_quoted(root.resolve().as_posix())}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("CREATE SCHEMA reference")
    for name, table in REFERENCE.items():
        connection.register("incoming", table())
        connection.execute(f"CREATE TABLE reference.{name} AS FROM incoming")
        connection.unregister("incoming")
    connection.execute("SET lock_configuration = true")
    return connection


def _make_views(connection: duckdb.DuckDBPyConnection, schema: str, snapshot: Snapshot) -> None:
    """The tables as stored and the views over them in a schema of their own."""
    cursor = connection.cursor()
    try:
        cursor.execute(f"CREATE SCHEMA {schema}")
        cursor.execute(f"USE {schema}")
        cursor.register("lost", snapshot.superseded)
        cursor.execute("CREATE TABLE superseded AS FROM lost")
        cursor.unregister("lost")
        for name in REFERENCE:
            cursor.execute(f"CREATE VIEW reference_{name} AS FROM reference.{name}")
        replaced = set(snapshot.superseded["table_name"].to_pylist())
        for name in TABLES:
            cursor.execute(f"CREATE VIEW raw_{name} AS {_raw(name, snapshot, name in replaced)}")
        is_merged = bool(snapshot.paths("merges"))
        _make_counted(cursor, is_merged=is_merged)
        for name in VIEWS:
            cursor.execute(f"CREATE VIEW {name} AS {view_sql(name)}")
        for name in GROSS:
            cursor.execute(f"CREATE VIEW {name}_gross AS {gross_sql(name, is_merged=is_merged)}")
    finally:
        cursor.close()


def _make_counted(cursor: duckdb.DuckDBPyConnection, *, is_merged: bool) -> None:
    """The rows that were not merged away."""
    if is_merged:
        cursor.execute(f"CREATE VIEW reported_identities AS {reported_identities_sql()}")
        # A table: it is worked out once for a snapshot, and then small.
        cursor.execute(f"CREATE TABLE merged_away AS {view_sql('merged_away')}")
    for name in IDENTITIES:
        cursor.execute(f"CREATE VIEW counted_{name} AS {counted_sql(name, is_merged=is_merged)}")


def _raw(name: str, snapshot: Snapshot, is_replaced: bool) -> str:
    """The live rows of a table as stored; where nothing was replaced, the live file list and nothing else."""
    paths = snapshot.paths(name)
    if not paths:
        columns = ", ".join(f'CAST(NULL AS {_sql_type(field.type)}) AS "{field.name}"' for field in TABLES[name].schema)
        return f"SELECT {columns} WHERE false"
    rows = f"SELECT * FROM read_parquet([{', '.join(map(_quoted, paths))}])"
    return live_sql(name, rows) if is_replaced else rows


def _sql_type(arrow: pa.DataType) -> str:
    if pa.types.is_list(arrow):
        return "VARCHAR[]"
    if pa.types.is_decimal(arrow):
        return f"DECIMAL({arrow.precision}, {arrow.scale})"
    return {"string": "VARCHAR", "int64": "BIGINT", "int32": "INTEGER", "date32[day]": "DATE"}[str(arrow)]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _limits(seconds: int) -> Iterator[None]:
    """A question that exceeds its limits is refused in words; between batches Arrow brings the news as an OSError."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise Refused(too_long(seconds)) from error
    except OSError as error:
        if str(error).startswith("INTERRUPT"):
            raise Refused(too_long(seconds)) from error
        raise
    except duckdb.OutOfMemoryException as error:
        raise Refused(too_much()) from error
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        if ".parquet" not in str(error):
            raise
        raise Refused(file_damaged(error)) from error
