"""Asking: metric + selection + scope + split → Answer; the only place that composes SQL, and the cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from threading import Lock
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Answer, Question
from gzdash.dimensions import DIMENSIONS
from gzdash.engines import Engine
from gzdash.faults import Fault, WrongUsage
from gzdash.lake import Snapshot
from gzdash.metrics import METRICS, SUBJECTS, Metric, Subject, metric
from gzdash.period import PUBLISHED_PERIOD, Period
from gzdash.scope import EVERYTHING, Scope
from gzdash.selection import FILTERS, Selection
from gzdash.tables import TABLES
from gzdash.words import Text, same

# Answers are small (a few hundred rows); a split by organization has some thousands.
_ANSWERS_KEPT = 4_000

_TIME_STEPS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Desk:
    """Where questions are asked over one snapshot by one engine."""

    snapshot: Snapshot
    engine: Engine

    def ask(self, key: str, selection: Selection, *split: str, scope: Scope = EVERYTHING) -> Answer:
        """The answer to one question; raises WrongUsage for a metric or split that is not declared."""
        return self.ask_all([Question(key, selection, split, scope)])[0]

    def ask_all(self, questions: Sequence[Question]) -> tuple[Answer, ...]:
        """The answers in the order of the questions; those over the same rows are read in one pass, and
        questions that differ only in filters their metric does not obey are read once."""
        for question in questions:
            _check(question)
        read = {question: _as_read(question) for question in questions}
        known: dict[Question, Answer | None] = {one: _CACHE.get(self._key(one)) for one in read.values()}
        missing = [question for question, found in known.items() if found is None]
        for together in _same_rows(missing):
            for question, answer in zip(together, self._read(together), strict=True):
                _CACHE.put(self._key(question), answer)
                known[question] = answer
        return tuple(_as_asked(found, one) for one in questions if (found := known[read[one]]))

    def count(self, table: str, selection: Selection, scope: Scope = EVERYTHING) -> int:
        """How many rows of `table` the selection holds."""
        sql, parameters = _detail("count(*) AS n", table, selection, scope)
        return int(self.engine.run(sql, parameters, self.snapshot)["n"][0].as_py())

    def rows(
        self, table: str, selection: Selection, scope: Scope = EVERYTHING, batch: int = 50_000
    ) -> Iterator[pa.RecordBatch]:
        """The rows of `table` that the selection holds, in batches: declared columns, then where each came from."""
        names = [*TABLES[table].by_key, "import_id", "source_file", "source_sheet", "source_row"]
        columns = ", ".join(f'"{name}"' for name in names)
        sql, parameters = _detail(columns, table, selection, scope)
        return self.engine.batches(sql, parameters, self.snapshot, batch)

    def find_organizations(self, text: str, most: int) -> list[tuple[str, str]]:
        """Up to `most` organizations whose name holds `text` or whose code begins with it: (code, name)."""
        found = self.engine.run(_FIND, {"text": text, "most": most}, self.snapshot)
        return list(zip(found["code"].to_pylist(), found["name"].to_pylist(), strict=True))

    def organization_name(self, code: str) -> str:
        """The name on the register; empty when the code is not there."""
        found = self.engine.run("SELECT name FROM register WHERE code = $code", {"code": code}, self.snapshot)
        return str(found["name"][0]) if found.num_rows else ""

    def organization_names(self, codes: Iterable[str | None]) -> dict[str, Text]:
        """The names of those of `codes` that are on the register."""
        asked = [code for code in codes if code]
        found = self.engine.run(
            "SELECT code, name FROM register WHERE code = ANY($codes)", {"codes": asked}, self.snapshot
        )
        return {
            code: same(name) for code, name in zip(found["code"].to_pylist(), found["name"].to_pylist(), strict=True)
        }

    def targets(self) -> dict[tuple[str, int], Decimal]:
        """The yearly targets by metric and year; a metric without one is not in it."""
        return _targets(self.snapshot, self.engine)

    def _read(self, questions: Sequence[Question]) -> Iterator[Answer]:
        sql, parameters = statement(questions)
        table = self.engine.run(sql, parameters, self.snapshot)
        split = list(questions[0].split)
        for place, question in enumerate(questions):
            names = {f"n{place}": "numerator", f"d{place}": "denominator"}
            kept = [name for name in names if name in table.column_names]
            present = table.filter(pc.greater(table[f"r{place}"], 0)) if split else table
            part = present.select([*split, *kept]).rename_columns([*split, *(names[name] for name in kept)])
            yield Answer(question, self.snapshot.event, self.snapshot.is_demo, part)

    def _key(self, question: Question) -> tuple[str, int, Question]:
        return (self.snapshot.lake, self.snapshot.event, question)


def _as_read(question: Question) -> Question:
    """The question without what its metric does not obey, and without the event, which the snapshot has."""
    obeyed = metric(question.metric).filters
    everything = Selection(question.selection.period)
    ignored = {key: getattr(everything, key) for key in FILTERS if key not in obeyed and key != "period"}
    return replace(question, selection=question.selection.with_(as_of=None, **ignored))


def _as_asked(answer: Answer, question: Question) -> Answer:
    """The answer with the question as it was asked: the selection a reader sees is the whole one."""
    if answer.question == question:
        return answer
    own = copy(answer)
    object.__setattr__(own, "question", question)
    return own


def default_selection(snapshot: Snapshot) -> Selection:
    """What a reader sees first: the published period on the demonstration city, else the year to date."""
    if snapshot.is_demo:
        return Selection(PUBLISHED_PERIOD)
    last = snapshot.last_complete_month
    return Selection(Period(f"{last[:4]}-01", last))


@lru_cache(maxsize=64)
def _targets(snapshot: Snapshot, engine: Engine) -> dict[tuple[str, int], Decimal]:
    found = engine.run("SELECT metric, year, target FROM targets", {}, snapshot)
    return {(row["metric"], row["year"]): row["target"] for row in found.to_pylist()}


def statement(questions: Sequence[Question]) -> tuple[str, dict[str, Any]]:
    """The SQL that answers questions over the same rows, and its parameters.

    Identifiers and expressions come from declarations; what a reader chose is only ever a bound parameter.
    """
    first = questions[0]
    subject = metric(first.metric).subject
    columns = [f'{subject.split_sql(name)} AS "{name}"' for name in first.split]
    for place, question in enumerate(questions):
        columns += _aggregates(metric(question.metric), place)
    conditions, parameters = _conditions(subject, first.selection, first.scope, first.split)
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    group = "\nGROUP BY ALL" if first.split else ""
    return f"SELECT {', '.join(columns)}\nFROM {subject.source_sql(first.split)}{where}{group}", parameters


def _aggregates(one: Metric, place: int) -> list[str]:
    """Sums of integers come back as 64-bit integers, sums of money as exact decimals; `r` counts the rows that
    the metric reads, since questions read together share their keys and each keeps only its own."""
    parts = [(f"n{place}", one.part)] + ([(f"d{place}", one.denominator)] if one.denominator else [])
    cast = "{}" if one.unit.measure == "money" or one.halves_unit.measure == "money" else "CAST({} AS BIGINT)"
    wheres = [part.where for _, part in parts]
    read = f" FILTER (WHERE {' OR '.join(f'({where})' for where in wheres)})" if all(wheres) else ""
    return [*(f"{cast.format(part.sql)} AS {name}" for name, part in parts), f"count(*){read} AS r{place}"]


def _conditions(
    subject: Subject, selection: Selection, scope: Scope, split: Iterable[str] = ()
) -> tuple[list[str], dict[str, Any]]:
    """What limits the rows of a subject, and the parameters of its source and of the limits."""
    conditions, parameters = [], dict[str, Any]()
    if subject.is_stock:
        parameters["days"] = _days(selection.period, split)
    elif subject.month:
        conditions.append(f"{subject.month} BETWEEN $first AND $last")
        parameters |= {"first": selection.period.first_day, "last": selection.period.last_day}
    for key in subject.filters:
        chosen = getattr(selection, key)
        if key != "period" and chosen:
            conditions.append(subject.filter_sql(key))
            parameters[key] = chosen if isinstance(chosen, str) else list(chosen)
    for key in ("districts", "chains", "types"):
        allowed = getattr(scope, key)
        if allowed and key in subject.filters:
            conditions.append(subject.filter_sql(key).replace(f"${key}", f"$scope_{key}"))
            parameters[f"scope_{key}"] = list(allowed)
    return conditions, parameters


def _days(period: Period, split: Iterable[str]) -> list[Any]:
    """The days at which a stock is taken: the end of the period, or of each month, quarter or year in it."""
    step = min((_TIME_STEPS[name] for name in split if name in _TIME_STEPS), default=0)
    if not step:
        return [period.last_day]
    ends = [month for month in period.months if int(month[5:]) % step == 0 or month == period.last]
    return [Period(month, month).last_day for month in ends]


def filters_of(table: str) -> tuple[str, ...]:
    """The keys of the filters that the rows of `table` obey."""
    return SUBJECTS[_DETAIL_SUBJECT.get(table, table)].filters


def _detail(columns: str, table: str, selection: Selection, scope: Scope) -> tuple[str, dict[str, Any]]:
    subject = SUBJECTS[_DETAIL_SUBJECT.get(table, table)]
    conditions, parameters = _conditions(subject, selection, scope)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {columns} FROM {subject.source_sql(())}{where}", parameters


_FIND = """
    SELECT code, name FROM register
    WHERE contains(name, $text) OR starts_with(code, upper($text))
    ORDER BY name LIMIT $most
