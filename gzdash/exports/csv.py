"""CSV files: a sheet whole, detail rows as a stream; UTF-8 with a byte order mark, so that Excel and WPS read Chinese.

Every file is one header line and rows of one width, for people and programs alike. A coded dimension has its name
and, behind it, its code. What was made from demonstration data says so in a last column: the header names it even
where there is no row, and every cell repeats it, since rows are copied out of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Sheet
from gzdash.dimensions import Dimension
from gzdash.exports.ahead import ahead
from gzdash.exports.cells import BETWEEN_CELLS, lines, number_cells, plain_cells, text_cells
from gzdash.reference import code_list
from gzdash.tables import Column, Table
from gzdash.units import Unit
from gzdash.words import Language, Text

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

CODE_OF = Text("{name}编码", "{name} code")
FRACTION = Text("{name}（小数）", "{name} (fraction)")
IN_UNIT = Text("{name}（{unit}）", "{name} ({unit})")
DEMO_HEADER = Text("数据性质（演示数据）", "Nature of data (demonstration data)")
DEMO_CELL = Text("演示数据", "demonstration data")
ORIGIN: dict[str, Text] = {
    "import_id": Text("导入编号", "Import"),
    "source_file": Text("来源文件", "Source file"),
    "source_sheet": Text("来源工作表", "Source sheet"),
    "source_row": Text("来源行", "Source row"),
}
# Rows are sorted in runs: while the next run is, there is enough to write.
_BATCHES_AHEAD = 8
# Several codes in one cell are separated as the templates for import ask for it.
_BETWEEN_CODES = ";"

Named = tuple[Text, pa.Array]


def sheet_csv(sheet: Sheet, language: Language) -> bytes:
    """The sheet as one CSV file: names and codes of its dimensions, then its numbers, units in the headers."""
    columns = [one for place, key in enumerate(sheet.dimensions) for one in _dimension(sheet, place, key, language)]
    columns += [
        (number_header(one.label, one.unit), number_cells(one.values, one.unit.measure)) for one in sheet.figures
    ]
    if sheet.is_demo:
        columns.append((DEMO_HEADER, repeated(DEMO_CELL, len(sheet), language)))
    headers, cells = [header for header, _ in columns], [values for _, values in columns]
    return BYTE_ORDER_MARK + header_line(headers, language) + lines(cells)


def detail_csv(
    table: Table, batches: Iterable[pa.RecordBatch], language: Language, *, is_demo: bool
) -> Iterator[bytes]:
    """The rows of a table as one CSV file, piece by piece: memory holds a few batches, however many there are.

    `batches` have the declared columns and where each row came from, as `Desk.rows` gives them.
    """
    headers = [header for column in table.columns for header in _detail_headers(column)] + list(ORIGIN.values())
    yield BYTE_ORDER_MARK + header_line([*headers, DEMO_HEADER] if is_demo else headers, language)
    for batch in ahead(batches, _BATCHES_AHEAD):
        cells = [_detail(column, batch[column.key], language) for column in table.columns]
        cells += [
            text_cells(batch[key]) if pa.types.is_string(batch[key].type) else plain_cells(batch[key]) for key in ORIGIN
        ]
        yield lines([*cells, repeated(DEMO_CELL, batch.num_rows, language)] if is_demo else cells)


def number_header(label: Text, unit: Unit) -> Text:
    """The label of a column of numbers with its unit: 发布岗位（个）; a ratio is written as a fraction."""
    if unit.measure == "ratio":
        return FRACTION.fill(name=label)
    return IN_UNIT.fill(name=label, unit=unit.symbol)


def _dimension(sheet: Sheet, place: int, dimension: Dimension, language: Language) -> Iterator[Named]:
    """The name of each part and, where names stand for codes, the code: `not stated` has none."""
    labels = pa.array([label.of(language) for label in sheet.labels(place)], pa.string())
    yield dimension.name, text_cells(labels)
    if dimension.codes or dimension.is_time or dimension.key == "organization":
        codes = pa.array([key[place] for key in sheet.keys], pa.string())
        yield CODE_OF.fill(name=dimension.name), text_cells(codes)


def _detail_headers(column: Column) -> Iterator[Text]:
    yield column.header
    if column.codes:
        yield CODE_OF.fill(name=column.header)


def _detail(column: Column, values: pa.Array, language: Language) -> pa.Array:
    """The cells of a column; of codes two in one, name and code, for they are the same few pairs again and again."""
    if column.codes:
        codes = values.dictionary_encode()
        names = text_cells(_labels(column.codes, codes.dictionary, language))
        pairs = pc.binary_join_element_wise(names, text_cells(codes.dictionary), BETWEEN_CELLS)
        return pairs.take(codes.indices).fill_null(BETWEEN_CELLS)
    if column.kind in ("text", "organization"):
        return text_cells(values)
    if column.kind == "organizations":
        return text_cells(pc.binary_join(values, _BETWEEN_CODES))
    if column.kind == "month":
        return pc.utf8_slice_codeunits(plain_cells(values), 0, len("2023-07"))
    return plain_cells(values)


def _labels(codes: str, values: pa.Array, language: Language) -> pa.Array:
    """The names of codes; a code that is not in the list is shown as it is, never hidden."""
    entries = code_list(codes).entries
    names = pa.array([entry.name.of(language) for entry in entries], pa.string())
    known = pc.index_in(values, value_set=pa.array([entry.code for entry in entries], pa.string()))
    return pc.coalesce(names.take(known), values)


def header_line(headers: Iterable[Text], language: Language) -> bytes:
    """The first line of a file."""
    return lines([text_cells(pa.array([header.of(language)])) for header in headers])


def repeated(text: Text, times: int, language: Language) -> pa.Array:
    """A column that says the same in every row."""
    return pa.repeat(pa.scalar(text.of(language)), times)
