"""Bringing in a file on a page, from the choice of a table to the preview of what a commit changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from gzdash.faults import Refused
from gzdash.intake import Mapping, Replace, Report, Understood, examined, understand
from gzdash.intake.matching_faults import names
from gzdash.intake.preview import Preview, preview
from gzdash.intake.remembered import remember
from gzdash.intake.template import template
from gzdash.screen import chrome, source
from gzdash.screen.choices import seeded
from gzdash.screen.commit import draw_commit, draw_finished, uploads
from gzdash.screen.matching import confirmed_match, draw_match, is_asked
from gzdash.screen.page import note
from gzdash.screen.steps import draw_steps
from gzdash.screen.verdict import draw_verdict, draw_without_data, refused
from gzdash.screen.view import View
from gzdash.tables import TABLES
from gzdash.words import imports as words
from gzdash.words import same

_STYLE = (chrome.ASSETS / "upload.css").read_text("utf-8")
_UNDERSTOOD = "upload_understood"
_SEEN = "upload_seen"
_STEP = "upload_step"
_EXTENSIONS = ["xlsx", "xls", "csv", "tsv"]
_RECOGNISE = ""


@dataclass(frozen=True)
class Uploaded:
    """A file as it was uploaded."""

    name: str
    data: bytes
    hash: str


def draw_upload(view: View) -> None:
    """From a file to a commit, as far as the file allows."""
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key="panel_upload", gap="small"):
        bar = st.empty()
        # Until it is known where this run ends, the bar stays as it was: nothing below it jumps.
        draw_steps(bar, view, *st.session_state.get(_STEP, ("file", False)))
        step, with_match = ("commit" if draw_finished(view) else "file"), False
        with st.container(key="upload_choice", horizontal=True, vertical_alignment="bottom"):
            chosen, replace = _draw_choice(view), _draw_replace(view)
        uploaded = st.file_uploader(
            view.say(words.FILE), type=_EXTENSIONS, key=f"upload_file_{uploads()}", label_visibility="collapsed"
        )
        st.caption(f"{view.say(words.WHOLE)} {view.say(words.FORMULAS)}")
        if uploaded is not None:
            data = uploaded.getvalue()
            file = Uploaded(uploaded.name, data, hashlib.sha256(data).hexdigest())
            step, with_match = _draw_file(view, file, chosen, replace)
        st.session_state[_STEP] = (step, with_match)
        draw_steps(bar, view, step, with_match)


def _draw_choice(view: View) -> str:
    """The table to import to, empty for the nearest, and the template of a chosen one."""
    tables = [_RECOGNISE, *TABLES]
    key: str = st.selectbox(
        view.say(words.TABLE),
        tables,
        format_func=lambda one: view.say(TABLES[one].name if one else words.RECOGNISE),
        key=seeded(view, "upload_table", _RECOGNISE, tables),
        persist_state="session",
        width=300,
    )
    if key:
        table = TABLES[key]
        st.download_button(
            view.say(words.TEMPLATE.fill(table=table.name)),
            data=lambda: template(table, view.language),
            file_name=f"{table.name.zh}.xlsx",
            key=f"template_{key}",
            on_click="ignore",
        )
    return key


def _draw_replace(view: View) -> Replace:
    """What becomes of months that were submitted before: the reader's choice, refused unless told."""
    chosen = st.radio(
        view.say(words.BEFORE_SUBMITTED),
        list(words.REPLACE),
        format_func=lambda one: view.say(words.REPLACE[one]),
        key=seeded(view, "upload_replace", "refuse", list(words.REPLACE)),
        horizontal=True,
    )
    return "replace" if chosen == "replace" else "refuse"


def _draw_file(view: View, file: Uploaded, chosen: str, replace: Replace) -> tuple[str, bool]:
    """Everything under the uploader; returns the step the reader is at, and whether matching is one of them."""
    try:
        seen = _understood(file, chosen)
    except Refused as found:
        chrome.draw_faults(found.faults, view.language)
        return "check", False
    _draw_notes(view, seen, chosen)
    if seen.how == "without-data":
        draw_without_data(view, seen.forms)
        return "check", False
    if seen.how == "no-table" and not chosen and seen.nearest:
        filled = words.NO_TABLE_NEXT.fill(table=seen.nearest.table.name, missing=names(seen.nearest.missing))
        refused(view, words.NO_TABLE, filled)
        return "check", False
    mapping = confirmed_match(seen, file.hash)
    asks = is_asked(seen, file.hash)
    if asks and mapping is None:
        draw_match(view, seen, file.hash)
        return "match", True
    return _draw_checked(view, file, seen, mapping, replace), mapping is not None


def _draw_notes(view: View, seen: Understood, chosen: str) -> None:
    """Which table and sheet are meant, where the reader has not said so."""
    if not chosen and seen.how not in ("without-data", "no-table"):
        note(view, words.RECOGNISED.fill(table=seen.table.name))
    if chosen and seen.nearest and seen.suggestion and seen.nearest.fits and not seen.suggestion.fits:
        note(view, words.NEARER.fill(table=seen.nearest.table.name))
    if seen.unused:
        used = seen.sheet.name if seen.sheet else seen.form.sheet
        note(view, words.OTHER_SHEETS.fill(used=used, names=same("、".join(seen.unused))))


def _draw_checked(view: View, file: Uploaded, seen: Understood, mapping: Mapping | None, replace: Replace) -> str:
    try:
        report, change = _examined(file, seen, mapping, replace)
    except Refused as found:
        chrome.draw_faults(found.faults, view.language)
        return "check"
    draw_verdict(view, report, seen, mapping, file.name, file.data, file.hash)
    if change is None:
        return "check"
    draw_commit(view, seen.table, change, file.name, file.data, mapping)
    return "preview"


def _understood(file: Uploaded, chosen: str) -> Understood:
    """What the file is, found once per content, table and snapshot."""
    lake, engine = source.lake(), source.desk().engine
    at = (file.name, file.hash, chosen, lake.position())
    kept = st.session_state.get(_UNDERSTOOD)
    if kept is None or kept[0] != at:
        kept = (at, understand(lake, engine, Path(file.name), file.data, chosen))
        st.session_state[_UNDERSTOOD] = kept
    seen: Understood = kept[1]
    return seen


def _examined(
    file: Uploaded, seen: Understood, mapping: Mapping | None, replace: Replace
) -> tuple[Report, Preview | None]:
    """The report on a file, and what a commit would change where nothing refuses it; found once per content, match
    and snapshot, not at every click. A match that passes is remembered."""
    lake, engine = source.lake(), source.desk().engine
    at = (seen.table.key, file.name, file.hash, mapping, lake.position(), replace)
    kept = st.session_state.get(_SEEN)
    if kept is None or kept[0] != at:
        report, _ = examined(lake, engine, seen, replace=replace, mapping=mapping)
        change = None if report.rows is None else preview(lake, engine, {seen.table.key: report.rows})
        if mapping is not None and change is not None:
            remember(lake, seen.form.fingerprint, mapping)
        kept = (at, report, change)
        st.session_state[_SEEN] = kept
    return kept[1], kept[2]
