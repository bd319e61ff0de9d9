"""Bringing in a file on a page: choose, check, preview, commit; the commit runs in a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import streamlit as st

from gzdash.answer import Listing
from gzdash.faults import Refused
from gzdash.intake import Replace, Report, annotated, examine, template
from gzdash.intake.preview import Becomes, Preview, preview
from gzdash.lake import PROJECT
from gzdash.numbers import difference, write
from gzdash.screen import chrome, source
from gzdash.screen.page import heading, listing, note
from gzdash.screen.view import View
from gzdash.tables import TABLES, Table
from gzdash.words import Text
from gzdash.words import imports as words

_SEEN = "upload_seen"
_FINISHED = "upload_finished"
_COMMITS = "upload_commits"
_EXTENSIONS = ["xlsx", "xls", "csv", "tsv"]
# A commit of a large file takes a while; after this long something is wrong with the machine.
_COMMIT_SECONDS = 600


def draw_upload(view: View) -> None:
    """From a file to a commit, as far as the file allows."""
    with st.container(key="panel_upload", gap="small"):
        heading(view, words.BRING_IN, words.BRING_IN_DRAWN)
        _draw_finished(view)
        table = _draw_choice(view)
        uploaded = st.file_uploader(
            view.say(words.FILE), type=_EXTENSIONS, key=_uploader_key(table), label_visibility="collapsed"
        )
        st.caption(view.say(words.FORMULAS))
        if uploaded is None:
            return
        try:
            report, seen = _examined(table, uploaded.name, uploaded.getvalue(), _replace(view))
        except Refused as refused:
            chrome.draw_faults(refused.faults, view.language)
            return
        _draw_verdict(view, report, uploaded.name, uploaded.getvalue())
        if seen is not None:
            _draw_commit(view, table, seen, uploaded.name, uploaded.getvalue())


def _draw_choice(view: View) -> Table:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            view.say(words.TABLE),
            list(TABLES),
            format_func=lambda one: view.say(TABLES[one].name),
            key="upload_table",
            persist_state="session",
        )
        table = TABLES[key]
        st.download_button(
            view.say(words.TEMPLATE.fill(table=table.name)),
            data=lambda: template(table, view.language),
            file_name=f"{table.name.zh}.xlsx",
            key=f"template_{key}",
            on_click="ignore",
        )
    return table


def _uploader_key(table: Table) -> str:
    """An uploader of its own per table and per commit: what was committed is not offered again."""
    return f"upload_{table.key}_{st.session_state.get(_COMMITS, 0)}"


def _replace(view: View) -> Replace:
    """What becomes of months that were submitted before: the reader's choice, refused unless told."""
    chosen = st.radio(
        view.say(words.BEFORE_SUBMITTED),
        list(words.REPLACE),
        format_func=lambda one: view.say(words.REPLACE[one]),
        key="upload_replace",
        horizontal=True,
    )
    return "replace" if chosen == "replace" else "refuse"


def _examined(table: Table, name: str, data: bytes, replace: Replace) -> tuple[Report, Preview | None]:
    """The report on a file, and what a commit would change where nothing refuses it; found once per content and
    snapshot, not at every click."""
    lake, engine = source.lake(), source.desk().engine
    seen = (table.key, name, hashlib.sha256(data).hexdigest(), lake.position(), replace)
    kept = st.session_state.get(_SEEN)
    if kept is None or kept[0] != seen:
        report, _ = examine(lake, engine, Path(name), data, table.key, replace=replace)
        kept = (seen, report, None if report.rows is None else preview(lake, engine, {table.key: report.rows}))
        st.session_state[_SEEN] = kept
    return kept[1], kept[2]


