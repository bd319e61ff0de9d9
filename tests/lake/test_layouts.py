"""What a layout promises: every stored number is found again in the kept file, its cell times the factor."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake import Mapping, import_file, rows_from_columns
from gzdash.intake.mapping import Source
from gzdash.intake.read import read_grids
from gzdash.intake.template import template
from gzdash.intake.workbook import column_number
from gzdash.lake import Lake, Layout, Placed, Provenance
from gzdash.tables import TABLES
from tests.register import MOVED, REGISTER, commit

SHEET = Layout("aid", "表", 0, (Placed("date", "B", ""), Placed("amount", "AA", "10000")))
PART = Layout("aid", "表", 1, (Placed("beneficiaries", "C", "1"),))
AID_HEADER = ("日期", "名录外捐助单位", "县（市、区）", "形式", "金额或折价（元）", "阶段", "联系人", "受益人次")
AID_ROW = ("2023-07-01", "示例公司", "连南瑶族自治县", "款", 500, "到位", "某某", 12)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def raw(lake: Lake, import_id: int, letter: str, row: int) -> str:
    """What stands in a cell of the first sheet of an import's kept file."""
    kept = lake.uploads / lake.imports()[import_id - 1].kept
    grid = read_grids(kept)[0]
    text: str = grid.columns[column_number(letter) - grid.left][row - 1].as_py()
    return text


def traced(lake: Lake, engine: DuckDBEngine, import_id: int, key: str) -> list[tuple[Decimal, Decimal]]:
    """(the stored value, raw cell × factor) of every row of aid, in the order of its cells."""
    placed = {
        one.part: column for one in lake.layouts([import_id])[import_id] for column in one.columns if column.key == key
    }
    sql = f"SELECT {key} AS value, source_row, source_part FROM raw_aid ORDER BY source_row, source_part"
    return [
        (
            one["value"],
            Decimal(raw(lake, import_id, placed[one["source_part"]].letter, one["source_row"]))
            * Decimal(placed[one["source_part"]].factor),
        )
        for one in engine.run(sql, {}, lake.snapshot()).to_pylist()
    ]


def test_layouts_come_back_as_they_were_committed_each_with_its_import(lake: Lake) -> None:
    lake.commit({}, Provenance("李", "七月"), layouts=[PART, SHEET])
    commit(lake, {"organizations": REGISTER["organizations"]})
    lake.commit({}, Provenance("李", "八月"), layouts=(SHEET,))
    assert lake.layouts(range(5)) == {0: (), 1: (PART, SHEET), 2: (), 3: (SHEET,), 4: ()}
    lake.undo(1, "李", "撤")
    assert lake.layouts([1])[1] == (PART, SHEET)


def test_a_refused_commit_leaves_no_layout(lake: Lake) -> None:
    with pytest.raises(Refused, match="lake-moved-on"):
        lake.commit({}, Provenance("李", "七月"), layouts=[SHEET], expected_head=7)
    lake.commit({}, Provenance("李", "七月"))
    assert lake.layouts([1])[1] == ()


def test_a_template_is_traced_column_by_column_as_it_stands(lake: Lake, engine: DuckDBEngine, tmp_path: Path) -> None:
    rows = rows_from_columns(
        TABLES["aid"],
        {
            "date": [date(2023, 6, 1), date(2023, 7, 31)],
            "giver_name": ["示例公司", "示例二公司"],
            "county": ["441826", "440117"],
            "form": ["money", "goods"],
            "amount": [Decimal("0.10"), Decimal("1234567.89")],
            "stage": ["delivered", "pledged"],
            "beneficiaries": [12, 7],
        },
        "款物.xlsx",
        "帮扶款物台账",
    )
    file = tmp_path / "款物.xlsx"
    file.write_bytes(template(TABLES["aid"], "zh", rows))
    number, report = import_file(lake, engine, file, "aid", who="李", why="七月")
    (layout,) = lake.layouts([number])[number]
    assert report.layouts == (layout,)
    assert (layout.table, layout.sheet, layout.part) == ("aid", load_workbook(file).sheetnames[0], 0)
    assert layout.columns == (
        Placed("date", "A", ""),
        Placed("project", "B", ""),
        Placed("giver", "C", ""),
        Placed("giver_name", "D", ""),
        Placed("county", "E", ""),
        Placed("town", "F", ""),
        Placed("form", "G", ""),
        Placed("amount", "H", "1"),
        Placed("stage", "I", ""),
        Placed("beneficiaries", "J", "1"),
        Placed("truth", "K", ""),
    )
    amounts = [Decimal("0.10"), Decimal("1234567.89")]
    assert traced(lake, engine, number, "amount") == [(one, one) for one in amounts]
    assert traced(lake, engine, number, "beneficiaries") == [(12, 12), (7, 7)]
    (made,) = lake.imports()
    assert (made.mapping, made.kept_hash) == ("", hashlib.sha256(file.read_bytes()).hexdigest())


