"""What compaction promises: fewer files to read, the same rows, and every earlier state as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gzdash.cli.main import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake import Lake, Snapshot
from gzdash.lake.opening import LEDGER
from tests.lake.reading import posts
from tests.processes import nursery
from tests.register import BROAD, MOVED, REGISTER, SCHOOL, arrow, commit, jobs, ticking


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Three imports of June, of which the second replaces part of the first, and one of July."""
    lake = Lake.init(tmp_path / "lake", "real", ticking())
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3), jobs(SCHOOL, "2023-06", 1)]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4), jobs(BROAD, "2023-06", 5)]})
    commit(lake, {"jobs": [jobs(SCHOOL, "2023-06", 2)]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-07", 7)]})
    return lake


def rows(lake: Lake, event: int | None = None) -> list[tuple[str, str, int]]:
    """What a reader sees, read afresh."""
    return posts(DuckDBEngine(lake.root), lake.snapshot(event))


def names(snapshot: Snapshot) -> list[str]:
    """The files that are read, without their unique ends."""
    return [f"{Path(path).parent.name}/{Path(path).name.partition('-')[0]}" for path in snapshot.paths("jobs")]


NOW = sorted([(MOVED, "2023-06", 4), (MOVED, "2023-07", 7), (BROAD, "2023-06", 5), (SCHOOL, "2023-06", 2)])


def test_a_month_of_small_files_becomes_one_and_the_rows_stay_the_same(lake: Lake) -> None:
    assert rows(lake) == NOW
    done = lake.compact("李", "月末")
    assert (done.event, done.before, done.after, len(done.packs)) == (5, 4, 2, 1)
    assert names(lake.snapshot()) == ["2023-07/000004", "2023-06/pack"]
    assert rows(lake) == NOW
    assert [(one.kind, one.import_id, one.who, one.why) for one in lake.events()][-1] == ("compact", None, "李", "月末")


def test_rows_in_a_pack_know_their_import_and_those_replaced_are_in_it_too(lake: Lake) -> None:
    (pack,) = lake.compact("李", "月末").packs
    found = pq.read_table(lake.root / pack.path).select(["submission_owner", "import_id", "posts"]).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (MOVED, 1, 3),
        (MOVED, 2, 4),
        (BROAD, 2, 5),
        (SCHOOL, 1, 1),
        (SCHOOL, 3, 2),
    ]


def test_as_of_reads_the_files_as_they_were(lake: Lake) -> None:
    before = [rows(lake, event) for event in range(5)]
    lake.compact("李", "月末")
    assert [rows(lake, event) for event in range(5)] == before
    assert "2023-06/pack" not in names(lake.snapshot(4))


def test_an_undo_reads_the_files_again_and_a_redo_the_pack(lake: Lake) -> None:
    lake.compact("李", "月末")
    lake.undo(2, "李", "撤")
    assert names(lake.snapshot()) == ["2023-06/000001", "2023-06/000003", "2023-07/000004"]
    assert rows(lake) == sorted([(MOVED, "2023-06", 3), (MOVED, "2023-07", 7), (SCHOOL, "2023-06", 2)])
    lake.redo(2, "李", "恢复")
    assert names(lake.snapshot()) == ["2023-07/000004", "2023-06/pack"]
    assert rows(lake) == NOW


def test_a_later_import_stands_beside_the_pack_until_the_next_compaction(lake: Lake) -> None:
    lake.compact("李", "月末")
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 40)]})
    assert names(lake.snapshot()) == ["2023-06/000005", "2023-07/000004", "2023-06/pack"]
    expected = sorted([(MOVED, "2023-06", 40), *(row for row in NOW if row[:2] != (MOVED, "2023-06"))])
    assert rows(lake) == expected
    again = lake.compact("李", "再次")
    assert (again.before, again.after) == (3, 2)
    assert rows(lake) == expected
    assert rows(lake, 5) == NOW


def test_tables_without_a_file_a_month_become_one_file(lake: Lake) -> None:
    for row in REGISTER["organizations"]:
        commit(lake, {"organizations": [row]})
    engine = DuckDBEngine(lake.root)
    sql = "SELECT code, name, import_id FROM raw_organizations ORDER BY code"
    before = engine.run(sql, {}, lake.snapshot())
    lake.compact("李", "月末")
    assert len(lake.snapshot().paths("organizations")) == 1
    assert engine.run(sql, {}, lake.snapshot()) == before


def test_where_there_is_nothing_to_compact_nothing_happens(lake: Lake) -> None:
    lake.compact("李", "月末")
    again = lake.compact("李", "再次")
    assert (again.event, again.before, again.after, again.packs) == (None, 2, 2, ())
    assert lake.position()[1] == 5


def test_sweeping_spares_packs_and_a_pack_that_is_lost_costs_nothing_but_time(lake: Lake) -> None:
    (pack,) = lake.compact("李", "月末").packs
    assert lake.sweep() == ()
    (lake.root / pack.path).unlink()
    assert "2023-06/pack" not in names(lake.snapshot())
    assert rows(lake) == NOW


def test_a_file_that_is_gone_is_still_missed_with_its_rows_in_a_pack(lake: Lake) -> None:
    lake.compact("李", "月末")
    (lake.root / lake.snapshot().files[0].path).unlink()
    with pytest.raises(Refused, match="lake-file-missing"):
        lake.snapshot()


def test_a_preview_reads_the_right_files(lake: Lake) -> None:
    lake.compact("李", "月末")
    engine = DuckDBEngine(lake.root)
    with lake.previewing({"jobs": arrow("jobs", [jobs(MOVED, "2023-06", 40)])}) as seen:
        assert (MOVED, "2023-06", 40) in posts(engine, seen)
        assert (MOVED, "2023-06", 4) not in posts(engine, seen)


@pytest.mark.slow
@pytest.mark.parametrize("step", ["write_pack", "insert_packs"])
def test_a_compaction_that_is_killed_leaves_nothing(step: str, lake: Lake, tmp_path: Path) -> None:
    module = "gzdash.lake.packs" if step == "write_pack" else "gzdash.lake.lake"
    with nursery(tmp_path / "told") as killing:
        assert killing.run("--lake", str(lake.root), "compact", dies_at=(module, step, 1)).code < 0
    assert lake.position()[1] == 4
    assert rows(lake) == NOW
    left = lake.sweep()
    assert len(left) == (step == "insert_packs")
    assert lake.compact("李", "再次").event == 5
    assert rows(lake) == NOW


def test_the_ledger_keeps_what_was_packed_and_the_command_says_what_it_did(
    lake: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lake", str(lake.root), "--lang", "en", "compact", "--why", "month end"]) == 0
    said = "Small files are compacted, snapshot 5: 4 files to read before, 2 now."
    assert capsys.readouterr().out.strip() == said
    with closing(sqlite3.connect(lake.root / LEDGER)) as ledger:
        assert ledger.execute("SELECT event, table_name, rows FROM packs").fetchall() == [(5, "jobs", 5)]
        assert ledger.execute("SELECT count(*) FROM packed").fetchone() == (3,)
    assert main(["--lake", str(lake.root), "--lang", "en", "compact"]) == 0
    assert capsys.readouterr().out.strip() == "No small files to compact among 2."
