"""The documents keep up with the code: what can be counted is named in them, and every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest

from gzdash.cli.arguments import PROGRAM, parser
from gzdash.cli.commands import COMMANDS
from gzdash.metrics import METRICS
from gzdash.tables import TABLES
from gzdash.theme import DARK, LIGHT, Hue, Palette
from gzdash.words import Language
from gzdash.words.frame import PAGES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
READMES: dict[Language, str] = {"en": "README.md", "zh": "README.zh.md"}
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *DOCS.glob("*.md")))
MOST_PICTURE_BYTES = 300_000

# Where the tables stand: sections of the READMEs, the same in both, and of the design.
PAGES_SECTION, COMMANDS_SECTION, SETTINGS_SECTION = 2, 4, 5
COLOUR_SECTION = 2

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_VARIABLE = re.compile(r"\bGZDASH_[A-Z]+(?:_[A-Z]+)*\b")
_COLOUR = re.compile(r"#[0-9A-F]{6}\b")

both_readmes = pytest.mark.parametrize(("language", "file"), READMES.items())


def text(file: str) -> str:
    """A document without its fenced blocks, where a hash is a comment and a bracket is code."""
    return _FENCE.sub("", (ROOT / file).read_text("utf-8"))


def sections(file: str) -> list[str]:
    """The marks of the headings, in order: `##`, `##`, `###`."""
    return re.findall(r"^(#+) ", text(file), re.MULTILINE)


def table(file: str, section: int = 0) -> list[list[str]]:
    """The cells of every table row of a document, or of its `section`; heads and rules left out."""
    part = text(file).split("\n## ")[section] if section else text(file)
    lines = [line for line in part.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = {place for place, cells in enumerate(rows) if set("".join(cells)) <= set("- ")}
    return [cells for place, cells in enumerate(rows) if place not in rules and place + 1 not in rules]


def sources() -> list[Path]:
    """The files that read settings."""
    return [ROOT / "app.py", *sorted((ROOT / "gzdash").rglob("*.py"))]


def variables(paths: list[Path]) -> set[str]:
    """The settings that files name."""
    return {name for path in paths for name in _VARIABLE.findall(path.read_text("utf-8"))}


@both_readmes
def test_every_page_is_in_the_readme_under_its_own_name(language: Language, file: str) -> None:
    listed = {cells[0]: cells[1] for cells in table(file, PAGES_SECTION)}
    assert listed == {f"`{path.stem}`": PAGES[path.stem].of(language) for path in (ROOT / "pages").glob("*.py")}


@both_readmes
def test_every_setting_is_in_the_readme_and_none_that_nobody_reads(language: Language, file: str) -> None:
    listed = {cells[0].strip("`") for cells in table(file, SETTINGS_SECTION)}
    assert variables(sources()) - listed == set()
    assert listed - variables([*sources(), *(ROOT / "tests").glob("*.py")]) == set()


@both_readmes
def test_every_command_is_in_the_readme_with_an_example(language: Language, file: str) -> None:
    examples = {cells[0].strip("`"): cells[-1] for cells in table(file, COMMANDS_SECTION)}
    assert set(examples) == set(COMMANDS)
    for name, example in examples.items():
        parser("en").parse_args(shlex.split(example.strip("`"))[len(PROGRAM.split()) :])
        assert re.fullmatch(rf"`{PROGRAM}( --lake \S+)? {name}\b.*`", example)


@both_readmes
def test_the_readme_names_every_table_of_a_real_lake(language: Language, file: str) -> None:
    assert [key for key in TABLES if f"`{key}`" not in text(file)] == []


def test_both_readmes_have_the_same_sections_and_examples() -> None:
    assert sections(READMES["en"]) == sections(READMES["zh"])
    counts = {language: (len(table(file)), text(file).count("\n- ")) for language, file in READMES.items()}
    assert counts["en"] == counts["zh"]


@pytest.mark.parametrize("file", DOCUMENTS)
def test_every_link_leads_to_a_file(file: str) -> None:
    targets = [link.partition("#")[0] for link in _LINK.findall(text(file)) if "://" not in link]
    assert [link for link in targets if link and not (ROOT / file).parent.joinpath(link).is_file()] == []


def test_every_document_is_listed_in_both_readmes() -> None:
    for file in READMES.values():
        linked = set(_LINK.findall(text(file)))
        assert {path.relative_to(ROOT).as_posix() for path in DOCS.glob("*.md")} <= linked


def test_every_picture_is_small_enough_to_clone() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}
    assert sizes
    assert {name for name, size in sizes.items() if size > MOST_PICTURE_BYTES} == set()


def test_every_metric_is_in_the_generated_document() -> None:
    said = text("docs/metrics.md")
    assert [key for key in METRICS if f"`{key}`" not in said] == []


def test_the_architecture_names_every_room() -> None:
    rooms = {path.stem for path in (ROOT / "gzdash").iterdir() if not path.name.startswith(("_", "."))}
    picture = (DOCS / "architecture.md").read_text("utf-8").split("```")[1]
    assert rooms - set(re.findall(r"\w+", picture)) == set()


def test_the_glossary_is_sorted_and_has_one_word_for_one_word() -> None:
    english, chinese = ([cells[place] for cells in table("docs/glossary.md")] for place in (0, 1))
    assert len(english) >= 50
    assert all(one.casefold() < other.casefold() for one, other in pairwise(english))
    assert len(set(chinese)) == len(chinese)


def test_the_glossary_names_what_the_code_has() -> None:
    code = [*sources(), *(ROOT / "data" / "reference").glob("*.csv"), *(ROOT / "gzdash").rglob("*.sql")]
    known = set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in code)))
    named = {name for cells in table("docs/glossary.md") for name in re.findall(r"`(\w+)`", cells[2])}
    assert named - known == set()


def test_every_decision_has_a_date_and_its_three_parts() -> None:
    records = re.split(r"^## ", text("docs/decisions.md"), flags=re.MULTILINE)[1:]
    heads = [record.partition("\n")[0] for record in records]
    assert [head for head in heads if not re.match(r"\d{4}-\d\d-\d\d · \S", head)] == []
    assert [head[:10] for head in heads] == sorted(head[:10] for head in heads)
    for record in records:
        assert re.findall(r"^- \*\*(\w+)\.\*\*", record, re.MULTILINE) == ["Context", "Decision", "Consequence"]


def test_the_design_gives_the_colours_of_the_theme() -> None:
    said = {
        cells[0].strip("`"): tuple(cells[-2:])
        for cells in table("docs/design.md", COLOUR_SECTION)
        if _COLOUR.fullmatch(cells[-1])
    }
    assert said == {name: (colour_of(LIGHT, name), colour_of(DARK, name)) for name in said}
    plain = {field.name for field in fields(Palette) if isinstance(getattr(LIGHT, field.name), str)}
    assert plain - {*said} == {"error_wash", "reverse"}


def colour_of(palette: Palette, name: str) -> str:
    """A colour by its name in the table: `ink2`, `rural.mark`."""
    head, _, tone = name.partition(".")
    found = getattr(palette, head)
    return str(getattr(found, tone)) if isinstance(found, Hue) else str(found)
