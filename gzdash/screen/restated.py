"""What changed, on a page: since a chosen event or the reader's last visit, in full or in one line on the overview."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from gzdash.answer import Cell, Link, Listing
from gzdash.insight.restated_rows import HEADERS, WRITTEN, exact, made_by
from gzdash.insight.restatement import Restated, Step, changes, largest, months_of, moved, restatements
from gzdash.lake import Event
from gzdash.numbers import day, moment, write
from gzdash.period import Period
from gzdash.screen import reader, source
from gzdash.screen.as_of import event_label
from gzdash.screen.kept import kept_address
from gzdash.screen.listing import draw_listing
from gzdash.screen.page import download, heading, note
from gzdash.screen.states import panel
from gzdash.screen.view import Cells, View
from gzdash.screen.visits import last_visit
from gzdash.selection import Selection
from gzdash.words import Text, frame, same
from gzdash.words import restatements as words

# A long look back may find thousands of lines: this many are drawn, the file has them all.
_SHOWN = 200
# Events offered to look back to; older ones are reached by choosing a later one as the end.
_OFFERED = 200


@panel
def since_line(view: View) -> None:
    """One line in the title row when figures of months that had been reported are not as they were; nothing when none
    changed.

    It speaks of the whole city, whatever is filtered: a click on a filter must not wait for two snapshots. For the same
    reason it is the last that a page asks.
    """
    since, is_visit = _usual(view)
    whole = Selection(view.selection.period, as_of=view.selection.as_of)
    found = [one for one in changes(source.lake(), view.desk.engine, since, whole, now=view.now) if not one.is_new]
    top = largest(found)
    if top is None:
        return
    when, metrics = source.desk_at(view.now[0], since).snapshot.time, len({one.metric.key for one in found})
    said = (words.LINE_VISIT if is_visit else words.LINE_USUAL).fill(
        day=Text(day(when, "zh"), day(when, "en")),
        months=len(months_of(found)),
        metrics=metrics,
        largest=_largest(top),
    )
    short = (words.SHORT_VISIT if is_visit else words.SHORT_USUAL).fill(metrics=metrics)
    address = f"./restatements?{html.escape(reader.link(whole, view.language))}"
    view.aside = (
        f'<a class="gz-since" href="{address}" target="_self" title="{html.escape(view.say(said))}">'
        f"{html.escape(view.say(short))}</a>"
    )


def _largest(one: Restated) -> Text:
    gaps = [moved(one, language) or "" for language in ("zh", "en")]
    month = Period(one.month, one.month).label
    return words.LARGEST.fill(month=month, metric=one.metric.name, difference=Text(*gaps))


def _usual(view: View) -> tuple[int, bool]:
    """The event of the last visit, or that of 30 days ago; and which of the two it is."""
    visit = last_visit(view.now)
    return (visit.event, True) if visit else (source.usual_since(source.lake().root, view.now), False)


@panel
def draw_restatements(view: View) -> None:
    """Since when, what kind of change, and every change with the events that made it."""
    since = _choose_since(view)
    found = restatements(source.lake(), view.desk.engine, since, view.selection)
    counts = {is_new: sum(one.is_new == is_new for one in found) for is_new in (False, True)}
    with st.container(key="restating", gap="small"):
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        is_new = _choose_kind(view, counts)
        kept = tuple(one for one in found if one.is_new == is_new)
        if not kept:
            with head:
                heading(view, words.TITLE, _nothing(view, since, is_new=is_new))
            return
        _draw(view, kept, since, is_new, head)
    note(view, words.EXACT)


def _draw(
    view: View, kept: Sequence[Restated], since: int, is_new: bool, head: st.delta_generator.DeltaGenerator
) -> None:
    for one in kept:
        view.uses(one.metric)
    pairs = [(one, step) for one in kept for step in one.steps]
    rows = tuple(exact(one, step) for one, step in pairs)
    whole = view.listing("restatements", words.TITLE, HEADERS, rows, [one.metric for one in kept])
    view.show(whole)
    shown = words.SHOWN_ALL if len(pairs) <= _SHOWN else words.SHOWN_SOME
    drawn = (words.NEW_DRAWN if is_new else words.CHANGED_DRAWN).fill(
        since=since,
        time=_time(since),
        until=view.desk.snapshot.event,
        shown=shown.fill(count=f"{len(pairs):,}", shown=f"{_SHOWN:,}"),
    )
    with head:
        heading(view, words.TITLE, drawn)
        download(view, whole, frame.DOWNLOAD_TABLE.fill(rows=f"{len(whole):,}"))
    draw_listing(_drawn_listing(view, pairs[:_SHOWN]), view.language)


def _drawn_listing(view: View, pairs: Sequence[tuple[Restated, Step]]) -> Listing:
    rows = tuple(_written(view, one, step) for one, step in pairs)
    return view.listing("restatements", words.TITLE, WRITTEN, rows)


def _nothing(view: View, since: int, *, is_new: bool) -> Text:
    what, until = words.NONE_WHAT[is_new], view.desk.snapshot.event
    return words.NONE_CHANGED.fill(since=since, time=_time(since), until=until, what=what)


def _time(event: int) -> Text:
    when = source.desk(event).snapshot.time
    return Text(moment(when, "zh"), moment(when, "en"))


def _choose_since(view: View) -> int:
    """The last visit or 30 days ago stands ready; any event may be chosen."""
    lake, usual = source.lake(), _usual(view)
    events = {one.id: one for one in lake.events()[: -_OFFERED - 1 : -1]}
    options = dict.fromkeys((usual[0], source.usual_since(lake.root, view.now), *events))
    names = {one: _since_label(events.get(one), one, usual) for one in options}
    chosen: int = st.selectbox(
        view.say(words.SINCE),
        list(options),
        format_func=lambda event: view.say(names[event]),
        key="restated_since",
        placeholder=view.say(frame.CHOOSE),
        width=560,
        persist_state="session",
    )
    return chosen


def _since_label(event: Event | None, number: int, usual: tuple[int, bool]) -> Text:
    if number == usual[0]:
        return (words.SINCE_VISIT if usual[1] else words.SINCE_USUAL).fill(time=_time(number), event=number)
    if event is None:
        return words.SINCE_USUAL.fill(time=_time(number), event=number)
    said = event_label(event)
    return Text(f"{number} · {said.zh}", f"{number} · {said.en}")


def _choose_kind(view: View, counts: dict[bool, int]) -> bool:
    """Changes of what had been reported, or news; how many there are stands on the button."""
    names = {False: words.CHANGED, True: words.NEW}
    chosen: bool | None = st.segmented_control(
        view.say(words.DIFFERENCE),
        (False, True),
        format_func=lambda is_new: view.say(names[is_new].fill(count=f"{counts[is_new]:,}")),
        default=False,
        key="restated_kind",
        label_visibility="collapsed",
        persist_state="session",
    )
    return bool(chosen)


def _written(view: View, one: Restated, step: Step) -> Cells:
    """A line as people read it."""
    language = view.language
    return (
        one.metric.name,
        Period(one.month, one.month).label,
        write(one.before.value, one.metric.unit, language),
        write(one.after.value, one.metric.unit, language),
        moved(one, language),
        moved(step, language),
        *_by(step),
    )


def _by(step: Step) -> tuple[Cell, ...]:
    """Which event, the kept file, who and why."""
    source_file = step.source.file_name or None
    leads = Link(same(step.source.file_name), kept_address(step.source)) if step.source.kept else source_file
    return (made_by(step), leads, step.event.who, step.event.why or None)
