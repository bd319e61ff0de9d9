"""The cells that stored rows stood in, found again in the kept files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gzdash.ask.contributions import Contribution
from gzdash.intake.workbook import column_number
from gzdash.lake import Import, Lake, Layout
from gzdash.lake.layouts import Placed
from gzdash.metrics import Part, Subject
from gzdash.tables import TABLES
from gzdash.trace.kept import kept_texts
from gzdash.trace.original import state_of
from gzdash.trace.sources import layouts_by_place


@dataclass(frozen=True, slots=True)
class Cell:
    """`name` such as F18, several with a comma, or A7:K7 for a whole row; `raw` is what stands there and `factor`
    what a number is multiplied by to be the stored value. Both are empty where a row is counted, not a number added,
    and `raw` where no file was kept, or it is not what was kept any more."""

    name: str
    raw: str = ""
    factor: str = ""


_NOWHERE = Cell("")


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where rows of one part of a sheet stand: the kept file, its sheet and there the columns that were read, or all
    columns where none was."""

    kept: str = ""
    sheet: str = ""
    read: tuple[Placed, ...] = ()
    span: tuple[str, ...] = ()


# What stands in the cells that were read, by file and sheet, then by row and letter.
_Texts = Mapping[tuple[str, str], Mapping[tuple[int, str], str]]


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
    places = [(row["import_id"], subject.table, row["source_sheet"], row["source_part"]) for row in rows]
    stands = {place: _stand(lake, imports[place[0]], layouts.get(place), wanted) for place in dict.fromkeys(places)}
    stood = [(stands[place], row["source_row"]) for place, row in zip(places, rows, strict=True)]
    texts = _texts(lake, stood)
    return [_cell(stand, row, texts, part.is_sum) for stand, row in stood]


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


def _stand(lake: Lake, source: Import, layout: Layout | None, wanted: Sequence[str]) -> _Stand:
    if layout is None:
        return _Stand()
    placed = {one.key: one for one in layout.columns}
    read = tuple(placed[key] for key in wanted if key in placed)
    if read:
        return _Stand(source.kept if state_of(lake, source) == "sound" else "", layout.sheet, read)
    return _Stand(span=tuple(sorted((one.letter for one in layout.columns), key=column_number)))


def _texts(lake: Lake, stood: Iterable[tuple[_Stand, int]]) -> _Texts:
    """The text of every cell that was read; each sheet is looked through once."""
    wanted: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for stand, row in stood:
        if stand.kept:
            wanted.setdefault((stand.kept, stand.sheet), []).extend([(row, one.letter) for one in stand.read])
    return {(kept, sheet): kept_texts(lake.uploads / kept, sheet, places) for (kept, sheet), places in wanted.items()}


def _cell(stand: _Stand, row: int, texts: _Texts, is_sum: bool) -> Cell:
    if not stand.read:
        return Cell(f"{stand.span[0]}{row}:{stand.span[-1]}{row}") if stand.span else _NOWHERE
    said = texts.get((stand.kept, stand.sheet), {})
    # Of a giver's code and name one is filled: the empty cell was not read.
    filled = [one for one in stand.read if said.get((row, one.letter))]
    name = ", ".join([f"{one.letter}{row}" for one in filled or stand.read])
    raw = ", ".join([said[row, one.letter] for one in filled])
    return Cell(name, raw, (filled or stand.read)[0].factor if is_sum else "")
