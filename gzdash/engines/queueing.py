"""The queue before an engine: first come, first served, and the same question once for all who ask it together."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event, Lock

import pyarrow as pa

from gzdash.engines.faults import too_busy
from gzdash.faults import Refused

# A question keeps a core busy; more of them at once only make each other slower.
AT_ONCE = max(2, os.cpu_count() or 2)
# Nobody waits longer than a question may run, and no queue grows longer than could be served by then.
WAITING_SECONDS = 30
WAITING_AT_MOST = 500


class Queue:
    """Turns for `at_once` threads, first come, first served.

    A session asks one question after another from one thread, so it has one place in the queue however much it asks.
    """

    def __init__(
        self, at_once: int = AT_ONCE, waiting_at_most: int = WAITING_AT_MOST, seconds: float = WAITING_SECONDS
    ) -> None:
        self._lock = Lock()
        self._free = at_once
        self._most = waiting_at_most
        self._seconds = seconds
        self._waiting: deque[Event] = deque()
        self._asked: dict[Hashable, Future[pa.Table]] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The block runs when it is its turn; raises Refused when the queue is full or the turn does not come."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

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

    def _enter(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._waiting) >= self._most:
                raise Refused(too_busy())
            called = Event()
            self._waiting.append(called)
        if not called.wait(self._seconds):
            self._give_up(called)

    def _give_up(self, called: Event) -> None:
        """The turn may have come between the end of waiting and now; then it is taken."""
        with self._lock:
            if called.is_set():
                return
            self._waiting.remove(called)
        raise Refused(too_busy())

    def _leave(self) -> None:
        """The turn goes to whoever has waited longest: nobody who comes now can slip in between."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
