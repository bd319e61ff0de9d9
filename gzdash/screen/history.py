"""The imports on a page: all of them with their kept files, what was undone and put back, and undo and redo of any."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from gzdash.answer import Abridged, Cell, Link, Listing
from gzdash.faults import Refused
from gzdash.intake.turning import turning
from gzdash.lake import Event, Import
from gzdash.lake.lake import is_read_only
from gzdash.period import SHANGHAI
from gzdash.screen import chrome, source
from gzdash.screen.becomes import becomes_list
from gzdash.screen.choices import seeded
from gzdash.screen.kept import kept_address
from gzdash.screen.listing import draw_listing
from gzdash.screen.page import download, heading, listing
from gzdash.screen.renewing import start_renewing
from gzdash.screen.view import View
from gzdash.tables import TABLES
from gzdash.words import Text, frame, same
from gzdash.words import history as said
from gzdash.words import imports as words

_TURNED = "history_turned"
_FORESEEN = "history_foreseen"
_ALL = "history_all_shown"
# As many as a phone scrolls through with patience.
NEWEST = 20
# Enough of a hash to tell files apart by eye; the CSV has it whole.
_HASH_SHOWN = 12


def draw_history(view: View) -> None:
    """What can be taken back or put back, what was turned so far, and every import, newest first."""
    lake = source.lake()
    imports, turns = lake.imports(), turns_of(lake.events())
    if imports and not is_read_only():
        _draw_turn(view, imports)
    if turns:
        undone = sum(event.kind == "undo" for event in turns)
        drawn = said.TURNS_DRAWN.fill(undone=undone, redone=len(turns) - undone)
        listing(view, turn_list(view, imports, turns), drawn)
    _draw_imports(view, imports, turns)


def _draw_imports(view: View, imports: tuple[Import, ...], turns: tuple[Event, ...]) -> None:
    """The newest imports, all of them on demand; the file has them all."""
    shown = import_list(view, imports, turns)
    view.show(shown)
    live = sum(one.live for one in imports)
    with st.container(key="panel_imports", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            heading(view, shown.title, words.HISTORY_DRAWN.fill(count=len(imports), live=live))
            download(view, shown, frame.DOWNLOAD_TABLE.fill(rows=f"{len(shown):,}"))
        is_open = bool(st.session_state.get(_ALL))
        draw_listing(shown if is_open else newest(shown), view.language)
        if len(shown) > NEWEST:
            label = said.ONLY_NEWEST.fill(count=NEWEST) if is_open else said.ALL_OF_THEM.fill(count=len(shown))
            st.button(view.say(label), key="history_all", on_click=_open, args=(not is_open,))


def _open(is_open: bool) -> None:
    st.session_state[_ALL] = is_open


def newest(shown: Listing) -> Listing:
    """The first rows of a listing, as many as are read without being asked for."""
    return replace(shown, rows=shown.rows[:NEWEST])


def turns_of(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events that undid an import or put one back, in the order they were given."""
    return tuple(event for event in events if event.kind in ("undo", "redo"))


def import_list(view: View, imports: tuple[Import, ...], turns: tuple[Event, ...]) -> Listing:
    """The imports as a listing: when, who, why, which file, how many rows, and whether it counts or who undid it."""
    headers = (
        words.ID,
        words.TIME,
        words.STATE,
        words.FILE_NAME,
        words.WHO,
        words.SYSTEM_USER,
        words.WHY,
        words.ROWS,
        words.TABLES,
        words.HASH,
    )
    last = {event.import_id: event for event in turns}
    return view.listing("imports", words.HISTORY, headers, tuple(_row(one, last.get(one.id)) for one in imports[::-1]))


def _row(one: Import, last: Event | None) -> tuple[Cell, ...]:
    names = [TABLES[table].name for table in one.tables]
    return (
        one.id,
        _moment(one),
        state(one, last),
        _file(one),
        one.who,
        one.system_user,
        one.why,
        one.rows,
        Text("、".join(name.zh for name in names) or "—", ", ".join(name.en for name in names) or "—"),
        Abridged(one.file_hash[:_HASH_SHOWN], one.file_hash) if one.file_hash else None,
    )


