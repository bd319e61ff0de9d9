"""A strip: the few parts of a whole side by side, each as done of promised with its bar, where a chart has no room."""

from __future__ import annotations

import html

import streamlit as st

from gzdash.answer import Sheet
from gzdash.numbers import per_cent
from gzdash.screen.page import draw_under
from gzdash.screen.states import draw_empty
from gzdash.screen.view import View
from gzdash.words import Text

# More parts than these do not stand side by side beside a map.
_PARTS = 4
_SAID = Text("{name}：{done} / {whole}，{share}", "{name}: {done} of {whole}, {share}")


def strip(view: View, shown: Sheet, done: str, whole: str, under: st.delta_generator.DeltaGenerator) -> None:
    """The largest parts of a sheet of counts, `done` of `whole`; its files and its table stand in `under`."""
    title = html.escape(view.say(shown.title))
    with st.container(key=f"panel_{shown.key}", gap=None):
        if not len(shown):
            st.html(f'<p class="gz-strip-title">{title}</p>')
            draw_empty(view, shown)
            return
        largest = shown.sorted_by(whole).picked(range(min(len(shown), _PARTS)))
        values = zip(largest.short_labels(), largest.values(done), largest.values(whole), strict=True)
        parts = "".join(_part(view, name, int(part or 0), int(of or 0)) for name, part, of in values)
        st.html(f'<p class="gz-strip-title">{title}</p><ul class="gz-strip">{parts}</ul>')
    with under:
        draw_under(view, shown, narrows=False)


def _part(view: View, name: Text, done: int, whole: int) -> str:
    share = done / whole if whole else 0.0
    said = _SAID.fill(
        name=name, done=f"{done:,}", whole=f"{whole:,}", share=Text(per_cent(share, "zh"), per_cent(share, "en"))
    )
    return (
        f'<li aria-label="{html.escape(view.say(said))}"><span>{html.escape(view.say(name))}</span>'
        f"<span><b>{done:,}</b> / {whole:,}</span>"
        f'<i class="gz-rate"><i style="width:{min(share, 1):.1%}"></i></i></li>'
    )
