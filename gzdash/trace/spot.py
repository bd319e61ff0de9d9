"""The rows of a spot, such as a finding lies in, each with the cells that its numbers stood in."""

from __future__ import annotations

from dataclasses import dataclass

from gzdash.ask import Desk
from gzdash.ask.suspicions import Spot, rows_at
from gzdash.lake import Lake
from gzdash.metrics import SUBJECTS, Part
from gzdash.trace.cells import Cell, cells_of
from gzdash.trace.sources import sources_of


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
    rows = rows_at(desk, spot, most).to_pylist()
    # A sum over the columns reads each of them; here nothing is added up.
    part = Part(f"sum({' + '.join(spot.columns)})")
    sources = sources_of(lake, desk.snapshot)
    cells = cells_of(lake, desk.snapshot.lake, sources, SUBJECTS[spot.table], part, rows)
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
        for one, cell in zip(rows, cells, strict=True)
    )
    return (int(rows[0]["count"]) if rows else 0), found
