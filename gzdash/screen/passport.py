"""The passport of what a page shows: made when someone asks for it, read in a popover, saved as JSON."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from gzdash.answer import Listing, Sheet
from gzdash.ask import Desk
from gzdash.exports import (
    Issue,
    Passport,
    empty_zip,
    maker,
    metrics_of,
    page_zip,
    passport_name,
    readable,
    shown_passport,
)
from gzdash.lake.lake import shanghai_now
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.verify import coverage_by_metric
from gzdash.words import Language, Text
from gzdash.words import passport as words
from gzdash.words.frame import PAGES


def issue_of(desk: Desk, page: Text, language: Language, asked: Iterable[tuple[str, Selection]]) -> Issue:
    """The issue of files made now, with how far each metric asked is reported."""
    made = shanghai_now().replace(microsecond=0)
    return Issue(page, language, desk.snapshot, made, maker(), coverage_by_metric(desk, asked))


def zip_of(view: View) -> bytes:
    """Everything that the page has shown by now, each file with its passport; a readme alone where it has no tables."""
    if not view.sheets:
        return empty_zip(PAGES[view.page], view.language)
    return page_zip(view.sheets, _issue(view, view.sheets))


def passport_of(view: View, shown: Sheet | Listing) -> Passport:
    """The passport of the file that the download beside it gives."""
    return shown_passport(shown, view.file_name(shown.title, "csv"), _issue(view, [shown]))


def draw_passport(view: View, shown: Sheet | Listing) -> None:
    """One quiet word that opens the passport of the file beside it, and gives it as JSON; made when it is opened.

    Called in a fragment, so that opening it does not draw the page anew.
    """
    box = st.popover(
        view.say(words.PASSPORT), key=f"passport_{shown.key}", type="tertiary", on_change="rerun", wrap=False
    )
    if not box.open:
        return
    passport = passport_of(view, shown)
    with box:
        st.download_button(
            view.say(words.DOWNLOAD),
            data=passport.to_json(),
            file_name=passport_name(passport.file),
            mime="application/json",
            key=f"csv_passport_{shown.key}",
            on_click="ignore",
            type="tertiary",
        )
        st.html(f'<div class="gz-passport">{html.escape(readable(passport))}</div>')


def _issue(view: View, shown: Sequence[Sheet | Listing]) -> Issue:
    asked = [one for sheet in shown for one in metrics_of(sheet)]
    return issue_of(view.desk, PAGES[view.page], view.language, asked)
