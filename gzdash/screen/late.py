"""Late reporters on a page: due and reported side by side, and the list of who is silent or late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from gzdash.answer import Figures, Listing, Sheet
from gzdash.charts import TextColumn, ranked
from gzdash.insight.late import STATES, LateList, LateReporter, State, late_reporters
from gzdash.numbers import column_scale, per_cent
from gzdash.period import Period, runs
from gzdash.reference import code_list
from gzdash.screen.page import chart, download, heading, listing, note
from gzdash.screen.sheets import answers
from gzdash.screen.states import panel
from gzdash.screen.view import Cells, View
from gzdash.selection import listed
from gzdash.units import ORGANIZATIONS, RATIO
from gzdash.words import Text, frame
from gzdash.words import coverage as words

# Thousands may be late: this many are drawn, the file has them all.
_SHOWN = 1_000
_ROW_HEIGHT = 36
_ROWS_HIGH = 12
_LISTS = {"district": "district", "type": "organization_type"}
_HEADERS = (
    words.ORGANIZATION,
    words.CODE,
    words.DISTRICT,
    words.TYPE,
    words.STATE,
    words.REPORTS_DUE,
    words.REPORTS_MISSING,
    words.MONTHS_MISSING,
    words.LAST_RECEIVED,
    words.REPORTS_LATE,
    words.DAYS_LATE,
)

_TYPE_HEADERS = (words.TYPE, words.DUE, words.REPORTED, words.SILENT_SHORT, words.SHARE_PER_CENT)


@panel
def reported_by_district(view: View) -> None:
    """Due and reported by district, with the silent and the share at the right."""
    shown = _reported_by(view, "district", words.BY_DISTRICT)
    draw = partial(
        ranked,
        solid="organizations_reported",
        hollow="organizations_due",
        right=_columns(view, shown),
        palette=view.palette,
        pillar="organizations",
        language=view.language,
    )
    chart(view, shown, draw, words.BARS_DRAWN, title=_lowest(shown))


@panel
def reported_by_type(view: View) -> None:
    """Due, reported, silent and the share by type: three rows make no chart."""
    found = _reported_by(view, "type", words.BY_TYPE)
    scale = column_scale((), RATIO)
    columns = (found.values(name) for name in ("organizations_due", "organizations_reported", "silent"))
    shares = (scale.scaled(share, view.language) for share in found.values("coverage"))
    rows = tuple(zip(found.labels(0), *columns, shares, strict=True))
    listing(view, view.listing(found.key, found.title, _TYPE_HEADERS, rows), words.COUNTED_ONCE)


def _reported_by(view: View, split: str, title: Text) -> Sheet:
    """The sheet with the silent in it: due less reported, since an organization is in one district and of one type."""
    shown = answers(
        view, f"reported_by_{split}", title, split, "organizations_due", "organizations_reported", "coverage"
    )
    pairs = zip(shown.values("organizations_due"), shown.values("organizations_reported"), strict=True)
    silent = tuple(int(due or 0) - int(reported or 0) for due, reported in pairs)
    due, reported, *rest = shown.figures
    figures = (due, reported, Figures("silent", words.SILENT_COLUMN, ORGANIZATIONS, silent), *rest)
    return replace(shown, figures=figures).sorted_by("organizations_due")


def _columns(view: View, shown: Sheet) -> tuple[TextColumn, ...]:
    """Reported of due, the silent, and the share, as written beside the bars."""
    due, reported, silent = (
        [f"{value or 0:,}" for value in shown.values(name)]
        for name in ("organizations_due", "organizations_reported", "silent")
    )
    shares = tuple(per_cent(value, view.language) for value in shown.values("coverage"))
    halves = tuple(f"{part}/{whole}" for part, whole in zip(reported, due, strict=True))
    return (
        TextColumn(words.HALVES_SHORT, halves),
        TextColumn(words.SILENT_SHORT, tuple(silent)),
        TextColumn(words.SHARE_SHORT, shares),
    )


def _lowest(shown: Sheet) -> Text | None:
    """Where the share is lowest; nothing is found among fewer than two, or where the lowest are equal."""
    known = sorted(
        (value, label)
        for value, label in zip(shown.values("coverage"), enumerate(shown.labels(0)), strict=True)
        if value is not None
    )
    if len(known) < 2 or known[0][0] == known[1][0]:
        return None
    share, (_, name) = known[0]
    return words.LOWEST.fill(name=name, share=Text(per_cent(share, "zh"), per_cent(share, "en")))


def not_yet_due(view: View) -> None:
    """How many reports of the selection had still time on the day of the snapshot."""
    found = late_reporters(view.desk, view.selection)
    if found.not_yet_due:
        note(view, words.NOT_YET_DUE.fill(reports=f"{found.not_yet_due:,}", day=found.day.isoformat()))


@panel
def late_list(view: View) -> None:
    """The late reporters of the selection, drawn up to a bound, with the whole list one click away."""
    found = late_reporters(view.desk, view.selection)
    with st.container(key="panel_late", gap="xxsmall"):
        if not found.reporters:
            heading(view, words.LIST, words.NOBODY_LATE.fill(day=found.day.isoformat()))
            return
        # The heading says how many are shown, so it is written when the choice below it is known.
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        state = _chosen_state(view, found)
        kept = tuple(one for one in found.reporters if state in (None, one.state))
        shown = view.listing("late", words.LIST, _HEADERS, tuple(_rows(view, kept)))
        view.show(shown)
        with head:
            heading(view, words.LIST, _drawn(found, len(kept)))
            download(view, shown, frame.DOWNLOAD_TABLE.fill(rows=f"{len(shown):,}"))
        _draw(view, shown)


def _chosen_state(view: View, found: LateList) -> State | None:
    """One state of the three, or all: how many are in each stands on its button."""
    named = {one: f"{view.say(words.STATES[one])} {found.count(one):,}" for one in STATES}
    return st.segmented_control(
        view.say(words.STATE),
        STATES,
        format_func=named.__getitem__,
        key="late_state",
        label_visibility="collapsed",
        persist_state="session",
    )


def _drawn(found: LateList, kept: int) -> Text:
    return words.LIST_DRAWN.fill(count=f"{kept:,}", shown=f"{min(kept, _SHOWN):,}", day=found.day.isoformat())


def _rows(view: View, reporters: tuple[LateReporter, ...]) -> Iterator[Cells]:
    """A row per reporter; the register says where it is and what it is."""
    codes = [one.organization for one in reporters]
    names = view.desk.organization_names(codes)
    places = _places(view)
    for one in reporters:
        district, kind = places.get(one.organization, (None, None))
        yield (
            names.get(one.organization, frame.NOT_IN_REGISTER),
            one.organization,
            _name("district", district),
            _name("type", kind),
            words.STATES[one.state],
            one.due,
            one.missing,
            listed(period.label for period in runs(one.months)) if one.months else None,
            Period(one.last_received, one.last_received).label if one.last_received else None,
            one.late,
            one.days or None,
        )


def _places(view: View) -> dict[str | None, tuple[str | None, str | None]]:
    """District and type of everybody who owes a report."""
    rows = view.desk.ask("organizations_due", view.selection, "organization", "district", "type").table
    columns = (rows[name].to_pylist() for name in ("organization", "district", "type"))
    return {code: (district, kind) for code, district, kind in zip(*columns, strict=True)}


def _name(split: str, code: str | None) -> Text | None:
    return code_list(_LISTS[split]).name_of(code) if code else None


def _draw(view: View, shown: Listing) -> None:
    """The first rows as a table that sorts; each number keeps its place in its column."""
    cells = [[view.say(cell) if isinstance(cell, Text) else cell for cell in row] for row in shown.rows[:_SHOWN]]
    heads = [view.say(header) for header in shown.headers]
    numbers: dict[str, Any] = {
        view.say(header): st.column_config.NumberColumn(format="%d")
        for header in (words.REPORTS_DUE, words.REPORTS_MISSING, words.REPORTS_LATE, words.DAYS_LATE)
    }
    st.dataframe(
        pd.DataFrame(cells, columns=heads),
        hide_index=True,
        column_config=numbers,
        height=_ROW_HEIGHT * (min(len(cells), _ROWS_HIGH) + 1) + 2,
        row_height=_ROW_HEIGHT,
        placeholder="—",
        lazy=False,
        key="table_late",
    )
