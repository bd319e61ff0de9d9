"""What the ledger says of where rows came from, remembered: neither an import nor its layout ever changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gzdash.lake import Import, Lake, Layout, Snapshot

# Snapshots looked at lately; the imports of a lake are some hundred.
_SNAPSHOTS_KEPT = 16
# An import has a layout for each of its sheets.
_LAYOUTS_KEPT = 1_024

Place = tuple[str, str, int]


@lru_cache(maxsize=_SNAPSHOTS_KEPT)
def sources_of(lake: Lake, snapshot: Snapshot) -> Mapping[int, Import]:
    """The imports of a snapshot by number. Whether one is live is as it was when they were first looked up."""
    return {one.id: one for one in lake.imports()}


@lru_cache(maxsize=_LAYOUTS_KEPT)
def layouts_by_place(lake: Lake, identity: str, import_id: int) -> Mapping[Place, Layout]:
    """The layouts of an import of the lake with that `identity`, by table, sheet and part of a mapping."""
    return {(one.table, one.sheet, one.part): one for one in lake.layouts(import_id)}
