"""What any file gets at the gate: a refusal with its remedy or a report; no trace is left and no reader disturbed."""

from __future__ import annotations

import hashlib
import io
import random
import re
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import xlsxwriter
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
from tests.register import BROAD, MOVED, commit, jobs

HEADER = ("月份", "统一社会信用代码", "岗位来源", "面向人群", "产业链", "发布岗位（个）", "实际招聘（人）", "联系电话")
LINES = (
    ("2023-06", MOVED, "社会组织", "高校毕业生", "GZ21-05", "12", "3", "13800138000"),
    ("2023-07", MOVED, "社会组织", "高校毕业生", "GZ21-03", "1,200", "30", "13800138001"),
    ("2023-07", BROAD, "会员单位", "高校毕业生", "", "5", "", ""),
)
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


def as_csv(header: tuple[str, ...] = HEADER, lines: tuple[tuple[str, ...], ...] = LINES) -> str:
    return "\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in line) for line in (header, *lines))


def as_xlsx() -> bytes:
    """With a date, a formula, a comment and a hidden sheet, as offices write them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, title in enumerate(HEADER):
            sheet.write_string(0, place, title)
        for row, line in enumerate(LINES, 1):
            for place, cell in enumerate(line):
                sheet.write_string(row, place, cell)
        sheet.write_number(1, 0, 45078, day)
        sheet.write_formula(1, 5, "=6+6", value=12)
        sheet.write_comment(1, 6, "核对过")
        book.add_worksheet("说明").hide()
    return buffer.getvalue()


def as_xls() -> bytes:
    """The smallest .xls there is: one sheet of texts and a number, in a compound file of our own making."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, line in enumerate((HEADER, *LINES)):
        for place, cell in enumerate(line):
            sheet += _label(row, place, cell)
    sheet += _record(0x203, struct.pack("<HHHd", 1, 5, 0, 12.0)) + _record(0x0A, b"")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = "月报".encode("utf-16-le")
    bound = struct.pack("<IBBBB", len(begin) + 4 + 8 + len(name) + 4, 0, 0, 2, 1) + name
    return compound({"Workbook": begin + _record(0x85, bound) + _record(0x0A, b"") + sheet})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams, each padded to at least the 4,096 bytes below which they lie elsewhere."""
    sectors: list[bytes] = []
    table: list[int] = [0xFFFFFFFD]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1 if streams else 0xFFFFFFFF)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        start = len(table)
        pieces = [padded[at : at + 512] for at in range(0, len(padded), 512)]
        table += [*range(start + 1, start + len(pieces)), 0xFFFFFFFE]
        sectors += pieces
        entries.append(_entry(name, 2, start, len(padded), 0xFFFFFFFF, number + 1 if number < len(streams) else None))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first = len(table)
    count = len(directory) // 512
    table += [*range(first + 1, first + count), 0xFFFFFFFE]
    assert len(table) <= 128
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    allocation = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return head + allocation + b"".join(sectors) + directory


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int | None = None) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF if right is None else right, child)
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links
    return head + bytes(36) + struct.pack("<IQ", start, size)


CSV, XLSX, XLS = as_csv().encode(), as_xlsx(), as_xls()


def members(data: bytes = XLSX) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one thing in one member written otherwise."""
    content = members()
    assert old in content[name], content[name][:500]
    return zipped(content | {name: content[name].replace(old, new, 1)})


def declaring(size: int) -> bytes:
    """The workbook whose first sheet says that it is `size` bytes long."""
    plain, content = zipped(members()), members()[SHEET]
    return plain.replace(struct.pack("<I", len(content)), struct.pack("<I", size))


SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
LAUGHS = b"<!DOCTYPE lolz [<!ENTITY lol0 'lol'>%s]>" % b"".join(
    b"<!ENTITY lol%d '%s'>" % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'secret.txt'>]>"
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000
LONG = "长" * 40_000
FAR = ("file-too-many-cells",)


def merging(*spans: bytes) -> bytes:
    """The workbook with merged cells."""
    cells = b"".join(b'<mergeCell ref="%s"/>' % span for span in spans)
    return changed(SHEET, b"</sheetData>", b"</sheetData><mergeCells>" + cells + b"</mergeCells>")


