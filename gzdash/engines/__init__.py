"""Engines run SQL over one snapshot; DuckDB is the one at home."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

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


@runtime_checkable
class Holder(Protocol):
    """An engine that also holds small tables in memory and answers from one of them alone, without any snapshot."""

    def run_held(self, sql: str, parameters: Parameters, name: str, read: Callable[[], pa.Table]) -> pa.Table:
        """The whole result of `sql`, which reads the table `held.<name>` and nothing else; raises as `run` does.

        `name` stands for what is in it: `read` gives that when it is not in memory, and what it raises comes out.
        """
        ...
