"""What the dialog promises that questions a figure: the figure, its imports and cells, and all of it as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gzdash.answer import Question
from gzdash.ask import Desk, default_selection
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.trace import trace
from gzdash.trace.file import trace_csv


@pytest.fixture(scope="module")
def lake(lake_dir: Path) -> Lake:
    return Lake(lake_dir)


@pytest.fixture(scope="module")
def desk(lake: Lake) -> Desk:
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_file_of_all_rows_adds_up_to_the_published_hires_of_the_demonstration(desk: Desk, lake: Lake) -> None:
    found = trace(desk, lake, Question("graduates_hired", default_selection(desk.snapshot)))
    rows = lines(b"".join(trace_csv(found, "numerator", "zh")))
    assert sum(int(row["数值（人）"]) for row in rows) == 1835
    assert len(rows) == found.count() == 1288
    assert {row["数据性质（演示数据）"] for row in rows} == {"演示数据"}
    assert sum(one.value for one in found.contributors["numerator"]) == 1835


@pytest.mark.parametrize("key", METRICS)
def test_every_metric_has_its_rows_as_a_file_in_both_languages(key: str, desk: Desk, lake: Lake) -> None:
    found = trace(desk, lake, Question(key, default_selection(desk.snapshot)))
    for half in found.halves:
        zh, en = (lines(b"".join(trace_csv(found, half.half, language))) for language in ("zh", "en"))
        assert len(zh) == len(en) == found.count(half.half)


def test_the_server_streams_the_rows_of_one_part_and_refuses_what_it_does_not_know(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.applications import Starlette

    from gzdash.screen.server import ROUTES

    monkeypatch.setenv("GZDASH_LAKE", str(lake.root))
    client = TestClient(Starlette(routes=ROUTES))
    whole = client.get("/trace/jobs_posted.csv?period=2023-01..2023-07")
    part = client.get("/trace/jobs_posted.csv?period=2023-01..2023-07&by=month&key_month=2023-03&lang=en")
    assert sum(int(row["数值（个）"]) for row in lines(whole.content)) == 3057
    assert sum(int(row["Value (posts)"]) for row in lines(part.content)) == 512
    assert {row["Month"] for row in lines(part.content)} == {"2023-03"}
    assert client.get("/trace/jobs_postet.csv").status_code == 404
    assert client.get("/trace/jobs_posted.csv?chain=nowhere").status_code == 409
    assert client.get("/trace/jobs_posted.csv?by=colour&key_colour=red").status_code == 409
    # A split named twice is one split, as on the command line.
    twice = client.get("/trace/jobs_posted.csv?period=2023-01..2023-07&by=month,month&key_month=2023-03&lang=en")
    assert twice.content == part.content
