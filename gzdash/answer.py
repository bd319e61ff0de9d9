"""An `Answer` is rows that remember their question; a `Sheet` is answers side by side, as shown and as exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

import pyarrow as pa

from gzdash.dimensions import DIMENSIONS, Dimension
from gzdash.metrics import Metric, Part, metric
from gzdash.scope import EVERYTHING, Scope
from gzdash.selection import Selection
from gzdash.units import Unit
from gzdash.words import Language, Text

Number = int | float | Decimal
Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A metric over a selection, split by dimensions, within what the reader may see."""

    metric: str
    selection: Selection
    split: tuple[str, ...] = ()
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a split: `key` holds a code per dimension; a ratio keeps both halves; None is unknown."""

    key: Key
    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None


@dataclass(frozen=True)
class Answer:
    """The rows of one question over one snapshot. `table` has a column per dimension, then `numerator` and,
    for a ratio, `denominator`."""

    question: Question
    event: int
    is_demo: bool
    table: pa.Table

    @cached_property
    def metric(self) -> Metric:
        """The metric asked."""
        return metric(self.question.metric)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order of their dimensions: lists in list order, time by time."""
        columns = [self.table[name].to_pylist() for name in self.question.split]
        keys: list[Key] = list(zip(*columns, strict=True)) if columns else [()] * self.table.num_rows
        numerators = self.table["numerator"].to_pylist()
        if self.metric.is_ratio:
            rows = [
                Row(key, quotient(over, under, self.metric.offset), over, under)
                for key, over, under in zip(keys, numerators, self.table["denominator"].to_pylist(), strict=True)
            ]
        else:
            rows = [Row(key, value) for key, value in zip(keys, numerators, strict=True)]
        orders = [DIMENSIONS[name].order for name in self.question.split]
        return tuple(sorted(rows, key=lambda row: [order(code) for order, code in zip(orders, row.key, strict=True)]))

    @cached_property
    def by_key(self) -> dict[Key, Row]:
        """The rows by key."""
        return {row.key: row for row in self.rows}

    @property
    def total(self) -> Row:
        """The one row of an answer without split."""
        if self.question.split:
            raise ValueError("an answer with a split has no total; ask without the split")
        return self.rows[0]

    @property
    def value(self) -> Number | None:
        """The one value of an answer without split."""
        return self.total.value


def quotient(numerator: Number | None, denominator: Number | None, offset: int = 0) -> float | None:
    """The quotient plus `offset`; unknown where a half is unknown or there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    return float(numerator) / float(denominator) + offset


@dataclass(frozen=True, slots=True)
class Figures:
    """One column of numbers of a sheet; `unit` decides how each is written.

    `asked` is the question that the column answers, None where it answers none, so that a cell can be questioned and
    a file verified.
    """

    key: str
    label: Text
    unit: Unit
    values: tuple[Number | None, ...]
    asked: Question | None = None


@dataclass(frozen=True)
class Sheet:
    """Numbers side by side over the same keys: what a chart draws, a table shows and a file holds.

    `torn` are the codes of months that too few have reported: a file holds their figures as they are, but neither a
    chart nor a table compares them with another year's.
    """

    key: str
    title: Text
    selection: Selection
    event: int
    is_demo: bool
    dimensions: tuple[Dimension, ...]
    keys: tuple[Key, ...]
    figures: tuple[Figures, ...]
    # Names that say more than the code list: organizations by their code, counties with their prefecture.
    names: Mapping[str, Text] = field(default_factory=dict, compare=False)
    torn: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def by_column(self) -> dict[str, Figures]:
        """The columns of numbers by key."""
        return {column.key: column for column in self.figures}

    def values(self, key: str) -> tuple[Number | None, ...]:
        """The numbers of one column."""
        return self.by_column[key].values

    def is_torn(self, place: int) -> bool:
        """Whether the row at `place` is of a month that too few have reported."""
        return not self.torn.isdisjoint(self.keys[place])

    def labels(self, position: int = 0) -> tuple[Text, ...]:
        """The names of the parts along one dimension."""
        return tuple(self._label(self.dimensions[position], key[position]) for key in self.keys)

    def short_labels(self, position: int = 0) -> tuple[Text, ...]:
        """The names of the parts for a chart's axis."""
        dimension = self.dimensions[position]
        return self.labels(position) if self.names else tuple(dimension.short_label(key[position]) for key in self.keys)

    def _label(self, dimension: Dimension, code: str | None) -> Text:
        return self.names.get(code or "") or dimension.label(code)

    def picked(self, positions: Iterable[int]) -> Sheet:
        """The same sheet with only the rows at `positions`, in that order."""
        order = tuple(positions)
        columns = tuple(replace(one, values=tuple(one.values[place] for place in order)) for one in self.figures)
        return replace(self, keys=tuple(self.keys[place] for place in order), figures=columns)

    def sorted_by(self, column: str) -> Sheet:
        """The same rows, largest first; unknown values last."""
        values = self.values(column)
        return self.picked(
            sorted(range(len(self)), key=lambda place: (values[place] is None, -float(values[place] or 0)))
        )


