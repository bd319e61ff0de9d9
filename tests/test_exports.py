"""Files out: they open right in Excel and WPS, run nothing, say what they are, and are written as rows arrive."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdash.answer import Figures, Sheet
from gzdash.dimensions import DIMENSIONS
from gzdash.exports import Issue, detail_csv, file_name, page_zip, sheet_csv
from gzdash.exports.ahead import ahead
from gzdash.exports.cells import lines, text_cells
from gzdash.exports.passport import Maker
from gzdash.period import Period
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.units import POSTS, RATIO, YUAN
from gzdash.words import Language, Text

SELECTION = Selection(Period("2023-01", "2023-07"), chains=("GZ21-01",))
ALL_DIGITS = "514401001234567890"


def sheet(is_demo: bool = True) -> Sheet:
    """Three rows drawn by hand: a chain, one without activity, and rows that do not say."""
    return Sheet(
        "jobs_by_chain",
        Text("各链岗位", "Jobs by chain"),
        SELECTION,
        7,
        is_demo,
        (DIMENSIONS["chain"], DIMENSIONS["month"]),
        (("GZ21-01", "2023-07"), ("GZ21-02", "2023-07"), (None, "2023-07")),
        (
            Figures("jobs_posted", Text("发布岗位", "Jobs posted"), POSTS, (1200, 0, None)),
            Figures("credit_line", Text("授信额", "Credit lines"), YUAN, (Decimal("50500000"), Decimal("-0.5"), None)),
            Figures("fill_rate", Text("招聘率", "Fill rate"), RATIO, (0.6002616, 1.0, None)),
        ),
    )


def records(content: bytes) -> list[list[str]]:
    """A file as the csv module reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_a_sheet_is_written_as_it_is_shown() -> None:
    assert records(sheet_csv(sheet(), "zh")) == [
        [
            "产业链",
            "产业链编码",
            "月份",
            "月份编码",
            "发布岗位（个）",
            "授信额（元）",
            "招聘率（小数）",
            "数据性质（演示数据）",
        ],
        ["智能网联与新能源汽车", "GZ21-01", "2023年7月", "2023-07", "1200", "50500000.00", "0.600262", "演示数据"],
        ["绿色石化和新材料", "GZ21-02", "2023年7月", "2023-07", "0", "-0.50", "1.000000", "演示数据"],
        ["未注明", "", "2023年7月", "2023-07", "", "", "", "演示数据"],
    ]


def test_a_sheet_of_a_real_lake_has_no_mark_and_english_headers() -> None:
    rows = records(sheet_csv(sheet(is_demo=False), "en"))
    assert rows[0] == [
        "Industry chain",
        "Industry chain code",
        "Month",
        "Month code",
        "Jobs posted (posts)",
        "Credit lines (yuan)",
        "Fill rate (fraction)",
    ]
    assert rows[3] == ["not stated", "", "Jul 2023", "2023-07", "", "", ""]


def test_files_begin_with_a_byte_order_mark_and_end_lines_as_rfc_4180_says() -> None:
    content = sheet_csv(sheet(), "zh")
    assert content.startswith(b"\xef\xbb\xbf\xe4\xba\xa7")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == 4


def test_pandas_reads_numbers_as_numbers_and_unknown_as_missing() -> None:
    frame = pd.read_csv(io.BytesIO(sheet_csv(sheet(), "zh")), encoding="utf-8-sig")
    assert frame["发布岗位（个）"].sum() == 1200
    assert frame["授信额（元）"].tolist()[:2] == [50_500_000.0, -0.5]
    assert frame["招聘率（小数）"].isna().tolist() == [False, False, True]


def test_a_sheet_without_rows_is_still_a_marked_file() -> None:
    rows = records(sheet_csv(sheet().picked(()), "zh"))
    assert len(rows) == 1
    assert rows[0][-1] == "数据性质（演示数据）"


