"""The text of a cell looked up in a sheet's own XML is what an import reads there, however the cell is written."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from gzdash.faults import Refused
from gzdash.intake.read import read_grids
from gzdash.intake.workbook import Grid, column_letters
from gzdash.trace import kept, package
from gzdash.trace.kept import kept_texts
from gzdash.trace.package import Unusual
from gzdash.trace.sheet_xml import open_sheet

PLAIN = ("数量", 1, -3, 12.5, 0.1, 1234567.25, 123456789012345, 4060000.00, 'a&b<c>"', "  x ", "１，０００", "1,204.50")
DAYS = (date(2023, 7, 1), date(2021, 12, 31), date(9999, 12, 31), date(1900, 3, 1))
SHEET = "xl/worksheets/sheet1.xml"
ODD = (True, datetime(2023, 7, 1, 5), 1e21, 0.1234567891234, "x_x000D_y", "2023-07-01 00:00:00", -0.0)


def written(path: Path, columns: tuple[tuple[object, ...], ...]) -> Path:
    """A workbook with these columns from B on, the last cell of each followed by an empty row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for place, column in enumerate(columns, 2):
        for row, value in enumerate(column, 1):
            sheet.cell(row, place, value)
    book.save(path)
    return path


def test_cells_of_a_workbook_are_what_an_import_reads(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", (PLAIN, DAYS, ODD))
    (grid,) = read_grids(path)
    read = [(column_letters(grid.left + place), column.to_pylist()) for place, column in enumerate(grid.columns)]
    places = [(row, letter) for letter, column in read for row in range(1, len(column) + 1)]
    said = kept_texts(path, "表", places)
    assert [said[place] for place in places] == [text or "" for _, column in read for text in column]


def test_plain_cells_are_found_without_reading_the_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "grids", None)
    path = written(tmp_path / "a.xlsx", (PLAIN, DAYS))
    places = [(12, "B"), (4, "B"), (8, "B"), (2, "C"), (5, "C"), (1, "B")]
    said = kept_texts(path, "表", places)
    assert [said[place] for place in places] == ["1,204.50", "12.5", "4060000", "2021-12-31", "", "数量"]


@pytest.mark.parametrize("row", range(1, len(ODD) + 1))
def test_what_only_the_full_reader_knows_is_left_to_it(row: int, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", (ODD,))
    with pytest.raises(Unusual):
        open_sheet(path, "表").texts([(row, "B")])


def test_a_file_that_is_gone_or_a_sheet_that_it_lacks_has_no_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", (PLAIN,))
    assert kept_texts(tmp_path / "b.xlsx", "表", [(1, "B")]) == {(1, "B"): ""}
    assert kept_texts(path, "另一张", [(1, "B")]) == {(1, "B"): ""}


def rewritten(path: Path, plain: Path, member: str, old: bytes, new: bytes) -> Path:
    """The workbook with something written otherwise wherever it stands in one file of its package."""
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(path, "w") as other:
        for name in archive.namelist():
            data = archive.read(name)
            assert name != member or old in data
            other.writestr(name, data.replace(old, new) if name == member else data)
    return path


STYLES = "xl/styles.xml"


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (STYLES, b'<xf numFmtId="0"', b"<xf"),
        (STYLES, b"<cellXfs ", b"<!-- <cellXfs><xf/></cellXfs> --><cellXfs "),
        (SHEET, b"<c r=", b"<c\nr="),
        (SHEET, b"<v>", b'<v xml:space="preserve">'),
        (SHEET, b"<v>45108</v>", b"<v>2958466</v>"),
        (SHEET, b"</c>", b"</c >"),
        (SHEET, b'<c r="B1"', b'<c r="A1"><v /></c><c r="B1"'),
        (STYLES, b'<xf numFmtId="164"', b"<xf numFmtId='164'"),
    ],
)
def test_a_workbook_written_otherwise_is_read_the_same(member: str, old: bytes, new: bytes, tmp_path: Path) -> None:
    plain = written(tmp_path / "a.xlsx", (("a", 1, 2), DAYS))
    path = rewritten(tmp_path / "b.xlsx", plain, member, old, new)
    (grid,) = read_grids(path)
    places = [(row, column_letters(grid.left + place)) for place in range(2) for row in range(1, 4)]
    read = [str(column[row].as_py() or "") for column in grid.columns for row in range(3)]
    assert kept_texts(path, "表", places) == dict(zip(places, read, strict=True))
    assert grid.left == 1
    assert read[1:3] == ["1", "2"]
    assert read[4] == "2021-12-31"


REMARK = b'<!-- <row r="2"><c r="B2"><v>7</v></c></row> -->'


@pytest.mark.parametrize("kept_bytes", [1 << 20, 0])
@pytest.mark.parametrize("piece", [1 << 20, 40])
@pytest.mark.parametrize(
    ("before", "said"), [(b"<sheetData>", "from the full reader"), (b'<row r="3"', "1"), (b"</sheetData>", "1")]
)
def test_a_row_in_a_comment_is_no_row(
    before: bytes, said: str, piece: int, kept_bytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment that stands after the wanted row, which is the second, is not even looked for."""
    plain = written(tmp_path / "plain.xlsx", (PLAIN,))
    remarked = tmp_path / "remarked.xlsx"
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(remarked, "w") as other:
        for name in archive.namelist():
            data = archive.read(name)
            assert name != SHEET or data.count(before) == 1
            other.writestr(name, data.replace(before, REMARK + before) if name == SHEET else data)
    monkeypatch.setattr(package, "_FILE_BYTES", kept_bytes)
    monkeypatch.setattr(package, "_PIECE", piece)
    monkeypatch.setattr(
        kept, "grids", lambda path: {"表": Grid("表", [pa.array(["", "from the full reader"])], left=1)}
    )
    assert kept_texts(remarked, "表", [(2, "B")]) == {(2, "B"): said}


def damaged(path: Path, plain: Path, compression: int, place: int) -> Path:
    """The workbook with one byte of its packed sheet changed."""
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(path, "w", compression) as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.getinfo(SHEET)
        held = bytearray(path.read_bytes())
    packed = sheet.header_offset + 30 + len(SHEET)
    held[packed + place % sheet.compress_size] = 0xFF
    path.write_bytes(held)
    return path


@pytest.mark.parametrize("kept_bytes", [1 << 20, 0])
def test_a_sheet_is_unpacked_as_far_as_the_row_that_is_wanted(
    kept_bytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "_FILE_BYTES", kept_bytes)
    monkeypatch.setattr(package, "_PIECE", 512)
    monkeypatch.setattr(kept, "grids", lambda path: {"表": Grid("表", [pa.array(["whole"] * 99)], left=1)})
    plain = written(tmp_path / "a.xlsx", (tuple(range(99)),))
    # Only the checksum tells of what was changed in plain text, and at its end.
    path = damaged(tmp_path / "b.xlsx", plain, zipfile.ZIP_STORED, -40)
    assert kept_texts(path, "表", [(3, "B")]) == {(3, "B"): "2"}
    assert kept_texts(path, "表", [(99, "B"), (3, "B")]) == {(99, "B"): "whole", (3, "B"): "whole"}


def test_what_cannot_be_unpacked_is_left_to_the_full_reader_which_says_so(tmp_path: Path) -> None:
    path = damaged(tmp_path / "b.xlsx", written(tmp_path / "a.xlsx", (PLAIN,)), zipfile.ZIP_DEFLATED, 0)
    with pytest.raises(Refused):
        kept_texts(path, "表", [(1, "B")])
