"""Answers kept by value: a snapshot never changes, so nothing is ever invalidated, only forgotten."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from gzdash.answer import Answer, Question

Key = tuple[str, int, Question]

# An overview takes some sixty of a few rows; one by organization has some thousands. A row costs at most half a
# kilobyte once it is read, so that all of them take 250 MB and usually a tenth of that; an answer itself three.
ANSWERS_KEPT = 20_000
ROWS_KEPT = 500_000


class Answers:
    """The answers used last, for all threads: at most `size` of them, and of at most `rows` rows together, but always
    the newest. Rows and not bytes are counted, for what a row costs are the Python objects that it is read as."""

    def __init__(self, size: int = ANSWERS_KEPT, rows: int = ROWS_KEPT) -> None:
        self._size, self._rows = size, rows
        self._held = 0
        self._lock = Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Key) -> Answer | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        with self._lock:
            if known := self._answers.pop(key, None):
                self._held -= known.table.num_rows
            self._answers[key] = answer
            self._held += answer.table.num_rows
            while len(self._answers) > self._size or (self._held > self._rows and len(self._answers) > 1):
                _, oldest = self._answers.popitem(last=False)
                self._held -= oldest.table.num_rows
