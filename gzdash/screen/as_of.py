"""As of a date: the control among the filters, and the mark under the title of a page that shows what was."""

from __future__ import annotations

import html
from datetime import date, datetime, time

import streamlit as st

from gzdash.faults import Fault
from gzdash.lake import Event, Freeze
from gzdash.numbers import moment
from gzdash.period import SHANGHAI
from gzdash.screen import chrome, reader, source
from gzdash.screen.view import View
from gzdash.words import Text, same
from gzdash.words import restatements as words

# Enough to go back over the last weeks; any other day is chosen by its date.
_RECENT = 8
_DAY, _POPOVER = "as_of_day", "popover_as_of"
# The pages on which something can be done; it is always done to the data of now.
_ACTING = frozenset({"imports", "restatements"})


def draw_as_of(view: View) -> None:
    """当时 现在 ▾: a day, one of the latest events, or back to now.

    Few open it, so that it is filled when somebody does: each of its entries would be sent, and drawn, at every click.
    """
    chosen = words.NOW
    if view.selection.as_of is not None:
        chosen = same(f"{view.desk.snapshot.time.astimezone(SHANGHAI):%Y-%m-%d}")
    box = st.popover(f"{view.say(words.AT)}\u2002**{view.say(chosen)}**", key=_POPOVER, on_change="rerun")
    if not box.open:
        return
    with box:
        if view.selection.as_of is not None:
            st.button(
                view.say(words.BACK), key="as_of_now", on_click=reader.clear, args=(reader.AS_OF,), width="stretch"
            )
        lake = source.lake()
        events = lake.events()
        if not events:
            return
        _draw_day(view, events)
        st.caption(view.say(words.RECENT))
        names = {one.event: one for one in lake.freezes()}
        for event in events[: -_RECENT - 1 : -1]:
            st.button(
                _plain(view.say(event_label(event, names.get(event.id)))),
                key=f"as_of_{event.id}",
                on_click=_choose,
                args=(event.id,),
                type="tertiary",
            )


def is_chosen_from() -> bool:
    """Whether the control stands open: its reader waits for it, not for the figures."""
    return bool(st.session_state.get(_POPOVER))


def _draw_day(view: View, events: tuple[Event, ...]) -> None:
    first, last = (one.time.astimezone(SHANGHAI).date() for one in (events[0], events[-1]))
    st.date_input(
        view.say(words.DAY),
        value=None,
        min_value=first,
        max_value=max(last, datetime.now(SHANGHAI).date()),
        format="YYYY-MM-DD",
        key=_DAY,
        on_change=_choose_day,
    )


def _choose_day() -> None:
    """A day means its end; the choice is kept as the number of the event."""
    day: date | None = st.session_state.get(_DAY)
    if day is not None:
        _choose(source.lake().event_at(datetime.combine(day, time.max, SHANGHAI)))
    st.session_state[_DAY] = None


def _choose(event: int) -> None:
    st.session_state[reader.AS_OF] = event


def event_label(event: Event, freeze: Freeze | None = None) -> Text:
    """An event on one line: when, what, who and why; the name of a freeze where it is one."""
    what = words.KINDS[event.kind].fill(id=event.import_id)
    if freeze:
        what = Text(f"{what.zh} {freeze.name}", f"{what.en} {freeze.name}")
    when = same(f"{event.time.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    return words.EVENT.fill(time=when, event=what, who=event.who, what=event.why or same(""))


def draw_mark(view: View) -> None:
    """Under the title row: which snapshot this is, that it is not now's, and the way back."""
    if view.selection.as_of is None:
        return
    snapshot = view.desk.snapshot
    is_newest = snapshot.event == source.lake().position()[1]
    when = Text(moment(snapshot.time, "zh"), moment(snapshot.time, "en"))
    said = view.say((words.SAME_AS_NOW if is_newest else words.THEN).fill(event=snapshot.event, time=when))
    if view.page in _ACTING:
        said = f"{said}{'；' if view.language == 'zh' else '. '}{view.say(words.ACTS_ON_NOW)}"
    with st.container(key="as_of_mark", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div class="gz-then" role="status">{html.escape(said)}</div>')
        st.button(view.say(words.BACK), key="back_to_now", on_click=reader.clear, args=(reader.AS_OF,))


def draw_nothing_then(view: View) -> None:
    """What stands in place of a page before there was any data."""
    chrome.draw_faults([Fault("as-of-nothing", words.NOTHING_THEN, "", words.NOTHING_THEN_REMEDY)], view.language)


def _plain(text: str) -> str:
    """Text that Markdown does not read as markup."""
    return "".join(f"\\{sign}" if sign in "*_[]`#~$:<>\\" else sign for sign in text)
