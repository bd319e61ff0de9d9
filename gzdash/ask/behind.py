"""What is behind a figure: what each import gave, and its first rows; where rows are few, all from one look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Number
from gzdash.ask.contributions import ORIGIN, Contribution, Traced, all_rows, by_import, page_of, unsorted
from gzdash.ask.desk import Desk

# Up to here fetching the rows and adding them up takes no longer than having them added up; some 10 MB.
_FEW = 65_536
# The rows that are looked through for the first ones of a distinct count, most of which have each thing several times.
_LOOKED_THROUGH = 64
_IN_ORDER = [(name, "ascending") for name in ORIGIN]


@dataclass(frozen=True, slots=True)
class Given:
    """What one import gave to one figure: its `rows`, their `value`, and that of those checked against vouchers
    (None where the table does not say so)."""

    import_id: int
    rows: int
    value: Number
    verified: Number | None


@dataclass(frozen=True)
class Behind:
    """What is behind one figure: the imports, oldest first, whose values add up to it exactly, and its rows in pages.

    `few` are its rows in no order, where these are few enough to be held.
    """

    desk: Desk
    traced: Traced
    imports: tuple[Given, ...]
    few: pa.Table | None

    def page(self, first: int, count: int) -> list[Contribution]:
        """`count` rows from the `first` on (0), the largest before the smaller."""
        found = _first_rows(self.few, self.traced, first + count) if self.few is not None else None
        return page_of(self.desk, self.traced, first, count) if found is None else found[first:]

    def rows(self) -> Iterator[list[Contribution]]:
        """All rows in batches, in the order of imports, files and rows."""
        held = self.few
        batches = _in_order(held, self.traced).to_batches() if held is not None else all_rows(self.desk, self.traced)
        yield from (batch.to_pylist() for batch in batches)


def behind(desk: Desk, several: Sequence[Traced]) -> list[Behind]:
    """What is behind one figure, or behind both halves of a ratio."""
    rows = unsorted(desk, several, _FEW + 1)
    if rows.num_rows > _FEW:
        return [Behind(desk, one, tuple(_by_import(by_import(desk, one))), None) for one in several]
    found = []
    for place, one in enumerate(several):
        own = _own(rows, place) if len(several) > 1 else _named(rows, 0)
        found.append(Behind(desk, one, tuple(_by_import(_added(own, one))), own))
    return found


def _own(rows: pa.Table, place: int) -> pa.Table:
    """The rows that belong to one half of a ratio."""
    return _named(rows.filter(pc.is_valid(rows[f"value{place}"])), place)


def _named(rows: pa.Table, place: int) -> pa.Table:
    """The columns of one half by their plain names."""
    names = {name: name for name in (*ORIGIN, "organization", "day")}
    own = {f"{name}{place}": name for name in ("value", "thing", "verified")}
    names |= {numbered: name for numbered, name in own.items() if numbered in rows.column_names}
    return rows.select(list(names)).rename_columns(list(names.values()))


def _by_import(found: pa.Table) -> Iterator[Given]:
    for one in found.to_pylist():
        yield Given(one["import_id"], one["rows"], one["value"], one["verified"])


def _added(rows: pa.Table, traced: Traced) -> pa.Table:
    """The rows added up by import: import_id, rows, value, verified, as `by_import` has them."""
    sums: list[tuple[Any, ...]] = [("value", "count"), ("value", "sum")]
    if traced.says_verified:
        rows = rows.append_column("checked", pc.if_else(rows["verified"], rows["value"], None))
        sums.append(("checked", "sum", pc.ScalarAggregateOptions(min_count=0)))
    counted = rows.group_by("import_id", use_threads=False).aggregate(sums)
    verified = counted["checked_sum"] if traced.says_verified else pa.nulls(len(counted), pa.int64())
    value = _first_seen(rows, counted["import_id"]) if traced.part.is_distinct else counted["value_sum"]
    names = ["import_id", "rows", "value", "verified"]
    return pa.table([counted["import_id"], counted["value_count"], value, verified], names).sort_by("import_id")


def _first_seen(rows: pa.Table, imports: pa.ChunkedArray) -> pa.Array:
    """How many things each of `imports` is the first to have."""
    first = rows.group_by("thing", use_threads=False).aggregate([("import_id", "min")])["import_id_min"]
    counts = {one["values"]: one["counts"] for one in pc.value_counts(first).to_pylist()}
    return pa.array([counts.get(number, 0) for number in imports.to_pylist()], pa.int64())


def _in_order(rows: pa.Table, traced: Traced) -> pa.Table:
    """The rows as `all_rows` has them: of a distinct count the first row with a thing gives one, the others none."""
    rows = rows.sort_by(_IN_ORDER).combine_chunks()
    if not traced.part.is_distinct:
        return rows
    things = rows["thing"].combine_chunks().dictionary_encode().indices.to_numpy()
    gives = np.zeros(len(things), dtype=np.int64)
    gives[np.unique(things, return_index=True)[1]] = 1
    return rows.set_column(rows.column_names.index("value"), "value", pa.array(gives))


def _first_rows(rows: pa.Table, traced: Traced, count: int) -> list[Contribution] | None:
    """The first `count` rows as `page_of` gives them; None where finding them needs more than a look at some."""
    if not traced.part.is_distinct:
        chosen = pc.select_k_unstable(rows, count, [("value", "descending"), *_IN_ORDER])
        largest: list[Contribution] = rows.take(chosen).to_pylist()
        return largest
    seen: dict[str, Contribution] = {}
    for row in rows.take(pc.select_k_unstable(rows, _LOOKED_THROUGH, _IN_ORDER)).to_pylist():
        seen.setdefault(row["thing"], row)
    return list(seen.values())[:count] if len(seen) >= count else None
