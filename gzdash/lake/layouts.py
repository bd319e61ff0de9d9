"""Which cell of the kept file a stored value came from: a `Layout` for each sheet and part that made rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

_INSERT = "INSERT INTO layouts (import_id, table_name, sheet, part, columns) VALUES (?, ?, ?, ?, ?)"
_SELECT = "SELECT table_name, sheet, part, columns FROM layouts WHERE import_id = ? ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Placed:
    """A column by key, the Excel letter it was read from, and what the cell's number times makes the stored value:
    "10000" where 万元 are stored in yuan, "1" for a number as it stands, "" for what is no number."""

    key: str
    letter: str
    factor: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of one table with one `source_sheet` and one `source_part` have their values from.

    With a row's `source_row` a letter names the cell. Columns that stand in no cell, such as constants, are left out.
    """

    table: str
    sheet: str
    part: int
    columns: tuple[Placed, ...]


def insert_layouts(ledger: sqlite3.Connection, import_id: int, layouts: Iterable[Layout]) -> None:
    """Add where the values of an import came from."""
    rows = ((import_id, one.table, one.sheet, one.part, _text(one)) for one in layouts)
    ledger.executemany(_INSERT, rows)


def layouts_of(ledger: sqlite3.Connection, import_ids: Iterable[int]) -> dict[int, tuple[Layout, ...]]:
    """The layouts of each import, in the order they were committed."""
    return {
        number: tuple(
            Layout(table, sheet, part, _columns(text))
            for table, sheet, part, text in ledger.execute(_SELECT, (number,))
        )
        for number in import_ids
    }


def _text(layout: Layout) -> str:
    plain = [[column.key, column.letter, column.factor] for column in layout.columns]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _columns(text: str) -> tuple[Placed, ...]:
    return tuple(Placed(key, letter, factor) for key, letter, factor in json.loads(text))