def remarked(remark: bytes) -> bytes:
    """The workbook whose cells have no names, with a remark behind them that only looks like cells."""
    content = members()
    nameless = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", content[SHEET])
    return zipped(content | {SHEET: nameless.replace(b"</worksheet>", b"<!--" + remark + b"--></worksheet>")})


# Each file by its name, and what it may be refused with; "" for a report.
FILES: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "nothing at all": ("a.xlsx", b"", ("file-empty",)),
    "only spaces": ("a.csv", b" , ,\r\n\t,,", ("file-empty",)),
    "billion laughs": ("a.xlsx", zipped(members() | {STRINGS: LAUGHS + b"<sst>&lol9;</sst>"}), ("file-entities",)),
    "an entity outside": ("a.xlsx", zipped(members() | {SHEET: OUTSIDE + b"<x>&e;</x>"}), ("file-entities",)),
    "deep nesting": ("a.xlsx", zipped(members() | {SHEET: DEEP}), ("file-empty", "file-unreadable")),
    "a deep book": ("a.xlsx", zipped(members() | {BOOK: DEEP}), ("file-empty", "file-unreadable")),
    "a deep comment": ("a.xlsx", zipped(members() | {"xl/comments1.xml": DEEP}), ("",)),
    "a zip bomb": ("a.xlsx", zipped(members() | {"xl/media/a.bin": bytes(64 << 20)}), ("file-unpacks-too-large",)),
    "300 MB declared": ("a.xlsx", declaring(300 << 20), ("file-unreadable", "file-unpacks-too-large")),
    "10,000 columns": ("a.csv", ",".join(["列"] * 10_000).encode(), ("file-too-wide",)),
    "10,000 columns in a book": ("a.xlsx", changed(SHEET, b'r="H1"', b'r="NTP1"'), ("file-too-wide",)),
    "a column beyond Excel": ("a.xlsx", changed(SHEET, b'r="H1"', b'r="ZZZZZ1"'), ("file-too-wide", "file-unreadable")),
    "a row beyond Excel": ("a.xlsx", changed(SHEET, b'r="H1"', b'r="H99999999"'), ("file-too-many-cells",)),
    "everything merged": ("a.xlsx", merging(b"A1:XFD1048576"), ("file-too-many-cells",)),
    "a merge beyond Excel": ("a.xlsx", merging(b"A1:ZZZZZZZ1"), ("file-too-many-cells",)),
    "a merge that ends before it begins": ("a.xlsx", merging(b"D9:B2"), ("",)),
    "merges of all rows": ("a.xlsx", merging(*(b"A%d:IV%d" % (n, n) for n in range(1, 9000))), FAR),
    "remarks that begin cells": ("a.xlsx", remarked(b'<c r="A1">' * 200_000), ("", "file-too-wide")),
    "remarks that name cells": ("a.xlsx", remarked(b"<c " + b' r="A1"' * 200_000), ("",)),
    "remarks that begin merges": ("a.xlsx", remarked(b"<mergeCell " * 200_000), ("",)),
    "a word of 100,000 letters": ("a.csv", CSV.replace(b"GZ21-05", b"A" * 100_000 + b" 1234567890"), ("",)),
    "words of 100,000 letters": ("a.csv", CSV.replace(b"13800138000", b"A" * 100_000 + b" 1234567890"), ("",)),
    "macros": ("a.xlsx", zipped(members() | {"xl/vbaProject.bin": b"x"}), ("file-macros",)),
    "macros by name": ("a.xlsm", XLSX, ("file-macros",)),
    "links": ("a.xlsx", zipped(members() | {"xl/externalLinks/externalLink1.xml": b"<x/>"}), ("file-external-links",)),
    "a password": ("a.xlsx", compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5000}), ("file-encrypted",)),
    "an absolute name": ("a.xlsx", zipped(members() | {"/gzdash-was-here": b"x"}), ("",)),
    "a name above": ("a.xlsx", zipped(members() | {"../../gzdash-was-here": b"x"}), ("",)),
    "a text that is not there": ("a.xlsx", changed(SHEET, b"<v>0</v>", b"<v>999999999</v>"), ("file-unreadable", "")),
    "a negative text": ("a.xlsx", changed(SHEET, b"<v>0</v>", b"<v>-1</v>"), ("file-unreadable", "")),
    "a text that is no number": ("a.xlsx", changed(SHEET, b"<v>0</v>", b"<v>x</v>"), ("file-unreadable", "")),
    "a late date": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>99999999999</v>"), ("",)),
    "a date before all": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>-1e300</v>"), ("", "file-unreadable")),
    "no number": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>NaN</v>"), ("", "file-unreadable")),
    "a huge number": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>1e308</v>"), ("",)),
    "no first sheet": ("a.xlsx", zipped({k: v for k, v in members().items() if k != SHEET}), ("file-unreadable",)),
    "no styles": ("a.xlsx", zipped({k: v for k, v in members().items() if "styles" not in k}), ("", "file-unreadable")),
    "broken styles": ("a.xlsx", zipped(members() | {"xl/styles.xml": b"<styleSheet><x"}), ("", "file-unreadable")),
    "broken comments": ("a.xlsx", zipped(members() | {"xl/comments1.xml": b"<comments><"}), ("",)),
    "broken properties": ("a.xlsx", zipped(members() | {"docProps/core.xml": b"no xml"}), ("",)),
    "a style that is not there": ("a.xlsx", changed(SHEET, b' s="1"', b' s="77"'), ("",)),
    "two sheets of one name": ("a.xlsx", changed(BOOK, "说明".encode(), "月报".encode()), ("", "file-unreadable")),
    "a lone surrogate in a book": ("a.xlsx", changed(STRINGS, "月份".encode(), b"&#xD800;"), ("", "file-unreadable")),
    "a NUL in a book": ("a.xlsx", changed(STRINGS, "月份".encode(), b"&#0;"), ("", "file-unreadable")),
    "a control character": ("a.xlsx", changed(STRINGS, "月份".encode(), b"_x0000_&#x1;"), ("", "file-unreadable")),
    "a lone surrogate": ("a.csv", b"\xff\xfe" + as_csv().encode("utf-16-le") + b"\x00\xd8", ("file-encoding",)),
    "half a character": ("a.csv", b"\xff\xfe" + as_csv().encode("utf-16-le")[:-1], ("file-encoding",)),
    "NUL bytes": ("a.csv", CSV.replace(b"12", b"1\x002"), ("",)),
    "only NUL bytes": ("a.csv", bytes(1000), ("form-without-data", "")),
    "a quote never closed": ("a.csv", b'"' + CSV, ("fits-no-table", "")),
    "a cell of 120,000 bytes": ("a.csv", CSV.replace(b"GZ21-05", LONG.encode()), ("", "file-unreadable")),
    "a number of 5,000 digits": ("a.csv", CSV.replace(b"12,", b"9" * 5000 + b","), ("",)),
    "a number with 5,000 decimals": ("a.csv", CSV.replace(b"12,", b"0." + b"9" * 5000 + b","), ("",)),
    "a name in no encoding": ("a\udcc0\udcaf.csv", CSV, ("file-name-unreadable",)),
    "a long name": ("长" * 80 + ".csv", CSV, ("",)),
    "a name of signs": ("-- '\";<b>{x}%s$(x).csv", CSV, ("",)),
    "a workbook called .csv": ("a.csv", XLSX, ("",)),
    "a workbook called .xls": ("a.xls", XLSX, ("",)),
    "an .xls called .xlsx": ("a.xlsx", XLS, ("",)),
    "a text called .xlsx": ("a.xlsx", CSV, ("file-unreadable",)),
    "a picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), ("file-unreadable",)),
    "a page of the web": ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", ("file-web-page",)),
    "a document": ("a.docx", XLSX, ("file-kind-unknown",)),
    "no extension": ("a", CSV, ("file-kind-unknown",)),
    "an empty zip": ("a.xlsx", zipped({"x": b""}), ("file-unreadable",)),
    "a zip in a zip": ("a.xlsx", zipped({"a.xlsx": XLSX}), ("file-unreadable",)),
    "an empty compound file": ("a.xls", compound({}), ("file-unreadable",)),
}


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
