"""Reading ahead: the next piece of something long is fetched while somebody works on this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")


def ahead(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces in the same order, one more of them held; what fetching raises is raised where it was wanted.

    The next one is fetched in a thread of its own from when a piece is handed out, but nothing before the first is
    asked for. Whoever stops early waits for the one on its way.
    """
    coming = iter(pieces)
    with ThreadPoolExecutor(1, "reading-ahead") as reader:
        following = reader.submit(next, coming, None)
        while (piece := following.result()) is not None:
            following = reader.submit(next, coming, None)
            yield piece
