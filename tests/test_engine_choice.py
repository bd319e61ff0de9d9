"""Which engine answers: what the setting may say, and what is said where it cannot be followed."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from gzdash.cli import main
from gzdash.engines import choosing
from gzdash.engines.choosing import ENGINE, chosen_server, engine_of
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.spark_address import SparkAddress
from gzdash.faults import Refused, WrongUsage
from gzdash.screen import source

ROOT = Path(__file__).resolve().parent.parent


def installed(name: str) -> ModuleSpec:
    return ModuleSpec(name, None)


@pytest.mark.parametrize("setting", ["", "  ", "duckdb"])
def test_duckdb_answers_unless_another_engine_is_set(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENGINE, setting)
    assert isinstance(engine_of(tmp_path), DuckDBEngine)
    assert isinstance(source.engine(tmp_path), DuckDBEngine)
    monkeypatch.delenv(ENGINE)
    assert isinstance(engine_of(tmp_path), DuckDBEngine)


@pytest.mark.parametrize(
    ("setting", "host", "port"),
    [
        ("sc://127.0.0.1:15002", "127.0.0.1", 15002),
        ("sc://spark.example.cn", "spark.example.cn", 15002),
        ("sc://spark_1:7077/;use_ssl=true;token=secret", "spark_1", 7077),
        ("sc://[::1]:9/", "::1", 9),
    ],
)
def test_an_address_names_a_machine_and_a_port(
    setting: str, host: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENGINE, setting)
    monkeypatch.setattr(choosing, "find_spec", installed)
    assert chosen_server() == SparkAddress(setting, host, port)
    assert str(chosen_server()) == f"sc://{host}:{port}"


@pytest.mark.parametrize(
    "setting",
    ["spark", "sc://", "sc://host:0", "sc://host:65536", "sc://host:x", "sc://a b", "http://host:15002", "sc://host/x"],
)
def test_nonsense_is_refused_with_what_to_write_instead(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE, setting)
    with pytest.raises(WrongUsage, match=r"engine-unknown.*GZDASH_ENGINE: .*sc://host:port"):
        chosen_server()


def test_missing_packages_are_named_with_the_file_that_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE, "sc://127.0.0.1")
    monkeypatch.setattr(choosing, "find_spec", lambda name: None if name in ("pyspark", "sqlglot") else installed(name))
    with pytest.raises(Refused, match=r"requirements-spark\.txt: .*: pyspark, sqlglot\. Run pip install") as told:
        chosen_server()
    assert "pip install -r requirements-spark.txt" in told.value.faults[0].line("zh")


def test_every_package_of_the_extra_is_pinned_and_none_of_the_dashboard_needs_it() -> None:
    lines = (ROOT / "requirements-spark.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    assert set(pins) == {"googleapis-common-protos", "grpcio", "grpcio-status", "pyspark", "sqlglot", "zstandard"}
    assert not set(pins) & set((ROOT / "requirements.txt").read_text("utf-8").replace("==", " ").split())


def test_the_command_line_refuses_nonsense_as_wrong_usage(
    lake_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(ENGINE, "sc://token@host")
    assert main(["--lake", str(lake_dir), "--lang", "en", "ask", "jobs_posted"]) == 2
    said = capsys.readouterr().err
    assert "[engine-unknown] GZDASH_ENGINE: The setting names no query engine." in said
    assert "token" not in said


@pytest.mark.slow
def test_a_server_with_a_nonsense_setting_does_not_come_up(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env=os.environ | {ENGINE: "duck", "GZDASH_LAKE": str(tmp_path / "lake")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert "[engine-unknown] GZDASH_ENGINE: 查询引擎的设置读不懂。" in done.stderr
    assert "[engine-unknown] GZDASH_ENGINE: The setting names no query engine." in done.stderr
