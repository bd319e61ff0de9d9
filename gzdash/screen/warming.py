"""Warming: the first page drawn for nobody, so that its questions are answered before the first reader asks them.

Then it is drawn for each chain, which is what most readers choose next.
"""

from __future__ import annotations

import gc
import logging
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from gzdash.ask import Desk, default_selection
from gzdash.reference import code_list
from gzdash.screen import reader
from gzdash.screen.chrome import draw_title
from gzdash.screen.view import View, hold
from gzdash.selection import Selection
from gzdash.theme import palette_of
from gzdash.words import DEFAULT_LANGUAGE
from gzdash.words.frame import PAGES

_FIRST_PAGE = next(iter(PAGES))
_FILE = Path(__file__).resolve().parents[2] / "pages" / f"{_FIRST_PAGE}.py"
# How many things more than have gone, and how many looks at these, before garbage is looked for: with Python's own
# numbers that is a twentieth of all work for fifty readers, and nearly nothing is found.
_GARBAGE = (20_000, 20, 20)
# Outside of a session Streamlit draws nothing and says so at every call.
_NO_SESSION = "streamlit.runtime.scriptrunner_utils.script_run_context"


def choices_to_come(desk: Desk) -> Iterator[Selection]:
    """What readers are likely to choose on the first page: one chain or another."""
    default = default_selection(desk.snapshot)
    return (default.with_(chains=(code,)) for code in code_list("chain").codes)


def draw_unseen(desk: Desk, selection: Selection | None = None) -> None:
    """Run the first page as a reader first sees it, or with a selection, on a thread without session; raises Refused as
    the page does."""
    selection = selection or default_selection(desk.snapshot)
    view = View(_FIRST_PAGE, DEFAULT_LANGUAGE, palette_of("light"), desk, selection)
    with _in_silence():
        st.session_state[reader.LANGUAGE] = DEFAULT_LANGUAGE
        draw_title(st.empty(), view, "")
        hold(view)
        runpy.run_path(str(_FILE))


def freeze() -> None:
    """Tell the garbage collector that what is there now stays: Streamlit collects all garbage after every run, and
    walks what is frozen no more. What was frozen before and has become garbage since goes first. From then on it looks
    for garbage less often."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


@contextmanager
def _in_silence() -> Iterator[None]:
    logger = logging.getLogger(_NO_SESSION)
    # Its level is set anew by Streamlit whenever it speaks.
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = False
