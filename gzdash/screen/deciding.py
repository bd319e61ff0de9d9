"""A decision on a page: who and why, recorded by a process of the command line, and a way to take it back."""

from __future__ import annotations

import html
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from gzdash.answer import Listing
from gzdash.faults import Refused
from gzdash.lake import PROJECT
from gzdash.lake.lake import is_read_only
from gzdash.screen import chrome, source
from gzdash.screen.page import heading, listing
from gzdash.screen.view import View
from gzdash.words import Text
from gzdash.words import deciding as words

_SECONDS = 120


def may_decide(view: View) -> bool:
    """Whether a decision can be taken here: not where nobody may write, nor on a snapshot of the past."""
    return not is_read_only() and view.selection.as_of is None


def draw_said(view: View, place: str) -> None:
    """What became of the last decision under `place`, said once."""
    said = st.session_state.pop(f"{place}_said", None)
    if said is None:
        return
    is_done, title, printed = said
    kind, role = ("gz-passed", "status") if is_done else ("gz-fault", "alert")
    text = f"<p>{html.escape(printed)}</p>" if printed else ""
    st.html(f'<div class="{kind}" role="{role}"><h2>{view.say(title)}</h2>{text}</div>')


def signed(view: View, place: str, button: Text, *, why: Text, why_hint: Text | None = None) -> tuple[str, str] | None:
    """Who and why, once the button is pressed and both are given; the keys of the widgets begin with `place`."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.text_input(view.say(words.WHO), key=f"{place}_who", placeholder=view.say(words.WHO_HINT))
        hint = view.say(why_hint) if why_hint else None
        reason = st.text_input(view.say(why), key=f"{place}_why", placeholder=hint)
        pressed = st.button(view.say(button), key=f"{place}_commit")
    if not pressed:
        return None
    if not (who.strip() and reason.strip()):
        st.html(f'<div class="gz-notice" role="alert">{view.say(words.SAY_WHO)}</div>')
        return None
    return who.strip(), reason.strip()


def record(view: View, place: str, command: Sequence[str], done: Text) -> None:
    """Run a command of our own, and draw the page anew: a rerun of the page cannot cut a process of its own short."""
    st.session_state[f"{place}_said"] = _ran(view, command, done)
    st.rerun()


def _ran(view: View, command: Sequence[str], done: Text) -> tuple[bool, Text, str]:
    whole = [sys.executable, "-m", "gzdash", "--lake", str(source.lake().root), "--lang", view.language, *command]
    try:
        ran = subprocess.run(whole, cwd=PROJECT, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return False, words.CUT_SHORT, ""
    if ran.returncode < 0:
        return False, words.CUT_SHORT, ""
    if ran.returncode:
        return False, words.NOT_DONE, ran.stderr.strip()
    return True, done, ran.stdout.strip()


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The form that takes one decision back: its title, what is under it, the label of the choice and of the button."""

    title: Text
    drawn: Text
    choose: Text
    button: Text


def draw_standing(
    view: View, place: str, form: TakeBack, shown: Listing, drawn: Text, choices: Mapping[int, Text]
) -> None:
    """What was decided and still stands, of any period, then the form that takes one of `choices` back."""
    _draw_undone(view, place)
    if not shown.rows:
        return
    listing(view, shown, drawn)
    if may_decide(view):
        _draw_take_back(view, place, form, choices)


def _draw_undone(view: View, place: str) -> None:
    """That a decision was taken back, said once."""
    if event := st.session_state.pop(f"{place}_undone", None):
        st.html(f'<div class="gz-notice" role="status">{view.say(words.UNDONE.fill(event=event))}</div>')


def _draw_take_back(view: View, place: str, form: TakeBack, choices: Mapping[int, Text]) -> None:
    """Choose one of the imports that hold decisions, and undo it."""
    with st.container(key="panel_take_back", gap="small"):
        heading(view, form.title, form.drawn)
        number = st.selectbox(
            view.say(form.choose),
            list(choices),
            format_func=lambda one: view.say(choices[one]),
            # A key of its own per snapshot: what was taken back is no longer among the choices.
            key=f"{place}_decision_{view.desk.snapshot.event}",
        )
        given = signed(view, "take_back", form.button, why=words.WHY)
        if given:
            _take_back(view, place, number, *given)


def _take_back(view: View, place: str, number: int, who: str, why: str) -> None:
    try:
        st.session_state[f"{place}_undone"] = source.lake().undo(number, who, why)
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return
    st.rerun()
