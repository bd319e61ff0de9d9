"""The imports on a page: all of them, and undo and redo of any."""

from __future__ import annotations

import streamlit as st

from gzdash.answer import Listing
from gzdash.faults import Refused
from gzdash.lake import Import
from gzdash.lake.lake import is_read_only
from gzdash.numbers import moment
from gzdash.screen import chrome, source
from gzdash.screen.page import listing
from gzdash.screen.view import View
from gzdash.tables import TABLES
from gzdash.words import Text
from gzdash.words import imports as words

_TURNED = "history_turned"
# Enough of a hash to tell files apart by eye; the CSV has it whole.
_HASH_SHOWN = 12


def draw_history(view: View) -> None:
    """Every import, newest first, and what can be taken back or put back."""
    imports = source.lake().imports()
    live = sum(one.live for one in imports)
    drawn = words.HISTORY_DRAWN.fill(count=len(imports), live=live)
    listing(view, import_list(view, imports), drawn)
    if imports and not is_read_only():
        _draw_turn(view, imports)


def import_list(view: View, imports: tuple[Import, ...]) -> Listing:
    """The imports as a listing: when, who, why, which file, how many rows, and whether it counts."""
    headers = (
        words.ID,
        words.TIME,
        words.WHO,
        words.SYSTEM_USER,
        words.WHY,
        words.FILE_NAME,
        words.ROWS,
        words.TABLES,
        words.STATE,
        words.HASH,
    )
    rows = tuple(_row(one) for one in reversed(imports))
    return view.listing("imports", words.HISTORY, headers, rows)


def _row(one: Import) -> tuple[Text | str | int | None, ...]:
    names = [TABLES[table].name for table in one.tables]
    return (
        one.id,
        Text(moment(one.time, "zh"), moment(one.time, "en")),
        one.who,
        one.system_user,
        one.why,
        one.file_name or None,
        one.rows,
        Text("、".join(name.zh for name in names) or "—", ", ".join(name.en for name in names) or "—"),
        words.LIVE if one.live else words.UNDONE,
        one.file_hash[:_HASH_SHOWN] or None,
    )


def _draw_turn(view: View, imports: tuple[Import, ...]) -> None:
    """Undo a live import or put an undone one back, with who and why."""
    if turned := st.session_state.pop(_TURNED, None):
        st.html(f'<div class="gz-notice" role="status">{view.say(words.TURNED.fill(event=turned))}</div>')
    by_id = {one.id: one for one in reversed(imports)}
    # A key of its own per number of imports: after a commit the newest is the one that stands here.
    key = f"history_import_{len(imports)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = by_id[st.selectbox(view.say(words.CHOOSE_IMPORT), list(by_id), key=key)]
        who = st.text_input(view.say(words.WHO), key="history_who", placeholder=view.say(words.WHO_HINT))
        why = st.text_input(view.say(words.WHY), key="history_why")
        label = (words.UNDO if chosen.live else words.REDO).fill(id=chosen.id)
        pressed = st.button(view.say(label), key="history_turn")
    if pressed and not (who.strip() and why.strip()):
        st.html(f'<div class="gz-notice" role="alert">{view.say(words.SAY_WHO)}</div>')
    elif pressed:
        _turn(view, chosen, who.strip(), why.strip())


def _turn(view: View, chosen: Import, who: str, why: str) -> None:
    lake = source.lake()
    try:
        st.session_state[_TURNED] = (lake.undo if chosen.live else lake.redo)(chosen.id, who, why)
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return
    st.rerun()
