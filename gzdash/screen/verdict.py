"""What became of a file: the sentence that decides, how its columns were matched, and every fault at its cell."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

from gzdash.intake import Mapping, Report, Understood
from gzdash.intake.examine import suggested
from gzdash.intake.form import Form
from gzdash.screen.commit import upload_again
from gzdash.screen.findings import draw_downloads, draw_findings
from gzdash.screen.matching import draw_matched
from gzdash.screen.page import listing
from gzdash.screen.view import View
from gzdash.words import Text, same
from gzdash.words import imports as words


def draw_verdict(
    view: View, report: Report, seen: Understood, mapping: Mapping | None, name: str, data: bytes, file_hash: str
) -> None:
    """The sentence that decides, the match it was made with, then every error and warning at its cell."""
    errors, warnings = len(report.errors), report.warned
    with st.container(key="verdict", horizontal=True, vertical_alignment="center"):
        if report.rows is None:
            refused(view, words.REFUSED.fill(errors=errors, warnings=warnings), words.REFUSED_NEXT)
            st.button(view.say(words.UPLOAD_AGAIN), key="upload_again", type="primary", on_click=upload_again)
        else:
            passed(view, words.PASSED.fill(rows=f"{report.rows.num_rows:,}", warnings=warnings))
        if report.faults:
            draw_downloads(view, report, Path(name), data)
    if seen.sheet is None:
        draw_matched(view, seen, mapping or suggested(seen), file_hash)
    draw_findings(view, report, Path(name), data, seen.sheet or seen.form)


def draw_without_data(view: View, found: tuple[Form, ...]) -> None:
    """A form that holds nothing: its header as it was understood, every column's words."""
    refused(view, words.WITHOUT_DATA, words.WITHOUT_DATA_NEXT)
    columns = [(form, column) for form in found for column in form.columns]
    headers = (words.SHEET, words.LETTER, words.WORDS, words.UNIT)
    rows = tuple(
        (same(form.sheet), column.letter, " / ".join(column.path) or None, column.unit or None)
        for form, column in columns
    )
    shown = view.listing("import_header", words.FORM_HEADER, headers, rows)
    listing(view, shown, words.FORM_HEADER_DRAWN.fill(sheets=len(found), columns=len(columns)))


def refused(view: View, said: Text, more: Text) -> None:
    """Nothing can be imported, and what to do."""
    said_, more_ = html.escape(view.say(said)), html.escape(view.say(more))
    st.html(f'<div class="gz-fault" role="alert"><h2>{said_}</h2><p>{more_}</p></div>')


def passed(view: View, said: Text) -> None:
    """Nothing stands against it."""
    st.html(f'<div class="gz-passed" role="status"><h2>{html.escape(view.say(said))}</h2></div>')
