"""A sheet checked against a table: typed rows, or every error at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import date
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.engines import Engine
from gzdash.intake import cumulative, personal, problems, rules
from gzdash.intake.convert import MappedSheet, excel_letter
from gzdash.intake.header import Match, match
from gzdash.intake.incoming import Incoming
from gzdash.intake.layout import layout_of
from gzdash.intake.plain_values import plain_values
from gzdash.intake.problems import Problem, and_more
from gzdash.intake.read import Sheet
from gzdash.intake.report import CellFault, Finding, Report
from gzdash.intake.restated import Replace
from gzdash.intake.rows import rows_from_columns
from gzdash.intake.sifted import SiftedSheet
from gzdash.intake.values import reader
from gzdash.intake.workbook import column_number
from gzdash.lake import Layout, Snapshot
from gzdash.lake.lake import shanghai_now
from gzdash.tables import Column, Table

_COLUMNS_AT_ONCE = 2
# Nobody reads more warnings of one kind; errors are listed one and all.
MOST_ALIKE = 1_000


@dataclass(frozen=True)
class _Part:
    """One sheet looked at by itself: what is wrong with its header and in its rows, and the rows to be compared with
    others and with the store (None where the sheet has none)."""

    sheet: Sheet
    matched: Match
    dropped: tuple[str, ...]
    headers: tuple[CellFault, ...]
    findings: tuple[Finding, ...] = ()
    incoming: Incoming | None = None
    layouts: tuple[Layout, ...] = ()

    @property
    def part(self) -> int:
        """Which part of a mapping it is."""
        return self.sheet.part if isinstance(self.sheet, MappedSheet) else 0

    def faults(self, table: Table, findings: Iterable[Finding]) -> list[CellFault]:
        """Its header's faults, and findings at the cells of this sheet."""
        return [*self.headers, *_cell_faults(table, self.sheet, self.matched, findings)]


def check(
    table: Table,
    sheet: Sheet,
    snapshot: Snapshot,
    engine: Engine,
    *,
    replace: Replace = "refuse",
    today: date | None = None,
) -> Report:
    """Everything wrong with `sheet` as rows of `table`; see `check_together`."""
    return check_together(table, (sheet,), snapshot, engine, replace=replace, today=today)[0]


def check_together(
    table: Table,
    sheets: Sequence[Sheet],
    snapshot: Snapshot,
    engine: Engine,
    *,
    replace: Replace = "refuse",
    today: date | None = None,
) -> tuple[Report, ...]:
    """Everything wrong with sheets that are the parts of one file, a report for each; a report has rows when nothing
    in its own sheet refuses them.

    `engine` runs the rules over the sheets and the store: duplicates and earlier submissions are looked for in all of
    them at once. `replace` says what becomes of submissions the store has already; `today` is the lake's, and the
    system's in Asia/Shanghai when not given. Nothing is written.
    """
    day = today or shanghai_now().date()
    parts = [_look(table, sheet, snapshot, engine, day) for sheet in sheets]
    if all(part.incoming is None for part in parts):
        return tuple(_without_rows(table, part) for part in parts)
    whole = Incoming.together([part.incoming for part in parts if part.incoming])
    between = rules.between_rows(whole, replace)
    return tuple(_report(table, part, [one for one in between if one.part == part.part]) for part in parts)


def _look(table: Table, sheet: Sheet, snapshot: Snapshot, engine: Engine, today: date) -> _Part:
    """All that can be said of a sheet without looking at others."""
    matched = sheet.matched if isinstance(sheet, MappedSheet) else match(table, sheet)
    dropped = personal.personal_columns(sheet, matched.letters.values())
    matched = personal.without_dropped(matched, sheet, dropped)
    raw, excel_rows = _data_rows(sheet)
    if not raw.num_rows:
        return _Part(sheet, matched, tuple(dropped), matched.faults)
    read = _read_columns(table, raw, matched.letters)
    findings = [
        Finding(excel_rows[index].as_py(), key, problem)
        for key, (_, wrong) in read.items()
        for index, problem in wrong.items()
    ]
    columns = {key: values for key, (values, _) in read.items()} or {table.columns[0].key: pa.nulls(raw.num_rows)}
    layout = layout_of(table, sheet, matched)
    rows = rows_from_columns(table, columns, sheet.file, sheet.name, excel_rows, layout.part)
    findings += personal.findings(table, matched, raw, excel_rows)
    incoming = Incoming.of(table, rows, findings, _unsure(table, matched), engine, snapshot)
    findings += rules.findings(incoming, today)
    totals = sheet.wrong if isinstance(sheet, SiftedSheet) else ()
    headers = [*matched.faults, *totals, *personal.mapped_columns(table, matched, sheet)]
    headers += cumulative.faults(incoming, sheet, raw, matched.letters.values())
    return _Part(sheet, matched, tuple(dropped), tuple(headers), tuple(findings), incoming, (layout,))


