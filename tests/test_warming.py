"""Warming: what the first page asks is asked before anybody comes, and no session notices."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from gzdash.ask import desk as asking
from gzdash.ask.cache import Answers
from gzdash.ask.reporting import reporting
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.rollups import renew
from gzdash.screen import source, starting
from gzdash.screen.remembered import forget, page_drawn
from gzdash.screen.starting import warm_next, warm_up
from tests import register as city

ROOT = Path(__file__).resolve().parents[1]
FRAME = ROOT / "gzdash" / "screen" / "frame.py"


def counted(run: Callable[..., pa.Table], asked: list[str]) -> Callable[..., pa.Table]:
    """The same way to ask, with what is asked noted."""

    def noted(self: DuckDBEngine, sql: str, *given: Any) -> pa.Table:
        asked.append(sql)
        return run(self, sql, *given)

    return noted


@pytest.mark.slow
def test_after_warming_the_first_reader_asks_the_engine_nothing(
    lake_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(lake_dir))
    monkeypatch.setattr(asking, "_CACHE", Answers())
    asked = list[str]()
    for name in ("run", "run_held"):
        monkeypatch.setattr(DuckDBEngine, name, counted(getattr(DuckDBEngine, name), asked))
    forget()
    reporting.cache_clear()
    to_come = warm_up()
    assert len(asked) > 10
    asked.clear()
    page = AppTest.from_file(str(FRAME), default_timeout=60).run()
    assert not page.exception
    assert asked == []
    while to_come:
        warm_next(to_come)
    for chain in ("GZ21-01", "GZ21-05", "GZ21-21"):
        asked.clear()
        page.query_params["chain"] = chain
        assert not page.run().exception
        assert asked == []
    assert "could not be drawn" not in caplog.text


def test_nothing_is_warmed_ahead_while_a_page_is_drawn_or_rollups_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = city.build(tmp_path / "lake")
    monkeypatch.setenv("GZDASH_LAKE", str(lake.root))
    monkeypatch.setattr(starting, "start_renewing", lambda: None)
    to_come = warm_up()
    assert len(to_come) == 21
    warm_next(to_come)
    assert len(to_come) == 21
    renew(lake, source.engine(lake.root))
    with page_drawn():
        warm_next(to_come)
    assert len(to_come) == 21
    warm_next(to_come)
    assert len(to_come) == 20


def test_a_lake_without_rows_has_no_page_to_be_warmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(Lake.init(tmp_path / "lake", "real").root))
    warm_up()
    assert not caplog.records


def test_a_lake_that_cannot_be_read_is_said_and_the_server_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(tmp_path / "none"))
    assert not source.lake().exists
    warm_up()
    assert "[lake-missing]" in capsys.readouterr().err


def test_a_server_comes_up_without_what_only_an_import_needs() -> None:
    code = "import sys, app; print(sorted({'openpyxl', 'xlsxwriter', 'gzdash.demo.building'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
