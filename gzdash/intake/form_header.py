"""Where the header of a sheet stands, and what stands over each column: up to three levels, merged or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gzdash.intake.form_words import cleaned, corner_unit, is_aside, is_data
from gzdash.intake.workbook_package import Span

MOST_LEVELS = 3
# Nobody writes more lines of title above a table.
SEARCHED_ROWS = 60

Cells = list[list[str | None]]


@dataclass(frozen=True)
class Found:
    """The header's rows (from 0, both included), what is written over the sheet, and the unit in its corner."""

    first: int
    last: int
    title: str
    unit: str


def find(cells: Cells, merges: Iterable[Span]) -> Found:
    """The header among the first rows of a sheet; its first filled row when nothing looks like one."""
    spans = list(merges)
    filled = [row for row, texts in enumerate(cells) if any(texts)]
    first = next((row for row in filled if _heads(cells, row, spans)), filled[0])
    above = [text for row in range(first) for text in cells[row] if text]
    title = next((cleaned(text) for text in above if not is_aside(text)), "")
    unit = next((unit for text in above if (unit := corner_unit(text))), "")
    return Found(first, _last_level(cells, first, spans), title, unit)


def _heads(cells: Cells, row: int, spans: list[Span]) -> bool:
    """Whether the header can begin here: not at a title, nor at remarks about unit, period or author."""
    texts = [(column, text) for column, text in enumerate(cells[row]) if text]
    kept, keyed = [], False
    for column, text in texts:
        # What follows “填报单位：” in the next cell is its answer.
        if not is_aside(text) and not keyed:
            kept.append(column)
        keyed = cleaned(text).endswith(":")
    if len(kept) > 1:
        return True
    if not kept or len(kept) < len(texts):
        return False
    used = [column for texts_ in cells for column, text in enumerate(texts_) if text]
    # One cell is a title, unless it heads several columns to the right of the first, or there is only one column.
    heads_some = any(top == row and left == kept[0] > min(used) and right > left for top, left, _, right in spans)
    return heads_some or max(used) == min(used)


def _last_level(cells: Cells, first: int, spans: list[Span]) -> int:
    last = first
    while last - first + 1 < MOST_LEVELS and last + 1 < len(cells):
        here = [span for span in spans if span[0] <= last <= span[2] and span[0] >= first]
        reaching = max((bottom for _, _, bottom, _ in here), default=last)
        if reaching > last:
            last = min(reaching, first + MOST_LEVELS - 1)
        elif _goes_on(cells, last, here):
            last += 1
        else:
            break
    return last


def _goes_on(cells: Cells, row: int, spans: list[Span]) -> bool:
    """Whether the row below divides the columns of `row` further."""
    below = cells[row + 1]
    texts = [(column, text) for column, text in enumerate(below) if text]
    if not texts or any(is_data(text) for _, text in texts):
        return False
    parents = {column for _, left, _, right in spans if right > left for column in range(left, right + 1)}
    parents = parents or _parents_by_gaps(cells[row], below)
    return bool(parents) and all(column in parents for column, _ in texts)


def _parents_by_gaps(row: list[str | None], below: list[str | None]) -> set[int]:
    """The columns under a text that has blanks, or itself again, to its right, each of them filled below."""
    parents: set[int] = set()
    start = -1
    for column, text in enumerate(row):
        if text and not (start >= 0 and text == row[start]):
            start = column
        elif start >= 0 and below[column]:
            parents |= {start, column}
        elif not text and below[column] is None:
            start = -1
    return parents


def paths(cells: Cells, found: Found, merges: Iterable[Span]) -> list[list[str]]:
    """For each column the raw texts over it, from the top level down, each merged text once."""
    rows = range(found.first, found.last + 1)
    spans = [span for span in merges if found.first <= span[0] <= found.last]
    owner = {
        (row, column): (top, left)
        for top, left, bottom, right in spans
        for row in range(top, min(bottom, found.last) + 1)
        for column in range(left, right + 1)
    }
    width = len(cells[found.first])
    levels: list[list[str | None]] = []
    for row in rows:
        levels.append(_over(cells, row, found.last, owner, levels[-1] if levels else [None] * width))
    return [[text for level in levels if (text := level[column])] for column in range(width)]


def _over(
    cells: Cells, row: int, last: int, owner: dict[tuple[int, int], tuple[int, int]], above: list[str | None]
) -> list[str | None]:
    """What stands over each column in one row; where nothing is merged, a blank belongs to the text on its left."""
    merged = any(place[0] == row for place in owner.values())
    texts: list[str | None] = []
    for column in range(len(above)):
        top, left = owner.get((row, column), (row, column))
        # A text merged downwards has been said one level higher.
        text = None if top < row or left >= len(above) else cells[top][left]
        divided = any(cells[lower][column] for lower in range(row + 1, last + 1))
        if text is None and texts and divided and not merged and above[column] == above[column - 1]:
            text = texts[-1]
        texts.append(text)
    return texts
