"""Stated totals against the rows they add up: exact, and silent where it is not clear what is added up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from gzdash.intake.form import Form, FormColumn
from gzdash.intake.form_rows import TotalRow
from gzdash.intake.problems import total_differs
from gzdash.intake.report import CellFault
from gzdash.intake.values import number

# Columns whose total is no sum: shares, averages, numbers that name things.
_NOT_ADDED = re.compile(r"率|比例|占比|比重|平均|人均|户均|序号|编号|年份|年度$|代码|电话|单价")


def check_totals(form: Form) -> tuple[CellFault, ...]:
    """One fault for each total that is not the sum of its rows, at the total's cell."""
    if not form.totals or not form.has_data:
        return ()
    return tuple(fault for column in form.columns for fault in _column_faults(form, column))


def _column_faults(form: Form, column: FormColumn) -> Iterator[CellFault]:
    stated = [(total, text) for total in form.totals if (text := dict(total.values).get(column.letter))]
    if not stated or _NOT_ADDED.search("".join(column.path)) or column.unit in ("%", "‰"):
        return
    numbers = _numbers(form.rows[column.letter])
    if numbers is None:
        return
    rows = form.excel_rows.to_pylist()
    for total, text in stated:
        value = number(text)
        if value is None or "%" in text:
            continue
        sums = [_sum(numbers, rows, start, end) for start, end in _reaches(form, total)]
        if sums and value not in sums:
            problem = total_differs(total.label, text, f"{sums[0]:f}")
            yield CellFault.of(problem, total.row, column.letter, column.title, text)


def _reaches(form: Form, total: TotalRow) -> list[tuple[int, int]]:
    """The stretches of Excel rows (the end excluded) that a total may stand for, the likeliest first."""
    if "累计" in total.label:
        # Since the start of the year, most likely, of which earlier months are not in this sheet.
        return []
    end = form.excel_rows[-1].as_py() + 1
    start = form.header_rows[1]
    alike = [other for other in form.totals if other.grand]
    if total.grand and len(alike) == 1:
        return [(start, end)]
    before = max((other.row for other in form.totals if other.row < total.row), default=start)
    after = min((other.row for other in form.totals if other.row > total.row), default=end)
    above, below = (before, total.row), (total.row, after)
    holding = [reach for reach in (above, below) if _holds(form, reach)]
    # A group's total stands under its rows or over them; with rows on neither side it adds up other totals.
    return [*holding, (start, total.row), (start, end)] if holding else []


def _holds(form: Form, reach: tuple[int, int]) -> bool:
    rows = form.excel_rows.to_pylist()
    return bisect_left(rows, reach[0]) < bisect_left(rows, reach[1])


def _numbers(column: pa.ChunkedArray) -> list[Decimal] | None:
    """The column's numbers, blank cells as 0; None when a cell is no number, for that is said elsewhere."""
    read = {text: number(text) for text in column.unique().to_pylist() if text is not None}
    if None in read.values() or any("%" in text for text in read):
        return None
    return [(read[text] if text is not None else None) or Decimal(0) for text in column.to_pylist()]


def _sum(numbers: list[Decimal], rows: list[int], start: int, end: int) -> Decimal:
    return sum(numbers[bisect_left(rows, start) : bisect_left(rows, end)], Decimal(0))
