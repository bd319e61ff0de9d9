"""A screen on a wall: what is chosen, in words, in the place of the controls, and a look at the ledger now and then."""

from __future__ import annotations

import html

import streamlit as st

from gzdash.screen import source
from gzdash.screen.chrome import selection_in_words
from gzdash.screen.view import View

# Often enough that an import is seen while people talk about it; the question costs the ledger a fraction of a
# millisecond.
_LOOK_SECONDS = 10.0
# The event of the ledger that the screen shows, as the session remembers it.
_SHOWN = "kiosk_shown"
_BEING_DRAWN = -1


def look_again() -> None:
    """The self-refresh, drawn before anything that can be refused or fail: nobody is there to click again. Until
    `leave_alone` is called, it takes the page for one that was not drawn."""
    st.session_state[_SHOWN] = _BEING_DRAWN
    st.fragment(_look, run_every=_LOOK_SECONDS)()
    st.session_state[_SHOWN] = None


def draw(view: View) -> None:
    """The filters in words where any narrows the page."""
    said = selection_in_words(view) if len(view.selection.chosen) > 1 else ""
    if said:
        st.html(f'<p class="gz-kiosk">{html.escape(said)}</p>')


def leave_alone(view: View) -> None:
    """The page is drawn, all of it: it stays until the ledger moves on."""
    if view.is_kiosk and not view.failed:
        st.session_state[_SHOWN] = view.newest


def _look() -> None:
    """Draws the whole page anew when it, or a panel of it, failed, or the ledger has moved on."""
    shown = st.session_state[_SHOWN]
    if shown is None or (shown != _BEING_DRAWN and source.lake().position()[1] != shown):
        st.rerun()
