"""The cards and the map hand the browser plain, finished data, and the map keeps all of Guangdong."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from gzdash.screen import cards, guangdong_map
from gzdash.screen.cards import Card, Target
from gzdash.screen.guangdong_map import Point, Region
from gzdash.screen.outlines import Level, outlines
from gzdash.words import Language

ASSETS = Path(cards.__file__).parent / "assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))
PALETTE: dict[str, object] = {
    "page": "#FFFFFF",
    "sunk": "#F5F6F6",
    "ink": "#16191D",
    "ink2": "#454C54",
    "ink3": "#626A73",
    "control": "#868E96",
    "axis": "#9AA1A9",
    "hair": "#E2E4E6",
    "error": "#B3261E",
    "link": "#1C4A94",
    "outside": "#ECEEEF",
    "mark": "#147758",
    "mark_ink": "#0F6B4F",
    "mid": "#509F84",
    "wash": "#DEF0E9",
    "sequential": ["#E6F4EE", "#A0D0BC", "#5FAC8D", "#237E60", "#08513B"],
}
HIRES = Card(
    key="hires",
    label="实际招聘",
    kind="当期",
    figure="1,835",
    unit="人",
    delta=("▲ 22.5 % 比去年同期",),
    note="1,835 / 3,057",
    series=(100.0, 300.0, None, 200.0, 200.0),
    before=(100.0, 100.0, 100.0, 100.0, 300.0),
    months=("1月", "2月", "3月", "4月", "5月"),
    target=Target(share="61 %", due="应到 59 %", goal="3,000", achieved=0.6117, expected=0.59),
    question="看实际招聘的出处",
    full="1,835 人",
)


def draw(regions: list[Region], **changes: object) -> Any:
    """The map's payload with everything but `changes` kept plain."""
    drawing: dict[str, object] = {
        "level": "prefecture",
        "parent": None,
        "breaks": [0, 800, 1500, 2000, 3000],
        "break_labels": ["0", "800", "1,500", "2,000", "3,000"],
        "unit_label": "万元",
        "outside_label": "范围外",
        "missing_label": "未报",
        "points": [],
        "caption": "底图：天地图。",
        "summary": "帮扶款物分布图",
        "palette": PALETTE,
        "language": "zh",
    }
    return guangdong_map.payload(regions, **cast("guangdong_map.Drawing", drawing | changes))


def hand_over(card: Card, *, language: Language = "zh", compact: bool = False) -> Any:
    """The payload of a single card."""
    made: Any = cards.payload([card], palette=PALETTE, across=1, language=language, compact=compact)
    return made["cards"][0]