def _draw_verdict(view: View, report: Report, name: str, data: bytes) -> None:
    """The sentence that decides, then every error and warning at its cell."""
    errors, warnings = len(report.errors), len(report.warnings)
    if report.rows is None:
        said, kind, more = words.REFUSED.fill(errors=errors, warnings=warnings), "gz-fault", words.REFUSED_NEXT
        st.html(f'<div class="{kind}" role="alert"><h2>{view.say(said)}</h2><p>{view.say(more)}</p></div>')
    else:
        said = words.PASSED.fill(rows=f"{report.rows.num_rows:,}", warnings=warnings)
        st.html(f'<div class="gz-passed" role="status"><h2>{view.say(said)}</h2></div>')
    if report.dropped:
        dropped = Text("、".join(report.dropped), ", ".join(report.dropped))
        note(view, words.DROPPED.fill(names=dropped))
    if report.faults:
        listing(view, fault_list(view, report), words.ERRORS_DRAWN)
        st.download_button(
            view.say(words.MARKED),
            data=lambda: annotated(Path(name), data, report, view.language),
            file_name=f"{Path(name).stem}-{view.say(words.MARK_ERROR)}.xlsx",
            key="marked_workbook",
            on_click="ignore",
        )


def fault_list(view: View, report: Report) -> Listing:
    """The errors and warnings, numbered, each with its cell, verbatim value, problem and remedy."""
    headers = (words.NUMBER, words.KIND, words.CELL, words.COLUMN, words.VALUE, words.WHAT, words.REMEDY)
    rows = tuple(
        (
            number,
            words.MARK_WARNING if fault.warning else words.MARK_ERROR,
            fault.cell,
            fault.column,
            fault.value or None,
            fault.title,
            fault.remedy,
        )
        for number, fault in enumerate(report.faults, 1)
    )
    return view.listing("import_faults", words.ERRORS, headers, rows)


def _draw_commit(view: View, table: Table, seen: Preview, name: str, data: bytes) -> None:
    """What would change, then who and why, then the commit."""
    listing(view, preview_list(view, seen), _preview_drawn(seen))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.text_input(view.say(words.WHO), key="upload_who", placeholder=view.say(words.WHO_HINT))
        why = st.text_input(view.say(words.WHY), key="upload_why", placeholder=view.say(words.WHY_HINT))
        pressed = st.button(view.say(words.COMMIT.fill(rows=f"{seen.add:,}")), key="upload_commit")
    if pressed and not (who.strip() and why.strip()):
        st.html(f'<div class="gz-notice" role="alert">{view.say(words.SAY_WHO)}</div>')
    elif pressed:
        finished = _commit(table, name, data, who.strip(), why.strip(), view)
        st.session_state[_FINISHED] = finished
        st.session_state[_COMMITS] = st.session_state.get(_COMMITS, 0) + finished[0]
        st.rerun()


def preview_list(view: View, seen: Preview) -> Listing:
    """Each figure of the table before and after."""
    headers = (words.METRIC, words.BEFORE, words.AFTER, words.CHANGE)
    rows = tuple(_figure(view, one) for one in seen.figures)
    return view.listing("import_preview", words.PREVIEW, headers, rows)


def _figure(view: View, one: Becomes) -> tuple[Text | str | None, ...]:
    unit, language = one.metric.unit, view.language
    moved = None
    if one.before is not None and one.after is not None:
        moved = difference(one.after, one.before, unit, language)
    return (one.metric.name, write(one.before, unit, language), write(one.after, unit, language), moved)


def _preview_drawn(seen: Preview) -> Text:
    counts = {"add": f"{seen.add:,}", "replaced": f"{seen.replaced:,}", "left": f"{seen.left:,}"}
    return words.PREVIEW_DRAWN.fill(period=seen.period.label, **counts)


def _commit(table: Table, name: str, data: bytes, who: str, why: str, view: View) -> tuple[bool, str]:
    """Run the command line's own import: a rerun of the page cannot cut a process of its own short."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(data)
        command = [sys.executable, "-m", "gzdash", "--lake", str(source.lake().root), "--lang", view.language]
        command += ["import", str(file), "--table", table.key, f"--who={who}", f"--why={why}"]
        command += [f"--submitted-before={st.session_state['upload_replace']}"]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=_COMMIT_SECONDS)
    return done.returncode == 0, (done.stdout if done.returncode == 0 else done.stderr).strip()


def _draw_finished(view: View) -> None:
    """What became of the last commit."""
    finished = st.session_state.pop(_FINISHED, None)
    if finished is None:
        return
    is_done, said = finished
    if is_done:
        st.html(f'<div class="gz-passed" role="status"><h2>{view.say(words.COMMITTED)}</h2></div>')
    st.code(said, language=None)
