"""What the lake promises when something fails or is missing: nothing half done is seen, and what is wrong is said."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.lake.opening import LEDGER
from tests.lake.reading import posts, refused
from tests.register import BROAD, MOVED, commit, jobs


def test_files_that_no_ledger_row_names_are_invisible_and_swept(lake: Lake, engine: DuckDBEngine) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    named = lake.root / lake.snapshot().files[0].path
    orphans = [named.with_name("000009-killed.parquet"), lake.root / "tables/aid/2023-06/000009-killed.parquet"]
    for path in orphans:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(named, path)
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]
    assert lake.sweep() == tuple(sorted(path.relative_to(lake.root).as_posix() for path in orphans))
    assert list(lake.root.rglob("*.parquet")) == [named]
    assert lake.sweep() == ()


def test_sweeping_spares_the_files_of_undone_imports(lake: Lake, engine: DuckDBEngine) -> None:
    number = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    lake.undo(number, "李", "撤")
    assert lake.sweep() == ()
    lake.redo(number, "李", "恢复")
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]


def test_an_import_that_fails_half_way_leaves_the_lake_as_it_was(lake: Lake, engine: DuckDBEngine) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    with pytest.raises(KeyError):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", 9)], "no_such_table": []})
    blocked = lake.root / "tables" / "training"
    blocked.write_text("a file where a folder should be")
    training = {"month": jobs(MOVED, "2023-06")["month"], "base": "示例基地", "organization": MOVED}
    with refused("lake-not-writable", str(lake.root)):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", 9)], "training": [training]})
    assert lake.position()[1] == 1
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]
    blocked.unlink()
    assert commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]}) == 2


def test_files_written_before_a_failure_do_not_outlive_it(lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    (lake.root / "tables" / "training").write_text("a file where a folder should be")
    training = {"month": jobs(MOVED, "2023-06")["month"], "base": "示例基地", "organization": MOVED}
    with refused("lake-not-writable", str(lake.root)):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", 9)], "training": [training]})
    (lake.root / "tables" / "training").unlink()
    lake.sweep()
    assert len(list(lake.root.rglob("*.parquet"))) == 1


def test_a_folder_without_a_lake_is_refused_with_its_path(tmp_path: Path) -> None:
    root = tmp_path / "nothing"
    lake = Lake(root)
    for verb in (lake.snapshot, lake.imports, lake.position, lake.sweep):
        with refused("lake-missing", str(root)):
            verb()
    with refused("lake-missing", str(root)):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    assert not root.exists()


@pytest.mark.parametrize("kept", [0, 1, 15, 100, 1024, 4095, 4096, 5000, 8192, 12288, 20000])
def test_a_truncated_ledger_is_refused_with_its_path(kept: int, lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    ledger = lake.root / LEDGER
    whole = ledger.read_bytes()
    assert len(whole) > kept
    ledger.write_bytes(whole[:kept])
    with refused("lake-unreadable", str(ledger)):
        lake.snapshot()
    with refused("lake-unreadable", str(ledger)):
        commit(lake, {"jobs": [jobs(BROAD, "2023-06")]})
    assert ledger.read_bytes() == whole[:kept]


def test_a_ledger_that_is_no_ledger_is_refused_with_its_path(lake: Lake) -> None:
    ledger = lake.root / LEDGER
    ledger.write_bytes(b"PK\x03\x04 no database at all " * 500)
    with refused("lake-unreadable", str(ledger)):
        lake.snapshot()


@pytest.mark.parametrize(
    ("written", "remedy"), [(2, "gzdash demo|gzdash init|uploads"), (4, "the newer version that wrote it")]
)
def test_a_lake_of_another_format_is_refused_with_its_path_and_what_to_do(
    written: int, remedy: str, lake: Lake
) -> None:
    with closing(sqlite3.connect(lake.root / LEDGER)) as ledger:
        ledger.execute("UPDATE lake SET format = ?", (written,))
        ledger.commit()
    for verb in (lake.snapshot, lake.imports, lake.sweep):
        with refused("lake-format", str(lake.root)) as caught:
            verb()
        assert all(words in caught.value.faults[0].remedy.en for words in remedy.split("|"))


def test_a_missing_data_file_is_refused_with_its_path_and_earlier_snapshots_still_open(
    lake: Lake, engine: DuckDBEngine
) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-07", 4)]})
    gone = lake.root / lake.snapshot().files[1].path
    gone.unlink()
    with refused("lake-file-missing", str(gone)):
        lake.snapshot()
    assert posts(engine, lake.snapshot(1)) == [(MOVED, "2023-06", 3)]
    lake.undo(2, "李", "缺文件")
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]


def test_a_lake_is_never_made_over_another(lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    for kind in ("real", "demo"):
        with refused("lake-exists", str(lake.root)):
            Lake.init(lake.root, kind)
    assert lake.position()[1] == 1


def test_a_lake_cannot_be_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    root = tmp_path / "file" / "lake"
    with refused("lake-not-writable", str(root)):
        Lake.init(root, "real")


def test_a_read_only_system_closes_all_that_writes(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    monkeypatch.setenv("GZDASH_READONLY", "1")
    writing = (
        lambda: commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]}),
        lambda: lake.undo(number, "李", "撤"),
        lambda: lake.redo(number, "李", "恢复"),
        lake.sweep,
        lambda: Lake.init(tmp_path / "another", "real"),
    )
    for verb in writing:
        with refused("lake-read-only", "GZDASH_READONLY"):
            verb()
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]
    assert not (tmp_path / "another").exists()


def test_a_reader_who_may_not_write_sees_every_commit_even_while_the_log_is_open(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger opened as immutable would not look into the write-ahead log beside it."""
    with closing(sqlite3.connect(lake.root / LEDGER)) as other:
        other.execute("SELECT * FROM lake").fetchall()
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
        assert (lake.root / f"{LEDGER}-wal").stat().st_size > 0
        monkeypatch.setattr("gzdash.lake.opening.os.access", lambda path, mode: False)
        assert lake.snapshot().event == 1
    assert lake.snapshot().event == 1


def test_a_folder_that_may_not_be_written_is_read_and_every_commit_refused(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    monkeypatch.setattr("gzdash.lake.opening.os.access", lambda path, mode: False)
    assert lake.snapshot().event == 1
    with refused("lake-not-writable", str(lake.root)):
        commit(lake, {"jobs": [jobs(BROAD, "2023-06", 3)]})
    assert lake.snapshot().event == 1


def test_data_without_its_ledger_is_never_built_over_or_swept(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real")
    (lake.root / "tables" / "jobs").mkdir(parents=True)
    (lake.root / "tables" / "jobs" / "1.parquet").write_bytes(b"rows")
    (lake.root / LEDGER).unlink()
    for verb in (lake.snapshot, lake.sweep, lambda: Lake.init(lake.root, "real")):
        with pytest.raises(Refused, match="lake-ledger-missing"):
            verb()
    assert (lake.root / "tables" / "jobs" / "1.parquet").read_bytes() == b"rows"
