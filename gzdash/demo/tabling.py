"""Arrays of the city become typed rows of a declared table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.demo.exact import Days, Ints, Objects, Random, objects
from gzdash.demo.figures import CHAINS, MONTHS
from gzdash.tables import MONEY_TYPE, Column, Table

VERIFIED_SHARE = 0.71

CHAIN_CODES = objects([*CHAINS, None])
FIRST_DAYS: Days = np.array([f"{month}-01" for month in MONTHS], "datetime64[D]")


def rows_of(table: Table, /, **columns: Any) -> pa.Table:
    """The columns given, typed as declared: money in fen, -1 and NaT and None for nothing; the rest is null."""
    count = len(next(iter(columns.values())))
    typed = {column.key: _typed(column, columns.get(column.key), count) for column in table.columns}
    return pa.table(typed, schema=pa.schema([pa.field(c.key, c.arrow) for c in table.columns]))


def truths(rng: Random, count: int) -> Objects:
    """Levels of truth: seven in ten verified."""
    return np.where(rng.random(count) < VERIFIED_SHARE, "verified", "reported").astype(object)


def months_of(days: Days) -> Ints:
    """The place in MONTHS of each day."""
    return np.asarray(days.astype("datetime64[M]").astype(np.int64) - FIRST_DAYS[0].astype("datetime64[M]").astype(int))


def days_in(rng: Random, months: Ints) -> Days:
    """A random working-ish day of each month: its first 28, of the running month its first 19."""
    length = np.where(months == len(MONTHS) - 1, 19, 28)
    return np.asarray(FIRST_DAYS[months] + np.floor(rng.random(len(months)) * length).astype("timedelta64[D]"))


def _typed(column: Column, values: Any, count: int) -> pa.Array:
    if values is None:
        return pa.nulls(count, column.arrow)
    if column.kind == "money":
        return _money(np.asarray(values, np.int64))
    if column.kind == "integer":
        whole = np.asarray(values, np.int64)
        return pa.array(whole, mask=whole < 0)
    return pa.array(values, column.arrow)


def _money(fen: Ints) -> pa.Array:
    """Exact: a whole number of fen becomes yuan with two decimals."""
    whole = pa.array(fen, mask=fen < 0).cast(pa.decimal128(19, 0))
    return pc.multiply(whole, pa.scalar("0.01").cast(pa.decimal128(3, 2))).cast(MONEY_TYPE)