def rings_in(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each ring of an outline, walked from its start step by step."""
    rings = []
    for ring in path.split("z")[:-1]:
        x, y, *steps = (int(number) for number in re.findall(r"-?\d+", ring))
        corners = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        rings.append(corners)
    return rings


# The counts were read from the source files once; 汕尾 is its mainland and five islands, 东沙 among them.
@pytest.mark.parametrize(
    ("level", "parent", "regions", "rings"),
    [
        ("prefecture", None, 21, 65),
        ("county", None, 124, 168),
        ("county", "441800", 8, 8),
        ("county", "441900", 1, 1),
    ],
)
def test_every_region_and_every_ring_is_drawn(level: Level, parent: str | None, regions: int, rings: int) -> None:
    _, shapes = outlines(level, parent)
    assert len(shapes) == regions
    assert sum(len(rings_in(shape.path)) for shape in shapes.values()) == rings


def test_the_islands_of_shanwei_are_kept() -> None:
    _, shapes = outlines("prefecture")
    assert len(rings_in(shapes["441500"].path)) == 6


@pytest.mark.parametrize(("level", "parent"), [("prefecture", None), ("county", None), ("county", "441500")])
def test_the_land_lies_inside_the_drawing(level: Level, parent: str | None) -> None:
    view, shapes = outlines(level, parent)
    for shape in shapes.values():
        for x, y in (corner for ring in rings_in(shape.path) for corner in ring):
            assert 0 <= x <= view.width
            assert 0 <= y <= view.height


@pytest.mark.parametrize("level", ["prefecture", "county"])
def test_the_outlines_stay_small_enough_to_send(level: Level) -> None:
    _, shapes = outlines(level)
    assert sum(len(shape.path) for shape in shapes.values()) < 120_000


def test_a_degree_is_squeezed_as_at_23_degrees_north() -> None:
    view, _ = outlines("prefecture")
    (x0, y0), (x1, y1) = view.place(112, 23), view.place(113, 22)
    assert (x1 - x0) / (y1 - y0) == pytest.approx(0.9205, abs=0.0001)


def test_a_parent_without_counties_is_refused() -> None:
    with pytest.raises(KeyError):
        outlines("county", "999999")


@pytest.mark.parametrize(
    ("value", "fill"),
    [
        (-5.0, "#E6F4EE"),
        (0.0, "#E6F4EE"),
        (799.9, "#E6F4EE"),
        (800.0, "#A0D0BC"),
        (1999.0, "#5FAC8D"),
        (3000.0, "#08513B"),
        (9e9, "#08513B"),
        (None, "#ECEEEF"),
    ],
)
def test_a_value_falls_into_the_class_whose_border_it_reaches(value: float | None, fill: str) -> None:
    (region,) = draw([Region("441800", "清远市", value, "")])["regions"]
    assert region["fill"] == fill


def test_a_region_says_its_name_and_value() -> None:
    drawn = draw(
        [
            Region("441800", "清远市", 3980.0, "3,980 万元"),
            Region("445300", "云浮市", None, ""),
            Region("440100", "广州市", None, "", inside=False),
        ]
    )
    said = [(region["says"], region["inside"], region["missing"]) for region in drawn["regions"]]
    # Painted from the back: outside, valued, not reported.
    assert said == [
        ("广州市 范围外", False, False),
        ("清远市 3,980 万元", True, False),
        ("云浮市 未报", True, True),
    ]
    kinds = [(entry["kind"], entry["label"]) for entry in drawn["legend"]]
    assert kinds == [
        ("class", "0"),
        ("class", "800"),
        ("class", "1,500"),
        ("class", "2,000"),
        ("class", "3,000"),
        ("outside", "范围外"),
        ("missing", "未报"),
    ]


@pytest.mark.parametrize(
    ("page", "code", "value", "ink"),
    [
        ("#FFFFFF", "441800", 1999.0, "#16191D"),
        ("#FFFFFF", "441800", 2000.0, "#FFFFFF"),
        ("#14171A", "441800", 2000.0, "#08130F"),
        ("#FFFFFF", "445100", 9000.0, "#16191D"),  # 潮州 is written in the sea
    ],
)
def test_a_name_can_be_read_where_it_stands(page: str, code: str, value: float, ink: str) -> None:
    drawn = draw([Region(code, "某市", value, "")], palette=PALETTE | {"page": page})
    assert [label["ink"] for label in drawn["labels"]] == [ink]


def test_the_largest_values_are_named_first_and_the_outside_once() -> None:
    drawn = draw(
        [
            Region("441500", "汕尾市", None, ""),
            Region("441800", "清远市", 10.0, ""),
            Region("441400", "梅州市", 20.0, ""),
            Region("440100", "广州市", None, "", inside=False),
        ],
        outside_name="珠三角",
    )
    assert [label["text"] for label in drawn["labels"]] == ["梅州", "清远", "汕尾", "珠三角"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("清远市", "清远"),
        ("连南瑶族自治县", "连南"),
        ("英德市", "英德"),
        ("阳山县", "阳山县"),
        ("Qingyuan", "Qingyuan"),
    ],
)
def test_names_are_written_as_maps_write_them(name: str, written: str) -> None:
    assert guangdong_map.short(name) == written


def test_a_point_is_drawn_only_where_the_map_reaches() -> None:
    sanpai = Point("441826105", "三排镇", "≈ 1,000 万", 112.23, 24.63)
    assert [point["name"] for point in draw([], points=[sanpai])["points"]] == ["三排镇"]
    assert draw([], points=[sanpai], level="county", parent="445200")["points"] == []


def test_borders_and_colours_must_match() -> None:
    with pytest.raises(ValueError, match="5 classes"):
        draw([], breaks=[0, 800], break_labels=["0", "800"])


def test_a_card_is_handed_over_finished() -> None:
    made = cards.payload([HIRES], palette=PALETTE, across=3, language="zh")
    assert made == {
        "across": 3,
        "compact": False,
        "colours": {
            "page": "#FFFFFF",
            "ink": "#16191D",
            "ink2": "#454C54",
            "ink3": "#626A73",
            "control": "#868E96",
            "axis": "#9AA1A9",
            "hair": "#E2E4E6",
            "mark": "#147758",
        },
        "cards": [
            {
                "key": "hires",
                "label": "实际招聘",
                "kind": "当期",
                "figure": "1,835",
                "unit": "人",
                "spoken": "实际招聘 1,835 人，看实际招聘的出处",
                "full": "1,835 人",
                "reported": "",
                "provisional": "",
                "delta": [[["▲", "增加"], ["\u00a022.5 % 比去年同期", ""]]],
                "note": "1,835 / 3,057",
                "spark": {
                    "line": "M0 30L25 4M75 17L100 17",
                    "before": "M0 30L25 30L50 30L75 30L100 4",
                    "last": (100.0, 17.0),
                    "says": "1月至5月逐月走势：2月最高，1月最低；灰线为去年同期",
                },
                "target": {
                    "share": "61 %",
                    "due": "应到 59 %",
                    "goal": "3,000",
                    "achieved": 61.2,
                    "expected": 59.0,
                },
                "no_target": "",
            }
        ],
    }


def test_a_card_says_how_far_it_is_reported_to_eye_and_ear() -> None:
    thin = replace(HIRES, covered="已报 4 / 应报 10 家", provisional="暂定")
    made = hand_over(thin, compact=True)
    assert (made["full"], made["provisional"]) == ("1,835 人\n已报 4 / 应报 10 家", "暂定")
    assert made["spoken"].endswith("；已报 4 / 应报 10 家")


def test_a_compact_card_shows_how_many_have_reported() -> None:
    listed = replace(HIRES, reported="已报 4/10 家")
    assert hand_over(listed, compact=True)["reported"] == "已报 4/10 家"
    assert hand_over(listed)["reported"] == ""


def test_a_compact_card_has_neither_line_nor_target() -> None:
    card = hand_over(HIRES, language="en", compact=True)
    assert (card["kind"], card["spark"], card["target"], card["no_target"]) == ("", None, None, "")
    assert card["delta"][0][0] == ["▲", "up"]


@pytest.mark.parametrize(
    ("achieved", "expected", "places"),
    [(1.37, None, (100.0, None)), (-0.2, 0.0, (0.0, 0.0)), (0.5, 1.5, (50.0, 100.0))],
)
def test_a_bar_never_leaves_its_track(
    achieved: float, expected: float | None, places: tuple[float, float | None]
) -> None:
    made = hand_over(Card("k", "l", "", "1", "", target=Target("", "", "", achieved, expected)))
    assert (made["target"]["achieved"], made["target"]["expected"]) == places


@pytest.mark.parametrize("series", [(), (5.0,), (None, 5.0, None), (None, None)])
def test_one_month_makes_no_line(series: tuple[float | None, ...]) -> None:
    made = hand_over(Card("k", "l", "", "1", "", series=series))
    assert made["spark"] is None


def test_a_level_line_runs_through_the_middle() -> None:
    made = hand_over(Card("k", "l", "", "1", "", series=(7.0, 7.0)))
    assert made["spark"]["line"] == "M0 17L100 17"


def test_payloads_are_plain_json() -> None:
    drawn = draw([Region("441800", "清远市", 3980.0, "3,980 万元")])
    made = cards.payload([HIRES], palette=PALETTE, across=3, language="zh")
    assert json.loads(json.dumps(drawn))["summary"] == "帮扶款物分布图"
    assert json.loads(json.dumps(made))["across"] == 3


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_parses_what_it_is_given_as_html(script: Path) -> None:
    written = script.read_text("utf-8")
    for danger in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "http://",
        "https://",
    ):
        assert danger not in written.replace("http://www.w3.org/2000/svg", ""), danger


def test_both_components_were_looked_at() -> None:
    assert {"cards.js", "guangdong_map.js"} <= {script.name for script in SCRIPTS}
