"""A sheet as a table: sortable on the screen, where any row can be questioned, and whole on paper."""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from gzdash.answer import Sheet
from gzdash.dimensions import DIMENSIONS
from gzdash.numbers import column_scale
from gzdash.screen.question import Asked, draw_question
from gzdash.screen.view import View
from gzdash.words import question as words

_ROW_HEIGHT = 36
_ROWS_SHOWN = 12
_TICKED = "grid_ticked"


def draw_grid(view: View, shown: Sheet, key: str) -> None:
    """The sheet as a sortable table, one unit per column, in its header; a row that is ticked is questioned."""
    data: dict[str, list[object]] = {
        view.say(dimension.name): [view.say(label) for label in shown.labels(place)]
        for place, dimension in enumerate(shown.dimensions)
    }
    settings: dict[str, Any] = {}
    for column in shown.figures:
        scale = column_scale(column.values, column.unit)
        header = f"{view.say(column.label)}{_unit(view, scale.header(view.language))}"
        data[header] = [scale.scaled(value, view.language) for value in column.values]
        settings[header] = st.column_config.NumberColumn(format=f"%,.{scale.decimals(view.language)}f")
    st.dataframe(
        pd.DataFrame(data),
        hide_index=True,
        column_config=settings,
        height=_ROW_HEIGHT * (min(len(shown), _ROWS_SHOWN) + 1) + 2,
        row_height=_ROW_HEIGHT,
        placeholder="—",
        lazy=False,
        key=key,
        on_select=partial(_remember, key),
        selection_mode="single-row",
    )
    st.html(f'<p class="gz-caption">{html.escape(view.say(words.TICK))}</p>')
    _draw_asked(view, shown, key)


def draw_printed(view: View, shown: Sheet) -> None:
    """The same table for paper, where nothing scrolls: seen in print only."""
    heads = [view.say(dimension.name) for dimension in shown.dimensions]
    columns = [[view.say(label) for label in shown.labels(place)] for place in range(len(shown.dimensions))]
    for one in shown.figures:
        scale = column_scale(one.values, one.unit)
        heads.append(f"{view.say(one.label)}{_unit(view, scale.header(view.language))}")
        columns.append([scale.write(value, view.language) for value in one.values])
    lines = zip(*columns, strict=True)
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    head = "".join(f"<th>{html.escape(one)}</th>" for one in heads)
    st.html(f'<div class="gz-printed"><table class="gz-table"><thead><tr>{head}</tr></thead>{body}</table></div>')


def _unit(view: View, unit: str) -> str:
    if not unit:
        return ""
    return f"（{unit}）" if view.language == "zh" else f" ({unit})"


def _remember(key: str) -> None:
    """A row was ticked or let go: the run that follows opens the dialog on it, once."""
    st.session_state[_TICKED] = (key, st.session_state[key].selection.rows)


def _draw_asked(view: View, shown: Sheet, key: str) -> None:
    ticked = st.session_state.get(_TICKED)
    if ticked is None or ticked[0] != key:
        return
    del st.session_state[_TICKED]
    if ticked[1] and (asked := tuple(_asked(shown, ticked[1][0]))):
        draw_question(view, asked)


def _asked(shown: Sheet, row: int) -> Iterator[Asked]:
    """The figures of a row, each question once: a ratio stands beside its halves, and all three are one question."""
    seen = set()
    for column in shown.figures:
        if column.asked is None or column.asked in seen:
            continue
        seen.add(column.asked)
        moved = column.asked.selection != shown.selection
        key = tuple(
            _year_before(code) if moved and DIMENSIONS[name].is_time else code
            for name, code in zip(column.asked.split, shown.keys[row], strict=True)
        )
        yield Asked(column.label, column.asked, key)


def _year_before(code: str | None) -> str | None:
    """Last year's months were moved on by a year to stand beside this year's."""
    return None if code is None else f"{int(code[:4]) - 1}{code[4:]}"
