"""The desk: where questions over one snapshot are asked, answered together, and their answers kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import pyarrow as pa

from gzdash.answer import Answer, Question
from gzdash.ask.answering import answers_to
from gzdash.ask.cache import Answers
from gzdash.ask.checking import check
from gzdash.ask.composing import detail
from gzdash.engines import Engine
from gzdash.lake import Snapshot
from gzdash.metrics import metric
from gzdash.period import PUBLISHED_PERIOD, Period
from gzdash.scope import EVERYTHING, Scope
from gzdash.selection import FILTERS, Selection
from gzdash.tables import TABLES
from gzdash.words import Text, same

_CACHE = Answers()
# Rows of a download that are sorted together, or one month of one import where that has more.
_ROWS_SORTED = 100_000


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
        known = {one: _CACHE.get(self._key(one)) for one in questions}
        missing = [one for one, found in known.items() if found is None]
        if missing:
            known |= self._found(missing)
        return tuple(found for one in questions if (found := known[one]))

    def count(self, table: str, selection: Selection, scope: Scope = EVERYTHING) -> int:
        """How many rows of `table` the selection holds."""
        sql, parameters = detail("count(*) AS n", table, selection, scope)
        return int(self.engine.run(sql, parameters, self.snapshot)["n"][0].as_py())

    def rows(
        self, table: str, selection: Selection, scope: Scope = EVERYTHING, batch: int = 25_000
    ) -> Iterator[pa.RecordBatch]:
        """The rows of `table` that the selection holds, in batches: declared columns, then where each came from.

        In the order of imports, months, who reported and where it stood, so that the same snapshot gives the same file.
        Sorted in runs: sorting all of a large table would hold it, and the reader back, before the first row.
        """
        names = [*TABLES[table].by_key, "import_id", "source_file", "source_sheet", "source_row"]
        columns = ", ".join(f'"{name}"' for name in names)
        sql, parameters = detail(f"{columns}, source_part, submission_month, submission_owner", table, selection, scope)
        sorted_run = f"SELECT {columns} FROM ({sql}) WHERE {_WITHIN_RUN} ORDER BY {_IN_ORDER}"
        for run in self._runs(table, selection, scope):
            yield from self.engine.batches(sorted_run, {**parameters, **run}, self.snapshot, batch)

    def _runs(self, table: str, selection: Selection, scope: Scope) -> Iterator[dict[str, int | str]]:
        """The bounds of runs of imports and their months with enough rows to be worth a statement."""
        sql, parameters = detail("import_id, submission_month", table, selection, scope)
        places = "import_id, submission_month"
        counted = f"SELECT {places}, count(*) AS n FROM ({sql}) GROUP BY {places} ORDER BY {places}"
        run, held = list[tuple[int, str]](), 0
        for one in self.engine.run(counted, parameters, self.snapshot).to_pylist():
            if run and held + one["n"] > _ROWS_SORTED:
                yield _bounds(run)
                run, held = [], 0
            run, held = [*run, (one["import_id"], one["submission_month"])], held + one["n"]
        if run:
            yield _bounds(run)

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

    def _found(self, questions: Sequence[Question]) -> dict[Question, Answer]:
        """The answers to questions that were not asked so before, kept under them and under what is read for them."""
        for question in questions:
            check(question)
        read = {question: _as_read(question) for question in questions}
        known = {one: _CACHE.get(self._key(one)) for one in read.values()}
        missing = [one for one, kept in known.items() if kept is None]
        for answer in answers_to(missing, self.snapshot, self.engine):
            _CACHE.put(self._key(answer.question), answer)
            known[answer.question] = answer
        asked = {one: _as_asked(found, one) for one, as_read in read.items() if (found := known[as_read])}
        for question, found in asked.items():
            _CACHE.put(self._key(question), found)
        return asked

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


def _bounds(run: Sequence[tuple[int, str]]) -> dict[str, int | str]:
    """The parameters of `_WITHIN_RUN` for some imports and months, as they follow one another."""
    months = [month for _, month in run]
    (first, since), (last, until) = run[0], run[-1]
    return {
        "first_import": first,
        "last_import": last,
        "since": since,
        "until": until,
        "earliest": min(months),
        "latest": max(months),
    }


# As the rows are stored, for that is sorted fastest; an import is one file, and with the sheet, row and part in it
# names one row of the store.
_IN_ORDER = "import_id, submission_month, submission_owner, source_sheet, source_row, source_part"
# What the second line says follows from the others; but only what is said of one column spares reading files.
_WITHIN_RUN = """
    import_id BETWEEN $first_import AND $last_import
    AND submission_month BETWEEN $earliest AND $latest
    AND (import_id > $first_import OR submission_month >= $since)
    AND (import_id < $last_import OR submission_month <= $until)
"""

_FIND = """
    SELECT code, name FROM register
    WHERE contains(name, $text) OR starts_with(code, upper($text))
    ORDER BY name LIMIT $most
"""
