"""Where a part of a figure is shown: the page of the figure's pillar with the selection narrowed to it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from gzdash.insight.part import narrowed
from gzdash.insight.sentences import Phrase
from gzdash.metrics import Metric
from gzdash.screen import reader
from gzdash.screen.view import View
from gzdash.selection import Selection


def part_html(view: View, one: Metric, selection: Selection, dimension: str, phrase: Phrase) -> str:
    """The phrase as HTML, a link where a page can be narrowed to the parts that it names."""
    text = html.escape(view.say(phrase.text))
    chosen = narrowed(selection, dimension, phrase.codes)
    if chosen is None:
        return text
    address = html.escape(f"./{one.pillar}?{reader.link(chosen, view.language)}")
    return f'<a href="{address}" target="_self">{text}</a>'


def sentence_html(view: View, one: Metric, selection: Selection, dimension: str, phrases: Sequence[Phrase]) -> str:
    """A sentence with a link at each part that it names."""
    return "".join(part_html(view, one, selection, dimension, phrase) for phrase in phrases)
