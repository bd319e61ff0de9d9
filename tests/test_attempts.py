"""What the note of an import promises: it is there while the import is at work, and tells of a killed one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from gzdash.cli import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Fault, Refused
from gzdash.intake import attempts, import_file
from gzdash.intake.attempts import Attempt, attempting, forget, interrupted, looking_again, unnamed
from gzdash.intake.keep import keep_original
from gzdash.lake import Lake, Provenance
from gzdash.lake.faults import moved_on
from gzdash.lake.writers import beginning, is_gone
from gzdash.period import SHANGHAI
from gzdash.screen.interrupted import sentence
from gzdash.words import Text
from tests.processes import PATIENCE_SECONDS, ROOT
from tests.register import MOVED

FRAME = ROOT / "gzdash" / "screen" / "frame.py"
EVENING = datetime(2023, 9, 20, 18, 30, tzinfo=SHANGHAI)
LINE = f"月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）\n2023-07,{MOVED},社会组织,高校毕业生,"
HASH = "c0ffee"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real", lambda: EVENING)


@pytest.fixture(scope="module")
def dead() -> int:
    """A process that was, and is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def imported(lake: Lake, file: Path, posts: int | str, **more: str) -> int:
    file.write_text(f"{LINE}{posts}\n", encoding="utf-8")
    return import_file(lake, DuckDBEngine(lake.root), file, "jobs", who="张三", why="月报", **more)[0]  # type: ignore[arg-type]


def left(of: Lake, pid: int, **other: object) -> None:
    """The note of an import that is killed at work: it stays, as of process `pid`."""
    earlier = notes(of)
    with attempting(of, "就业月报.xlsx", HASH, "jobs", "张三"):
        (note,) = set(notes(of)) - set(earlier)
        said = json.loads(note.read_text("utf-8"))
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(said | {"pid": pid} | other), encoding="utf-8")


def notes(lake: Lake) -> list[Path]:
    return sorted((lake.uploads / ".attempts").glob("*"))


