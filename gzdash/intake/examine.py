"""A file examined: read, matched as the template has it or by a mapping, and checked, with nothing written."""

from __future__ import annotations

from pathlib import Path

from gzdash.engines import Engine
from gzdash.faults import WrongUsage
from gzdash.intake import faults, problems
from gzdash.intake.check import check
from gzdash.intake.convert import apply
from gzdash.intake.convert_check import check_applied
from gzdash.intake.form import forms
from gzdash.intake.mapping import Mapping
from gzdash.intake.read import read
from gzdash.intake.report import CellFault, Report
from gzdash.intake.restated import Replace
from gzdash.lake import Lake, Snapshot
from gzdash.tables import TABLES, Table


def examine(
    lake: Lake,
    engine: Engine,
    path: Path,
    data: bytes,
    table_key: str,
    *,
    replace: Replace = "refuse",
    mapping: Mapping | None = None,
) -> tuple[Report, Snapshot]:
    """The report on a file, and the snapshot it was checked against.

    With a mapping, the first sheet that holds data is converted by it; the parts of the mapping and the totals that
    the sheet states are in one report. Raises Refused for a file or mapping that cannot be used, WrongUsage for an
    unknown table.
    """
    table, snapshot, today = declared(table_key), lake.snapshot(), lake.clock().date()
    if mapping is None:
        return check(table, read(path, data), snapshot, engine, replace=replace, today=today), snapshot
    found = forms(path, data)
    form = next((one for one in found if one.has_data), None)
    if form is None:
        first = found[0]
        nothing = CellFault.of(problems.NO_ROWS, first.first_data_row, "", table.name.zh, None)
        return Report(table, first.file, first.sheet, (nothing,), None), snapshot
    applied = apply(mapping, form, _register(engine, snapshot))
    return check_applied(applied, snapshot, engine, replace=replace, today=today), snapshot


def declared(table_key: str) -> Table:
    """The table called `table_key`; raises WrongUsage for one that is not declared."""
    if table_key not in TABLES:
        raise WrongUsage(faults.unknown_table(table_key))
    return TABLES[table_key]


def _register(engine: Engine, snapshot: Snapshot) -> dict[str, str]:
    """The code of each organization by its name."""
    found = engine.run("SELECT name, code FROM register", {}, snapshot)
    return dict(zip(found["name"].to_pylist(), found["code"].to_pylist(), strict=True))
