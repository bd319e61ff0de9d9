"""How commands are run in tests, and what they said."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WORKER, MAKER = "514401000000000011", "514401000000000022"
OUTSIDER = "514401000000000033"


@dataclass
class Said:
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        """The output read as JSON, decimals exactly."""
        return json.loads(self.out, parse_float=Decimal)

    @property
    def csv(self) -> list[list[str]]:
        """The output read as CSV."""
        return list(csv.reader(io.StringIO(self.out.removeprefix("\ufeff"), newline="")))


Run = Callable[..., Said]


def ask(run: Run, *arguments: str) -> list[dict[str, object]]:
    """The rows of one question in JSON."""
    said = run("ask", *arguments, "--format", "json")
    assert said.code == 0, said.err
    assert isinstance(said.json, dict)
    return said.json["rows"]


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """One command in a process of its own."""
    command = [sys.executable, "-m", "gzdash", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, env={**os.environ, **environment})
