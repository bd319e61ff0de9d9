"""The commands about what looks wrong: the findings, and a person's word that one of them is harmless."""

from __future__ import annotations

import getpass
from argparse import Namespace

from gzdash.ask import Desk
from gzdash.cli.asked import desk_of, selection_of
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, listing, provenance
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.insight.detectors import DETECTORS
from gzdash.insight.dismissing import dismiss, found_as
from gzdash.insight.finding import Finding
from gzdash.insight.suspicions import suspicions
from gzdash.insight.telling import every
from gzdash.tables import TABLES
from gzdash.trace.spot import rows_of
from gzdash.words import Language, Text, same
from gzdash.words import suspicions as words

_COLUMNS = (
    words.NO,
    words.KIND,
    words.STRENGTH,
    words.TABLE,
    words.HOLDER,
    words.MONTHS,
    words.WHAT,
    words.KEY,
)
_ROW_COLUMNS = (words.ORGANIZATION, words.MONTHS, words.VALUE, words.FILE, words.SHEET, words.CELL, words.RAW)
_EVERY_ROW = 1_000_000


def suspicions_(options: Namespace, language: Language) -> Output:
    """The findings that nobody has dismissed, the strongest first; with --rows KEY the rows of one of them."""
    desk = desk_of(options, options.as_of)
    if options.rows:
        return _rows(options, desk, found_as(desk, options.rows))
    found = suspicions(desk, selection_of(options, desk, language))
    if options.kind:
        found = tuple(one for one in found if one.kind == options.kind)
    table = [
        (
            number,
            DETECTORS[one.kind].name,
            words.STRENGTHS[one.strength],
            TABLES[one.spot.table].name,
            holder(one),
            every(one.spot.months),
            one.said,
            one.key,
        )
        for number, one in enumerate(found, 1)
    ]
    shown = listing("suspicions", words.LIST, _COLUMNS, table, desk.snapshot)
    return Output(shown, {"findings": [_finding(one) for one in found]}, (provenance(desk.snapshot),))


def _rows(options: Namespace, desk: Desk, one: Finding) -> Output:
    """Every row of one finding: where each of its numbers stood."""
    _, rows = rows_of(desk, lake_of(options), one.spot, _EVERY_ROW)
    table = [
        (
            row.organization,
            row.month,
            " / ".join(one or "—" for one in row.numbers),
            row.file,
            row.sheet,
            row.cell.name or str(row.row),
            row.cell.raw,
        )
        for row in rows
    ]
    shown = listing("rows", words.ROWS, _ROW_COLUMNS, table, desk.snapshot)
    keys = ("organization", "month", "numbers", "file", "sheet", "cell", "raw")
    document = {"finding": one.key, "rows": [dict(zip(keys, row, strict=True)) for row in table]}
    return Output(shown, document, (one.said, provenance(desk.snapshot)))


def holder(one: Finding) -> Text:
    """The code of the organization, or the number of the import."""
    return same(one.spot.holder) if one.spot.holder else words.OF_IMPORT.fill(id=one.spot.import_id)


def dismiss_(options: Namespace, language: Language) -> Output:
    """Commits one dismissal."""
    lake = lake_of(options)
    engine = DuckDBEngine(lake.root)
    number = dismiss(lake, engine, options.key, who=options.who or getpass.getuser(), why=options.why)
    shown = listing("dismiss", words.DISMISSED, (words.IMPORT,), [(number,)], lake.snapshot())
    said = words.RECORDED.fill(id=number)
    return Output(shown, {"import": number, "finding": options.key}, (said,), says_all=True)


def _finding(one: Finding) -> dict[str, object]:
    return {
        "key": one.key,
        "kind": one.kind,
        "strength": one.strength,
        "decades": round(one.decades, 2),
        "table": one.spot.table,
        "columns": list(one.spot.columns),
        "group": one.spot.group,
        "organization": one.spot.holder or None,
        "import": one.spot.import_id,
        "months": list(one.spot.months),
        "zh": one.said.zh,
        "en": one.said.en,
    }
