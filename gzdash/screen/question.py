"""Questioning a figure: what it means, the imports that made it, and the cell that each of its rows stood in."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import streamlit as st

from gzdash.answer import Key, Number, Question
from gzdash.ask import statement
from gzdash.ask.contributions import Half
from gzdash.dimensions import DIMENSIONS
from gzdash.insight.coverage import coverage, coverage_words
from gzdash.metrics import Metric
from gzdash.numbers import figure, moment, per_cent, write
from gzdash.published import CALIBRATED, Comparison, compare
from gzdash.screen import reader, source
from gzdash.screen.copy_link import draw_copy_text
from gzdash.screen.downloads import passport_link
from gzdash.screen.question_rows import draw_imports, draw_rows
from gzdash.screen.view import View
from gzdash.selection import FILTERS, Selection, listed
from gzdash.trace import Trace, trace
from gzdash.words import Text, same
from gzdash.words import frame as words
from gzdash.words import question as said
from gzdash.words.frame import PAGES

_WIDTH = 880
Lines = list[tuple[Text, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that is questioned: `label` names it where there are several, `key` is a part of its split."""

    label: Text
    question: Question
    key: Key | None = None


def draw_question(view: View, asked: Sequence[Asked]) -> None:
    """Open the dialog on one figure, or on those of a row, of which the reader chooses."""
    st.dialog(view.say(asked[0].label), width=_WIDTH)(_draw)(view, tuple(asked))


def _draw(view: View, several: tuple[Asked, ...]) -> None:
    asked = _chosen(view, several)
    found = trace(view.desk, source.lake(), asked.question, asked.key)
    _draw_figure(view, found, asked.key)
    lines = _lines(view, found)
    st.html(f'<div class="gz-question"><dl>{"".join(_line(view, *line) for line in lines)}</dl></div>')
    _draw_sql(view, asked.question)
    half = _half(view, found)
    draw_imports(view, found, half)
    draw_rows(view, found, half)
    _draw_actions(view, found, half, lines)


def _chosen(view: View, several: tuple[Asked, ...]) -> Asked:
    if len(several) == 1:
        return several[0]
    place = st.segmented_control(
        view.say(said.WHICH),
        range(len(several)),
        format_func=lambda one: view.say(several[one].label),
        default=0,
        required=True,
        key=f"question_which_{hash(several)}",
        label_visibility="collapsed",
    )
    return several[place or 0]


def _draw_figure(view: View, found: Trace, key: Key | None) -> None:
    """The number, large, and beside it what period it is of and what was published."""
    metric, selection = found.metric, found.answer.question.selection
    written = figure(found.row.value, metric.unit, view.language)
    demo = f'<span class="gz-demo">{view.say(words.DEMO)}</span>' if found.answer.is_demo else ""
    if key is None:
        lines = [said.IN_PERIOD[metric.kind].fill(period=selection.period.label), *_published(view, metric, selection)]
    else:
        names = [DIMENSIONS[name].label(code) for name, code in zip(found.answer.question.split, key, strict=True)]
        lines = [said.PART.fill(names=listed(names)), said.WITHIN.fill(period=selection.period.label)]
    beside = [view.say(line) for line in lines]
    st.html(
        f'<div class="gz-question"><div class="gz-figure"><span><b>{written.text}</b> {written.unit} {demo}</span>'
        f"<p>{'<br>'.join(html.escape(line) for line in beside)}</p></div></div>"
    )


def _published(view: View, metric: Metric, selection: Selection) -> Iterator[Text]:
    """What was published of exactly this figure; on demonstration data that is calibration, no evidence."""
    for one in compare(view.desk):
        asked = one.published.asked
        if asked and not asked.organization and asked.metric == metric.key and asked.selection == selection:
            yield _compared(one, view.desk.snapshot.is_demo)


def _compared(one: Comparison, is_demo: bool) -> Text:
    written = Text(one.published.written("zh"), one.published.written("en"))
    if is_demo:
        head = said.PUBLISHED.fill(figure=written)
        return Text(f"{head.zh}；{CALIBRATED.zh}", f"{head.en}; {CALIBRATED.en}")
    return (said.PUBLISHED_AGREES if one.agrees else said.PUBLISHED_DIFFERS).fill(figure=written)


def _lines(view: View, found: Trace) -> Lines:
    """What the figure is, in words, each under its heading."""
    metric, selection, say = found.metric, found.answer.question.selection, view.say
    chosen = "；".join(f"{say(name)} {say(choice)}" for name, choice in selection.words())
    snapshot = view.desk.snapshot
    lines = [(words.MEANING, say(metric.meaning)), (words.FORMULA, say(metric.formula) if metric.formula else "")]
    lines += _exact(view, found)
    lines += [
        (words.SELECTED, chosen),
        (words.FILTERS_OBEYED, say(listed(FILTERS[key].name for key in metric.filters))),
        (said.COVERAGE, "；".join(_sure(view, found))),
        (words.VERSION, f"{say(words.SNAPSHOT.fill(event=snapshot.event))}, {moment(snapshot.time, view.language)}"),
        (words.OWNER, say(metric.owner)),
    ]
    return lines


