"""The views of a snapshot, whichever engine makes them: names in order, SQL, and the code lists they join."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from gzdash.reference import code_list, region_level

# In this order, for a view may use those before it.
VIEWS = (
    "register",
    "primary_chains",
    "project_reports",
    "projects",
    "counting_projects",
    "jobs",
    "training",
    "activities",
    "needs",
    "financing",
    "financing_cohorts",
    "aid_projects",
    "aid",
    "submissions",
    "organization_chains",
    "targets",
    "merges",
)

# Each of these views also in gross, as <view>_gross: what the view reads of rows that count, and what the gross reads.
GROSS = {
    "financing": ("counted_financing", "raw_financing"),
    "activities": ("counted_activities", "raw_activities"),
    "aid": ("counted_aid", "raw_aid"),
    "aid_projects": ("counting_projects", "project_reports"),
}


def view_sql(name: str) -> str:
    """The text of one view file."""
    return Path(__file__).with_name("views").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _regions() -> pa.Table:
    """Every region code with the levels above it."""
    columns: dict[str, list[str | None]] = {
        name: [] for name in ("code", "region_group", "prefecture", "county", "town")
    }
    for entry in code_list("region").entries:
        above: dict[str, str] = {}
        code = entry.code
        while code:
            level = region_level(code)
            above[level] = code
            code = code_list(level).by_code[code].parent
        columns["code"].append(entry.code)
        for level in ("region_group", "prefecture", "county", "town"):
            columns[level].append(above.get(level))
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _towns() -> pa.Table:
    """Towns by name within their county: an office may write the name where the list has a code."""
    entries = code_list("town").entries
    columns = {
        "code": [entry.code for entry in entries],
        "name": [entry.name.zh for entry in entries],
        "county": [entry.parent for entry in entries],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


# Code lists that views join, made anew with each connection.
REFERENCE: dict[str, Callable[[], pa.Table]] = {"regions": _regions, "towns": _towns}
