"""Renewing: the cubes that a change of the lake calls for, made after the change is true, and never in its way."""

from __future__ import annotations

from gzdash.engines import Engine
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.lake.lake import is_read_only
from gzdash.rollups.folder import stored
from gzdash.rollups.refreshing import refresh
from gzdash.rollups.state import states


def renew(lake: Lake, engine: Engine) -> None:
    """Make the cubes of the newest snapshot that are missing, by DuckDB, whichever engine asks the rows.

    The change that called for them is done, and they only make answers faster: what stands in their way, such as a
    full disk, is no fault of the change, and `python -m gzdash rollups` tells of it.
    """
    if is_read_only():
        return
    try:
        for _ in refresh(engine if isinstance(engine, DuckDBEngine) else DuckDBEngine(lake.root), lake.snapshot()):
            pass
    except (OSError, Refused):
        return


def is_behind(lake: Lake) -> bool:
    """Whether the newest snapshot lacks cubes; raises Refused when the lake cannot be read."""
    now = lake.snapshot()
    return any(stored(now.root, state) is None for state in states(now).values())