"""
_DETAIL_SUBJECT = {"organizations": "register"}


def _same_rows(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions grouped by what they read: one subject, selection, split and scope."""
    groups: dict[tuple[object, ...], list[Question]] = {}
    for question in questions:
        key = (metric(question.metric).subject.key, question.selection, question.split, question.scope)
        groups.setdefault(key, []).append(question)
    return list(groups.values())


def _check(question: Question) -> None:
    asked = metric(question.metric)
    for name in question.split:
        if name not in DIMENSIONS:
            raise WrongUsage(_no_dimension(name, tuple(DIMENSIONS)))
        if name not in asked.splits:
            raise WrongUsage(_no_split(asked, name))


def _no_dimension(name: str, known: Sequence[str]) -> Fault:
    return Fault(
        "split-unknown",
        Text("没有拆分方式“{name}”。", "There is no split “{name}”.").fill(name=name),
        "by",
        Text("可用：{known}。", "There are: {known}.").fill(known=same(", ".join(known))),
    )


def _no_split(asked: Metric, name: str) -> Fault:
    return Fault(
        "split-not-possible",
        Text("“{metric}”不能按{name}拆分。", "“{metric}” cannot be split by {name}.").fill(
            metric=asked.name, name=DIMENSIONS[name].name
        ),
        "by",
        Text("可用：{known}。", "There are: {known}.").fill(known=same(", ".join(asked.splits))),
    )


class _Cache:
    """Answers by value: a snapshot never changes, so nothing is ever invalidated, only forgotten."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._answers: OrderedDict[tuple[str, int, Question], Answer] = OrderedDict()

    def get(self, key: tuple[str, int, Question]) -> Answer | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: tuple[str, int, Question], answer: Answer) -> None:
        with self._lock:
            self._answers[key] = answer
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)


_CACHE = _Cache(_ANSWERS_KEPT)

__all__ = ["METRICS", "Desk", "statement"]
