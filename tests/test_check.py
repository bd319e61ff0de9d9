"""What the check promises beside the store: the register, the calendar, what was reported before, and usual sizes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import Replace, Report, check, read
from gzdash.lake import Lake
from gzdash.tables import TABLES
from tests.register import BROAD, CLOSED, GIVING, MOVED, SCHOOL, STRANGER, _financing, build, commit, jobs

TODAY = date(2023, 9, 10)
JOBS = "月份,统一社会信用代码,岗位来源,面向人群,产业链,发布岗位（个）,实际招聘（人）,带动会员单位（家）"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return build(tmp_path_factory.mktemp("city") / "lake")


def checked(lake: Lake, table: str, *lines: str, replace: Replace = "refuse") -> Report:
    """The report of a CSV drawn in the test."""
    sheet = read(Path("表.csv"), "\n".join(lines).encode())
    return check(TABLES[table], sheet, lake.snapshot(), DuckDBEngine(lake.root), replace=replace, today=TODAY)


def found(report: Report) -> list[tuple[str, str]]:
    return [(fault.cell, fault.rule) for fault in report.faults]


def test_an_organization_that_the_register_does_not_know_is_asked_about_once_a_cell(lake: Lake) -> None:
    report = checked(
        lake,
        "activities",
        "日期,牵头组织代码,参与组织代码,活动类别",
        f"2023-07-01,{STRANGER},,走访",
        f"2023-07-01,{MOVED},{STRANGER}；{BROAD}；{SCHOOL},走访",
    )
    assert [(fault.cell, fault.rule, fault.warning) for fault in report.faults] == [
        ("B2", "organization-not-on-register", True),
        ("C3", "organization-not-on-register", True),
    ]
    assert report.faults[1].title.zh == f"名录里没有 {STRANGER}。"
    assert report.rows is not None


def test_a_dissolved_organization_reports_for_its_last_month_and_for_none_after(lake: Lake) -> None:
    report = checked(
        lake,
        "jobs",
        JOBS,
        f"2023-06,{CLOSED},社会组织,高校毕业生,,5,,",
        f"2023-07,{CLOSED},社会组织,高校毕业生,,5,,",
    )
    assert found(report) == [("B3", "organization-dissolved")]
    assert "2023-06-30" in report.faults[0].title.en
    aid = checked(
        lake,
        "aid",
        "日期,捐助组织代码,县（市、区）,形式,金额或折价（元）,阶段",
        f"2023-04-30,{GIVING},441826,款,7,到位",
        f"2023-05-01,{GIVING},441826,款,7,到位",
        replace="replace",
    )
    assert found(aid) == [("B3", "organization-dissolved")]


def test_days_and_months_lie_where_they_can(lake: Lake) -> None:
    report = checked(
        lake,
        "jobs",
        JOBS,
        f"2023-09,{BROAD},社会组织,高校毕业生,,5,,",
        f"2023-10,{BROAD},社会组织,高校毕业生,,5,,",
        f"1999-12,{BROAD},社会组织,高校毕业生,,5,,",
        f"2000-01,{BROAD},社会组织,高校毕业生,,5,,",
    )
    assert found(report) == [("A3", "ahead-of-today"), ("A4", "too-early")]
    register = checked(
        lake,
        "organizations",
        "统一社会信用代码,组织名称,组织类型,所在区,评估等级,等级有效期至,成立日期",
        "51440100MJ0000077Q,示例协会甲,社会团体,越秀区,5A,2028-09-10,1950-01-01",
        "51440100MJ0000078U,示例协会乙,社会团体,越秀区,5A,2030-01-01,1949-12-31",
    )
    assert found(register) == [("F3", "ahead-of-today"), ("G3", "too-early")]


def test_a_submission_the_store_has_is_refused_or_replaced_as_the_reader_chooses(lake: Lake) -> None:
    lines = (
        JOBS,
        f"2023-03,{SCHOOL},社会组织,高校毕业生,,5,,",
        f"2023-03,{SCHOOL},社会组织,其他求职者,,4,1,2",
        f"2023-04,{SCHOOL},社会组织,其他求职者,,4,1,2",
    )
    refused = checked(lake, "jobs", *lines)
    assert found(refused) == [("A2", "submitted-before")]
    assert refused.faults[0].title.zh == "该组织这一期已由导入 2（jobs.xlsx）报过 2 行，内容不同。"
    assert "替换" in refused.faults[0].remedy.zh
    assert refused.rows is None
    replaced = checked(lake, "jobs", *lines, replace="replace")
    assert replaced.faults == ()
    assert replaced.rows is not None


@pytest.mark.parametrize("replace", ["refuse", "replace"])
def test_what_the_store_has_row_for_row_is_said_and_not_refused(lake: Lake, replace: Replace) -> None:
    report = checked(
        lake,
        "jobs",
        JOBS,
        f"2023-03,{SCHOOL},社会组织,其他求职者,,3,1,2",
        f"2023-03,{SCHOOL},社会组织,高校毕业生,,5,,",
        replace=replace,
    )
    assert [(fault.cell, fault.rule, fault.warning) for fault in report.faults] == [("A2", "already-in-store", True)]
    assert report.rows is not None


def test_what_was_replaced_or_undone_is_not_in_the_store(lake: Lake) -> None:
    restated = checked(lake, "jobs", JOBS, f"2023-02,{MOVED},社会组织,高校毕业生,,11,5,1")
    assert found(restated) == [("A2", "already-in-store")]
    undone = checked(lake, "jobs", JOBS, f"2023-04,{BROAD},社会组织,高校毕业生,,7,,")
    assert undone.faults == ()


def test_a_project_number_belongs_to_the_lead_that_reported_it(lake: Lake) -> None:
    header = "项目编号,项目名称,牵头组织代码,县（市、区）,开始日期,状态"
    lines = (header, f"P2,示例项目,{BROAD},441900,2023-04-01,实施中", f"P4,示例项目,{MOVED},441900,2023-04-01,实施中")
    assert found(checked(lake, "aid_projects", *lines)) == [("A2", "key-in-store"), ("A3", "key-in-store")]
    assert found(checked(lake, "aid_projects", *lines, replace="replace")) == [("A3", "key-in-store")]


def test_a_number_far_from_what_the_organization_reports_is_asked_about(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    usual = ("2022-08", "2022-09", "2022-10", "2022-11")
    commit(
        lake,
        {
            "jobs": [jobs(MOVED, when, posts) for when, posts in zip(usual, (2, 3, 3, 90), strict=True)],
            "financing": [_financing(BROAD, f"{when}-05", "U", "applied", "800000.00") for when in usual],
        },
    )
    report = checked(
        lake,
        "jobs",
        JOBS,
        f"2022-12,{MOVED},社会组织,高校毕业生,,2999,,",
        f"2022-12,{MOVED},社会组织,其他求职者,,30000,,",
        f"2023-09,{MOVED},社会组织,其他求职者,,10999,,",
        f"2022-12,{BROAD},社会组织,高校毕业生,,30000,,",
    )
    assert [(fault.cell, fault.rule, fault.warning) for fault in report.faults] == [("F3", "unit-slip", True)]
    assert "10,000 倍" in report.faults[0].title.zh
    money = checked(
        lake,
        "financing",
        "日期,业务编号,统一社会信用代码,阶段,金额（元）",
        f"2022-12-01,U1,{BROAD},申请,80",
        f"2022-12-01,U2,{BROAD},申请,801",
        f"2022-12-01,U3,{BROAD},申请,8000000000",
    )
    assert found(money) == [("E2", "unit-slip"), ("E4", "unit-slip")]
    assert "10,000 分之一" in money.faults[0].title.zh
    assert money.rows is not None
    assert money.rows["amount"][0].as_py() == Decimal("80.00")


def test_a_town_lies_in_its_county_and_a_district_is_the_one_of_the_code(lake: Lake) -> None:
    aid = checked(
        lake,
        "aid",
        "日期,名录外捐助单位,县（市、区）,镇或村,形式,金额或折价（元）,阶段",
        "2023-07-01,示例公司,441826,441826105,款,1,到位",
        "2023-07-01,示例公司,441800,441826105,款,1,到位",
        "2023-07-01,示例公司,440117,441826105,款,1,到位",
        "2023-07-01,示例公司,440117,三排镇,款,1,到位",
    )
    assert found(aid) == [("D4", "town-outside-county")]
    register = checked(
        lake,
        "organizations",
        "统一社会信用代码,组织名称,组织类型,所在区,成立日期",
        "51440104MJ0000001Q,示例协会甲,社会团体,440104,2015-01-01",
        "51440105MJ00000017,示例协会乙,社会团体,440104,2015-01-01",
        "51440100MJ0000077Q,示例协会丙,社会团体,440104,2015-01-01",
    )
    assert [(fault.cell, fault.rule, fault.warning) for fault in register.faults] == [
        ("D3", "district-against-code", True)
    ]


def test_a_cumulative_column_of_the_sheet_never_falls_within_a_year(lake: Lake) -> None:
    report = checked(
        lake,
        "jobs",
        f"{JOBS},本年累计岗位",
        f'2022-03,{BROAD},社会组织,高校毕业生,,5,,,"1,005"',
        f"2022-05,{BROAD},社会组织,高校毕业生,,5,,,1004",
        f"2022-04,{BROAD},社会组织,高校毕业生,,5,,,1005",
        f"2022-05,{BROAD},会员单位,高校毕业生,,5,,,3",
        f"2022-06,{BROAD},社会组织,高校毕业生,,5,,,",
        f"2023-02,{BROAD},社会组织,高校毕业生,,5,,,7",
    )
    assert found(report) == [("I1", "column-unknown"), ("I3", "cumulative-falls")]
    assert report.faults[1].title.zh == "累计数小于较早月份的 1005。"
