"""The cells that stored rows stood in, found again in the kept files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gzdash.ask.contributions import Contribution
from gzdash.intake.workbook import column_number
from gzdash.lake import Import, Lake, Layout
from gzdash.lake.layouts import Placed
from gzdash.metrics import Part, Subject
from gzdash.tables import TABLES
from gzdash.trace.kept import kept_texts
from gzdash.trace.sources import Place, layouts_by_place


@dataclass(frozen=True, slots=True)
class Cell:
    """`name` such as F18, several with a comma, or A7:K7 for a whole row; `raw` is what stands there and `factor`
    what a number is multiplied by to be the stored value. Both are empty where a row is counted, not a number added,
    and `raw` where no file was kept."""

    name: str
    raw: str = ""
    factor: str = ""


_NOWHERE = Cell("")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one row stood: the Excel row, the kept file and its sheet, the columns that were read, or all columns where
    none was."""

    row: int
    kept: str = ""
    sheet: str = ""
    read: tuple[Placed, ...] = ()
    span: tuple[str, ...] = ()


def cells_of(
    lake: Lake,
    identity: str,
    imports: Mapping[int, Import],
    subject: Subject,
    part: Part,
    rows: Sequence[Contribution],
) -> list[Cell]:
    """The cell of each of `rows` that the part of a metric read; `identity` is that of the lake."""
    wanted = _columns_read(subject, part)
    layouts = layouts_by_place(lake, identity, frozenset(row["import_id"] for row in rows))
    spots = [_spot(layouts, imports, subject.table, wanted, row) for row in rows]
    texts = _texts(lake, spots)
    return [_cell(spot, texts, part.is_sum) for spot in spots]


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


def _spot(
    layouts: Mapping[Place, Layout],
    imports: Mapping[int, Import],
    table: str,
    wanted: Sequence[str],
    row: Contribution,
) -> _Spot:
    layout = layouts.get((row["import_id"], table, row["source_sheet"], row["source_part"]))
    if layout is None:
        return _Spot(row["source_row"])
    placed = {one.key: one for one in layout.columns}
    read = tuple(placed[key] for key in wanted if key in placed)
    if read:
        return _Spot(row["source_row"], imports[row["import_id"]].kept, row["source_sheet"], read)
    span = tuple(sorted((one.letter for one in layout.columns), key=column_number))
    return _Spot(row["source_row"], span=span)


def _texts(lake: Lake, spots: Sequence[_Spot]) -> dict[tuple[str, str, str], str]:
    """What stands in the cells that were read, by file, sheet and name; each sheet is looked through once."""
    wanted: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for spot in spots:
        if spot.kept and spot.read:
            wanted.setdefault((spot.kept, spot.sheet), []).extend((spot.row, one.letter) for one in spot.read)
    return {
        (kept, sheet, f"{letter}{row}"): text
        for (kept, sheet), places in wanted.items()
        for (row, letter), text in zip(places, kept_texts(lake.uploads / kept, sheet, places), strict=True)
    }


def _cell(spot: _Spot, texts: Mapping[tuple[str, str, str], str], is_sum: bool) -> Cell:
    if not spot.read:
        return Cell(f"{spot.span[0]}{spot.row}:{spot.span[-1]}{spot.row}") if spot.span else _NOWHERE
    found = [(one, texts.get((spot.kept, spot.sheet, f"{one.letter}{spot.row}"), "")) for one in spot.read]
    # Of a giver's code and name one is filled: the empty cell was not read.
    filled = [(one, text) for one, text in found if text] or found
    name = ", ".join(f"{one.letter}{spot.row}" for one, _ in filled)
    return Cell(name, ", ".join(text for _, text in filled if text), filled[0][0].factor if is_sum else "")
