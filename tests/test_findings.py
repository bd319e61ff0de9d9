"""What the list of an import's faults promises: the sheet as it was sent, numbered as the marked workbook is."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import CellFault, Report, Sheet, check, read
from gzdash.intake.annotate import annotated
from gzdash.intake.convert import apply
from gzdash.intake.convert_check import check_applied
from gzdash.intake.form import Form, forms
from gzdash.intake.mapping import Mapping, Source
from gzdash.intake.original import Original
from gzdash.intake.sheet_window import GROUP, Gap, Line, Window, letters_shown, numbered, rows_shown, window
from gzdash.lake import Lake
from gzdash.screen.findings import summary, summary_html
from gzdash.screen.sheet_view import note, payload
from gzdash.tables import TABLES
from gzdash.words import same

FIRST = "51440100MJ0000001Y"
HEADER = ("月份", "统一社会信用代码", "岗位来源", "面向人群", "产业链", "发布岗位（个）", "实际招聘（人）")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


def jobs(lake: Lake, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> tuple[Report, Sheet, bytes]:
    """A workbook of monthly jobs, its sheet and the report on it."""
    book = Workbook()
    book.active.title = "汇总"
    for row in (header, *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    sheet = read(Path("月报.xlsx"), buffer.getvalue())
    return check(TABLES["jobs"], sheet, lake.snapshot(), DuckDBEngine(lake.root)), sheet, buffer.getvalue()


def month(number: int, chain: str = "软件和信创", posted: object = 3, hired: object = 1) -> tuple[object, ...]:
    return (f"2023年{number}月", FIRST, "社会组织", "高校毕业生", chain, posted, hired)


def seen(report: Report, sheet: Sheet | Form) -> Window:
    """The window on the first group of faults."""
    faults = numbered(report)
    return window(Original.of(report, sheet), faults[:GROUP], faults)


def sent(report: Report, sheet: Sheet | Form) -> str:
    """What the browser is given, as text."""
    group = list(numbered(report)[:GROUP])
    return json.dumps(payload(report, Original.of(report, sheet), seen(report, sheet), group, "zh"), ensure_ascii=False)


def understood(report: Report, sheet: Sheet | Form, language: str = "zh") -> dict[str, str]:
    said = summary(report, report.file, Original.of(report, sheet))
    return {label.zh: value.zh if language == "zh" else value.en for label, value in said}


@pytest.mark.parametrize(
    ("faulty", "last", "shown"),
    [
        ({4}, 8, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({9}, 8, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ({500}, 1000, [1, 499, 500, 501]),
        ({2}, 1000, [1, 2, 3]),
        ({1000}, 1000, [1, 999, 1000]),
        ({1}, 1000, [1, 2]),
        ({500, 505}, 1000, [1, 499, 500, 501, 502, 503, 504, 505, 506]),
        ({500, 506}, 1000, [1, 499, 500, 501, 505, 506, 507]),
        ({5}, 1000, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_the_faulty_rows_are_shown_with_one_row_on_either_side(faulty: set[int], last: int, shown: list[int]) -> None:
    assert rows_shown(faulty, 1, last) == shown


def test_many_faulty_rows_are_shown_without_the_rows_around_them() -> None:
    faulty = set(range(10, 510, 10))
    assert rows_shown(faulty, 1, 1000) == [1, *range(10, 510, 10)]


@pytest.mark.parametrize(
    ("faulty", "width", "shown"),
    [
        ("C", 5, "A B C D E"),
        ("", 5, "A B C D E"),
        ("T", 20, "A . J K L M N O P Q R S T"),
        ("J", 20, "A . E F G H I J K L M N O ."),
        ("A", 20, "A B C D E F G H I J K L ."),
        ("ABCDEFGHIJKLMN", 20, "A B C D E F G H I J K L M N ."),
    ],
)
def test_every_faulty_column_is_shown_and_few_others(faulty: str, width: int, shown: str) -> None:
    letters = "ABCDEFGHIJKLMNOPQRST"[:width]
    assert letters_shown(set(faulty), tuple(letters)) == tuple("" if one == "." else one for one in shown.split())


def test_rows_that_are_not_shown_are_counted(lake: Lake) -> None:
    rows = [month(7, chain="软件和信创") for _ in range(40)]
    rows[29] = month(7, chain="智能汽车")
    report, sheet, _ = jobs(lake, *rows)
    only = tuple(fault for fault in report.faults if fault.cell == "E31")
    lines = seen(Report(report.table, report.file, report.sheet, only, None), sheet).lines
    assert [line.rows if isinstance(line, Gap) else f"row {line.row}" for line in lines] == [
        "row 1",
        28,
        "row 30",
        "row 31",
        "row 32",
        9,
    ]


def test_the_numbers_are_those_of_the_marked_workbook(lake: Lake) -> None:
    report, sheet, data = jobs(lake, month(7, hired=9), month(13, chain="智能汽车"), month(8, posted="８ ６ 个"))
    book = load_workbook(io.BytesIO(annotated(Path("月报.xlsx"), data, report)))
    marked = [(row[0], row[2]) for row in book["错误清单"].iter_rows(min_row=2, values_only=True)]
    assert marked == [(1, "A3"), (2, "E3"), (3, "F4"), (4, "G2")]
    assert [(number, fault.cell) for number, fault in numbered(report)] == marked
    marks = seen(report, sheet).marks
    assert {f"{letter}{row}": [number for number, _ in found] for (row, letter), found in marks.items()} == {
        "A3": [1],
        "E3": [2],
        "F4": [3],
        "G2": [4],
    }


def test_cells_are_shown_verbatim_and_empty_ones_empty(lake: Lake) -> None:
    report, sheet, _ = jobs(lake, month(7, posted="８ ６　个", hired=None), month(8, chain=" 智能 汽车 "))
    lines = {line.row: line for line in seen(report, sheet).lines if isinstance(line, Line)}
    assert lines[1].texts == HEADER
    assert lines[2].texts == ("2023年7月", FIRST, "社会组织", "高校毕业生", "软件和信创", "８ ６　个", "")
    assert lines[3].texts[4] == " 智能 汽车 "
    assert "８ ６　个" in sent(report, sheet)


def test_the_summary_of_a_template(lake: Lake) -> None:
    report, sheet, _ = jobs(lake, month(7), month(13), month(8, chain="智能汽车"), month(9, hired=9))
    assert understood(report, sheet) == {
        "文件": "月报.xlsx",
        "工作表": "汇总",
        "表头": "第 1 行",
        "数据": "4 行",
        "列对应": "7 列全部认出",
        "通过": "2 行无误",
    }
    assert understood(report, sheet, "en")["列对应"] == "all 7 recognised"


def test_the_summary_counts_missing_unknown_and_personal_columns(lake: Lake) -> None:
    header = (*HEADER[:5], "备注说明", "联系电话")
    row = ("2023年7月", FIRST, "社会组织", "高校毕业生", "软件和信创", "无", "13800138000")
    report, sheet, _ = jobs(lake, row, header=header)
    assert understood(report, sheet)["列对应"] == "认出 5 列，缺 1 列，1 列不认识，1 列个人信息不读"
    assert understood(report, sheet)["通过"] == "0 行无误"


def test_personal_data_of_a_column_that_is_not_read_are_not_shown(lake: Lake) -> None:
    row = (*month(7, chain="智能汽车"), "13800138000")
    report, sheet, _ = jobs(lake, row, header=(*HEADER, "联系电话"))
    assert report.dropped == ("H",)
    assert "13800138000" not in sent(report, sheet)
    assert "不显示" in sent(report, sheet)


FORM = """捐赠情况表,,,
填报单位：示例,,,单位：元
捐赠单位,受援地,投入,
,,款,物
甲公司,440117,100,5
乙公司,440117,20O,7
丙公司,440117,30,8
合计,,150,20
注：本表不含往年。,,,
"""
MAPPING = Mapping(
    "aid",
    (
        ("date", Source(constant="2023-06-30")),
        ("giver_name", Source(("捐赠单位",))),
        ("county", Source(("受援地",))),
        ("stage", Source(constant="到位")),
        ("form", Source(constant="款")),
        ("amount", Source(("投入", "款"))),
    ),
)


def mapped(lake: Lake) -> tuple[Report, Form]:
    (form,) = forms(Path("捐赠.csv"), FORM.encode())
    return check_applied(apply(MAPPING, form), lake.snapshot(), DuckDBEngine(lake.root)), form


def test_the_summary_of_a_mapped_form(lake: Lake) -> None:
    report, form = mapped(lake)
    said = understood(report, form)
    assert said["表头"] == "第 3—4 行，合并两层"
    assert said["数据"] == "3 行，已识别并排除合计 1 行，脚注等 1 行不算数据"
    assert said["列对应"] == "认出 3 列，1 列不用"
    assert said["通过"] == "2 行无误"
    assert "工作表" not in said


def test_totals_and_footnotes_of_a_form_are_shown_as_no_data(lake: Lake) -> None:
    report, form = mapped(lake)
    shown = seen(report, form)
    assert [(line.row, line.kind, line.texts) for line in shown.lines if isinstance(line, Line)] == [
        (4, "header", ("捐赠单位", "受援地", "款", "物")),
        (5, "data", ("甲公司", "440117", "100", "5")),
        (6, "data", ("乙公司", "440117", "20O", "7")),
        (7, "data", ("丙公司", "440117", "30", "8")),
        (8, "total", ("合计", "", "150", "20")),
        (9, "aside", ("注:本表不含往年。", "", "", "")),
    ]
    assert shown.numeric == (False, True, True, True)
    assert shown.place == "A5:D9"
    assert note(Original.of(report, form), shown, "zh") == (
        "红框加编号为错误，灰框加空心编号为提醒。第 8 行“合计”只用于核对，不作为数据。"
        "灰字的行是脚注、页码或重复的表头，不作为数据。"
    )


def test_a_missing_column_is_marked_at_the_row_of_the_header(lake: Lake) -> None:
    report, sheet, _ = jobs(lake, month(7)[:5], header=HEADER[:5])
    (fault,) = report.errors
    assert (fault.cell, set(seen(report, sheet).marks)) == ("1:1", {(1, "")})


def test_hostile_text_stays_text(lake: Lake) -> None:
    report, sheet, _ = jobs(lake, month(7, chain=HOSTILE))
    assert json.loads(sent(report, sheet))["lists"][0]["rows"][0]["value"] == HOSTILE
    said = tuple(summary(report, f"{HOSTILE}.xlsx", Original.of(report, sheet)))
    assert "<script" not in summary_html(said, "zh")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.xlsx" in summary_html(said, "en")


def test_ten_thousand_faults_are_a_small_page(lake: Lake) -> None:
    _, sheet, _ = jobs(lake, *[month(7, chain="长" * 5000)] * 200)
    faults = tuple(
        CellFault(row, "产业链", f"E{row}", "长" * 5000, "code-unknown", same("错"), same("改"))
        for row in range(2, 202)
        for _ in range(50)
    )
    report = Report(TABLES["jobs"], "月报.xlsx", "汇总", faults, None)
    assert len(faults) == 10_000
    shown = seen(report, sheet)
    assert len([line for line in shown.lines if isinstance(line, Line)]) <= 60
    assert len(sent(report, sheet)) < 60_000


def test_a_fault_of_another_group_is_marked_and_leads_nowhere(lake: Lake) -> None:
    report, sheet, _ = jobs(lake, month(7, chain="智能汽车", hired=9))
    faults = numbered(report)
    shown = window(Original.of(report, sheet), faults[:1], faults)
    cells = payload(report, Original.of(report, sheet), shown, list(faults[:1]), "zh")["lines"][1]["cells"]  # type: ignore[index]
    assert [(mark["number"], mark["listed"]) for cell in cells for mark in cell.get("marks", ())] == [
        (1, True),
        (2, False),
    ]


def test_columns_headed_alike_are_told_apart_by_the_words_above() -> None:
    (form,) = forms(Path("表.csv"), "镇,款,,物,\n,计划,到位,计划,到位\n甲,1,2,3,4\n乙,1,2,3,4\n".encode())
    shown = Original.of(Report(TABLES["aid"], "表.csv", "", (), None), form)
    assert shown.labels == {"A": "镇", "B": "款 / 计划", "C": "款 / 到位", "D": "物 / 计划", "E": "物 / 到位"}
