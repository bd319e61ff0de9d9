"""Personal data never enters: what nothing maps is dropped, named and blank in the kept copy; the rest is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from stdnum.cn import ric

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import Report, check, import_file, read, without_personal
from gzdash.intake.personal import held_by, named_by
from gzdash.lake import Lake
from gzdash.tables import TABLES

# Built as ID numbers are, of nobody: the sequence 000 is given to no one.
ID = "44010319900101000" + ric.calc_check_digit("440103199001010000")
HEADER = ("日期", "名录外捐助单位", "县（市、区）", "形式", "金额或折价（元）", "阶段", "联系人", "备用", "受益人次")
ROW = ("2023-07-01", "示例公司", "连南瑶族自治县", "款", 500, "到位", "某某", "13800138000", 12)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active["G3"] = "=1+1"
    book.active["A3"] = "2023-07-02"
    for cell, value in zip("BCDEF", ("=示例", *ROW[2:6]), strict=True):
        book.active[f"{cell}3"] = value
    book.active["B3"].data_type = "s"
    book.active["G2"].comment = Comment("某某的手机", "李")
    book.create_sheet("附表")["A1"] = "留着"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def checked(lake: Lake, path: Path, data: bytes) -> Report:
    return check(TABLES["aid"], read(path, data), lake.snapshot(), DuckDBEngine(lake.root))


@pytest.mark.parametrize(
    ("header", "personal"),
    [
        ("联系人", True),
        ("联系 电话", True),
        ("身份证号码", True),
        ("受助人姓名", True),
        ("手机", True),
        ("E-mail", True),
        ("法定代表人", True),
        ("受益人次", False),
        ("捐助单位名称", False),
        ("联系人次数", False),
        ("组织名称", False),
        ("统一社会信用代码", False),
        ("项目编号", False),
    ],
)
def test_headers_that_name_a_person_are_known(header: str, personal: bool) -> None:
    assert (named_by(header) is not None) is personal


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (ID, "ID number"),
        (f"持证人{ID}。", "ID number"),
        (ID[:-1] + ("1" if ID[-1] != "1" else "2"), None),
        ("13800138000", "mobile number"),
        ("１３８ ００１３ ８０００", "mobile number"),
        ("电话138-0013-8000转1", "mobile number"),
        ("a@example.org", "e-mail address"),
        ("12800138000", None),
        ("138001380001", None),
        ("51440100MJ0000001Y", None),
        ("13800138000.55", None),
        ("示例公司", None),
    ],
)
def test_values_are_known_anywhere_in_a_cell(text: str, what: str | None) -> None:
    found = held_by(text)
    assert (found.en if found else None) == what


def test_no_declared_header_is_taken_for_a_person() -> None:
    headers = [text for table in TABLES.values() for column in table.columns for text in (column.header, column.label)]
    assert [text.zh for text in headers if named_by(text.zh) or named_by(text.en)] == []


def test_a_personal_column_that_nothing_maps_is_dropped_named_and_blank_in_the_kept_copy(
    lake: Lake, tmp_path: Path
) -> None:
    path = tmp_path / "款物.xlsx"
    path.write_bytes(workbook(HEADER, ROW))
    report = checked(lake, path, path.read_bytes())
    assert [(fault.cell, fault.value, fault.rule, fault.warning) for fault in report.faults] == [
        ("G1", "联系人", "personal-column-dropped", True),
        ("H1", "备用", "personal-column-dropped", True),
    ]
    assert report.dropped == ("G", "H")
    import_file(lake, DuckDBEngine(lake.root), path, "aid", who="李", why="七月")
    (kept,) = lake.uploads.iterdir()
    assert kept.name == lake.imports()[0].kept
    book = load_workbook(kept)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert [cell.value for cell in sheet[2]] == [*ROW[:6], None, None, 12]
    assert (sheet["G2"].comment, sheet["G3"].value) == (None, None)
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=示例", "s")
    assert book["附表"]["A1"].value == "留着"
    with zipfile.ZipFile(kept) as archive:
        left = b"".join(archive.read(name) for name in archive.namelist())
    assert "示例公司".encode() in left
    assert "某某".encode() not in left
    assert b"13800138000" not in left
    assert read(kept).rows["A"].to_pylist() == ["2023-07-01", "2023-07-02"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_file_is_written_again_without_them(encoding: str, lake: Lake) -> None:
    path = Path("款物.csv")
    lines = [",".join(HEADER), ",".join(map(str, ROW)), ""]
    data = "\n".join(["", *lines]).encode(encoding)
    report = checked(lake, path, data)
    named, kept = without_personal(path, data, report)
    assert named == path
    assert kept.decode("utf-8-sig").splitlines() == [
        "",
        ",".join(HEADER),
        "2023-07-01,示例公司,连南瑶族自治县,款,500,到位,,,12",
    ]
    assert read(path, kept).header == HEADER


def test_a_file_without_personal_data_is_kept_byte_for_byte(lake: Lake) -> None:
    path, data = Path("款物.csv"), (",".join(HEADER[:6]) + "\n" + ",".join(map(str, ROW[:6]))).encode("gb18030")
    assert without_personal(path, data, checked(lake, path, data)) == (path, data)


def test_personal_data_in_a_mapped_column_refuses_the_file_at_its_cell(lake: Lake) -> None:
    row = (ROW[0], f"示例公司 {ID}", *ROW[2:6])
    data = (",".join(HEADER[:6]) + "\n" + ",".join(map(str, row))).encode()
    report = checked(lake, Path("款物.csv"), data)
    assert [(fault.cell, fault.rule, fault.warning) for fault in report.faults] == [("B2", "personal-data", False)]
    assert report.rows is None


MOBILE, ID = "13800138000", "11010519491231002X"


def with_contacts() -> bytes:
    """A form with a telephone above and below the data, an amount like one in it, and lists of contacts beside it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    rows: list[list[object]] = [
        ["帮扶款物台账", None, None, None, None, None],
        ["填报单位：某协会", f"联系人：张三 {MOBILE}"],
        ["日期", "名录外捐助单位", "县（市、区）", "形式", "阶段", "金额或折价（元）"],
        ["2023-07-15", "示例公司", "从化区", "款", "到位", int(MOBILE)],
        ["注：示例", None, f"电话：{MOBILE}", f"身份证 {ID}"],
    ]
    for row in rows:
        sheet.append(row)
    for title, state in (("联系人", "visible"), ("藏", "hidden")):
        other = book.create_sheet(title)
        other.sheet_state = state
        other.append(["姓名", "手机"])
        other.append(["王五", int(MOBILE)])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_contacts_outside_the_data_and_on_other_sheets_are_not_in_the_kept_copy(tmp_path: Path) -> None:
    lake, file = Lake.init(tmp_path / "lake", "real"), tmp_path / "表.xlsx"
    file.write_bytes(with_contacts())
    import_file(lake, DuckDBEngine(lake.root), file, "aid", who="李", why="试")
    (entry,) = lake.imports()
    book = load_workbook(lake.uploads / entry.kept)
    kept = {
        sheet.title: [[v for v in row if v is not None] for row in sheet.iter_rows(values_only=True)] for sheet in book
    }
    assert kept["联系人"] == [["姓名", "手机"]]
    assert kept["藏"] == [["姓名", "手机"]]
    assert kept["表"][1] == ["填报单位：某协会"]
    assert kept["表"][3][-1] == int(MOBILE)
    assert kept["表"][4] == ["注：示例"]
    assert entry.kept_hash != entry.file_hash


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_telephone_under_a_text_file_is_blank_in_the_kept_copy(encoding: str, tmp_path: Path) -> None:
    lake, file = Lake.init(tmp_path / "lake", "real"), tmp_path / "表.csv"
    header = "日期,名录外捐助单位,县（市、区）,形式,阶段,金额或折价（元）"
    lines = (header, "2023-07-15,示例公司,从化区,款,到位,100", f"填表人：某某,电话 {MOBILE},,,,")
    file.write_bytes("\r\n".join(lines).encode(encoding))
    import_file(lake, DuckDBEngine(lake.root), file, "aid", who="李", why="试")
    (entry,) = lake.imports()
    kept = (lake.uploads / entry.kept).read_text("utf-8-sig")
    assert kept.splitlines() == [*lines[:2], "填表人：某某,,,,,"]
