"""The sentences over charts say only what the rows show."""

from __future__ import annotations

from typing import Literal

import pytest

from gzdash import charts
from gzdash.answer import Number, Sheet
from gzdash.period import shift
from gzdash.units import RATIO
from gzdash.words import Text
from tests.sheets import (
    RATE,
    Column,
    before,
    credit,
    hired,
    rate,
    sheet,
)


def trend(*values: Number | None) -> Text | None:
    codes: list[str | None] = [shift("2023-01", step) for step in range(len(values))]
    return charts.trend_finding(sheet("month", codes, rate(*values)), "fill_rate")


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        ((0.46, 0.54, 0.68), "招聘率从1月的46 %升到3月的68 %", "Fill rate rose from 46 % (Jan) to 68 % (Mar)"),
        (
            (0.46, 0.68, 0.65),
            "招聘率从1月的46 %升到2月的68 %，3月略有回落",
            "Fill rate rose from 46 % (Jan) to 68 % (Feb), then slipped",
        ),
        (
            (0.4, 0.6, 0.52),
            "招聘率从1月的40 %升到2月的60 %，3月回落到52 %",
            "Fill rate rose from 40 % (Jan) to 60 % (Feb), then 52 %",
        ),
        (
            (0.7, 0.5, 0.52),
            "招聘率从1月的70 %降到2月的50 %，3月略有回升",
            "Fill rate fell from 70 % (Jan) to 50 % (Feb), then edged up",
        ),
    ],
)
def test_a_trend_names_its_ends_and_its_turn(values: tuple[float, ...], zh: str, en: str) -> None:
    said = trend(*values)
    assert said is not None
    assert (said.zh.replace("\u00a0", " "), said.en.replace("\u00a0", " ")) == (zh, en)


@pytest.mark.parametrize(
    "values",
    [
        (0.46, 0.68),
        (0.5, 0.6, 0.5),
        (0.5, 0.8, 0.55),
        (0.5, 0.3, 0.8),
        (0.5, None, 0.8, 0.9),
        (0.501, 0.502, 0.503),
        (None, None, None),
        (),
    ],
)
def test_where_rows_show_no_trend_none_is_said(values: tuple[float | None, ...]) -> None:
    assert trend(*values) is None


def test_a_month_without_a_row_breaks_a_trend() -> None:
    assert (
        charts.trend_finding(sheet("month", ["2023-01", "2023-03", "2023-04"], rate(0.1, 0.2, 0.3)), "fill_rate")
        is None
    )


def chains(*values: Number | None, column: Literal["credit", "rate"] = "credit") -> Sheet:
    codes: list[str | None] = [f"GZ21-{place + 1:02d}" for place in range(len(values))]
    return sheet("chain", codes, credit(*values) if column == "credit" else rate(*values))


CHAIN_WORD = Text("条链", "chains")


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        ((40, 21, 10, 9, 8, 7, None), "前2条链占授信额64 %", "Top 2 chains hold 64 % of credit"),
        ((5, 70, 20, 5), "绿色石化和新材料占授信额70 %", "Petrochemicals holds 70 % of credit"),
        ((40, 30, 20, 10), None, None),
        ((50, 20, 20, 20, 20, 20), None, None),
        ((0, 0, 0, 0), None, None),
        ((90, -5, 5, 5), None, None),
        ((), None, None),
    ],
)
def test_few_that_hold_much(values: tuple[Number | None, ...], zh: str | None, en: str | None) -> None:
    said = charts.share_finding(chains(*values), "credit", CHAIN_WORD)
    assert (said.zh.replace("\u00a0", " "), said.en.replace("\u00a0", " ")) == (zh, en) if said else zh is None


@pytest.mark.parametrize(
    ("drawn_from", "zh", "en"),
    [
        (
            chains(48_200_000, 100, 39_600_000),
            "授信额最多的是智能网联与新能源汽车，4,820 万元",
            "Smart and NEV cars leads in credit, ¥48.20 million",
        ),
        (
            sheet("district", ["440104", "440106"], rate(0.5, 0.7)),
            "招聘率天河区最高（70.0 %），越秀区最低（50.0 %）",
            None,
        ),
        (chains(5, 5, 1), None, None),
        (chains(5), None, None),
        (chains(0, None), None, None),
    ],
)
def test_who_comes_first(drawn_from: Sheet, zh: str | None, en: str | None) -> None:
    said = charts.ranking_finding(drawn_from, drawn_from.figures[0].key)
    assert (said.zh.replace("\u00a0", " ") if said else None) == zh
    if said and en:
        assert said.en.replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("now", "then", "zh", "en"),
    [
        (hired(1000, 835), before(900, 598), "实际招聘比去年同期多337人", "Graduates hired: 337 more than a year ago"),
        (hired(90), before(97), "实际招聘比去年同期少7人", "Graduates hired: 7 fewer than a year ago"),
        (hired(90), before(90), "实际招聘与去年同期持平", "Graduates hired: the same as a year ago"),
        (
            rate(0.6),
            ("before", RATE, RATIO, [0.573]),
            "招聘率比去年同期高2.7个百分点",
            "Fill rate: 2.7 pp higher than a year ago",
        ),
        (hired(90, None), before(97, 1), None, None),
        (rate(0.6, 0.5), ("before", RATE, RATIO, [0.5, 0.4]), None, None),
    ],
)
def test_more_or_less_than_a_year_before(now: Column, then: Column, zh: str | None, en: str | None) -> None:
    codes: list[str | None] = [f"GZ21-{place + 1:02d}" for place in range(len(now[3]))]
    said = charts.compare_finding(sheet("chain", codes, now, then), now[0], "before")
    assert ((said.zh, said.en.replace("\u00a0", " ")) if said else (None, None)) == (zh, en)
