"""What any file gets at the gate: a refusal with its remedy or a report; no trace is left and no reader disturbed."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Fault, Refused
from gzdash.intake import Mapping, Report, examine, import_file
from gzdash.intake.annotate import annotated
from gzdash.intake.mapping import Source
from gzdash.lake import Lake
from gzdash.lake.opening import LEDGER
from gzdash.period import Period
from gzdash.selection import Selection
from tests.hostile import (
    CSV,
    FILES,
    HEADER,
    XLS,
    XLSX,
    as_csv,
    members,
    zipped,
)
from tests.register import BROAD, MOVED, commit, jobs

# The mapping that brings the same columns in; what files do to it is checked as well.
MAPPING = Mapping(
    "jobs",
    (
        ("month", Source(path=("月份",))),
        ("organization", Source(path=("统一社会信用代码",))),
        ("source", Source(path=("岗位来源",))),
        ("audience", Source(constant="graduates")),
        ("posts", Source(path=("发布岗位",))),
    ),
)
# Months that no file here reports: what another reader looks at all the while.
YEAR_BEFORE = Selection(Period("2022-01", "2022-12"))
POSTED_BEFORE = 42


@dataclass
class Gate:
    """A lake that is tried with files: what each got, and whether anything stayed behind."""

    lake: Lake
    engine: DuckDBEngine
    inbox: Path
    seen: list[str] = field(default_factory=list)

    def traces(self) -> dict[str, str]:
        """Every file under the lake's home by its content, and the ledger by all it says: SQLite moves its log into
        it whenever the last of several readers leaves, which is no trace."""
        home = self.lake.root.parent
        found = {path.relative_to(home): path for path in home.rglob("*") if path.is_file()}
        traces = {
            str(name): hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in found.items()
            if not path.name.startswith(LEDGER)
        }
        said = (self.lake.position(), self.lake.imports(), self.lake.events(), self.lake.freezes())
        return traces | {LEDGER: str(said)}

    def examined(self, name: str, data: bytes, mapping: Mapping | None = None) -> str:
        """The code of the first fault of a file, and "" where it gave a report, which can be marked in the file."""
        before = self.traces()
        try:
            report, _ = examine(self.lake, self.engine, Path(name), data, "jobs", replace="replace", mapping=mapping)
            check_report(report)
            if report.faults:
                assert annotated(Path(name), data, report).startswith(b"PK")
            code = ""
        except Refused as refused:
            code = check_refusal(refused)
        assert self.traces() == before
        self.seen.append(code)
        return code

    def imported(self, name: str, data: bytes) -> str:
        """The same through the whole gate; a sound file lands, is taken back, and stays out of later looks."""
        file = self.inbox / name
        try:
            file.write_bytes(data)
        except OSError:
            return self.examined(name, data)
        before = self.traces()
        try:
            number, report = import_file(
                self.lake, self.engine, file, "jobs", who="测试", why="测试", replace="replace"
            )
        except Refused as refused:
            assert self.traces() == before
            return check_refusal(refused)
        finally:
            file.unlink()
        check_report(report)
        assert not list(self.lake.uploads.glob(".*"))
        self.lake.undo(number, "测试", "测试")
        return ""


def check_refusal(refused: Refused) -> str:
    """Every fault says in both languages what is wrong and what to do, in words that can be written."""
    for fault in refused.faults:
        check_fault(fault)
    return refused.faults[0].code


def check_report(report: Report) -> None:
    for fault in report.faults:
        assert all((fault.title.zh, fault.title.en, fault.remedy.zh, fault.remedy.en))
        f"{fault.title} {fault.remedy} {fault.value} {fault.column}".encode()
    if report.rows is None:
        check_refusal(report.refusal())


def check_fault(fault: Fault) -> None:
    assert all((fault.title.zh, fault.title.en, fault.remedy.zh, fault.remedy.en))
    assert re.search("[\u4e00-\u9fff]", fault.title.zh)
    assert re.search("[\u4e00-\u9fff]", fault.remedy.zh)
    for language in ("zh", "en"):
        fault.line(language).encode()


class Reader(threading.Thread):
    """Another reader, who asks the same all the while."""

    def __init__(self, lake: Lake) -> None:
        super().__init__(daemon=True)
        self.lake, self.ended = lake, threading.Event()
        self.answers: list[object] = []

    def run(self) -> None:
        engine = DuckDBEngine(self.lake.root)
        while not self.ended.wait(0.1):
            try:
                self.answers.append(Desk(self.lake.snapshot(), engine).ask("jobs_posted", YEAR_BEFORE).value)
            except Exception as error:
                self.answers.append(error)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """One lake for all files, with another reader at it from the first to the last."""
    home = tmp_path_factory.mktemp("gate")
    lake = Lake.init(home / "lake", "real")
    commit(lake, {"jobs": [jobs(MOVED, "2022-03", 40), jobs(BROAD, "2022-04", 2)]})
    reader = Reader(lake)
    reader.start()
    yield Gate(lake, DuckDBEngine(lake.root), tmp_path_factory.mktemp("inbox"))
    reader.ended.set()
    reader.join(30)
    assert reader.answers
    assert set(reader.answers) == {POSTED_BEFORE}


def test_the_seeds_are_sound_files_so_that_what_is_tried_begins_with_one(gate: Gate) -> None:
    for name, data in (("a.csv", CSV), ("a.xlsx", XLSX), ("a.xls", XLS)):
        report, _ = examine(gate.lake, gate.engine, Path(name), data, "jobs")
        assert report.rows is not None, report.faults
        assert report.rows["posts"].to_pylist() == [12, 1200, 5]
        mapped, _ = examine(gate.lake, gate.engine, Path(name), data, "jobs", mapping=MAPPING)
        assert mapped.rows is not None, mapped.faults


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_is_refused_by_its_name_or_reported(what: str, gate: Gate) -> None:
    name, data, codes = FILES[what]
    assert gate.examined(name, data) in codes
    assert gate.examined(name, data, MAPPING) in (*codes, "mapping-source-missing")
    gate.imported(name, data)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Cut off, or with some bytes changed, or with a piece taken out or put in twice."""
    found = bytearray(data)
    first, last = sorted((chance.randrange(len(found)), chance.randrange(len(found))))
    match chance.randrange(4):
        case 0:
            return bytes(found[:first])
        case 1:
            for _ in range(chance.randrange(1, 30)):
                found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
            return bytes(found)
        case 2:
            return bytes(found[:first] + found[last:])
        case _:
            return bytes(found[:last] + found[first:])


