"""What changed as rows of a file: exact numbers, each with the event that made it."""

from __future__ import annotations

from fractions import Fraction

from gzdash.answer import Cell
from gzdash.insight.restatement import Restated, Step
from gzdash.period import SHANGHAI
from gzdash.units import RATIO
from gzdash.words import Text
from gzdash.words import restatements as words

HEADERS = (
    words.METRIC,
    words.MONTH,
    words.UNIT,
    words.BEFORE,
    words.AFTER,
    words.DIFFERENCE,
    words.OF_THIS,
    words.BY,
    words.FILE,
    words.WHO,
    words.WHY,
    words.BEFORE_NUMERATOR,
    words.BEFORE_DENOMINATOR,
    words.AFTER_NUMERATOR,
    words.AFTER_DENOMINATOR,
)
# Where figures are written for people: with their units, and no halves of ratios beside them.
WRITTEN = tuple(one for one in HEADERS[: HEADERS.index(words.WHY) + 1] if one != words.UNIT)


def exact(one: Restated, step: Step) -> tuple[Cell, ...]:
    """The cells under `HEADERS`: money in yuan, ratios with both halves of before and after."""
    unit = words.RATIO_UNIT if one.metric.unit == RATIO else one.metric.unit.symbol
    halves = (one.before.numerator, one.before.denominator, one.after.numerator, one.after.denominator)
    gaps = (_plain(one.difference), _plain(step.difference))
    by = (step.source.file_name or None, step.event.who, step.event.why or None)
    return (one.metric.name, one.month, unit, one.before.value, one.after.value, *gaps, made_by(step), *by, *halves)


def made_by(step: Step) -> Text:
    """Which event it was, and on which day: 导入 41，2023-08-04."""
    what = words.KINDS[step.event.kind].fill(id=step.source.id)
    when = f"{step.event.time.astimezone(SHANGHAI):%Y-%m-%d}"
    return Text(f"{what.zh}，{when}", f"{what.en}, {when}")


def _plain(number: object) -> Cell:
    """An exact number as a file holds it: of a fraction the nearest double, whose halves stand beside it."""
    return float(number) if isinstance(number, Fraction) else number  # type: ignore[return-value]
