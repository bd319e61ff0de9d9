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


def draw(view: View) -> None:
    """The filters in words where any narrows the page, and the self-refresh."""
    said = selection_in_words(view) if len(view.selection.chosen) > 1 else ""
    if said:
        st.html(f'<p class="gz-kiosk">{html.escape(said)}</p>')
    if view.selection.as_of is None:
        st.fragment(_look, run_every=_LOOK_SECONDS)(view.desk.snapshot.event)


def _look(event: int) -> None:
    """Draws the whole page anew when the ledger has moved on."""
    if source.lake().position()[1] != event:
        st.rerun()
