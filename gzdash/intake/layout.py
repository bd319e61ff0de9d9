"""Where each column of a checked sheet stands in it, and what its numbers were multiplied by."""

from __future__ import annotations

from gzdash.intake.convert import MappedSheet, excel_letter
from gzdash.intake.header import Match
from gzdash.intake.read import Sheet
from gzdash.lake import Layout, Placed
from gzdash.tables import Table


def layout_of(table: Table, sheet: Sheet, matched: Match) -> Layout:
    """The layout of the rows that `sheet` makes; constants stand in no cell and are left out."""
    part = sheet.part if isinstance(sheet, MappedSheet) else 0
    letters = {key: letter for key, name in matched.letters.items() if (letter := excel_letter(name))}
    columns = tuple(Placed(key, letter, _factor(table, key, sheet)) for key, letter in letters.items())
    return Layout(table.key, sheet.name, part, columns)


def _factor(table: Table, key: str, sheet: Sheet) -> str:
    """What a cell's number was multiplied by, in plain digits; nothing where the value is no number."""
    if table.by_key[key].kind not in ("integer", "money"):
        return ""
    return f"{sheet.factors[key]:f}" if isinstance(sheet, MappedSheet) else "1"
