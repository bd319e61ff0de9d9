"""What follows the figures of a page is made at once, held back until these are drawn, and sent in any case."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from gzdash.screen import following as module
from gzdash.screen.following import Following


class Clock:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(module, "monotonic", lambda: self.now)
        monkeypatch.setattr(module, "sleep", self.sleep)

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Run:
    """As much of Streamlit's context of a run as sends messages."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.is_cut_short = False
        self._enqueue = self._take

    def _take(self, message: ForwardMsg) -> None:
        self.sent.append(message.ref_hash)

    def yield_check(self) -> None:
        if self.is_cut_short:
            raise InterruptedError

    def send(self, name: str) -> None:
        self._enqueue(ForwardMsg(ref_hash=name))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def held_back(run: Any, clock: Clock) -> Following:
    return Following(run, clock.now)


def test_what_follows_the_figures_waits_for_them_and_then_comes_in_its_order(clock: Clock) -> None:
    run = Run()
    run.send("figures")
    follows = held_back(run, clock)
    run.send("chart")
    run.send("filters")
    assert run.sent == ["figures"]

    follows.wait()
    follows.release()

    assert clock.now == pytest.approx(1_000.1)
    assert run.sent == ["figures", "chart", "filters"]


def test_once_the_figures_are_drawn_everything_is_sent_as_it_is_made(clock: Clock) -> None:
    run = Run()
    held_back(run, clock)
    run.send("chart")
    clock.sleep(0.2)
    run.send("map")
    assert run.sent == ["chart", "map"]

    run.send("filters")
    assert run.sent == ["chart", "map", "filters"]


def test_nobody_waits_where_nothing_is_held_back(clock: Clock) -> None:
    held_back(Run(), clock).wait()
    assert clock.now == 1_000.0


def test_a_run_that_the_next_click_makes_needless_ends_while_it_is_held_back(clock: Clock) -> None:
    run = Run()
    follows = held_back(run, clock)
    run.send("chart")
    run.is_cut_short = True
    with pytest.raises(InterruptedError):
        run.send("map")

    follows.release()
    assert run.sent == ["chart"]


def test_outside_of_a_run_nothing_is_held_back() -> None:
    assert module.following(0.0) is None
