"""An empty lake, and an engine that reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from tests.register import ticking


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty real lake made on 2023-09-10 at 09:00; its clock goes on by an hour at every event."""
    return Lake.init(tmp_path / "lake", "real", ticking())


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)
