"""Charts draw the numbers of their sheet and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest
from plotly.io import to_json

from gzdash import charts
from gzdash.answer import Number
from gzdash.charts.lettering import width, wrapped
from gzdash.charts.reading import round_values
from gzdash.charts.timeline import timeline
from gzdash.period import shift
from gzdash.theme import DARK
from gzdash.units import ORGANIZATIONS, YUAN
from gzdash.words import Text
from tests.sheets import (
    EN,
    JANUARY_TO_JULY,
    RATE,
    ZH,
    Column,
    before,
    credit,
    hired,
    posted,
    rate,
    sheet,
)


def drawn(chart: charts.Chart | None) -> charts.Chart:
    assert chart is not None
    checked = go.Figure(**chart.figure)  # An unknown property raises here, for nobody checks it on the way out.
    plain = json.loads(to_json(chart.plotly()))
    # Plotly's class leaves out what is empty, which draws the same.
    plain["layout"] = {name: value for name, value in plain["layout"].items() if value != []}
    assert plain == json.loads(to_json(checked))
    return chart


def words_in(chart: charts.Chart) -> list[str]:
    return [note["text"] for note in chart.figure["layout"]["annotations"]]


SEVEN = sheet(
    "month",
    [*JANUARY_TO_JULY],
    posted(212, 348, 512, 468, 497, 586, 434),
    hired(98, 171, 274, 289, 318, 401, 284),
    before(97, 150, 240, 236, 250, 310, 218),
    rate(0.462, 0.491, 0.535, 0.618, 0.64, 0.684, 0.654),
)


def test_months_draw_the_rows_hollow_and_solid() -> None:
    chart = drawn(charts.months(SEVEN, last_year="before", **ZH))
    hollow, solid, ticks = chart.figure["data"]
    assert hollow["y"] == [212, 348, 512, 468, 497, 586, 434]
    assert solid["y"] == [98, 171, 274, 289, 318, 401, 284]
    assert ticks["y"] == [97, 150, 240, 236, 250, 310, 218]
    assert set(hollow["marker"]["color"]) == {"#FBEBD8"}
    assert hollow["marker"]["line"] == {"color": "#C86B08", "width": [1.2] * 7}
    assert solid["marker"] == {"color": "#C86B08", "line": {"width": 0}}
    assert (ticks["marker"]["symbol"], ticks["marker"]["line"]) == ("line-ew", {"width": 1.75, "color": "#16191D"})
    assert ticks["offsetgroup"] == solid["offsetgroup"] != hollow["offsetgroup"]
    assert solid["customdata"] == JANUARY_TO_JULY
    assert solid["text"][5] == "<b>401</b>"
    assert [item.label for item in chart.key] == ["发布岗位", "实际招聘", "去年同月"]


def test_the_dark_palette_paints_the_dark_chart() -> None:
    chart = drawn(charts.months(SEVEN, palette=DARK, pillar="employment", language="zh"))
    assert [one["marker"]["color"] for one in chart.figure["data"]] == [["#3A2A14"] * 7, "#EFA33A"]


def test_hovering_says_every_number_with_its_unit() -> None:
    chart = drawn(charts.months(SEVEN, **ZH))
    hollow, solid = chart.figure["data"]
    assert hollow["hovertext"][5].replace("\u00a0", " ") == (
        "<b>2023年6月</b><br>发布岗位 586 个<br>实际招聘 401 人<br>招聘率 68.4 %"
    )
    assert (set(hollow["hoverinfo"]), set(solid["hoverinfo"])) == ({"text"}, {"none"})


def test_what_is_unknown_is_a_gap_and_zero_is_zero() -> None:
    silent = sheet("month", ["2023-01", "2023-02", "2023-05"], posted(5, None, 0), hired(None, None, 0))
    hollow, solid = drawn(charts.months(silent, **ZH)).figure["data"]
    assert hollow["x"] == ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05"]
    assert hollow["y"] == [5, None, None, None, 0]
    assert solid["y"] == [None, None, None, None, 0]
    assert hollow["text"] == ["5", "", "", "", "0"]
    line = drawn(charts.lines(silent, ["jobs_posted"], **ZH)).figure["data"][0]
    assert (line["y"], line["connectgaps"]) == ([5, None, None, None, 0], False)
    assert line["marker"]["size"] == [5, 0, 0, 0, 8]


def test_a_label_stands_above_the_tick_that_would_strike_it_through() -> None:
    near = sheet("month", ["2023-01", "2023-02"], posted(200, 200), hired(100, 100), before(104, 60))
    _, solid, ticks = drawn(charts.months(near, last_year="before", **ZH)).figure["data"]
    assert (solid["text"], ticks["text"]) == (["", "<b>100</b>"], ["<b>100</b>", ""])


def test_partly_reported_months_are_hatched_and_dashed() -> None:
    chart = drawn(charts.months(replace(SEVEN, torn=frozenset({"2023-07"})), **ZH))
    hollow, solid = chart.figure["data"]
    assert solid["marker"]["pattern"]["shape"] == ["", "", "", "", "", "", "/"]
    assert hollow["marker"]["line"]["width"] == [1.2] * 6 + [0]
    assert [one["y1"] for one in chart.figure["layout"]["shapes"] if one.get("yref") is None] == [434]
    assert chart.key[-1].label == "未报齐"


def test_a_partly_reported_month_has_no_tick_of_last_year() -> None:
    two = sheet("month", ["2023-06", "2023-07"], posted(200, 20), hired(100, 10), before(104, 96))
    chart = drawn(charts.months(replace(two, torn=frozenset({"2023-07"})), last_year="before", **ZH))
    assert chart.figure["data"][-1]["y"] == [104, None]


@pytest.mark.parametrize(
    ("months", "kind", "labels", "axis"),
    [(7, "bar", True, False), (14, "bar", False, True), (30, "bar", False, True), (31, "scatter", False, True)],
)
def test_many_months_lose_their_labels_and_then_become_lines(months: int, kind: str, labels: bool, axis: bool) -> None:
    codes = [shift("2021-01", step) for step in range(months)]
    chart = drawn(charts.months(sheet("month", [*codes], posted(*[300] * months), hired(*[200] * months)), **ZH))
    hollow = chart.figure["data"][0]
    assert hollow["type"] == kind
    assert any(hollow.get("text", [])) is labels
    ticks = chart.figure["layout"]["yaxis"].get("ticktext")
    assert (ticks is not None) is axis
    assert len(ticks or []) <= 3


def test_written_rows_stand_under_their_months() -> None:
    rows = (charts.TextColumn(RATE, ("46 %", "49 %", "54 %", "62 %", "64 %", "68 %", "65 %")),)
    chart = drawn(charts.months(SEVEN, below=rows, highlight=["2023-06"], **ZH))
    inks = {note["text"]: note["font"]["color"] for note in chart.figure["layout"]["annotations"]}
    assert (inks["<b>68 %</b>"], inks["<b>65 %</b>"]) == ("#9A4F00", "#16191D")
    assert chart.height == 320


CHAINS = sheet(
    "chain",
    ["GZ21-05", "GZ21-17", None, "GZ21-12", "GZ21-16"],
    posted(486, 168, 900, 212, None),
    hired(331, 117, 500, 97, None),
    rate(0.681, 0.696, 0.556, 0.458, None),
)


def test_a_dumbbell_sorts_by_value_and_lists_the_blank_ones() -> None:
    rates = charts.TextColumn(RATE, ("68.1 %", "69.6 %", "55.6 %", "45.8 %", "—"))
    chart = drawn(charts.dumbbell(CHAINS, "jobs_posted", "graduates_hired", (rates,), highlight=["GZ21-17"], **ZH))
    stems, hollow, solid = chart.figure["data"]
    assert hollow["customdata"] == ["GZ21-05", "GZ21-12", "GZ21-17", None]
    assert (hollow["x"], solid["x"]) == ([486, 212, 168, 900], [331, 97, 117, 500])
    assert hollow["y"] == [11, 33, 55, 77]
    assert hollow["marker"]["color"] == "#FFFFFF"
    assert hollow["marker"]["line"] == {"color": "#C86B08", "width": 2}
    assert solid["marker"]["color"] == "#C86B08"
    assert stems["x"][:3] == [331, 486, None]
    assert stems["line"]["color"] == "#DE9C55"
    said = words_in(chart)
    assert {"软件和信创", "<b>医疗与健康</b>", "<b>69.6 %</b>", "45.8 %", "未注明", "空白　时尚产业"} <= set(said)


@pytest.mark.parametrize(("rows", "height"), [(4, 4 * 22 + 52), (15, 15 * 22 + 52), (16, 16 * 17 + 52), (21, 409)])
def test_rows_have_one_height_each(rows: int, height: int) -> None:
    chains = [f"GZ21-{number:02d}" for number in range(1, rows + 1)]
    many = sheet("chain", [*chains], credit(*[10**7] * rows), ("paid", Text("放款", "Paid"), YUAN, [10**6] * rows))
    assert drawn(charts.dumbbell(many, "credit", "paid", **ZH)).height == height


def test_money_is_written_in_one_unit() -> None:
    values: list[Number | None] = [Decimal("48200000"), Decimal("39600000"), Decimal("150000")]
    money = sheet("chain", ["GZ21-01", "GZ21-03", "GZ21-05"], credit(*values))
    zh, en = drawn(charts.ranked(money, "credit", **ZH)), drawn(charts.ranked(money, "credit", **EN))
    assert {"4,820", "3,960", "15", "万元"} <= set(words_in(zh))
    assert {"48.20", "39.60", "0.15", "¥ million"} <= set(words_in(en))
    assert zh.figure["data"][0]["x"] == [48200000.0, 39600000.0, 150000.0]
    axis = drawn(charts.dumbbell(money, "credit", "credit", **ZH)).figure["layout"]["xaxis"]
    assert axis["ticktext"] == ["0", "2,000", "4,000"]


def test_prefectures_stand_under_their_part_of_the_province() -> None:
    goods: Column = ("goods", Text("物", "Goods"), YUAN, [10**6, None, 2 * 10**6])
    places = sheet("prefecture", ["440800", "441800", "440200"], credit(2 * 10**6, 9 * 10**6, 3 * 10**6), goods)
    groups = charts.region_groups(places, "credit", "goods")
    assert [(one.name.zh, one.total) for one in groups] == [("粤西", 3 * 10**6), ("粤北", 14 * 10**6)]
    chart = drawn(charts.ranked(places, "credit", stacked="goods", groups=groups, **ZH))
    money, things = chart.figure["data"]
    assert money["customdata"] == ["441800", "440200", "440800"]
    assert (money["x"], things["x"]) == ([9 * 10**6, 3 * 10**6, 2 * 10**6], [None, 2 * 10**6, 10**6])
    assert (money["marker"]["color"], things["marker"]["color"]) == ("#C86B08", "#DE9C55")
    # Two subheads of one and a half rows each, three rows.
    assert money["y"] == [44, 66, 121]
    assert chart.height == 2 * 33 + 3 * 22 + 52
    assert {"<b>粤北</b>", "<b>1,400</b>", "900", "500", "300"} <= set(words_in(chart))


def test_a_row_of_no_group_keeps_clear_of_the_last_group() -> None:
    places = sheet("prefecture", ["440800", None], credit(2 * 10**6, 9 * 10**6))
    chart = drawn(charts.ranked(places, "credit", groups=charts.region_groups(places, "credit"), **ZH))
    assert chart.figure["data"][0]["y"] == [44, 77]
    assert chart.height == 33 + 22 + 11 + 22 + 52


def test_a_part_is_drawn_inside_its_whole() -> None:
    chart = drawn(charts.ranked(CHAINS, "graduates_hired", "jobs_posted", **ZH))
    whole, part = chart.figure["data"]
    assert (whole["x"], part["x"]) == ([486, 212, 168, 900], [331, 97, 117, 500])
    assert (whole["marker"]["color"], part["marker"]["color"]) == ("#FBEBD8", "#C86B08")
    assert chart.figure["layout"]["barmode"] == "overlay"
    assert "331 / 486" in words_in(chart)


def test_lines_end_with_their_names_and_never_over_each_other() -> None:
    years = sheet(
        "year",
        ["2020", "2021", "2023"],
        ("all", Text("社会组织", "Organizations"), ORGANIZATIONS, [7800, 7900, 7964]),
        ("some", Text("基金会", "Foundations"), ORGANIZATIONS, [100, 110, 120]),
        ("few", Text("商会", "Chambers"), ORGANIZATIONS, [90, 100, 115]),
    )
    chart = drawn(charts.lines(years, ["all", "some", "few"], **(ZH | {"pillar": "organizations"})))
    assert chart.figure["data"][0]["y"] == [7800, 7900, None, 7964]
    assert [one["line"]["color"] for one in chart.figure["data"]] == ["#7A828B", "#1C4A94", "#C86B08"]
    ends = [note["yshift"] for note in chart.figure["layout"]["annotations"] if note["xanchor"] == "left"]
    assert all(abs(one - other) > 15 for place, one in enumerate(ends) for other in ends[:place])
    with pytest.raises(ValueError, match="one to four"):
        charts.lines(years, [], **ZH)


def test_bars_pair_two_series_of_equal_rank() -> None:
    founded: Column = ("founded", Text("成立", "Founded"), ORGANIZATIONS, [310, 90, 12])
    dissolved: Column = ("dissolved", Text("注销", "Dissolved"), ORGANIZATIONS, [10, 56, None])
    years = sheet("year", ["2022", "2023", None], founded, dissolved)
    chart = drawn(charts.bars(years, ["founded", "dissolved"], **(ZH | {"pillar": "organizations"})))
    first, second = chart.figure["data"]
    assert (first["y"], second["y"]) == ([310, 90, 12], [10, 56, None])
    assert (first["marker"]["color"], second["marker"]["color"]) == ("#7A828B", "#454C54")
    assert chart.figure["layout"]["xaxis"]["ticktext"] == ["2022", "2023", "未注明"]
    assert first["customdata"] == ["2022", "2023", None]


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_to_draw_is_no_chart(values: list[Number | None]) -> None:
    months: list[str | None] = ["2023-01", "2023-02"]
    chains: list[str | None] = ["GZ21-01", "GZ21-02"]
    over_time = sheet("month", months[: len(values)], posted(*values), hired(*values))
    by_chain = sheet("chain", chains[: len(values)], posted(*values), hired(*values))
    assert charts.months(over_time, **ZH) is None
    assert charts.bars(over_time, ["jobs_posted"], **ZH) is None
    assert charts.lines(over_time, ["jobs_posted"], **ZH) is None
    assert charts.dumbbell(by_chain, "jobs_posted", "graduates_hired", **ZH) is None
    assert charts.ranked(by_chain, "jobs_posted", **ZH) is None


def test_every_chart_is_also_told_in_words() -> None:
    zh = drawn(charts.months(SEVEN, **ZH)).alt.replace("\u00a0", " ")
    assert zh.startswith(
        "每月岗位与招聘。发布岗位：2023年1月为212 个，2023年7月为434 个；"
        "最高在2023年6月，为586 个，最低在2023年1月，为212 个。"
    )
    en = drawn(charts.dumbbell(CHAINS, "jobs_posted", "graduates_hired", **EN)).alt
    assert en.startswith(
        "Jobs and hires by month. Sorted by Jobs posted, 4 rows: "
        "Software and IT application innovation (Xinchuang) Jobs posted 486, Graduates hired 331; "
    )


def test_names_from_the_data_are_shown_and_never_read_as_tags() -> None:
    places = sheet("organization", ["<b>A&B</b>"], credit(1))
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in words_in(drawn(charts.ranked(places, "credit", **ZH)))


@pytest.mark.parametrize(
    ("low", "high", "whole", "ticks"),
    [
        (0, 486, True, (0, 200, 400)),
        (0, 586, True, (0, 200, 400)),
        (0, 48_200_000, False, (0, 20_000_000, 40_000_000)),
        (0, 0.684, False, (0, 0.25, 0.5)),
        (0, 1, True, (0, 1)),
        (-30, 60, True, (0, 50)),
        (0, 0, True, (0,)),
    ],
)
def test_ticks_are_round_and_three_at_most(low: float, high: float, whole: bool, ticks: tuple[float, ...]) -> None:
    assert round_values(low, high, whole=whole) == ticks


@pytest.mark.parametrize(
    ("dimension", "codes", "zh", "en"),
    [
        ("month", ["2023-01", "2023-03"], ("1月", "2月", "3月"), ("Jan", "Feb", "Mar")),
        ("month", ["2022-12", "2023-01"], ("12月\n2022", "1月\n2023"), ("Dec\n2022", "Jan\n2023")),
        ("quarter", ["2023-Q1", "2023-Q2"], ("1季度", "2季度"), ("Q1", "Q2")),
        ("year", ["2021", "2023"], ("2021", "2022", "2023"), ("2021", "2022", "2023")),
    ],
)
def test_time_is_named_as_read(dimension: str, codes: list[str | None], zh: Any, en: Any) -> None:
    drawn_from = sheet(dimension, codes, posted(*[1] * len(codes)))
    assert (timeline(drawn_from, "zh").names, timeline(drawn_from, "en").names) == (zh, en)


def test_years_under_lines_stand_apart_on_a_phone() -> None:
    years: list[str | None] = [str(year) for year in range(2013, 2024)]
    chart = drawn(charts.lines(sheet("year", years, posted(*[5000] * 11)), ["jobs_posted"], **ZH))
    margin, named = chart.figure["layout"]["margin"], chart.figure["layout"]["xaxis"]["ticktext"]
    assert list(named) == ["2014", "2016", "2018", "2020", "2022"]
    assert len(named) * 28 <= 358 - margin["l"] - margin["r"]


def test_long_names_wrap_and_lose_no_letter() -> None:
    lines = wrapped("Energy saving, environmental protection and ecology", 152)
    assert lines == ["Energy saving,", "environmental protection", "and ecology"]
    assert all(width(line) <= 152 for line in lines)
    assert wrapped("生物医药及高端医疗器械", 152) == ["生物医药及高端医疗器械"]
    assert wrapped("生物医药（高端）医疗", 60) == ["生物医药", "（高端）医", "疗"]
