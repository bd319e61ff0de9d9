"""Matching a form's columns on a page: confirmed by the reader, shown in one line, and open to change."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from gzdash.faults import Refused
from gzdash.intake import Mapping, Understood
from gzdash.intake.convert import apply, find
from gzdash.intake.examine import suggested
from gzdash.intake.form import Form
from gzdash.intake.mapping import Source, Sources
from gzdash.intake.matching_faults import names
from gzdash.reference import code_list
from gzdash.screen import chrome
from gzdash.screen.choices import seeded
from gzdash.screen.commit import commits
from gzdash.screen.match_board import Board, draw_rows
from gzdash.screen.match_division import draw_division
from gzdash.screen.page import heading
from gzdash.screen.view import View
from gzdash.tables import Column, Table
from gzdash.words import Text, same
from gzdash.words import imports as words

_MATCH = "upload_match"
_KEPT, _HEADER, _CHANGED = "kept", "header", "changed"


@dataclass(frozen=True)
class _Held:
    """The match of the file at hand: confirmed, or open to be changed."""

    at: tuple[str, str, int]
    mapping: Mapping
    is_open: bool


def confirmed_match(seen: Understood, file_hash: str) -> Mapping | None:
    """The match that the reader confirmed for this file; None before that, and for a file that needs none."""
    held = _held(seen, file_hash)
    return None if held is None or held.is_open else held.mapping


def is_asked(seen: Understood, file_hash: str) -> bool:
    """Whether the reader has to match, wants to, or did before for such a form."""
    if seen.sheet is not None:
        return False
    return _held(seen, file_hash) is not None or seen.how != "exact" or bool(_before(seen))


def draw_matched(view: View, seen: Understood, mapping: Mapping, file_hash: str) -> None:
    """The match in a line, with the way to change it and to take it along as a file."""
    table, form = seen.table, seen.form
    told = [f"<span><b>{html.escape(view.say(words.MATCHED))}</b></span>"]
    told += [f"<span>{html.escape(view.say(_told(table, form, *entry)))}</span>" for entry in mapping.columns]
    if mapping.parts:
        taken = [found.title for part in mapping.parts for _, one in part if (found := find(form, one))]
        in_rows = words.IN_ROWS.fill(count=len(mapping.parts), columns=_listed(dict.fromkeys(taken)))
        told.append(f"<span>{html.escape(view.say(in_rows))}</span>")
    if left := _left_out(form, mapping):
        told.append(f"<span>{html.escape(view.say(words.LEFT_OUT.fill(names=_listed(left))))}</span>")
    st.html(f'<p class="gz-matched">{"".join(told)}</p>')
    with st.container(key="match_actions", horizontal=True):
        opened = st.button(view.say(words.CHANGE_MATCH), key="match_change")
        _draw_download(view, mapping)
    if opened:
        st.session_state[_MATCH] = _Held(_at(seen, file_hash), mapping, is_open=True)
        st.rerun()


def draw_match(view: View, seen: Understood, file_hash: str) -> None:
    """The board where each column of the table gets a column of the form or a fixed value, until it is confirmed."""
    with st.container(key="match_board", gap="small"):
        heading(view, words.MATCH.fill(table=seen.table.name), words.MATCH_DRAWN)
        board = _board(view, seen, file_hash)
        columns = draw_rows(board)
        columns, parts = draw_division(board, columns)
        mapping = Mapping(seen.table.key, tuple(columns.items()), parts, seen.form.fingerprint)
        with st.container(key="match_actions", horizontal=True):
            pressed = st.button(view.say(words.CHECK_MATCH), key="match_check", type="primary")
            _draw_download(view, mapping)
        if pressed and _is_sound(view, seen, mapping):
            st.session_state[_MATCH] = _Held(_at(seen, file_hash), mapping, is_open=False)
            st.rerun()


def _board(view: View, seen: Understood, file_hash: str) -> Board:
    """Where the reader starts from: the match held, the one confirmed last time, or what the header suggests."""
    held, before = _held(seen, file_hash), _before(seen)
    basis, start = _HEADER, suggested(seen)
    if held is not None:
        basis, start = _CHANGED, held.mapping
    elif before:
        said = {_KEPT: words.CONFIRMED_BEFORE.fill(date=before[0].confirmed[:10]), _HEADER: words.FROM_HEADER}
        basis = st.radio(
            view.say(words.BASIS),
            list(said),
            format_func=lambda one: view.say(said[one]),
            key=seeded(view, f"match_basis_{seen.form.fingerprint}_{seen.table.key}", _KEPT, list(said)),
            horizontal=True,
        )
        start = before[0] if basis == _KEPT else start
    # Widgets are named for what they start from, so that another start sets them anew.
    return Board(view, seen, start, f"match_{seen.form.fingerprint}_{seen.table.key}_{basis}")


def _is_sound(view: View, seen: Understood, mapping: Mapping) -> bool:
    """Whether every required column is filled and the match can be used; says what is wrong where not."""
    missing = _missing(seen.table, dict(mapping.columns), mapping.parts)
    if missing:
        said = words.STILL_MISSING.fill(names=names(missing))
        st.html(f'<div class="gz-notice" role="alert">{html.escape(view.say(said))}</div>')
        return False
    try:
        apply(mapping, seen.form, seen.register)
    except Refused as refused:
        chrome.draw_faults(refused.faults, view.language)
        return False
    return True


def _missing(table: Table, columns: dict[str, Source], parts: tuple[Sources, ...]) -> list[Column]:
    in_parts = set.intersection(*({key for key, _ in part} for part in parts)) if parts else set()
    return [
        one
        for one in table.columns
        if one.required and one.default is None and one.key not in columns and one.key not in in_parts
    ]


def _draw_download(view: View, mapping: Mapping) -> None:
    st.download_button(
        view.say(words.DOWNLOAD_MATCH),
        data=mapping.to_json().encode(),
        file_name=f"{mapping.table}-{mapping.fingerprint}.json",
        mime="application/json",
        key="match_json",
        on_click="ignore",
        type="tertiary",
    )


def _held(seen: Understood, file_hash: str) -> _Held | None:
    held: _Held | None = st.session_state.get(_MATCH)
    return held if held is not None and held.at == _at(seen, file_hash) else None


def _at(seen: Understood, file_hash: str) -> tuple[str, str, int]:
    """Which file a match was confirmed for: once committed and uploaded again, it is asked about again."""
    return file_hash, seen.table.key, commits()


def _before(seen: Understood) -> tuple[Mapping, ...]:
    return tuple(one for one in seen.confirmed if one.table == seen.table.key)


def _told(table: Table, form: Form, key: str, source: Source) -> Text:
    column = table.by_key[key]
    if source.constant is not None:
        codes = code_list(column.codes) if column.codes else None
        value = codes.name_of(source.constant) if codes and source.constant in codes else same(source.constant)
        return Text(f"{column.label.zh}＝{value.zh}", f"{column.label.en} = {value.en}")
    found = find(form, source)
    title = found.title if found else "—"
    return Text(f"{column.label.zh} ← {title}", f"{column.label.en} ← {title}")


def _left_out(form: Form, mapping: Mapping) -> list[str]:
    entries = (*mapping.columns, *(entry for part in mapping.parts for entry in part))
    taken = {found.letter for _, source in entries if (found := find(form, source))}
    return [column.title for column in form.columns if column.letter not in taken]


def _listed(titles: Iterable[str]) -> Text:
    return same("、".join(titles))
