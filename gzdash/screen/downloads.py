"""Downloads of whole tables: the rows of the selection, counted before the click and streamed by the server."""

from __future__ import annotations

import html

import streamlit as st

from gzdash.ask import filters_of
from gzdash.exports.passport import SUFFIX
from gzdash.screen import reader
from gzdash.screen.view import View
from gzdash.selection import FILTERS
from gzdash.tables import TABLES, Table
from gzdash.words import Text, frame
from gzdash.words import pages as words
from gzdash.words.passport import PASSPORT


def download_list(view: View) -> None:
    """A row per table: name, what it holds, how many rows the selection has, which filters it obeys, the button."""
    heads = (words.TABLE, words.ROWS, frame.FILTERS_OBEYED, words.GET)
    body = "".join(_row(view, table) for table in TABLES.values())
    cells = "".join(
        f'<th role="columnheader"{" class=num" if head is words.ROWS else ""}>{view.say(head)}</th>' for head in heads
    )
    # On a narrow screen its rows are laid out as blocks, which are a table still to those who hear it.
    table = f'<table class="gz-table gz-blocks" role="table"><tr role="row">{cells}</tr>{body}</table>'
    view.arrive()
    st.html(f'<div class="gz-scroll">{table}</div>')


def _row(view: View, table: Table) -> str:
    count = view.desk.count(table.key, view.selection)
    obeyed = "、" if view.language == "zh" else ", "
    names = obeyed.join(view.say(FILTERS[key].name) for key in filters_of(table.key))
    link = (
        detail_link(view, table, words.DOWNLOAD_ROWS.fill(rows=f"{count:,}"))
        if count
        else view.say(words.NOTHING_TO_DOWNLOAD)
    )
    return (
        f'<tr role="row"><td role="cell">{html.escape(view.say(table.name))}'
        f"<small>{html.escape(view.say(table.meaning))}</small></td>"
        f'<td role="cell" class="num">{count:,}</td><td role="cell">{html.escape(names) or "—"}</td>'
        f'<td role="cell">{link}</td></tr>'
    )


def detail_link(view: View, table: Table, label: Text) -> str:
    """A link to the streaming route with the selection in its query, and beside it one to the file's passport."""
    # Relative to the page's own address, so that it also holds under a base path.
    address = f"./download/{table.key}.csv?{html.escape(reader.link(view.selection, view.language))}"
    link = f'<a class="gz-link" href="{address}" target="_self">{html.escape(view.say(label))}</a>'
    return f"{link}&emsp;{passport_link(view, address)}"


def passport_link(view: View, address: str) -> str:
    """A link to the passport of the file at `address`, which is written as it stands in HTML."""
    beside = address.replace(".csv?", f"{SUFFIX}?", 1)
    return f'<a class="gz-link" href="{beside}" target="_self">{html.escape(view.say(PASSPORT))}</a>'
