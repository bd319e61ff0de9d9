"""Parts of pages, remembered: what was made for one reader is there for the next who looks at the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple

Given = TypeVarTuple("Given")
Made = TypeVar("Made")
# Of each kind of part that a page is made of; a part has some kilobytes. Some 700 selections of the overview: where
# they do not fit, parts are made and forgotten all day, and the process grows by more than all of them take.
_KEPT = 2_048
_REMEMBERED: list[Callable[[], None]] = []
# One thread for all readers: it takes what a page has not come to yet, so that both cores are at work on a page that
# nobody looked at before.
_AHEAD = ThreadPoolExecutor(1, "parts-ahead")
# One for each page that is drawn now.
_DRAWN_NOW: list[None] = []


class Remembered(Generic[*Given, Made]):
    """What a part of a page is made by, asked once for all readers who see the same: a snapshot never changes. All that
    decides how the part looks must be among the arguments, and what it gives may be changed by nobody."""

    def __init__(self, make: Callable[[*Given], Made]) -> None:
        self.__doc__ = make.__doc__
        self._make = make
        self._parts = lru_cache(maxsize=_KEPT)(self._part)
        _REMEMBERED.append(self._parts.cache_clear)

    def __call__(self, *given: *Given) -> Made:
        """The part; raises what making it raises, and then it is made anew the next time."""
        return self._parts(*given).made()

    def ahead(self, *given: *Given) -> None:
        """Begin to make the part on another thread; whoever asks for it meanwhile waits for that. What goes wrong there
        goes wrong again where the part is asked for. Not while other pages are drawn: they keep the cores at work, and
        one thread more would only compete with theirs."""
        part = self._parts(*given)
        if len(_DRAWN_NOW) <= 1 and not part.is_made:
            _AHEAD.submit(part.made)

    def _part(self, *given: *Given) -> _Part[Made]:
        return _Part(partial(self._make, *given))


class _Part(Generic[Made]):
    """A part that is made once, by the first thread that asks for it."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: list[Made] = []

    @property
    def is_made(self) -> bool:
        return bool(self._made)

    def made(self) -> Made:
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]


@contextmanager
def page_drawn() -> Iterator[None]:
    """A page is drawn for a reader inside: while several are, none of them has its parts made ahead."""
    _DRAWN_NOW.append(None)
    try:
        yield
    finally:
        _DRAWN_NOW.pop()


def is_any_drawn() -> bool:
    """Whether a page is drawn for a reader now."""
    return bool(_DRAWN_NOW)


def remembered(make: Callable[[*Given], Made]) -> Remembered[*Given, Made]:
    """The function with its parts remembered."""
    return Remembered(make)


def forget() -> None:
    """Make all parts anew, so that making them can be measured and tested."""
    for clear in _REMEMBERED:
        clear()
