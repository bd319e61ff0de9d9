"""The bench measures what it says, through the same doors as a reader, and keeps what it found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import doubts, imports, readers, report
from bench.__main__ import WHAT, main
from bench.found import Found, Line
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


@pytest.mark.slow
def test_every_way_to_question_a_figure_is_measured_for_every_metric(
    lake_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubts, "ROUNDS", 1)
    # Times are not looked at here, and garbage of all the tests before would be looked for at every metric.
    monkeypatch.setattr(doubts, "gc", SimpleNamespace(collect=lambda: 0))
    found = doubts.measure(lake_dir)
    assert [one.name for one in found] == [
        "figure and imports",
        "and first rows with cells",
        "the same, files not yet open",
        doubts.COVERAGE,
        "as it stood",
        "what changed",
    ]
    listed = {key for key, one in METRICS.items() if one.subject.table == "jobs"}
    assert all(set(one.ratios) >= listed and min(one.ratios.values()) >= 0 for one in found)
    assert [one.name for one in found if set(one.ratios) != set(METRICS)] == [doubts.COVERAGE]
    assert doubts.table(found).count("\n") == len(found)


@pytest.mark.slow
def test_the_commands_that_question_a_figure_are_measured_beside_ask(lake_dir: Path) -> None:
    found = doubts.as_commands(lake_dir, ["jobs_posted"])
    assert [one.name.split(",")[0] for one in found] == ["trace", "ask --as-of", "restatements"]
    assert all(one.ratios["jobs_posted"] > 0 for one in found)


@pytest.mark.slow
def test_a_tiny_run_measures_everything_that_needs_no_browser_and_keeps_it(
    lake_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(readers, "ARRIVE_SECONDS", 0.1)
    monkeypatch.setattr(readers, "THINK_SECONDS", 0.05)
    monkeypatch.setattr(readers, "MANY", 3)
    monkeypatch.setattr(doubts, "ROUNDS", 1)
    sizes = ["--rows", "100000", "--readers", "1", "3", "--seconds", "1", "--rounds", "2", "--file-rows", "2000"]
    names = ["questions", "readers", "exports"]
    assert main([*names, "--lake", str(lake_dir), *sizes]) == 0
    (kept,) = (tmp_path / "results").iterdir()
    found = json.loads(kept.read_text())["found"]
    assert [one["name"] for one in found] == names
    # Memory may go back to the system meanwhile.
    assert all(line["value"] >= 0 or line["unit"] == "MB" for one in found for line in one["lines"])
    assert [line["unit"] for line in found[1]["lines"] if "memory of its own" in line["what"]] == ["MB"]
    asked, crowds, _ = (one["detail"] for one in found)
    assert asked[0]["questions"] > 50
    assert [(crowd["errors"], crowd["wrong"]) for crowd in crowds] == [([], []), ([], [])]
    assert all(crowd["reruns"] and all(megabytes > 0 for megabytes in crowd["megabytes"]) for crowd in crowds)
    assert "goals met" in capsys.readouterr().out


def test_figures_that_are_not_what_was_asked_are_counted_as_wrong(lake_dir: Path) -> None:
    checked = readers.Checked(lake_dir)
    assert checked.wrong((), {"jobs_posted": "3,057", "graduates_hired": "1,835"}) == []
    assert checked.wrong((), {"jobs_posted": "3,058"}) == ["() jobs_posted: 3,058, not 3,057"]


def test_a_soak_says_what_its_second_half_added_to_memory() -> None:
    held = [300.0, 400.0, 480.0, 490.0, 495.0, 500.0, 500.0, 501.0, 500.0, 502.0, 503.0, 525.0]
    crowd = readers.Crowd(20, readers.SOAK_SECONDS, reruns=[0.1, 0.2], megabytes=held)
    (line,) = (one for one in readers._lines(crowd, crowd) if "after an hour" in one.what)
    assert (line.value, line.is_met) == (1.05, True)
    short = readers.Crowd(20, 40.0, reruns=[0.1, 0.2], megabytes=held)
    assert not [one for one in readers._lines(short, short) if "after an hour" in one.what]


def test_what_was_found_stands_between_the_markers_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text("before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n")
    lines = [
        Line("click", "bare page", 5.93, 6),
        Line("start", "bare page", 12.0, 2),
        Line("memory", "", 1234.5, unit="MB"),
    ]
    report.document([Found("clicks", lines)], datetime(2026, 11, 27, tzinfo=UTC), path)
    text = path.read_text()
    assert text.startswith("before\n<!-- bench: begin -->\n\n2026-11-27, ")
    assert text.endswith("\n<!-- bench: end -->\nafter\n")
    assert "| click | bare page | **5.93 ×** | ≤ 6 × | met |" in text
    assert "| start | bare page | **12 ×** | ≤ 2 × | missed |" in text
    assert "| memory |  | **1,234 MB** |  |  |" in text
    assert "old" not in text
    path.write_text("no place")
    with pytest.raises(ValueError, match="no place for what was found"):
        report.document([Found("clicks", lines)], datetime(2026, 11, 27, tzinfo=UTC), path)


def test_the_document_in_the_project_has_a_place_for_what_is_found() -> None:
    text = report.DOCUMENT.read_text("utf-8")
    assert text.count(report.BEGIN) == text.count(report.END) == 1
    assert all(f"| `{name}` |" in text for name in WHAT)


def test_the_verdict_names_what_is_missed() -> None:
    found = [Found("clicks", [Line("a", "", 3.0, 2), Line("b", "", 1.0, 2), Line("c", "", 9.0)])]
    assert report.verdict(found) == "1 of 2 goals met, missed:\n  a: 3 ×, ≤ 2 ×"
