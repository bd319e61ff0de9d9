"""The submitter's workbook comes back marked: each faulty cell outlined, filled, commented, and listed in front."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import Report, check, read
from gzdash.intake.annotate import annotated
from gzdash.lake import Lake
from gzdash.tables import TABLES

FIRST = "51440100MJ0000001Y"
HEADER = ("月份", "统一社会信用代码", "岗位来源", "面向人群", "产业链", "发布岗位（个）", "实际招聘（人）")
ROWS = (
    ("2023年13月", FIRST, "社会组织", "高校毕业生", "=软件", "８６个", None),
    ("2023年7月", FIRST, "社会组织", "高校毕业生", None, 3, 4),
)
RED, INK, WASH = "FFB3261E", "FF16191D", "FFFBEAE8"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "8月'汇总"
    for row in (HEADER, *ROWS):
        sheet.append(row)
    sheet["E2"].data_type = "s"
    sheet["F2"].comment = Comment("请核", "王")
    sheet["J9"] = "=SUM(F2:F3)"
    sheet["J1"] = "联系电话"
    book.create_sheet("附表")["A1"] = "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def checked(lake: Lake, path: Path, data: bytes) -> Report:
    return check(TABLES["jobs"], read(path, data), lake.snapshot(), DuckDBEngine(lake.root))


def test_every_faulty_cell_is_marked_and_said_in_a_comment(lake: Lake) -> None:
    path, data = Path("就业.xlsx"), workbook()
    report = checked(lake, path, data)
    assert {fault.cell for fault in report.errors} == {"A2", "E2", "F2"}
    assert {fault.cell for fault in report.warnings} == {"J1", "G3"}
    book = load_workbook(io.BytesIO(annotated(path, data, report)))
    assert book.sheetnames == ["错误清单", "8月'汇总", "附表"]
    assert book.active.title == "错误清单"
    sheet = book["8月'汇总"]
    for fault in report.faults:
        cell = sheet[fault.cell]
        assert cell.border.left.style == cell.border.top.style == "medium"
        assert cell.border.bottom.color.rgb == (INK if fault.warning else RED)
        assert (cell.fill.fgColor.rgb == WASH) is not fault.warning
        assert fault.title.zh in cell.comment.text
        assert fault.remedy.zh in cell.comment.text
    assert sheet["F2"].comment.text.endswith("\n\n请核")
    assert sheet["B2"].comment is None
    assert sheet["B2"].border.left.style is None
    assert [cell.value for cell in sheet[2]][:7] == list(ROWS[0])


def test_the_list_names_every_fault_and_leads_to_its_cell(lake: Lake) -> None:
    path, data = Path("就业.xlsx"), workbook()
    report = checked(lake, path, data)
    sheet = load_workbook(io.BytesIO(annotated(path, data, report)))["错误清单"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        (1, "错误", "A2", "2023年13月"),
        (2, "错误", "E2", "=软件"),
        (3, "错误", "F2", "８６个"),
        (4, "提醒", "J1", "联系电话"),
        (5, "提醒", "G3", "4"),
    ]
    assert sheet["C2"].hyperlink.location == "'8月''汇总'!A2"
    assert (sheet["E3"].value, sheet["E3"].data_type, sheet["E3"].quotePrefix) == ("=软件", "s", True)
    english = load_workbook(io.BytesIO(annotated(path, data, report, "en")))
    assert english.sheetnames[0] == "Errors"
    assert "What to do" in english["8月'汇总"]["A2"].comment.text


def test_formulas_stay_formulas_and_text_stays_text(lake: Lake) -> None:
    path, data = Path("就业.xlsx"), workbook()
    book = load_workbook(io.BytesIO(annotated(path, data, checked(lake, path, data))))
    assert (book["8月'汇总"]["J9"].value, book["8月'汇总"]["J9"].data_type) == ("=SUM(F2:F3)", "f")
    assert (book["8月'汇总"]["E2"].value, book["8月'汇总"]["E2"].data_type) == ("=软件", "s")
    assert book["附表"]["A1"].data_type == "f"


def test_a_text_file_comes_back_as_a_workbook_with_every_cell_in_place(lake: Lake) -> None:
    path = Path("就业.csv")
    lines = ["", ",".join(HEADER), f"2023-07,{FIRST},社会组织,高校毕业生,=1+1,007,x\x01"]
    data = "\n".join(lines).encode("gb18030")
    report = checked(lake, path, data)
    assert [fault.cell for fault in report.errors] == ["E3", "G3"]
    book = load_workbook(io.BytesIO(annotated(path, data, report)))
    sheet = book["CSV"]
    assert [cell.value for cell in sheet[2]] == list(HEADER)
    assert [cell.value for cell in sheet[3]] == ["2023-07", FIRST, "社会组织", "高校毕业生", "=1+1", "007", "x"]
    assert {cell.data_type for cell in sheet[3]} == {"s"}
    assert sheet["G3"].border.left.color.rgb == RED
    assert book["错误清单"]["E2"].value == "=1+1"


def test_a_missing_column_has_no_cell_but_stands_in_the_list(lake: Lake) -> None:
    path, data = Path("就业.csv"), f"月份,统一社会信用代码\n2023-07,{FIRST}\n".encode()
    report = checked(lake, path, data)
    book = load_workbook(io.BytesIO(annotated(path, data, report)))
    assert [row[2] for row in book["错误清单"].iter_rows(min_row=2, values_only=True)] == ["1:1"] * 3
    assert book["错误清单"]["C2"].hyperlink.location == "'CSV'!1:1"


def test_a_fault_in_a_merged_cell_is_marked_where_it_is_seen(lake: Lake) -> None:
    book = load_workbook(io.BytesIO(workbook()))
    book.worksheets[0].merge_cells("G2:G3")
    buffer = io.BytesIO()
    book.save(buffer)
    path, data = Path("就业.xlsx"), workbook()
    marked = load_workbook(io.BytesIO(annotated(path, buffer.getvalue(), checked(lake, path, data))))
    assert "实际招聘" in marked["8月'汇总"]["G2"].comment.text
