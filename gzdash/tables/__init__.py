"""Every table of the lake, declared once: columns, types, labels, units and rules."""

from __future__ import annotations

from gzdash.tables.aid import AID, AID_PROJECTS
from gzdash.tables.declaration import (
    MONEY_TYPE,
    TECHNICAL,
    Column,
    Kind,
    Rule,
    Table,
)
from gzdash.tables.employment import JOBS, TRAINING
from gzdash.tables.industry import ACTIVITIES, FINANCING, NEEDS
from gzdash.tables.office import DISMISSALS, MERGES, SUBMISSIONS, TARGETS
from gzdash.tables.register import ORGANIZATION_CHAINS, ORGANIZATIONS

TABLES: dict[str, Table] = {
    table.key: table
    for table in (
        ORGANIZATIONS,
        ORGANIZATION_CHAINS,
        JOBS,
        TRAINING,
        ACTIVITIES,
        NEEDS,
        FINANCING,
        AID_PROJECTS,
        AID,
        SUBMISSIONS,
        TARGETS,
        MERGES,
        DISMISSALS,
    )
}

__all__ = ["MONEY_TYPE", "TABLES", "TECHNICAL", "Column", "Kind", "Rule", "Table"]