def state(one: Import, last: Event | None) -> Text:
    """Whether an import counts; who undid it or put it back last, when and why."""
    if last is None:
        return said.LIVE if one.live else said.UNDONE
    return said.TURNED_BY[last.kind].fill(who=last.who, time=_moment(last), why=last.why)


def turn_list(view: View, imports: tuple[Import, ...], turns: tuple[Event, ...]) -> Listing:
    """Every undo and redo, newest first: the snapshot it made, when, what, of which import, by whom and why."""
    headers = (said.SNAPSHOT, words.TIME, said.DONE, said.IMPORT, said.FILE, said.WHO, words.WHY)
    by_id = {one.id: one for one in imports}
    rows = tuple(
        (
            event.id,
            _moment(event),
            said.DONE_KINDS[event.kind],
            event.import_id,
            by_id[event.import_id].file_name or None if event.import_id in by_id else None,
            event.who,
            event.why,
        )
        for event in turns[::-1]
    )
    return view.listing("import_turns", said.TURNS, headers, rows)


def _moment(when: Import | Event) -> Text:
    """As tables write a time, and as text sorts it."""
    return same(f"{when.time.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")


def _file(one: Import) -> Cell:
    """The name of the file, which leads to what was kept of it."""
    if one.kept:
        return Link(same(one.file_name or one.kept), kept_address(one))
    return one.file_name or None


def _draw_turn(view: View, imports: tuple[Import, ...]) -> None:
    """Undo a live import or put an undone one back, with who and why, after a look at what that changes."""
    with st.container(key="panel_turn", gap="small"):
        heading(view, said.TURN, said.TURN_DRAWN)
        if turned := st.session_state.pop(_TURNED, None):
            st.html(f'<div class="gz-notice" role="status">{view.say(words.TURNED.fill(event=turned))}</div>')
        chosen = _choose(view, imports)
        if st.toggle(view.say(said.EFFECT_SHOW), key=f"history_effect_{chosen.id}"):
            _draw_effect(view, chosen)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = st.text_input(view.say(said.WHO), key="history_who", placeholder=view.say(words.WHO_HINT))
            why = st.text_input(view.say(words.WHY), key="history_why")
            label = (words.UNDO if chosen.live else words.REDO).fill(id=chosen.id)
            pressed = st.button(view.say(label), key="history_turn")
        if pressed and not (who.strip() and why.strip()):
            st.html(f'<div class="gz-notice" role="alert">{view.say(words.SAY_WHO)}</div>')
        elif pressed:
            _turn(view, chosen, who.strip(), why.strip())


def _choose(view: View, imports: tuple[Import, ...]) -> Import:
    """The import to turn; the newest stands ready."""
    by_id = {one.id: one for one in reversed(imports)}

    def choice(number: int) -> str:
        one = by_id[number]
        file = one.file_name or said.NO_FILE
        counts = said.LIVE if one.live else said.UNDONE
        return view.say(said.CHOICE.fill(id=number, file=file, rows=f"{one.rows:,}", state=counts))

    # A key of its own per number of imports: after a commit the newest is the one that stands here.
    key = seeded(view, f"history_import_{len(imports)}", imports[-1].id, list(by_id))
    number = st.selectbox(view.say(words.CHOOSE_IMPORT), list(by_id), format_func=choice, key=key)
    return by_id[number]


def _draw_effect(view: View, chosen: Import) -> None:
    """Each figure of the import's tables now and after its turn; found once per import and snapshot."""
    lake = source.lake()
    seen = (lake.position(), chosen.id, chosen.live)
    held = st.session_state.get(_FORESEEN)
    if held is None or held[0] != seen:
        held = (seen, *turning(lake, source.desk().engine, chosen))
        st.session_state[_FORESEEN] = held
    _, period, figures = held
    headers = (said.METRIC, said.NOW, said.THEN, words.CHANGE)
    shown = becomes_list(view, "import_effect", said.EFFECT[chosen.live].fill(id=chosen.id), headers, figures)
    listing(view, shown, said.EFFECT_DRAWN.fill(period=period.label))


def _turn(view: View, chosen: Import, who: str, why: str) -> None:
    lake = source.lake()
    try:
        st.session_state[_TURNED] = (lake.undo if chosen.live else lake.redo)(chosen.id, who, why)
        start_renewing()
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return
    st.rerun()
