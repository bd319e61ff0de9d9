"""What the lake promises when things go wrong: a killed writer loses nothing, and readers never see half."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake, Layout, Placed, Snapshot, files
from gzdash.lake import lake as writing
from tests.processes import PATIENCE_SECONDS, ROOT, die_at
from tests.register import BROAD, MOVED, Rows, commit, day, jobs

# What one import of the writer below holds: five rows in two tables and four files.
WHOLE = {"jobs": 3, "financing": 2}
LAYOUTS = tuple(Layout(table, "Sheet1", 0, (Placed("organization", "B", ""),)) for table in WHOLE)
COMMITS = 200
WRITER = "import sys; from tests.lake.test_crash import write; write(*sys.argv[1:])"


def rows_of_one_import() -> Rows:
    """Always the same submissions, so that every import replaces the one before it."""
    case = {"case": "A1", "organization": MOVED, "stage": "credit_line", "amount": Decimal("1.00")}
    return {
        "jobs": [jobs(MOVED, "2023-05"), jobs(BROAD, "2023-05"), jobs(MOVED, "2023-06")],
        "financing": [case | {"date": day("2023-05-01")}, case | {"date": day("2023-06-01")}],
    }


def write(root: str, times: str, dies_at: str = "") -> None:
    """The child process: commits and says each import's number once it is told that it is true.

    It kills itself the third time it comes to the step `dies_at`.
    """
    if dies_at:
        home = files if hasattr(files, dies_at) and not hasattr(writing, dies_at) else writing
        die_at(home.__name__, dies_at, 3)
    lake = Lake(Path(root))
    for _ in range(int(times)):
        print(commit(lake, rows_of_one_import(), layouts=LAYOUTS), flush=True)


@contextmanager
def writer(lake: Lake, times: int, dies_at: str = "") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITER, str(lake.root), str(times), dies_at]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def said(pipe: IO[str] | None) -> list[int]:
    """The imports that a writer was told are true; its last line may be cut off by the kill."""
    assert pipe is not None
    return [int(line) for line in pipe if line.endswith("\n")]


def stored(engine: DuckDBEngine, snapshot: Snapshot) -> dict[int, dict[str, int]]:
    """How many rows of each table lie in the live files of each import, superseded ones too."""
    found: dict[int, dict[str, int]] = {}
    for table in WHOLE:
        if paths := snapshot.paths(table):
            listed = ", ".join(f"'{path}'" for path in paths)
            sql = f"SELECT import_id, count(*) AS n FROM read_parquet([{listed}]) GROUP BY import_id"
            for row in engine.run(sql, {}, snapshot).to_pylist():
                found.setdefault(row["import_id"], {})[table] = row["n"]
    return found


def seen(engine: DuckDBEngine, snapshot: Snapshot) -> dict[int, dict[str, int]]:
    """How many rows of each table a reader sees from each import."""
    sql = "SELECT 'jobs' AS t, import_id FROM jobs UNION ALL SELECT 'financing', import_id FROM financing"
    found: dict[int, dict[str, int]] = {}
    for row in engine.run(sql, {}, snapshot).to_pylist():
        counts = found.setdefault(row["import_id"], {})
        counts[row["t"]] = counts.get(row["t"], 0) + 1
    return found


def check_whole(lake: Lake, acknowledged: set[int]) -> int:
    """Nothing acknowledged is lost, nothing is half there, only orphans are swept; returns how many were."""
    snapshot = lake.snapshot()
    engine = DuckDBEngine(lake.root)
    imports = [one.id for one in lake.imports()]
    assert imports == list(range(1, len(imports) + 1))
    assert acknowledged <= set(imports)
    assert stored(engine, snapshot) == dict.fromkeys(imports, WHOLE)
    assert lake.layouts(imports) == dict.fromkeys(imports, LAYOUTS)
    assert lake.layouts([len(imports) + 1]) == {len(imports) + 1: ()}
    assert seen(engine, snapshot) == ({imports[-1]: WHOLE} if imports else {})
    named = {file.path for file in snapshot.files}
    swept = lake.sweep()
    assert not named & set(swept)
    assert {path.relative_to(lake.root).as_posix() for path in lake.root.rglob("*.parquet")} == named
    assert stored(engine, lake.snapshot()) == dict.fromkeys(imports, WHOLE)
    return len(swept)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


@pytest.mark.slow
def test_a_writer_killed_at_random_moments_of_200_commits_loses_and_corrupts_nothing(lake: Lake) -> None:
    chance = random.Random(20230910)
    acknowledged = set[int]()
    kills = 0
    while len(acknowledged) < COMMITS:
        with writer(lake, COMMITS) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 25)):
                acknowledged.add(int(process.stdout.readline()))
            time.sleep(chance.uniform(0, 0.08))
            process.kill()
            acknowledged.update(said(process.stdout))
        kills += 1
        check_whole(lake, acknowledged)
    assert kills >= 8


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        "stored_tables",
        "insert_import",
        "_sync",
        "sync_folder",
        "insert_submissions",
        "insert_layouts",
        "insert_event",
    ],
)
def test_a_writer_that_dies_at_any_step_of_a_commit_leaves_what_was_true_before(step: str, lake: Lake) -> None:
    with writer(lake, 3, step) as process:
        acknowledged = set(said(process.stdout))
        assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    assert len(lake.imports()) == len(acknowledged)
    swept = check_whole(lake, acknowledged)
    assert (swept > 0) == (step in ("_sync", "sync_folder", "insert_submissions", "insert_layouts", "insert_event"))
    assert commit(lake, rows_of_one_import(), layouts=LAYOUTS) == len(acknowledged) + 1


@pytest.mark.slow
def test_two_processes_committing_at_once_both_land_and_a_reader_never_sees_half(lake: Lake) -> None:
    """The reader polls all the while: whatever it sees, each import is there with all its rows or with none."""
    engine = DuckDBEngine(lake.root)
    states = set[int]()
    with writer(lake, 25) as first, writer(lake, 25) as second:
        while first.poll() is None or second.poll() is None:
            snapshot = lake.snapshot()
            assert stored(engine, snapshot) == dict.fromkeys(range(1, snapshot.event + 1), WHOLE)
            assert seen(engine, snapshot) == ({snapshot.event: WHOLE} if snapshot.event else {})
            states.add(snapshot.event)
        assert (first.returncode, second.returncode) == (0, 0)
        told = [said(first.stdout), said(second.stdout)]
    assert sorted(told[0] + told[1]) == list(range(1, 51))
    assert [len(numbers) for numbers in told] == [25, 25]
    assert len(states) > 5
    assert check_whole(lake, set(range(1, 51))) == 0


def test_sweeping_waits_for_a_writer_and_spares_what_it_writes(lake: Lake, tmp_path: Path) -> None:
    """Files lie on disk before the ledger names them: a sweep in that moment must not take them for orphans."""
    with writer(lake, 15) as process:
        while process.poll() is None:
            lake.sweep()
        assert process.returncode == 0
    assert check_whole(lake, set(range(1, 16))) == 0
