"""The import ladder: which room of the house may import which, read from the syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Rank and rooms. A room may import every lower rank, and from its own row the rooms left of it. The two rows of
# rank 4 are the asking and the showing arm: they never meet.
LADDER = (
    (0, "words faults"),
    (1, "units period reference dimensions selection scope"),
    (2, "tables metrics"),
    (3, "answer"),
    (4, "lake engines rollups ask"),
    (4, "theme numbers charts exports catalogue"),
    (5, "intake trace insight verify published demo"),
    (6, "access"),
    (7, "screen"),
    (8, "cli __main__ app pages"),
)

# Each of these packages has one home; everyone else goes through it.
HOMES = {
    "streamlit": {"screen", "pages", "app"},
    "duckdb": {"engines"},
    "pyspark": {"engines"},
    "sqlglot": {"engines"},
    "sqlite3": {"lake"},
    "plotly": {"charts"},
}

NAMELESS = {"utils", "helpers", "common", "core", "services", "manager"}

PLACES = {
    room: (rank, row, position)
    for row, (rank, rooms) in enumerate(LADDER)
    for position, room in enumerate(rooms.split())
}


class Import(NamedTuple):
    """One import as written: the file's room, what it asks for, and where."""

    room: str
    target: str
    where: str


def room_of(module: str) -> str:
    """The room a dotted module belongs to: `gzdash.lake.ledger` → lake, `pages.rural` → pages, `gzdash` → itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == "gzdash" and len(parts) > 1 else parts[0]


def imported(tree: ast.AST, package: str) -> Iterator[tuple[str, int]]:
    """Every module imported anywhere in the tree, inside functions and under TYPE_CHECKING too, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            # `from gzdash import lake` names the room in the second half, `from gzdash import __version__` does not.
            names = [alias.name for alias in node.names if alias.name in PLACES or alias.name[0].islower()]
            targets = [f"gzdash.{name}" for name in names] if base == "gzdash" else [base]
            yield from ((target, node.lineno) for target in targets)


def imports_in(source: str, module: str, package: str, file: str) -> list[Import]:
    """The imports of one file's source."""
    found = imported(ast.parse(source, file), package)
    return [Import(room_of(module), target, f"{file}:{line}") for target, line in found]


def module_of(path: Path) -> tuple[str, str]:
    """A file's dotted module and the package its relative imports start from."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    package = ".".join(parts[:-1])
    return (package if parts[-1] == "__init__" else ".".join(parts)), package


def house_files() -> list[Path]:
    """The Python files the ladder governs."""
    return sorted(p for place in ("gzdash/**/*.py", "pages/**/*.py", "app.py") for p in ROOT.glob(place))


def fault(entry: Import) -> str | None:
    """What is wrong with one import, as a sentence; None when it climbs the right way."""
    library, target = entry.target.split(".")[0], room_of(entry.target)
    if library in HOMES and entry.room not in HOMES[library]:
        return f"{entry.where}: {library} is imported only by {', '.join(sorted(HOMES[library]))}"
    if library not in {"gzdash", "pages", "app"} or target in {"gzdash", entry.room}:
        return None
    for room in (entry.room, target):
        if room not in PLACES:
            return f"{entry.where}: the room {room!r} is not on the ladder; add it to LADDER in tests/test_ladder.py"
    rank, row, position = PLACES[entry.room]
    other_rank, other_row, other_position = PLACES[target]
    if other_rank < rank or (other_row == row and other_position < position):
        return None
    return f"{entry.where}: {entry.room} may not import {target}; imports only climb the ladder"


def test_every_import_climbs_the_ladder() -> None:
    entries = [
        entry
        for path in house_files()
        for entry in imports_in(path.read_text("utf-8"), *module_of(path), path.relative_to(ROOT).as_posix())
    ]
    faults = [said for entry in entries if (said := fault(entry))]
    assert not faults, "\n" + "\n".join(faults)


def test_every_room_has_a_place_and_a_telling_name() -> None:
    unknown, nameless = [], []
    for path in house_files():
        module, _ = module_of(path)
        file = path.relative_to(ROOT).as_posix()
        if module != "gzdash" and room_of(module) not in PLACES:
            unknown.append(f"{file}: add the room {room_of(module)!r} to LADDER in tests/test_ladder.py")
        nameless += [f"{file}: {part!r} answers no question" for part in module.split(".") if part in NAMELESS]
    assert not unknown + nameless, "\n" + "\n".join(unknown + nameless)


@pytest.mark.parametrize(
    ("module", "source", "allowed"),
    [
        ("gzdash.faults", "from gzdash.words import Text", True),
        ("gzdash.words", "from gzdash.faults import Fault", False),
        ("gzdash.answer", "from gzdash import metrics, __version__", True),
        ("gzdash.answer", "from gzdash import ask", False),
        ("gzdash.ask", "import gzdash.lake.ledger", True),
        ("gzdash.lake.ledger", "from gzdash.engines import run", False),
        ("gzdash.charts", "def draw():\n    from gzdash.ask import ask", False),
        ("gzdash.ask", "if TYPE_CHECKING:\n    from gzdash.numbers import written", False),
        ("gzdash.exports.csv", "from gzdash.numbers import written", True),
        ("gzdash.lake.ledger", "from . import files", True),
        ("gzdash.lake.ledger", "from ..screen import frame", False),
        ("gzdash.lake.ledger", "from .. import screen", False),
        ("gzdash.screen.page", "import streamlit as st", True),
        ("gzdash.charts", "from streamlit import cache_data", False),
        ("gzdash.ask", "import duckdb", False),
        ("gzdash.ask", "import sqlite3", False),
        ("pages.rural", "import plotly.graph_objects as go", False),
        ("pages.rural", "from gzdash.screen.page import begin", True),
        ("gzdash.screen.frame", "from pages import rural", False),
        ("gzdash.ask", "from gzdash.drawer import anything", False),
        ("gzdash.ask", "import collections, pyarrow", True),
    ],
)
def test_the_ladder_bites(module: str, source: str, allowed: bool) -> None:
    found = imports_in(source, module, module.rpartition(".")[0], "drawn.py")
    assert (not [entry for entry in found if fault(entry)]) is allowed
