"""Whether a sheet's own cumulative columns ever fall: the store does not take them, but they show a slip."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from gzdash.intake.incoming import Incoming
from gzdash.intake.read import Sheet
from gzdash.intake.report import CellFault
from gzdash.intake.row_problems import cumulative_falls
from gzdash.intake.values import folded

_CUMULATIVE = re.compile(r"累计|cumulative|yeartodate")


def faults(incoming: Incoming, sheet: Sheet, raw: pa.Table, mapped: Collection[str]) -> Iterator[CellFault]:
    """Cells of unmapped columns headed 累计 that are less than an earlier month's of the same key and year.

    `raw` has the texts of the rows that are `incoming`. Tables without a month in their key have no such series.
    """
    table = incoming.table
    if not table.time or table.time not in table.unique:
        return
    for letter, header in zip(sheet.letters, sheet.header, strict=True):
        if letter not in mapped and _CUMULATIVE.search(folded(header)):
            for found in _falls(incoming, raw[letter]):
                row = found["source_row"]
                yield CellFault.of(cumulative_falls(found["before"]), row, letter, header, sheet.verbatim(row, letter))


def _falls(incoming: Incoming, texts: pa.ChunkedArray) -> list[dict[str, Any]]:
    """A cumulative figure may begin anew with a year, so years stand apart."""
    table = incoming.table
    series = "".join(f'"{key}", ' for key in table.unique if key != table.time)
    sql = f"""
        SELECT source_row, rtrim(rtrim(CAST(before AS VARCHAR), '0'), '.') AS before
        FROM (
            SELECT source_row, value, max(value) OVER (
                PARTITION BY {series} year("{table.time}") ORDER BY "{table.time}"
                RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING
            ) AS before
            FROM (SELECT *, try_cast(replace(cumulative, ',', '') AS DECIMAL(28, 4)) AS value FROM incoming) AS read
            WHERE value IS NOT NULL
        ) AS series
        WHERE value < before ORDER BY source_row
    """
    beside = replace(incoming, rows=incoming.rows.append_column("cumulative", texts.cast(pa.string())))
    return beside.ask(sql, table.unique)