def damaged_inside(chance: random.Random) -> bytes:
    """A whole zip with one damaged member: it comes further than one whose checksums are wrong."""
    content = members()
    name = chance.choice(sorted(content))
    return zipped(content | {name: damaged(content[name], chance)}, zipfile.ZIP_STORED)


DAMAGES: dict[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "random bytes": ("xlsx", lambda chance: chance.randbytes(chance.randrange(1, 4000))),
    "random bytes behind a zip's beginning": ("xlsx", lambda chance: b"PK\x03\x04" + chance.randbytes(2000)),
    "random text": ("csv", lambda chance: chance.randbytes(chance.randrange(1, 4000))),
    "a damaged .csv": ("csv", lambda chance: damaged(CSV, chance)),
    "a damaged .csv in GB18030": ("csv", lambda chance: damaged(as_csv().encode("gb18030"), chance)),
    "a damaged .csv in UTF-16": ("csv", lambda chance: damaged(as_csv().encode("utf-16"), chance)),
    "a damaged .xlsx": ("xlsx", lambda chance: damaged(XLSX, chance)),
    "a .xlsx damaged inside": ("xlsx", damaged_inside),
    "a damaged .xls": ("xls", lambda chance: damaged(XLS, chance)),
}
TRIES = 24


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_file_is_refused_or_reported_and_leaves_no_trace(what: str, gate: Gate) -> None:
    extension, made = DAMAGES[what]
    for seed in range(TRIES):
        data = made(random.Random(f"{what} {seed}"))
        try:
            gate.examined(f"a.{extension}", data, MAPPING if seed % 4 == 3 else None)
            if seed % 4 == 0:
                gate.imported(f"a.{extension}", data)
        except Exception as error:
            error.add_note(f"{what}, seed {seed}")
            raise


NUMBERS = (
    "9" * 5000,
    "1e999999999",
    "0." + "0" * 400 + "1",
    "99999",
    "45078.5",
    "NaN",
    "-0",
    "１２",
    "5%",
    "%",
    "1,2,3",
)
WORDS = (
    "=1+1",
    "@x",
    "#REF!",
    "2023-02-30",
    "2023年1—7月",
    "合计",
    "小计",
    "单位：万元",
    "\u202e",
    "\ufeff",
    "\x00",
    "\x1a",
)
PEOPLE = (MOVED, "51440100MJ0000001X", "91440100MJ00000057", "13800138000", "440100199001011234", "a@b.cn")
CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from((*NUMBERS, *WORDS, *PEOPLE))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(st.lists(CELLS, max_size=10), min_size=1, max_size=6), headed=st.booleans())
@example(lines=[["2023-06", MOVED, "社会组织", "高校毕业生", "", "1e999999999", "9" * 5000]], headed=True)
def test_cells_of_any_text_are_reported(lines: list[list[str]], headed: bool, gate: Gate) -> None:
    quoted = [",".join('"{}"'.format(cell.replace('"', '""')) for cell in line) for line in lines]
    text = "\n".join([",".join(HEADER), *quoted] if headed else quoted)
    gate.examined("a.csv", text.encode("utf-8"))
    gate.examined("a.csv", text.encode("utf-8"), MAPPING)
