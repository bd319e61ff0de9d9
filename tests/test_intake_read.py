"""Files as offices save them: the right text at the right Excel cell, or a clear refusal."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl import Workbook, load_workbook

from gzdash.faults import Refused
from gzdash.intake import header, read, rows_from_columns, values
from gzdash.intake.template import template
from gzdash.reference import code_list
from gzdash.tables import TABLES

TEXT = "月份,产业链\r\n2023年7月,轨道交通\r\n"


def workbook(cells: dict[str, object], hidden: bool = False) -> bytes:
    """An .xlsx with the given cells in its first sheet and 其他 in A1 of a second; `hidden` hides the first."""
    book = Workbook()
    for cell, value in cells.items():
        book.active[cell] = value
    book.create_sheet("第二页")["A1"] = "其他"
    if hidden:
        book.active.sheet_state = "hidden"
        book.active = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_csv_is_read_in_every_encoding_offices_save(encoding: str) -> None:
    sheet = read(Path("a.CSV"), TEXT.encode(encoding))
    assert sheet.header == ("月份", "产业链")
    assert sheet.rows.to_pylist() == [{"A": "2023年7月", "B": "轨道交通"}]
    assert sheet.first_row == 2


def test_a_csv_may_use_tabs_quotes_and_uneven_rows() -> None:
    sheet = read(Path("a.csv"), 'a\tb\n"1\n2"\t3\n\n4\n'.encode("utf-16"))
    assert sheet.rows.to_pylist() == [{"A": "1\n2", "B": "3"}, {"A": None, "B": None}, {"A": "4", "B": None}]


def test_cells_keep_their_excel_place_when_rows_and_columns_before_them_are_empty() -> None:
    cells = {
        "C4": "月份",
        "D4": "金额",
        "C5": date(2023, 7, 1),
        "D5": 0.1 + 0.2,
        "C7": "\u3000",
        "D7": 1234567890123.45,
    }
    sheet = read(Path("a.xlsx"), workbook(cells))
    assert (sheet.file, sheet.name, sheet.header, sheet.first_row) == ("a.xlsx", "Sheet", ("月份", "金额"), 5)
    assert sheet.rows.to_pylist() == [
        {"C": "2023-07-01", "D": "0.3"},
        {"C": None, "D": None},
        {"C": None, "D": "1234567890123.45"},
    ]


def test_a_failed_formula_is_seen_and_a_formula_is_never_run() -> None:
    sheet = read(Path("a.xlsx"), workbook({"B1": "x", "C1": "y", "B2": "#N/A", "C2": "=1+1", "B3": 1}))
    assert sheet.rows.to_pylist() == [{"B": "#N/A", "C": None}, {"B": "1", "C": None}]


def test_hidden_sheets_are_passed_over() -> None:
    assert read(Path("a.xlsx"), workbook({"A1": "x"}, hidden=True)).header == ("其他",)


def test_a_template_has_lists_notes_and_text_cells_for_codes_and_the_same_bytes_every_time() -> None:
    jobs = TABLES["jobs"]
    rows = rows_from_columns(jobs, {"month": [date(2023, 7, 1)], "organization": ["51440100MJ0000001Y"]}, "", "")
    data = template(jobs, "zh", rows)
    assert data == template(jobs, "zh", rows)
    book = load_workbook(io.BytesIO(data))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("岗位与招聘月报", "visible"),
        ("示例", "visible"),
        ("说明", "visible"),
        ("代码", "hidden"),
    ]
    sheet = book["岗位与招聘月报"]
    assert sheet.freeze_panes == "A2"
    assert (sheet["F1"].value, sheet["F1"].comment.text) == ("发布岗位（个）", "必填 · 招聘人数之和。")
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("yyyy-mm", "@")
    chains = next(rule for rule in sheet.data_validations.dataValidation if "E2" in rule.sqref)
    assert chains.formula1 == "'代码'!$C$2:$C$22"
    assert book["代码"]["C12"].value == "轨道交通"


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("a.xls", b"x", "file-unreadable"),
        ("a", b"x", "file-kind-unknown"),
        ("a.csv", b"", "file-empty"),
        ("a.csv", "\n , \u3000\n".encode(), "file-empty"),
        ("a.csv", b"\x81", "file-encoding"),
        ("a.csv", b"a\n" + b"x" * 200_000, "file-unreadable"),
        ("a.xlsx", b"not a zip", "file-unreadable"),
        ("a.xlsx", workbook({"A1": 1})[:3000], "file-unreadable"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file-unreadable"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file-encrypted",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(file: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(Path(file), data)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [(code, file)]


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file-not-found"):
        read(tmp_path / "a.csv")


def test_no_two_columns_of_a_table_share_a_spelling_and_no_two_codes_of_a_list() -> None:
    for table in TABLES.values():
        spelled = header.spellings(table)
        for column in table.columns:
            for text in (column.key, column.label.zh, column.label.en, column.header.zh, column.header.en):
                assert spelled[values.folded(text)] == column.key
            for entry in code_list(column.codes).entries if column.codes else ():
                for text in (entry.code, entry.name.zh, entry.name.en):
                    assert values.spellings(column.codes)[values.folded(text)] == entry.code


def test_rows_from_columns_fill_defaults_and_refuse_unknown_columns() -> None:
    targets = TABLES["targets"]
    rows = rows_from_columns(targets, {"metric": ["aid_value"], "target": pa.array([5])}, "年度.xlsx", "目标", [7])
    assert rows.to_pylist() == [
        {
            "metric": "aid_value",
            "year": None,
            "target": Decimal("5.00"),
            "source_file": "年度.xlsx",
            "source_sheet": "目标",
            "source_row": 7,
            "source_part": 0,
        }
    ]
    with pytest.raises(ValueError, match="goal"):
        rows_from_columns(targets, {"goal": [1]}, "年度.xlsx", "目标")
