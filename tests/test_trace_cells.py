"""What a traced cell promises: raw text times factor is the stored value; the printed hash is the kept file's."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gzdash.answer import Answer, Question, sheet
from gzdash.ask import Desk
from gzdash.cli import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.exports import sheet_csv
from gzdash.intake import Mapping, import_file
from gzdash.intake.mapping import Source
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import Period
from gzdash.screen.figures import cards_of
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.theme import palette_of
from gzdash.trace import sources, state_of, trace
from tests import register as city

ROOT = Path(__file__).resolve().parent.parent
YEAR = Selection(Period("2023-01", "2023-12"))


@pytest.fixture
def mapped(tmp_path: Path) -> Lake:
    """A real lake with one form of an office: amounts in 万元 under two sources, of which each makes a row."""
    book = Workbook()
    sheet_of = book.active
    assert sheet_of is not None
    sheet_of.title = "捐赠"
    for line in (
        ("示例县帮扶资金明细", None, None, None),
        ("日期", "捐赠单位", "社会资金（万元）", "财政资金（万元）"),
        ("2023-07-01", "示例公司", 12.5, 3),
        ("2023-07-02", "示例商会", None, "１，０００.25"),
    ):
        sheet_of.append(line)
    book.save(tmp_path / "明细.xlsx")
    shared = (
        ("date", Source(("日期",), "A")),
        ("giver_name", Source(("捐赠单位",), "B")),
        ("county", Source(constant="441826")),
        ("form", Source(constant="money")),
        ("stage", Source(constant="delivered")),
    )
    parts = ((("amount", Source(("社会资金",), "C")),), (("amount", Source(("财政资金",), "D")),))
    lake = Lake.init(tmp_path / "real" / "lake", "real")
    import_file(
        lake,
        DuckDBEngine(lake.root),
        tmp_path / "明细.xlsx",
        "aid",
        who="李",
        why="七月",
        mapping=Mapping("aid", shared, parts),
    )
    return lake


@pytest.mark.parametrize(("imports_of_a_page", "remembered"), [(1, 1), (0, 0)])
def test_a_mapped_amount_is_traced_to_its_own_cell_and_unit(
    imports_of_a_page: int, remembered: int, mapped: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the rows come from so many imports that where these have their cells is not remembered."""
    monkeypatch.setattr(sources, "_IMPORTS_OF_A_PAGE", imports_of_a_page)
    sources.layouts_of_page.cache_clear()
    desk = Desk(mapped.snapshot(), DuckDBEngine(mapped.root))
    found = trace(desk, mapped, Question("aid_value", YEAR))
    rows = [(row.cell.name, row.cell.raw, row.cell.factor, row.value, row.sheet) for row in found.rows()]
    assert found.row.value == Decimal("10157500.00")
    assert sorted(rows) == [
        ("C3", "12.5", "10000", Decimal("125000.00"), "捐赠"),
        ("D3", "3", "10000", Decimal("30000.00"), "捐赠"),
        ("D4", "１，０００.25", "10000", Decimal("10002500.00"), "捐赠"),
    ]
    assert sources.layouts_of_page.cache_info().currsize == remembered


