"""The rows below a header, sorted into data, totals, and what is neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.intake.form_words import ANY_TOTAL, FOOTNOTE, GRAND_TOTAL, cleaned, is_numbering
from gzdash.intake.values import number
from gzdash.intake.workbook_package import Span

# A total may stand behind one or two columns of groups; further right the word is a value.
_LABEL_COLUMNS = 3

Kind = Literal["footnote", "header", "numbering"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """An Excel row that is no data: a line under the table, the header once more, or numbers of columns."""

    row: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """An Excel row that adds up others: where its label stands, and its other cells verbatim by letter.

    `grand` totals add up the whole sheet; the others a group.
    """

    row: int
    letter: str
    label: str
    values: tuple[tuple[str, str], ...]
    grand: bool


@dataclass(frozen=True)
class Sorted:
    """The data with their Excel rows, and the other rows."""

    rows: pa.Table
    excel_rows: pa.Array
    totals: tuple[TotalRow, ...]
    dropped: tuple[Dropped, ...]


def sort_rows(
    columns: Sequence[pa.Array],
    letters: list[str],
    first: int,
    last: int,
    cells: list[list[str | None]],
    merges: Sequence[Span],
) -> Sorted:
    """Sort the rows below `last`, where the header that begins in row `first` (both from 0) ends."""
    down = filled_down(columns, merges, last)
    table = pa.table([column[last + 1 :] for column in down], letters)
    numbers = pa.array(np.arange(last + 2, last + 2 + table.num_rows, dtype=np.int32))
    blank = pc.is_null(pc.coalesce(*table.columns)) if table.num_rows else pa.array([], pa.bool_())
    table, numbers = table.filter(pc.invert(blank)), numbers.filter(_one(pc.invert(blank)))
    if not table.num_rows:
        return Sorted(table, numbers, (), ())
    said = [texts for texts in cells[: last + 1] if any(texts)]
    kinds: dict[int, Kind] = dict.fromkeys(_footnotes(table), "footnote")
    kinds |= dict.fromkeys(_headers(table, said), "header")
    if is_numbering([text for text in _row(table, 0).values() if text]):
        kinds[0] = "numbering"
    totals = {index: column for index, column in _totals(table).items() if index not in kinds}
    left_out = pa.array(sorted({*kinds, *totals}), pa.int64())
    kept = pc.invert(pc.is_in(pa.array(np.arange(table.num_rows)), value_set=left_out))
    return Sorted(
        table.filter(kept),
        numbers.filter(kept),
        tuple(_total(table, index, column, numbers[index].as_py()) for index, column in sorted(totals.items())),
        tuple(Dropped(numbers[index].as_py(), kinds[index], _text(table, index)) for index in sorted(kinds)),
    )


def filled_down(columns: Sequence[pa.Array], merges: Sequence[Span], last: int) -> list[pa.Array]:
    """A town merged over its villages belongs to each of them; an amount over several rows is still one amount."""
    filled = list(columns)
    for column in {left for top, left, bottom, right in merges if top > last and left == right and bottom > top}:
        if not 0 <= column < len(filled):
            continue
        texts = filled[column].to_pylist()
        for top, left, bottom, right in merges:
            if (
                left == right == column
                and top > last
                and top < len(texts)
                and texts[top]
                and number(texts[top]) is None
            ):
                texts[top : bottom + 1] = [texts[top]] * len(texts[top : bottom + 1])
        filled[column] = pa.array(texts, pa.string())
    return filled


def may_be_no_data(table: pa.Table, title: str) -> bool:
    """Whether any row of texts begins like a total or a footnote, or holds the header's `title` as its first cell."""
    if not table.num_rows:
        return False
    plain = _plain(_first_cells(table))
    patterns = (pc.match_substring_regex(plain, pattern) for pattern in (ANY_TOTAL, FOOTNOTE))
    return any(pc.any(found).as_py() for found in patterns) or any(
        pc.any(pc.equal(column, title)).as_py() for column in table.columns
    )


def _footnotes(table: pa.Table) -> Iterator[int]:
    """Lines that begin like a footnote, and the lines of a single cell after the first of them."""
    begins = _first_cells(table)
    plain = _plain(begins)
    marked = pc.indices_nonzero(_one(pc.match_substring_regex(plain, FOOTNOTE))).to_pylist()
    yield from marked
    if marked:
        for index in range(marked[0] + 1, table.num_rows):
            if sum(text is not None for text in _row(table, index).values()) == 1:
                yield index


def _headers(table: pa.Table, said: list[list[str | None]]) -> set[int]:
    """Rows that repeat a row of title or header, as every printed page does."""
    begins = _first_cells(table)
    firsts = [next(text for text in texts if text) for texts in said]
    likely = pc.indices_nonzero(_one(pc.is_in(begins, value_set=pa.array(sorted(set(firsts)), pa.string()))))
    return {index for index in likely.to_pylist() if list(_row(table, index).values()) in said}


def _totals(table: pa.Table) -> dict[int, int]:
    """The rows that name themselves a total, each with the column where they do."""
    found: dict[int, int] = {}
    begins = _first_cells(table)
    for column in range(min(_LABEL_COLUMNS, table.num_columns)):
        cells = _one(table.column(column))
        plain = _plain(cells)
        # Behind the first cell only the bare word counts: an association may well be called 某某合计.
        is_first = pc.equal(cells, begins)
        named = pc.and_(pc.match_substring_regex(plain, ANY_TOTAL), is_first)
        bare = pc.match_substring_regex(plain, r"^(?:合计|小计|总计|共计)[:]?$")
        for index in pc.indices_nonzero(pc.fill_null(pc.or_kleene(named, bare), False)).to_pylist():
            found.setdefault(index, column)
    return found


def _total(table: pa.Table, index: int, column: int, row: int) -> TotalRow:
    cells = _row(table, index)
    letter = table.column_names[column]
    label = cleaned(cells[letter] or "")
    alone = not any(cells[name] for name in table.column_names[:column])
    values = tuple((name, text) for name, text in cells.items() if text and name != letter)
    grand = alone and pc.match_substring_regex(pa.scalar(label.replace(" ", "")), GRAND_TOTAL).as_py()
    return TotalRow(row, letter, label, values, bool(grand))


def _row(table: pa.Table, index: int) -> dict[str, str | None]:
    return {name: table[name][index].as_py() for name in table.column_names}


def _text(table: pa.Table, index: int) -> str:
    return " ".join(cleaned(text) for text in _row(table, index).values() if text)


def _plain(column: pa.Array) -> pa.Array:
    """Half-width and without any space, so that “合　计” is 合计."""
    return pc.replace_substring_regex(pc.utf8_normalize(column, "NFKC"), r"\s+", "")


def _first_cells(table: pa.Table) -> pa.Array:
    return _one(pc.coalesce(*table.columns))


def _one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
