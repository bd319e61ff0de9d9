"""Whether the organizations a file names are on the register, and were there when they report."""

from __future__ import annotations

from collections.abc import Iterator

from gzdash.intake.incoming import Incoming
from gzdash.intake.report import Finding
from gzdash.intake.row_problems import dissolved_before, not_on_register
from gzdash.tables import Column


def findings(incoming: Incoming) -> Iterator[Finding]:
    """Organizations that are not on the register (a warning), and reports of dissolved ones.

    A lake whose register is empty knows nobody, so nothing is concluded there.
    """
    if incoming.table.key == "organizations":
        return
    for column in incoming.table.columns:
        if column.kind in ("organization", "organizations"):
            yield from _unknown(incoming, column)
    for key in incoming.table.owner:
        if incoming.table.time and incoming.table.by_key[key].kind == "organization":
            yield from _dissolved(incoming, key)


def _unknown(incoming: Incoming, column: Column) -> Iterator[Finding]:
    codes = f'"{column.key}"' if column.kind == "organizations" else f'["{column.key}"]'
    sql = f"""
        SELECT source_row, string_agg(code, '、' ORDER BY code) AS codes
        FROM (SELECT source_row, unnest({codes}) AS code FROM incoming) AS named
        ANTI JOIN raw_organizations AS register ON register.code = named.code
        WHERE code IS NOT NULL AND EXISTS (SELECT 1 FROM raw_organizations)
        GROUP BY source_row ORDER BY source_row
    """
    for found in incoming.ask(sql, [column.key]):
        yield Finding(found["source_row"], column.key, not_on_register(found["codes"]))


def _dissolved(incoming: Incoming, key: str) -> Iterator[Finding]:
    """Reports for a month that began after the organization had been dissolved."""
    time = incoming.table.time
    sql = f"""
        SELECT incoming.source_row, register.dissolved FROM incoming
        JOIN raw_organizations AS register ON register.code = incoming."{key}"
        WHERE register.dissolved < date_trunc('month', incoming."{time}") ORDER BY incoming.source_row
    """
    for found in incoming.ask(sql, [key, time]):
        yield Finding(found["source_row"], key, dissolved_before(found["dissolved"]))
