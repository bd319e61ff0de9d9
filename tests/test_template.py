"""What a template promises: its header is locked and its cells are not, its examples are right and never imported."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from stdnum.cn import uscc

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake import Mapping, examine, import_file, read
from gzdash.intake.example import CODES, example_rows
from gzdash.intake.form import forms
from gzdash.intake.template import template
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.tables import TABLES
from gzdash.words import LANGUAGES, Language

# Cells of row 1 and of the first and last rows that people write, in the first column and in the last there is.
BELOW_THE_HEADER = ("A2", "A1000", "A1048576", "XFD2")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def opened(key: str, language: Language = "zh") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(TABLES[key], language)))


def copied(key: str, language: Language = "zh") -> bytes:
    """The template as an office hands it in that copied the example rows into the first sheet."""
    book = opened(key, language)
    data, examples = book.worksheets[:2]
    for row, cells in enumerate(examples.iter_rows(3), 2):
        for cell in cells:
            data.cell(row, cell.column).value = cell.value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def is_locked(sheet: Worksheet, place: str) -> bool:
    """Whether Excel locks a cell: its own style says so, else its column's."""
    if place in sheet:
        return bool(sheet[place].protection.locked)
    number = openpyxl.utils.cell.coordinate_to_tuple(place)[1]
    spans = [one for one in sheet.column_dimensions.values() if one.min <= number <= one.max]
    return bool(spans[0].protection.locked) if spans else True


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", TABLES)
def test_the_examples_of_every_table_are_imported_as_they_stand(
    key: str, language: Language, lake: Lake, engine: DuckDBEngine, tmp_path: Path
) -> None:
    register = tmp_path / "register.xlsx"
    register.write_bytes(copied("organizations"))
    _, report = import_file(lake, engine, register, "organizations", who="甲", why="名录")
    if key != "organizations":
        file = tmp_path / f"{key}.xlsx"
        file.write_bytes(copied(key, language))
        _, report = import_file(lake, engine, file, key, who="甲", why="照示例填写")
    assert report.faults == ()
    assert report.rows is not None
    declared = list(TABLES[key].by_key)
    assert report.rows.select(declared) == example_rows(TABLES[key]).select(declared)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", TABLES)
def test_an_unfilled_template_has_no_rows_however_it_is_brought_in(
    key: str, language: Language, lake: Lake, engine: DuckDBEngine
) -> None:
    data = template(TABLES[key], language)
    report, _ = examine(lake, engine, Path("空.xlsx"), data, key)
    assert [(fault.rule, fault.warning) for fault in report.faults] == [("form-without-data", False)]
    report, _ = examine(lake, engine, Path("空.xlsx"), data, key, mapping=Mapping(key, ()))
    assert [fault.rule for fault in report.faults] == ["form-without-data"]
    assert len(forms(Path("空.xlsx"), data)) == 1


def test_a_template_of_which_only_the_examples_are_left_holds_nothing() -> None:
    book = opened("jobs")
    del book["岗位与招聘月报"], book["代码"]
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(Refused) as refused:
        read(Path("示例.xlsx"), buffer.getvalue())
    assert [fault.code for fault in refused.value.faults] == ["file-empty"]


def test_the_examples_stand_below_the_header_and_say_that_they_are_none_of_the_offices() -> None:
    rows = [[cell.value for cell in row][:7] for row in opened("jobs")["示例"].iter_rows()]
    assert rows[0][0] == "示例：机构和数字都是虚构的，本表不会导入；请照样填写第一张表。"
    assert rows[1] == [
        "月份",
        "统一社会信用代码",
        "岗位来源",
        "面向人群",
        "产业链",
        "发布岗位（个）",
        "实际招聘（人）",
    ]
    assert rows[2][1:] == ["51440100EXA000019X", "社会组织", "高校毕业生", "智能网联与新能源汽车", 20, 12]
    assert rows[3][1:] == ["52440100EXA000027M", "会员单位", "其他求职者", None, 8, None]


def test_invented_codes_have_right_check_digits_and_an_invented_body() -> None:
    assert all(uscc.is_valid(code) and code[8:11] == "EXA" for code in CODES)


def test_example_targets_are_for_metrics_that_there_are() -> None:
    assert set(example_rows(TABLES["targets"])["metric"].to_pylist()) <= set(METRICS)
    assert set(example_rows(TABLES["submissions"])["table"].to_pylist()) <= set(TABLES)


@pytest.mark.parametrize("key", TABLES)
def test_the_header_is_locked_and_everything_below_it_is_not(key: str) -> None:
    sheet = opened(key).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert all(cell.protection.locked for cell in sheet[1])
    assert [place for place in BELOW_THE_HEADER if is_locked(sheet, place)] == []


def test_a_filled_template_is_as_open_as_an_empty_one() -> None:
    rows = example_rows(TABLES["aid"])
    sheet = openpyxl.load_workbook(io.BytesIO(template(TABLES["aid"], "zh", rows))).worksheets[0]
    assert [cell.value for cell in sheet["C"]][1:] == ["51440100EXA000019X", None]
    assert not any(is_locked(sheet, f"{letter}{row}") for letter in "ABCDEFGHIJK" for row in (2, 3))


@pytest.mark.parametrize("language", LANGUAGES)
def test_protection_leaves_an_office_its_work_and_guards_the_guides(language: Language) -> None:
    data, *guides = opened("activities", language).worksheets
    allowed = ("formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter", "selectLockedCells")
    # In the file a flag that is set forbids.
    assert [flag for flag in allowed if getattr(data.protection, flag)] == []
    assert data.protection.deleteColumns
    assert data.auto_filter.ref == "A1:L1048576"
    assert len(guides) == 3
    for sheet in guides:
        assert sheet.protection.sheet
        assert sheet.protection.insertRows
        assert not sheet.protection.formatColumns
        assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("key", TABLES)
def test_a_template_survives_a_round_trip_through_another_program(key: str) -> None:
    before = opened(key)
    buffer = io.BytesIO()
    before.save(buffer)
    after = openpyxl.load_workbook(buffer)
    assert after.sheetnames == before.sheetnames
    for old, new in zip(before.worksheets, after.worksheets, strict=True):
        assert new.protection.sheet
        assert [cell.comment and cell.comment.text for cell in new[1]] == [
            cell.comment and cell.comment.text for cell in old[1]
        ]
        assert len(new.data_validations.dataValidation) == len(old.data_validations.dataValidation)
    assert [cell.comment is not None for cell in after.worksheets[0][1]] == [True] * len(TABLES[key].columns)


@pytest.mark.parametrize("key", TABLES)
def test_the_same_template_has_the_same_bytes(key: str) -> None:
    assert template(TABLES[key]) == template(TABLES[key])
