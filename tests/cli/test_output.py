"""What commands print: as JSON a line for each row whatever its texts hold, and nothing that a console would obey."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.cli import main
from gzdash.cli.output import Output, json_text, listing, notice
from gzdash.faults import Fault
from gzdash.words import same
from tests.cli.running import ROOT, process

EVIL = "七月\x1b[2J\r\u202egpj.xlsx"
SHOWN = "七月\ufffd[2J\ufffd\ufffdgpj.xlsx"


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (
            {"value": 3, "rows": [{"a": 1, "b": "一"}, {"a": 2, "b": None}]},
            '{\n  "value": 3,\n  "rows": [\n    {"a": 1, "b": "一"},\n    {"a": 2, "b": null}\n  ]\n}',
        ),
        (
            {"rows": [{"a": Decimal("1.50")}, {"a": date(2023, 7, 1)}]},
            '{\n  "rows": [\n    {"a": 1.50},\n    {"a": "2023-07-01"}\n  ]\n}',
        ),
        (
            {"rows": [{"a": "}, {"}, {"a": "b"}]},
            '{\n  "rows": [\n    {"a": "}, {"},\n    {"a": "b"}\n  ]\n}',
        ),
        (
            {"rows": [{"a": [{"b": 1}, {"b": 2}]}, {"a": []}]},
            '{\n  "rows": [\n    {"a": [{"b": 1}, {"b": 2}]},\n    {"a": []}\n  ]\n}',
        ),
        ({"rows": [{}, {}], "none": []}, '{\n  "rows": [\n    {},\n    {}\n  ],\n  "none": []\n}'),
        ([{"a": 1}, {"b": {"c": 2}}], '[\n  {\n    "a": 1\n  },\n  {\n    "b": {"c": 2}\n  }\n]'),
    ],
)
def test_a_document_has_a_line_for_each_row(document: object, text: str) -> None:
    assert json_text(document) == text


def test_a_table_has_nothing_that_a_console_would_obey() -> None:
    shown = listing("trace", same("x"), (same("File"),), [(same(EVIL),)])
    assert Output(shown, {}, (same(EVIL),)).table("en").splitlines() == [SHOWN, "File", SHOWN]


def test_neither_has_what_is_said_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    notice(same(EVIL), "en")
    notice(Fault("bad", same("Bad file."), EVIL, same("Mend it.")), "en")
    assert capsys.readouterr().err.split("\n") == [SHOWN, f"[bad] {SHOWN}: Bad file. Mend it.", ""]


def test_neither_has_a_refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / EVIL).write_text("no workbook")
    assert main(["--lake", str(tmp_path / "lake"), "init"]) == 0
    capsys.readouterr()
    assert (
        main(["--lake", str(tmp_path / "lake"), "import", str(tmp_path / EVIL), "--table", "jobs", "--why", "x"]) == 1
    )
    said = capsys.readouterr().err
    assert SHOWN in said
    assert not {"\x1b", "\u202e"}.intersection(said)


def test_a_console_without_chinese_still_gets_its_table(lake: Path) -> None:
    done = process("ask", "jobs_posted", GZDASH_LAKE=str(lake), PYTHONIOENCODING="cp437")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"22" in done.stdout
    as_json = process("ask", "jobs_posted", "--format", "csv", GZDASH_LAKE=str(lake), PYTHONIOENCODING="cp437")
    assert "发布岗位".encode() in as_json.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes of a shell")
@pytest.mark.parametrize("arguments", [["metrics"], ["metrics", "--format", "json"], ["-h"]])
def test_a_reader_that_leaves_early_is_no_error(arguments: list[str]) -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "gzdash", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(60) == 0
