"""Several amount columns of a wide form as rows: one way to divide the total, never two at once."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace

import streamlit as st

from gzdash.intake.convert import find
from gzdash.intake.convert_parts import numbers
from gzdash.intake.mapping import Mapping, Source, Sources
from gzdash.intake.matching import NUMERIC, divisions, source_of
from gzdash.reference import code_list
from gzdash.screen.choices import seeded
from gzdash.screen.match_board import Board
from gzdash.tables import Column
from gzdash.words import Text
from gzdash.words import imports as words

_NONE, _OWN, _BEFORE = "none", "own", "before"
# A longer list of codes is no choice between parts of an amount.
_FEW_CODES = 20
# One column is no division.
_LEAST = 2


@dataclass(frozen=True)
class _Division:
    """A division as the board can show it: the table's column, the form's letters, and what else each part says."""

    key: str
    letters: tuple[str, ...]
    constants: tuple[dict[str, str], ...]


def draw_division(board: Board, columns: dict[str, Source]) -> tuple[dict[str, Source], tuple[Sources, ...]]:
    """The columns for every row, and the parts where the reader divides an amount."""
    before = _as_division(board)
    ways = divisions(board.form, Mapping(board.seen.table.key, tuple(columns.items())))
    target = _target(board, ways, columns, before)
    if target is None:
        return columns, board.start.parts
    alternatives = {"".join(way): way for way in ways.get(target.key, ())}
    chosen = _draw_ways(board, target, columns, alternatives, before)
    if chosen == _NONE:
        return columns, ()
    if chosen == _BEFORE:
        return columns, board.start.parts
    letters = alternatives[chosen] if chosen in alternatives else _draw_own(board, before)
    if len(letters) < _LEAST:
        return columns, ()
    total = columns.get(target.key)
    rest = {key: source for key, source in columns.items() if key != target.key}
    return rest, tuple(_draw_part(board, target, letter, total, columns, before) for letter in letters)


def _target(
    board: Board, ways: dict[str, tuple[tuple[str, ...], ...]], columns: dict[str, Source], before: _Division | None
) -> Column | None:
    """The table's column that may be divided; None where the form has not even two columns of numbers."""
    table = board.seen.table
    numeric = [column for column in table.columns if column.kind in NUMERIC]
    if not numeric or len(_letters(board)) < _LEAST:
        return None
    if before:
        return table.by_key[before.key]
    likely = [column for column in numeric if column.key in ways] or [one for one in numeric if one.key in columns]
    return (likely or numeric)[0]


def _draw_ways(
    board: Board,
    target: Column,
    columns: dict[str, Source],
    alternatives: dict[str, tuple[str, ...]],
    before: _Division | None,
) -> str:
    say = board.view.say
    said = {_NONE: words.NOT_DIVIDED}
    for name, way in alternatives.items():
        said[name] = words.DIVIDED.fill(count=len(way), columns=_titles(board, way))
    said[_OWN] = words.OWN_COLUMNS
    default = _NONE
    if before:
        default = next((name for name, way in alternatives.items() if way == before.letters), _OWN)
    elif board.start.parts:
        said[_BEFORE] = words.AS_BEFORE.fill(count=len(board.start.parts))
        default = _BEFORE
    options = list(said)
    chosen: str = st.radio(
        say(words.DIVIDE.fill(label=target.label)),
        options,
        format_func=lambda one: say(said[one]),
        key=seeded(board.view, f"{board.key}_ways_{target.key}", default, options),
    )
    return chosen


def _draw_own(board: Board, before: _Division | None) -> tuple[str, ...]:
    chosen = st.multiselect(
        board.view.say(words.OWN_COLUMNS),
        _letters(board),
        format_func=lambda one: f"{one}  {board.form.by_letter[one].title}",
        key=seeded(board.view, f"{board.key}_own", list(before.letters) if before else []),
        placeholder=board.view.say(words.WHICH_COLUMNS),
        label_visibility="collapsed",
    )
    return tuple(letter for letter in board.form.by_letter if letter in chosen)


def _draw_part(
    board: Board,
    target: Column,
    letter: str,
    total: Source | None,
    columns: dict[str, Source],
    before: _Division | None,
) -> Sources:
    """A part's own amount, and what it says otherwise than the others, such as money here and goods there."""
    given = dict(zip(before.letters, before.constants, strict=True)).get(letter, {}) if before else {}
    own: list[tuple[str, Source]] = []
    coded = [column for column in board.seen.table.columns if _may_differ(column, columns)]
    with st.container(key=f"matchrow_part_{letter}"):
        name, choice = st.columns([4, 13], vertical_alignment="center")
        name.html(f'<p class="gz-column">{html.escape(board.form.by_letter[letter].title)}</p>')
        with choice, st.container(horizontal=True, gap="small"):
            for column in coded:
                if value := _draw_own_code(board, column, letter, given.get(column.key, "")):
                    own.append((column.key, Source(constant=value)))
    return ((target.key, _part_source(board, target, letter, total)), *own)


def _draw_own_code(board: Board, column: Column, letter: str, given: str) -> str:
    say, codes = board.view.say, code_list(column.codes)
    options = ["", *codes.codes]

    def said(one: str) -> str:
        if not one:
            return say(words.SAME_FOR_ALL.fill(label=column.label))
        return say(words.PART_OF.fill(label=column.label, value=codes.name_of(one)))

    chosen: str = st.selectbox(
        f"{board.form.by_letter[letter].title} {say(column.label)}",
        options,
        format_func=said,
        key=seeded(board.view, f"{board.key}_part_{letter}_{column.key}", given, options),
        label_visibility="collapsed",
    )
    return chosen


def _may_differ(column: Column, columns: dict[str, Source]) -> bool:
    """Whether a part may say it otherwise: a required code that no column of the form fills."""
    if column.kind != "code" or not column.required or len(code_list(column.codes).codes) > _FEW_CODES:
        return False
    source = columns.get(column.key)
    return source is None or source.constant is not None


def _part_source(board: Board, target: Column, letter: str, total: Source | None) -> Source:
    """A part that names no unit is in that of the total, for its numbers make up the total's."""
    source, found = source_of(board.form, target, letter, board.seen.register), board.form.by_letter[letter]
    whole = find(board.form, total) if total else None
    if target.kind != "money" or found.unit or total is None or whole is None:
        return source
    factor = total.factor if total.factor is not None else whole.factor
    return replace(source, factor=factor if factor != found.factor else None)


def _as_division(board: Board) -> _Division | None:
    """The parts of the mapping the board starts from, where they are one column of the form each."""
    key, letters, constants = "", [], []
    for part in board.start.parts:
        taken = [(name, found.letter) for name, one in part if (found := find(board.form, one))]
        if len(taken) != 1 or (key and taken[0][0] != key) or any(one.values for _, one in part):
            return None
        key = taken[0][0]
        letters.append(taken[0][1])
        constants.append({name: one.constant for name, one in part if one.constant is not None})
    return _Division(key, tuple(letters), tuple(constants)) if letters else None


def _letters(board: Board) -> list[str]:
    """The form's columns of numbers."""
    return [letter for letter in board.form.by_letter if numbers(board.form, letter) is not None]


def _titles(board: Board, letters: tuple[str, ...]) -> Text:
    titles = [board.form.by_letter[letter].title for letter in letters]
    return Text("、".join(titles), ", ".join(titles))
