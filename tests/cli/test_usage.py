"""Every command explains itself, and what cannot be is said with the remedy and an honest exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gzdash.cli.commands import COMMANDS
from tests.cli.running import OUTSIDER, ROOT, Run, process

NAMES = [
    "demo",
    "init",
    "import",
    "match",
    "template",
    "imports",
    "undo",
    "redo",
    "sweep",
    "compact",
    "rollups",
    "metrics",
    "published",
    "ask",
    "trace",
    "why",
    "restatements",
    "freeze",
    "thaw",
    "freezes",
    "duplicates",
    "merge",
    "suspicions",
    "dismiss",
    "verify",
    "docs",
]


def test_these_are_the_commands() -> None:
    assert list(COMMANDS) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "usage"), [("zh", "用法："), ("en", "usage: ")])
def test_every_command_explains_itself_in_both_languages(run: Run, name: str, language: str, usage: str) -> None:
    said = run("--lang", language, name, "-h")
    command = COMMANDS[name]
    assert said.code == 0
    assert said.out.startswith(f"{usage}python -m gzdash {name}")
    assert (command.summary.zh if language == "zh" else command.summary.en) in said.out
    for argument in command.arguments:
        assert (argument.metavar if argument.name[0] != "-" else argument.name) in said.out
    for option in ("--lake", "--lang", "--format"):
        assert option in said.out


def test_the_help_in_english_has_no_chinese_and_lists_every_command(run: Run) -> None:
    said = run("--lang=en", "--help")
    assert not re.search(r"[\u4e00-\u9fff]", said.out)
    assert all(f"    {name} " in said.out for name in NAMES)
    assert "退出码" in run("-h").out


def test_options_that_hold_everywhere_stand_on_either_side(lake: Path, run: Run) -> None:
    before = run("--format", "json", "ask", "jobs_posted")
    after = run("ask", "jobs_posted", "--lake", str(lake), "--format", "json", lake=lake / "nowhere")
    assert before.out == after.out
    assert run("--lang", "en", "ask", "jobs_posted", "--lang", "zh").out.startswith("发布岗位")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "缺少参数：COMMAND"),
        (["sing"], "sing"),
        (["ask"], "缺少参数：METRIC"),
        (["ask", "jobs_posted", "--loud"], "不认识的参数：--loud"),
        (["ask", "jobs_posted", "--format", "xml"], "--format"),
        (["--lang", "fr", "metrics"], "fr"),
        (["ask", "jobs_posted", "--per", "2023"], "--per"),
        (["ask", "joy"], "joy"),
        (["ask", "jobs_posted", "--by", "mood"], "mood"),
        (["ask", "jobs_posted", "--by", "lender"], "资金机构"),
        (["ask", "jobs_posted", "--period", "2023-13"], "2023-13"),
        (["ask", "jobs_posted", "--period", "2023-07..2023-01"], "2023-07..2023-01"),
        (["ask", "jobs_posted", "--chain", "GZ21-99"], "GZ21-99"),
        (["ask", "aid_value", "--region", "999999"], "999999"),
        (["ask", "jobs_posted", "--organization", OUTSIDER], OUTSIDER),
        (["ask", "jobs_posted", "--as-of", "yesterday"], "yesterday"),
        (["ask", "jobs_posted", "--as-of", "99"], "99"),
        (["demo", "--scale", "0"], "--scale"),
        (["demo", "--scale", "many"], "many"),
        (["undo", "first"], "first"),
        (["import", "x.csv"], "--table"),
        (["import", "x.csv", "--table", "songs"], "songs"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_usage_is_named_and_ends_with_2(run: Run, arguments: list[str], named: str, language: str) -> None:
    said = run(*(["--lang", language] if language == "en" and "--lang" not in arguments else []), *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("[")
    assert "Traceback" not in said.err
    if not re.search(r"[\u4e00-\u9fff]", named) or language == "zh":
        assert named in said.err


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.writes])
def test_read_only_closes_every_command_that_writes(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    needed = {"import": ["x.csv", "--table", "jobs"], "undo": ["1"], "redo": ["1"]}
    needed["merge"] = ["aid", "--kept=a", "--dropped=b", "--why=c"]
    needed["dismiss"] = ["ee2aed84", "--why=c"]
    needed |= {"freeze": ["x", "--period", "2023-01..2023-02"], "thaw": ["1"]}
    new = tmp_path / "new"
    said = run(name, *needed.get(name, []), lake=new)
    assert said.code == 1
    assert "[lake-read-only]" in said.err
    assert not new.exists()


@pytest.mark.parametrize("name", ["imports", "published", "ask"])
def test_a_missing_lake_is_named_with_the_remedy(tmp_path: Path, run: Run, name: str) -> None:
    said = run(name, *(["jobs_posted"] if name == "ask" else []), lake=tmp_path / "none")
    assert said.code == 1
    assert str(tmp_path / "none") in said.err
    assert "python -m gzdash demo" in said.err


def test_a_process_takes_its_lake_from_the_environment(lake: Path) -> None:
    done = process("ask", "jobs_posted", "--format", "json", GZDASH_LAKE=str(lake))
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"] == [{"value": 22}]
    assert process("ask", "jobs_posted", GZDASH_LAKE=str(lake / "none")).returncode == 1


def test_help_does_not_wait_for_the_engine() -> None:
    heavy = "sorted({'duckdb', 'pyarrow', 'babel'} & {*sys.modules})"
    code = f"import sys; from gzdash.cli import main; main(['-h']); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
