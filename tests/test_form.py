"""What a form promises: the header is found where offices put it, and what is no data never becomes data."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from gzdash.intake.form import Form, forms
from gzdash.intake.form_totals import check_totals
from gzdash.intake.form_words import cleaned, label_and_unit


def drawn(*lines: str) -> Form:
    """The form of a CSV drawn in the test."""
    (form,) = forms(Path("表.csv"), "\n".join(lines).encode())
    return form


def workbook(rows: list[list[object]], merges: tuple[str, ...] = (), first: str = "A1") -> bytes:
    """An .xlsx with `rows` from the cell `first` on, and merged cells."""
    book = Workbook()
    corner = book.active[first]
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            book.active.cell(corner.row + down, corner.column + right, value)
    for merge in merges:
        book.active.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def of(data: bytes) -> Form:
    return forms(Path("表.xlsx"), data)[0]


def wrong(form: Form) -> list[tuple[str, str, str]]:
    return [(fault.cell, fault.value, fault.title.zh) for fault in check_totals(form)]


THREE_LEVELS: list[list[object]] = [
    ["2023年帮扶情况统计表", None, None, None, None],
    ["填报单位：", "示例协会", None, None, "单位：万元"],
    [None, None, None, None, None],
    ["帮扶　单位", "投入", None, None, "受益（人次）"],
    [None, "合计", "其中", None, None],
    [None, None, "资金", "物资（元）", None],
    ["示例一协会", 3, 2, 10000, 7],
]
MERGES = ("A1:E1", "A4:A6", "B4:D4", "E4:E6", "B5:B6", "C5:D5")


def test_a_header_of_three_levels_is_found_under_its_title_with_the_units_of_cell_and_corner() -> None:
    form = of(workbook(THREE_LEVELS, MERGES))
    assert (form.title, form.header_rows, form.first_data_row) == ("2023年帮扶情况统计表", (4, 6), 7)
    assert [(column.letter, column.path, column.unit, column.factor) for column in form.columns] == [
        ("A", ("帮扶单位",), "", Decimal(1)),
        ("B", ("投入", "合计"), "万元", Decimal(10_000)),
        ("C", ("投入", "其中", "资金"), "万元", Decimal(10_000)),
        ("D", ("投入", "其中", "物资"), "元", Decimal(1)),
        ("E", ("受益",), "人次", Decimal(1)),
    ]
    assert form.rows.to_pylist() == [{"A": "示例一协会", "B": "3", "C": "2", "D": "10000", "E": "7"}]


def test_a_csv_has_no_merged_cells_and_its_blanks_say_the_same() -> None:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in THREE_LEVELS]
    form = drawn(*lines)
    merged = of(workbook(THREE_LEVELS, MERGES))
    assert form.columns == merged.columns
    assert (form.fingerprint, form.header_rows) == (merged.fingerprint, (4, 6))


def test_a_sheet_may_begin_anywhere_and_letters_stay_those_of_excel() -> None:
    form = of(workbook([["月份", "岗位数（个）"], ["2023年7月", 5]], first="C5"))
    assert (form.header_rows, form.first_data_row) == ((5, 5), 6)
    assert [(column.letter, column.label, column.unit) for column in form.columns] == [
        ("C", "月份", ""),
        ("D", "岗位数", "个"),
    ]


def test_merges_count_from_excel_columns_where_the_first_are_empty() -> None:
    form = of(workbook([["地区", "投入（元）", None], [None, "款", "物"], ["甲县", 1, 2]], ("D3:D4", "E3:F3"), "D3"))
    assert [(column.letter, column.path, column.unit) for column in form.columns] == [
        ("D", ("地区",), ""),
        ("E", ("投入", "款"), "元"),
        ("F", ("投入", "物"), "元"),
    ]


def test_what_is_no_data_is_left_out_and_named() -> None:
    form = drawn(
        "帮扶资金表,,",
        "单位名称,金额（元）,备注",
        "甲,乙,丙",
        "示例一协会,1,",
        ",,",
        "小　计,1,",
        "单位名称,金额（元）,备注",
        "示例二协会,2,",
        "小计,2,",
        "合 计：,3,",
        "注：1.金额含物资折价。,,",
        "2.按到账日统计。,,",
        "填表人：某某,审核人：某某,",
    )
    assert form.rows["A"].to_pylist() == ["示例一协会", "示例二协会"]
    assert form.excel_rows.to_pylist() == [4, 8]
    assert [(total.row, total.label, total.grand) for total in form.totals] == [
        (6, "小计", False),
        (9, "小计", False),
        (10, "合计:", True),
    ]
    assert [(dropped.row, dropped.kind) for dropped in form.dropped] == [
        (3, "numbering"),
        (7, "header"),
        (11, "footnote"),
        (12, "footnote"),
        (13, "footnote"),
    ]
    assert wrong(form) == []


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    form = drawn("单位名称,款（元）,物（元）", "甲,1,2", "示例协会,5,6")
    assert [(dropped.row, dropped.kind) for dropped in form.dropped] == [(2, "numbering")]
    assert form.excel_rows.to_pylist() == [3]


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["合计,6,9"], []),
        (["合计,6,10"], [("C5", "10", "合计是 10，各行相加是 9。")]),
        (["总　计,6.00,9.0"], []),
        (["合计,,"], []),
        (["合计,６,1"], [("C5", "1", "合计是 1，各行相加是 9。")]),
        (["累计,100,100"], []),
        (["小计,6,9", "合计,6,9"], []),
        (["小计,7,9", "合计,6,9"], [("B5", "7", "小计是 7，各行相加是 6。")]),
    ],
)
def test_a_stated_total_must_be_the_sum_of_its_rows(lines: list[str], faults: list[tuple[str, str, str]]) -> None:
    form = drawn("单位名称,款（元）,物（元）", "甲会,1,2", "乙会,2,3", "丙会,3,4", *lines)
    assert form.rows.num_rows == 3
    assert wrong(form) == faults


def test_totals_over_their_rows_and_per_group_are_understood() -> None:
    over = drawn("单位名称,款（元）", "合计,6", "甲会,1", "乙会,5")
    assert wrong(over) == []
    grouped = drawn("镇,村,款（元）", "一镇,甲,1", "一镇,乙,2", "一镇小计,,3", "二镇,丙,4", "二镇,小计,5", "合计,,7")
    assert wrong(grouped) == [("C6", "5", "小计是 5，各行相加是 4。")]


def test_sums_are_exact_and_shares_are_not_added() -> None:
    form = drawn("单位名称,款（元）,完成率", "甲会,0.1,50%", "乙会,0.2,60%", "合计,0.30000000000000004,55%")
    assert wrong(form) == []
    assert wrong(drawn("单位名称,款（元）", "甲会,0.1", "乙会,0.2", "合计,0.31")) == [
        ("B4", "0.31", "合计是 0.31，各行相加是 0.3。")
    ]


def test_a_form_without_data_is_understood_as_one() -> None:
    form = of(workbook([*THREE_LEVELS[:6], ["注：无。"]], MERGES))
    assert not form.has_data
    assert (form.header_rows, form.first_data_row, len(form.columns)) == ((4, 6), 7, 5)


def test_the_fingerprint_is_that_of_the_words_whatever_unit_and_padding() -> None:
    one = drawn("单 位 名 称,金额（万元）", "甲会,1")
    other = drawn("标题,", "单位名称,金额(元)", "乙会,2", "丙会,3")
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != drawn("单位名称,捐款（元）", "甲会,1").fingerprint


def test_a_town_merged_over_its_villages_is_the_town_of_each_and_an_amount_stays_one() -> None:
    rows: list[list[object]] = [
        ["镇", "村", "金额（元）"],
        ["一镇", "甲村", 5],
        [None, "乙村", None],
        ["二镇", "丙村", 6],
    ]
    form = of(workbook(rows, ("A2:A3", "C2:C3")))
    assert form.rows.to_pylist() == [
        {"A": "一镇", "B": "甲村", "C": "5"},
        {"A": "一镇", "B": "乙村", "C": None},
        {"A": "二镇", "B": "丙村", "C": "6"},
    ]


def test_the_unit_in_the_corner_is_that_of_numbers_even_where_one_of_them_is_wrong() -> None:
    form = drawn("单位：万元,,", "单位名称,款,说明", "甲会,5,好", "乙会,两箱,好", "丙会,6,")
    assert [column.unit for column in form.columns] == ["", "万元", ""]


def test_every_visible_sheet_is_a_form() -> None:
    book = Workbook()
    book.active.append(["月份", "岗位"])
    book.create_sheet("空")
    book.create_sheet("藏").append(["看不见", "的"])
    book["藏"].sheet_state = "hidden"
    book.create_sheet("二").append(["镇", "村"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert [form.sheet for form in forms(Path("表.xlsx"), buffer.getvalue())] == ["Sheet", "二"]


@pytest.mark.parametrize(
    ("text", "label", "unit"),
    [
        ("金额（万元）", "金额", "万元"),
        ("金额 [亿元]", "金额", "亿元"),
        ("合计 万元", "合计", "万元"),
        ("金额（单位：元）", "金额", "元"),
        ("低收入困难家庭\u3000\u3000\u3000(户)", "低收入困难家庭", "户"),
        ("受益农田(鱼塘)面积(亩)", "受益农田(鱼塘)面积", "亩"),
        ("社会引资   （元）", "社会引资", "元"),
        ("帮扶\n单位", "帮扶单位", ""),
        ("本月（季）投入", "本月(季)投入", ""),
        ("Hires (people)", "Hires", "people"),
        ("Unified social credit code", "Unified social credit code", ""),
        ("元", "元", ""),
    ],
)
def test_the_unit_is_taken_out_of_a_header(text: str, label: str, unit: str) -> None:
    assert label_and_unit(text) == (label, unit)


def test_padding_inside_words_goes_and_spaces_between_english_words_stay() -> None:
    assert cleaned(" 帮\u3000扶 单\n位（ａ）") == "帮扶单位(a)"
    assert cleaned("Aid  given") == "Aid given"
