"""The bench of imports measures what it says: every file comes in, through the same doors as a reader's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import doubts, imports
from bench.import_files import organizations
from bench.imports import Case, Measured, Took
from gzdash.intake.values import is_plain_code
from gzdash.metrics import METRICS


@pytest.mark.slow
def test_every_file_of_the_bench_is_imported_and_measured_beside_its_own_least(tmp_path: Path) -> None:
    measured = imports.measure(tmp_path, sheet_rows=200, csv_rows=2_000, rounds=1)
    assert [one.case.name for one in measured] == [case.name for case in imports.CASES]
    assert all(took.seconds > 0 for one in measured for pair in one.rounds for took in pair)
    assert not (tmp_path / "copy").exists()


def test_a_goal_is_met_by_time_and_memory_together() -> None:
    case = Case("csv", "a.csv", "jobs", "duckdb", "import", 4)
    alone = Took(1.0, 100)
    assert Measured(case, [(alone, Took(3.9, 999)), (alone, Took(9.0, 999)), (alone, Took(1.0, 999))]).is_met
    assert not Measured(case, [(alone, Took(4.1, 999))]).is_met
    assert not Measured(case, [(alone, Took(1.0, 1_000))]).is_met


def test_the_organizations_of_the_bench_have_right_codes() -> None:
    codes = organizations()
    assert len(set(codes)) == 2_000
    assert all(map(is_plain_code, codes))


def test_every_way_to_question_a_figure_is_measured_for_every_metric(
    lake_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubts, "ROUNDS", 1)
    found = doubts.measure(lake_dir)
    assert [one.name for one in found] == [
        "figure and imports",
        "and first rows with cells",
        "the same, files not yet open",
        "coverage",
        "as it stood",
        "what changed",
    ]
    assert all(set(one.ratios) == set(METRICS) and min(one.ratios.values()) >= 0 for one in found)
    assert doubts.table(found).count("\n") == len(found)