@pytest.mark.parametrize(
    ("harm", "state", "zh"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-200]), "changed", "原件已被改动"),
        (lambda path: path.write_bytes(b""), "changed", "原件已被改动"),
        (lambda path: path.write_bytes(other_workbook()), "changed", "原件已被改动"),
        (lambda path: path.unlink(), "gone", "原件缺失"),
        (lambda path: (path.unlink(), path.mkdir()), "gone", "原件缺失"),
    ],
)
def test_a_kept_file_that_is_not_what_was_kept_is_not_believed(
    harm: Callable[[Path], object], state: str, zh: str, mapped: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows are told all the same, with the cells that they stood in and without what stands there now."""
    (source,) = mapped.imports()
    assert state_of(mapped, source) == "sound"
    harm(mapped.uploads / source.kept)
    assert state_of(mapped, source) == state
    found = trace(Desk(mapped.snapshot(), DuckDBEngine(mapped.root)), mapped, Question("aid_value", YEAR))
    shown = [(row.value, row.cell.name, row.cell.raw) for row in found.page(0, 3)]
    assert shown == [
        (Decimal("10002500.00"), "D4", ""),
        (Decimal("125000.00"), "C3", ""),
        (Decimal("30000.00"), "D3", ""),
    ]
    command = ["--lake", str(mapped.root), "trace", "aid_value", "--period", "2023-01..2023-12"]
    assert main(command) == 0
    assert f"SHA-256 {source.kept_hash} · {zh}\n" in capsys.readouterr().out
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["imports"][0]["kept_file"] == state


def other_workbook() -> bytes:
    """A sound workbook with the same sheet, and other numbers in it."""
    book, file = Workbook(), BytesIO()
    assert book.active is not None
    book.active.title = "捐赠"
    for _ in range(5):
        book.active.append(("x", "y", 999, 999))
    book.save(file)
    return file.getvalue()


def test_the_command_prints_the_hash_of_the_kept_file(mapped: Lake) -> None:
    command = [sys.executable, "-m", "gzdash", "--lake", str(mapped.root), "trace", "aid_value", "--format", "json"]
    done = subprocess.run(
        [*command, "--period", "2023-01..2023-12"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    said = json.loads(done.stdout, parse_float=Decimal)
    assert said["value"] == Decimal("10157500.00") == sum(row["value"] for row in said["rows"])
    (source,) = said["imports"]
    assert source["sha256"] == hashlib.sha256((mapped.uploads / source["kept"]).read_bytes()).hexdigest()
    assert (source["id"], source["who"], source["rows"], source["share"]) == (1, "李", 3, Decimal("1.0"))
    assert said["rows"][0] == {
        "half": "numerator",
        "value": Decimal("125000.00"),
        "import": 1,
        "file": "明细.xlsx",
        "sheet": "捐赠",
        "row": 3,
        "cell": "C3",
        "raw": "12.5",
        "factor": "10000",
        "organization": "示例公司",
        "month": "2023-07",
    }


def test_the_command_tells_people_every_row_to_the_fen(mapped: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lake", str(mapped.root), "trace", "aid_value", "--period", "2023-01..2023-12"]) == 0
    told = [line.split()[0] for line in capsys.readouterr().out.splitlines()[-3:]]
    assert told == ["125,000.00", "30,000.00", "10,002,500.00"]


def test_the_command_tells_people_what_the_page_tells(mapped: Lake) -> None:
    (kept,) = (path for path in mapped.uploads.rglob("*.xlsx"))
    command = [sys.executable, "-m", "gzdash", "--lake", str(mapped.root), "--lang", "en", "trace", "aid_value"]
    period = ["--period", "2023-01..2023-12", "--by", "month", "--key", "2023-07"]
    done = subprocess.run([*command, *period], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    said = done.stdout.splitlines()
    assert said[0] == "Aid delivered · ¥10.16\u00a0million · rows: 3 · imports: 1"
    assert said[2].startswith("Meaning: ")
    assert said[4] == "Selection: 2023 · Of which: Jul 2023"
    assert said[5].startswith("How sure: ")
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    assert said[7] == f"Import 1 · 明细.xlsx · rows: 3 · ¥10,157,500.00 (100.0\u00a0%) · SHA-256 {digest}"
    assert said[8].split()[:3] == ["Value", "Organization", "Month"]


MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]
CHOICES = st.builds(
    lambda ends, **codes: Selection(Period(min(ends), max(ends)), **codes),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)),
    chains=st.lists(st.sampled_from((city.AUTO, city.SOFTWARE, city.AI, city.CARE)), max_size=2).map(tuple),
    regions=st.lists(st.sampled_from((city.LIANNAN, city.DELTA, city.NORTH)), max_size=1).map(tuple),
    districts=st.lists(st.sampled_from(("440104", "440106", "440112")), max_size=2).map(tuple),
    types=st.lists(st.sampled_from(("51", "52", "53")), max_size=2).map(tuple),
    organization=st.sampled_from(("", "", "", city.MOVED, city.OUTSIDER)),
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return city.build(tmp_path_factory.mktemp("agreeing") / "lake")


@pytest.mark.slow
@settings(max_examples=40)
@given(selection=CHOICES, key=st.sampled_from(sorted(METRICS)))
def test_the_page_the_file_the_answer_and_the_rows_agree_under_any_selection(
    selection: Selection, key: str, lake: Lake
) -> None:
    desk, one = Desk(lake.snapshot(), DuckDBEngine(lake.root)), METRICS[key]
    answer = desk.ask(key, selection)
    (card,) = cards_of(View("overview", "zh", palette_of("light"), desk, selection), (key,))
    assert card.full == ("" if answer.value is None else f"{answer.value:,}")
    cell = sheet_csv(sheet(key, one.name, [answer]), "zh").decode("utf-8-sig").splitlines()[1].split(",")[0].strip('"')
    found = trace(desk, lake, Question(key, selection))
    numerator = sum((Decimal(row.value) for row in found.rows()), Decimal(0))
    whole = answer.total.numerator if one.is_ratio else answer.value
    assert numerator == (whole or 0)
    assert cell == _written(answer)


def _written(answer: Answer) -> str:
    """As a file holds it: counts and money exactly, of a ratio six decimals."""
    if answer.value is None:
        return ""
    exact = Decimal(answer.value)
    return str(exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)) if answer.metric.is_ratio else str(exact)
