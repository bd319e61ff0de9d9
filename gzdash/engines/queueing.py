"""Turns: first come, first served, and the same question once for all who ask it together."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from math import inf
from threading import Event, Lock
from time import monotonic

import pyarrow as pa

from gzdash.engines.faults import too_busy
from gzdash.faults import Refused

# A question keeps a core busy; more of them at once only make each other slower.
AT_ONCE = max(2, os.cpu_count() or 2)
# Nobody waits longer than a question may run, and no queue grows longer than could be served by then.
WAITING_SECONDS = 30
WAITING_AT_MOST = 500


class Turn:
    """One thread's turn: it waits until `called`, and from then on counts among those who are served."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self.called = Event()
        self.until = inf

    def end(self) -> None:
        """Let the next one have it; nothing happens where the turn has ended before."""
        self._queue.leave(self)


class Queue:
    """Turns for `at_once` threads, first come, first served.

    A session asks one question after another from one thread, so it has one place in the queue however much it asks.
    A turn that has taken `lasting` seconds is late: its thread goes on beside the others, and the next one comes, until
    `late_at_most` threads are beside those who are served.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        waiting_at_most: int = WAITING_AT_MOST,
        seconds: float = WAITING_SECONDS,
        lasting: float = inf,
        late_at_most: float = inf,
    ) -> None:
        self._lock = Lock()
        self._at_once = at_once
        self._most = waiting_at_most
        self._seconds = seconds
        self._lasting = lasting
        self._most_at_all = at_once + late_at_most
        self._served: list[Turn] = []
        self._late: list[Turn] = []
        self._waiting: deque[Turn] = deque()
        self._asked: dict[Hashable, Future[pa.Table]] = {}

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """The block runs when it is its turn, which it may end early; raises Refused when the queue is full or the turn
        does not come."""
        mine = self._enter()
        try:
            yield mine
        finally:
            mine.end()

    def once(self, key: Hashable, work: Callable[[], pa.Table]) -> pa.Table:
        """The result of `work`; whoever asks for the same key meanwhile waits for it, and it fails for all alike."""
        with self._lock:
            asked = self._asked.get(key)
            if asked is None:
                mine = self._asked[key] = Future[pa.Table]()
        if asked is not None:
            return asked.result()
        try:
            with self.turn():
                mine.set_result(work())
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._asked[key]
        return mine.result()

    def leave(self, turn: Turn) -> None:
        """The turn goes to whoever has waited longest: nobody who comes now can slip in between."""
        with self._lock:
            self._served = [one for one in self._served if one is not turn]
            self._late = [one for one in self._late if one is not turn]
            self._call()

    def _enter(self) -> Turn:
        mine = Turn(self)
        with self._lock:
            if len(self._waiting) >= self._most and not self._has_room():
                raise Refused(too_busy())
            self._waiting.append(mine)
            self._call()
        limit = monotonic() + self._seconds
        while not mine.called.wait(self._patience(limit)):
            self._look_again(mine, limit)
        return mine

    def _patience(self, limit: float) -> float:
        """The seconds until the limit, or until a turn is late: one that is served now, or begins meanwhile."""
        with self._lock:
            now = monotonic()
            return max(min((limit, now + self._lasting, *(one.until for one in self._served))) - now, 0.0)

    def _look_again(self, mine: Turn, limit: float) -> None:
        """The turn may have come between the end of waiting and now; then it is taken."""
        with self._lock:
            self._call()
            if mine.called.is_set() or monotonic() < limit:
                return
            self._waiting.remove(mine)
        raise Refused(too_busy())

    def _call(self) -> None:
        while self._waiting and self._has_room():
            one = self._waiting.popleft()
            one.until = monotonic() + self._lasting
            self._served.append(one)
            one.called.set()

    def _has_room(self) -> bool:
        now = monotonic()
        self._late += [one for one in self._served if one.until <= now]
        self._served = [one for one in self._served if one.until > now]
        return len(self._served) < self._at_once and len(self._served) + len(self._late) < self._most_at_all
