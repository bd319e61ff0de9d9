"""A `Scope` says which rows a reader may see; it stands beside the Selection in every question and cache key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Row rights: an empty tuple means no limit on that side."""

    districts: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


EVERYTHING = Scope()
