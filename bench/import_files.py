"""The files whose import is measured: made by rule, the same bytes on every machine."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
from pyarrow import csv
from stdnum.cn import uscc

from gzdash.intake import rows_from_columns
from gzdash.intake.workbook import column_letters
from gzdash.lake import Lake, Provenance
from gzdash.reference import code_list
from gzdash.tables import TABLES

ORGANIZATIONS = 2_000
# Primes, so that figures neither repeat in step with other columns nor lie in order.
_STEP, _OTHER_STEP = 7_919, 104_729
_REGISTER_TYPES = ("association", "service", "foundation")
_FIRST_YEAR = 2023
_MONTHS = 46


@dataclass(frozen=True)
class Cells:
    """A table to be written: Chinese headers and columns of text or numbers, equally long."""

    headers: tuple[str, ...]
    columns: tuple[np.ndarray, ...]


def build_lake(root: Path) -> Lake:
    """A real lake that knows the organizations which report in the files, and nothing else."""
    lake = Lake.init(root, "real")
    codes = organizations()
    columns = {
        "code": codes,
        "name": [f"示例协会{number}" for number in range(len(codes))],
        "type": [_REGISTER_TYPES[int(code[1]) - 1] for code in codes],
        "district": ["440103"] * len(codes),
        "founded": [date(2010, 1, 1)] * len(codes),
    }
    rows = rows_from_columns(TABLES["organizations"], columns, "register.csv", "")
    lake.commit({"organizations": rows}, Provenance("bench", "register", "register.csv", "", ""))
    return lake


def organizations() -> list[str]:
    """Credit codes with a right check digit, of the three kinds in turn."""
    bodies = (f"5{1 + number % 3}440103MJ{number:07d}" for number in range(ORGANIZATIONS))
    return [body + uscc.calc_check_digit(body) for body in bodies]


def jobs(rows: int) -> Cells:
    """A monthly report of many organizations over some years; its texts repeat themselves."""
    sources, audiences = _names("job_source"), _names("audience")
    chains = _names("chain")[: max(3, -(-rows // (_MONTHS * ORGANIZATIONS * 4)))]
    number = np.arange(rows)
    posts = number * _STEP % 97 + 3
    reported, kind = np.divmod(number, len(sources) * len(audiences) * len(chains))
    return Cells(
        _headers("jobs"),
        (
            _months()[reported // ORGANIZATIONS],
            np.array(organizations())[reported % ORGANIZATIONS],
            sources[kind % 2],
            audiences[kind // 2 % 2],
            chains[kind // 4],
            posts,
            posts - 3 + number % 3,
            number % 5,
            np.repeat(_names("truth")[:1], rows),
        ),
    )


def financing(rows: int) -> Cells:
    """Cases of credit, each with a number and an amount of its own: hardly any text comes twice."""
    number = np.arange(rows)
    day = np.datetime64(f"{_FIRST_YEAR}-01-01") + number * _STEP % 1_300
    return Cells(
        _headers("financing"),
        (
            np.datetime_as_string(day),
            np.char.add("示例融资", number.astype(str)),
            np.array(organizations())[number * _OTHER_STEP % ORGANIZATIONS],
            _cycled("lender", number),
            _cycled("chain", number // 7),
            _cycled("firm_size", number // 3),
            _cycled("financing_stage", number),
            np.char.add((number * _STEP % 9_000_011 + 10_000).astype(str), ".50"),
            np.repeat(_names("truth")[:1], rows),
        ),
    )


def activities(rows: int) -> Cells:
    """Activities with three columns that no table has: names and numbers of contacts, which are dropped."""
    number = np.arange(rows)
    codes = np.array(organizations())
    day = np.datetime64(f"{_FIRST_YEAR}-01-01") + number * _STEP % 1_300
    return Cells(
        (*_headers("activities"), "联系人", "联系电话", "经办人"),
        (
            np.datetime_as_string(day),
            codes[number * _OTHER_STEP % ORGANIZATIONS],
            codes[number * _STEP % ORGANIZATIONS],
            _cycled("programme", number),
            _cycled("mechanism", number),
            _cycled("activity_kind", number // 2),
            _cycled("chain", number // 5),
            np.repeat(_names("county")[:1], rows),
            number % 200,
            number * _STEP % 1_000,
            np.char.add("示例活动第", np.char.add(number.astype(str), "场")),
            np.repeat(_names("truth")[:1], rows),
            np.char.add("示例", (number % 500).astype(str)),
            np.char.add("020-8", (number * _STEP % 9_000_000 + 1_000_000).astype(str)),
            np.char.add("经办", (number % 300).astype(str)),
        ),
    )


def write_csv(cells: Cells, path: Path) -> None:
    """A comma-separated file in UTF-8 with its mark, as Excel saves it."""
    table = pa.table(dict(zip(cells.headers, map(pa.array, cells.columns), strict=True)))
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        csv.write_csv(table, file, csv.WriteOptions(quoting_style="none"))


def write_xlsx(cells: Cells, path: Path, title: str = "") -> None:
    """A workbook of one sheet as Excel packs it, texts in a shared list and numbers in cells, under a title if any."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _FRAME.items():
            archive.writestr(_member(name), content)
        with archive.open(_member("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for piece in _rows(cells, title, texts):
                sheet.write(piece.encode())
            sheet.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        archive.writestr(_member("xl/sharedStrings.xml"), f'<sst xmlns="{_MAIN}">{shared}</sst>')


def _member(name: str) -> zipfile.ZipInfo:
    """A member with the same date on every day."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _rows(cells: Cells, title: str, texts: dict[str, int]) -> Iterator[str]:
    letters = [column_letters(place) for place in range(len(cells.headers))]
    first = [[title]] if title else []
    values = zip(*(column.tolist() for column in cells.columns), strict=True)
    for row, line in enumerate((*first, cells.headers, *values), 1):
        filled = "".join(_cell(f"{letter}{row}", value, texts) for letter, value in zip(letters, line, strict=False))
        yield f'<row r="{row}">{filled}</row>'


def _cell(place: str, value: object, texts: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _headers(table: str) -> tuple[str, ...]:
    return tuple(column.header.zh for column in TABLES[table].columns)


def _names(codes: str) -> np.ndarray:
    return np.array([entry.name.zh for entry in code_list(codes).entries])


def _cycled(codes: str, number: np.ndarray) -> np.ndarray:
    names = _names(codes)
    return np.asarray(names[number % len(names)])


def _months() -> np.ndarray:
    return np.array([f"{_FIRST_YEAR + month // 12}-{month % 12 + 1:02d}" for month in range(_MONTHS)])


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
