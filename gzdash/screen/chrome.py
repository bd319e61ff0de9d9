"""The fixed parts of a page: style, brand, language switch, title row, notices and footer."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from gzdash.ask.reporting import everywhere
from gzdash.faults import Fault
from gzdash.metrics import Metric
from gzdash.numbers import moment, per_cent
from gzdash.screen import reader
from gzdash.screen.view import View
from gzdash.selection import FILTERS, listed
from gzdash.tables import TABLES
from gzdash.theme import FONT_STACK, Palette, css_variables, kiosk_variables, type_variables
from gzdash.words import LANGUAGES, Language, Text, coverage, same
from gzdash.words import frame as words

ASSETS = Path(__file__).parent / "assets"
ICON = ASSETS / "icon.png"
_SHEETS = ("frame.css", "access.css", "why.css", "restatements.css")
_STYLE = "\n".join((ASSETS / name).read_text("utf-8") for name in _SHEETS)
_KIOSK = (ASSETS / "kiosk.css").read_text("utf-8")
_LANGUAGE_NAMES = {"zh": "中", "en": "EN"}

# What pages added to the title row, by page.
_ASIDE = "title_asides"
# The drawing of the mark and the name, and how high Streamlit shows a large logo.
_BRAND_HEIGHT = 24
_LOGO_REM = 2

# As many metrics as fit a line are named.
_METRICS_NAMED = 4
# A broken link may hold hundreds of wrong codes; the rest is counted.
_NOTICES_SHOWN = 20


def draw_style(palette: Palette, language: Language, *, is_kiosk: bool = False) -> None:
    """Our few rules on top of Streamlit's theme, with the palette as variables, and the uploader's words.

    The style sheet carries the reader's language, which `words.js` follows.
    """
    st.html(_style(palette, language, is_kiosk))


@cache
def _style(palette: Palette, language: Language, is_kiosk: bool) -> str:
    words_of = f'--gz-choose-file: "{words.CHOOSE_FILE.of(language)}";'
    brand = f"--gz-brand: {_brand_width(language) / _BRAND_HEIGHT * _LOGO_REM:.4g}rem;"
    theme = f"{css_variables(palette)} {type_variables()} {kiosk_variables()} --gz-font: {FONT_STACK};"
    head = f'<style class="gz-frame" lang="{language}">'
    return f"{head}:root {{ {theme} {words_of} {brand} }}\n{_STYLE}{_KIOSK * is_kiosk}</style>"


def draw_brand(palette: Palette, language: Language) -> None:
    """The mark and the name, at the left of the bar."""
    st.logo(_brand(palette, language), size="large")


@cache
def _brand(palette: Palette, language: Language) -> str:
    bars = "".join(
        f'<rect x="{x}" y="{y}" width="5" height="{22 - y}" fill="{colour}"/>'
        for x, y, colour in (
            (0, 8, palette.industry.mark),
            (7, 2, palette.employment.mark),
            (14, 5, palette.rural.mark),
        )
    )
    name = html.escape(words.BRAND.of(language))
    width = _brand_width(language)
    font = html.escape(FONT_STACK, quote=True)
    text = (
        f'<text x="29" y="19" font-family="{font}" font-size="16" font-weight="600" fill="{palette.ink}">{name}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{_BRAND_HEIGHT}" '
        f'viewBox="0 0 {width:.0f} {_BRAND_HEIGHT}">{bars}{text}</svg>'
    )


def _brand_width(language: Language) -> float:
    """How wide mark and name are, in the units of their drawing."""
    return 30 + (16.2 if language == "zh" else 8.6) * len(words.BRAND.of(language))


def draw_language_switch(language: Language) -> None:
    """中 | EN at the right of the bar."""
    with st.container(key="language_switch", horizontal=True, gap=None, width="content"):
        for one in LANGUAGES:
            st.button(
                _LANGUAGE_NAMES[one],
                key=f"language_{one}",
                on_click=reader.switch_language,
                args=(one,),
                disabled=one == language,
            )


def title_row() -> st.delta_generator.DeltaGenerator:
    """Where the title stands; what stood there in the run before stays until it is filled."""
    return st.container(key="title", gap=None)


def last_aside(view: View) -> str:
    """What the page added to the title row in the run before: shown until it is known what it adds in this one, the row
    does not change under the reader's eyes."""
    return str(st.session_state.get(_ASIDE, {}).get(view.page, ""))


def draw_title(slot: st.delta_generator.DeltaGenerator, view: View, aside: str) -> None:
    """Page title, demo mark, period, what the page adds; at the right the date of the data and who has reported."""
    st.session_state.setdefault(_ASIDE, {})[view.page] = aside
    desk, say = view.desk, view.say
    badge = ""
    if desk.snapshot.is_demo:
        explained = html.escape(say(words.DEMO_EXPLAINED))
        badge = f'<span class="gz-demo" title="{explained}">{say(words.DEMO)}</span>'
    period = view.selection.period.label
    subtitle = words.COMPARED.fill(period=period) if view.page in words.COMPARING else period
    slot.html(
        f"""<div class="gz-title"><h1>{say(words.PAGES[view.page])}</h1>{badge}
        <span class="gz-period">{html.escape(say(subtitle))}</span>{aside}
        <span class="gz-asof">{say(words.AS_OF)} <b>{moment(desk.snapshot.time, view.language)}</b></span>
        {_coverage(view)}</div>
        <p class="gz-said">{html.escape(selection_in_words(view))}</p>"""
    )


