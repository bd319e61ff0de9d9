"""What names one reported thing for good: its columns, as one text that no import number or row number is part of."""

from __future__ import annotations

from collections.abc import Mapping

# Of each table whose rows two organizations may both report. A correction of anything else leaves the name as it is;
# a gift has no number, so its amount is part of its name, and a corrected amount is another gift.
IDENTITIES: dict[str, tuple[str, ...]] = {
    "financing": ("organization", "case", "stage"),
    "activities": ("lead", "date", "kind", "region", "title"),
    "aid": ("giver", "giver_name", "date", "stage", "form", "county", "project", "amount"),
    "aid_projects": ("lead", "project"),
}


def joined(columns: tuple[str, ...]) -> str:
    """The SQL that writes columns as one text, empty where there is none, with bars between them."""
    return " || '|' || ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in columns)


def identity_sql(table: str, renamed: Mapping[str, str] | None = None) -> str:
    """The SQL over one row of `table` that gives its identity; `renamed` is where a view calls a column otherwise."""
    names = renamed or {}
    return joined(tuple(f'"{names.get(column, column)}"' for column in IDENTITIES[table]))
