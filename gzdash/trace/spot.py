"""The rows of a spot, such as a finding lies in, each with the cells that its numbers stood in."""

from __future__ import annotations

from dataclasses import dataclass

from gzdash.ask import Desk
from gzdash.ask.suspicions import Spot, rows_at
from gzdash.lake import Lake
from gzdash.metrics import SUBJECTS, Part
from gzdash.trace.cells import Cell, cells_of


@dataclass(frozen=True, slots=True)
class SpotRow:
    """One stored row: its numbers as texts, one a column, and the file, sheet and cells they stood in."""

    organization: str
    month: str
    numbers: tuple[str | None, ...]
    import_id: int
    file: str
    sheet: str
    row: int
    cell: Cell


def rows_of(desk: Desk, lake: Lake, spot: Spot, most: int) -> tuple[int, tuple[SpotRow, ...]]:
    """How many rows the spot has, and the first `most` of them by month and origin."""
    rows = rows_at(desk, spot, most)
    sources = {one.id: one for one in lake.imports()}
    # A sum over the columns reads each of them; here nothing is added up.
    part = Part(f"sum({' + '.join(spot.columns)})")
    cells = cells_of(lake, sources, SUBJECTS[spot.table], part, rows)
    found = tuple(
        SpotRow(
            one["organization"],
            one["month"],
            tuple(one["numbers"]),
            one["import_id"],
            one["source_file"],
            one["source_sheet"],
            one["source_row"],
            cell,
        )
        for one, cell in zip(rows.to_pylist(), cells, strict=True)
    )
    return (int(rows["count"][0].as_py()) if rows.num_rows else 0), found
