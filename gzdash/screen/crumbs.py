"""The trail of crumbs under the filters: what the page was narrowed to, each step one click back."""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from gzdash.answer import Sheet
from gzdash.period import Period
from gzdash.screen import drill, reader
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.words import drill as words

# The periods the reader came from by clicks, the widest first; the URL holds only where the reader is.
_CAME_FROM = "drill_periods"


def draw_crumbs(view: View, default: Selection) -> None:
    """A trail for every filter with one choice; the row is there without any, so that nothing below it moves."""
    wider = drill.wider_periods(view.selection, default, _came_from())
    with st.container(key="crumbs", horizontal=True, vertical_alignment="center", gap=None):
        for key, steps in drill.trails(view.selection, wider):
            with st.container(
                key=f"trail_{key}", horizontal=True, vertical_alignment="center", width="content", gap=None
            ):
                _draw_trail(view, key, steps)


def _draw_trail(view: View, key: str, steps: tuple[drill.Step, ...]) -> None:
    for place, step in enumerate(steps):
        name = view.say(step.name)
        if step.back is None:
            st.html(f'<span class="gz-here" aria-current="page">{html.escape(name)}</span>', width="content")
            continue
        st.button(
            name,
            key=f"crumb_{key}_{place}",
            help=view.say(words.BACK_TO.fill(name=step.name)),
            on_click=reader.seed,
            args=(step.back,),
            type="tertiary",
        )


def choose(view: View, shown: Sheet, split: str, code: str) -> None:
    """Narrow the page to one part of a sheet, or widen it again: in a callback, before anything is drawn."""
    chosen = drill.narrowed(view.selection, split, code, shown.selection.period, _came_from())
    st.session_state[_CAME_FROM] = drill.around(chosen.period, (*_came_from(), view.selection.period))
    reader.seed(chosen)


def place_chooser(view: View) -> tuple[Callable[[str], None], Callable[[], None]]:
    """What a click on a place does, and what going up one level does."""

    def enter(code: str) -> None:
        again = view.selection.regions == (code,)
        reader.seed(drill.up(view.selection) if again else view.selection.with_(regions=(code,)))

    def leave() -> None:
        reader.seed(drill.up(view.selection))

    return enter, leave


def _came_from() -> tuple[Period, ...]:
    found: tuple[Period, ...] = st.session_state.get(_CAME_FROM, ())
    return found
