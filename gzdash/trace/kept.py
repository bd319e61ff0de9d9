"""The text of cells in a kept file: a few rows out of a large sheet, without reading the rest of the workbook."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from gzdash.intake.read import encoded_grids
from gzdash.intake.workbook import Grid, column_number
from gzdash.trace.package import Unusual
from gzdash.trace.sheet_xml import Place, open_sheet

# Files that had to be read whole stay open for the next page of rows; a large one takes some 20 MB.
_FILES_KEPT = 4

# What a package that is none, or lacks a part, raises: the full reader tells better what is wrong with it.
_UNREADABLE = (Unusual, LookupError, ValueError, ParseError, BadZipFile, EOFError, zlib.error)

_XLSX = re.compile(r"\.xlsx$", re.IGNORECASE)


def kept_texts(path: Path, sheet: str, places: Iterable[Place]) -> dict[Place, str]:
    """What stands in the cell at each of `places` as an import read it; empty for an empty cell and where there is no
    such file or sheet.

    A sheet as office programs write it is looked through for the rows; a file of another kind, and one with anything
    unusual where a cell is wanted, is read whole, the way an import reads it.
    """
    if not path.is_file():
        return dict.fromkeys(places, "")
    if _XLSX.search(path.name):
        try:
            return open_sheet(path, sheet).texts(places)
        except _UNREADABLE:
            pass
    grid = grids(path).get(sheet)
    return {place: _text(grid, *place) if grid else "" for place in places}


def _text(grid: Grid, row: int, letter: str) -> str:
    place = column_number(letter) - grid.left
    if not 0 <= place < len(grid.columns) or not 0 < row <= len(grid.columns[place]):
        return ""
    return str(grid.columns[place][row - 1].as_py() or "")


@lru_cache(maxsize=_FILES_KEPT)
def grids(path: Path) -> dict[str, Grid]:
    """The sheets of a kept file by name; its name is its content, so it never changes."""
    return {grid.sheet: grid for grid in encoded_grids(path)}
