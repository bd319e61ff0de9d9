"""The decisions on duplicates on a page: all that stand, and a way to take each of them back."""

from __future__ import annotations

import streamlit as st

from gzdash.answer import Cell
from gzdash.faults import Refused
from gzdash.insight.duplicates import Decided, decisions
from gzdash.lake.lake import is_read_only
from gzdash.reference import code_list
from gzdash.screen import chrome, source
from gzdash.screen.page import heading, listing
from gzdash.screen.renewing import start_renewing
from gzdash.screen.view import View
from gzdash.tables import TABLES
from gzdash.tables.identity import IDENTITIES
from gzdash.words import Text, same
from gzdash.words import duplicates as words

_UNDONE = "duplicates_undone"


def draw_decisions(view: View) -> None:
    """What was decided and still stands, of any period, then the form that takes one back."""
    found = decisions(view.desk)
    if event := st.session_state.pop(_UNDONE, None):
        st.html(f'<div class="gz-notice" role="status">{view.say(words.UNDONE.fill(event=event))}</div>')
    if not found:
        return
    headers = (
        words.IMPORT,
        words.TABLE,
        words.DECISION,
        words.KEPT,
        words.DROPPED,
        words.WHY,
        words.WHO,
        words.DECIDED_ON,
        words.HOLDS,
    )
    who = {one.id: one.who for one in source.lake().imports()}
    rows = tuple(_row(one, who.get(one.import_id, "")) for one in found)
    shown = view.listing("merge_decisions", words.DECISIONS, headers, rows)
    listing(view, shown, words.DECISIONS_DRAWN.fill(count=len(found)))
    if not is_read_only() and view.selection.as_of is None:
        _draw_take_back(view, found)


def _row(one: Decided, who: str) -> tuple[Cell, ...]:
    return (
        one.import_id,
        code_list("duplicate_kind").name_of(one.kind),
        code_list("duplicate_decision").name_of(one.decision),
        readable(one.kind, one.kept),
        readable(one.kind, one.dropped),
        one.reason,
        who,
        same(one.decided_on.isoformat()),
        words.HOLDING if one.holds else words.NOT_HOLDING,
    )


def readable(kind: str, identity: str) -> Text:
    """An identity in words: names for codes, and room between its parts, so that it wraps."""
    columns, parts = IDENTITIES[kind], identity.split("|")
    if len(parts) != len(columns):
        return same(identity)
    said = [_name(kind, column, part) for column, part in zip(columns, parts, strict=True) if part]
    return Text(" · ".join(one.zh for one in said), " · ".join(one.en for one in said))


def _name(kind: str, column: str, part: str) -> Text:
    codes = TABLES[kind].by_key[column].codes
    return code_list(codes).name_of(part) if codes else same(part)


def _draw_take_back(view: View, found: tuple[Decided, ...]) -> None:
    by_import = {one.import_id: one for one in found}

    def choice(number: int) -> str:
        one = by_import[number]
        decision = code_list("duplicate_decision").name_of(one.decision)
        return view.say(words.DECISION_CHOICE.fill(id=number, decision=decision, reason=same(one.reason)))

    with st.container(key="panel_take_back", gap="small"):
        heading(view, words.TAKE_BACK, words.TAKE_BACK_DRAWN)
        key = f"duplicates_decision_{view.desk.snapshot.event}"
        number = st.selectbox(view.say(words.CHOOSE_DECISION), list(by_import), format_func=choice, key=key)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = st.text_input(view.say(words.WHO), key="take_back_who", placeholder=view.say(words.WHO_HINT))
            why = st.text_input(view.say(words.WHY), key="take_back_why")
            pressed = st.button(view.say(words.UNDO), key="take_back")
        if pressed and not (who.strip() and why.strip()):
            st.html(f'<div class="gz-notice" role="alert">{view.say(words.SAY_WHO)}</div>')
        elif pressed:
            _take_back(view, number, who.strip(), why.strip())


def _take_back(view: View, number: int, who: str, why: str) -> None:
    try:
        st.session_state[_UNDONE] = source.lake().undo(number, who, why)
        start_renewing()
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return
    st.rerun()
