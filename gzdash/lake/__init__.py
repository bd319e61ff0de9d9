"""The lake: immutable Parquet files, and one ledger that says which of them are true."""

from __future__ import annotations

from gzdash.lake.events import Event, EventKind
from gzdash.lake.freezes import Freeze
from gzdash.lake.imports import Import, Provenance
from gzdash.lake.lake import PROJECT, Lake, LakeKind, default_root
from gzdash.lake.layouts import Layout, Placed
from gzdash.lake.packs import Compacted
from gzdash.lake.snapshot import DataFile, Pack, Snapshot

__all__ = [
    "PROJECT",
    "Compacted",
    "DataFile",
    "Event",
    "EventKind",
    "Freeze",
    "Import",
    "Lake",
    "LakeKind",
    "Layout",
    "Pack",
    "Placed",
    "Provenance",
    "Snapshot",
    "default_root",
]
