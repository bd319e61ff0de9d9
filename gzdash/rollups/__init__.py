"""Rollups: small cubes derived from a snapshot, only ever a faster way to the same Answer."""

from __future__ import annotations

from gzdash.rollups.cube import Cube, column_of, cubes, measure
from gzdash.rollups.finding import Found, cube_for
from gzdash.rollups.folder import ROLLUPS_FOLDER, StoredCube, Unreadable, drop
from gzdash.rollups.refreshing import Refreshed, refresh, sweep
from gzdash.rollups.renewing import is_behind, renew

__all__ = [
    "ROLLUPS_FOLDER",
    "Cube",
    "Found",
    "Refreshed",
    "StoredCube",
    "Unreadable",
    "column_of",
    "cube_for",
    "cubes",
    "drop",
    "is_behind",
    "measure",
    "refresh",
    "renew",
    "sweep",
]
