"""What holds between cells: a table's declared rules, and keys that may stand in a file only once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.engines import Engine
from gzdash.intake.problems import Problem, repeated
from gzdash.intake.report import Finding
from gzdash.lake import Snapshot
from gzdash.tables import Rule, Table
from gzdash.words import Text


def findings(
    table: Table,
    rows: pa.Table,
    known: Iterable[Finding],
    unsure: frozenset[str],
    engine: Engine,
    snapshot: Snapshot,
) -> list[Finding]:
    """What `rows` break, by Excel row. A rule is silent where one of its cells is faulty already (`known`),
    and wholly where one of its columns is `unsure`: one mistake is reported once."""
    faulty: dict[str, list[int]] = {}
    for finding in known:
        faulty.setdefault(finding.column, []).append(finding.row)
    found: list[Finding] = []
    for rule in table.rules:
        columns = _mentioned(table, rule)
        if not columns & unsure:
            found += _broken(rule, _sound(rows, columns, faulty), engine, snapshot)
    if table.unique and not unsure & set(table.unique):
        found += _repeated(table, _sound(rows, set(table.unique), faulty), engine, snapshot)
    return found


def _mentioned(table: Table, rule: Rule) -> set[str]:
    """The columns a rule speaks of, and the one it is shown at."""
    words = set(re.findall(r"\w+", rule.broken))
    return {key for key in table.by_key if key in words} | {rule.column}


def _sound(rows: pa.Table, columns: set[str], faulty: dict[str, list[int]]) -> pa.Table:
    """The rows that have no faulty cell in `columns`."""
    out = [row for key in columns for row in faulty.get(key, ())]
    return rows.filter(pc.invert(pc.is_in(rows["source_row"], value_set=pa.array(out, pa.int32())))) if out else rows


def _broken(rule: Rule, rows: pa.Table, engine: Engine, snapshot: Snapshot) -> Iterator[Finding]:
    sql = f"SELECT source_row FROM incoming WHERE {rule.broken} ORDER BY source_row"
    problem = Problem(rule.key, rule.title, rule.remedy, rule.warning)
    for row in engine.run(sql, {}, snapshot, {"incoming": rows})["source_row"].to_pylist():
        yield Finding(row, rule.column, problem)


def _repeated(table: Table, rows: pa.Table, engine: Engine, snapshot: Snapshot) -> Iterator[Finding]:
    """Rows whose key stands in an earlier row; empty cells of a key are alike."""
    key = ", ".join(f'"{column}"' for column in table.unique)
    sql = f"""
        SELECT source_row, min(source_row) OVER (PARTITION BY {key}) AS first FROM incoming
        QUALIFY first < source_row ORDER BY source_row
    """
    labels = [table.by_key[column].label for column in table.unique]
    named = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
    found = engine.run(sql, {}, snapshot, {"incoming": rows})
    for row, first in zip(found["source_row"].to_pylist(), found["first"].to_pylist(), strict=True):
        yield Finding(row, table.unique[0], repeated(first, named))
