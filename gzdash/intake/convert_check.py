"""A mapped form checked as one file: its parts together, every fault once, its totals among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa

from gzdash.engines import Engine
from gzdash.intake.check import check_together
from gzdash.intake.convert import Applied, excel_letter
from gzdash.intake.report import CellFault, Report
from gzdash.intake.restated import Replace
from gzdash.intake.workbook import column_number
from gzdash.lake import Snapshot


def check_applied(
    applied: Applied, snapshot: Snapshot, engine: Engine, *, replace: Replace = "refuse", today: date | None = None
) -> Report:
    """Everything wrong with a form under its mapping, each fault at the sender's own cell; see `check`.

    The rows of all parts are there, in the order of the form's rows, when nothing refuses them.
    """
    reports = check_together(applied.table, applied.sheets, snapshot, engine, replace=replace, today=today)
    faults = _in_order([*applied.totals, *_constants_once(applied, reports)])
    rows = [report.rows for report in reports if report.rows is not None]
    refused = any(not fault.warning for fault in faults)
    together = (
        None if refused else pa.concat_tables(rows).sort_by([("source_row", "ascending"), ("source_part", "ascending")])
    )
    first = reports[0]
    dropped = tuple(letter for letter in first.dropped if all(letter in report.dropped for report in reports))
    layouts = tuple(layout for report in reports for layout in report.layouts)
    unlisted = sum(report.unlisted for report in reports)
    return Report(applied.table, first.file, first.sheet, faults, together, dropped, layouts, unlisted=unlisted)


def _constants_once(applied: Applied, reports: Sequence[Report]) -> Iterable[CellFault]:
    """Each fault once, and that of a constant only at the first row it meets."""
    seen: set[tuple[str, str]] = set()
    for sheet, report in zip(applied.sheets, reports, strict=True):
        constants = {sheet.matched.titles[key] for key, name in sheet.matched.letters.items() if not excel_letter(name)}
        for fault in report.faults:
            key = (fault.column, fault.rule)
            if fault.column in constants and key in seen:
                continue
            if fault.column in constants:
                seen.add(key)
            yield fault


def _in_order(faults: Iterable[CellFault]) -> tuple[CellFault, ...]:
    """By row, then from left to right; parts say the same of the cells they share."""
    distinct = dict.fromkeys(faults)
    return tuple(sorted(distinct, key=lambda fault: (fault.row, column_number(fault.cell.rstrip("0123456789:")))))
