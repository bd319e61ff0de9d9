"""Cells of a CSV file as they open right and harmless in Excel and WPS, a whole column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Number
from gzdash.units import Measure

# A cell that begins with one of these may run as a formula; Chinese input methods write the full-width forms,
# and spreadsheets of East Asia read those as the plain ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# What Excel and WPS rewrite when they open a file: from 12 digits on a number is shown as 5.14E+17 and past 15
# digits it is lost, zeros in front are dropped, and 514401E5 is read as a power of ten.
_REWRITTEN = r"^(\d{12,}|0\d+|\d+[eE]\d+)$"
# A tab behind the digits keeps the cell text in both programs. An apostrophe would be seen, ="…" is a formula,
# and a tab in front looks like an attack; every reader that trims cells, ours too, gets the code back.
_KEEP_TEXT = "\t"

_QUOTED = r'[",\r\n\t]'
_DECIMALS: dict[Measure, int] = {"count": 0, "money": 2, "days": 2, "ratio": 6}

BETWEEN_CELLS = ","
LINE_END = "\r\n"


def text_cells(values: pa.Array) -> pa.Array:
    """Text as cells: formulas neutralised by an apostrophe, long digits kept as text, quoted by RFC 4180;
    null is empty. Takes strings or a dictionary of them, and gives strings of the same length."""
    distinct = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    cells = _quoted(_kept_as_text(neutralised(distinct.dictionary)))
    return cells.take(distinct.indices).fill_null("")


def neutralised(values: pa.Array) -> pa.Array:
    """`values` with an apostrophe before those that could run as a formula."""
    dangerous = pc.is_in(pc.utf8_slice_codeunits(values, 0, 1), value_set=pa.array(_FORMULA_STARTS))
    return _where(dangerous, values, lambda cells: _joined("'", cells))


def number_cells(values: Sequence[Number | None], measure: Measure) -> pa.Array:
    """Numbers as plain cells: counts whole, money in yuan with two decimals, ratios as fractions; unknown is empty."""
    return pa.array([_number(value, _DECIMALS[measure]) for value in values], pa.string())


def plain_cells(values: pa.Array) -> pa.Array:
    """Arrow's integers, exact decimals and dates as plain cells; null is empty."""
    if pa.types.is_date(values.type):
        # The same few days and months come again and again, and writing one takes longer than finding it.
        days = values.dictionary_encode()
        return days.dictionary.cast(pa.string()).take(days.indices).fill_null("")
    return values.cast(pa.string()).fill_null("")


def lines(columns: Sequence[pa.Array]) -> bytes:
    """Columns of cells as the lines of a file, each ended by CR LF."""
    if not len(columns[0]):
        return b""
    if len(columns) == 1:
        # An empty line is not a row to any reader; a quoted nothing is.
        columns = [pc.if_else(pc.equal(columns[0], ""), '""', columns[0])]
    # The end goes to the last cells, not to the lines: that would copy the whole file once more.
    *others, last = columns
    rows = pc.binary_join_element_wise(*others, _joined(last, LINE_END), BETWEEN_CELLS)
    # Strings lie one behind another in Arrow's memory: there they are the file already.
    _, _, characters = rows.buffers()
    return bytes(characters[: pc.sum(pc.binary_length(rows)).as_py()])


def _number(value: Number | None, decimals: int) -> str:
    if value is None:
        return ""
    amount = Decimal(str(value))
    if not amount.is_finite():
        return ""
    return f"{amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def _kept_as_text(values: pa.Array) -> pa.Array:
    return _where(pc.match_substring_regex(values, _REWRITTEN), values, lambda cells: _joined(cells, _KEEP_TEXT))


def _quoted(values: pa.Array) -> pa.Array:
    needed = pc.match_substring_regex(values, _QUOTED)
    return _where(needed, values, lambda cells: _joined('"', pc.replace_substring(cells, '"', '""'), '"'))


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _where(needed: pa.Array, values: pa.Array, changed: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """`values` with `changed` in the places `needed`; most columns need nothing, and cost nothing."""
    return pc.if_else(needed, changed(values), values) if pc.any(needed).as_py() else values
