"""The lake: immutable Parquet files, and one ledger that says which of them are true."""

from __future__ import annotations

from gzdash.lake.events import Event, EventKind
from gzdash.lake.freezes import Freeze
from gzdash.lake.imports import Import, Provenance
from gzdash.lake.lake import PROJECT, Lake, LakeKind, default_root
from gzdash.lake.layouts import Layout, Placed
from gzdash.lake.snapshot import DataFile, Snapshot

__all__ = [
    "PROJECT",
    "DataFile",
    "Event",
    "EventKind",
    "Freeze",
    "Import",
    "Lake",
    "LakeKind",
    "Layout",
    "Placed",
    "Provenance",
    "Snapshot",
    "default_root",
]