def test_a_sheet_of_one_unknown_number_keeps_its_row() -> None:
    one = Figures("jobs_posted", Text("发布岗位", "Jobs posted"), POSTS, (None,))
    alone = Sheet("total", Text("合计", "Total"), SELECTION, 7, False, (), ((),), (one,))
    assert records(sheet_csv(alone, "zh")) == [["发布岗位（个）"], [""]]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", '"\'\t=1"'),
        ("\r=1", '"\'\r=1"'),
        ("\n=1", '"\'\n=1"'),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A", "'＠A"),
        ('=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'),
        ("a=1", "a=1"),
        ("示例协会", "示例协会"),
        ("a,b", '"a,b"'),
        ('say "x"', '"say ""x"""'),
        ("two\nlines", '"two\nlines"'),
        (ALL_DIGITS, f'"{ALL_DIGITS}\t"'),
        ("514401001234567E89", '"514401001234567E89\t"'),
        ("007", '"007\t"'),
        ("51440100MJK1234567", "51440100MJK1234567"),
        ("440103", "440103"),
        ("0", "0"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_text_cell_runs_nothing_and_keeps_its_digits(text: str | None, cell: str) -> None:
    assert text_cells(pa.array([text], pa.string())).to_pylist() == [cell]


@given(st.lists(st.one_of(st.none(), st.text()), min_size=1))
def test_any_text_comes_back_but_for_the_marks_that_keep_it_safe(texts: list[str | None]) -> None:
    rows = records(lines([text_cells(pa.array(texts, pa.string())), pa.repeat("x", len(texts))]))
    assert [row[0].removeprefix("'").removesuffix("\t") for row in rows] == [
        (text or "").removeprefix("'").removesuffix("\t") for text in texts
    ]
    assert not any(row[0][:1] in tuple("=+-@\t\r\n＝＋－＠") for row in rows if row[0])


def financing(*rows: dict[str, object]) -> pa.RecordBatch:
    """A batch as `Desk.rows` gives it."""
    names = [*TABLES["financing"].by_key, "import_id", "source_file", "source_sheet", "source_row"]
    schema = pa.schema([TABLES["financing"].schema.field(name) for name in names])
    return pa.RecordBatch.from_pylist([{name: row.get(name) for name in names} for row in rows], schema)


ROW = {
    "date": date(2023, 6, 5),
    "case": "=cmd|' /C calc'!A0",
    "organization": ALL_DIGITS,
    "lender": "city_bank",
    "chain": "GZ21-99",
    "stage": "credit_line",
    "amount": Decimal("50500000.10"),
    "truth": "reported",
    "import_id": 3,
    "source_file": "六月.xlsx",
    "source_sheet": "表1",
    "source_row": 12,
}


def test_detail_rows_have_labels_beside_codes_and_their_origin() -> None:
    content = b"".join(detail_csv(TABLES["financing"], [financing(ROW)], "zh", is_demo=True))
    header, row = records(content)
    assert dict(zip(header, row, strict=True)) == {
        "日期": "2023-06-05",
        "业务编号": "'=cmd|' /C calc'!A0",
        "统一社会信用代码": f"{ALL_DIGITS}\t",
        "资金机构类别": "城商行",
        "资金机构类别编码": "city_bank",
        "产业链": "GZ21-99",
        "产业链编码": "GZ21-99",
        "企业规模": "",
        "企业规模编码": "",
        "阶段": "授信",
        "阶段编码": "credit_line",
        "金额（元）": "50500000.10",
        "真实程度": "填报",
        "真实程度编码": "reported",
        "导入编号": "3",
        "来源文件": "六月.xlsx",
        "来源工作表": "表1",
        "来源行": "12",
        "数据性质（演示数据）": "演示数据",
    }


def test_months_are_months_and_several_codes_share_a_cell() -> None:
    names = ["import_id", "source_file", "source_sheet", "source_row"]
    drawn = {
        "jobs": {"month": date(2023, 7, 1), "posts": 5},
        "activities": {"date": date(2023, 7, 9), "partners": ["A1", "B2"]},
    }
    for key, row in drawn.items():
        table = TABLES[key]
        schema = pa.schema([table.schema.field(name) for name in [*table.by_key, *names]])
        batch = pa.RecordBatch.from_pylist([{name: row.get(name) for name in schema.names}], schema)
        header, read = records(b"".join(detail_csv(table, [batch], "en", is_demo=False)))
        cells = dict(zip(header, read, strict=True))
        assert cells["Month" if key == "jobs" else "Partners' credit codes"] == (
            "2023-07" if key == "jobs" else "A1;B2"
        )


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_can_be_written(key: str, language: str) -> None:
    table = TABLES[key]
    names = [*table.by_key, "import_id", "source_file", "source_sheet", "source_row"]
    schema = pa.schema([table.schema.field(name) for name in names])
    batch = pa.RecordBatch.from_pylist([dict.fromkeys(names)], schema)
    header, row = records(b"".join(detail_csv(table, [batch], language, is_demo=True)))  # type: ignore[arg-type]
    assert len(header) == len(row) == len(set(header))
    assert set(row[:-1]) == {""}


def test_details_leave_before_the_rows_have_all_come() -> None:
    read: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            read.append(number)
            yield financing(ROW, ROW)

    pieces = detail_csv(TABLES["financing"], batches(), "zh", is_demo=True)
    assert next(pieces).startswith(b"\xef\xbb\xbf")
    assert read == []
    assert next(pieces).count(b"\r\n") == 2
    assert 0 in read
    assert sum(piece.count(b"\r\n") for piece in pieces) == 4
    assert read == [0, 1, 2]


def test_reading_ahead_holds_so_many_more_pieces_and_keeps_their_order() -> None:
    handed_out, most = 0, 0

    def pieces() -> Iterator[int]:
        nonlocal most
        for number in range(20):
            most = max(most, number - handed_out)
            yield number

    for handed_out, piece in enumerate(ahead(pieces(), 3), start=1):
        assert piece == handed_out - 1
    assert handed_out == 20
    assert 0 < most <= 3


def test_what_goes_wrong_while_reading_ahead_is_raised_after_what_came_before() -> None:
    def pieces() -> Iterator[str]:
        yield "first"
        raise OSError("the file is gone")

    found = ahead(pieces(), 3)
    assert next(found) == "first"
    with pytest.raises(OSError, match="the file is gone"):
        next(found)


def test_whoever_stops_early_leaves_nothing_open() -> None:
    closed: list[bool] = []

    def pieces() -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            closed.append(True)

    found = ahead(pieces(), 3)
    assert next(found) == 0
    found.close()  # type: ignore[attr-defined]
    assert closed == [True]


@dataclass
class Taken:
    """What a file needs to know of a snapshot."""

    time: datetime = datetime(2023, 11, 20, 9, 30)
    is_demo: bool = True
    lake: str = "a lake drawn by hand"
    event: int = 7


PAGE = Text("就业", "Employment")


@pytest.mark.parametrize(
    ("selection", "language", "is_demo", "name"),
    [
        (
            SELECTION.with_(chains=("GZ21-05",)),
            "zh",
            False,
            "就业_2023年1—7月_软件和信创_20231120.csv",
        ),
        (Selection(Period("2023-01", "2023-07")), "zh", True, "就业_2023年1—7月_演示数据_20231120.csv"),
        (
            Selection(Period("2023-06", "2023-06"), types=("51", "52", "53")),
            "zh",
            True,
            "就业_2023年6月_社会团体等3项_演示数据_20231120.csv",
        ),
        (
            Selection(Period("2023-06", "2023-06"), types=("51", "52", "53"), organization='a/b:"c"?'),
            "en",
            True,
            "Employment_Jun 2023_Associations and chambers and 2 more_a-b-c-_demonstration data_20231120.csv",
        ),
    ],
)
def test_the_name_of_a_file_says_what_is_in_it(selection: Selection, language: str, is_demo: bool, name: str) -> None:
    assert file_name(PAGE, selection, Taken(is_demo=is_demo), "csv", language) == name  # type: ignore[arg-type]


@pytest.mark.parametrize(("page", "begin"), [("长" * 300, "长长"), ("a\nb", "a-b")])
def test_every_system_can_keep_the_name(page: str, begin: str) -> None:
    name = file_name(Text(page, page), SELECTION, Taken(), "zip", "zh")
    assert name.startswith(begin)
    assert name.endswith("_演示数据_20231120.zip")
    assert len(name.encode()) < 255
    assert not set('<>:"/\\|?*\n') & set(name)


def issue(snapshot: Taken, language: Language = "zh", made: datetime = datetime(2023, 10, 1, 8, 0)) -> Issue:
    """Files made at one time by an office."""
    return Issue(PAGE, language, snapshot, made, Maker("gzdash", "9.9", "示例办公室"))


def test_a_page_is_one_zip_with_every_sheet_its_passport_and_what_they_mean() -> None:
    taken = Taken(datetime(2023, 9, 30, 18, 5, tzinfo=ZoneInfo("Asia/Shanghai")))
    sheets = [sheet(), sheet().picked([0])]
    content = page_zip(sheets, issue(taken))
    assert content == page_zip(sheets, issue(taken))
    assert content != page_zip(sheets, issue(taken, made=datetime(2023, 10, 1, 8, 1)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "说明.txt",
            "01_各链岗位.csv",
            "01_各链岗位.passport.json",
            "02_各链岗位.csv",
            "02_各链岗位.passport.json",
        ]
        assert archive.read("01_各链岗位.csv") == sheet_csv(sheet(), "zh")
        said = archive.read("说明.txt").decode("utf-8-sig")
    for part in (
        "就业",
        "演示数据",
        "时间：2023年1—7月",
        "产业链：智能网联与新能源汽车",
        "数据截至：当时最新",
        "快照：7（2023年9月30日 18:05）",
        "生成：2023年10月1日 08:00，示例办公室 · gzdash 9.9",
        "01_各链岗位.csv（3）",
        hashlib.sha256(sheet_csv(sheet().picked([0]), "zh")).hexdigest(),
        "发布岗位（个）：社会组织自身面向高校毕业生发布的岗位，按人数计。不含会员单位的岗位。",
        "招聘率（小数）：同一时段的实际招聘除以发布岗位。",
    ):
        assert part in said


def test_the_readme_of_a_real_lake_does_not_warn() -> None:
    content = page_zip([sheet(is_demo=False)], issue(Taken(is_demo=False), "en"))
    said = zipfile.ZipFile(io.BytesIO(content)).read("readme.txt").decode("utf-8-sig")
    assert "invented" not in said
    assert "Chains: Intelligent connected and new-energy vehicles" in said
