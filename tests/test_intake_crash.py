"""What an import promises when it is killed: the store is as before or as after, and it can be told which."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake.attempts import forget, interrupted
from gzdash.lake import Lake
from gzdash.selection import Period, Selection
from tests.processes import PATIENCE_SECONDS, ROOT, Nursery, nursery
from tests.register import BROAD, MOVED

pytestmark = pytest.mark.slow

KILLS = 44
HEADER = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）,实际招聘（人）,联系电话"

# The file replaces what MOVED had reported for June, and brings a July. Its telephone numbers are blanked when kept.
FIRST = (f"2023-05,{MOVED},社会组织,高校毕业生,10,4,", f"2023-06,{MOVED},社会组织,高校毕业生,20,5,")
SECOND = (
    f"2023-06,{MOVED},社会组织,高校毕业生,25,6,13800138000",
    f"2023-07,{MOVED},社会组织,高校毕业生,7,7,",
    f"2023-07,{BROAD},社会组织,高校毕业生,30,1,",
)
FILE, WHO = "就业月报.csv", "张三"

# Month, who, posts, hires and the import of every row that a reader sees; posts by month; figures beside them.
BEFORE = {
    "rows": [("2023-05", MOVED, 10, 4, 1), ("2023-06", MOVED, 20, 5, 1)],
    "posted": {"2023-05": 10, "2023-06": 20},
    "hired": 9,
    "organizations": 1,
}
AFTER = {
    "rows": [
        ("2023-05", MOVED, 10, 4, 1),
        ("2023-06", MOVED, 25, 6, 2),
        ("2023-07", MOVED, 7, 7, 2),
        ("2023-07", BROAD, 30, 1, 2),
    ],
    "posted": {"2023-05": 10, "2023-06": 25, "2023-07": 37},
    "hired": 18,
    "organizations": 2,
}


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    return path


def command(root: Path, file: Path) -> list[str]:
    told = ["--table", "jobs", "--who", WHO, "--why", "月报", "--submitted-before", "replace"]
    return ["--lake", str(root), "import", str(file), *told]


@pytest.fixture(scope="module")
def nurse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("nursery") / "said") as ready:
        yield ready


@pytest.fixture(scope="module")
def pristine(nurse: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a lake with one import; every trial is made on a copy."""
    home = tmp_path_factory.mktemp("pristine")
    Lake.init(home / "lake", "real")
    assert nurse.run(*command(home / "lake", written(home / "first.csv", *FIRST))).code == 0
    written(home / FILE, *SECOND)
    return home


def copied(pristine: Path, place: Path) -> Lake:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(pristine, place)
    return Lake(place / "lake")


def figures(lake: Lake) -> dict[str, Any]:
    """The state as a reader sees it, to be compared with BEFORE and AFTER."""
    engine = DuckDBEngine(lake.root)
    desk = Desk(lake.snapshot(), engine)
    year = Selection(Period("2023-01", "2023-12"))
    sql = "SELECT strftime(month, '%Y-%m') AS m, organization AS o, posts, hires, import_id FROM jobs ORDER BY ALL"
    return {
        "rows": sorted(tuple(row.values()) for row in engine.run(sql, {}, desk.snapshot).to_pylist()),
        "posted": {row.key[0]: row.value for row in desk.ask("jobs_posted", year, "month").rows if row.value},
        "hired": desk.ask("graduates_hired", year).value,
        "organizations": desk.ask("organizations_posting", year).value,
    }


def checked(lake: Lake) -> str:
    """Says whether the store is as before or as after, and which of them the page says; nothing else may be."""
    state = figures(lake)
    assert state in (BEFORE, AFTER)
    is_after = state == AFTER
    assert [one.id for one in lake.imports()] == ([1, 2] if is_after else [1])
    told = interrupted(lake)
    assert [(one.file_name, one.who, one.table, one.landed) for one in told] in (
        [],
        [(FILE, WHO, "jobs", 2 if is_after else None)],
    )
    _check_sweep(lake)
    assert figures(lake) == state
    for attempt in told:
        forget(lake, attempt)
    assert interrupted(lake) == ()
    # A note half written says nothing; the next import takes it away.
    assert not told or not hidden(lake)
    return f"{'after' if is_after else 'before'}, {'told' if told else 'nothing to tell'}"


def hidden(lake: Lake) -> list[Path]:
    return [path for path in lake.uploads.rglob(".*") if path.is_file()]


def _check_sweep(lake: Lake) -> None:
    named = {file.path for file in lake.snapshot().files}
    lake.sweep()
    assert {path.relative_to(lake.root).as_posix() for path in (lake.root / "tables").rglob("*.parquet")} == named


def test_an_import_killed_at_random_moments_is_as_before_or_as_after_and_says_which(
    nurse: Nursery, pristine: Path, tmp_path: Path
) -> None:
    chance = random.Random(20230915)
    lake = copied(pristine, tmp_path / "trial")
    begun = time.monotonic()
    assert nurse.run(*command(lake.root, tmp_path / "trial" / FILE)).code == 0
    life = time.monotonic() - begun
    assert checked(lake) == "after, nothing to tell"
    found = Counter[str]()
    while found.total() < KILLS:
        lake = copied(pristine, tmp_path / "trial")
        process = nurse.start(*command(lake.root, tmp_path / "trial" / FILE))
        time.sleep(chance.uniform(0, life))
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        # One that was faster than the kill is no trial, but must be whole as well.
        killed = nurse.ended().code == -signal.SIGKILL
        found[checked(lake)] += killed
    assert found["before, told"] > 0
    assert nurse.run(*command(lake.root, tmp_path / "trial" / FILE)).code == 0
    assert figures(lake)["posted"] == AFTER["posted"]
    assert not hidden(lake)


@pytest.mark.parametrize(
    ("module", "step", "nth", "left"),
    [
        ("gzdash.intake.attempts", "write_whole", 1, "before, nothing to tell"),
        ("gzdash.intake", "examine", 1, "before, told"),
        ("gzdash.intake.keep", "write_whole", 1, "before, told"),
        ("os", "replace", 2, "before, told"),
        ("gzdash.intake.keep", "sync_folder", 2, "before, told"),
        ("gzdash.lake.files", "_sync", 1, "before, told"),
        ("gzdash.lake.files", "_sync", 2, "before, told"),
        ("gzdash.lake.lake", "insert_event", 1, "before, told"),
        ("gzdash.intake.attempts", "_remove", 1, "after, told"),
    ],
)
def test_an_import_that_dies_at_a_step_says_what_became_of_it(
    module: str, step: str, nth: int, left: str, nurse: Nursery, pristine: Path, tmp_path: Path
) -> None:
    lake = copied(pristine, tmp_path / "trial")
    ended = nurse.run(*command(lake.root, tmp_path / "trial" / FILE), dies_at=(module, step, nth))
    assert ended.code == -signal.SIGKILL, ended.said
    assert checked(lake) == left
    assert nurse.run(*command(lake.root, tmp_path / "trial" / FILE)).code == 0
    assert figures(lake)["posted"] == AFTER["posted"]
    assert not hidden(lake)


def test_a_command_killed_from_outside_is_told_of_as_well(pristine: Path, tmp_path: Path) -> None:
    """The whole command with its loading; it is killed as soon as its note lies there."""
    lake = copied(pristine, tmp_path / "trial")
    given = [sys.executable, "-m", "gzdash", *command(lake.root, tmp_path / "trial" / FILE)]
    with subprocess.Popen(given, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not list(lake.uploads.glob(".attempts/*.json")) and time.monotonic() < deadline:
            pass
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert checked(lake).endswith(", told")
