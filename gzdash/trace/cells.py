"""The cells that stored rows stood in, found again in the kept files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from gzdash.intake.read import read_grids
from gzdash.intake.workbook import Grid, column_number
from gzdash.lake import Import, Lake, Layout
from gzdash.metrics import Part, Subject
from gzdash.tables import TABLES

# Kept files stay open in memory for the next page of rows; a large one takes some 20 MB.
_FILES_KEPT = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """`name` such as F18, several with a comma, or A7:K7 for a whole row; `raw` is what stands there and `factor`
    what a number is multiplied by to be the stored value. Both are empty where a row is counted, not a number added,
    and `raw` where no file was kept."""

    name: str
    raw: str = ""
    factor: str = ""


_NOWHERE = Cell("")


def cells_of(lake: Lake, imports: Mapping[int, Import], subject: Subject, part: Part, rows: pa.Table) -> list[Cell]:
    """The cell of each of `rows` (as `ask.contributions` gives them) that the part of a metric read."""
    wanted = _columns_read(subject, part)
    layouts = {number: _by_place(lake, number) for number in rows["import_id"].unique().to_pylist()}
    found = []
    for one in rows.select(["import_id", "source_sheet", "source_row", "source_part"]).to_pylist():
        number, sheet, row = one["import_id"], one["source_sheet"], one["source_row"]
        layout = layouts[number].get((subject.table, sheet, one["source_part"]))
        grid = _grid(lake, imports[number], sheet)
        found.append(_cell(layout, grid, row, wanted, part.is_sum) if layout else _NOWHERE)
    return found


def _columns_read(subject: Subject, part: Part) -> tuple[str, ...]:
    """The columns of the table whose cells a part reads; none where it counts rows."""
    if part.of == "*":
        return ()
    made_of = subject.made_of or {}
    names = [name for name in _words(part.of) if name in made_of or name in TABLES[subject.table].by_key]
    return tuple(key for name in names for key in made_of.get(name, (name,)))


def _words(expression: str) -> Iterator[str]:
    """The names in an SQL expression, without its literals."""
    unquoted = "".join(expression.split("'")[::2])
    yield from "".join(letter if letter.isalnum() or letter == "_" else " " for letter in unquoted).split()


def _by_place(lake: Lake, import_id: int) -> dict[tuple[str, str, int], Layout]:
    return {(one.table, one.sheet, one.part): one for one in lake.layouts(import_id)}


def _cell(layout: Layout, grid: Grid | None, row: int, wanted: Sequence[str], is_sum: bool) -> Cell:
    placed = {one.key: one for one in layout.columns}
    read = [placed[key] for key in wanted if key in placed]
    if not read:
        letters = sorted((one.letter for one in layout.columns), key=column_number)
        return Cell(f"{letters[0]}{row}:{letters[-1]}{row}") if letters else _NOWHERE
    texts = [(one, _raw(grid, row, one.letter)) for one in read]
    # Of a giver's code and name one is filled: the empty cell was not read.
    filled = [(one, text) for one, text in texts if text] or texts
    name = ", ".join(f"{one.letter}{row}" for one, _ in filled)
    return Cell(name, ", ".join(text for _, text in filled if text), filled[0][0].factor if is_sum else "")


def _raw(grid: Grid | None, row: int, letter: str) -> str:
    if grid is None:
        return ""
    place = column_number(letter) - grid.left
    if not 0 <= place < len(grid.columns) or not 0 < row <= len(grid.columns[place]):
        return ""
    return str(grid.columns[place][row - 1].as_py() or "")


def _grid(lake: Lake, one: Import, sheet: str) -> Grid | None:
    """The sheet of the file that an import kept; None where none was kept or it is gone."""
    path = lake.uploads / one.kept
    if not one.kept or not path.is_file():
        return None
    return _grids(path).get(sheet)


@lru_cache(maxsize=_FILES_KEPT)
def _grids(path: Path) -> dict[str, Grid]:
    """The sheets of a kept file by name; its name is its content, so it never changes."""
    return {grid.sheet: grid for grid in read_grids(path)}