def test_two_parts_of_a_mapping_are_traced_each_by_its_own_column_and_factor(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path
) -> None:
    file = tmp_path / "帮扶表.csv"
    lines = (
        "帮扶表（单位：万元）,,,",
        "捐赠单位,受援地,投入,",
        ",,款,物",
        "示例一协会,从化区,1.5,20000",
        "示例二协会,从化区,,300",
    )
    file.write_text("\n".join(lines), "utf-8")
    mapping = Mapping(
        "aid",
        (
            ("date", Source(constant="2023-06-30")),
            ("giver_name", Source(("捐赠单位",))),
            ("county", Source(("受援地",))),
            ("stage", Source(constant="到位")),
        ),
        (
            (("form", Source(constant="款")), ("amount", Source(("投入", "款")))),
            (("form", Source(constant="物")), ("amount", Source(("投入", "物"), factor=Decimal(1)))),
        ),
    )
    number, report = import_file(lake, engine, file, "aid", who="李", why="六月", mapping=mapping)
    shared = (Placed("giver_name", "A", ""), Placed("county", "B", ""))
    assert lake.layouts([number])[number] == (
        Layout("aid", "", 0, (*shared, Placed("amount", "C", "10000"))),
        Layout("aid", "", 1, (*shared, Placed("amount", "D", "1"))),
    )
    assert report.rows is not None
    assert report.rows.select(["source_row", "source_part", "amount"]).to_pylist() == [
        {"source_row": 4, "source_part": 0, "amount": Decimal("15000.00")},
        {"source_row": 4, "source_part": 1, "amount": Decimal("20000.00")},
        {"source_row": 5, "source_part": 1, "amount": Decimal("300.00")},
    ]
    assert traced(lake, engine, number, "amount") == [(one, one) for one in map(Decimal, (15000, 20000, 300))]
    assert Mapping.from_json(lake.imports()[0].mapping) == mapping


def test_two_columns_read_from_one_cell_are_both_placed_there(lake: Lake, engine: DuckDBEngine, tmp_path: Path) -> None:
    commit(lake, {"organizations": REGISTER["organizations"][:1]})
    file = tmp_path / "捐赠.csv"
    file.write_text("捐赠单位,县区,捐款金额（亿元）\n示例智能网联汽车协会,从化区,0.5\n示例公司,从化区,1\n", "utf-8")
    columns = (
        ("date", Source(constant="2023-06-30")),
        ("giver", Source(("捐赠单位",), register=True)),
        ("giver_name", Source(("捐赠单位",), register=True)),
        ("county", Source(("县区",))),
        ("form", Source(constant="款")),
        ("amount", Source(letter="C")),
        ("stage", Source(constant="到位")),
    )
    number, report = import_file(lake, engine, file, "aid", who="李", why="六月", mapping=Mapping("aid", columns))
    assert report.rows is not None
    assert report.rows["giver"].to_pylist() == [MOVED, None]
    assert lake.layouts([number])[number][0].columns == (
        Placed("giver", "A", ""),
        Placed("giver_name", "A", ""),
        Placed("county", "B", ""),
        Placed("amount", "C", "100000000"),
    )


def test_where_personal_data_was_blanked_the_ledger_has_the_hash_of_the_file_sent_and_of_the_one_kept(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (AID_HEADER, AID_ROW):
        book.active.append(row)
    file = tmp_path / "款物.xlsx"
    book.save(file)
    import_file(lake, engine, file, "aid", who="李", why="七月")
    lake.undo(1, "李", "撤")
    import_file(lake, engine, file, "aid", who="李", why="再来")
    for made in lake.imports():
        assert made.file_hash == hashlib.sha256(file.read_bytes()).hexdigest()
        assert made.kept_hash == hashlib.sha256((lake.uploads / made.kept).read_bytes()).hexdigest()
        assert made.kept_hash != made.file_hash
        assert "联系人" not in str(lake.layouts([made.id])[made.id])
        assert "G" not in [column.letter for column in lake.layouts([made.id])[made.id][0].columns]
    assert raw(lake, 2, "G", 2) is None
    assert traced(lake, engine, 2, "amount") == [(Decimal(500), Decimal(500))]


def test_a_file_that_is_not_kept_has_no_hash_of_a_kept_one(lake: Lake, engine: DuckDBEngine, tmp_path: Path) -> None:
    file = tmp_path / "款物.csv"
    lines = (AID_HEADER[:6], AID_ROW[:6])
    file.write_text("\n".join(",".join(map(str, line)) for line in lines), "utf-8")
    import_file(lake, engine, file, "aid", who="李", why="七月", keep=False)
    (made,) = lake.imports()
    assert (made.kept, made.kept_hash) == ("", "")
    assert made.file_hash == hashlib.sha256(file.read_bytes()).hexdigest()
