"""The rows behind a figure as one CSV file, piece by piece: each with its file, sheet, cell, raw text and factor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow as pa

from gzdash.ask.contributions import Half
from gzdash.exports.cells import lines, number_cells, text_cells
from gzdash.exports.csv import BYTE_ORDER_MARK, DEMO_CELL, DEMO_HEADER, header_line, number_header, repeated
from gzdash.trace.trace import Trace, TracedRow
from gzdash.units import Unit
from gzdash.words import Language, Text
from gzdash.words import question as words

ROW = Text("行", "Row")
FACTOR = Text("换算", "Factor")
_BATCH = 20_000


def trace_csv(trace: Trace, half: Half, language: Language, unit: Unit | None = None) -> Iterator[bytes]:
    """A header and one line for each row behind a half of the figure, in its own unit if none is given; memory holds
    one batch of them."""
    unit = unit or trace.metric.unit_of(half)
    value = number_header(words.VALUE, unit)
    headers = [value, words.ORGANIZATION, words.MONTH, words.THING, words.IMPORT]
    headers += [words.FILE, words.SHEET, ROW, words.CELL, words.RAW, FACTOR]
    is_demo = trace.answer.is_demo
    yield BYTE_ORDER_MARK + header_line([*headers, DEMO_HEADER] if is_demo else headers, language)
    rows = trace.rows(half)
    while batch := list(islice(rows, _BATCH)):
        cells = _cells(batch, unit)
        yield lines([*cells, repeated(DEMO_CELL, len(batch), language)] if is_demo else cells)


def _cells(rows: list[TracedRow], unit: Unit) -> list[pa.Array]:
    numbers = number_cells([row.value for row in rows], unit.measure)
    texts = [_texts(values) for values in zip(*(_said(row) for row in rows), strict=True)]
    return [numbers, *texts]


def _said(row: TracedRow) -> tuple[str | None, ...]:
    origin = (str(row.import_id), row.file, row.sheet, str(row.row))
    return (row.organization, row.month, row.thing, *origin, row.cell.name, row.cell.raw, row.cell.factor)


def _texts(values: Iterable[str | None]) -> pa.Array:
    return text_cells(pa.array([value or None for value in values], pa.string()))
