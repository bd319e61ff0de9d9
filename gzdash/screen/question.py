"""Questioning a figure: what it means, the imports that made it, and the cell that each of its rows stood in."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

import streamlit as st

from gzdash.answer import Key, Number, Question
from gzdash.ask import statement
from gzdash.ask.contributions import Half
from gzdash.dimensions import DIMENSIONS
from gzdash.insight.coverage import figure_coverage
from gzdash.insight.part import of_part
from gzdash.lake import Lake
from gzdash.metrics import Metric, metric
from gzdash.numbers import figure, moment, per_cent, write
from gzdash.published import CALIBRATED, Comparison, compare
from gzdash.screen import reader, source
from gzdash.screen.copy_link import draw_copy_text
from gzdash.screen.downloads import passport_link
from gzdash.screen.question_rows import draw_imports, draw_rows
from gzdash.screen.view import View
from gzdash.selection import FILTERS, Selection, listed
from gzdash.trace import Contributor, Trace, state_of, trace
from gzdash.words import Language, Text, same
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
    pillar = PAGES[metric(asked[0].question.metric).pillar]
    st.dialog(f"{view.say(asked[0].label)}\u2003{view.say(pillar)}", width=_WIDTH)(_draw)(view, tuple(asked))


def _draw(view: View, several: tuple[Asked, ...]) -> None:
    asked = _chosen(view, several)
    found = trace(view.desk, source.lake(), asked.question, asked.key)
    _draw_figure(view, found, asked.key)
    lines = _lines(view, found)
    said = "".join(_line(view, *line) for line in lines)
    st.html(f'<div class="gz-question"><dl>{said}{_sql(view, asked.question)}</dl></div>')
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
    if key is None:
        lines = [said.IN_PERIOD[metric.kind].fill(period=selection.period.label), *_published(view, metric, selection)]
    else:
        names = [DIMENSIONS[name].label(code) for name, code in zip(found.answer.question.split, key, strict=True)]
        lines = [said.PART.fill(names=listed(names)), said.WITHIN.fill(period=selection.period.label)]
    beside = [view.say(line) for line in lines]
    st.html(
        f'<div class="gz-question"><div class="gz-figure"><span><b>{written.text}</b> {written.unit}</span>'
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
    metric, say, snapshot = found.metric, view.say, view.desk.snapshot
    version = said.VERSION.fill(event=snapshot.event, time=_moment(snapshot.time), owner=metric.owner)
    return [
        (words.MEANING, say(metric.meaning)),
        (words.FORMULA, " = ".join(_formula(view, found))),
        (words.SELECTED, _joined(view, _selected(view, metric, _own(found)))),
        (said.COVERAGE, _joined(view, _sure(view, found))),
        (words.VERSION, say(version)),
    ]


def _own(found: Trace) -> Selection:
    """What the figure is of: of a part, the selection narrowed to it where a filter does that."""
    question = found.answer.question
    return of_part(question.selection, question.split, found.key) or question.selection


def _joined(view: View, parts: Iterable[str]) -> str:
    return ("；" if view.language == "zh" else "; ").join(parts)


def _moment(time: datetime) -> Text:
    return Text(moment(time, "zh"), moment(time, "en"))


def _formula(view: View, found: Trace) -> Iterator[str]:
    """The formula, and what it comes to exactly: for a ratio its halves, else the figure without rounding."""
    row, formula = found.row, found.metric.formula
    if formula:
        yield view.say(formula)
    if found.metric.is_ratio:
        yield f"{row.numerator or 0:,} / {row.denominator or 0:,}"
    elif row.value is not None:
        yield f"{row.value:,} {view.say(found.metric.unit.symbol)}"


def _selected(view: View, metric: Metric, selection: Selection) -> Iterator[str]:
    """What was chosen, which filters were left open, and which of the chosen this figure does not obey."""
    deaf = {FILTERS[key].name for key in selection.chosen if key != "period" and key not in metric.filters}
    for name, choice in selection.words():
        if name not in deaf:
            yield view.say(choice) if name == FILTERS["period"].name else f"{view.say(name)} {view.say(choice)}"
    if open_ := [FILTERS[key].name for key in metric.filters if key != "period" and key not in selection.chosen]:
        yield view.say(said.NOT_NARROWED.fill(names=listed(open_)))
    if deaf:
        yield view.say(said.NOT_OBEYED.fill(names=listed(sorted(deaf, key=lambda name: name.zh))))


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
    yield view.say(figure_coverage(view.desk, found.answer.question, found.key))


def _line(view: View, name: Text, text: str) -> str:
    return f"<dt>{html.escape(view.say(name))}</dt><dd>{html.escape(text)}</dd>"


def _sql(view: View, question: Question) -> str:
    """The statement as it ran, with what stood in its parameters: a last line of the list, which opens."""
    sql, parameters = statement([question])
    filled = json.dumps(parameters, ensure_ascii=False, default=str, indent=1)
    shown = f"{sql}\n\n-- {view.say(said.PARAMETERS)}\n{filled}" if parameters else sql
    return (
        f"<dt>{html.escape(view.say(said.SQL))}</dt><dd><details><summary>{html.escape(view.say(said.SHOW_SQL))}</summary>"
        f'<pre class="gz-sql" tabindex="0">{html.escape(shown)}</pre></details></dd>'
    )


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
    with st.container(key="question_actions", horizontal=True, vertical_alignment="center", gap="small"):
        if found.count(half):
            label = said.DOWNLOAD_ALL.fill(count=f"{found.count(half):,}")
            address = trace_address(found, half, view.language)
            button = f'<a class="gz-button gz-primary" href="{address}">{html.escape(view.say(label))}</a>'
            st.html(f"{button}&emsp;{passport_link(view, address)}")
        draw_copy_text(
            _as_text(view, found, lines), view.say(said.COPY), view.say(said.COPIED), key="question", framed=True
        )
        if found.answer.is_demo:
            st.html(f'<p class="gz-caption">{view.say(said.EXAMPLES)}</p>')


def trace_address(found: Trace, half: Half, language: Language) -> str:
    """Where all rows behind a half are streamed from: relative, so that it holds under a base path."""
    question = found.answer.question
    part = {"half": half} | {f"key_{name}": code for name, code in found.part.items() if code is not None}
    by = ",".join(question.split)
    parameters = urlencode(({"by": by} if by else {}) | part)
    chosen = reader.link(question.selection, language)
    return html.escape(f"./trace/{quote(found.metric.key)}.csv?{chosen}&{parameters}")


def _as_text(view: View, found: Trace, lines: Lines) -> str:
    """The provenance in a few lines of text, for a letter or a footnote."""
    page, metric = PAGES[view.page], found.metric
    head = f"{view.say(metric.name)} {write(found.row.value, metric.unit, view.language)}"
    demo = [view.say(words.DEMO)] if found.answer.is_demo else []
    imports = [
        f"- {one.source.id} · {moment(one.source.time, view.language)} · {one.source.file_name} · {one.value:,} · "
        f"SHA-256 {one.source.kept_hash or '—'}{_lost(view, found.lake, one)}"
        for half in found.halves
        for one in found.contributors[half.half]
    ]
    body = [f"{view.say(name)}: {text}" for name, text in lines if text]
    where = same(f"{words.BRAND.of(view.language)} · {page.of(view.language)}")
    return "\n".join([head, *demo, *body, f"{view.say(said.IMPORT)}:", *imports, view.say(where)])


def _lost(view: View, lake: Lake, one: Contributor) -> str:
    state = said.ORIGINAL.get(state_of(lake, one.source))
    return f" · {view.say(state)}" if state else ""
