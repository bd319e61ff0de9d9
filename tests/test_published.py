"""The published figures: quoted as the article has them, and compared with the store by their qualifiers."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import rows_from_columns
from gzdash.lake import Lake, LakeKind, Provenance
from gzdash.published import Published, agrees, compare, figures
from gzdash.reference import REFERENCE
from gzdash.tables import TABLES
from gzdash.words import LANGUAGES, Language

BY_ID = {one.id: one for one in figures()}

ANSWERABLE = {
    *("ORG-01", "ORG-02", "IND-03", "IND-04", "EMP-04", "EMP-07", "EMP-08", "EMP-09", "EMP-10", "EMP-11"),
    *("RUR-01", "RUR-03", "RUR-05", "RUR-07", "RUR-08", "RUR-09", "RUR-10"),
}


def figure(qualifier: str, value: str) -> Published:
    """A figure drawn for one rule; a range is written 5-10."""
    low, _, high = value.partition("-")
    drawn = replace(BY_ID["EMP-07"], qualifier=qualifier)
    if high:
        return replace(drawn, value=None, low=Decimal(low), high=Decimal(high))
    return replace(drawn, value=Decimal(value))


@pytest.mark.parametrize(
    ("qualifier", "said", "computed", "agreed"),
    [
        ("exact", "3057", 3057, True),
        ("exact", "3057", 3056, False),
        ("exact", "50500000", Decimal("50500000.00"), True),
        ("exact", "50500000", Decimal("50500000.01"), False),
        ("approx", "10000000", Decimal("9500000"), True),
        ("approx", "10000000", Decimal("10500000"), True),
        ("approx", "10000000", Decimal("9499999.99"), False),
        ("approx", "10000000", Decimal("10500000.01"), False),
        ("over", "110", 110, False),
        ("over", "110", 111, True),
        ("over", "110", 126, True),
        ("over", "110", 127, False),
        ("over", "0.6", 0.69, True),
        ("over", "0.6", 0.6901, False),
        ("approx_below", "8000", 8000, False),
        ("approx_below", "8000", 7999, True),
        ("approx_below", "8000", 7200, True),
        ("approx_below", "8000", 7199, False),
        ("range", "5-10", 5, True),
        ("range", "5-10", 10, True),
        ("range", "5-10", 11, False),
    ],
)
def test_agreement_follows_the_qualifier(qualifier: str, said: str, computed: int, agreed: bool) -> None:
    assert agrees(figure(qualifier, said), computed) is agreed


def test_all_34_figures_are_there_and_each_says_why_the_store_cannot_answer() -> None:
    assert len(BY_ID) == 34
    assert {one.id for one in figures() if one.asked} == ANSWERABLE
    for one in figures():
        assert (one.asked is None) == (one.why_not is not None), one.id


def test_the_list_of_questions_names_no_figure_that_was_not_published() -> None:
    with (REFERENCE / "published_questions.csv").open(encoding="utf-8", newline="") as lines:
        assert sorted(row["id"] for row in csv.DictReader(lines)) == sorted(BY_ID)


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("ORG-01", "≈\u00a08,000\u00a0个", "≈\u00a08,000"),
        ("ORG-02", ">60\u00a0%", ">\u00a060\u00a0%"),
        ("IND-03", "5,050\u00a0万元", "¥50.50\u00a0million"),
        ("IND-05", "5—10 年", "5–10 years"),
        ("EMP-07", "3,057\u00a0个", "3,057"),
        ("RUR-03", "<100\u00a0万元", "<\u00a0¥1\u00a0million"),
        ("RUR-07", "≈\u00a01,000\u00a0万元", "≈\u00a0¥10\u00a0million"),
        ("RUR-10", ">1.8\u00a0亿元", ">\u00a0¥180\u00a0million"),
    ],
)
def test_a_figure_is_written_with_its_qualifier(key: str, zh: str, en: str) -> None:
    assert (BY_ID[key].written("zh"), BY_ID[key].written("en")) == (zh, en)


@pytest.mark.parametrize(
    ("key", "zh"),
    [
        ("ORG-01", "截至2023年9月"),
        ("ORG-03", "2023年9月5日"),
        ("EMP-07", "2023年1—7月"),
        ("EMP-06", "截至2023年9月"),
        ("RUR-05", "至2023年9月（起始未列）"),
        ("RUR-07", "2021年至2023年9月"),
    ],
)
def test_a_figure_knows_its_period_in_words(key: str, zh: str) -> None:
    assert BY_ID[key].period.zh == zh


def test_a_figure_knows_its_place_in_the_article() -> None:
    assert BY_ID["EMP-07"].place.zh == "“求职引路，学生有方向”第 7 段"
    assert BY_ID["ORG-01"].place.en == "“Introduction”, paragraph 1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_can_be_shown(language: Language) -> None:
    for one in figures():
        assert one.written(language)
        for text in (one.name, one.period, one.region, one.place, one.note, one.organizations, one.programmes):
            assert text.of(language)


MANUFACTURERS, HELPER = "514401000000000011", "514401000000000022"


def lake_of(folder: Path, kind: LakeKind, name: str) -> Desk:
    """A small lake: the association called `name` with its credit lines, a few posts, and aid to Sanpai."""
    lake = Lake.init(folder / kind, kind)
    organizations = {
        "code": [MANUFACTURERS, HELPER],
        "name": [name, "示例帮扶协会"],
        "type": ["51", "51"],
        "district": ["440106", "440103"],
        "founded": [date(2010, 1, 1), date(2020, 1, 1)],
        "member_units": [180, None],
    }
    jobs = {
        "month": [date(2023, 1, 1), date(2023, 7, 1), date(2023, 8, 1)],
        "organization": [HELPER] * 3,
        "source": ["organization"] * 3,
        "audience": ["graduates"] * 3,
        "posts": [3000, 57, 999],
        "hires": [1800, 34, 999],
    }
    financing = {
        "date": [date(2023, 6, 1), date(2023, 6, 30), date(2023, 6, 30), date(2023, 7, 1)],
        "case": ["a", "b", "c", "d"],
        "organization": [MANUFACTURERS, MANUFACTURERS, HELPER, MANUFACTURERS],
        "stage": ["credit_line"] * 4,
        "amount": [Decimal("50000000.00"), Decimal("500000.00"), Decimal("1.00"), Decimal("7.00")],
    }
    aid = {
        "date": [date(2021, 5, 1), date(2023, 9, 1)],
        "giver": [HELPER, HELPER],
        "county": ["441826", "441826"],
        "town": ["441826105", "441826105"],
        "form": ["money", "goods"],
        "amount": [Decimal("9000000.00"), Decimal("600000.00")],
        "stage": ["delivered"] * 2,
    }
    drawn = {"organizations": organizations, "jobs": jobs, "financing": financing, "aid": aid}
    lake.commit(
        {key: rows_from_columns(TABLES[key], columns, "drawn", "") for key, columns in drawn.items()},
        Provenance("test", "drawn"),
    )
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def test_the_store_is_compared_where_it_can_answer(tmp_path: Path) -> None:
    found = {one.published.id: one for one in compare(lake_of(tmp_path, "demo", "示例制造业协会"))}
    said = {key: (one.computed, one.agrees) for key, one in found.items() if one.computed is not None}
    assert said == {
        "ORG-01": (2, False),
        "ORG-02": (1.0, False),
        "IND-03": (Decimal("50500000.00"), True),
        "IND-04": (180, True),
        "EMP-07": (3057, True),
        "EMP-08": (1834, False),
        "RUR-07": (Decimal("9600000.00"), True),
        "RUR-08": (1, False),
        "RUR-10": (Decimal("9600000.00"), False),
    }
    assert found["IND-03"].written("zh") == "5,050\u00a0万元"


def test_where_the_store_has_no_answer_it_says_why(tmp_path: Path) -> None:
    found = {one.published.id: one for one in compare(lake_of(tmp_path, "demo", "示例制造业协会"))}
    for one in found.values():
        assert (one.computed is None) == (one.agrees is None) == (one.why_not is not None)
    why = {key: one.why_not.zh for key, one in found.items() if one.why_not}
    assert why["RUR-04"] == "物品件数不在填报表中，台账只有折价"
    assert why["EMP-04"] == "名录里没有“示例高校与企业合作促进会”"
    assert why["EMP-09"] == "数据湖里没有这一时段和范围的记录"


def test_a_real_lake_is_asked_by_the_real_name(tmp_path: Path) -> None:
    found = {one.published.id: one for one in compare(lake_of(tmp_path, "real", "广州市制造业协会"))}
    assert (found["IND-03"].computed, found["IND-03"].agrees) == (Decimal("50500000.00"), True)
    other = {one.published.id: one for one in compare(lake_of(tmp_path / "other", "real", "示例制造业协会"))}
    assert other["IND-03"].agrees is None


def test_an_empty_lake_has_no_answers(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real")
    desk = Desk(lake.snapshot(), DuckDBEngine(lake.root))
    assert {(one.computed, one.agrees) for one in compare(desk)} == {(None, None)}
