"""A breakdown: a change as the few lines that a reader takes in, which add up as they are written, and in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gzdash.answer import Cell, Number, Row, quotient
from gzdash.dimensions import DIMENSIONS, NOT_STATED
from gzdash.insight.contribution import Contribution, Contributions, Exact, added
from gzdash.insight.sentences import Names, apportioned, effects, settled, step_of
from gzdash.words import Text
from gzdash.words import why as words

# As many lines as fit beside each other's bars without scrolling; one more is shown rather than "one other".
_LINES = 8
_SHARE_STEP = Fraction(1, 1000)
_RATIO_HEADERS = (
    words.RATE,
    words.MIX,
    words.THEN_NUMERATOR,
    words.THEN_DENOMINATOR,
    words.NOW_NUMERATOR,
    words.NOW_DENOMINATOR,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a part by `code`, or several parts, or what parts count twice, or the total.

    `steps`, `rate` and `mix` are whole steps of the metric's unit, `share` thousandths; all add up to the total's.
    """

    name: Text
    now: Number | None
    before: Number | None
    steps: int
    share: int | None = None
    rate: int | None = None
    mix: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The lines, the largest first, then all others and what is not stated; `total` is their sum."""

    lines: tuple[Line, ...]
    total: Line
    step: Fraction


@dataclass(frozen=True, slots=True)
class _Group:
    name: Text
    parts: tuple[Contribution, ...]
    amount: Exact
    code: str | None = None


def breakdown(whole: Contributions, names: Names | None = None) -> Breakdown:
    """The largest parts of a change by name and the others together; `names` say what code lists do not."""
    groups = _groups(whole, names or {})
    # A table has more lines than a sentence, so what rounding leaves would show at a tenth of a point.
    step = step_of(whole.metric, whole.difference) / (10 if whole.metric.is_ratio else 1)
    steps = _steps([one.amount for one in groups], step, groups)
    shares = _shares(whole, groups)
    rates: Sequence[int | None] = [None] * len(groups)
    if whole.metric.is_ratio:
        own = [added(part.rate or 0 for part in one.parts) for one in groups]
        rates = _steps(own, step, groups, effects(whole, step)[0])
    lines = tuple(_line(whole, one, steps[place], shares[place], rates[place]) for place, one in enumerate(groups))
    return Breakdown(lines, _total(whole, lines), step)


def _groups(whole: Contributions, names: Names) -> list[_Group]:
    stated = [part for part in whole.parts if part.code is not None]
    most = len(stated) if len(stated) <= _LINES + 1 else _LINES
    groups = [_Group(_name(whole, part, names), (part,), part.amount, part.code) for part in stated[:most]]
    if others := tuple(stated[most:]):
        groups.append(_Group(words.OTHERS.fill(count=f"{len(others):,}"), others, added(one.amount for one in others)))
    groups += [_Group(NOT_STATED, (part,), part.amount) for part in whole.parts if part.code is None]
    return [*groups, *([_Group(words.OVERLAP, (), whole.overlap)] if whole.overlap else [])]


def _name(whole: Contributions, part: Contribution, names: Names) -> Text:
    return names.get(part.code or "") or DIMENSIONS[whole.dimension].label(part.code)


def _shares(whole: Contributions, groups: Sequence[_Group]) -> Sequence[int | None]:
    """Thousandths that add up to 1,000; none where nothing changed, where parts do not add up, or where they move so
    much against each other that one would be more than the whole."""
    shares = [whole.share(one.amount) or Fraction(0) for one in groups]
    if not whole.difference or whole.overlap or any(abs(share) > 1 for share in shares):
        return [None] * len(groups)
    return apportioned(shares, _SHARE_STEP)


def _steps(amounts: Sequence[Exact], step: Fraction, groups: Sequence[_Group], total: int | None = None) -> list[int]:
    """Whole steps that add up as written: the line of all others takes what rounding leaves, where there is one."""
    others = [place for place, one in enumerate(groups) if len(one.parts) > 1]
    return settled(amounts, step, others[0], total) if others else apportioned(amounts, step, total)


def _line(whole: Contributions, group: _Group, steps: int, share: int | None, rate: int | None) -> Line:
    mix = None if rate is None else steps - rate
    if not group.parts:
        return Line(group.name, None, None, steps, share, rate, mix)
    now = _together(whole, [one.now for one in group.parts])
    before = _together(whole, [one.before for one in group.parts])
    return Line(group.name, now, before, steps, share, rate, mix, group.code)


def _together(whole: Contributions, rows: Sequence[Row | None]) -> Number | None:
    """The value of several parts: added, of a ratio divided last; unknown where they overlap."""
    if whole.overlap and len(rows) > 1:
        return None
    kept = [one for one in rows if one]
    if whole.metric.is_ratio:
        over = sum(one.numerator or 0 for one in kept)
        under = sum(one.denominator or 0 for one in kept)
        return quotient(over, under, whole.metric.offset)
    return sum(one.value or 0 for one in kept)


def _total(whole: Contributions, lines: Sequence[Line]) -> Line:
    effects = [
        sum(getattr(one, effect) for one in lines) if whole.metric.is_ratio else None for effect in ("rate", "mix")
    ]
    share = 1000 if all(one.share is not None for one in lines) else None
    steps = sum(one.steps for one in lines)
    return Line(words.TOTAL, whole.now.value, whole.before.value, steps, share, *effects)


def exact_headers(whole: Contributions) -> tuple[Text, ...]:
    """The headers of `exact_rows`."""
    heads = (DIMENSIONS[whole.dimension].name, words.CODE, words.UNIT, words.LAST, words.THIS, words.GAP, words.SHARE)
    return (*heads, *_RATIO_HEADERS) if whole.metric.is_ratio else heads


def exact_rows(whole: Contributions, names: Names | None = None) -> tuple[tuple[Cell, ...], ...]:
    """Every part with exact numbers, the largest first, then what parts count twice and the total.

    Money is in yuan. Of a ratio the effects are the nearest doubles of exact fractions; the halves stand beside them.
    """
    parts = [_exact_row(whole, _name(whole, part, names or {}), part) for part in whole.parts]
    overlap = Contribution(None, None, None, whole.overlap, Fraction(0), Fraction(0))
    total = Contribution(None, whole.now, whole.before, whole.difference, whole.rate, whole.mix)
    rest = [(words.OVERLAP, overlap)] if whole.overlap else []
    return (*parts, *(_exact_row(whole, name, part) for name, part in [*rest, (words.TOTAL, total)]))


def plain(amount: Exact | None) -> int | float | Decimal | None:
    """An exact number as a file holds it: of a fraction the nearest double."""
    return float(amount) if isinstance(amount, Fraction) else amount


def _exact_row(whole: Contributions, name: Text, part: Contribution) -> tuple[Cell, ...]:
    unit = words.RATIO_UNIT if whole.metric.unit.measure == "ratio" else whole.metric.unit.symbol
    values = [row.value if row else None for row in (part.before, part.now)]
    share = None if whole.overlap else whole.share(part.amount)
    cells = (name, part.code, unit, *values, plain(part.amount), plain(share))
    if not whole.metric.is_ratio:
        return cells
    halves = [getattr(row, half, None) for row in (part.before, part.now) for half in ("numerator", "denominator")]
    return (*cells, plain(part.rate), plain(part.mix), *halves)
