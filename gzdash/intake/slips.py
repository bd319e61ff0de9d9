"""Whether a number is a thousand times what its organization usually reports: yuan taken for 万元, and the like."""

from __future__ import annotations

from collections.abc import Iterator

from gzdash.intake.incoming import Incoming
from gzdash.intake.report import Finding
from gzdash.intake.row_problems import unit_slip
from gzdash.tables import Column

# A slip between 元 and 万元 is 10,000 times; a thousand leaves room for a month that was itself unusual.
_TIMES = 1_000
_MONTHS = 12
# The median of fewer reports says little about what is usual.
_LEAST_KNOWN = 3
# Smaller numbers are no harm even where they are wrong: headcounts, and yuan.
_LEAST_COUNT = 1_000
_LEAST_MONEY = 10_000


def findings(incoming: Incoming) -> Iterator[Finding]:
    """Numbers far from the median of the organization's own last twelve months: counts too large,
    money too large or too small."""
    if not incoming.table.time:
        return
    for column in incoming.table.columns:
        if column.unit is not None and column.kind in ("integer", "money"):
            yield from _far(incoming, column)


def _far(incoming: Incoming, column: Column) -> Iterator[Finding]:
    table, value = incoming.table, f'"{column.key}"'
    sql = f"""
        WITH mine AS (
            SELECT DISTINCT submission_owner, submission_month, date_trunc('month', "{table.time}") AS start
            FROM incoming WHERE {value} > 0
        ),
        usual AS (
            SELECT mine.submission_owner, mine.submission_month, median(stored.{value}) AS usual
            FROM mine JOIN raw_{table.key} AS stored
              ON stored.submission_owner = mine.submission_owner
             AND stored."{table.time}" >= mine.start - to_months({_MONTHS}) AND stored."{table.time}" < mine.start
            WHERE stored.{value} > 0
            GROUP BY mine.submission_owner, mine.submission_month HAVING count(*) >= {_LEAST_KNOWN}
        )
        SELECT source_row, CAST({value} AS DOUBLE) / usual AS times, CAST(usual AS DOUBLE) AS usual
        FROM incoming JOIN usual USING (submission_owner, submission_month)
        WHERE {value} > 0 AND ({_too_far(column)}) ORDER BY source_row
    """
    for found in incoming.ask(sql, incoming.submission | {column.key}):
        yield Finding(found["source_row"], column.key, unit_slip(column, found["times"], found["usual"]))


def _too_far(column: Column) -> str:
    value = f'"{column.key}"'
    if column.kind == "integer":
        return f"{value} >= {_LEAST_COUNT} AND {value} >= {_TIMES} * usual"
    return (
        f"greatest({value}, usual) >= {_LEAST_MONEY} AND ({value} >= {_TIMES} * usual OR {value} * {_TIMES} <= usual)"
    )