def sheet(key: str, title: Text, columns: Sequence[Answer | tuple[str, Text, Answer]]) -> Sheet:
    """A sheet of answers that have the same split: a row per key that any of them has.

    A column may be given as (key, label, answer), where the metric's own name would mislead (last year's).
    A ratio brings its halves along where they are not columns of their own, so that a reader can check it.
    """
    named = [one if isinstance(one, tuple) else (one.metric.key, one.metric.name, one) for one in columns]
    first = named[0][2]
    dimensions = tuple(DIMENSIONS[name] for name in first.question.split)
    keys = {row.key for _, _, answer in named for row in answer.rows}
    ordered = sorted(keys, key=lambda key: [one.order(code) for one, code in zip(dimensions, key, strict=True)])
    shown = {(answer.metric.subject.key, answer.metric.part) for _, _, answer in named if not answer.metric.is_ratio}
    figures = [figure for name, label, answer in named for figure in _figures(name, label, answer, ordered, shown)]
    return Sheet(
        key, title, first.question.selection, first.event, first.is_demo, dimensions, tuple(ordered), tuple(figures)
    )


def _figures(
    name: str, label: Text, answer: Answer, keys: Sequence[Key], shown: Set[tuple[str, Part]]
) -> Iterable[Figures]:
    rows, asked = [answer.by_key.get(key) for key in keys], answer.question
    yield Figures(name, label, answer.metric.unit, tuple(row.value if row else None for row in rows), asked)
    if answer.metric.denominator is None:
        return
    over = Text(f"{label.zh}的分子", f"{label.en}, numerator")
    under = Text(f"{label.zh}的分母", f"{label.en}, denominator")
    one, subject = answer.metric, answer.metric.subject.key
    if (subject, one.part) not in shown:
        values = tuple(row.numerator if row else None for row in rows)
        yield Figures(f"{name}_numerator", over, one.unit_of("numerator"), values, asked)
    if (subject, one.denominator) not in shown:
        values = tuple(row.denominator if row else None for row in rows)
        yield Figures(f"{name}_denominator", under, one.unit_of("denominator"), values, asked)


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: `address` is relative to the page; a file holds the text alone."""

    text: Text
    address: str

    def of(self, language: Language) -> str:
        """The text in `language`."""
        return self.text.of(language)


@dataclass(frozen=True, slots=True)
class Abridged:
    """A cell too long for a screen, where `shown` stands for it; a file holds the whole."""

    shown: str
    whole: str

    def of(self, language: Language) -> str:
        """The whole, the same in every language."""
        return self.whole


Cell = Text | str | Number | Link | Abridged | None


@dataclass(frozen=True)
class Listing:
    """Rows of words and numbers that are not one metric per column: programmes, published figures, the register.

    `metrics` are the keys of those that rows tell of, so that the passport of a file can say what each means.
    """

    key: str
    title: Text
    selection: Selection
    event: int
    is_demo: bool
    headers: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    metrics: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)
