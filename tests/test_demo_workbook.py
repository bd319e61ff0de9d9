"""Every row of the demonstration city stands in the workbook that its import kept, at the cell the ledger names."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gzdash.demo.workbook import layouts, workbook
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import Sheet, check, rows_from_columns
from gzdash.intake.check import read_column
from gzdash.intake.read import read_grids
from gzdash.intake.workbook import Grid, column_letters, column_number
from gzdash.lake import Import, Lake
from gzdash.period import SHANGHAI
from gzdash.tables import TABLES

MADE = datetime(2023, 7, 5, 9, 30, tzinfo=SHANGHAI)
ACTIVITY = {
    "date": [date(2023, 6, 30), date(2023, 7, 1)],
    "lead": ["51440106DEM361805U", None],
    "partners": [["51440106DEM361805U", "524401110DEM0016X2"], None],
    "kind": ["salon", "visit"],
    "chain": ["GZ21-05", None],
    "participants": [0, None],
    "title": ["=示例<沙龙>&座谈", None],
}
AID = {"date": [date(2023, 7, 1)] * 3, "amount": [Decimal("9119.05"), None, Decimal("-0.10")]}

# Imports that the gate would have let in as they are: its check of the register and of rows told twice finds nothing.
LET_IN = (
    "社会组织名录_2021-01_示例.xlsx",
    "产业季报_2021年第2季度_示例.xlsx",
    "帮扶季报_2022年第4季度_示例.xlsx",
    "产融对接台账_2022年9月_更正_示例.xlsx",
    "就业月报_2023年3月_示例.xlsx",
    "帮扶月报_2023年9月_示例.xlsx",
)
SHEET_NAMES = {table.name.zh: table for table in TABLES.values()}


def rows_of(name: str, columns: dict[str, list[object]]) -> pa.Table:
    return rows_from_columns(TABLES[name], columns, "试.xlsx", TABLES[name].name.zh)


@pytest.fixture(scope="module")
def small() -> bytes:
    """A workbook of two sheets."""
    rows = {"activities": rows_of("activities", ACTIVITY), "aid": rows_of("aid", AID)}
    return workbook(rows, "试_示例.xlsx", MADE)


def test_cells_are_written_as_an_office_writes_them(small: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(small))
    assert book.sheetnames == ["活动台账", "帮扶款物台账"]
    header, first, second = [[cell.value for cell in row] for row in book["活动台账"]]
    assert header == [column.header.zh for column in TABLES["activities"].columns]
    filled = {"日期": datetime(2023, 6, 30), "参与组织代码": "51440106DEM361805U；524401110DEM0016X2"}
    filled |= {"牵头组织代码": "51440106DEM361805U", "活动类别": "沙龙论坛", "产业链": "软件和信创"}
    filled |= {"参加人次（人次）": 0, "活动名称": "=示例<沙龙>&座谈", "真实程度": "填报"}
    assert {key: value for key, value in zip(header, first, strict=True) if value is not None} == filled
    assert [value for value in second if value is not None] == [datetime(2023, 7, 1), "走访", "填报"]


def test_days_and_amounts_are_numbers_with_a_format(small: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(small))["帮扶款物台账"]
    assert [sheet[f"H{row}"].value for row in (1, 2, 3, 4)] == ["金额或折价（元）", 9119.05, None, -0.1]
    assert (sheet["H2"].number_format, sheet["A2"].number_format) == ("0.00", r"yyyy\-mm\-dd")
    assert sheet["A2"].is_date
    months = workbook({"jobs": rows_of("jobs", {"month": [date(2023, 7, 1)]})}, "试_示例.xlsx", MADE)
    month = openpyxl.load_workbook(io.BytesIO(months))["岗位与招聘月报"]["A2"]
    assert (month.value, month.number_format) == (datetime(2023, 7, 1), r"yyyy\-mm")


def test_a_text_that_looks_like_a_formula_is_text(small: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(small))["活动台账"]
    assert (sheet["K2"].value, sheet["K2"].data_type) == ("=示例<沙龙>&座谈", "s")


def test_a_workbook_says_that_it_is_demonstration_data(small: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(small))
    said = book.properties
    assert (said.title, said.keywords, said.created) == ("试_示例.xlsx", "演示数据", datetime(2023, 7, 5, 1, 30))
    assert said.description.startswith("演示数据：")
    assert {sheet.oddHeader.center.text for sheet in book} == {"演示数据"}


def test_the_same_rows_make_the_same_bytes(small: bytes) -> None:
    rows = {"activities": rows_of("activities", ACTIVITY), "aid": rows_of("aid", AID)}
    assert workbook(rows, "试_示例.xlsx", MADE) == small
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2021, 1, 1, 0, 0, 0)}


def test_the_layout_names_every_column_once() -> None:
    (aid,) = layouts(["aid"])
    assert (aid.table, aid.sheet, aid.part) == ("aid", "帮扶款物台账", 0)
    assert [one.key for one in aid.columns] == list(TABLES["aid"].by_key)
    assert [one.letter for one in aid.columns] == list("ABCDEFGHIJK")
    assert {one.key: one.factor for one in aid.columns if one.factor} == {"amount": "1", "beneficiaries": "1"}


@pytest.fixture(scope="module")
def city(lake_dir: Path) -> Lake:
    """The demonstration city; tests only read it."""
    return Lake(lake_dir)


@pytest.mark.slow
def test_every_import_keeps_its_workbook_under_the_hash_of_the_ledger(city: Lake) -> None:
    for entry in city.imports():
        digest = hashlib.sha256((city.uploads / entry.kept).read_bytes()).hexdigest()
        assert entry.file_hash == entry.kept_hash == digest, entry.file_name
        assert entry.kept == f"{digest[:16]}-{entry.file_name}"
        assert entry.file_name.endswith("_示例.xlsx")


@pytest.mark.slow
def test_every_stored_value_stands_in_the_cell_that_the_ledger_names(city: Lake) -> None:
    for entry in city.imports():
        grids = {grid.sheet: grid for grid in read_grids(city.uploads / entry.kept)}
        found = city.layouts([entry.id])[entry.id]
        assert tuple(sorted(layout.table for layout in found)) == entry.tables
        assert [layout.sheet for layout in found] == list(grids)
        for layout in found:
            stored = stored_rows(city, entry, layout.table)
            assert stored["source_sheet"].unique().to_pylist() == [layout.sheet]
            assert stored["source_row"].to_pylist() == list(range(2, len(grids[layout.sheet].columns[0]) + 1))
            for placed in layout.columns:
                place = (entry.file_name, layout.sheet, placed.letter)
                cells = cells_below(grids[layout.sheet], placed.letter)
                values, wrong = read_column(TABLES[layout.table].by_key[placed.key], pa.chunked_array([cells]))
                assert not wrong, place
                assert values.equals(stored[placed.key].combine_chunks()), place
                if placed.factor:
                    assert times(cells, placed.factor) == stored[placed.key].to_pylist(), place


@pytest.mark.slow
def test_the_gate_would_make_the_same_rows_of_the_files(city: Lake) -> None:
    engine = DuckDBEngine(city.root)
    by_name = {entry.file_name: entry for entry in city.imports()}
    for entry in map(by_name.__getitem__, LET_IN):
        before = city.snapshot(city.event_at(entry.time) - 1)
        for table, sheet in sheets(city, entry):
            report = check(table, sheet, before, engine, replace="replace", today=entry.time.date())
            assert report.rows is not None, (entry.file_name, report.faults[:3])
            stored = stored_rows(city, entry, table.key)
            assert report.rows.equals(stored.select(report.rows.column_names).cast(report.rows.schema)), sheet.name


def stored_rows(lake: Lake, entry: Import, table: str) -> pa.Table:
    """What an import stored in a table, live or not, in the order of its file."""
    paths = sorted((lake.root / "tables" / table).glob(f"*/{entry.id:06d}-*.parquet"))
    return pa.concat_tables(map(pq.read_table, paths)).sort_by("source_row")


def sheets(lake: Lake, entry: Import) -> Iterator[tuple[object, Sheet]]:
    for grid in read_grids(lake.uploads / entry.kept):
        letters = [column_letters(place) for place in range(len(grid.columns))]
        header = tuple(column[0].as_py() for column in grid.columns)
        rows = pa.table([column[1:] for column in grid.columns], letters)
        yield SHEET_NAMES[grid.sheet], Sheet(entry.file_name, grid.sheet, header, rows, 2)


def cells_below(grid: Grid, letter: str) -> pa.Array:
    """The cells of a column below the header."""
    return grid.columns[column_number(letter)][1:]


def times(cells: pa.Array, factor: str) -> list[Decimal | None]:
    return [None if cell is None else Decimal(cell) * Decimal(factor) for cell in cells.to_pylist()]
