"""The rows of a file beside the rows of the store, as one question in SQL can see both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.engines import Engine
from gzdash.intake.report import Finding
from gzdash.lake import Snapshot
from gzdash.lake.files import submission_month, submission_owner
from gzdash.tables import Table


@dataclass(frozen=True)
class Incoming:
    """Typed rows that are not in the store yet. `faulty` has the Excel rows whose cell is wrong already, by column;
    of the columns in `unsure` nothing is known, for their header may only be misspelled."""

    table: Table
    rows: pa.Table
    faulty: dict[str, list[int]]
    unsure: frozenset[str]
    engine: Engine
    snapshot: Snapshot

    @classmethod
    def of(
        cls,
        table: Table,
        rows: pa.Table,
        known: Iterable[Finding],
        unsure: frozenset[str],
        engine: Engine,
        snapshot: Snapshot,
    ) -> Incoming:
        """`rows` stamped with their submission (null where no owner is given), and the cells `known` to be wrong."""
        faulty: dict[str, list[int]] = {}
        for finding in known:
            faulty.setdefault(finding.column, []).append(finding.row)
        stamped = rows.append_column("submission_owner", _owners(table, rows)).append_column(
            "submission_month", submission_month(table, rows)
        )
        return cls(table, stamped, faulty, unsure, engine, snapshot)

    @classmethod
    def together(cls, parts: Sequence[Incoming]) -> Incoming:
        """The rows of all parts of a file, and of each what is known to be wrong or unsure."""
        first = parts[0]
        if len(parts) == 1:
            return first
        faulty: dict[str, list[int]] = {}
        for part in parts:
            for column, rows in part.faulty.items():
                faulty.setdefault(column, []).extend(rows)
        unsure = frozenset[str]().union(*(part.unsure for part in parts))
        return replace(first, rows=pa.concat_tables([part.rows for part in parts]), faulty=faulty, unsure=unsure)

    @property
    def declared(self) -> pa.Table:
        """The rows as a report gives them, without their submission."""
        return self.rows.drop_columns(["submission_owner", "submission_month"])

    @property
    def submission(self) -> set[str]:
        """The columns that say which submission a row belongs to."""
        return {*self.table.owner, *filter(None, [self.table.time])}

    def ask(self, sql: str, columns: Iterable[str], **parameters: Any) -> list[dict[str, Any]]:
        """The rows `sql` finds over `incoming` and the snapshot's views.

        Rows with a faulty cell in `columns` take no part, and nothing is asked when one of them is unsure: one
        mistake is reported once.
        """
        needed = set(columns)
        if needed & self.unsure:
            return []
        found = self.engine.run(sql, parameters, self.snapshot, {"incoming": self._sound(needed)})
        return list(found.to_pylist())

    def _sound(self, columns: set[str]) -> pa.Table:
        out = [row for key in columns for row in self.faulty.get(key, ())]
        if not out:
            return self.rows
        return self.rows.filter(pc.invert(pc.is_in(self.rows["source_row"], value_set=pa.array(out, pa.int32()))))


def _owners(table: Table, rows: pa.Table) -> pa.Array:
    if len(table.owner) == 1:
        return rows[table.owner[0]].cast(pa.string()).combine_chunks()
    given = reduce(pc.or_, (rows[key].is_valid() for key in table.owner)).combine_chunks()
    owners = submission_owner(table, rows.filter(given)).combine_chunks()
    return pc.replace_with_mask(pa.nulls(rows.num_rows, pa.string()), given, owners)
