"""The rows of the board: for each column of the table, a column of the form or a fixed value."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from gzdash.intake import Mapping, Understood
from gzdash.intake.convert import find
from gzdash.intake.form import Form, FormColumn
from gzdash.intake.form_words import is_money
from gzdash.intake.mapping import Source
from gzdash.intake.matching import NUMERIC, SURE, source_of
from gzdash.intake.values import folded
from gzdash.reference import code_list
from gzdash.screen.choices import seeded
from gzdash.screen.match_values import draw_values
from gzdash.screen.view import View
from gzdash.tables import Column
from gzdash.words import Text
from gzdash.words import imports as words

# Choices that are no letter of the form.
_NOT_TAKEN, _FIXED = "", "="
# So many values tell what a column holds.
_SAMPLES = 3
_SAMPLE_LENGTH = 24


@dataclass(frozen=True)
class Board:
    """What a match is made on: the file, the mapping it starts from, and the name its widgets begin with."""

    view: View
    seen: Understood
    start: Mapping
    key: str

    @property
    def form(self) -> Form:
        """The sheet whose columns are matched."""
        return self.seen.form

    def start_of(self, column: Column) -> Source | None:
        """What fills a column at the start. Where that is divided, its total is still what the header suggests."""
        source = dict(self.start.columns).get(column.key)
        divided = any(key == column.key for part in self.start.parts for key, _ in part)
        if source is None and divided and self.seen.suggestion:
            return dict(self.seen.suggestion.mapping.columns).get(column.key)
        return source

    def letter_of(self, column: Column) -> str:
        """The letter of the form's column that fills a column at the start; empty where none does."""
        source = self.start_of(column)
        found = find(self.form, source) if source and source.constant is None else None
        return found.letter if found else ""


def draw_rows(board: Board) -> dict[str, Source]:
    """The required columns, then the others; returns what the reader chose, by column key."""
    ordered = sorted(board.seen.table.columns, key=lambda column: not column.required)
    with st.container(key="match_rows", gap=None):
        chosen = {column.key: source for column in ordered if (source := _draw_row(board, column)) is not None}
    return {column.key: chosen[column.key] for column in board.seen.table.columns if column.key in chosen}


def _draw_row(board: Board, column: Column) -> Source | None:
    say = board.view.say
    with st.container(key=f"matchrow_{column.key}"):
        name, choice, detail = st.columns([4, 6, 7], vertical_alignment="center")
        required = f"<small>{html.escape(say(words.REQUIRED))}</small>" if column.required else ""
        name.html(f'<p class="gz-column">{html.escape(say(column.header))}{required}</p>')
        with choice:
            chosen = _choose(board, column)
        with detail:
            if chosen == _FIXED:
                return _draw_constant(board, column)
            return _draw_source(board, column, chosen) if chosen != _NOT_TAKEN else None


def _choose(board: Board, column: Column) -> str:
    """The letter of a column of the form, or one of the choices that are none."""
    start = board.start_of(column)
    default = board.letter_of(column) or (_FIXED if start or column.required else _NOT_TAKEN)
    options = [_NOT_TAKEN, _FIXED, *board.form.by_letter]
    unsure = _unsure(board, column)

    def said(one: str) -> str:
        if one in (_NOT_TAKEN, _FIXED):
            return board.view.say(words.FIXED if one else words.NOT_TAKEN)
        mark = board.view.say(words.UNSURE) if one == unsure else ""
        return f"{one}  {board.form.by_letter[one].title}{mark}"

    chosen: str = st.selectbox(
        board.view.say(column.label),
        options,
        format_func=said,
        key=seeded(board.view, f"{board.key}_{column.key}", default, options),
        label_visibility="collapsed",
    )
    return chosen


def _unsure(board: Board, column: Column) -> str:
    """The letter that the header suggests without being sure; empty where it is sure or suggests none."""
    one = board.seen.suggestion
    source = dict(one.mapping.columns).get(column.key) if one else None
    if one is None or source is None or dict(one.scores).get(column.key, 1) >= SURE:
        return ""
    return source.letter


