"""A workbook seeded with 200 defects of 25 kinds: each found at its cell, nothing else, and the store unchanged."""

from __future__ import annotations

import hashlib
import io
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from openpyxl import load_workbook
from stdnum.cn import ric, uscc

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake import check, import_file, read, rows_from_columns
from gzdash.intake.template import template
from gzdash.lake import Lake
from gzdash.tables import TABLES
from tests.register import _organization, _project, commit, ticking

PROJECTS = TABLES["aid_projects"]
TODAY = date(2023, 9, 10)
EACH = 8
ROWS = 300
LETTER = {column.key: chr(ord("A") + index) for index, column in enumerate(PROJECTS.columns)}

Cells = dict[str, Any]


def code(number: int, prefix: str = "51") -> str:
    """A credit code with its right check digit; each number is another organization."""
    stem = f"{prefix}440100MJ{number:07d}"
    return stem + uscc.calc_check_digit(stem)


def id_number(number: int) -> str:
    """A number built as ID numbers are, of nobody: 000 is given to no one."""
    stem = f"4401031990{1 + number % 12:02d}{1 + number % 28:02d}000"
    return stem + ric.calc_check_digit(f"{stem}0")


def wrong_check_digit(right: str) -> str:
    return right[:-1] + ("1" if right[-1] != "1" else "2")


