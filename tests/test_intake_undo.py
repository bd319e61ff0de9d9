"""Undo and redo in any order over any imports: the store is the one that the live imports alone would have made."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import import_file
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import SHANGHAI
from gzdash.selection import Period, Selection
from tests.register import BROAD, MOVED

HEADER = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）,实际招聘（人）"
YEAR = Selection(Period("2023-01", "2023-12"))
TODAY = datetime(2023, 9, 20, 12, tzinfo=SHANGHAI)
# Every metric that is counted from the table of jobs alone.
ASKED = tuple(one.key for one in METRICS.values() if one.subject.table == "jobs" and "month" in one.splits)

# Organization, month, posts and hires of one row; a file holds each organization's month once.
ROW = st.tuples(st.sampled_from((MOVED, BROAD)), st.sampled_from(("2023-05", "2023-06", "2023-07")), st.integers(0, 50))
FILE = st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row[:2])
# A file to bring in, or which of the imports there are to turn: a live one is undone, an undone one put back.
ACTION = FILE | st.integers(0, 5)

File = list[tuple[str, str, int]]


@dataclass
class Town:
    """A lake with its gate, and the files that came through it."""

    home: Path
    files: list[File] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lake = Lake.init(self.home / "lake", "real", lambda: TODAY)
        self.engine = DuckDBEngine(self.lake.root)

    def bring(self, file: File) -> None:
        lines = [f"{month},{owner},社会组织,高校毕业生,{posts},{posts // 2}" for owner, month, posts in file]
        path = self.home / "月报.csv"
        path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
        number, _ = import_file(self.lake, self.engine, path, "jobs", who="李", why="月报", replace="replace")
        self.files.append(file)
        assert number == len(self.files)

    def turn(self, place: int) -> None:
        """Undo or redo one of the imports."""
        if self.files:
            one = self.lake.imports()[place % len(self.files)]
            (self.lake.undo if one.live else self.lake.redo)(one.id, "李", "试")

    def live_files(self) -> list[File]:
        return [self.files[one.id - 1] for one in self.lake.imports() if one.live]

    def rows(self) -> list[tuple[Any, ...]]:
        """Every row a reader sees; which import brought it is another number in another lake."""
        found = self.engine.run("SELECT * EXCLUDE (import_id) FROM raw_jobs ORDER BY ALL", {}, self.lake.snapshot())
        return [tuple(row.values()) for row in found.to_pylist()]

    def figures(self) -> dict[str, list[tuple[Any, ...]]]:
        desk = Desk(self.lake.snapshot(), self.engine)
        return {
            key: [(row.key, row.value, row.numerator, row.denominator) for row in desk.ask(key, YEAR, "month").rows]
            for key in ASKED
        }


def test_the_metrics_asked_are_those_of_employment() -> None:
    assert {"jobs_posted", "graduates_hired", "fill_rate", "organizations_posting"} <= set(ASKED)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(actions=st.lists(ACTION, min_size=3, max_size=6))
def test_the_store_equals_one_built_from_the_live_imports_alone(actions: list[File | int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one").mkdir()
        (Path(folder) / "other").mkdir()
        town, fresh = Town(Path(folder) / "one"), Town(Path(folder) / "other")
        for action in actions:
            town.turn(action) if isinstance(action, int) else town.bring(action)
        for file in town.live_files():
            fresh.bring(file)
        assert town.rows() == fresh.rows()
        assert town.figures() == fresh.figures()
        assert town.lake.sweep() == ()


@pytest.mark.slow
def test_this_walk_gives_these_figures(tmp_path: Path) -> None:
    """By hand: what a correction took the place of counts again without it, and is replaced again with it."""
    town = Town(tmp_path)
    town.bring([(MOVED, "2023-05", 10), (BROAD, "2023-05", 5)])
    town.bring([(MOVED, "2023-05", 30), (MOVED, "2023-06", 7)])

    def posted() -> dict[str, int]:
        desk = Desk(town.lake.snapshot(), town.engine)
        return {row.key[0]: row.value for row in desk.ask("jobs_posted", YEAR, "month").rows}  # type: ignore[misc]

    assert posted() == {"2023-05": 35, "2023-06": 7}
    town.turn(1)
    assert posted() == {"2023-05": 15}
    town.turn(0)
    assert posted() == {}
    town.turn(1)
    assert posted() == {"2023-05": 30, "2023-06": 7}
    town.turn(0)
    assert posted() == {"2023-05": 35, "2023-06": 7}
