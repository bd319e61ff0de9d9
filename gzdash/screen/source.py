"""Which lake the pages read, and the desk where they ask: one engine a lake, one snapshot an event."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.engines.choosing import engine_of
from gzdash.insight import restatement
from gzdash.lake import Freeze, Lake, Snapshot, default_root
from gzdash.selection import moment_of

AS_OF = "as_of"

# Which lake, and its newest event. The ledger is opened for it once a run: eight times took a tenth of the run.
Position = tuple[str, int]


def lake() -> Lake:
    """The lake of this server."""
    return Lake(default_root())


def desk(as_of: int | None = None) -> Desk:
    """The desk over the newest snapshot, or over the one at event `as_of`; raises Refused as the lake does."""
    identity, newest = lake().position()
    return desk_at(identity, newest if as_of is None else as_of)


def desk_at(identity: str, event: int) -> Desk:
    """The desk over the snapshot at `event` of the lake with that identity, which the caller has just looked up."""
    root = lake().root
    return Desk(_snapshot(root, identity, event), engine(root))


@lru_cache(maxsize=64)
def freezes(root: Path, now: Position) -> tuple[Freeze, ...]:
    """The freezes of a lake as it is at `now`: each is an event of its own."""
    return Lake(root).freezes()


@lru_cache(maxsize=64)
def usual_since(root: Path, now: Position) -> int:
    """The event that a page looks back to when nobody chose one, of a lake as it is at `now`."""
    return restatement.usual_since(Lake(root))


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
