"""Questioning a figure: what it means, how it is made, over which selection, from which snapshot."""

from __future__ import annotations

import html

import streamlit as st

from gzdash.metrics import Metric
from gzdash.numbers import figure, moment
from gzdash.screen.view import View
from gzdash.selection import FILTERS, Selection, listed
from gzdash.words import Text
from gzdash.words import frame as words

_WIDTH = 880


def draw_question(view: View, metric: Metric, selection: Selection) -> None:
    """Open the dialog on one figure."""
    st.dialog(view.say(metric.name), width=_WIDTH)(_draw)(view, metric, selection)


def _draw(view: View, metric: Metric, selection: Selection) -> None:
    answer = view.desk.ask(metric.key, selection)
    written = figure(answer.value, metric.unit, view.language)
    demo = f'<span class="gz-demo">{view.say(words.DEMO)}</span>' if answer.is_demo else ""
    lines = "".join(
        f"<dt>{html.escape(view.say(name))}</dt><dd>{html.escape(said)}</dd>"
        for name, said in _lines(view, metric, selection)
    )
    st.html(
        f'<div class="gz-question"><p class="gz-figure"><b>{written.text}</b> {written.unit} {demo}</p>'
        f"<dl>{lines}</dl></div>"
    )


def _lines(view: View, metric: Metric, selection: Selection) -> list[tuple[Text, str]]:
    say = view.say
    row = view.desk.ask(metric.key, selection).total
    chosen = "；".join(f"{say(name)} {say(choice)}" for name, choice in selection.words())
    lines = [(words.MEANING, say(metric.meaning)), (words.FORMULA, say(metric.formula) if metric.formula else "")]
    if metric.is_ratio:
        lines.append((words.HALVES, f"{row.numerator or 0:,} / {row.denominator or 0:,}"))
    elif row.value is not None:
        lines.append((words.EXACT, f"{row.value:,} {say(metric.unit.symbol)}"))
    snapshot = view.desk.snapshot
    lines += [
        (words.SELECTED, chosen),
        (words.FILTERS_OBEYED, say(listed(FILTERS[key].name for key in metric.filters))),
        (words.VERSION, f"{say(words.SNAPSHOT.fill(event=snapshot.event))}, {moment(snapshot.time, view.language)}"),
        (words.OWNER, say(metric.owner)),
    ]
    return lines
