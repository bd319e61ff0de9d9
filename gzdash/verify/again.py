"""A file made again from its passport, at the snapshot it was issued from or at any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gzdash.answer import Answer, Figures, Key, Question, Row, Sheet
from gzdash.ask import Desk
from gzdash.ask.contributions import Half
from gzdash.dimensions import DIMENSIONS
from gzdash.exports import Issue, Passport, detail_csv, sheet_csv, shown_passport, streamed_passport, table_details
from gzdash.exports.issuing import traced_rows
from gzdash.exports.passport import Asked, Column, selection_of
from gzdash.faults import Fault, Refused
from gzdash.insight.coverage import coverage
from gzdash.lake import Lake
from gzdash.metrics import metric
from gzdash.reference import region_name
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.trace import trace
from gzdash.trace.file import trace_csv
from gzdash.words import Text
from gzdash.words import passport as words

Stream = Callable[[], Iterable[bytes]]
_TIMES = ("month", "quarter", "year")


@dataclass(frozen=True)
class Again:
    """A file made again: its passport as it would be issued now with the same maker and time, and its bytes anew
    each time `content` is called. `all_rows` are the keys of every row that a sheet's questions give."""

    passport: Passport
    content: Stream
    all_rows: frozenset[Key] = frozenset()


def coverage_by_metric(desk: Desk, asked: Iterable[tuple[str, Selection]]) -> dict[str, Text]:
    """How far each metric is reported, in words; those without a list of who should report are left out."""
    found = {key: coverage(desk, metric(key), selection) for key, selection in dict.fromkeys(asked)}
    return {key: one.words() for key, one in found.items() if one}


def why_not_again(passport: Passport) -> Text | None:
    """Why the lake cannot give the file again; None where it can."""
    if passport.kind == "listing":
        return words.NOT_RECOMPUTED_WORDS
    if passport.kind == "detail":
        return None
    return None if passport.columns and all(one.asked for one in passport.columns) else words.NOT_RECOMPUTED_COLUMNS


def again(passport: Passport, desk: Desk, lake: Lake, whole: bool = False) -> Again:
    """The file made again over the desk's snapshot; `whole` adds rows of a sheet that were not there when it was made.

    Raises Refused for a metric, table or code that is known no more.
    """
    asked = [(one.asked.metric, one.asked.question().selection) for one in passport.columns if one.asked]
    covered = coverage_by_metric(desk, [one for one in asked if one[1] == selection_of(passport.codes)])
    issue = Issue(passport.page, passport.language, desk.snapshot, passport.made, passport.maker, covered)
    if passport.kind == "detail":
        return _details(passport, desk, issue)
    return _traced(passport, desk, lake, issue) if passport.kind == "trace" else _sheet(passport, desk, issue, whole)


def _details(passport: Passport, desk: Desk, issue: Issue) -> Again:
    table = TABLES.get(passport.table)
    if table is None:
        raise Refused(_no_table(passport.table))
    selection = selection_of(passport.codes)

    def content() -> Iterator[bytes]:
        rows = desk.rows(table.key, selection)
        return detail_csv(table, rows, passport.language, is_demo=desk.snapshot.is_demo)

    what = table_details(table, selection, desk.count(table.key, selection))
    return Again(streamed_passport(what, passport.file, issue, content()), content)


def _traced(passport: Passport, desk: Desk, lake: Lake, issue: Issue) -> Again:
    asked = passport.columns[0].asked
    assert asked is not None
    question, key = asked.question(), next(iter(passport.keys), None)
    half: Half = "denominator" if asked.part == "denominator" else "numerator"
    found = trace(desk, lake, question, key)
    unit = found.metric.issued_unit(half, passport.columns[0].unit)

    def content() -> Iterator[bytes]:
        return trace_csv(found, half, passport.language, unit)

    what = traced_rows(question, half, key, found.count(half), unit)
    return Again(streamed_passport(what, passport.file, issue, content()), content)


def _sheet(passport: Passport, desk: Desk, issue: Issue, whole: bool) -> Again:
    asked = [(one, one.asked) for one in passport.columns if one.asked]
    questions = [question.question() for _, question in asked]
    answers = [_moved(answer, one) for answer, (_, one) in zip(desk.ask_all(questions), asked, strict=True)]
    every = frozenset(key for rows in answers for key in rows)
    keys = (*passport.keys, *(sorted(every.difference(passport.keys), key=str) if whole else ()))
    figures = tuple(
        _figures(column, one, question, [rows.get(key) for key in keys])
        for (column, one), question, rows in zip(asked, questions, answers, strict=True)
    )
    dimensions, snapshot = tuple(DIMENSIONS[name] for name in passport.split), desk.snapshot
    first = selection_of(passport.codes)
    shown = Sheet("", passport.title, first, snapshot.event, snapshot.is_demo, dimensions, keys, figures)
    shown = _named(shown, desk)
    content = sheet_csv(shown, passport.language)
    return Again(shown_passport(shown, passport.file, issue, content), lambda: (content,), every)


def _figures(column: Column, asked: Asked, question: Question, rows: Sequence[Row | None]) -> Figures:
    unit = metric(asked.metric).issued_unit(asked.part, column.unit)
    values = tuple(getattr(row, asked.part) if row else None for row in rows)
    return Figures(column.key, column.label, unit, values, question)


def _moved(answer: Answer, asked: Asked) -> dict[Key, Row]:
    """The rows by the key they stand at: last year's beside this year's months."""
    if not asked.years_on:
        return answer.by_key
    return {_later(key, asked): row for key, row in answer.by_key.items()}


def _later(key: Key, asked: Asked) -> Key:
    return tuple(
        f"{int(code[:4]) + asked.years_on}{code[4:]}" if code and name in _TIMES else code
        for name, code in zip(asked.split, key, strict=True)
    )


def _named(shown: Sheet, desk: Desk) -> Sheet:
    """With the names that pages give: organizations as on the register, counties with their prefecture."""
    split = tuple(one.key for one in shown.dimensions)
    codes = [code for key in shown.keys for code in key if code]
    if split == ("organization",):
        return replace(shown, names=desk.organization_names(codes))
    return replace(shown, names={code: region_name(code) for code in codes}) if split == ("county",) else shown


def _no_table(key: str) -> Fault:
    return Fault(
        "passport-table",
        Text("没有表 {key}。", "There is no table {key}.").fill(key=key),
        "",
        Text("用签发它的程序版本核对。", "Verify it with the version that issued it."),
    )
