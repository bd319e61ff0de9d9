"""A figure traced: what it is, which imports gave what, and the rows behind it with their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gzdash.answer import Answer, Key, Number, Question, Row
from gzdash.ask import Desk
from gzdash.ask.behind import Behind, Given, behind
from gzdash.ask.checking import check
from gzdash.ask.contributions import Contribution, Half, Traced
from gzdash.lake import Import, Lake
from gzdash.metrics import Metric, metric
from gzdash.trace.cells import Cell, cells_of
from gzdash.trace.sources import sources_of


@dataclass(frozen=True, slots=True)
class Contributor:
    """An import with what it gave to a figure: `rows` of it, `value` in all, of which `verified` against vouchers
    (None where the table does not say), and its `share` of the figure (None of a figure of 0)."""

    source: Import
    rows: int
    value: Number
    verified: Number | None
    share: float | None


@dataclass(frozen=True, slots=True)
class TracedRow:
    """A stored row behind a figure: what it gives, where it stood, and what stands there; `thing` is what a
    distinct count counts."""

    half: Half
    value: Number
    import_id: int
    file: str
    sheet: str
    row: int
    cell: Cell
    organization: str | None
    month: str | None
    thing: str | None


@dataclass(frozen=True)
class Trace:
    """Where one figure comes from: `row` is the figure itself, and `halves` what is traced, both of a ratio's."""

    answer: Answer
    row: Row
    halves: tuple[Traced, ...]
    contributors: Mapping[Half, tuple[Contributor, ...]]
    behind: Mapping[Half, Behind] = field(repr=False)
    desk: Desk = field(repr=False)
    lake: Lake = field(repr=False)

    @property
    def metric(self) -> Metric:
        """The metric traced."""
        return self.answer.metric

    @property
    def key(self) -> Key | None:
        """The part of the split that is traced; None for the whole figure."""
        return self.halves[0].key

    @property
    def part(self) -> dict[str, str | None]:
        """The code of that part by dimension; empty for the whole figure."""
        return dict(zip(self.answer.question.split, self.key, strict=True)) if self.key is not None else {}

    def count(self, half: Half = "numerator") -> int:
        """How many rows are behind the figure."""
        return sum(one.rows for one in self.contributors[half])

    def page(self, first: int, count: int, half: Half = "numerator") -> tuple[TracedRow, ...]:
        """`count` rows from the `first` on (0), the largest before the smaller, each with its cell."""
        return tuple(self._rows(self.behind[half].page(first, count), self.behind[half].traced))

    def rows(self, half: Half = "numerator") -> Iterator[TracedRow]:
        """All rows in the order of imports, files and rows, each with its cell; memory holds a batch of them."""
        for batch in self.behind[half].rows():
            yield from self._rows(batch, self.behind[half].traced)

    def _rows(self, rows: Sequence[Contribution], traced: Traced) -> Iterator[TracedRow]:
        sources = {one.source.id: one.source for one in self.contributors[traced.half]}
        cells = cells_of(self.lake, self.desk.snapshot.lake, sources, traced.metric.subject, traced.part, rows)
        for one, cell in zip(rows, cells, strict=True):
            yield TracedRow(
                traced.half,
                one["value"],
                one["import_id"],
                one["source_file"],
                one["source_sheet"],
                one["source_row"],
                cell,
                one["organization"],
                one["day"].isoformat()[:7] if one["day"] else None,
                one.get("thing"),
            )


def trace(desk: Desk, lake: Lake, question: Question, key: Key | None = None) -> Trace:
    """Where the answer to a question comes from, or with `key` one row of its split.

    Raises WrongUsage for a metric or split that is not declared.
    """
    check(question)
    halves: tuple[Half, ...] = ("numerator", "denominator") if metric(question.metric).is_ratio else ("numerator",)
    # What is behind the whole figure is not split: a thing that several parts share is still counted once.
    own = question if key is not None else replace(question, split=())
    traced = tuple(Traced(own, key, half) for half in halves)
    # The figure and what is behind it read the same snapshot, neither needs the other, and each takes half the time.
    with ThreadPoolExecutor(1, "behind-a-figure") as beside:
        looking = beside.submit(behind, desk, traced)
        answer = desk.ask_all([question])[0]
        whole = desk.ask(question.metric, question.selection, scope=question.scope)
        sources = sources_of(lake, desk.snapshot)
        found = dict(zip(halves, looking.result(), strict=True))
    row = whole.total if key is None else answer.by_key.get(key, Row(key, None))
    contributors = {half: tuple(_contributors(one.imports, sources)) for half, one in found.items()}
    return Trace(answer, row, traced, contributors, found, desk, lake)


def _contributors(given: Sequence[Given], sources: Mapping[int, Import]) -> Iterator[Contributor]:
    total = sum((Decimal(one.value) for one in given), Decimal(0))
    for one in given:
        share = float(Decimal(one.value) / total) if total else None
        yield Contributor(sources[one.import_id], one.rows, one.value, one.verified, share)
