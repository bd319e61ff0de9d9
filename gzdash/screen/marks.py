"""The marks of a chart as choices: a click narrows the page, a menu does the same from the keyboard."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

import streamlit as st

from gzdash.answer import Figures, Sheet
from gzdash.charts import Chart
from gzdash.numbers import figure, write
from gzdash.reference import code_list
from gzdash.screen.crumbs import choose
from gzdash.screen.drill import PERIOD, drillable, filter_of
from gzdash.screen.view import LAST_YEAR, View
from gzdash.selection import FILTERS
from gzdash.words import Language, Text
from gzdash.words import drill as words

_CONFIG = {"displayModeBar": False, "responsive": True}
# A title names as many figures as one line holds.
_TITLED = 2
_MENU_WIDTH = 104


def draw_marks(view: View, shown: Sheet, drawn: Chart) -> None:
    """The chart; a click on a mark narrows the page where its split is a filter.

    Streamlit keeps the clicked mark by the chart's content. The choice is therefore part of the content: what was
    clicked under another choice is forgotten, and the same mark can be clicked again after the Back button.
    """
    split = drillable(shown)
    key = f"chart_{shown.key}"
    if not split:
        st.plotly_chart(drawn.plotly(), theme=None, config=_CONFIG, key=key, alt=drawn.alt, height=drawn.height)
        return
    chosen = getattr(view.selection, filter_of(split))
    with st.container(key=f"marks_{shown.key}", gap=None):
        st.plotly_chart(
            drawn.plotly(str(chosen)),
            theme=None,
            config=_CONFIG,
            key=key,
            alt=drawn.alt,
            height=drawn.height,
            on_select=partial(_clicked, view, shown, split, key),
            selection_mode="points",
        )


def _clicked(view: View, shown: Sheet, split: str, key: str) -> None:
    """A mark was clicked. Plotly also reports when nothing is marked any more, which asks for nothing."""
    points: list[dict[str, Any]] = st.session_state[key].selection.points
    code = next((point.get("customdata") for point in points), None)
    if code in {row[0] for row in shown.keys} - {None}:
        choose(view, shown, split, str(code))


def draw_menu(view: View, shown: Sheet) -> None:
    """The parts of a chart with their first figure, for those who do not click: choosing one narrows the page."""
    split = drillable(shown)
    codes = [code for (code,) in shown.keys if code is not None] if split else []
    if len(codes) < 2:
        return
    first = shown.figures[0]
    said = {
        str(code): words.PART.fill(name=label, value=write(value, first.unit, view.language))
        for (code, *_), label, value in zip(shown.keys, shown.short_labels(), first.values, strict=True)
    }
    key = f"narrow_{shown.key}"
    st.selectbox(
        view.say(words.NARROW_TO),
        codes,
        index=None,
        key=key,
        format_func=lambda code: view.say(said[code]),
        placeholder=view.say(words.NARROW_TO),
        label_visibility="collapsed",
        width=_MENU_WIDTH,
        on_change=partial(_picked, view, shown, split, key),
    )


def _picked(view: View, shown: Sheet, split: str, key: str) -> None:
    code = st.session_state[key]
    st.session_state[key] = None
    if code is not None:
        choose(view, shown, split, code)


def is_one(view: View, shown: Sheet) -> bool:
    """Whether there is one item only, so that its figures say more than one bar; parts that are listed as blank
    beside the one are items too."""
    if len(shown) != 1 or len(shown.dimensions) != 1:
        return False
    split = shown.dimensions[0].key
    key = filter_of(split)
    return bool(key) and (key == PERIOD or len(getattr(view.selection, key)) == 1)


def one_title(view: View, shown: Sheet) -> Text:
    """What the one item says: 软件和信创：发布岗位 486 个，实际招聘 331 人."""
    now = [one for one in shown.figures if not one.key.endswith(LAST_YEAR) and one.values[0] is not None]
    name = _name(view, shown)
    return words.ONE.fill(name=name, figures=_said(now[:_TITLED])) if now else name


def _name(view: View, shown: Sheet) -> Text:
    """The one item: what was chosen, for the rows of a county stand under the part of Guangdong it lies in."""
    key = filter_of(shown.dimensions[0].key)
    if key == PERIOD:
        return shown.labels()[0]
    return code_list(FILTERS[key].codes).short_of(getattr(view.selection, key)[0])


def draw_one(view: View, shown: Sheet, drawn: Chart) -> None:
    """The figures of the one item in a row, its rate as a bar in the chart's colours, and the year before."""
    before = [one for one in shown.figures if one.key.endswith(LAST_YEAR)]
    now = [one for one in shown.figures if one not in before]
    cells = "".join(_cell(view, one) for one in now)
    rate = next((one.values[0] for one in now if one.unit.measure == "ratio" and one.values[0] is not None), None)
    bar = _bar(float(rate), drawn) if rate is not None and len(drawn.key) > 1 else ""
    is_compared = before and not shown.is_torn(0)
    aside = f"<p>{html.escape(view.say(_said(before)))}</p>" if is_compared else ""
    st.html(f'<div class="gz-one"><dl>{cells}</dl>{bar}{aside}</div>')


def _bar(rate: float, drawn: Chart) -> str:
    """What is delivered inside what is promised, as the chart's own key paints them."""
    promised, delivered = drawn.key[:2]
    outline = f"background:{promised.fill};border-color:{promised.outline}"
    part = f"width:{min(rate, 1):.1%};background:{delivered.fill}"
    return f'<i class="gz-rate" style="{outline}"><i style="{part}"></i></i>'


def _cell(view: View, one: Figures) -> str:
    written = figure(one.values[0], one.unit, view.language)
    unit = f" <small>{html.escape(written.unit)}</small>" if written.unit else ""
    return f"<div><dd>{html.escape(written.text)}{unit}</dd><dt>{html.escape(view.say(one.label))}</dt></div>"


def _said(several: list[Figures]) -> Text:
    """The figures in words, each with its unit."""
    return Text("，".join(_parts(several, "zh")), ", ".join(_parts(several, "en")))


def _parts(several: list[Figures], language: Language) -> list[str]:
    return [f"{one.label.of(language)} {write(one.values[0], one.unit, language)}" for one in several]
