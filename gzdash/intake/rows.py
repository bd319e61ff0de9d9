"""Columns become rows as the lake takes them: every declared column, typed, with file, sheet, row and part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from gzdash.tables import Column, Table

# The row below a header in the first row, where a sheet's data begin.
FIRST_ROW = 2

# Arrow casts an int64 to a decimal only where 19 digits and the scale fit.
_WIDE_MONEY = pa.decimal128(38, 2)


def rows_from_columns(
    table: Table,
    columns: Mapping[str, Any],
    source_file: str,
    source_sheet: str,
    source_row: Any = None,
    source_part: int = 0,
) -> pa.Table:
    """`columns` (Arrow, numpy or lists, by column key) as rows of `table` with their origin.

    Missing columns are null or their default; `source_row` counts from 2 where it is not given;
    `source_part` is the part of a mapping that made the rows.
    Raises ValueError for a column the table has not, ArrowInvalid for values that do not fit the type.
    """
    unknown = set(columns) - set(table.by_key)
    if unknown or not columns:
        raise ValueError(f"columns of {table.key} are needed, not {sorted(unknown)}")
    count = len(next(iter(columns.values())))
    typed = {column.key: _typed(column, columns.get(column.key), count) for column in table.columns}
    rows = range(FIRST_ROW, FIRST_ROW + count) if source_row is None else source_row
    origin = {
        "source_file": pa.repeat(pa.scalar(source_file, pa.string()), count),
        "source_sheet": pa.repeat(pa.scalar(source_sheet, pa.string()), count),
        "source_row": _array(rows).cast(pa.int32()),
        "source_part": pa.repeat(pa.scalar(source_part, pa.int32()), count),
    }
    return pa.table(typed | origin, schema=_schema(table))


def _schema(table: Table) -> pa.Schema:
    names = [*table.by_key, "source_file", "source_sheet", "source_row", "source_part"]
    return pa.schema([table.schema.field(name) for name in names])


def _typed(column: Column, values: Any, count: int) -> pa.Array:
    if values is None:
        values = pa.nulls(count, column.arrow)
    array = pa.array(values, column.arrow) if isinstance(values, list) else _cast(_array(values), column.arrow)
    return array if column.default is None else array.fill_null(column.default)


def _array(values: Any) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    return values if isinstance(values, pa.Array) else pa.array(values)


def _cast(array: pa.Array, arrow: pa.DataType) -> pa.Array:
    if pa.types.is_decimal(arrow) and pa.types.is_integer(array.type):
        array = array.cast(_WIDE_MONEY)
    return array.cast(arrow)
