"""Whether days and months lie where they can: not before the table's time, not ahead of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gzdash.intake.incoming import Incoming
from gzdash.intake.report import Finding
from gzdash.intake.row_problems import ahead_of_today, too_early
from gzdash.tables import Column


def findings(incoming: Incoming, today: date) -> Iterator[Finding]:
    """Days and months outside what their column declares; a month is there from its first day."""
    for column in incoming.table.columns:
        if column.kind in ("date", "month"):
            yield from _outside(incoming, column, today)


def _outside(incoming: Incoming, column: Column, today: date) -> Iterator[Finding]:
    earliest, latest = date(column.earliest, 1, 1), _years_after(today, column.ahead)
    sql = f"""
        SELECT source_row, "{column.key}" < $earliest AS early FROM incoming
        WHERE "{column.key}" < $earliest OR "{column.key}" > $latest ORDER BY source_row
    """
    for found in incoming.ask(sql, [column.key], earliest=earliest, latest=latest):
        problem = too_early(column) if found["early"] else ahead_of_today(column, latest)
        yield Finding(found["source_row"], column.key, problem)


def _years_after(today: date, years: int) -> date:
    """The same day `years` later; a 29 February becomes the 28th."""
    return today.replace(year=today.year + years, day=min(today.day, 28)) if years else today