def selection_in_words(view: View) -> str:
    """The whole selection in words, for paper and walls, where filters and chips are not seen."""
    organization = view.selection.organization
    name = view.desk.organization_name(organization) if organization else ""
    said = view.selection.words(Text(name, name) if name else None)
    return "；".join(f"{view.say(filter_name)} {view.say(choice)}" for filter_name, choice in said)


def _coverage(view: View) -> str:
    """已报 6,871 / 应报 7,964 家 with its bar, over all tables with reports due; it leads to who is late."""
    found = everywhere(view.desk, view.selection)
    if not found.due:
        return f'<span class="gz-coverage">{view.say(words.NOTHING_DUE)}</span>'
    share = found.reported / found.due
    text = words.REPORTED.fill(reported=f"<b>{found.reported:,}</b>", due=f"{found.due:,}")
    address = f"./late?{html.escape(reader.link(view.selection, view.language))}"
    due = _tables_due(view, found.tables)
    return (
        f'<a class="gz-coverage" href="{address}" target="_self" title="{due}">{view.say(text)} '
        f'<i class="gz-bar"><i style="width:{share:.1%}"></i></i> <b>{per_cent(share, view.language)}</b></a>'
    )


def _tables_due(view: View, due: Sequence[str]) -> str:
    """Which tables anybody had to report, and where the link leads."""
    names = listed(TABLES[key].name if key in TABLES else same(key) for key in due)
    return html.escape(view.say(coverage.LISTS.fill(tables=names)))


def draw_notices(notices: Sequence[Fault], language: Language) -> None:
    """What was wrong with the link, never in silence."""
    for notice in notices[:_NOTICES_SHOWN]:
        st.html(
            f'<div class="gz-notice" role="status">{html.escape(notice.title.of(language))} '
            f"{html.escape(notice.remedy.of(language))}</div>"
        )
    if len(notices) > _NOTICES_SHOWN:
        more = words.MORE_NOTICES.fill(count=len(notices) - _NOTICES_SHOWN)
        st.html(f'<div class="gz-notice">{html.escape(more.of(language))}</div>')


def draw_faults(faults: Sequence[Fault], language: Language) -> None:
    """Why there is nothing to see: what, where, and what to do."""
    for fault in faults:
        st.html(
            f'<div class="gz-fault" role="alert"><h2>{html.escape(fault.title.of(language))}</h2>'
            f'<p class="gz-place">{html.escape(fault.place)}</p>'
            f"<p>{html.escape(fault.remedy.of(language))}</p><p><code>{html.escape(fault.code)}</code></p></div>"
        )


def draw_empty_lake(language: Language) -> None:
    """A real lake before its first import."""
    draw_faults([Fault("lake-empty", words.EMPTY_LAKE, "", words.EMPTY_LAKE_REMEDY)], language)


def draw_footer(view: View) -> None:
    """Filters that did not apply, source, snapshot, how to read, and what must not be put in."""
    say = view.say
    demo = f" · {say(words.DEMO)}" if view.desk.snapshot.is_demo else ""
    parts = [say(words.SOURCE) + demo, say(words.SNAPSHOT.fill(event=view.desk.snapshot.event)), say(words.READING_KEY)]
    spans = "".join(f"<span>{html.escape(part)}</span>" for part in parts)
    st.html(f'<div class="gz-footer">{spans}<b class="gz-classified">{say(words.CLASSIFIED)}</b></div>')


def draw_what_does_not_apply(view: View) -> None:
    """Under the filters: chosen filters that all or some figures of this page do not obey, and which figures."""
    if view.page in words.EACH_TABLE_SAYS:
        return
    for key in (key for key in view.selection.chosen if key != "period"):
        deaf = [metric for metric in view.metrics if key not in metric.filters]
        name = FILTERS[key].name
        if len(deaf) == len(view.metrics):
            line = words.DOES_NOT_APPLY.fill(names=name)
        elif deaf:
            line = words.PARTLY_APPLIES.fill(name=name, metrics=_first(deaf))
        else:
            continue
        st.html(f'<div class="gz-applies" role="status">{html.escape(view.say(line))}</div>')


def _first(metrics: Sequence[Metric]) -> Text:
    """The first metrics by name, and how many there are."""
    named = listed(metric.name for metric in metrics[:_METRICS_NAMED])
    if len(metrics) <= _METRICS_NAMED:
        return named
    return words.AND_MORE.fill(names=named, count=len(metrics))
