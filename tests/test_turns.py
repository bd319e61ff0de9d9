"""Pages take turns: whoever clicks while others are drawn comes next, and is told when that takes too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from gzdash.engines.queueing import Queue
from gzdash.lake import Lake
from gzdash.screen import chrome, kiosk, turns
from tests.paging import html_of, open_page


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """One page at a time, of a lake without rows, and nobody waits; a page says why it failed."""
    queue = Queue(at_once=1, waiting_at_most=0)
    monkeypatch.setenv("GZDASH_LAKE", str(Lake.init(tmp_path / "lake", "real").root))
    monkeypatch.setattr(turns, "TURNS", queue)
    before = config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    yield queue
    config.set_option("client.showErrorDetails", before)


def test_a_page_that_does_not_get_its_turn_is_refused_and_comes_with_the_next_click(queue: Queue) -> None:
    with queue.turn():
        page = open_page("published", language="en")
        assert ["question-not-reached" in one.message for one in page.exception] == [True]
        # The bar is there, in the language that was asked for.
        assert '<style class="gz-frame" lang="en">' in html_of(page)
        assert [one.label for one in page.button] == ["中", "EN"]
    assert not page.run().exception
    told = AppTest.from_function(tell).run()
    assert "现在查询的人太多，没有轮到这一次。" in html_of(told)
    assert "稍等片刻再试，筛选不会丢。" in html_of(told)


def test_a_screen_on_a_wall_that_does_not_get_its_turn_asks_again_by_itself(queue: Queue) -> None:
    with queue.turn():
        page = open_page("published", kiosk="1")
        assert page.exception
        assert page.session_state[kiosk._SHOWN] is None
    assert not page.run().exception
    assert page.session_state[kiosk._SHOWN] == 0


def tell() -> None:
    from gzdash.engines.faults import too_busy
    from gzdash.faults import Refused
    from gzdash.screen.fallback import show_error_page

    assert show_error_page(Refused(too_busy()))


def fail(*_: object) -> None:
    raise ValueError("broken")


def stop(*_: object) -> None:
    st.stop()


@pytest.mark.parametrize(("what", "faults"), [(fail, ["broken"]), (stop, []), (None, [])])
def test_a_page_gives_its_turn_back_however_it_ends(
    what: Callable[..., None] | None, faults: list[str], queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what:
        monkeypatch.setattr(chrome, "draw_brand", what)
    assert [one.message for one in open_page("published").exception] == faults
    with queue.turn():
        pass


def test_a_page_that_takes_longer_than_any_should_holds_up_nobody() -> None:
    with turns.TURNS.turn(), turns.TURNS.turn(), turns.TURNS.turn() as third:
        assert third.called.is_set()
