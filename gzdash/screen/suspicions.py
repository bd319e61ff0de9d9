"""What looks wrong on a page: how much of each kind, the findings, and one of them with its rows and its dismissal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from gzdash.answer import Abridged, Cell, Link
from gzdash.insight.detectors import DETECTORS
from gzdash.insight.finding import Finding, Kind, Named
from gzdash.insight.suspicions import Dismissal, dismissals, suspicions
from gzdash.insight.telling import every
from gzdash.lake import Import
from gzdash.reference import code_list
from gzdash.screen import source
from gzdash.screen.deciding import TakeBack, draw_said, draw_standing, may_decide, record, signed
from gzdash.screen.kept import kept_address
from gzdash.screen.listing import draw_listing
from gzdash.screen.page import download, heading, listing, note
from gzdash.screen.view import Cells, View
from gzdash.tables import TABLES
from gzdash.trace.spot import SpotRow, rows_of
from gzdash.words import Text, frame, same
from gzdash.words import suspicions as words

# As many as are drawn; the file has them all.
_LISTED = 200
# Rows of a finding: as many as a look takes in, and all of them when asked for, up to a bound.
_ROWS_LISTED, _ROWS_AT_MOST = 12, 1_000
_PLACE, _WHOLE = "suspicions", "suspicions_whole"
_FORM = TakeBack(words.TAKE_BACK, words.TAKE_BACK_DRAWN, words.CHOOSE_DISMISSED, words.UNDO)


def counts(view: View) -> None:
    """How many findings of each kind are to check, what the kind means, by which rule, and when it is harmless."""
    found = suspicions(view.desk, view.selection)
    gone = [one.kind for one in dismissals(view.desk)]
    headers = (words.KIND, words.FOUND, words.DISMISSED_COUNT, words.MEANING, words.RULE, words.HARMLESS)
    rows: tuple[Cells, ...] = tuple(
        (one.name, _of(found, key), gone.count(key), one.meaning, one.rule, one.harmless)
        for key, one in DETECTORS.items()
    )
    listing(view, view.listing("suspicion_kinds", words.COUNTS, headers, rows), words.COUNTS_DRAWN)


def _of(found: Sequence[Finding], kind: Kind) -> int:
    return sum(one.kind == kind for one in found)


def choose_kind(view: View) -> Kind | None:
    """One kind, or all: how many are in each stands on its button."""
    found = suspicions(view.desk, view.selection)
    offered = [key for key in DETECTORS if _of(found, key)]
    if not offered:
        return None
    chosen: Kind | None = st.segmented_control(
        view.say(words.SHOW),
        offered,
        format_func=lambda key: f"{view.say(DETECTORS[key].name)} {_of(found, key):,}",
        key="suspicions_kind",
        persist_state="session",
    )
    return chosen


def _numbered(view: View, kind: Kind | None) -> list[tuple[int, Finding]]:
    """The findings of a kind with their places in the whole list."""
    found = suspicions(view.desk, view.selection)
    return [(number, one) for number, one in enumerate(found, 1) if kind in (None, one.kind)]


def draw_findings(view: View, kind: Kind | None) -> None:
    """The findings, the strongest first, drawn up to a bound, the whole list one click away."""
    kept = _numbered(view, kind)
    with st.container(key="panel_suspicions", gap="small"):
        if not kept:
            heading(view, words.LIST, words.NONE)
            return
        headers = (words.NO, words.KIND, words.STRENGTH, words.HOLDER, words.TABLE, words.MONTHS, words.WHAT, words.KEY)
        whole = view.listing("suspicions", words.LIST, headers, tuple(_lines(view, kept)))
        view.show(whole)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            shown = min(len(kept), _LISTED)
            heading(view, words.LIST, words.LIST_DRAWN.fill(count=f"{len(kept):,}", shown=f"{shown:,}"))
            download(view, whole, frame.DOWNLOAD_TABLE.fill(rows=f"{len(whole):,}"))
        draw_listing(replace(whole, rows=whole.rows[:_LISTED]), view.language)


def _lines(view: View, numbered: Sequence[tuple[int, Finding]]) -> Iterator[Cells]:
    names = _names(view, [one for _, one in numbered])
    for number, one in numbered:
        yield (
            number,
            DETECTORS[one.kind].name,
            words.STRENGTHS[one.strength],
            _holder(one, names),
            TABLES[one.spot.table].name,
            every(one.spot.months),
            one.said,
            _short(one.key),
        )


def _short(key: str) -> Abridged:
    """A key by its last part: a file has the whole, which the command line takes."""
    return Abridged(key.rpartition(":")[2], key)


def _names(view: View, found: Sequence[Finding]) -> dict[str, Text]:
    return view.desk.organization_names({one.spot.holder for one in found})


def _holder(one: Finding, names: dict[str, Text]) -> Text:
    if one.spot.import_id is not None:
        return words.OF_IMPORT.fill(id=one.spot.import_id)
    return names.get(one.spot.holder, same(one.spot.holder))


def draw_one(view: View, kind: Kind | None) -> None:
    """One finding with its rows, and the form that dismisses it; the form only where somebody may write."""
    numbered = _numbered(view, kind)
    draw_said(view, _PLACE)
    if not numbered:
        return
    with st.container(key="panel_look", gap="small"):
        heading(view, words.LOOK, words.LOOK_DRAWN)
        one = _choose(view, numbered)
        _draw_rows(view, one)
        if may_decide(view):
            note(view, words.DISMISS_NOTE)
            given = signed(view, _PLACE, words.DISMISS, why=words.WHY, why_hint=words.WHY_HINT)
            if given:
                record(view, _PLACE, ["dismiss", one.key, f"--who={given[0]}", f"--why={given[1]}"], words.DONE)


def _choose(view: View, numbered: Sequence[tuple[int, Finding]]) -> Finding:
    names = _names(view, [one for _, one in numbered])
    by_key = {one.key: (number, one) for number, one in numbered}

    def choice(key: str) -> str:
        number, one = by_key[key]
        kind, period = DETECTORS[one.kind].name, every(one.spot.months)
        return view.say(words.CHOICE.fill(no=number, kind=kind, holder=_holder(one, names), period=period))

    # A key of its own per snapshot and kind: what was dismissed is no longer among the choices.
    key = f"suspicions_one_{view.desk.snapshot.event}_{len(by_key)}"
    return by_key[st.selectbox(view.say(words.CHOOSE), list(by_key), format_func=choice, key=key)][1]


def _draw_rows(view: View, one: Finding) -> None:
    is_whole = bool(st.session_state.get(_WHOLE))
    count, rows = rows_of(view.desk, source.lake(), one.spot, _ROWS_AT_MOST if is_whole else _ROWS_LISTED)
    imports = {entry.id: entry for entry in source.lake().imports()}
    labels = [TABLES[one.spot.table].by_key[column].label for column in one.spot.columns]
    headers = (words.MONTHS, *labels, words.CELL, words.RAW, words.SHEET, words.FILE)
    lines = tuple(_row(row, imports.get(row.import_id)) for row in rows)
    harmless = DETECTORS[one.kind].harmless
    heading(view, one.said, words.MAY_BE.fill(harmless=harmless, count=f"{count:,}", shown=f"{len(rows):,}"))
    draw_listing(view.listing("finding_rows", words.ROWS, headers, lines), view.language)
    if count > _ROWS_LISTED:
        st.toggle(view.say(words.ALL_ROWS), key=_WHOLE)


def _row(row: SpotRow, one: Import | None) -> tuple[Cell, ...]:
    file: Cell = Link(same(row.file), kept_address(one)) if one and one.kept else same(row.file)
    place = (row.cell.name or str(row.row), row.cell.raw or None, row.sheet, file)
    return (every((row.month,)), *(_number(one) for one in row.numbers), *place)


def _number(text: str | None) -> Cell:
    """A number as a number, a date as it is."""
    if text is None or "-" in text[1:]:
        return text
    return Decimal(text)


def draw_dismissals(view: View) -> None:
    """What was dismissed and still stands, of any period, then the form that takes one back."""
    found = dismissals(view.desk)
    headers = (
        words.IMPORT,
        words.KIND,
        words.HOLDER,
        words.TABLE,
        words.MONTHS,
        words.REASON,
        words.WHO,
        words.DISMISSED_ON,
        words.HOLDS,
        words.KEY,
    )
    who = {one.id: one.who for one in source.lake().imports()}
    rows = tuple(_dismissal(view, one, who.get(one.import_id, "")) for one in found)
    shown = view.listing("dismissals", words.DISMISSED, headers, rows)
    choices = {one.import_id: _choice(one) for one in found}
    draw_standing(view, _PLACE, _FORM, shown, words.DISMISSED_DRAWN.fill(count=len(found)), choices)


def _dismissal(view: View, one: Dismissal, who: str) -> Cells:
    parts = Named.from_key(one.finding)
    names = view.desk.organization_names([parts.holder])
    table = TABLES.get(parts.table)
    return (
        one.import_id,
        code_list("suspicion_kind").name_of(one.kind),
        names.get(parts.holder, same(parts.holder)),
        table.name if table else None,
        parts.month,
        one.reason,
        who,
        same(one.dismissed_on.isoformat()),
        words.HOLDING if one.holds else words.NOT_HOLDING,
        _short(one.finding),
    )


def _choice(one: Dismissal) -> Text:
    kind = code_list("suspicion_kind").name_of(one.kind)
    return words.DISMISSED_CHOICE.fill(id=one.import_id, kind=kind, reason=same(one.reason))
