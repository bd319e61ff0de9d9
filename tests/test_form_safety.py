"""What a hostile or broken file gets: a clear refusal, never a crash and never all the memory."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from gzdash.faults import Refused
from gzdash.intake.form import forms
from gzdash.intake.read import read_grids


def workbook(cells: dict[str, object]) -> bytes:
    book = Workbook()
    for cell, value in cells.items():
        book.active[cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


PLAIN = workbook({"A1": "月份", "B1": "岗位", "A2": "2023-07", "B2": 5})


def changed(members: dict[str, bytes], data: bytes = PLAIN) -> bytes:
    """The workbook with members added or replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return buffer.getvalue()


def member(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        return archive.read(name)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
SHEET = "xl/worksheets/sheet1.xml"
LIE = PLAIN.replace(len(member(SHEET)).to_bytes(4, "little"), (7).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", changed({"xl/vbaProject.bin": b"x"}), "file-macros"),
        ("a.xlsm", PLAIN, "file-macros"),
        ("a.xlsx", changed({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "file-external-links"),
        ("a.xlsx", changed({SHEET: BOMB + member(SHEET)}), "file-entities"),
        ("a.xlsx", changed({"xl/workbook.xml": BOMB + member("xl/workbook.xml")}), "file-entities"),
        ("a.xlsx", changed({"xl/x.xml": b" " * (40 << 20)}), "file-unpacks-too-large"),
        ("a.xlsx", workbook({"A1": "月份", "IW1": "远"}), "file-too-wide"),
        ("a.xlsx", workbook({f"{letters}1": 1 for letters in ("A", "XFD")}), "file-too-wide"),
        ("a.xlsx", workbook({"A1": 1, "IV1": 2, "A1048576": 3}), "file-too-many-cells"),
        ("a.csv", ",".join(["列"] * 10_000).encode(), "file-too-wide"),
        ("a.xls", b"<html><body><table></table></body></html>", "file-web-page"),
        ("a.xlsx", b"\xef\xbb\xbf<table>", "file-web-page"),
        ("a.xls", "月份,岗位\n".encode(), "file-unreadable"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "file-unreadable"),
        ("a.xlsx", LIE, "file-unreadable"),
        ("a.csv", b"x" * ((128 << 20) + 1), "file-too-large"),
        ("a.xlsx", PLAIN + b"x" * (50 << 20), "file-too-large"),
        ("a.docx", PLAIN, "file-kind-unknown"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_by_name(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_grids(Path(name), data)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [(code, name)]


def test_cells_without_a_name_are_counted() -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 300 + b"</row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    with pytest.raises(Refused, match="file-too-wide"):
        read_grids(Path("a.xlsx"), changed({SHEET: sheet % row}))
    narrow = read_grids(Path("a.xlsx"), changed({SHEET: sheet % b"<row><c><v>1</v></c><c><v>2</v></c></row>"}))
    assert [column.to_pylist() for column in narrow[0].columns] == [["1"], ["2"]]


def test_the_content_decides_what_a_file_is() -> None:
    assert [column.to_pylist() for column in read_grids(Path("a.csv"), PLAIN)[0].columns] == [
        ["月份", "2023-07"],
        ["岗位", "5"],
    ]
    assert len(read_grids(Path("a.tsv"), "月份\t岗位\n2023-07\t5".encode())[0].columns) == 2


@pytest.mark.parametrize("seed", range(60))
def test_random_damage_is_refused_or_read_and_never_crashes(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(PLAIN)
    if seed % 3 == 0:
        data = data[: chance.randrange(len(data))]
    elif seed % 3 == 1:
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    else:
        data = bytearray(chance.randbytes(chance.randrange(1, 3000)))
    for name in ("a.xlsx", "a.xls", "a.csv", "a.tsv"):
        with contextlib.suppress(Refused):
            forms(Path(name), bytes(data))
