"""Words of a form that are in no list of codes: the reader says which code each stands for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from gzdash.intake.form import Form
from gzdash.intake.mapping import Source
from gzdash.intake.problems import Problem
from gzdash.intake.values import reader
from gzdash.reference import code_list
from gzdash.screen.choices import seeded
from gzdash.screen.view import View
from gzdash.tables import Column
from gzdash.words import imports as words

# More strange words than these, and the column is hardly the right one.
_SHOWN = 8
_LOOKED_AT = 500
_SHORT = 12


def strange_words(form: Form, column: Column, letter: str) -> tuple[str, ...]:
    """The different texts of a form's column that are no code of the table's column, in their order."""
    texts = form.rows[letter].unique().drop_null()[:_LOOKED_AT].to_pylist()
    return tuple(text for text in texts if isinstance(reader(column)(text), Problem))


def draw_values(view: View, form: Form, column: Column, source: Source, letter: str, key: str) -> Source:
    """What each strange word stands for; one that the reader leaves open stays an error at its cells."""
    strange = strange_words(form, column, letter)
    if not strange:
        return source
    meant = dict(source.values)
    with st.container(key=f"matchvalues_{column.key}", horizontal=True, gap="small"):
        for place, text in enumerate(strange[:_SHOWN]):
            if code := _draw_value(view, column, text, meant.get(text), f"{key}_{letter}_value_{place}"):
                meant[text] = code
            else:
                meant.pop(text, None)
    if len(strange) > _SHOWN:
        more = words.MORE_STRANGE.fill(count=len(strange) - _SHOWN)
        st.html(f'<p class="gz-sample">{view.say(more)}</p>')
    return replace(source, values=tuple(meant.items()))


def _draw_value(view: View, column: Column, text: str, given: str | None, key: str) -> str | None:
    codes = code_list(column.codes)
    short = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
    chosen: str | None = st.selectbox(
        view.say(words.STANDS_FOR.fill(text=short)),
        codes.codes,
        index=None,
        format_func=lambda one: view.say(codes.name_of(one)),
        key=seeded(view, key, given if given in codes else None, (None, *codes.codes)),
        placeholder=view.say(words.CHOOSE),
        width=190,
    )
    return chosen
