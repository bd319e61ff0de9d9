"""Parts of pages are made once for all readers, by whoever comes first, also ahead of the page on another thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, current_thread

import pytest

from gzdash.screen.remembered import page_drawn, remembered

PATIENCE = 30  # seconds


def test_readers_who_ask_at_once_get_one_part_made_once() -> None:
    made, together = [], Barrier(4)

    @remembered
    def part(chain: str) -> list[str]:
        made.append(chain)
        return [chain]

    def asked(_: int) -> list[str]:
        together.wait(PATIENCE)
        return part("GZ21-05")

    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(asked, range(4)))

    assert made == ["GZ21-05"]
    assert all(one is found[0] for one in found)


def test_a_part_made_ahead_is_made_on_another_thread_and_waited_for() -> None:
    is_begun, may_go_on, makers = Event(), Event(), []

    @remembered
    def part(chain: str) -> str:
        makers.append(current_thread())
        is_begun.set()
        may_go_on.wait(PATIENCE)
        return chain.lower()

    part.ahead("GZ21-05")
    assert is_begun.wait(PATIENCE)
    with ThreadPoolExecutor(1) as reader:
        asked = reader.submit(part, "GZ21-05")
        may_go_on.set()
        assert asked.result(PATIENCE) == "gz21-05"
    assert [maker.name.rpartition("_")[0] for maker in makers] == ["parts-ahead"]


def test_what_fails_ahead_is_told_to_who_asks_and_made_again_the_next_time() -> None:
    is_mended = False

    @remembered
    def part(chain: str) -> str:
        if not is_mended:
            raise ValueError("no lake")
        return chain

    part.ahead("GZ21-05")
    with pytest.raises(ValueError, match="no lake"):
        part("GZ21-05")
    is_mended = True
    assert part("GZ21-05") == "GZ21-05"


def test_what_is_made_already_is_not_made_ahead_again() -> None:
    made = []

    @remembered
    def part(chain: str) -> str:
        made.append(chain)
        return chain

    part("GZ21-05")
    for _ in range(3):
        part.ahead("GZ21-05")
    part("GZ21-05")
    assert made == ["GZ21-05"]


def test_while_several_pages_are_drawn_each_makes_its_own_parts() -> None:
    makers = []

    @remembered
    def part(chain: str) -> str:
        makers.append(current_thread())
        return chain

    with page_drawn():
        with page_drawn():
            part.ahead("GZ21-05")
        assert makers == []
        part("GZ21-05")
        part.ahead("GZ21-06")
    part("GZ21-06")
    assert makers[0] is current_thread()
    assert len(makers) == 2
