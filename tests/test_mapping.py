"""What a mapping promises: a form becomes rows as the reader confirmed, and every fault stays at the sender's cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused, WrongUsage
from gzdash.intake.convert import apply
from gzdash.intake.convert_check import check_applied
from gzdash.intake.convert_parts import splits
from gzdash.intake.form import Form, forms
from gzdash.intake.mapping import Mapping, Source, Sources
from gzdash.intake.matching import nearest_table, suggest
from gzdash.intake.matching_words import SYNONYMS
from gzdash.intake.report import Report
from gzdash.intake.values import number, reader
from gzdash.lake import Lake, Provenance
from gzdash.tables import TABLES

FIRST = "51440100MJ0000001Y"
SECOND = "51440100MJ00000022"
TODAY = date(2023, 12, 31)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


def drawn(*lines: str) -> Form:
    (form,) = forms(Path("表.csv"), "\n".join(lines).encode())
    return form


def checked(lake: Lake, mapping: Mapping, form: Form, register: dict[str, str] | None = None) -> Report:
    return check_applied(apply(mapping, form, register), lake.snapshot(), DuckDBEngine(lake.root), today=TODAY)


def found(report: Report) -> list[tuple[str, str, str]]:
    return [(fault.cell, fault.value, fault.rule) for fault in report.faults]


AID = Mapping(
    "aid",
    (
        ("date", Source(constant="2023-06-30")),
        ("giver_name", Source(("捐赠单位",))),
        ("county", Source(("受援地",), values=(("从化市", "440117"),))),
        ("stage", Source(constant="到位")),
    ),
    (
        (("form", Source(constant="款")), ("amount", Source(("投入", "款")))),
        (("form", Source(constant="物")), ("amount", Source(("投入", "物"), factor=Decimal(1)))),
    ),
    "0123456789abcdef",
)
HEADER = ("帮扶表（单位：万元）,,,", "捐赠单位,受援地,投入,", ",,款,物")


def test_a_mapping_is_a_plain_file_and_comes_back_from_it_the_same() -> None:
    full = Mapping(
        "aid",
        (
            ("giver", Source(("单位",), "B", register=True)),
            ("amount", Source(letter="C", factor=Decimal("1E+4"), values=(("无", "0"), ("", "0")))),
            ("form", Source(constant="")),
        ),
    )
    for mapping in (AID, full):
        assert Mapping.from_json(mapping.to_json()) == mapping
    assert '"constant": "2023-06-30"' in AID.to_json()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"table": 1, "columns": {}}',
        '{"table": "aid", "columns": {"amount": {"letter": "A", "factor": "0"}}}',
        '{"table": "aid", "columns": {"amount": {"letter": "A", "factor": "x"}}}',
        '{"table": "aid", "columns": {"amount": {"formula": "A1"}}}',
        '{"table": "aid", "columns": {"amount": "A"}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="mapping-unreadable"):
        Mapping.from_json(text)


def test_one_row_of_a_wide_sheet_becomes_a_row_for_each_part_that_says_anything(lake: Lake) -> None:
    form = drawn(*HEADER, "示例一协会,从化市,1.5,20000", "示例二协会,从化区,,300", "合计,,1.5,20300")
    report = checked(lake, AID, form)
    assert report.faults == ()
    assert report.rows is not None
    columns = ["source_row", "giver_name", "county", "form", "amount", "date"]
    assert [tuple(row.values()) for row in report.rows.select(columns).to_pylist()] == [
        (4, "示例一协会", "440117", "money", Decimal("15000.00"), date(2023, 6, 30)),
        (4, "示例一协会", "440117", "goods", Decimal("20000.00"), date(2023, 6, 30)),
        (5, "示例二协会", "440117", "goods", Decimal("300.00"), date(2023, 6, 30)),
    ]


def test_every_fault_points_at_the_cell_of_the_senders_file_verbatim(lake: Lake) -> None:
    form = drawn(
        *HEADER,
        "示例一协会,从化市,1.5,两箱",
        ",,,",
        "示例二协会,从化县,0.0000001,3",
        "小计,,1.5,",
        ",从化区,-1,5",
        "合计,,9,",
    )
    report = checked(lake, AID, form)
    assert found(report) == [
        ("D4", "两箱", "not-an-amount"),
        ("B6", "从化县", "code-unknown"),
        ("C6", "0.0000001", "money-decimals"),
        ("C7", "1.5", "total-differs"),
        ("8:8", "", "one-giver"),
        ("C8", "-1", "below-least"),
        ("C9", "9", "total-differs"),
    ]
    assert report.rows is None
    assert {fault.column for fault in report.faults if fault.cell == "D4"} == {"投入 / 物（万元）"}


def test_a_constant_is_checked_once_before_any_row() -> None:
    form = drawn(*HEADER, "示例一协会,从化市,1,2", "示例二协会,从化市,1,2")
    columns = dict(AID.columns) | {"date": Source(constant="2023年1—7月"), "county": Source(("县",))}
    with pytest.raises(Refused) as refused:
        apply(Mapping("aid", (*columns.items(), ("sum", Source(letter="A"))), AID.parts), form)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [
        ("cumulative-period", "date"),
        ("mapping-source-missing", "表.csv"),
        ("mapping-column-unknown", "sum"),
    ]
    with pytest.raises(WrongUsage, match="table-unknown"):
        apply(Mapping("aids", ()), form)


def test_what_holds_of_a_constant_is_said_once_and_what_is_missing_is_said(lake: Lake) -> None:
    form = drawn("捐赠单位,金额（元）", "示例一协会,1", "示例二协会,2")
    columns = (
        ("date", Source(constant="2099-01-01")),
        ("giver_name", Source(letter="A")),
        ("amount", Source(letter="B")),
        ("form", Source(constant="款")),
    )
    report = checked(lake, Mapping("aid", columns), form)
    assert [(cell, rule) for cell, _, rule in found(report) if rule != "column-missing"] == [("2:2", "ahead-of-today")]
    assert [(fault.cell, fault.column) for fault in report.faults if fault.rule == "column-missing"] == [
        ("1:1", "县（市、区）"),
        ("1:1", "阶段"),
    ]


def test_a_giver_of_the_register_gets_its_code_and_others_keep_their_name(lake: Lake) -> None:
    form = drawn("捐赠单位,区（县）,捐款金额（元）", "示例协会,从化市,1", "示例公司,从化区,2")
    suggestion = suggest(form, TABLES["aid"], {"示例 协会": FIRST})
    rest = {"date": "2023-06-30", "form": "款", "stage": "到位"}
    assert [column.key for column in suggestion.missing] == list(rest)
    columns = (*suggestion.mapping.columns, *((key, Source(constant=value)) for key, value in rest.items()))
    report = checked(lake, Mapping("aid", columns), form, {"示例 协会": FIRST})
    assert report.rows is not None
    givers = report.rows.select(["giver", "giver_name", "county"]).to_pylist()
    assert [tuple(row.values()) for row in givers] == [(FIRST, None, "440117"), (None, "示例公司", "440117")]


def test_a_corner_of_money_multiplies_money_and_not_people(lake: Lake) -> None:
    form = drawn("单位：万元,,,", "捐赠单位,县区,捐款金额,受益人次", "示例公司,从化区,2,30")
    fixed = {"date": "2023-06-30", "form": "款", "stage": "到位"}
    columns = (*suggest(form, TABLES["aid"]).mapping.columns, *((k, Source(constant=v)) for k, v in fixed.items()))
    report = checked(lake, Mapping("aid", columns), form)
    assert report.rows is not None
    assert report.rows.select(["amount", "beneficiaries"]).to_pylist() == [
        {"amount": Decimal("20000.00"), "beneficiaries": 30}
    ]


def test_posts_of_two_sources_become_two_rows_and_parts_need_a_key_of_their_own(lake: Lake) -> None:
    form = drawn(f"月份,信用代码,组织岗位数,会员岗位数\n2023年7月,{FIRST},5,0\n2023年8月,{FIRST},7,")
    shared = (
        ("month", Source(("月份",))),
        ("organization", Source(("信用代码",))),
        ("audience", Source(constant="高校毕业生")),
    )
    parts = tuple(
        (("source", Source(constant=source)), ("posts", Source(letter=letter)))
        for source, letter in (("社会组织", "C"), ("会员单位", "D"))
    )
    report = checked(lake, Mapping("jobs", shared, parts), form)
    assert report.rows is not None
    assert report.rows.select(["source_row", "source", "posts"]).to_pylist() == [
        {"source_row": 2, "source": "organization", "posts": 5},
        {"source_row": 2, "source": "member_unit", "posts": 0},
        {"source_row": 3, "source": "organization", "posts": 7},
    ]
    alike = tuple((("source", Source(constant="社会组织")), part[1]) for part in parts)
    with pytest.raises(Refused, match="mapping-parts-alike"):
        apply(Mapping("jobs", shared, alike), form)


SPLIT = ("单位,总数（元）,到户（元）,到村（元）,财政（元）,自筹（元）", "甲会,5,2,3,1,4", "乙会,7,7,,3,4", "丙会,,,,,")


def test_two_ways_to_split_an_amount_are_alternatives() -> None:
    form = drawn(*SPLIT)
    assert splits(form, "B") == (("C", "D"), ("E", "F"))
    assert splits(form, "C") == ()
    for letters, twice in (("B", False), ("CD", False), ("EF", False), ("CDEF", True), ("BCD", True), ("BCDEF", True)):
        parts = tuple((("amount", Source(letter=letter)),) for letter in letters)
        mapping = Mapping("aid", (), parts)
        if twice:
            with pytest.raises(Refused, match="mapping-counts-twice"):
                apply(mapping, form)
        else:
            assert len(apply(mapping, form).sheets) == len(letters)


def test_columns_are_suggested_by_spelling_by_synonym_and_by_likeness() -> None:
    form = drawn(
        "月份,社会信用代码,岗位来源,招聘对象,发布岗位个数,联系电话",
        f"2023年7月,{FIRST},社会组织,高校毕业生,5,13800000000",
    )
    suggestion = suggest(form, TABLES["jobs"])
    assert {key: source.letter for key, source in suggestion.mapping.columns} == {
        "month": "A",
        "organization": "B",
        "source": "C",
        "audience": "D",
        "posts": "E",
    }
    scores = dict(suggestion.scores)
    assert (scores["month"], scores["source"]) == (1.0, 1.0)
    assert 0.9 < scores["audience"] < 1
    assert 0.6 < scores["posts"] < 0.9
    assert (suggestion.missing, suggestion.fits) == ((), True)
    assert nearest_table(form).table.key == "jobs"


def test_a_count_is_never_suggested_for_money_nor_a_name_for_a_number() -> None:
    form = drawn("日期,捐款金额（户）,受益人次（元）", "2023-07-01,5,6")
    assert dict(suggest(form, TABLES["aid"]).mapping.columns).keys() == {"date"}


def test_a_sheet_that_fits_no_table_names_the_nearest_and_what_is_missing() -> None:
    nearest = nearest_table(drawn("年份,全国总数,增长", "2020年,5,6"))
    assert not nearest.fits
    assert nearest.missing


@pytest.mark.parametrize("key", TABLES)
def test_a_table_headed_by_its_own_template_is_its_own_nearest(key: str) -> None:
    header = ",".join(f'"{column.header.zh}"' for column in TABLES[key].columns)
    nearest = nearest_table(drawn(header))
    assert (nearest.table.key, nearest.missing) == (key, ())


def test_synonyms_belong_to_columns_that_exist() -> None:
    known = {column.key for table in TABLES.values() for column in table.columns}
    known |= {f"{table.key}.{column.key}" for table in TABLES.values() for column in table.columns}
    assert set(SYNONYMS) <= known


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１，２３４．５", "1234.5"),
        ("12.5%", "0.125"),
        ("0.30000000000000004", "0.3"),
        ("14982888.100000001", "14982888.1"),
        ("1234567890123456.78", "1234567890123456.78"),
        ("−3", "-3"),
    ],
)
def test_numbers_as_offices_write_them(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "12万", "1,23", "1e5", "无", "%", "NaN"])
def test_other_text_is_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2023年1—7月",
        "2023年1-7月",
        "2023年1–7月",
        "2023年1~7月",
        "2023年1～7月",
        "2023年1至7月",
        "2023年1月－7月",
        "2023年1 — 7月份",
    ],
)
def test_a_stretch_of_months_is_named_as_cumulative_and_never_taken_for_a_month(text: str) -> None:
    for table, column in (("jobs", "month"), ("aid", "date")):
        problem = reader(TABLES[table].by_key[column])(text)
        assert getattr(problem, "rule", problem) == "cumulative-period"


def test_a_date_that_lost_its_format_is_read_from_excels_count_of_days() -> None:
    assert reader(TABLES["aid"].by_key["date"])("45108") == date(2023, 7, 1)
    assert reader(TABLES["jobs"].by_key["month"])("45122") == date(2023, 7, 1)
    assert getattr(reader(TABLES["aid"].by_key["date"])("99999"), "rule", "") == "not-a-date"


WIDE = (
    "受援地,捐赠单位,投入（万元）,投入（万元）,投入（万元）",
    ",,款,物,其他",
    "从化区,示例公司,1,2,",
    "增城区,示例公司,3,,",
)


def split(*, third: bool = False) -> Mapping:
    shared = (
        ("date", Source(constant="2023-06-30")),
        ("giver_name", Source(("捐赠单位",))),
        ("county", Source(("受援地",))),
        ("stage", Source(constant="到位")),
    )
    parts: list[Sources] = [
        (("form", Source(constant=form)), ("amount", Source(letter=letter))) for form, letter in ("款C", "物D")
    ]
    if third:
        parts.append(
            (("form", Source(constant="物")), ("town", Source(constant="其他")), ("amount", Source(letter="E")))
        )
    return Mapping("aid", shared, tuple(parts))


def test_a_split_form_submitted_again_is_compared_as_a_whole(lake: Lake) -> None:
    form, engine = drawn(*WIDE), DuckDBEngine(lake.root)
    first = checked(lake, split(), form)
    assert first.errors == ()
    assert first.rows is not None
    lake.commit({"aid": first.rows}, Provenance("李", "试", form.file, "", ""), expected_head=lake.snapshot().event)
    assert [(fault.rule, fault.warning) for fault in checked(lake, split(), form).faults] == [
        ("already-in-store", True)
    ]
    changed = drawn(*WIDE[:3], "增城区,示例公司,4,,")
    assert [(fault.rule, fault.cell) for fault in checked(lake, split(), changed).errors] == [
        ("submitted-before", "3:3")
    ]
    again = check_applied(apply(split(), changed), lake.snapshot(), engine, replace="replace", today=TODAY)
    assert again.errors == ()


def test_a_part_that_is_empty_throughout_makes_no_rows_and_refuses_nothing(lake: Lake) -> None:
    report = checked(lake, split(third=True), drawn(*WIDE))
    assert report.errors == ()
    assert report.rows is not None
    assert report.rows["amount"].to_pylist() == [Decimal(10_000), Decimal(20_000), Decimal(30_000)]


def test_two_parts_that_make_the_same_key_are_a_repeated_row(lake: Lake) -> None:
    mapping = Mapping(
        "jobs",
        (
            ("month", Source(constant="2023-06")),
            ("organization", Source(("代码",))),
            ("audience", Source(constant="graduates")),
        ),
        (
            (("source", Source(("甲",))), ("posts", Source(("甲岗",)))),
            (("source", Source(("乙",))), ("posts", Source(("乙岗",)))),
        ),
    )
    form = drawn("代码,甲,甲岗,乙,乙岗", f"{FIRST},社会组织,5,会员单位,6", f"{SECOND},社会组织,5,社会组织,6")
    report = checked(lake, mapping, form)
    assert [(fault.row, fault.rule) for fault in report.errors] == [(3, "repeated-row")]
