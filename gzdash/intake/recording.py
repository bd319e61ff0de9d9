"""A decision of a person, recorded as the file that they would have filled in: an import like any other."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gzdash.engines import Engine
from gzdash.intake import import_file
from gzdash.lake import Lake
from gzdash.tables import Table

Columns = Mapping[str, list[Any]]


def record(lake: Lake, engine: Engine, table: Table, columns: Columns, name: str, *, who: str, why: str) -> int:
    """Commit rows of `table` as an import with a kept file of that name, and return its number."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.csv"
        file.write_bytes(filled_in(table, columns))
        number, _ = import_file(lake, engine, file, table.key, who=who, why=why)
    return number


def filled_in(table: Table, columns: Columns) -> bytes:
    """The rows as a file in the words of the template."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow([table.by_key[key].label.zh for key in columns])
    writer.writerows(zip(*columns.values(), strict=True))
    return content.getvalue().encode("utf-8-sig")
