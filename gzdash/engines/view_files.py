"""The views of a snapshot, whichever engine makes them: names in order, SQL, and the code lists they join."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from gzdash.reference import code_list, region_level
from gzdash.tables.identity import IDENTITIES, identity_sql

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
    "dismissals",
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


def live_sql(name: str, rows: str) -> str:
    """The rows of a table that no newer live import has replaced; `rows` selects all those stored."""
    return f"""
        {rows} AS rows WHERE NOT EXISTS (
            SELECT 1 FROM superseded AS gone
            WHERE gone.table_name = '{name}' AND gone.import_id = rows.import_id
              AND gone.owner = rows.submission_owner AND gone.month = rows.submission_month
        )"""


def reported_identities_sql() -> str:
    """What names each thing that may be merged with another, by kind."""
    reported = (f"SELECT '{name}' AS kind, {identity_sql(name)} AS identity FROM raw_{name}" for name in IDENTITIES)
    return " UNION ".join(reported)


def counted_sql(name: str, *, is_merged: bool) -> str:
    """The rows that were not merged away; where nothing was ever merged, the rows and nothing else."""
    merged = f"SELECT identity AS gone_identity FROM merged_away WHERE kind = '{name}'"
    gone = f" ANTI JOIN ({merged}) AS gone ON gone_identity = {identity_sql(name)}"
    return f"SELECT * FROM raw_{name}{gone * is_merged}"


def gross_sql(name: str, *, is_merged: bool) -> str:
    """A gross view. Where nothing was merged it is the view itself; projects of two leads are one anyway."""
    counted, reported = GROSS[name]
    is_same = not is_merged and counted == f"counted_{name}"
    return f"FROM {name}" if is_same else view_sql(name).replace(counted, reported)


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
