"""What the history of imports promises: everything is listed with who and why, and a turn is seen before it is done."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gzdash.answer import Abridged, Link, Listing
from gzdash.ask import Desk
from gzdash.cli import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.exports import listing_csv
from gzdash.intake.turning import turned, turning
from gzdash.lake import Lake, Provenance, Snapshot
from gzdash.period import Period
from gzdash.screen.history import import_list, newest, turn_list, turns_of
from gzdash.screen.listing import payload
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.theme import LIGHT
from gzdash.words import Language, Text, same
from tests.register import Rows, arrow, jobs, ticking

ONE, OTHER = "514401000000000011", "514401000000000022"
HASH = "0123456789abcdef" * 4


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real", ticking())


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def brought_in(lake: Lake, rows: Rows, name: str = "", kept: str = "") -> int:
    """One import, of a file where it has a name."""
    source = Provenance("张三", "七月月报", name, HASH if name else "", kept, HASH[::-1] if kept else "")
    return lake.commit({table: arrow(table, found) for table, found in rows.items()}, source)


def view(lake: Lake, engine: DuckDBEngine, language: Language = "zh") -> View:
    return View("imports", language, LIGHT, Desk(lake.snapshot(), engine), Selection(Period("2023-01", "2023-07")))


def history(lake: Lake, engine: DuckDBEngine, language: Language = "zh") -> tuple[Listing, Listing]:
    """The two listings of the page: imports, and what was turned."""
    seen, imports, turns = view(lake, engine, language), lake.imports(), turns_of(lake.events())
    return import_list(seen, imports, turns), turn_list(seen, imports, turns)


def drawn(listing: Listing, language: Language = "zh") -> list[dict[str, str]]:
    """A listing as the browser writes it, by heading."""
    made: Any = payload(listing, language)
    return [dict(zip(made["headers"], row, strict=True)) for row in made["rows"]]


def test_an_import_is_listed_with_its_file_which_leads_to_what_was_kept(lake: Lake, engine: DuckDBEngine) -> None:
    brought_in(lake, {"jobs": [jobs(ONE, "2023-07", 5)]})
    brought_in(lake, {"jobs": [jobs(OTHER, "2023-07", 5)]}, "七月.xlsx", "0123456789abcdef-七月.xlsx")
    imports, turns = history(lake, engine)
    newest, oldest = drawn(imports)
    assert (newest["编号"], newest["文件"], newest["SHA-256"]) == ("2", "七月.xlsx", "0123456789ab")
    assert (newest["提交人"], newest["事由"], newest["行数"]) == ("张三", "七月月报", "1")
    assert (newest["数据表"], newest["状态"]) == ("岗位与招聘月报", "有效")
    assert (oldest["文件"], oldest["SHA-256"]) == ("—", "—")
    assert payload(imports, "zh")["links"] == [
        ["", "", "", "./kept/2", "", "", "", "", "", ""],
        [""] * 10,
    ]
    assert len(turns) == 0


def test_the_csv_has_the_whole_hash_and_the_name_of_the_file(lake: Lake, engine: DuckDBEngine) -> None:
    brought_in(lake, {"jobs": [jobs(ONE, "2023-07", 5)]}, "=七月.xlsx", "kept.xlsx")
    text = listing_csv(history(lake, engine)[0], "zh").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["文件"], row["SHA-256"]) == ("'=七月.xlsx", HASH)


def test_what_was_undone_says_by_whom_when_and_why(lake: Lake, engine: DuckDBEngine) -> None:
    for name in ("六月.xlsx", "七月.xlsx"):
        brought_in(lake, {"jobs": [jobs(ONE, "2023-07", 5)]}, name)
    lake.undo(1, "李四", "发错{文件}")
    lake.undo(2, "李四", "重复")
    lake.redo(2, "王五", "没有重复")
    imports, turns = history(lake, engine)
    assert [row["状态"] for row in drawn(imports)] == [
        "有效，撤销后已恢复：王五，2023-09-10 14:00，没有重复",
        "已撤销：李四，2023-09-10 12:00，发错{文件}",
    ]
    assert [tuple(row.values()) for row in drawn(turns)] == [
        ("5", "2023-09-10 14:00", "恢复", "2", "七月.xlsx", "王五", "没有重复"),
        ("4", "2023-09-10 13:00", "撤销", "2", "七月.xlsx", "李四", "重复"),
        ("3", "2023-09-10 12:00", "撤销", "1", "六月.xlsx", "李四", "发错{文件}"),
    ]
    english = [row["State"] for row in drawn(history(lake, engine, "en")[0], "en")]
    assert english[1] == "undone by 李四, 2023-09-10 12:00: 发错{文件}"


def test_a_cell_that_leads_somewhere_and_a_long_one_are_text_in_a_file_and_sort_by_it() -> None:
    row = (Link(Text("看", "look"), "./x"), Abridged("ab", "abcd"), Decimal("1.5"), None, same("词"))
    listing = Listing(
        "k", same("t"), Selection(Period("2023-07", "2023-07")), 1, False, tuple(map(same, "abcde")), (row,)
    )
    made = payload(listing, "en")
    assert made["rows"] == [["look", "ab", "1.5", "—", "词"]]
    assert made["sort"] == [["look", "abcd", 1.5, None, "词"]]
    assert made["links"] == [["./x", "", "", "", ""]]
    assert made["numeric"] == [False, False, True, False, False]
    assert listing_csv(listing, "en").decode("utf-8-sig").splitlines()[1] == "look,abcd,1.5,,词"


@pytest.mark.parametrize(("columns", "stacks"), [(4, False), (5, True)])
def test_many_columns_stack_on_a_narrow_screen(columns: int, stacks: bool) -> None:
    headers = tuple(same(str(number)) for number in range(columns))
    listing = Listing("k", same("t"), Selection(Period("2023-07", "2023-07")), 1, False, headers, ())
    assert payload(listing, "zh")["stacks"] is stacks


def test_a_turn_is_seen_before_it_is_done(lake: Lake, engine: DuckDBEngine) -> None:
    brought_in(lake, {"jobs": [jobs(ONE, "2023-06", 5, hires=1), jobs(ONE, "2023-07", 5, hires=2)]})
    brought_in(lake, {"jobs": [jobs(ONE, "2023-07", 30, hires=7)]})

    def figures() -> tuple[str, dict[str, tuple[object, object]]]:
        period, found = turning(lake, engine, lake.imports()[1])
        return str(period), {one.metric.key: (one.before, one.after) for one in found}

    before = lake.position()
    period, found = figures()
    assert period == "2023-07..2023-07"
    assert (found["jobs_posted"], found["graduates_hired"]) == ((30, 5), (7, 2))
    assert lake.position() == before
    lake.undo(2, "李四", "发错")
    assert figures()[1]["jobs_posted"] == (5, 30)


def test_a_register_that_is_turned_is_counted_up_to_now(lake: Lake, engine: DuckDBEngine) -> None:
    row = {"code": ONE, "name": "示例", "type": "51", "district": "440106", "founded": date(2010, 1, 1)}
    blank = dict.fromkeys(("primary_chain", "grade", "grade_expiry", "dissolved", "member_units"))
    brought_in(lake, {"organizations": [row | blank]})
    period, found = turning(lake, engine, lake.imports()[0])
    assert str(period) == "2021-01..2023-09"
    assert {one.metric.key: (one.before, one.after) for one in found}["organizations"] == (1, 0)


def contents(snapshot: Snapshot) -> tuple[object, ...]:
    """What makes a snapshot: which files count, and which submissions in them do not."""
    return snapshot.files, snapshot.superseded.to_pylist()


@pytest.mark.parametrize("seed", range(5))
def test_a_turn_foreseen_is_the_turn_that_comes(seed: int, lake: Lake, engine: DuckDBEngine) -> None:
    drawing = random.Random(seed)
    for _ in range(6):
        kept = [(who, when) for who in (ONE, OTHER) for when in ("2023-05", "2023-06") if drawing.random() < 0.6]
        rows = [jobs(who, when, drawing.randint(1, 99)) for who, when in kept or [(ONE, "2023-07")]]
        brought_in(lake, {"jobs": rows})
    for _ in range(12):
        one = drawing.choice(lake.imports())
        foreseen = turned(lake, engine, one)
        (lake.undo if one.live else lake.redo)(one.id, "李四", "试")
        assert contents(foreseen) == contents(lake.snapshot())


def test_the_command_line_tells_both_hashes_and_every_event_of_an_import(
    lake: Lake, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    brought_in(lake, {"jobs": [jobs(ONE, "2023-07", 5)]}, "七月.xlsx", "0123-七月.xlsx")
    brought_in(lake, {"jobs": [jobs(OTHER, "2023-07", 5)]})
    lake.undo(1, "李四", "发错")
    assert main(["--lake", str(lake.root), "imports", "--format", "json"]) == 0
    first, second = json.loads(capsysbinary.readouterr().out)
    assert (first["kept"], first["sha256"], first["kept_sha256"]) == ("0123-七月.xlsx", HASH, HASH[::-1])
    assert first["events"] == [
        {"event": 1, "time": "2023-09-10T10:00:00+08:00", "kind": "commit", "who": "张三", "why": "七月月报"},
        {"event": 3, "time": "2023-09-10T12:00:00+08:00", "kind": "undo", "who": "李四", "why": "发错"},
    ]
    assert (second["kept"], second["kept_sha256"]) == ("", "")
    assert [one["kind"] for one in second["events"]] == ["commit"]


@pytest.mark.parametrize(("count", "drawn"), [(3, 3), (20, 20), (62, 20)])
def test_the_newest_imports_are_drawn_and_the_file_has_all(count: int, drawn: int) -> None:
    rows = tuple((number,) for number in range(count, 0, -1))
    whole = Listing("imports", same("导入"), Selection(Period("2023-01", "2023-07")), 1, False, (same("编号"),), rows)
    shown = newest(whole)
    assert [row[0] for row in shown.rows] == list(range(count, count - drawn, -1))
    assert len(whole) == count
