"""Small tables that DuckDB holds in memory beside the snapshots: those asked last, under names for what is in them."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import duckdb
import pyarrow as pa

# Rows, together; the tables asked longest ago make room. A row takes some 100 bytes.
_ROWS_HELD = 4_000_000


class Held:
    """The tables of the schema `held` of one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute("CREATE SCHEMA held")
        self._lock = Lock()
        self._rows: OrderedDict[str, int] = OrderedDict()
        self._readers: Counter[str] = Counter()

    @contextmanager
    def reading(self, name: str, read: Callable[[], pa.Table]) -> Iterator[None]:
        """Keeps the table there for as long as the block runs."""
        with self._lock:
            if name not in self._rows:
                self._rows[name] = self._take(name, read())
            self._rows.move_to_end(name)
            self._readers[name] += 1
            self._forget()
        try:
            yield
        finally:
            with self._lock:
                self._readers[name] -= 1

    def _take(self, name: str, table: pa.Table) -> int:
        cursor = self._connection.cursor()
        try:
            cursor.register("incoming", table)
            cursor.execute(f"CREATE TABLE held.{name} AS FROM incoming")
        finally:
            cursor.close()
        return int(table.num_rows)

    def _forget(self) -> None:
        for name in [one for one in self._rows if not self._readers[one]]:
            if sum(self._rows.values()) <= _ROWS_HELD:
                return
            del self._rows[name], self._readers[name]
            self._connection.execute(f"DROP TABLE held.{name}")