def _exact(view: View, found: Trace) -> Iterator[tuple[Text, str]]:
    row = found.row
    if found.metric.is_ratio:
        yield words.HALVES, f"{row.numerator or 0:,} / {row.denominator or 0:,}"
    elif row.value is not None:
        yield words.EXACT, f"{row.value:,} {view.say(found.metric.unit.symbol)}"


def _sure(view: View, found: Trace) -> Iterator[str]:
    """How much of the figure was checked against vouchers, and who has reported."""
    numerator = found.contributors["numerator"]
    verified = [one.verified for one in numerator if one.verified is not None]
    whole: Number = sum(one.value for one in numerator)
    if verified and whole and not found.metric.is_ratio:
        checked: Number = sum(verified)
        unit, language = found.metric.unit, view.language
        share = per_cent(float(checked) / float(whole), language)
        rest = write(whole - checked, unit, language)  # type: ignore[operator]
        yield view.say(said.VERIFIED.fill(verified=write(checked, unit, language), share=share, rest=rest))
    yield view.say(coverage_words(coverage(view.desk, found.metric, found.answer.question.selection)))


def _line(view: View, name: Text, text: str) -> str:
    return f"<dt>{html.escape(view.say(name))}</dt><dd>{html.escape(text)}</dd>"


def _draw_sql(view: View, question: Question) -> None:
    """The statement as it ran, with what stood in its parameters."""
    sql, parameters = statement([question])
    with st.expander(view.say(said.SQL)):
        st.code(sql, language="sql")
        if parameters:
            st.caption(view.say(said.PARAMETERS))
            st.code(json.dumps(parameters, ensure_ascii=False, default=str, indent=1), language="json")


def _half(view: View, found: Trace) -> Half:
    """Which half of a ratio the rows are of: the reader's choice."""
    if not found.metric.is_ratio:
        return "numerator"
    chosen = st.segmented_control(
        view.say(said.WHICH_HALF),
        [one.half for one in found.halves],
        format_func=lambda half: view.say(said.HALF[half]),
        default="numerator",
        required=True,
        key=f"question_half_{found.metric.key}",
    )
    return "denominator" if chosen == "denominator" else "numerator"


def _draw_actions(view: View, found: Trace, half: Half, lines: Lines) -> None:
    """All rows as a file, and the provenance as text."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if found.count(half):
            label = said.DOWNLOAD_ALL.fill(count=f"{found.count(half):,}")
            address = trace_address(found, half)
            button = f'<a class="gz-button" href="{address}">{html.escape(view.say(label))}</a>'
            st.html(f"{button}&emsp;{passport_link(view, address)}")
        draw_copy_text(_as_text(view, found, lines), view.say(said.COPY), view.say(said.COPIED), key="question")
        if found.answer.is_demo:
            st.html(f'<p class="gz-caption">{view.say(said.EXAMPLES)}</p>')


def trace_address(found: Trace, half: Half) -> str:
    """Where all rows behind a half are streamed from: relative, so that it holds under a base path."""
    question = found.answer.question
    part = {"half": half} | {f"key_{name}": code for name, code in _key(found) if code is not None}
    by = ",".join(question.split)
    parameters = urlencode(({"by": by} if by else {}) | part)
    return html.escape(f"./trace/{quote(found.metric.key)}.csv?{reader.link(question.selection)}&{parameters}")


def _key(found: Trace) -> Sequence[tuple[str, str | None]]:
    key = found.halves[0].key
    return tuple(zip(found.answer.question.split, key, strict=True)) if key is not None else ()


def _as_text(view: View, found: Trace, lines: Lines) -> str:
    """The provenance in a few lines of text, for a letter or a footnote."""
    page, metric = PAGES[view.page], found.metric
    head = f"{view.say(metric.name)} {write(found.row.value, metric.unit, view.language)}"
    demo = [view.say(words.DEMO)] if found.answer.is_demo else []
    imports = [
        f"- {one.source.id} · {moment(one.source.time, view.language)} · {one.source.file_name} · {one.value:,} · "
        f"SHA-256 {one.source.kept_hash or '—'}"
        for half in found.halves
        for one in found.contributors[half.half]
    ]
    body = [f"{view.say(name)}: {text}" for name, text in lines if text]
    where = same(f"{words.BRAND.of(view.language)} · {page.of(view.language)}")
    return "\n".join([head, *demo, *body, f"{view.say(said.IMPORT)}:", *imports, view.say(where)])
