"""Reading ahead: the next pieces of something long are fetched while somebody works on this one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")


def ahead(pieces: Iterable[Piece], count: int) -> Iterator[Piece]:
    """The same pieces in the same order, `count` more of them held; what fetching raises is raised where it was wanted.

    They are fetched in a thread of their own while a piece is worked on, but nothing before the first is asked for.
    Whoever stops early waits for the one on its way.
    """
    coming = iter(pieces)
    with ThreadPoolExecutor(1, "reading-ahead") as reader:
        following = deque(reader.submit(next, coming, None) for _ in range(1 + count))
        try:
            while (piece := following.popleft().result()) is not None:
                following.append(reader.submit(next, coming, None))
                yield piece
        finally:
            reader.shutdown(cancel_futures=True)
