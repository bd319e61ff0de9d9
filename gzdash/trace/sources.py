"""What the ledger says of where rows came from, remembered: neither an import nor its layout ever changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gzdash.lake import Import, Lake, Layout, Snapshot

# Snapshots looked at lately; the imports of a lake are some hundred.
_SNAPSHOTS_KEPT = 16
# Of the imports that a page of rows came from, which are no more than it has rows: 10 MB at most. A download may come
# from all imports of a lake, and its layouts are not kept.
_PAGES_KEPT = 16
_IMPORTS_OF_A_PAGE = 100

# An import, and a table, a sheet and a part of a mapping in it.
Place = tuple[int, str, str, int]


@lru_cache(maxsize=_SNAPSHOTS_KEPT)
def sources_of(lake: Lake, snapshot: Snapshot) -> Mapping[int, Import]:
    """The imports of a snapshot by number. Whether one is live is as it was when they were first looked up."""
    return {one.id: one for one in lake.imports()}


def layouts_by_place(lake: Lake, identity: str, import_ids: frozenset[int]) -> Mapping[Place, Layout]:
    """The layouts of some imports of the lake with that `identity`, read together: opening the ledger costs more."""
    if len(import_ids) > _IMPORTS_OF_A_PAGE:
        return _read(lake, import_ids)
    return layouts_of_page(lake, identity, import_ids)


@lru_cache(maxsize=_PAGES_KEPT)
def layouts_of_page(lake: Lake, identity: str, import_ids: frozenset[int]) -> Mapping[Place, Layout]:
    """The layouts of the few imports that a page of rows came from, remembered for the lake with that `identity`: there
    may be another in its folder one day."""
    return _read(lake, import_ids)


def _read(lake: Lake, import_ids: frozenset[int]) -> Mapping[Place, Layout]:
    found = lake.layouts(sorted(import_ids)).items()
    return {(number, one.table, one.sheet, one.part): one for number, layouts in found for one in layouts}
