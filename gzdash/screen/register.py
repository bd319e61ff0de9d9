"""The register on a page: the organizations of the selection, and one organization in its own view."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

import pandas as pd
import streamlit as st

from gzdash.metrics import METRICS
from gzdash.numbers import write
from gzdash.reference import code_list
from gzdash.screen.downloads import detail_link
from gzdash.screen.filters import organization_name
from gzdash.screen.page import heading
from gzdash.screen.states import draw_empty, panel
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.tables import TABLES, Column
from gzdash.words import frame
from gzdash.words import pages as words

# A register of thousands is found by searching, not by scrolling: this many rows are shown.
_SHOWN = 500
_ROW_HEIGHT = 36
_ROWS_HIGH = 12

# The numbers that say what one organization does, over the selected period.
_OWN = (
    "jobs_posted",
    "graduates_hired",
    "member_jobs_posted",
    "activities",
    "credit_line",
    "loan_disbursed",
    "aid_value",
    "aid_projects",
    "needs_raised",
)


@panel
def register(view: View) -> None:
    """The organizations in existence at the end of the period, with the whole list one click away."""
    table = TABLES["organizations"]
    count = view.desk.count(table.key, view.selection)
    with st.container(key="panel_register", gap=None):
        typed = _search(view)
        found = (row for row in _rows(view) if typed in row["name"] or row["code"].startswith(typed.upper()))
        rows = list(islice(found, _SHOWN))
        subtitle = words.REGISTER_SHOWN.fill(count=f"{count:,}", shown=f"{len(rows):,}")
        heading(view, words.REGISTER, subtitle)
        if not rows:
            draw_empty(view)
            return
        st.dataframe(
            pd.DataFrame(
                [[_written(view, column, row[column.key]) for column in table.columns] for row in rows],
                columns=[view.say(column.header) for column in table.columns],
            ),
            hide_index=True,
            height=_ROW_HEIGHT * (min(len(rows), _ROWS_HIGH) + 1) + 2,
            row_height=_ROW_HEIGHT,
            placeholder="—",
            lazy=False,
            key="table_register",
        )
        st.html(detail_link(view, table, words.ALL_ROWS_CSV.fill(rows=f"{count:,}")))


def _search(view: View) -> str:
    """What the reader looks for in the register; choices of one page survive a visit to another."""
    label = view.say(frame.SEARCH_ORGANIZATION)
    return st.text_input(
        label, key="register_search", placeholder=label, label_visibility="collapsed", persist_state="session"
    ).strip()


@panel
def one_organization(view: View) -> None:
    """What the register says of the chosen organization, and what it has done in the period."""
    code = view.selection.organization
    alone = view.selection.with_(chains=(), regions=(), districts=(), types=(), programmes=())
    facts = [
        (column.label, _written(view, column, row[column.key]))
        for row in islice(_rows(view, alone), 1)
        for column in TABLES["organizations"].columns
    ]
    done = [
        (METRICS[key].name, write(view.desk.ask(key, alone).value, METRICS[key].unit, view.language)) for key in _OWN
    ]
    lines = "".join(
        f"<dt>{html.escape(view.say(name))}</dt><dd>{html.escape(str(value) if value not in (None, '') else '—')}</dd>"
        for name, value in [*facts, *done]
    )
    with st.container(key="panel_one_organization", gap=None):
        heading(view, organization_name(view, code), alone.period.label)
        st.html(f'<div class="gz-question gz-two"><dl>{lines}</dl></div>')


def _rows(view: View, selection: Selection | None = None) -> Iterator[dict[str, Any]]:
    for batch in view.desk.rows("organizations", selection or view.selection):
        yield from batch.to_pylist()


def _written(view: View, column: Column, value: object) -> object:
    if column.codes and isinstance(value, str):
        return view.say(code_list(column.codes).name_of(value))
    return value.isoformat() if isinstance(value, date) else value
