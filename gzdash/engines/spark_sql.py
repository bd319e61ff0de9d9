"""From DuckDB's dialect, the one we write, to Spark's: what sqlglot does, and the few things it does not."""

from __future__ import annotations

import re
from functools import lru_cache

import sqlglot
from sqlglot import exp

# A statement has as many texts as there are numbers of a page in it; the rest are some hundreds.
_STATEMENTS_KEPT = 2_000
_LITERAL_LETTERS = re.compile(r"((?:%[A-Za-z]|[^A-Za-z%])+)")


@lru_cache(maxsize=_STATEMENTS_KEPT)
def spark_sql(sql: str) -> str:
    """The same statement in Spark's dialect; `$name` becomes Spark's named parameter `:name`."""
    return str(sqlglot.parse_one(sql, read="duckdb").transform(_rewritten).sql(dialect="spark", comments=False))


@lru_cache(maxsize=_STATEMENTS_KEPT)
def tables_named(sql: str) -> frozenset[str]:
    """The tables and views that a statement reads, and the names it gives to queries of its own."""
    return frozenset(table.name for table in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table))


def _rewritten(node: exp.Expression) -> exp.Expression:
    """What sqlglot passes on in a form that Spark lacks, or reads otherwise; executed by a test for every statement."""
    if isinstance(node, exp.ArrayOverlaps):
        return exp.Anonymous(this="arrays_overlap", expressions=[node.this, node.expression])
    if isinstance(node, exp.TimeToStr):
        return _dated(node)
    return node


def _dated(node: exp.TimeToStr) -> exp.Expression:
    """A date written by a pattern; letters that stand for themselves, as in 2023-Q3, are patterns in Spark too."""
    pieces = [piece for piece in _LITERAL_LETTERS.split(node.text("format")) if piece]
    if len(pieces) == 1:
        return node
    written = (
        exp.TimeToStr(this=node.this.copy(), format=exp.Literal.string(piece))
        if _LITERAL_LETTERS.fullmatch(piece)
        else exp.Literal.string(piece)
        for piece in pieces
    )
    first, *rest = written
    for piece in rest:
        first = exp.DPipe(this=first, expression=piece, safe=True)
    return exp.Paren(this=first)
