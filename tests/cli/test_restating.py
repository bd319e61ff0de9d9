"""What the commands about data as it was promise: exact differences with their events, freezes with who and why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gzdash.cli import main
from gzdash.lake import Lake
from tests import register as city

HALF = "2023-01..2023-06"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command over the small city, whose five events were on 2023-09-10."""
    lake = city.build(tmp_path / "lake")

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main(["--lake", str(lake.root), *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return ran


def document(run: Run, *arguments: str) -> Any:
    code, out, err = run(*arguments, "--format", "json")
    assert code == 0, err
    return json.loads(out)


def test_what_changed_goes_to_a_file_in_numbers(run: Run) -> None:
    code, out, _ = run(
        "restatements",
        "--since",
        "2",
        "--metric",
        "jobs_posted",
        "--metric",
        "fill_rate",
        "--period",
        HALF,
        "--format",
        "csv",
        "--lang",
        "en",
    )
    assert code == 0
    head, *lines = csv.reader(io.StringIO(out.removeprefix("\ufeff")))
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    told = [(row["Metric"], row["Month"], row["Before"], row["After"], row["Difference"], row["Kind"]) for row in rows]
    assert told[0] == ("Jobs posted", "2023-02", "999", "11", "-988", "changed")
    assert all(float(row["Difference"]) for row in rows if row["Difference"])


def test_what_changed_is_told_with_the_events_that_made_it(run: Run) -> None:
    found = document(run, "restatements", "--since", "2", "--metric", "jobs_posted", "--period", HALF)
    assert (found["since"], found["until"], found["period"]) == (2, 5, HALF)
    (one,) = found["restatements"]
    assert (one["metric"], one["month"], one["new"]) == ("jobs_posted", "2023-02", False)
    assert (one["before"], one["after"], one["difference"]) == (999, 11, -988)
    (event,) = one["events"]
    assert (event["event"], event["kind"], event["import"], event["who"], event["why"]) == (
        3,
        "commit",
        3,
        "李",
        "测试",
    )
    assert event["difference"] == -988


def test_a_ratio_has_its_halves_and_its_exact_difference(run: Run) -> None:
    (one,) = document(run, "restatements", "--since", "2", "--metric", "fill_rate", "--period", HALF)["restatements"]
    assert (one["before_numerator"], one["before_denominator"]) == (999, 999)
    assert (one["after_numerator"], one["after_denominator"], one["difference_exact"]) == (5, 11, "-6/11")


@pytest.mark.parametrize(("since", "event"), [("2023-09-10T12:30", 3), ("2023-09-10", 5), ("20230909", 0)])
def test_since_may_be_a_time_and_as_of_is_the_end(since: str, event: int, run: Run) -> None:
    assert document(run, "restatements", "--since", since, "--period", HALF)["since"] == event
    ended = document(run, "restatements", "--since", "3", "--as-of", "4", "--period", HALF, "--metric", "jobs_posted")
    assert [(one["month"], one["difference"]) for one in ended["restatements"]] == [
        ("2023-01", 4990),
        ("2023-04", 5000),
    ]


def test_a_wrong_since_or_metric_is_named(run: Run) -> None:
    for option, place in ((("--since", "x"), "--since"), (("--since", "99"), "--since"), (("--metric", "x"), "metric")):
        code, _, err = run("restatements", *option)
        assert code == 2
        assert place in err


def test_a_period_is_frozen_listed_and_thawed(run: Run, tmp_path: Path) -> None:
    assert document(run, "freezes") == []
    made = document(run, "freeze", "半年报", "--period", HALF, "--who", "李", "--why", "已上报")
    assert made == {"event": 6, "name": "半年报", "period": HALF}
    (one,) = document(run, "freezes")
    assert (one["event"], one["name"], one["who"], one["why"], one["thawed"]) == (6, "半年报", "李", "已上报", False)
    assert document(run, "thaw", "6", "--who", "王", "--why", "重报") == {"event": 7, "thawed": 6}
    assert document(run, "freezes")[0]["thawed"] is True
    assert Lake(tmp_path / "lake").events()[-1].why == "重报"
    assert run("thaw", "6")[0] == 1
    assert run("freeze", "x", "--period", "2023-13")[0] == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_read_the_same_as_a_table(language: str, run: Run) -> None:
    code, out, _ = run("restatements", "--since", "2", "--period", HALF, "--lang", language)
    assert code == 0
    assert "2023-02" in out
    assert "−988" in out


def test_a_read_only_system_freezes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    assert run("freeze", "x", "--period", HALF)[0] == 1
    assert run("thaw", "1")[0] == 1
