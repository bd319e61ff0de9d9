"""What commands print: as JSON a line for each row whatever its texts hold, and nothing that a console would obey."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.cli import main
from gzdash.cli.output import Output, json_text, listing, notice
from gzdash.faults import Fault
from gzdash.words import same

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