def _draw_constant(board: Board, column: Column) -> Source | None:
    """A value for every row: chosen from the list of codes, else typed."""
    start = board.start_of(column)
    given = start.constant if start and start.constant is not None else None
    key, label = f"{board.key}_{column.key}_fixed", board.view.say(column.label)
    if column.kind == "code":
        value = _draw_code(board, column, label, key, given)
    else:
        hint = board.view.say(words.HINTS.get(column.kind, words.FIXED_HINT))
        seeded(board.view, key, given or "")
        value = st.text_input(label, key=key, placeholder=hint, label_visibility="collapsed").strip()
    return Source(constant=value) if value else None


def _draw_code(board: Board, column: Column, label: str, key: str, given: str | None) -> str:
    """A code of the column's list; empty until one is chosen."""
    codes = code_list(column.codes)
    chosen: str | None = st.selectbox(
        label,
        codes.codes,
        index=None,
        format_func=lambda one: board.view.say(codes.name_of(one)),
        key=seeded(board.view, key, _code_of(column, given) or None, (None, *codes.codes)),
        placeholder=board.view.say(words.CHOOSE),
        label_visibility="collapsed",
    )
    return chosen or ""


def _code_of(column: Column, given: str | None) -> str:
    """The code that a constant means, which may be written as its name."""
    if given is None:
        return ""
    entries = code_list(column.codes).entries
    spelled = folded(given)
    return next((one.code for one in entries if spelled in map(folded, (one.code, one.name.zh, one.name.en))), "")


def _draw_source(board: Board, column: Column, letter: str) -> Source:
    """A column of the form: what it holds, and how its numbers and its empty cells are meant."""
    start, found = board.start_of(column), board.form.by_letter[letter]
    kept = start is not None and board.letter_of(column) == letter
    source = start if kept and start else source_of(board.form, column, letter, board.seen.register)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="gz-sample">{html.escape(board.view.say(_sample(board.form, letter)))}</p>')
        if column.kind == "money" and not found.unit:
            source = _draw_unit(board, column, source, found)
        if column.kind in NUMERIC and board.form.rows[letter].null_count:
            source = _draw_blanks(board, column, source, letter)
    if column.kind == "code":
        return draw_values(board.view, board.form, column, source, letter, f"{board.key}_{column.key}")
    return source


def _draw_unit(board: Board, column: Column, source: Source, found: FormColumn) -> Source:
    """The unit of an amount that names none; the only unit of money in the form is the likeliest."""
    others = {one.factor for one in board.form.columns if is_money(one.unit)}
    likely = next(iter(others)) if len(others) == 1 else Decimal(1)
    factor = f"{source.factor if source.factor is not None else likely:f}"
    if factor not in words.MONEY_UNITS:
        return source
    units = list(words.MONEY_UNITS)
    chosen = st.selectbox(
        board.view.say(words.UNIT),
        units,
        format_func=lambda one: board.view.say(words.MONEY_UNITS[one]),
        key=seeded(board.view, f"{board.key}_{column.key}_{found.letter}_unit", factor, units),
        label_visibility="collapsed",
        width=150,
    )
    return replace(source, factor=Decimal(chosen) if Decimal(chosen) != found.factor else None)


def _draw_blanks(board: Board, column: Column, source: Source, letter: str) -> Source:
    """Whether an empty cell means 0: never taken for granted, as nothing reported is not nothing."""
    meant = dict(source.values)
    count = board.form.rows[letter].null_count
    ticked = st.checkbox(
        board.view.say(words.BLANKS.fill(count=f"{count:,}")),
        key=seeded(board.view, f"{board.key}_{column.key}_{letter}_blanks", "" in meant),
    )
    others = tuple(entry for entry in source.values if entry[0])
    return replace(source, values=(*others, ("", meant.get("", "0"))) if ticked else others)


def _sample(form: Form, letter: str) -> Text:
    """The first different values of a column."""
    values = form.rows[letter].drop_null().unique()[:_SAMPLES].to_pylist()
    if not values:
        return words.NO_VALUES
    short = [one if len(one) <= _SAMPLE_LENGTH else f"{one[:_SAMPLE_LENGTH]}…" for one in values]
    return words.SUCH_AS.fill(texts=Text("、".join(short), ", ".join(short)))
