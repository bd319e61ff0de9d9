"""A listing on a page: words wrap, and any column sorts; an inline component, for Streamlit's table cuts words off."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from gzdash.answer import Listing, Number
from gzdash.words import Language, Text

ASSETS = Path(__file__).parent / "assets"
UNKNOWN = "—"

Cell = Text | str | Number | None


def draw_listing(listing: Listing, language: Language) -> None:
    """Mount the listing in the reader's language."""
    _component(key=f"listing_{listing.key}", data=payload(listing, language))


def payload(listing: Listing, language: Language) -> dict[str, object]:
    """What the browser is given: cells as written, and beside each what it sorts by."""
    columns = range(len(listing.headers))
    return {
        "headers": [header.of(language) for header in listing.headers],
        "rows": [[_written(cell, language) for cell in row] for row in listing.rows],
        "sort": [[_sorted_by(cell, language) for cell in row] for row in listing.rows],
        "numeric": [any(_is_number(row[column]) for row in listing.rows) for column in columns],
    }


def _is_number(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, Text | str)


def _written(cell: Cell, language: Language) -> str:
    if cell is None:
        return UNKNOWN
    if isinstance(cell, Text):
        return cell.of(language)
    return cell if isinstance(cell, str) else f"{cell:,}"


def _sorted_by(cell: Cell, language: Language) -> str | float | None:
    if cell is None or isinstance(cell, str):
        return cell
    return cell.of(language) if isinstance(cell, Text) else float(cell)


_component = st.components.v2.component(
    "gzdash_listing",
    html='<div class="scroll"></div>',
    css=(ASSETS / "listing.css").read_text("utf-8"),
    js=(ASSETS / "listing.js").read_text("utf-8"),
    isolate_styles=True,
)
