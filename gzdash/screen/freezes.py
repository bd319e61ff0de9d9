"""Frozen periods: frozen and current figures side by side on a page, the list of freezes, and freezing and thawing."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from gzdash.answer import Cell, Link, Listing, Number, Question, Row
from gzdash.ask import Desk
from gzdash.faults import Refused
from gzdash.lake import Freeze
from gzdash.lake.lake import is_read_only
from gzdash.metrics import Metric
from gzdash.numbers import day, difference, write
from gzdash.period import SHANGHAI
from gzdash.screen import chrome, reader, source
from gzdash.screen.page import heading, listing, note
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.words import Text, frame, same
from gzdash.words import restatements as words

_DONE = "freeze_done"


def freeze_of(view: View) -> Freeze | None:
    """The newest freeze of just the months of the selection, else of months that hold them, else of some of them; none
    while the page shows what was."""
    if view.selection.as_of is not None:
        return None
    frozen = source.freezes(source.lake().root, view.now)
    own = view.selection.period
    near = [one for one in frozen if not one.thawed and (one.period.holds(own) or own.holds(one.period))]
    return max(near, key=lambda one: (one.period == own, one.period.holds(own), near.index(one)), default=None)


def _shared(view: View, found: Freeze) -> Selection:
    """The selection in the months that are frozen."""
    own = view.selection
    return own if found.period.holds(own.period) else own.with_(period=found.period)


def draw_frozen(view: View) -> None:
    """After the page is drawn: what of its figures differs from what was frozen, or one line that nothing does."""
    found = freeze_of(view)
    if found is None or not view.metrics:
        return
    shared = _shared(view, found)
    differing = compared(view.desk, source.desk(found.event), view.metrics, shared)
    if not differing:
        if found.period != view.selection.period:
            return
        said = words.FROZEN_SAME.fill(name=found.name, who=found.who, day=_day(found))
        st.html(f'<p class="gz-frozen" role="status">{html.escape(view.say(said))}</p>')
        return
    drawn = words.FROZEN_DRAWN.fill(period=found.period.label, who=found.who, day=_day(found), event=found.event)
    listing(view, replace(_side_by_side(view, found, differing), selection=shared), drawn)
    address = f"?{reader.link(shared.with_(as_of=found.event), view.language)}"
    st.html(f'<a class="gz-frozen" href="{html.escape(address)}" target="_self">{view.say(words.OPEN_FROZEN)}</a>')


def compared(
    desk: Desk, frozen: Desk, metrics: Sequence[Metric], selection: Selection
) -> tuple[tuple[Metric, Row, Row], ...]:
    """Those of the metrics whose figure is not as frozen: metric, frozen, current."""
    questions = [Question(metric.key, selection) for metric in metrics]
    pairs = zip(metrics, frozen.ask_all(questions), desk.ask_all(questions), strict=True)
    rows = ((metric, then.total, now.total) for metric, then, now in pairs)
    return tuple((metric, then, now) for metric, then, now in rows if then != now)


def _side_by_side(view: View, found: Freeze, differing: Sequence[tuple[Metric, Row, Row]]) -> Listing:
    title = words.FROZEN_DIFFERS.fill(name=found.name, count=len(differing))
    headers = (words.METRIC, words.AS_FROZEN, words.CURRENT, words.DIFFERENCE)
    return view.listing(
        "frozen", title, headers, tuple(_line(view, *one) for one in differing), [metric for metric, *_ in differing]
    )


def _line(view: View, metric: Metric, then: Row, now: Row) -> tuple[Cell, ...]:
    gap = None
    if then.value is not None and now.value is not None:
        gap = difference(now.value, then.value, metric.unit, view.language)
    return (metric.name, _written(view, metric, then), _written(view, metric, now), gap)


def _written(view: View, metric: Metric, row: Row) -> str:
    """The figure as it is written; a ratio with both halves, which may move where it does not."""
    said = write(row.value, metric.unit, view.language)
    if not metric.is_ratio:
        return said
    over, under = (_half(view, metric, half) for half in (row.numerator, row.denominator))
    return f"{said}（{over} / {under}）" if view.language == "zh" else f"{said} ({over} / {under})"


def _half(view: View, metric: Metric, half: Number | None) -> str:
    """Half of a ratio: counts as on the cards, without their unit."""
    return f"{half:,}" if isinstance(half, int) else write(half, metric.halves_unit, view.language)


def _day(found: Freeze) -> Text:
    return Text(day(found.time, "zh"), day(found.time, "en"))


def draw_freezes(view: View) -> None:
    """Freezing the period of the filters, taking a freeze back, and the list of all."""
    found = source.lake().freezes()
    with st.container(key="freezing", gap="small"):
        if done := st.session_state.pop(_DONE, None):
            said = words.FROZEN_NOW if done[0] == "freeze" else words.THAWED_NOW
            st.html(f'<div class="gz-notice" role="status">{view.say(said.fill(event=done[1]))}</div>')
        if is_read_only():
            note(view, words.CLOSED)
        else:
            _draw_freeze(view)
            _draw_thaw(view, [one for one in found if not one.thawed])
    standing = sum(not one.thawed for one in found)
    if found:
        drawn = words.FREEZES_DRAWN.fill(standing=standing, thawed=len(found) - standing)
        listing(view, freeze_list(view, found), drawn)
    else:
        note(view, words.NO_FREEZES)


def freeze_list(view: View, found: Sequence[Freeze]) -> Listing:
    """Every freeze, newest first: name, period, when, who, why, whether it stands, and the way to see it."""
    headers = (
        words.NAME,
        words.PERIOD,
        words.STATE,
        words.WHO,
        words.WHY,
        words.TIME,
        words.SNAPSHOT,
        words.LOOK,
    )
    return view.listing("freezes", words.FREEZES, headers, tuple(_row(view, one) for one in found[::-1]))


def _row(view: View, one: Freeze) -> tuple[Cell, ...]:
    state = words.THAWED_BY.fill(who=one.thawed_by, why=one.thawed_why or same("—")) if one.thawed else words.STANDS
    when = same(f"{one.time.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    selection = view.selection.with_(period=one.period, as_of=one.event)
    look = Link(words.SNAPSHOT_OF, f"./?{reader.link(selection, view.language)}")
    return (one.name, one.period.label, state, one.who, one.why or None, when, one.event, look)


def _draw_freeze(view: View) -> None:
    period = view.selection.period
    heading(view, words.FREEZE_HEAD, words.FREEZE_EXPLAINED)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(view.say(words.NAME), key="freeze_name", placeholder=view.say(words.NAME_HINT))
        who = st.text_input(view.say(words.WHO), key="freeze_who")
        why = st.text_input(view.say(words.WHY), key="freeze_why")
        pressed = st.button(view.say(words.FREEZE.fill(period=period.label)), key="freeze")
    given = tuple(one.strip() for one in (name, who, why))
    if pressed and not all(given):
        _alert(view, words.SAY_ALL)
    elif pressed:
        _do(view, "freeze", lambda: source.lake().freeze(given[0], period, given[1], given[2]))


def _draw_thaw(view: View, standing: Sequence[Freeze]) -> None:
    if not standing:
        return
    by_event = {one.event: one for one in reversed(standing)}

    def choice(event: int) -> str:
        one = by_event[event]
        return view.say(words.THAW_CHOICE.fill(name=one.name, period=one.period.label, event=event))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"thaw_event_{len(standing)}_{standing[-1].event}"
        event = st.selectbox(
            view.say(words.CHOOSE_FREEZE),
            list(by_event),
            format_func=choice,
            key=key,
            placeholder=view.say(frame.CHOOSE),
        )
        who = st.text_input(view.say(words.WHO), key="thaw_who").strip()
        why = st.text_input(view.say(words.WHY), key="thaw_why").strip()
        pressed = st.button(view.say(words.THAW.fill(name=by_event[event].name)), key="thaw")
    if pressed and not (who and why):
        _alert(view, words.SAY_WHO)
    elif pressed:
        _do(view, "thaw", lambda: source.lake().thaw(event, who, why))


def _do(view: View, kind: str, act: Callable[[], Any]) -> None:
    try:
        st.session_state[_DONE] = (kind, act())
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return
    st.rerun()


def _alert(view: View, said: Text) -> None:
    st.html(f'<div class="gz-notice" role="alert">{html.escape(view.say(said))}</div>')
