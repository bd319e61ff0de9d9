"""A window on the sender's own sheet: the header, the faulty rows and what stands around them, and never more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from gzdash.intake.original import WHOLE_SHEET, Original
from gzdash.intake.report import CellFault, Report
from gzdash.intake.values import number
from gzdash.intake.workbook import column_number

# Faults that are shown together, in the list and in the sheet.
GROUP = 50
MOST_ROWS = 60
# Columns with a fault are all shown, others only as long as there are no more than these together.
MOST_COLUMNS = 12
# A shorter gap is shown rather than told.
_SHORTEST_GAP = 3
# More digits are a code, which stands at the left like any word.
_MOST_DIGITS = 15

Kind = Literal["header", "data", "total", "aside"]
Numbered = tuple[int, CellFault]


@dataclass(frozen=True, slots=True)
class Line:
    """One Excel row of the window; `texts` stand under its letters."""

    row: int
    kind: Kind
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """So many rows that are not shown."""

    rows: int


@dataclass(frozen=True)
class Window:
    """Rows and columns of a sheet. A column without a letter stands for columns that are not shown;
    `numeric` says of each column whether it holds numbers; `marks` are the faults by row and letter, those that
    belong to a whole row under the letter ""."""

    letters: tuple[str, ...]
    numeric: tuple[bool, ...]
    lines: tuple[Line | Gap, ...]
    marks: dict[tuple[int, str], tuple[Numbered, ...]]

    @property
    def place(self) -> str:
        """Its corners, such as A5:E15; the header is not among them unless nothing else is."""
        rows = [line.row for line in self.lines if isinstance(line, Line)]
        letters = [letter for letter in self.letters if letter]
        return f"{letters[0]}{rows[min(1, len(rows) - 1)]}:{letters[-1]}{rows[-1]}"


def numbered(report: Report) -> tuple[Numbered, ...]:
    """Every fault with its number, the same as in the marked workbook: errors first, then warnings."""
    return tuple(enumerate((*report.errors, *report.warnings), 1))


def letter_of(fault: CellFault) -> str:
    """The Excel letter of the fault's column; empty when it belongs to the whole row."""
    return "" if ":" in fault.cell else fault.cell.rstrip("0123456789")


def window(sheet: Original, group: Iterable[Numbered], all_faults: Iterable[Numbered]) -> Window:
    """The window around the faults of `group`; of `all_faults` those that lie in it are marked too."""
    chosen = [fault for _, fault in group]
    rows = rows_shown({fault.row for fault in chosen}, sheet.header[1], sheet.last)
    letters = letters_shown({letter for fault in chosen if (letter := letter_of(fault))}, sheet.letters)
    lines = tuple(_lines(sheet, rows, letters))
    marks = _marks(all_faults, set(rows), {*letters, ""})
    return Window(letters, tuple(_is_numeric(lines, place) for place in range(len(letters))), lines, marks)


def rows_shown(faulty: set[int], header: int, last: int) -> list[int]:
    """The header, the faulty rows and one row on either side; a short sheet whole; at most MOST_ROWS."""
    if last - header <= WHOLE_SHEET:
        return sorted({*range(header, last + 1), *faulty})
    context = {row + step for row in faulty for step in (-1, 1) if header < row + step <= last}
    rows = sorted({header, *faulty, *context})
    if len(rows) > MOST_ROWS:
        rows = sorted({header, *faulty})[:MOST_ROWS]
    return _bridged(rows)


def _bridged(rows: list[int]) -> list[int]:
    """Gaps that are hardly longer than the line that would tell of them are filled, while there is room."""
    shown = list(rows)
    for above, below in pairwise(rows):
        missing = range(above + 1, below)
        if len(missing) < _SHORTEST_GAP and len(shown) + len(missing) <= MOST_ROWS:
            shown.extend(missing)
    return sorted(shown)


def letters_shown(faulty: set[str], filled: Sequence[str]) -> tuple[str, ...]:
    """Every faulty column, the first one, and the nearest others, with "" where filled columns are left out."""
    order = sorted({*filled, *faulty}, key=column_number)
    at = [order.index(letter) for letter in sorted(faulty, key=column_number)]
    nearest = sorted(range(len(order)), key=lambda place: (min((abs(place - one) for one in at), default=place), place))
    chosen = {*at, *([0] if order and len(at) < MOST_COLUMNS else [])}
    for place in nearest:
        if len(chosen) >= MOST_COLUMNS:
            break
        chosen.add(place)
    letters: list[str] = []
    for before, place in zip([-1, *sorted(chosen)], sorted(chosen), strict=False):
        letters += ["", order[place]] if place - before > 1 else [order[place]]
    return (*letters, "") if order and max(chosen) < len(order) - 1 else tuple(letters)


def _lines(sheet: Original, rows: list[int], letters: tuple[str, ...]) -> Iterator[Line | Gap]:
    before = rows[0] - 1
    for row in rows:
        if row - before > 1:
            yield Gap(row - before - 1)
        yield Line(row, _kind(sheet, row), tuple(_text(sheet, row, letter) for letter in letters))
        before = row
    if before < sheet.last:
        yield Gap(sheet.last - before)


def _kind(sheet: Original, row: int) -> Kind:
    if row <= sheet.header[1]:
        return "header"
    if row in sheet.totals:
        return "total"
    return "aside" if row in sheet.asides else "data"


def _text(sheet: Original, row: int, letter: str) -> str:
    """A cell verbatim; over a column the words of its header's last level, wherever those were merged."""
    return sheet.labels.get(letter, "") if row == sheet.header[1] else sheet.text(row, letter)


def _marks(
    faults: Iterable[Numbered], rows: set[int], letters: set[str]
) -> dict[tuple[int, str], tuple[Numbered, ...]]:
    marks: dict[tuple[int, str], tuple[Numbered, ...]] = {}
    for count, fault in faults:
        if fault.row in rows and (letter := letter_of(fault)) in letters:
            marks[fault.row, letter] = (*marks.get((fault.row, letter), ()), (count, fault))
    return marks


def _is_numeric(lines: tuple[Line | Gap, ...], place: int) -> bool:
    """Whether most cells of a column are numbers."""
    texts = [line.texts[place] for line in lines if isinstance(line, Line) and line.kind != "header"]
    filled = [text for text in texts if text]
    return bool(filled) and 2 * sum(_is_number(text) for text in filled) > len(filled)


def _is_number(text: str) -> bool:
    return len(text) <= _MOST_DIGITS and number(text) is not None
