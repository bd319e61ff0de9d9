"""What holds between cells, and between the file and the store: every rule, asked over all rows at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gzdash.intake import moments, reporters, restated, slips
from gzdash.intake.incoming import Incoming
from gzdash.intake.problems import Problem, repeated
from gzdash.intake.report import Finding
from gzdash.intake.restated import Replace
from gzdash.intake.row_problems import named
from gzdash.tables import Rule, Table


def findings(incoming: Incoming, today: date) -> list[Finding]:
    """What each row breaks, by Excel row. A rule is silent where one of its cells is faulty already."""
    return [
        *(finding for rule in incoming.table.rules for finding in _broken(rule, incoming)),
        *moments.findings(incoming, today),
        *reporters.findings(incoming),
        *slips.findings(incoming),
    ]


def between_rows(incoming: Incoming, replace: Replace) -> list[Finding]:
    """What the rows of a whole file break together: keys that repeat, and submissions that the store has already."""
    return [*_repeated(incoming), *restated.findings(incoming, replace)]


def _mentioned(table: Table, rule: Rule) -> set[str]:
    """The columns a rule speaks of, and the one it is shown at."""
    words = set(re.findall(r"\w+", rule.broken))
    return {key for key in table.by_key if key in words} | {rule.column}


def _broken(rule: Rule, incoming: Incoming) -> Iterator[Finding]:
    sql = f"SELECT source_row FROM incoming WHERE {rule.broken} ORDER BY source_row"
    problem = Problem(rule.key, rule.title, rule.remedy, rule.warning)
    for found in incoming.ask(sql, _mentioned(incoming.table, rule)):
        yield Finding(found["source_row"], rule.column, problem)


def _repeated(incoming: Incoming) -> Iterator[Finding]:
    """Rows whose key stands in an earlier row; empty cells of a key are alike.

    Keys are first counted by their hash, a number: all but those few rows that share one are alone for certain.
    """
    table = incoming.table
    if not table.unique:
        return
    key = ", ".join(f'"{column}"' for column in table.unique)
    sql = f"""
        WITH shared AS (SELECT hash({key}) AS hash FROM incoming GROUP BY ALL HAVING count(*) > 1)
        SELECT source_row, source_part, min(source_row) OVER (PARTITION BY {key}) AS first
        FROM incoming SEMI JOIN shared ON shared.hash = hash({key})
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY source_row, source_part) > 1
        ORDER BY source_row, source_part
    """
    labels = named(table, table.unique)
    for found in incoming.ask(sql, table.unique):
        problem = repeated(found["first"], labels)
        yield Finding(found["source_row"], table.unique[0], problem, found["source_part"])
