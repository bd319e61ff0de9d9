"""What holds for every file of the project: nothing local named, every module introduced, nothing grown too long."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 80

# What may be longer, and why: "file" or "file::function" → the reason. An entry that is no longer needed fails too.
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {}

# Places that exist on one machine or in one network only. Written so that no pattern matches its own source.
LOCAL = {
    "a package registry": re.compile(
        r"\bpypi\.org|pythonhosted\.org|registry\.npmjs\.org|\bdeb\.debian\.org|archive\.ubuntu\.com|file:/{3}"
    ),
    "a path of one machine": re.compile(r"(?<![\w.:/-])/(?:(?:work|root|opt/pypi)\b|(?:home|Users)/\w)"),
}


def files(*patterns: str) -> list[Path]:
    """The project's files as git knows them, tracked or new and not ignored, that still exist."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of the project's files")
    return sorted({ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})


def name(path: Path) -> str:
    """A file's name as the project writes it."""
    return path.relative_to(ROOT).as_posix()


def text_lines(path: Path) -> list[str]:
    """The lines of a text file; none for a binary one."""
    try:
        return path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function in a file, named `file::function`, with its length in lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_names_a_registry_or_one_machine() -> None:
    found = [
        f"{name(path)}:{number}: names {what}"
        for path in files()
        for number, line in enumerate(text_lines(path), 1)
        for what, pattern in LOCAL.items()
        if pattern.search(line)
    ]
    assert not found, "\n" + "\n".join(found)


def test_what_make_runs_apart_is_where_it_looks_for_it() -> None:
    """Tests that drive a browser or ask Spark have runs of their own, which collect nothing else."""
    places = {"browser": "tests/browser/", "spark": "tests/test_spark.py"}
    marked = re.compile(rf"\bmark\.({'|'.join(places)})\b")
    strayed = [
        f"{name(path)}: marked {kind}, but not in {places[kind]}"
        for path in files("tests/*.py")
        for kind in marked.findall(path.read_text("utf-8"))
        if not name(path).startswith(places[kind])
    ]
    assert not strayed, "\n" + "\n".join(strayed)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(f"-m {kind} {place.rstrip('/')}\n" in makefile for kind, place in places.items())


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    silent = []
    for path in files("*.py"):
        first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
        if not first.endswith((".", "。")) or re.search(r"[.!?] [A-Z]|。.", first):
            silent.append(f"{name(path)}: its docstring must begin with one sentence on one line, not {first!r}")
    assert not silent, "\n" + "\n".join(silent)


def test_no_file_is_two_rooms() -> None:
    lengths = {name(path): len(text_lines(path)) for path in files("gzdash/*.py", "pages/*.py", "app.py")}
    long = {file for file, lines in lengths.items() if lines > MAX_FILE_LINES}
    assert long == set(LONGER_FILES), f"files over {MAX_FILE_LINES} lines, or listed without need"


def test_no_function_does_many_things() -> None:
    found = [entry for path in files("gzdash/*.py", "pages/*.py", "app.py") for entry in functions(path)]
    long = {function for function, lines in found if lines > MAX_FUNCTION_LINES}
    assert long == set(LONGER_FUNCTIONS), f"functions over {MAX_FUNCTION_LINES} lines, or listed without need"


@pytest.mark.parametrize(
    ("parts", "local"),
    [
        (("see /wo", "rk/main"), True),
        (("open('/ro", "ot/x')"), True),
        (("cd /ho", "me/li/gzdash"), True),
        (("https://py", "pi.org/simple"), True),
        (("https://www.gd.gov.cn/ho", "me/index.html"), False),
        (("docs/wo", "rk/notes.md"), False),
    ],
)
def test_local_places_are_recognised(parts: tuple[str, str], local: bool) -> None:
    assert any(pattern.search("".join(parts)) for pattern in LOCAL.values()) is local
