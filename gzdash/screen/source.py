"""Which lake the pages read, and the desk where they ask: one engine a lake, one snapshot an event."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.engines.choosing import engine_of
from gzdash.lake import Lake, Snapshot, default_root
from gzdash.selection import moment_of

AS_OF = "as_of"


def lake() -> Lake:
    """The lake of this server."""
    return Lake(default_root())


def desk(as_of: int | None = None) -> Desk:
    """The desk over the newest snapshot, or over the one at event `as_of`; raises Refused as the lake does."""
    here = lake()
    identity, newest = here.position()
    return Desk(_snapshot(here.root, identity, newest if as_of is None else as_of), engine(here.root))


def numbered(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a URL with a date or time in `as_of` turned into the number of the newest event then."""
    moment = moment_of(parameters.get(AS_OF, "").strip())
    return dict(parameters) | ({AS_OF: str(lake().event_at(moment))} if moment else {})


@lru_cache(maxsize=4)
def engine(root: Path) -> Engine:
    """The engine of a lake: one connection for all readers."""
    return engine_of(root)


@lru_cache(maxsize=64)
def _snapshot(root: Path, identity: str, event: int) -> Snapshot:
    """A snapshot never changes; `identity` tells a lake from another made in its place."""
    return Lake(root).snapshot(event)
