"""What the code lists promise: every code has its place and its name in both languages, retired ones a successor."""

from __future__ import annotations

import re

import pytest

from gzdash.dimensions import DIMENSIONS, NOT_STATED
from gzdash.reference import Entry, code_list, list_keys, region_level, retired, rows
from gzdash.selection import CODE_FILTERS
from gzdash.tables import TABLES

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("chain", 21),
        ("chain_2025", 15),
        ("region_group", 4),
        ("prefecture", 21),
        ("county", 124),
        ("town", 1),
        ("district", 11),
        ("mechanism", 7),
        ("organization_type", 3),
        ("grade", 5),
    ],
)
def test_a_list_has_as_many_codes_as_the_source(key: str, count: int) -> None:
    codes = code_list(key).codes
    assert len(codes) == len(set(codes)) == count


def test_the_chains_are_numbered_one_to_twenty_one_in_order() -> None:
    assert code_list("chain").codes[:2] == ("GZ21-01", "GZ21-02")
    assert code_list("chain").codes[-1] == "GZ21-21"
    assert code_list("chain").name_of("GZ21-05").zh == "软件和信创"


def named(key: str) -> list[Entry]:
    return list(code_list(key).entries)


@pytest.mark.parametrize("key", list_keys())
def test_every_code_and_list_has_a_chinese_name(key: str) -> None:
    assert CHINESE.search(code_list(key).name.zh)
    without = [entry.code for entry in named(key) if not CHINESE.search(entry.name.zh)]
    # The mechanism is called 6+X in either language.
    assert without == (["six-plus-x"] if key == "programme" else [])


# Beyond Guangzhou the sources give counties in Chinese only.
@pytest.mark.parametrize(
    "key",
    list_keys(),
)
def test_every_code_and_list_has_an_english_name(key: str) -> None:
    assert not CHINESE.search(code_list(key).name.en)
    # One programme gives its Chinese name within the English one, in brackets.
    assert [entry.code for entry in named(key) if CHINESE.search(re.sub(r"\(.*\)", "", entry.name.en))] == []


@pytest.mark.parametrize("key", list_keys())
def test_a_name_leads_back_to_its_code(key: str) -> None:
    names = [entry.name.zh for entry in code_list(key).entries]
    assert len(set(names)) == len(names)


def test_every_county_lies_in_a_prefecture_and_every_prefecture_in_a_part_of_guangdong() -> None:
    for county in code_list("county").entries:
        prefecture = code_list("prefecture").by_code[county.parent]
        assert county.code[:4] == prefecture.code[:4]
        assert prefecture.parent in code_list("region_group")
    for town in code_list("town").entries:
        assert town.parent in code_list("county")
        assert town.code.startswith(town.parent)


def test_the_two_reference_files_agree_on_the_part_of_guangdong_of_every_county() -> None:
    groups = {row["city_adcode"]: row["region_group"] for row in rows("guangdong_prefectures.csv")}
    assert {row["region_group"] for row in rows("guangdong_counties.csv")} == {"珠三角", "粤东", "粤西", "粤北"}
    assert [
        row["district_adcode"]
        for row in rows("guangdong_counties.csv")
        if row["region_group"] != groups[row["city_adcode"]]
    ] == []


def test_dongguan_and_zhongshan_have_no_counties_and_stand_for_themselves() -> None:
    themselves = [entry.code for entry in code_list("county").entries if entry.code == entry.parent]
    assert themselves == ["441900", "442000"]
    for code in themselves:
        assert [entry.code for entry in code_list("county").entries if entry.parent == code] == [code]


def test_sanpai_lies_in_liannan_in_qingyuan_in_north_guangdong() -> None:
    town = code_list("town").by_code["441826105"]
    county = code_list("county").by_code[town.parent]
    prefecture = code_list("prefecture").by_code[county.parent]
    group = code_list("region_group").by_code[prefecture.parent]
    names = [entry.name.zh for entry in (town, county, prefecture, group)]
    assert names == ["三排镇", "连南瑶族自治县", "清远市", "粤北"]


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("GD-EAST", "region_group"),
        ("440100", "prefecture"),
        ("441900", "prefecture"),
        ("440117", "county"),
        ("441826105", "town"),
        ("440184", ""),
        ("", ""),
    ],
)
def test_a_region_code_tells_its_level(code: str, level: str) -> None:
    assert region_level(code) == level


def test_regions_are_the_four_levels_without_a_code_twice() -> None:
    codes = code_list("region").codes
    assert len(codes) == len(set(codes)) == 4 + 21 + (124 - 2) + 1


def test_the_districts_are_the_counties_of_guangzhou() -> None:
    guangzhou = [entry.code for entry in code_list("county").entries if entry.parent == "440100"]
    assert list(code_list("district").codes) == guangzhou


def test_retired_codes_are_out_of_force_and_their_successors_in_force() -> None:
    for key in list_keys():
        for code, gone in retired(key).items():
            assert code == gone.code
            assert code not in code_list(key)
            assert gone.successor == "" or gone.successor in code_list(key)
    assert {code: gone.successor for code, gone in retired("region").items()} == {
        "440184": "440117",
        "440183": "440118",
        "440116": "440112",
        "441827": "441803",
    }


def test_the_clusters_of_2025_are_recognised_and_have_no_place_among_the_chains_of_2021() -> None:
    gone = retired("chain")
    assert len(gone) == 15
    assert gone["GZ15-03"].name.zh == "生物医药与健康"
    assert {one.successor for one in gone.values()} == {""}


def test_every_list_that_a_filter_a_split_or_a_column_names_exists() -> None:
    named_lists = {one.codes for one in CODE_FILTERS} | {one.codes for one in DIMENSIONS.values()}
    named_lists |= {column.codes for table in TABLES.values() for column in table.columns}
    assert named_lists - {""} <= set(list_keys())


def test_an_unknown_code_is_shown_as_it_is_and_a_missing_one_is_not_stated() -> None:
    assert code_list("chain").name_of("GZ99").zh == "GZ99"
    assert code_list("chain").name_of("").en == "—"
    chain = DIMENSIONS["chain"]
    assert (chain.label(None), chain.label("GZ21-11").en) == (NOT_STATED, "Rail transit")
    assert sorted([None, "GZ99", "GZ21-02", "GZ21-01"], key=chain.order) == ["GZ21-01", "GZ21-02", "GZ99", None]


@pytest.mark.parametrize(
    ("dimension", "code", "zh", "en"),
    [
        ("month", "2023-07", "2023年7月", "Jul 2023"),
        ("quarter", "2023-Q3", "2023年3季度", "Q3 2023"),
        ("year", "2023", "2023年", "2023"),
        ("grade", "5A", "5A 级", "5A"),
        ("form", "goods", "物", "Goods"),
        ("organization", "51440100MJ0000001Y", "51440100MJ0000001Y", "51440100MJ0000001Y"),
    ],
)
def test_a_part_of_a_split_has_a_name_in_both_languages(dimension: str, code: str, zh: str, en: str) -> None:
    label = DIMENSIONS[dimension].label(code)
    assert (label.zh, label.en) == (zh, en)
