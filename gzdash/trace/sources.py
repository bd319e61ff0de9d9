"""What the ledger says of where rows came from, remembered: neither an import nor its layout ever changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gzdash.lake import Import, Lake, Layout, Snapshot

# Snapshots looked at lately; the imports of a lake are some hundred.
_SNAPSHOTS_KEPT = 16
# Of the imports that rows which were shown together came from.
_LAYOUTS_KEPT = 16

# An import, and a table, a sheet and a part of a mapping in it.
Place = tuple[int, str, str, int]


@lru_cache(maxsize=_SNAPSHOTS_KEPT)
def sources_of(lake: Lake, snapshot: Snapshot) -> Mapping[int, Import]:
    """The imports of a snapshot by number. Whether one is live is as it was when they were first looked up."""
    return {one.id: one for one in lake.imports()}


@lru_cache(maxsize=_LAYOUTS_KEPT)
def layouts_by_place(lake: Lake, identity: str, import_ids: frozenset[int]) -> Mapping[Place, Layout]:
    """The layouts of some imports of the lake with that `identity`, read together: opening the ledger costs more."""
    found = lake.layouts(sorted(import_ids)).items()
    return {(number, one.table, one.sheet, one.part): one for number, layouts in found for one in layouts}
