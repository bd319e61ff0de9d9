"""What is promised of the reasons on a page: each part leads to the view that shows it, and the panel is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from gzdash.insight.part import narrowed
from gzdash.period import Period
from gzdash.selection import Selection
from gzdash.words import LANGUAGES, Language

FRAME = Path(__file__).resolve().parent.parent / "gzdash" / "screen" / "frame.py"
HALF_YEAR = Selection(Period("2023-01", "2023-06"), types=("51",))


@pytest.mark.parametrize(
    ("dimension", "codes", "filters"),
    [
        ("chain", ("GZ21-05", "GZ21-01"), {"chains": ("GZ21-01", "GZ21-05")}),
        ("prefecture", ("440900",), {"regions": ("440900",)}),
        ("district", ("440106",), {"districts": ("440106",)}),
        ("type", ("52",), {"types": ("52",)}),
        ("organization", ("示例电器公司",), {"organization": "示例电器公司"}),
    ],
)
def test_a_part_leads_to_the_selection_narrowed_to_it(
    dimension: str, codes: tuple[str, ...], filters: dict[str, object]
) -> None:
    assert narrowed(HALF_YEAR, dimension, codes) == HALF_YEAR.with_(**filters)


@pytest.mark.parametrize(
    ("dimension", "codes"),
    [("lender", ("state_bank",)), ("chain", ("gone",)), ("organization", ("a", "b")), ("chain", ())],
)
def test_a_part_that_no_filter_narrows_to_has_no_link(dimension: str, codes: tuple[str, ...]) -> None:
    assert narrowed(HALF_YEAR, dimension, codes) is None


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_says_why_and_the_panel_opens(
    language: Language, lake_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(lake_dir))
    test = AppTest.from_file(str(FRAME), default_timeout=120)
    test.query_params["lang"] = language
    test.run()
    assert "region=440900" in _html(test)
    test.button(key="why_graduates_hired").click().run()
    assert not test.exception
    body = _html(test)
    assert 'class="gz-table gz-why employment"' in body
    assert f"./employment?period=2023-01..2023-07&amp;chain=GZ21-05&amp;lang={language}" in body
    assert "+337" in body


def _html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))
