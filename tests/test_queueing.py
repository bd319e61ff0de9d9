"""Turns: in the order people came, one answer for the same question, a refusal in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pyarrow as pa
import pytest

from gzdash.engines.queueing import Queue
from gzdash.faults import Refused

ANSWER = pa.table({"n": [7]})


def wait_until(is_so: Callable[[], bool]) -> None:
    """Returns once it is so; fails after some seconds."""
    limit = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.001)


@contextmanager
def four_in_a_row(queue: Queue) -> Iterator[list[int]]:
    """Four come, each when the one before has its place, and stay until the block ends; the numbers of those served."""
    served, door = list[int](), threading.Event()

    def ask(number: int) -> None:
        with queue.turn():
            served.append(number)
            door.wait(5)

    with ThreadPoolExecutor(4) as readers:
        for number in range(4):
            readers.submit(ask, number)
            wait_until(lambda number=number: len(served) + len(queue._waiting) > number)  # type: ignore[misc]
        yield served
        door.set()


def test_who_came_first_is_served_first_and_never_more_than_allowed_at_once() -> None:
    with four_in_a_row(Queue(at_once=1)) as served:
        assert served == [0]
    assert served == [0, 1, 2, 3]


def test_a_question_that_many_ask_at_once_is_answered_once_for_all() -> None:
    queue, asked, door = Queue(), list[int](), threading.Event()

    def work() -> pa.Table:
        asked.append(1)
        door.wait(5)
        return ANSWER

    with ThreadPoolExecutor(5) as readers:
        answers = [readers.submit(queue.once, "question", work) for _ in range(5)]
        wait_until(lambda: bool(asked))
        door.set()
        assert all(answer.result() is ANSWER for answer in answers)
    assert len(asked) == 1
    assert queue.once("question", lambda: ANSWER) is ANSWER
    assert not queue._asked


def test_who_finds_the_queue_full_or_waits_too_long_is_refused_in_words_and_the_next_is_served() -> None:
    queue = Queue(at_once=1, waiting_at_most=0)
    slow = Queue(at_once=1, seconds=0.01)
    for one in (queue, slow):
        with one.turn(), pytest.raises(Refused) as refused, one.turn():
            pass
        assert refused.value.faults[0].code == "question-not-reached"
        assert refused.value.faults[0].title.zh == "现在查询的人太多，没有轮到这一次。"
        with one.turn():
            pass


def test_a_question_that_fails_gives_its_turn_back_and_is_asked_anew() -> None:
    queue = Queue(at_once=1)

    def fail() -> pa.Table:
        raise ValueError("broken")

    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            queue.once("question", fail)
    assert queue.once("question", lambda: ANSWER) is ANSWER


def test_a_turn_ended_early_is_the_next_ones_at_once_and_ends_once() -> None:
    queue = Queue(at_once=1, waiting_at_most=0)
    with queue.turn() as first:
        first.end()
        with queue.turn():
            first.end()
            with pytest.raises(Refused, match="question-not-reached"), queue.turn():
                pass
    with queue.turn():
        pass


def test_a_turn_that_takes_too_long_goes_on_beside_the_others_and_holds_up_nobody() -> None:
    queue = Queue(at_once=1, seconds=20, lasting=0.05)
    with queue.turn() as slow:
        with queue.turn() as next_one:
            assert slow.called.is_set()
            assert queue._served == [next_one]
        assert queue._served == []
    assert queue._served == []


def test_who_waits_longest_comes_first_when_a_turn_takes_too_long() -> None:
    with four_in_a_row(Queue(at_once=1, seconds=20, lasting=0.05)) as served:
        wait_until(lambda: len(served) == 4)
    assert served == [0, 1, 2, 3]


def test_who_waits_behind_late_turns_is_called_when_others_that_came_in_between_are_late_too() -> None:
    queue = Queue(at_once=2, seconds=20, lasting=0.1, late_at_most=2)
    served, leave = list[int](), [threading.Event() for _ in range(7)]

    def ask(number: int) -> None:
        with queue.turn():
            served.append(number)
            leave[number].wait(20)

    with ThreadPoolExecutor(7) as readers:
        for number in range(4):
            readers.submit(ask, number)
        wait_until(lambda: (len(served) == 4 and len(queue._late) == 4) or (not queue._has_room() and len(served) == 4))
        time.sleep(0.15)
        for number in range(4, 7):
            readers.submit(ask, number)
            wait_until(lambda number=number: len(queue._waiting) == number - 3)  # type: ignore[misc]
        for number in range(3):
            leave[number].set()
        wait_until(lambda: len(served) == 7)
        for one in leave:
            one.set()


def test_no_more_turns_may_take_too_long_than_are_allowed_beside_the_others() -> None:
    queue = Queue(at_once=1, seconds=0.2, lasting=0.05, late_at_most=1)
    with queue.turn() as first, queue.turn():
        with pytest.raises(Refused, match="question-not-reached"), queue.turn():
            pass
        first.end()
        with queue.turn():
            pass
    assert (queue._served, queue._late) == ([], [])
