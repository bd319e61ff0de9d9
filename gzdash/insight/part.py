"""A part of a split as a selection of its own: what to ask where a figure is only one part of another."""

from __future__ import annotations

from collections.abc import Sequence

from gzdash.answer import Key
from gzdash.dimensions import DIMENSIONS
from gzdash.period import Period, period_of
from gzdash.reference import code_list
from gzdash.selection import FILTERS, Selection

# The filter that narrows to parts of a split; time narrows the period, and other splits have none.
FILTER_OF = {
    "chain": "chains",
    "region_group": "regions",
    "prefecture": "regions",
    "county": "regions",
    "town": "regions",
    "district": "districts",
    "type": "types",
    "programme": "programmes",
    "organization": "organization",
}


def narrowed(selection: Selection, dimension: str, codes: Sequence[str]) -> Selection | None:
    """The selection with only these parts of a split; None where no filter narrows to them."""
    key = FILTER_OF.get(dimension)
    if key is None or not codes:
        return None
    if key == "organization":
        return selection.with_(organization=codes[0]) if len(codes) == 1 else None
    known = code_list(FILTERS[key].codes)
    return selection.with_(**{key: tuple(codes)}) if all(code in known for code in codes) else None


def of_part(selection: Selection, split: Sequence[str], key: Key | None) -> Selection | None:
    """The selection with only the part `key` of a split, all of it without a key; None where no filter says the same:
    for parts without one, for what is not stated or no part at all, and for places where a smaller one is chosen."""
    found: Selection | None = selection
    for dimension, code in zip(split, key, strict=True) if key is not None else ():
        if found is None or code is None:
            return None
        if DIMENSIONS[dimension].is_time:
            months = _months(code, found.period)
            found = found.with_(period=months) if months else None
        elif FILTER_OF.get(dimension) == "regions" and found.regions and code not in found.regions:
            return None
        else:
            found = narrowed(found, dimension, (code,))
    return found


def _months(code: str, period: Period) -> Period | None:
    """The months of a part by time that are in the period; None also for what is no such part: a person may type it."""
    try:
        return period_of(code).common(period)
    except ValueError:
        return None
