"""Why a number moved, on a page: the pillar's sentence with its links, and the panel with every part of the change."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import partial

import streamlit as st

from gzdash.answer import Listing
from gzdash.dimensions import DIMENSIONS
from gzdash.insight.breakdown import breakdown, exact_headers, exact_rows
from gzdash.insight.cause import Suspect, axes_of, ranked
from gzdash.insight.change import change, change_of
from gzdash.insight.contribution import Contributions, contributions
from gzdash.insight.coverage import reservation
from gzdash.insight.sentences import Names, Phrase, change_sentence, full_sentence
from gzdash.metrics import metric
from gzdash.screen.narrowed import part_html, sentence_html
from gzdash.screen.page import download, note
from gzdash.screen.remembered import remembered
from gzdash.screen.states import panel
from gzdash.screen.view import Seen, View
from gzdash.screen.waterfall import waterfall_html
from gzdash.selection import Selection
from gzdash.words import Text, frame
from gzdash.words import why as words

_WIDTH = 880


@panel
def sentence(view: View, pillar_key: str, key: str, dimension: str) -> None:
    """The pillar's name and what changed in it, in one sentence whose parts are links; beside it, the way to why."""
    said, is_moved = _sentence(view.seen, key, dimension)
    with st.container(key=f"said_{key}", horizontal=True, horizontal_alignment="distribute", gap="small"):
        name = f'<h2 class="gz-pillar {pillar_key}">{view.say(frame.PAGES[pillar_key])}</h2>'
        st.html(name, width="content")
        if is_moved and not view.is_kiosk:
            _ask_why(view, key, words.WHY)
    st.html(f'<p class="gz-sentence">{said}</p>')


def sentence_ahead(view: View, key: str, dimension: str) -> None:
    """Begin to find what changed, for a page that comes to it soon."""
    _sentence.ahead(view.seen, key, dimension)


@remembered
def _sentence(seen: Seen, key: str, dimension: str) -> tuple[str, bool]:
    """The sentence as HTML, and whether there is a change to ask about."""
    one, view = metric(key), seen.view
    thin = reservation(view.desk, one, view.selection)
    moved = None if thin else change(view.desk, key, view.selection, dimension)
    said = change_sentence(moved) if moved else (Phrase(thin or frame.NO_COMPARISON),)
    return sentence_html(view, one, view.selection, dimension, said), bool(moved and moved.difference)


@panel
def why_line(view: View, *keys: str) -> None:
    """One quiet line under the cards of a page: which of its figures can be asked why they moved."""
    if view.is_kiosk:
        return
    with st.container(key="why_line", horizontal=True, gap="small", vertical_alignment="center"):
        said = html.escape(view.say(words.WHY_LINE))
        st.html(f'<span class="gz-caption">{said}</span>', width="content")
        for key in keys:
            _ask_why(view, key, metric(key).name)


def _ask_why(view: View, key: str, label: Text) -> None:
    if st.button(view.say(label), key=f"why_{key}", type="tertiary", width="content"):
        draw_why(view, key, view.selection)


def draw_why(view: View, key: str, selection: Selection) -> None:
    """Open the dialog that explains the change of a metric against last year, one split at a time."""
    title = view.say(words.WHY_OF.fill(name=metric(key).name))
    st.dialog(title, width=_WIDTH)(_draw)(view, key, selection)


def _draw(view: View, key: str, selection: Selection) -> None:
    one = metric(key)
    if thin := reservation(view.desk, one, selection):
        note(view, thin)
        return
    found = [whole for whole in contributions(view.desk, key, selection, *axes_of(one)) if len(whole.parts) > 1]
    if not found:
        note(view, words.NO_CHANGE)
        return
    suspects = ranked(found)
    whole = _chosen(view, found, suspects)
    names = view.desk.organization_names(part.code for part in whole.parts) if whole.dimension == "organization" else {}
    _draw_said(view, whole, names, suspects)
    st.html(waterfall_html(view, whole, breakdown(whole, names)))
    _draw_notes(view, whole, names)


def _chosen(view: View, found: Sequence[Contributions], suspects: Sequence[Suspect]) -> Contributions:
    """The split that the reader chose; at first that of the part which explains the change best."""
    by_axis = {whole.dimension: whole for whole in found}
    first = suspects[0].whole.dimension if suspects else found[0].dimension
    axis = st.segmented_control(
        view.say(words.BY),
        list(by_axis),
        format_func=lambda name: view.say(words.AXES[name]),
        default=first,
        required=True,
        key=f"split_why_{found[0].metric.key}",
        label_visibility="collapsed",
    )
    return by_axis.get(axis or first, found[0])


def _draw_said(view: View, whole: Contributions, names: Names, suspects: Sequence[Suspect]) -> None:
    """The sentence of this split, and which part of any split explains the change best."""
    link = partial(sentence_html, view, whole.metric, whole.selection)
    said = link(whole.dimension, full_sentence(change_of(whole), names))
    st.html(f'<p class="gz-why-said">{said}</p><p class="gz-why-cause">{_cause(view, suspects)}</p>')


def _cause(view: View, suspects: Sequence[Suspect]) -> str:
    if not suspects:
        return html.escape(view.say(words.NO_CAUSE))
    whole, part = suspects[0].whole, suspects[0].part
    code, axis = part.code or "", whole.dimension
    names = view.desk.organization_names([code]) if axis == "organization" else {}
    name = Phrase(names.get(code) or DIMENSIONS[axis].label(code), (code,))
    head = view.say(words.CAUSE.fill(dimension=words.AXES[axis]))
    return html.escape(head) + part_html(view, whole.metric, whole.selection, axis, name)


def _draw_notes(view: View, whole: Contributions, names: Names) -> None:
    """What is drawn, who came and went, and the file with every part."""
    one = whole.metric
    drawn = words.RATIO_DRAWN if one.is_ratio else words.DRAWN
    said = [drawn.fill(period=whole.selection.period.label)]
    if whole.dimension == "organization":
        said.append(words.TURNOVER.fill(entered=f"{whole.entered:,}", left=f"{whole.left:,}"))
    for text in said:
        note(view, text)
    exact = why_listing(view, whole, names)
    download(view, exact, words.DOWNLOAD.fill(rows=f"{len(exact):,}"))


def why_listing(view: View, whole: Contributions, names: Names) -> Listing:
    """Every part of a change with exact numbers, as a file."""
    one, dimension = whole.metric, DIMENSIONS[whole.dimension].name
    title = words.FILE_TITLE.fill(name=one.name, dimension=Text(dimension.zh, dimension.en.lower()))
    return view.listing(
        f"why_{one.key}_{whole.dimension}", title, exact_headers(whole), exact_rows(whole, names), [one]
    )
