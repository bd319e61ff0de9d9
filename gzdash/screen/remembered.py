"""Parts of pages, remembered: what was made for one reader is there for the next who looks at the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")
# Of each kind of part that a page is made of; a part has some kilobytes.
_KEPT = 512
_REMEMBERED: list[Callable[[], None]] = []


def remembered(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """What a part of a page is made by, asked once for all readers who see the same: a snapshot never changes. All that
    decides how the part looks must be among the arguments, and what it gives may be changed by nobody."""
    kept = lru_cache(maxsize=_KEPT)(make)
    _REMEMBERED.append(kept.cache_clear)
    return cast(Callable[Arguments, Made], kept)


def forget() -> None:
    """Make all parts anew, so that making them can be measured and tested."""
    for clear in _REMEMBERED:
        clear()
