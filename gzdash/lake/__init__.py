"""The lake: immutable Parquet files, and one ledger that says which of them are true."""

from __future__ import annotations

from gzdash.lake.lake import PROJECT, Import, Lake, LakeKind, Provenance, default_root
from gzdash.lake.snapshot import DataFile, Snapshot

__all__ = ["PROJECT", "DataFile", "Import", "Lake", "LakeKind", "Provenance", "Snapshot", "default_root"]
