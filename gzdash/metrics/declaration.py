"""What a declared number is made of: `Metric`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from gzdash.metrics.subject import Subject
from gzdash.units import ROWS, Unit
from gzdash.words import Text

Pillar = Literal["industry", "employment", "rural", "organizations"]
Better = Literal["higher", "lower", "neither"]

SOCIAL_PROMOTION = Text("社会组织促进处（示例）", "Promotion division (example)")


# The forms that a part may have: each says what one row gives, so that a figure can be traced to its rows.
_FORM = re.compile(r"(?P<verb>sum|count)\((?P<distinct>DISTINCT )?(?P<of>\*|.+)\)")


@dataclass(frozen=True)
class Part:
    """One sum or count: `expression` is an SQL aggregate, over the rows of the subject where `where` holds.

    Raises ValueError for any other aggregate than sum(x), count(*), count(x) and count(DISTINCT x).
    """

    expression: str
    where: str = ""
    # A count of different things: parts of a split may share them, so they do not add up.
    is_distinct: bool = False

    def __post_init__(self) -> None:
        form = _FORM.fullmatch(self.expression)
        if form is None or bool(form["distinct"]) != self.is_distinct:
            raise ValueError(f"no form of a part: {self.expression}")

    @cached_property
    def of(self) -> str:
        """What is summed or counted: an SQL expression over one row, or * for the row itself."""
        form = _FORM.fullmatch(self.expression)
        assert form is not None
        return form["of"]

    @property
    def is_sum(self) -> bool:
        """Whether a row gives what stands in it, and not one."""
        return self.expression.startswith("sum")

    @property
    def sql(self) -> str:
        """The aggregate as it runs."""
        return f"{self.expression} FILTER (WHERE {self.where})" if self.where else self.expression


@dataclass(frozen=True)
class Metric:
    """One number with one meaning. A ratio has a `denominator`: it keeps both halves and divides last."""

    key: str
    name: Text
    meaning: Text
    pillar: Pillar
    subject: Subject
    part: Part
    unit: Unit
    denominator: Part | None = None
    # The English sentence is for readers too: how the number is made, without SQL.
    formula: Text | None = None
    better: Better = "higher"
    owner: Text = SOCIAL_PROMOTION
    valid_from: str = "2021-01"
    # Added to the quotient: growth is a quotient minus one.
    offset: int = 0
    # What both halves of a ratio count, and its denominator where that counts something else.
    halves_unit: Unit = ROWS
    denominator_unit: Unit | None = None

    @property
    def is_ratio(self) -> bool:
        """Whether the number is a quotient of two parts."""
        return self.denominator is not None

    @property
    def is_money(self) -> bool:
        """Whether what is added up is money, an exact decimal, and not a count."""
        return "money" in (self.unit.measure, self.halves_unit.measure)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is summed or counted: one part, or the two halves of a ratio."""
        return (self.part, self.denominator) if self.denominator else (self.part,)

    def unit_of(self, part: Literal["value", "numerator", "denominator"]) -> Unit:
        """What is counted: by the number itself, the `value`, or by a half of it where it is a ratio."""
        if part == "value" or not self.is_ratio:
            return self.unit
        return (part == "denominator" and self.denominator_unit) or self.halves_unit

    def issued_unit(self, part: Literal["value", "numerator", "denominator"], key: str) -> Unit:
        """The unit that a file was issued with: once a denominator had that of the numerator, whatever it counted."""
        return self.halves_unit if part == "denominator" and key == self.halves_unit.key else self.unit_of(part)

    @property
    def rows_sql(self) -> str:
        """The count of the rows that the metric reads: without one there is no figure, not even an unknown one."""
        wheres = [part.where for part in self.parts]
        read = f" FILTER (WHERE {' OR '.join(f'({where})' for where in wheres)})" if all(wheres) else ""
        return f"count(*){read}"

    @property
    def kind(self) -> Literal["flow", "stock", "ratio"]:
        """Flow: adds up over months. Stock: taken at a date. Ratio: never added."""
        if self.is_ratio:
            return "ratio"
        return "stock" if self.subject.is_stock else "flow"

    @property
    def splits(self) -> tuple[str, ...]:
        """The dimensions the number may be split by."""
        return self.subject.splits

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters the number obeys."""
        return self.subject.filters

    def is_recorded(self, month: str) -> bool:
        """Whether the number existed in `month` (2023-07): before that there is nothing to compare with."""
        return month >= self.valid_from

    def adds_up(self, dimension: str) -> bool:
        """Whether the parts of a split by `dimension` add up to the whole (for a ratio: half by half)."""
        if self.part.is_distinct or (self.denominator and self.denominator.is_distinct):
            return False
        if self.subject.several and dimension in self.subject.several:
            return False
        return not (self.subject.is_stock and dimension in ("month", "quarter", "year"))
