"""Example rows of a table, made from its declaration: plausible, plainly invented, and right by every check."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from gzdash.intake.rows import rows_from_columns
from gzdash.reference import code_list
from gzdash.tables import Column, Kind, Table

ROWS = 2

# Invented bodies (EXA and five digits) with right check digits, of an association and a service institution.
CODES = ("51440100EXA000019X", "52440100EXA000027M")

_FIRST_DAY = date(2023, 7, 5)
# Later columns tell of later days: an end comes after its start.
_NEXT_DAY = timedelta(days=30)
_KINDS: dict[Kind, tuple[Any, ...]] = {
    "organization": CODES,
    "organizations": ([CODES[1]], [CODES[0]]),
    "integer": (20, 8),
    "money": (Decimal("500000.00"), Decimal("200000.50")),
    "month": (date(2023, 7, 1), date(2023, 7, 1)),
}
# Where the kind alone does not make a plausible value; names are Chinese in both languages, as in the register.
_VALUES: dict[str, tuple[Any, ...]] = {
    "name": ("示例产业促进会", "示例就业服务中心"),
    "district": ("440106", "440104"),
    "county": ("441826", "440117"),
    "region": ("440106", None),
    "town": ("示例镇", None),
    "giver": (CODES[0], None),
    "giver_name": (None, "示例有限公司"),
    "form": ("money", "goods"),
    "base": ("示例实训基地", "示例第二实训基地"),
    "school": ("示例职业学院", None),
    "project": ("示例-2023-01", "示例-2023-02"),
    "title": ("示例乡村助学", "示例产业帮扶"),
    "case": ("示例-2023-001", "示例-2023-002"),
    "state": ("completed", "under_way"),
    "founded": (date(2012, 3, 15), date(2018, 9, 1)),
    "grade_expiry": (date(2027, 6, 30), None),
    "dissolved": (None, None),
    "since": (date(2021, 1, 1), None),
    "until": (None, None),
    "is_primary": (1, 0),
    "hires": (12, None),
    "employed": (15, None),
    "resolved": (date(2023, 7, 20), None),
    "due": (date(2023, 8, 10), date(2023, 8, 10)),
    "received": (date(2023, 8, 8), None),
    "table": ("jobs", "jobs"),
    "metric": ("jobs_posted", "aid_value"),
    "year": (2023, 2023),
    "kept": (f"{CODES[0]}|示例-2023-001|credit_line", f"{CODES[0]}|2023-07-05|salon|440106|示例沙龙"),
    "dropped": (f"{CODES[1]}|示例-2023-001|credit_line", f"{CODES[1]}|2023-07-05|salon|440106|示例沙龙"),
    "reason": ("两家已核对，是同一笔", "两场各有签到表"),
    "finding": ("b7b73d8d", "ee2aed84"),
    "target": (Decimal("3000.00"), Decimal("2000000.00")),
}


def example_rows(table: Table) -> pa.Table:
    """Two rows as `rows_from_columns` gives them: the first as full as the rules let it be, the second with what is
    required and little more."""
    columns = {column.key: list(_values(index, column)) for index, column in enumerate(table.columns)}
    return rows_from_columns(table, columns, "", "")


def _values(index: int, column: Column) -> tuple[Any, ...]:
    if column.key in _VALUES:
        return _VALUES[column.key]
    first, second = _of_kind(index, column)
    return first, second if column.required else None


def _of_kind(index: int, column: Column) -> tuple[Any, ...]:
    if column.codes:
        return code_list(column.codes).codes[:ROWS]
    if column.kind == "date":
        return (_FIRST_DAY + index * _NEXT_DAY,) * ROWS
    return _KINDS[column.kind]
