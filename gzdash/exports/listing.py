"""CSV of a listing, and one door for whatever a page has shown."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from gzdash.answer import Cell, Listing, Sheet
from gzdash.exports.cells import lines, text_cells
from gzdash.exports.csv import BYTE_ORDER_MARK, DEMO_CELL, DEMO_HEADER, header_line, repeated, sheet_csv
from gzdash.words import Language


def shown_csv(shown: Sheet | Listing, language: Language) -> bytes:
    """What was shown, as one CSV file."""
    return sheet_csv(shown, language) if isinstance(shown, Sheet) else listing_csv(shown, language)


def listing_csv(listing: Listing, language: Language) -> bytes:
    """The listing as one CSV file: words neutralised as in every export, numbers plain, unknown empty."""
    headers = [*listing.headers, DEMO_HEADER] if listing.is_demo else list(listing.headers)
    cells = [_column([row[place] for row in listing.rows], language) for place in range(len(listing.headers))]
    if listing.is_demo:
        cells.append(repeated(DEMO_CELL, len(listing), language))
    return BYTE_ORDER_MARK + header_line(headers, language) + lines(cells)


def _column(values: list[Cell], language: Language) -> pa.Array:
    """Words are neutralised; a column that mixes words and numbers keeps its numbers plain."""
    words = [None if value is None or _is_number(value) else _word(value, language) for value in values]
    safe = text_cells(pa.array(words, pa.string())).to_pylist()
    written = [str(value) if _is_number(value) else word for value, word in zip(values, safe, strict=True)]
    return pa.array(written, pa.string())


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float | Decimal)


def _word(value: Cell, language: Language) -> str:
    return str(value) if isinstance(value, str | int | float | Decimal | None) else value.of(language)
