"""What an import promises: everything wrong is named at its cell, all at once, and nothing half-right enters."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused, WrongUsage
from gzdash.intake import Report, check, import_file, read, rows_from_columns
from gzdash.intake.template import template
from gzdash.lake import Lake
from gzdash.tables import TABLES

FIRST = "51440100MJ0000001Y"
SECOND = "51440100MJ00000022"
FOUNDATION = "53440100MJ00000042"
COMPANY = "91440100MJ00000057"

JOBS_HEADER = "月份,统一社会信用代码,岗位来源,面向人群,产业链,发布岗位（个）,实际招聘（人）"
AID_HEADER = "日期,捐助组织代码,名录外捐助单位,县（市、区）,形式,金额或折价（元）,阶段"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def checked(lake: Lake, engine: DuckDBEngine, table: str, *lines: str) -> Report:
    """The report of a CSV drawn in the test."""
    return check(TABLES[table], read(Path("表.csv"), "\n".join(lines).encode()), lake.snapshot(), engine)


def found(report: Report) -> list[tuple[str, str, str]]:
    return [(fault.cell, fault.value, fault.rule) for fault in report.faults]


def test_a_filled_template_comes_back_as_the_same_rows(lake: Lake, engine: DuckDBEngine) -> None:
    aid = TABLES["aid"]
    rows = rows_from_columns(
        aid,
        {
            "date": [date(2023, 6, 1), date(2023, 7, 31), date(2023, 7, 31)],
            "giver": [FIRST, None, SECOND],
            "giver_name": [None, "=示例公司", None],
            "county": ["441826", "440117", "441900"],
            "form": ["money", "money", "goods"],
            "amount": [Decimal("0.10"), Decimal("1234567890123456.78"), None],
            "stage": ["delivered", "pledged", "delivered"],
            "beneficiaries": [12, None, 0],
            "truth": ["verified", None, None],
        },
        "款物.xlsx",
        "帮扶款物台账",
    )
    for language in ("zh", "en"):
        data = template(aid, language, rows)
        report = check(aid, read(Path("款物.xlsx"), data), lake.snapshot(), engine)
        assert report.faults == ()
        assert report.rows is not None
        assert report.rows["amount"].to_pylist() == [Decimal("0.10"), Decimal("1234567890123456.78"), None]
        assert report.rows["truth"].to_pylist() == ["verified", "reported", "reported"]
        assert report.rows["source_row"].to_pylist() == [2, 3, 4]
        assert report.rows.drop_columns("source_sheet") == rows.drop_columns("source_sheet")


@pytest.mark.parametrize("key", TABLES)
def test_every_table_has_a_template_that_is_a_form_without_data(key: str, lake: Lake, engine: DuckDBEngine) -> None:
    for language in ("zh", "en"):
        sheet = read(Path("空.xlsx"), template(TABLES[key], language))
        report = check(TABLES[key], sheet, lake.snapshot(), engine)
        assert found(report) == [("2:2", "", "form-without-data")]


def test_offices_write_numbers_dates_and_codes_in_many_ways(lake: Lake, engine: DuckDBEngine) -> None:
    report = checked(
        lake,
        engine,
        "jobs",
        "month,Unified social credit code, 岗位 来源 ,audience,chain,发布岗位(个),Hires (people)",
        f"２０２３年７月,{FIRST.lower()},社会组织,Graduates,现代高端装备,\u3000１２００\u3000,",
        f'2023-07,{SECOND},organization,高校毕业生,GZ21-03,"1,200",0',
        f"2023/7,{SECOND},member_unit,graduates,,5.0,5",
        f"2023/8/1 0:00,{SECOND},member_unit,graduates,,0,0",
    )
    assert report.faults == ()
    assert report.rows is not None
    assert report.rows["month"].to_pylist() == [date(2023, 7, 1), date(2023, 7, 1), date(2023, 7, 1), date(2023, 8, 1)]
    assert report.rows["organization"].to_pylist() == [FIRST, SECOND, SECOND, SECOND]
    assert report.rows["source"].to_pylist() == ["organization", "organization", "member_unit", "member_unit"]
    assert report.rows["chain"].to_pylist() == ["GZ21-03", "GZ21-03", None, None]
    assert report.rows["posts"].to_pylist() == [1200, 1200, 5, 0]
    assert report.rows["hires"].to_pylist() == [None, 0, 5, 0]


def test_every_kind_of_error_is_found_at_its_cell_and_all_at_once(lake: Lake, engine: DuckDBEngine) -> None:
    report = checked(
        lake,
        engine,
        "jobs",
        JOBS_HEADER,
        f"2023-13,{FIRST},社会组织,高校毕业生,,10,",
        f"2023-07,{FIRST[:-1]}X,社会组织,高校毕业生,,10,",
        "2023-07,5144,社会组织,高校毕业生,,10,",
        f"2023-07,{COMPANY},社会组织,高校毕业生,,10,",
        "2023-07,514401000000000000,社会组织,高校毕业生,,10,",
        ",,,,,,",
        f"2023-07,{FIRST},协会,高校毕业生,GZ15-03,-1,三",
        f"2023-07,{FIRST},,高校毕业生,,1.5,99999999999999999999",
        f"2023-07,{SECOND},社会组织,高校毕业生,,10,#N/A",
        f"2023-07,{SECOND},社会组织,高校毕业生,,10,",
    )
    assert found(report) == [
        ("A2", "2023-13", "not-a-month"),
        ("B3", "51440100MJ0000001X", "organization-check-digit"),
        ("B4", "5144", "organization-length"),
        ("B5", COMPANY, "organization-prefix"),
        ("B6", "514401000000000000", "organization-as-number"),
        ("C8", "协会", "code-unknown"),
        ("E8", "GZ15-03", "code-retired"),
        ("F8", "-1", "below-least"),
        ("G8", "三", "not-an-integer"),
        ("C9", "", "required"),
        ("F9", "1.5", "not-an-integer"),
        ("G9", "99999999999999999999", "number-too-large"),
        ("G10", "#N/A", "excel-error"),
        ("A11", "2023-07", "repeated-row"),
    ]
    assert report.rows is None
    assert {fault.column for fault in report.faults if fault.cell.startswith("F")} == {"发布岗位（个）"}
    assert "第 10 行" in report.faults[-1].title.zh


def test_money_is_exact_and_has_two_decimals(lake: Lake, engine: DuckDBEngine) -> None:
    amounts = {
        "0.1": Decimal("0.10"),
        "0.30000000000000004": Decimal("0.30"),
        "14982888.100000001": Decimal("14982888.10"),
        "9999999999999999.99": Decimal("9999999999999999.99"),
        '"1,234,567.80"': Decimal("1234567.80"),
        "１２３．４５": Decimal("123.45"),
    }
    lines = [f"2023-07-0{day},,示例公司,441826,款,{text},到位" for day, text in enumerate(amounts, 1)]
    report = checked(lake, engine, "aid", AID_HEADER, *lines)
    assert report.faults == ()
    assert report.rows is not None
    assert report.rows["amount"].to_pylist() == list(amounts.values())


@pytest.mark.parametrize(
    ("amount", "rule"),
    [
        ("0.125", "money-decimals"),
        ("1000.001", "money-decimals"),
        ('"1,23"', "not-an-amount"),
        ("12万", "not-an-amount"),
        ("1.5E+05", "not-an-amount"),
        ("10000000000000000", "number-too-large"),
        ("-0.01", "below-least"),
    ],
)
def test_an_amount_that_is_not_exact_yuan_is_refused(amount: str, rule: str, lake: Lake, engine: DuckDBEngine) -> None:
    report = checked(lake, engine, "aid", AID_HEADER, f"2023-07-01,,示例公司,441826,款,{amount},到位")
    # The rule “money without an amount” stays silent: the amount is there, only wrong.
    assert found(report) == [("F2", amount.strip('"'), rule)]


def test_a_retired_region_names_its_successor_by_code_and_by_name(lake: Lake, engine: DuckDBEngine) -> None:
    lines = [f"2023-07-01,,示例公司,{region},款,1,到位" for region in ("440184", "从化市", "从化区", "440117")]
    report = checked(lake, engine, "aid", AID_HEADER, *lines)
    assert found(report) == [("D2", "440184", "code-retired"), ("D3", "从化市", "code-retired")]
    assert report.faults[0].remedy.zh == "改填 从化区（440117）。"
    assert "Conghua (440117)" in report.faults[1].remedy.en


def test_declared_rules_and_keys_hold_within_the_file(lake: Lake, engine: DuckDBEngine) -> None:
    aid = checked(
        lake,
        engine,
        "aid",
        AID_HEADER,
        f"2023-07-01,{FIRST},示例公司,441826,款,,到位",
        "2023-07-01,,,441826,物,,到位",
    )
    assert found(aid) == [("B2", FIRST, "one-giver"), ("F2", "", "money-without-amount"), ("B3", "", "one-giver")]
    register = checked(
        lake,
        engine,
        "organizations",
        "统一社会信用代码,组织名称,组织类型,所在区,成立日期,注销日期",
        f"{FIRST},示例协会,社会团体,越秀区,2015年3月9日,2014-01-01",
        f"{FOUNDATION},示例基金会,社会团体,越秀区,2015.3.9,",
        f"{FIRST},示例协会,51,440104,20150309,",
    )
    assert found(register) == [
        ("F2", "2014-01-01", "dissolved-before-founded"),
        ("C3", "社会团体", "type-against-code"),
        ("A4", FIRST, "repeated-row"),
    ]


def test_lists_of_organizations_are_split_and_one_wrong_code_makes_the_cell_wrong(
    lake: Lake, engine: DuckDBEngine
) -> None:
    header = "日期,牵头组织代码,参与组织代码,活动类别"
    good = checked(lake, engine, "activities", header, f"2023-07-01,{FIRST},{SECOND}；{FOUNDATION}、{SECOND};,走访")
    assert good.rows is not None
    assert good.rows["partners"].to_pylist() == [[SECOND, FOUNDATION]]
    bad = checked(lake, engine, "activities", header, f"2023-07-01,{FIRST},{SECOND}；5144,走访")
    assert found(bad) == [("C2", f"{SECOND}；5144", "organization-length")]


def test_a_header_that_does_not_fit_is_said_once_and_values_are_checked_all_the_same(
    lake: Lake, engine: DuckDBEngine
) -> None:
    report = checked(
        lake,
        engine,
        "aid",
        "日期,名录外捐助单位,县（市、区）,形式,金额（万元）,名录外捐助单位,,",
        "2023-02-30,示例公司,441826,款,1,示例公司,备注,",
    )
    assert found(report) == [
        ("1:1", "", "column-missing"),
        ("E1", "金额（万元）", "column-unknown"),
        ("F1", "名录外捐助单位", "column-duplicate"),
        ("G1", "", "column-unknown"),
        ("A2", "2023-02-30", "not-a-date"),
    ]
    assert report.faults[0].column == "阶段"


def test_a_refusal_carries_every_error_and_leaves_the_lake_as_it_was(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path
) -> None:
    file = tmp_path / "岗位.csv"
    file.write_text(f"{JOBS_HEADER}\n2023-07,{FIRST},社会组织,高校毕业生,,x,y\n", "utf-8")
    with pytest.raises(Refused) as refused:
        import_file(lake, engine, file, "jobs", who="李", why="试")
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [
        ("not-an-integer", "岗位.csv · F2"),
        ("not-an-integer", "岗位.csv · G2"),
    ]
    assert refused.value.faults[0].title.zh == "发布岗位（个）“x”：不是整数。"
    assert lake.snapshot().event == 0
    assert lake.imports() == ()
    assert not lake.uploads.exists()


def test_more_hires_than_posts_is_a_warning_and_the_import_keeps_its_original(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path
) -> None:
    file = tmp_path / "岗位.csv"
    file.write_bytes(f"{JOBS_HEADER}\n\n2023-07,{FIRST},社会组织,高校毕业生,,3,4\n".encode("gb18030"))
    number, report = import_file(lake, engine, file, "jobs", who="李", why="七月")
    assert [(fault.cell, fault.rule, fault.warning) for fault in report.faults] == [("G3", "hired-above-posted", True)]
    committed = lake.imports()[0]
    assert (committed.id, committed.who, committed.why, committed.rows) == (number, "李", "七月", 1)
    assert committed.file_hash == hashlib.sha256(file.read_bytes()).hexdigest()
    assert committed.kept == f"{committed.file_hash[:16]}-岗位.csv"
    assert (lake.uploads / committed.kept).read_bytes() == file.read_bytes()
    assert [path.name for path in lake.uploads.iterdir()] == [committed.kept]
    stored = engine.run("SELECT source_file, source_row, posts, hires FROM raw_jobs", {}, lake.snapshot())
    assert stored.to_pylist() == [{"source_file": "岗位.csv", "source_row": 3, "posts": 3, "hires": 4}]


def test_a_closed_lake_keeps_nothing(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "岗位.csv"
    file.write_text(f"{JOBS_HEADER}\n2023-07,{FIRST},社会组织,高校毕业生,,3,\n", "utf-8")
    monkeypatch.setenv("GZDASH_READONLY", "1")
    with pytest.raises(Refused, match="lake-read-only"):
        import_file(lake, engine, file, "jobs", who="李", why="试")
    assert not lake.uploads.exists()
    with pytest.raises(WrongUsage, match="table-unknown"):
        import_file(lake, engine, file, "job", who="李", why="试")