def test_the_note_is_there_before_anything_else_and_gone_in_the_end(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, seen = attempts.looking_again, list[Attempt]()

    def looked(commit: Callable[[], tuple[int, object]]) -> tuple[int, object]:
        seen.extend(Attempt.from_json(note.read_text("utf-8"), note) for note in notes(lake))
        assert [path.name for path in lake.uploads.iterdir()] == [".attempts"]
        return wanted(commit)

    monkeypatch.setattr("gzdash.intake.looking_again", looked)
    assert imported(lake, tmp_path / "七月.csv", 5) == 1
    (found,) = seen
    assert (found.who, found.file_name, found.table, found.pid, found.time) == (
        "张三",
        "七月.csv",
        "jobs",
        os.getpid(),
        EVENING,
    )
    assert (found.head, found.after, found.landed) == (0, 0, None)
    assert found.file_hash == lake.imports()[0].file_hash
    assert not notes(lake)
    assert [path.suffix for path in lake.uploads.iterdir()] == [".csv"]


def test_a_refused_import_leaves_no_note(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not-an-integer"):
        imported(lake, tmp_path / "坏.csv", "五")
    assert not lake.uploads.exists()


def test_an_import_at_work_is_not_interrupted(lake: Lake) -> None:
    with attempting(lake, "七月.csv", HASH, "jobs", "张三"):
        assert len(notes(lake)) == 1
        assert interrupted(lake) == ()


def test_a_killed_import_is_told_of_until_it_is_forgotten(lake: Lake, dead: int) -> None:
    left(lake, dead)
    (found,) = interrupted(lake)
    assert (found.file_name, found.who, found.time, found.landed) == ("就业月报.xlsx", "张三", EVENING, None)
    (lake.uploads / f".{dead}-half").write_bytes(b"half")
    (lake.uploads / f".{os.getpid()}-working").write_bytes(b"half")
    forget(lake, found)
    assert interrupted(lake) == ()
    assert [path.name for path in lake.uploads.iterdir()] == [f".{os.getpid()}-working"]


def test_a_number_given_to_another_process_does_not_hide_the_kill(lake: Lake) -> None:
    if not beginning(os.getpid()):
        pytest.skip("this system does not say when a process began")
    left(lake, os.getpid(), began="an earlier start/123")
    assert len(interrupted(lake)) == 1
    assert not is_gone(os.getpid(), lake.root, beginning(os.getpid()))
    assert is_gone(2**40, lake.root)


def test_it_landed_when_the_store_has_that_file_as_an_import_made_after(lake: Lake, tmp_path: Path, dead: int) -> None:
    file = tmp_path / "七月.csv"
    imported(lake, file, 5)
    same = lake.imports()[0].file_hash
    left(lake, dead, file_hash=same)
    assert [one.landed for one in interrupted(lake)] == [None]
    imported(lake, file, 6, replace="replace")
    assert [one.landed for one in interrupted(lake)] == [None]
    imported(lake, file, 5, replace="replace")
    assert [one.landed for one in interrupted(lake)] == [3]
    left(lake, dead, file_hash=same, after=0, table="financing", time="2023-09-20T18:31:00+08:00")
    assert [one.landed for one in interrupted(lake)] == [3, None]


def test_notes_of_another_lake_and_notes_that_are_none_are_passed_over(lake: Lake, dead: int) -> None:
    left(lake, dead, lake="another")
    for name, text in (("a", ""), ("b", "[]"), ("c", '{"time": "2023-09-20"}'), ("d", "{}"), ("e", '"x"')):
        (lake.uploads / ".attempts" / f"{name}.json").write_text(text)
    (lake.uploads / ".attempts" / "f.json").write_bytes(b"\xff\xfe")
    assert interrupted(lake) == ()


def test_a_read_only_system_takes_no_note_and_forgets_none(
    lake: Lake, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(lake, dead)
    (found,) = interrupted(lake)
    monkeypatch.setenv("GZDASH_READONLY", "1")
    with pytest.raises(Refused, match="lake-read-only"):
        forget(lake, found)
    with pytest.raises(Refused, match="lake-read-only"), attempting(lake, "x.csv", HASH, "jobs", "张三"):
        pass
    assert interrupted(lake) == (found,)


def test_the_page_says_which_in_both_languages(lake: Lake, dead: int) -> None:
    left(lake, dead)
    (found,) = interrupted(lake)
    assert sentence(found) == Text(
        "上次导入“就业月报.xlsx”（张三，2023年9月20日 18:30）中断了：没有入库，数据与之前相同。",
        "The import of “就业月报.xlsx” (张三, 20 September 2023 18:30) was interrupted: nothing was imported, "
        "the data is as before.",
    )
    assert sentence(replace(found, landed=62)) == Text(
        "上次导入“就业月报.xlsx”（张三，2023年9月20日 18:30）中断了：已入库，编号 62。",
        "The import of “就业月报.xlsx” (张三, 20 September 2023 18:30) was interrupted: "
        "the file is imported, number 62.",
    )


def test_a_commit_is_tried_again_only_when_somebody_elses_came_in_between() -> None:
    tries = list[int]()

    def commit() -> int:
        tries.append(len(tries))
        if len(tries) < 3:
            raise Refused(moved_on(1, 2))
        return 7

    assert looking_again(commit) == 7
    assert tries == [0, 1, 2]

    def hopeless() -> int:
        tries.append(9)
        raise Refused(Fault("lake-busy", Text("忙", "busy"), "", Text("等", "wait")))

    with pytest.raises(Refused, match="lake-busy"):
        looking_again(hopeless)
    assert tries == [0, 1, 2, 9]


@pytest.mark.slow
def test_the_page_of_imports_tells_until_someone_has_read_it(
    lake: Lake, tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(lake, tmp_path / "七月.csv", 5)
    left(lake, dead)
    monkeypatch.setenv("GZDASH_LAKE", str(lake.root))
    page = AppTest.from_file(str(FRAME), default_timeout=PATIENCE_SECONDS * 2)
    page.switch_page("../../pages/imports.py")
    said = "没有入库，数据与之前相同"

    monkeypatch.setenv("GZDASH_READONLY", "1")
    assert said in told(page.run())
    assert not [one for one in page.button if one.label == "知道了"]

    monkeypatch.delenv("GZDASH_READONLY")
    assert said in told(page.run())
    (pressed,) = [one for one in page.button if one.label == "知道了"]
    assert said not in told(pressed.click().run())
    assert interrupted(lake) == ()


def told(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def test_a_kept_file_that_no_import_names_is_told_of_and_stays(lake: Lake, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_bytes(b"a")
    named, _ = keep_original(lake, file, b"named")
    left, _ = keep_original(lake, file, b"left")
    beside = Lake.init(lake.root.parent / "beside", "real")
    beside.commit({}, Provenance("李", "试", file.name, "", named), expected_head=beside.snapshot().event)
    with attempting(lake, file.name, "", "jobs", "李"):
        assert unnamed(lake) == ()
    assert [path.name for path in unnamed(lake)] == [left]
    assert main(["--lake", str(lake.root), "sweep"]) == 0
    assert (lake.uploads / left).exists()
