"""Code lists: every code the product knows, its name in both languages, and what became of retired ones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from gzdash.words import Text

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list: `parent` is the code one level up where the list is a tree; `short` is a name for
    the narrow places, chart axes and chips."""

    code: str
    name: Text
    parent: str = ""
    short: Text | None = None


@dataclass(frozen=True)
class CodeList:
    """An ordered list of codes; the order is the order in which a reader meets them."""

    key: str
    name: Text
    entries: tuple[Entry, ...]

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """The entries by their code."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(entry.code for entry in self.entries)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each code in that order."""
        return {code: place for place, code in enumerate(self.codes)}

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def name_of(self, code: str) -> Text:
        """The name of `code`; a code that is not in the list is shown as it is, never hidden."""
        entry = self.by_code.get(code)
        return entry.name if entry else Text(code or "—", code or "—")

    def short_of(self, code: str) -> Text:
        """The short name of `code`; the whole name where there is none."""
        entry = self.by_code.get(code)
        return entry.short if entry and entry.short else self.name_of(code)


@dataclass(frozen=True, slots=True)
class Retired:
    """A code no longer in force: `successor` takes its place, or is empty where nothing does."""

    code: str
    name: Text
    successor: str


def rows(file: str) -> list[dict[str, str]]:
    """The rows of one reference file, as strings by column name.

    Source: `data/reference/`. Raises OSError when the installation is incomplete.
    """
    with (REFERENCE / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def code_list(key: str) -> CodeList:
    """The code list called `key`; raises KeyError for a list that is not declared."""
    name, entries = _LISTS[key]
    return CodeList(key, name, tuple(entries()))


def list_keys() -> tuple[str, ...]:
    """The keys of all code lists."""
    return tuple(_LISTS)


@cache
def retired(key: str) -> dict[str, Retired]:
    """The retired codes of list `key`, by code."""
    gone = {
        row["code"]: Retired(row["code"], Text(row["name_zh"], row["name_en"]), row["successor"])
        for row in rows("retired_codes.csv")
        if row["list"] == key
    }
    if key == "chain":
        gone |= {entry.code: Retired(entry.code, entry.name, "") for entry in code_list("chain_2025").entries}
    return gone


@cache
def region_level(code: str) -> str:
    """The level of a region code: region_group, prefecture, county or town; empty for an unknown code."""
    for level in ("region_group", "prefecture", "county", "town"):
        if code in code_list(level):
            return level
    return ""


def region_name(code: str) -> Text:
    """The name of a region; a county or town is named with what it lies in, for names repeat."""
    regions = code_list("region")
    entry = regions.by_code.get(code)
    if entry is None or region_level(code) not in ("county", "town"):
        return regions.name_of(code)
    above = regions.name_of(entry.parent)
    return Text(f"{above.zh} {entry.name.zh}", f"{entry.name.en}, {above.en}")


def _simple(file: str, code: str = "code", parent: str = "") -> Callable[[], Iterable[Entry]]:
    def read() -> Iterable[Entry]:
        return [
            Entry(row[code], Text(row["name_zh"], row["name_en"]), row.get(parent, ""))
            for row in rows(file)
            if row[code]
        ]

    return read


def _coded(key: str) -> Callable[[], Iterable[Entry]]:
    def read() -> Iterable[Entry]:
        return [
            Entry(row["code"], Text(row["name_zh"], row["name_en"])) for row in rows("codes.csv") if row["list"] == key
        ]

    return read


def _chains() -> Iterable[Entry]:
    short = {row["code"]: Text(row["short_zh"], row["short_en"]) for row in rows("chain_short_names.csv")}
    return [
        Entry(row["code"], Text(row["name_zh"], row["name_en"]), short=short[row["code"]])
        for row in rows("industry_chains_21.csv")
    ]


def _prefectures() -> Iterable[Entry]:
    groups = {entry.name.zh: entry.code for entry in code_list("region_group").entries}
    return [
        Entry(row["city_adcode"], Text(row["city_name"], row["name_en"]), groups[row["region_group"]])
        for row in rows("guangdong_prefectures.csv")
    ]


def _counties() -> Iterable[Entry]:
    english = {row["code"]: row["name_en"] for row in rows("county_names.csv")}
    return [
        Entry(
            row["district_adcode"],
            Text(row["district_name"], english[row["district_adcode"]]),
            row["city_adcode"],
        )
        for row in rows("guangdong_counties.csv")
    ]


def _regions() -> Iterable[Entry]:
    """Every level. 东莞 and 中山 have no counties: the list of counties repeats them under their own code."""
    levels = ("town", "county", "prefecture", "region_group")
    highest = {entry.code: entry for level in levels for entry in code_list(level).entries}
    return sorted(highest.values(), key=lambda entry: levels[::-1].index(region_level(entry.code)))


_LISTS: dict[str, tuple[Text, Callable[[], Iterable[Entry]]]] = {
    "chain": (Text("产业链", "Industry chain"), _chains),
    "chain_2025": (Text("产业集群（2025）", "Industry cluster (2025)"), _simple("clusters_15_2025.csv")),
    "region_group": (Text("片区", "Part of Guangdong"), _simple("region_groups.csv")),
    "prefecture": (Text("地级市", "Prefecture"), _prefectures),
    "county": (Text("县（市、区）", "County"), _counties),
    "town": (Text("镇村", "Town or village"), _simple("towns.csv", parent="county_code")),
    "region": (Text("地区", "Region"), _regions),
    "district": (Text("广州各区", "Guangzhou district"), _simple("districts.csv")),
    "programme": (Text("专项行动", "Programme"), _simple("programmes.csv")),
    "mechanism": (Text("6+X 平台", "6+X platform"), _simple("mechanisms.csv")),
    "organization_type": (Text("组织类型", "Organization type"), _coded("organization_type")),
    "grade": (Text("评估等级", "Assessment grade"), _coded("grade")),
    "job_source": (Text("岗位来源", "Source of posts"), _coded("job_source")),
    "audience": (Text("面向人群", "Audience"), _coded("audience")),
    "activity_kind": (Text("活动类别", "Kind of activity"), _coded("activity_kind")),
    "need_category": (Text("诉求类别", "Kind of need"), _coded("need_category")),
    "lender": (Text("资金机构", "Lender kind"), _coded("lender")),
    "firm_size": (Text("企业规模", "Firm size"), _coded("firm_size")),
    "financing_stage": (Text("融资阶段", "Financing stage"), _coded("financing_stage")),
    "theme": (Text("帮扶主题", "Theme of aid"), _coded("theme")),
    "project_state": (Text("项目状态", "State of project"), _coded("project_state")),
    "aid_form": (Text("款物形式", "Form of aid"), _coded("aid_form")),
    "aid_stage": (Text("款物阶段", "Stage of aid"), _coded("aid_stage")),
    "truth": (Text("真实程度", "Level of truth"), _coded("truth")),
    "duplicate_kind": (Text("重复填报的报表", "Table with duplicates"), _coded("duplicate_kind")),
    "duplicate_decision": (Text("合并决定", "Merge decision"), _coded("duplicate_decision")),
    "suspicion_kind": (Text("疑点类别", "Kind of finding"), _coded("suspicion_kind")),
}
