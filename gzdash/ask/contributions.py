"""Contributions: the stored rows behind a figure, each with what it gives and where it stood in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from gzdash.answer import Key, Number, Question
from gzdash.ask.checking import check
from gzdash.ask.composing import limits
from gzdash.ask.desk import Desk
from gzdash.metrics import Metric, Part, metric
from gzdash.tables import TABLES

Half = Literal["numerator", "denominator"]

# Where a stored row came from; together they name one row of the store.
ORIGIN = ("import_id", "source_file", "source_sheet", "source_row", "source_part")
_ORDER = ", ".join(ORIGIN)
# What one row behind a figure gives and where it came from, by column.
Contribution = Mapping[str, Any]
# As many rows of each import come back with what it gave: a first page needs no question of its own.
FIRST_ROWS = 6
_NO_TEXT, _NO_NUMBER = "CAST(NULL AS VARCHAR)", "CAST(NULL AS BIGINT)"


@dataclass(frozen=True, slots=True)
class Traced:
    """One figure to trace: a question, the `key` of one row of its split (None: all of it), and which half."""

    question: Question
    key: Key | None = None
    half: Half = "numerator"

    @property
    def metric(self) -> Metric:
        """The metric asked."""
        return metric(self.question.metric)

    @property
    def part(self) -> Part:
        """The sum or count that is traced; raises ValueError for the denominator of what has none."""
        part = self.metric.part if self.half == "numerator" else self.metric.denominator
        if part is None:
            raise ValueError(f"{self.metric.key} has no denominator")
        return part


@dataclass(frozen=True, slots=True)
class Given:
    """What one import gave to one figure: its `rows`, their `value`, and that of those checked against vouchers
    (`verified`, None where the table does not say so). `first` are the first of its rows as `page_of` orders them:
    for a distinct count, those that give something."""

    import_id: int
    rows: int
    value: Number
    verified: Number | None
    first: tuple[Contribution, ...]


def by_import(desk: Desk, several: Sequence[Traced]) -> list[tuple[Given, ...]]:
    """What each import gave to each of several figures, oldest import first, read in one statement.

    The values of a figure's imports add up to it exactly.
    """
    statements = [(_first_seen_sql if one.part.is_distinct else _added_sql)(one) for one in several]
    sql = "\nUNION ALL\n".join(f"SELECT {place} AS place, * FROM ({sql})" for place, (sql, _) in enumerate(statements))
    parameters = {name: value for _, own in statements for name, value in own.items()}
    found = desk.engine.run(f"{sql}\nORDER BY place, import_id", parameters, desk.snapshot).to_pylist()
    return [tuple(_given(one) for one in found if one["place"] == place) for place in range(len(several))]


def first_of(imports: Sequence[Given], count: int) -> list[Contribution] | None:
    """The first `count` rows behind a figure as `page_of` gives them; None where its imports do not know them all."""
    known = sorted((row for one in imports for row in one.first), key=_page_order)
    is_whole = len(known) == sum(one.rows for one in imports)
    return known[:count] if is_whole or count <= min(len(known), FIRST_ROWS) else None


def page_of(desk: Desk, traced: Traced, first: int, count: int) -> list[Contribution]:
    """`count` of the rows behind the figure from the `first` on (0), the largest before the smaller."""
    sql, parameters = _contributions(traced)
    paged = f"{sql}\nORDER BY value DESC, {_ORDER} LIMIT {int(count)} OFFSET {int(first)}"
    return desk.engine.run(paged, parameters, desk.snapshot).to_pylist()


def all_rows(desk: Desk, traced: Traced, batch: int = 50_000) -> Iterator[pa.RecordBatch]:
    """All rows behind the figure in batches, in the order of imports, files and rows."""
    sql, parameters = _contributions(traced)
    return desk.engine.batches(f"{sql}\nORDER BY {_ORDER}", parameters, desk.snapshot, batch)


def _given(found: Mapping[str, Any]) -> Given:
    return Given(found["import_id"], found["rows"], found["value"], found["verified"], tuple(found["first"] or ()))


def _page_order(row: Contribution) -> tuple[Any, ...]:
    return (-row["value"], *((row[name] is None, row[name]) for name in ORIGIN))


def _added_sql(traced: Traced) -> tuple[str, dict[str, Any]]:
    """Values and rows of each import, added up, and its largest rows."""
    source, parameters = _source(traced)
    value = _value(traced)
    cast = "{}" if traced.metric.is_money else "CAST({} AS BIGINT)"
    sums = [cast.format(f"sum({one})") for one in (value, _verified(traced, value))]
    first = f"min({_row_sql(traced, value)}, {FIRST_ROWS}) AS first"
    columns = f"import_id, count(*) AS rows, {sums[0]} AS value, {sums[1]} AS verified, {first}"
    return f"SELECT {columns}\n{source}\nGROUP BY import_id", parameters


def _first_seen_sql(traced: Traced) -> tuple[str, dict[str, Any]]:
    """A thing that is counted once counts at the first row that has it: grouping finds that out faster than a
    window does."""
    source, parameters = _source(traced)
    sql = f"""
        SELECT
            import_id,
            CAST(sum(rows) AS BIGINT) AS rows,
            CAST(sum(value) AS BIGINT) AS value,
            {_NO_NUMBER} AS verified,
            any_value(first) AS first
        FROM (
            SELECT import_id, count(*) AS rows, 0 AS value, NULL AS first {source} GROUP BY import_id
            UNION ALL
            SELECT row.import_id, 0, count(*), min(row, {FIRST_ROWS})
            FROM (SELECT min({_row_sql(traced, "1")}) AS row {source} GROUP BY {_alike(traced)})
            GROUP BY row.import_id
        ) GROUP BY import_id"""
    return sql, parameters


def _row_sql(traced: Traced, value: str) -> str:
    """A row as one value, which is the smaller the earlier `page_of` gives it."""
    columns = {"place": f"-({value})", **_columns(traced), "value": value}
    return f"{{{', '.join(f'{name}: {sql}' for name, sql in columns.items())}}}"


def _contributions(traced: Traced) -> tuple[str, dict[str, Any]]:
    """The SQL of the rows: origin, organization, month, `thing` and `value`.

    A distinct count has a `thing` in each row, and gives one at the first row that has it and nothing at the others,
    so that the values of all rows add up to the figure, whatever it is.
    """
    source, parameters = _source(traced)
    columns = ", ".join(f"{sql} AS {name}" for name, sql in _columns(traced).items())
    return f"SELECT {columns}\n{source}", parameters


def _source(traced: Traced) -> tuple[str, dict[str, Any]]:
    """From where, and which rows: those of the selection and the key that the part reads."""
    question, subject, part = traced.question, traced.metric.subject, traced.part
    check(question)
    conditions, parameters = limits(subject, question.selection, question.scope, question.split)
    conditions += [f"({part.where})"] * bool(part.where) + [f"({part.of}) IS NOT NULL"] * (part.of != "*")
    for name, code in zip(question.split, traced.key or (), strict=traced.key is not None):
        conditions.append(f"{subject.split_sql(name)} IS NOT DISTINCT FROM $key_{name}")
        parameters[f"key_{name}"] = code
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    return f"FROM {subject.source_sql(question.split)}{where}", parameters


def _columns(traced: Traced) -> dict[str, str]:
    """What is said of a row: the SQL of each column by name."""
    subject, part = traced.metric.subject, traced.part
    is_dated = subject.is_stock or bool(subject.month)
    return dict(zip(ORIGIN, ORIGIN, strict=True)) | {
        "organization": "organization" if "organization" in subject.columns else _NO_TEXT,
        "month": subject.split_sql("month") if is_dated else _NO_TEXT,
        "thing": f"CAST({part.of} AS VARCHAR)" if part.is_distinct else _NO_TEXT,
        "value": _value(traced),
    }


def _verified(traced: Traced, value: str) -> str:
    """The value where a row was checked against vouchers."""
    is_said = "truth" in TABLES[traced.metric.subject.table].by_key and not traced.part.is_distinct
    return f"CASE WHEN truth = 'verified' THEN {value} ELSE 0 END" if is_said else _NO_NUMBER


def _value(traced: Traced) -> str:
    """What one row gives: what stands in it for a sum, else one."""
    one, part = traced.metric, traced.part
    if part.is_sum:
        return part.of if one.is_money else f"CAST({part.of} AS BIGINT)"
    if not part.is_distinct:
        return "1"
    return f"CASE WHEN row_number() OVER (PARTITION BY {_alike(traced)} ORDER BY {_ORDER}) = 1 THEN 1 ELSE 0 END"


def _alike(traced: Traced) -> str:
    """What two rows that are counted once have in common."""
    return ", ".join([traced.part.of, *map(traced.metric.subject.split_sql, traced.question.split)])
