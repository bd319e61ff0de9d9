"""The panels of rural aid beside its map: by theme and month, goods without a value, projects."""

from __future__ import annotations

from functools import partial

import streamlit as st

from gzdash.answer import Sheet
from gzdash.charts import bars, ranked
from gzdash.metrics import metric
from gzdash.screen.page import chart, note
from gzdash.screen.panels import dress
from gzdash.screen.sheets import answers
from gzdash.screen.states import panel
from gzdash.screen.strip import strip
from gzdash.screen.view import View
from gzdash.words import Text
from gzdash.words import pages as words


def _to_date(view: View, key: str, title: Text, split: str, *metrics: str) -> Sheet:
    """A sheet from 2021 to the end of the period, as the cards of this pillar are shown."""
    return answers(view, key, title, split, *metrics, selection=view.selection.to_date())


@panel
def aid_by_theme(view: View) -> None:
    """Aid by theme; money and goods apart."""
    shown = _to_date(view, "aid_by_theme", words.AID_BY_THEME, "theme", "aid_money", "aid_goods")
    draw = partial(ranked, solid="aid_money", stacked="aid_goods", **dress(view, "rural"))
    chart(view, shown, draw, words.AID_BY_THEME_DRAWN)


@panel
def aid_by_month(view: View) -> None:
    """Aid delivered per month of the period."""
    shown = answers(view, "aid_by_month", words.AID_BY_MONTH, "month", "aid_value", "aid_money", "aid_goods")
    draw = partial(bars, columns=("aid_money", "aid_goods"), **dress(view, "rural"))
    chart(view, shown, draw, words.AID_BY_MONTH_DRAWN)


@panel
def unvalued_goods(view: View) -> None:
    """How many deliveries of goods have no value: unknown, and said so."""
    count = view.desk.ask("aid_goods_unvalued", view.selection.to_date()).value
    view.uses(metric("aid_goods_unvalued"))
    if count:
        note(view, words.UNVALUED.fill(count=f"{count:,}"))


def _projects(view: View) -> Sheet:
    metrics = ("aid_projects", "aid_projects_completed")
    return _to_date(view, "projects_by_group", words.PROJECTS_BY_GROUP, "region_group", *metrics)


@panel
def projects_by_group(view: View) -> None:
    """Projects completed of those started, by part of the province."""
    shown = _projects(view)
    draw = partial(ranked, solid="aid_projects_completed", hollow="aid_projects", **dress(view, "rural"))
    chart(view, shown, draw, words.PROJECTS_DRAWN.fill(period=shown.selection.period.label))


@panel
def projects_strip(view: View, under: st.delta_generator.DeltaGenerator) -> None:
    """The same in three short columns, where there is no room for a chart: completed of started, and a bar."""
    shown = _projects(view)
    view.show(shown)
    strip(view, shown, "aid_projects_completed", "aid_projects", under)
