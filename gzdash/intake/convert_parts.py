"""Whether the parts of a mapping may stand side by side: never the same amount twice, never two rows of one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gzdash.faults import Fault
from gzdash.intake import mapping_faults
from gzdash.intake.form import Form
from gzdash.intake.mapping import Mapping
from gzdash.intake.values import number
from gzdash.intake.workbook import column_number
from gzdash.tables import Table
from gzdash.words import Text

Column = tuple[Decimal, ...]

# What holds in so many rows holds in all of them.
_LOOKED_AT = 2_000
# Fewer rows may agree by chance.
_ROWS_THAT_TELL = 2


def numbers(form: Form, letter: str) -> Column | None:
    """A column's first numbers, empty cells as 0; None when it holds anything else, or nothing."""
    texts = form.rows[letter].slice(0, _LOOKED_AT).to_pylist()
    read = [Decimal(0) if text is None else number(text) for text in texts]
    return tuple(value or Decimal(0) for value in read) if None not in read and any(texts) else None


def splits(form: Form, letter: str) -> tuple[tuple[str, ...], ...]:
    """The runs of neighbouring columns that add up to the column `letter` in every row: alternative ways to divide
    it, of which a mapping may take one."""
    total = numbers(form, letter)
    if total is None or sum(map(bool, total)) < _ROWS_THAT_TELL:
        return ()
    letters = [column.letter for column in form.columns if column.letter != letter]
    columns = {name: read for name in letters if (read := numbers(form, name)) is not None}
    found: list[tuple[str, ...]] = []
    for start in range(len(letters)):
        run = _run(letters[start:], columns, total)
        if len(run) > 1 and not any(set(run) & set(other) for other in found):
            found.append(run)
    return tuple(found)


def _run(letters: Sequence[str], columns: dict[str, Column], total: Column) -> tuple[str, ...]:
    """The first columns of `letters` that make up `total`; nothing when they exceed it or end before."""
    rest = total
    for count, letter in enumerate(letters, 1):
        if letter not in columns:
            return ()
        rest = tuple(have - take for have, take in zip(rest, columns[letter], strict=True))
        if any(value < 0 for value in rest):
            return ()
        if not any(rest):
            return tuple(letters[:count])
    return ()


def part_faults(table: Table, mapping: Mapping, form: Form, letters: list[dict[str, str]]) -> Iterator[Fault]:
    """What is wrong with the parts together; `letters` has each part's Excel columns by column key."""
    for key in sorted({key for part in letters for key in part}):
        column = table.by_key[key]
        used = sorted({part[key] for part in letters if key in part}, key=column_number)
        if column.kind == "money" and _counts_twice(form, used):
            yield mapping_faults.counts_twice(column, ", ".join(used))
    told = [{key: (source.constant, source.path, source.letter) for key, source in part} for part in mapping.parts]
    keyed = [tuple(part.get(key) for key in table.unique) for part in told]
    if table.unique and len(set(keyed)) < len(keyed):
        labels = [table.by_key[key].label for key in table.unique]
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
        yield mapping_faults.parts_alike(Text(zh, en))


def _counts_twice(form: Form, used: list[str]) -> bool:
    """Whether the columns fall into neighbouring groups that add up to the same in every row."""
    columns = [found for letter in used if (found := numbers(form, letter)) is not None]
    sums = [tuple([Decimal(0)] * min(form.rows.num_rows, _LOOKED_AT))]
    for column in columns:
        sums.append(tuple(a + b for a, b in zip(sums[-1], column, strict=True)))
    if sum(map(bool, sums[-1])) < _ROWS_THAT_TELL:
        return False
    reached, total = set(sums), sums[-1]
    return any(
        _times(share, groups) == total and all(_times(share, part) in reached for part in range(2, groups))
        for groups in range(2, len(columns) + 1)
        for share in reached
    )


def _times(column: Column, factor: int) -> Column:
    return tuple(value * factor for value in column)
