"""Engines run SQL over one snapshot; DuckDB is the one at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import pyarrow as pa

from gzdash.lake import Snapshot

Parameters = Mapping[str, Any]
Inputs = Mapping[str, pa.Table]


class Engine(Protocol):
    """Runs SQL in DuckDB's dialect over the views of a snapshot.

    The views are the tables as `engines/views/*.sql` shape them, and `raw_<table>` as stored. `inputs` are
    extra Arrow tables, seen under their names by this one query: a file that is not yet committed, say.
    """

    def __hash__(self) -> int:
        """An engine is itself and no other: what was read through it may be remembered by it."""
        ...

    def run(self, sql: str, parameters: Parameters, snapshot: Snapshot, inputs: Inputs | None = None) -> pa.Table:
        """The whole result. Raises Refused when the question takes longer or more memory than allowed."""
        ...

    def batches(self, sql: str, parameters: Parameters, snapshot: Snapshot, rows: int) -> Iterator[pa.RecordBatch]:
        """The result in batches of at most `rows` rows, read as they are asked for: memory stays flat."""
        ...
