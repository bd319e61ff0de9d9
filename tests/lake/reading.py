"""What counts in a lake, and how it refuses."""

from __future__ import annotations

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake import Snapshot


def posts(engine: DuckDBEngine, snapshot: Snapshot) -> list[tuple[str, str, int]]:
    """(organization, month, posts) of every row that counts."""
    found = engine.run("SELECT organization, month, posts FROM raw_jobs", {}, snapshot).to_pylist()
    return sorted((row["organization"], f"{row['month']:%Y-%m}", row["posts"]) for row in found)


def refused(code: str, place: str = "") -> pytest.RaisesExc[Refused]:
    """A refusal for one reason at one place."""
    return pytest.RaisesExc(Refused, check=lambda error: (error.faults[0].code, error.faults[0].place) == (code, place))