def _report(table: Table, part: _Part, between: Iterable[Finding]) -> Report:
    findings, unlisted = _bounded([*part.findings, *between])
    faults = _in_order(part.faults(table, findings))
    refused = any(not fault.warning for fault in faults)
    rows = None if refused or part.incoming is None else part.incoming.declared
    sheet = part.sheet
    return Report(table, sheet.file, sheet.name, faults, rows, part.dropped, part.layouts, unlisted=unlisted)


def _bounded(findings: list[Finding]) -> tuple[list[Finding], int]:
    """Every error, and of each rule's warnings the first `MOST_ALIKE`, the last of which says how many there are
    beside them; and the number of those that are not listed."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.problem.warning:
            alike.setdefault(finding.problem.rule, []).append(finding)
    unlisted = 0
    kept = [finding for finding in findings if not finding.problem.warning]
    for warnings in alike.values():
        more = len(warnings) - MOST_ALIKE
        if more > 0:
            warnings.sort(key=lambda finding: finding.row)
            last = warnings[MOST_ALIKE - 1]
            warnings = [*warnings[: MOST_ALIKE - 1], replaced(last, problem=and_more(last.problem, more))]
            unlisted += more
        kept += warnings
    return kept, unlisted


def _without_rows(table: Table, part: _Part) -> Report:
    sheet = part.sheet
    nothing = CellFault.of(problems.NO_ROWS, sheet.first_row, "", table.name.zh, None)
    return Report(table, sheet.file, sheet.name, (*part.headers, nothing), None)


def _read_columns(
    table: Table, raw: pa.Table, letters: Mapping[str, str]
) -> dict[str, tuple[pa.Array, dict[int, Problem]]]:
    """What `read_column` gives for each key; Arrow lets one column be read beside another."""
    with ThreadPoolExecutor(_COLUMNS_AT_ONCE) as readers:
        read = readers.map(lambda key: read_column(table.by_key[key], raw[letters[key]]), letters)
        return dict(zip(letters, read, strict=True))


def read_column(column: Column, raw: pa.ChunkedArray) -> tuple[pa.Array, dict[int, Problem]]:
    """The typed values, null where a cell is empty or wrong, and the problem of each wrong cell by its index.

    Columns repeat themselves, so each distinct text is read once.
    """
    encoded = raw.combine_chunks().dictionary_encode()
    values, wrong = _read_texts(column, encoded.dictionary)
    faulty = pc.is_in(encoded.indices, value_set=pa.array(list(wrong), pa.int32()))
    by_row = {row: wrong[encoded.indices[row].as_py()] for row in pc.indices_nonzero(faulty).to_pylist()}
    if column.required:
        by_row |= dict.fromkeys(pc.indices_nonzero(encoded.indices.is_null()).to_pylist(), problems.REQUIRED)
    return values.take(encoded.indices), by_row


def _read_texts(column: Column, texts: pa.Array) -> tuple[pa.Array, dict[int, Problem]]:
    """The value of each text, null where it is wrong, and the problems by place."""
    plain = plain_values(column, texts)
    left = range(len(texts)) if plain is None else pc.indices_nonzero(plain.is_null()).to_pylist()
    parsed = {place: reader(column)(texts[place].as_py()) for place in left}
    wrong = {place: read for place, read in parsed.items() if isinstance(read, Problem)}
    values = pa.array([None if place in wrong else read for place, read in parsed.items()], column.arrow)
    return (values if plain is None else pc.replace_with_mask(plain, plain.is_null(), values)), wrong


def _data_rows(sheet: Sheet) -> tuple[pa.Table, pa.Array]:
    """The rows that are not blank, and their Excel row numbers."""
    filled = reduce(pc.or_, (column.combine_chunks().is_valid() for column in sheet.rows.columns))
    if pc.all(filled).as_py():
        return sheet.rows, sheet.excel_rows
    return sheet.rows.filter(filled), sheet.excel_rows.filter(filled)


def _unsure(table: Table, matched: Match) -> frozenset[str]:
    """Columns that may only be missing because their header is wrong: nothing is concluded from their absence."""
    refused = any(not fault.warning for fault in matched.faults)
    return frozenset(set(table.by_key) - set(matched.letters)) if refused else frozenset()


def _cell_faults(table: Table, sheet: Sheet, matched: Match, findings: Iterable[Finding]) -> Iterator[CellFault]:
    for finding in findings:
        letter = matched.letters.get(finding.column, "")
        verbatim = sheet.verbatim(finding.row, letter) if letter else None
        title = matched.title(table.by_key[finding.column])
        yield CellFault.of(finding.problem, finding.row, excel_letter(letter), title, verbatim)


def _in_order(faults: list[CellFault]) -> tuple[CellFault, ...]:
    """By row, then from left to right; what belongs to a whole row comes first."""
    return tuple(sorted(faults, key=lambda fault: (fault.row, column_number(fault.cell.rstrip("0123456789:")))))
