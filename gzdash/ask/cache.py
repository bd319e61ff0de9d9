"""Answers kept by value: a snapshot never changes, so nothing is ever invalidated, only forgotten."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from gzdash.answer import Answer, Question

Key = tuple[str, int, Question]


class Answers:
    """The answers used last, `size` of them, for all threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def get(self, key: Key) -> Answer | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        with self._lock:
            self._answers[key] = answer
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)
