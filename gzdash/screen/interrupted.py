"""What became of imports that were interrupted, on top of their page until someone has read it."""

from __future__ import annotations

import html

import streamlit as st

from gzdash.faults import Refused
from gzdash.intake.attempts import Attempt, forget, interrupted
from gzdash.lake.lake import is_read_only
from gzdash.numbers import moment
from gzdash.screen import chrome, source
from gzdash.screen.view import View
from gzdash.words import Text
from gzdash.words import attempts as words


def draw_interrupted(view: View) -> None:
    """A line for each interrupted import: whether its file is in the store, and a button that takes the line away."""
    for attempt in interrupted(source.lake()):
        with st.container(key=f"interrupted_{attempt.note.stem}", horizontal=True, vertical_alignment="center"):
            said = html.escape(view.say(sentence(attempt)))
            st.html(f'<div class="gz-notice" role="status">{said}</div>', width="content")
            if not is_read_only() and st.button(view.say(words.UNDERSTOOD), key=f"understood_{attempt.note.stem}"):
                _forget(view, attempt)


def sentence(attempt: Attempt) -> Text:
    """What became of it, in one sentence."""
    time = Text(moment(attempt.time, "zh"), moment(attempt.time, "en"))
    said = words.NOT_LANDED if attempt.landed is None else words.LANDED
    return said.fill(file=attempt.file_name, who=attempt.who, time=time, id=attempt.landed)


def _forget(view: View, attempt: Attempt) -> None:
    try:
        forget(source.lake(), attempt)
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return
    st.rerun()
