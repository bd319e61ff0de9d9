"""A listing on a page: words wrap, and any column sorts; an inline component, for Streamlit's table cuts words off."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import streamlit as st

from gzdash.answer import Abridged, Cell, Link, Listing
from gzdash.words import Language

ASSETS = Path(__file__).parent / "assets"
UNKNOWN = "—"
# With more columns than these a narrow screen shows each row as a block of its own, one line per cell.
_MOST_SIDE_BY_SIDE = 4


def draw_listing(listing: Listing, language: Language) -> None:
    """Mount the listing in the reader's language."""
    _component(key=f"listing_{listing.key}", data=payload(listing, language))


def draw_table(data: dict[str, object], key: str) -> object:
    """Mount a table whose payload is made elsewhere; what came of a click on a row's name in this run, else None."""
    return _component(key=key, data=data, on_asked_change=_nothing).get("asked")


def _nothing() -> None:
    """Streamlit only reports a trigger that has a callback; the answer itself is read from the result."""


def payload(listing: Listing, language: Language) -> dict[str, object]:
    """What the browser is given: cells as written, and beside each what it sorts by and where it leads."""
    columns = range(len(listing.headers))
    return {
        "headers": [header.of(language) for header in listing.headers],
        "rows": [[_written(cell, language) for cell in row] for row in listing.rows],
        "sort": [[_sorted_by(cell, language) for cell in row] for row in listing.rows],
        "links": [[cell.address if isinstance(cell, Link) else "" for cell in row] for row in listing.rows],
        "numeric": [any(_is_number(row[column]) for row in listing.rows) for column in columns],
        "stacks": len(listing.headers) > _MOST_SIDE_BY_SIDE,
    }


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float | Decimal)


def _written(cell: Cell, language: Language) -> str:
    if cell is None:
        return UNKNOWN
    if isinstance(cell, int | float | Decimal):
        return f"{cell:,}"
    if isinstance(cell, Abridged):
        return cell.shown
    return cell if isinstance(cell, str) else cell.of(language)


def _sorted_by(cell: Cell, language: Language) -> str | float | None:
    if cell is None or isinstance(cell, str):
        return cell
    return float(cell) if isinstance(cell, int | float | Decimal) else cell.of(language)


_component = st.components.v2.component(
    "gzdash_listing",
    html='<div class="scroll"></div>',
    css=(ASSETS / "listing.css").read_text("utf-8"),
    js=(ASSETS / "listing.js").read_text("utf-8"),
    isolate_styles=True,
)
