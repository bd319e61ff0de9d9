"""The sheets of a template that guide whoever fills it in: examples, notes and code lists, never read as data."""

from __future__ import annotations

import pyarrow.compute as pc

from gzdash.intake.workbook import Grid
from gzdash.words import Text

EXAMPLES = Text("示例", "Examples")
NOTES = Text("说明", "Notes")
CODES = Text("代码", "Codes")

# What stands in the first cell of a guide: a sheet is known by it whatever it is called.
EXAMPLES_SAY = Text(
    "示例：机构和数字都是虚构的，本表不会导入；请照样填写第一张表。",
    "Examples: organizations and figures are invented, and this sheet is never imported; fill in the first sheet.",
)
NOTES_SAY = Text("填表说明：本表不会导入。", "Notes on the columns: this sheet is never imported.")

_SAID = frozenset(text for said in (EXAMPLES_SAY, NOTES_SAY) for text in (said.zh, said.en))


def is_guide(grid: Grid) -> bool:
    """Whether a sheet is one of a template's guides: what it holds first says so."""
    first = grid.columns[0]
    top = pc.index(first.is_valid(), True).as_py()
    return top >= 0 and first[top].as_py() in _SAID