# Each kind: the rule, the column it is found in, and what is written into which cells of row n.
KINDS: dict[str, tuple[str, Callable[[int], Cells]]] = {
    "required": ("title", lambda n: {"title": None}),
    "not-a-date": ("start", lambda n: {"start": "2023-02-30"}),
    "too-early": ("start", lambda n: {"start": date(1949, 12, 31), "end": None}),
    "ahead-of-today": ("end", lambda n: {"end": date(2040, 5, 5)}),
    "organization-length": ("lead", lambda n: {"lead": code(n)[:-1]}),
    "organization-characters": ("lead", lambda n: {"lead": f"{code(n)[:12]}O{code(n)[13:]}"}),
    "organization-check-digit": ("lead", lambda n: {"lead": wrong_check_digit(code(n))}),
    "organization-prefix": ("lead", lambda n: {"lead": code(n, "91")}),
    "organization-as-number": ("lead", lambda n: {"lead": "5.14401E+17"}),
    "organization-not-on-register": ("lead", lambda n: {"lead": code(5000 + n)}),
    "organization-dissolved": ("lead", lambda n: {"lead": code(1000 + n)}),
    "code-unknown": ("state", lambda n: {"state": "快完成了"}),
    "code-retired": ("county", lambda n: {"county": "从化市", "town": None}),
    "not-an-amount": ("planned_amount", lambda n: {"planned_amount": "约50万"}),
    "money-decimals": ("planned_amount", lambda n: {"planned_amount": 500000.125}),
    "below-least": ("planned_amount", lambda n: {"planned_amount": -1}),
    "number-too-large": ("planned_amount", lambda n: {"planned_amount": "99999999999999999"}),
    "excel-error": ("planned_amount", lambda n: {"planned_amount": "#DIV/0!"}),
    "unit-slip": ("planned_amount", lambda n: {"planned_amount": 50 if n % 2 else 5_000_000_000}),
    "repeated-row": ("project", lambda n: {"project": "N1"}),
    "submitted-before": ("start", lambda n: {"start": date(2023, 6, 20)}),
    "key-in-store": ("project", lambda n: {"project": f"S{n + 1}-0"}),
    "town-outside-county": ("town", lambda n: {"town": "440825001"}),
    "end-before-start": ("end", lambda n: {"end": date(2023, 6, 30)}),
    "personal-data": ("title", lambda n: {"title": f"联系人{id_number(n)}" if n % 2 else "找１３８ ００１３ ８０００"}),
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Organizations with a project in each of three earlier months, and as many that are dissolved."""
    lake = Lake.init(tmp_path_factory.mktemp("defects") / "lake", "real", ticking())
    known = [_organization(code(n), f"示例协会{n}", "440104", "2015-01-01") for n in range(ROWS + 2)]
    gone = {"dissolved": date(2023, 6, 30)}
    known += [_organization(code(1000 + n), f"示例旧协会{n}", "440104", "2015-01-01", **gone) for n in range(ROWS)]
    commit(lake, {"organizations": known, "aid_projects": [row for n in range(ROWS + 2) for row in history(n)]})
    return lake


def history(n: int) -> list[dict[str, Any]]:
    starts = ("2022-10-05", "2023-01-05", "2023-06-05")
    amount = {"planned_amount": Decimal("500000.00")}
    return [_project(f"S{n}-{place}", code(n), start, "441826", **amount) for place, start in enumerate(starts)]


def clean() -> bytes:
    """The office's template with a new project of every organization."""
    numbers = range(1, ROWS + 1)
    columns: dict[str, Any] = {
        "project": [f"N{n}" for n in numbers],
        "title": [f"示例项目 {n} 期" for n in numbers],
        "lead": [code(n) for n in numbers],
        "partners": [[code(n - 1)] if n % 3 else None for n in numbers],
        "theme": [("education", "health", None)[n % 3] for n in numbers],
        "county": ["441826"] * ROWS,
        "town": [("441826105", "三排镇", None)[n % 3] for n in numbers],
        "planned_amount": [Decimal(400_000 + n) for n in numbers],
        "start": [date(2023, 7, 1) + timedelta(days=n % 31) for n in numbers],
        "end": [date(2023, 8, 20) if n % 2 else None for n in numbers],
        "state": [("completed" if n % 2 else "under_way") for n in numbers],
    }
    return template(PROJECTS, "zh", rows_from_columns(PROJECTS, columns, "", ""))


def seeded(data: bytes, seed: int) -> tuple[bytes, set[tuple[str, str]]]:
    """The workbook with each kind of defect in eight rows, one defect a row, and the cells and rules to be named.

    The first row stays as it is, for the repeated ones to repeat it.
    """
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = random.Random(seed).sample(range(2, ROWS + 1), EACH * len(KINDS))
    expected = set()
    for n, rule in zip(rows, [*KINDS] * EACH, strict=True):
        column, write = KINDS[rule]
        for key, value in write(n).items():
            sheet[f"{LETTER[key]}{n + 1}"] = value
        expected.add((f"{LETTER[column]}{n + 1}", rule))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue(), expected


def contents(lake: Lake) -> dict[str, str]:
    """The hash of every file under the lake and its uploads, but SQLite's own side files."""
    files = (path for path in lake.root.parent.rglob("*") if path.is_file() and "sqlite-" not in path.name)
    return {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_there_are_25_kinds_of_defects_and_200_in_all() -> None:
    assert len(KINDS) == 25
    _, expected = seeded(clean(), 1)
    assert len(expected) == 200
    assert Counter(rule for _, rule in expected) == dict.fromkeys(KINDS, EACH)


def test_a_clean_workbook_raises_no_alarm(lake: Lake) -> None:
    sheet = read(Path("项目.xlsx"), clean())
    report = check(PROJECTS, sheet, lake.snapshot(), DuckDBEngine(lake.root), today=TODAY)
    assert report.faults == ()
    assert isinstance(report.rows, pa.Table)
    assert report.rows.num_rows == ROWS


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_one_of_200_defects_is_found_at_its_cell_and_nothing_else(seed: int, lake: Lake, tmp_path: Path) -> None:
    data, expected = seeded(clean(), seed)
    engine = DuckDBEngine(lake.root)
    report = check(PROJECTS, read(Path("项目.xlsx"), data), lake.snapshot(), engine, today=TODAY)
    found = [(fault.cell, fault.rule) for fault in report.faults]
    assert sorted(found) == sorted(expected)
    assert all(fault.title.zh and fault.remedy.zh and fault.title.en and fault.remedy.en for fault in report.faults)
    before = contents(lake)
    file = tmp_path / "项目.xlsx"
    file.write_bytes(data)
    with pytest.raises(Refused) as refused:
        import_file(lake, engine, file, "aid_projects", who="李", why="试")
    errors = [(fault.place.rpartition(" · ")[2], fault.code) for fault in refused.value.faults]
    warnings = {"unit-slip", "organization-not-on-register"}
    assert sorted(errors) == sorted(entry for entry in expected if entry[1] not in warnings)
    assert contents(lake) == before
