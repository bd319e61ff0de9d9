"""The views of one snapshot in a Spark session of its own, each made when a statement first names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from threading import RLock
from typing import Any

import pyarrow as pa
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.spark_sql import spark_sql, tables_named
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
from gzdash.lake import Snapshot
from gzdash.tables import TABLES
from gzdash.tables.identity import IDENTITIES


def empty(snapshot: Snapshot) -> Snapshot:
    """The snapshot without a row: DuckDB says over it which types a statement gives."""
    return replace(snapshot, lake="", event=0, files=(), superseded=snapshot.superseded.slice(0, 0))


class SparkViews:
    """The session of one snapshot. Making a view takes some round trips and reads no rows, so only those that are
    named are made, and the views that they name."""

    def __init__(self, begin: Callable[[], SparkSession], snapshot: Snapshot, near: DuckDBEngine) -> None:
        self._begin, self._snapshot, self._near = begin, snapshot, near
        self._lock, self._made = RLock(), set[str]()
        self._session: SparkSession | None = None
        self._recipes = self._written() | {
            "superseded": partial(self._given, lambda: snapshot.superseded),
            "merged_away": self._merged_away,
            **{f"reference_{name}": partial(self._given, table) for name, table in REFERENCE.items()},
            **{f"stored_{name}": partial(self._stored, name) for name in TABLES},
        }

    @property
    def session(self) -> SparkSession:
        """The session, begun when it is first needed; raises Refused where the server does not answer."""
        with self._lock:
            if self._session is None:
                self._session = self._begin()
            return self._session

    def begin_anew(self) -> None:
        """Forget a session that the server has given up."""
        with self._lock:
            self._session, self._made = None, set()

    def stop(self) -> None:
        """Let the session go, at the server too."""
        with self._lock:
            if self._session is not None:
                self._session.stop()
            self.begin_anew()

    def frame(self, sql: str, parameters: Mapping[str, Any] | None = None) -> DataFrame:
        """What a statement in DuckDB's dialect gives; it was analyzed by the server, and not yet run."""
        self._make(tables_named(sql))
        return self.session.sql(spark_sql(sql), args=dict(parameters or {}))

    def _make(self, names: Iterable[str]) -> None:
        wanted = [name for name in names if name in self._recipes and name not in self._made]
        if not wanted:
            return
        with self._lock:
            for name in wanted:
                if name not in self._made:
                    self._recipes[name]().createOrReplaceTempView(name)
                    self._made.add(name)

    def _written(self) -> dict[str, Callable[[], DataFrame]]:
        """The views that are made by SQL, as `engines.duckdb` makes them."""
        replaced = set(self._snapshot.superseded["table_name"].to_pylist())
        is_merged = bool(self._snapshot.paths("merges"))
        stored = {name: f"SELECT * FROM stored_{name}" for name in TABLES}
        texts = {
            **{f"raw_{name}": live_sql(name, sql) if name in replaced else sql for name, sql in stored.items()},
            "reported_identities": reported_identities_sql(),
            **{f"counted_{name}": counted_sql(name, is_merged=is_merged) for name in IDENTITIES},
            **{name: view_sql(name) for name in VIEWS},
            **{f"{name}_gross": gross_sql(name, is_merged=is_merged) for name in GROSS},
        }
        return {name: partial(self.frame, sql) for name, sql in texts.items()}

    def _given(self, table: Callable[[], pa.Table]) -> DataFrame:
        """A small table of this machine's; with its schema, which nobody can tell from no rows."""
        given = table()
        return self.session.createDataFrame(given, from_arrow_schema(given.schema))

    def _stored(self, name: str) -> DataFrame:
        """The rows of the live files of a table, which the server reads where this machine reads them too."""
        paths, schema = self._snapshot.paths(name), TABLES[name].schema
        if not paths:
            return self._given(schema.empty_table)
        return self.session.read.schema(from_arrow_schema(schema)).parquet(*(f"file://{path}" for path in paths))

    def _merged_away(self) -> DataFrame:
        """Merges lead from one thing to the next: a recursion that ends by itself, which Spark lacks. They are as few
        as people decide, so they are followed here, and Spark looks only for the things that they name."""
        merges = self.frame("SELECT * FROM raw_merges").toArrow()
        named = "SELECT kind, identity FROM reported_identities WHERE identity IN (SELECT kept FROM raw_merges)"
        there = {"raw_merges": merges, "reported_identities": self.frame(named).toArrow()}
        return self._given(lambda: self._near.run(view_sql("merged_away"), {}, empty(self._snapshot), there))
