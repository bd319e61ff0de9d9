"""The commands about duplicates: what two organizations may both have reported, and what a person decides on it."""

from __future__ import annotations

import getpass
from argparse import Namespace

from gzdash.answer import Cell
from gzdash.cli.asked import desk_of, selection_of
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, listing, provenance
from gzdash.engines.choosing import engine_of
from gzdash.insight.duplicates import Group, duplicates
from gzdash.insight.duplicates import Report as Reported
from gzdash.intake.merging import Decision, Verdict, decide, foresee
from gzdash.numbers import write
from gzdash.reference import code_list
from gzdash.rollups import renew
from gzdash.words import Language
from gzdash.words import duplicates as words

_COLUMNS = (words.NO, words.TABLE, words.STRENGTH, words.DAY, words.AMOUNT, words.ORGANIZATION, words.IDENTITY)


def duplicates_(options: Namespace, language: Language) -> Output:
    """The groups that nobody has decided on, a row for each report, the strongest first."""
    desk = desk_of(options, options.as_of)
    selection = selection_of(options, desk, language)
    groups = duplicates(desk, selection)
    kinds = code_list("duplicate_kind")
    table = [
        (
            number,
            kinds.name_of(group.kind),
            words.STRENGTHS[group.strength],
            report.day.isoformat(),
            report.amount,
            report.organization,
            report.identity,
        )
        for number, group in enumerate(groups, 1)
        for report in group.reports
    ]
    shown = listing("duplicates", words.LIST, _COLUMNS, table, desk.snapshot)
    document = {"period": str(selection.period), "groups": [_group(group) for group in groups]}
    return Output(shown, document, (provenance(desk.snapshot),))


def merge(options: Namespace, language: Language) -> Output:
    """Commits one decision, or with --dry-run shows what each figure of the table becomes."""
    lake = lake_of(options)
    engine = engine_of(lake.root)
    verdict: Verdict = "distinct" if options.distinct else "merge"
    decision = Decision(options.kind, verdict, options.kept, tuple(options.dropped), options.why)
    if options.dry_run:
        period, figures = foresee(lake, engine, decision)
        rows: list[tuple[Cell, ...]] = [
            (one.metric.name, *(write(value, one.metric.unit, language) for value in (one.before, one.after)))
            for one in figures
        ]
        shown = listing("foreseen", words.FORESEEN, (words.METRIC, words.BEFORE, words.AFTER), rows, lake.snapshot())
        document: dict[str, object] = {
            "period": str(period),
            "figures": [{"metric": one.metric.key, "before": one.before, "after": one.after} for one in figures],
        }
        return Output(shown, document, (words.WOULD.fill(period=period.label),))
    number = decide(lake, engine, decision, options.who or getpass.getuser())
    renew(lake, engine)
    count = len(decision.pairs)
    shown = listing("merge", words.DECISIONS, (words.IMPORT,), [(number,)], lake.snapshot())
    said = words.DECIDED.fill(id=number, count=count)
    return Output(shown, {"import": number, "decision": verdict, "rows": count}, (said,), says_all=True)


def _group(group: Group) -> dict[str, object]:
    return {
        "table": group.kind,
        "why": group.why,
        "strength": group.strength,
        "often": group.often,
        "differs": group.differs,
        "amount": group.amount,
        "reports": [_report(report) for report in group.reports],
    }


def _report(report: Reported) -> dict[str, object]:
    return {
        "identity": report.identity,
        "organization": report.organization,
        "date": report.day.isoformat(),
        "amount": report.amount,
        "rows": report.rows,
        "import": report.import_id,
        "file": report.file,
        "sheet": report.sheet,
        "row": report.row,
    }
