"""Contributions: what each part of a split gave to a change against last year, exactly; of a ratio, rate and mix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gzdash.answer import Answer, Question, Row
from gzdash.ask import Desk
from gzdash.metrics import Metric
from gzdash.metrics import metric as declared
from gzdash.selection import Selection

Exact = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part gave: `amount` of the change, exactly; `code` is None for rows that do not say.

    Of a ratio `amount` = `rate` + `mix`: what its own ratio did, and what its weight in the whole did.
    """

    code: str | None
    now: Row | None
    before: Row | None
    amount: Exact
    rate: Fraction | None = None
    mix: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Contributions:
    """A change and its parts, the largest first: the amounts of `parts` and `overlap` add up to `difference` exactly.

    `overlap` is 0 where parts add up. Where a thing is counted in several parts or in none, it is what the parts
    count too little or too much of the change.
    """

    metric: Metric
    selection: Selection
    dimension: str
    now: Row
    before: Row
    difference: Exact
    parts: tuple[Contribution, ...]
    overlap: Exact

    @property
    def entered(self) -> int:
        """How many parts have something now that had nothing last year."""
        return sum(not _held(one.before) and _held(one.now) for one in self.parts)

    @property
    def left(self) -> int:
        """How many parts had something last year that have nothing now."""
        return sum(_held(one.before) and not _held(one.now) for one in self.parts)

    @property
    def rate(self) -> Fraction:
        """The whole rate effect of a ratio."""
        return sum((one.rate or Fraction(0) for one in self.parts), Fraction(0))

    @property
    def mix(self) -> Fraction:
        """The whole mix effect of a ratio."""
        return sum((one.mix or Fraction(0) for one in self.parts), Fraction(0))

    def share(self, amount: Exact) -> Fraction | None:
        """An amount as a share of the whole change, below 0 where it went the other way; None where nothing changed."""
        return Fraction(amount) / Fraction(self.difference) if self.difference else None


def contributions(desk: Desk, key: str, selection: Selection, *dimensions: str) -> tuple[Contributions, ...]:
    """The contributions along each dimension, in order; none at all where either year was not recorded or has no value.

    Raises WrongUsage for a metric or a split that is not declared.
    """
    one, then = declared(key), selection.year_before()
    splits = [(), *((dimension,) for dimension in dimensions)]
    answers = desk.ask_all([Question(key, when, split) for split in splits for when in (selection, then)])
    if not one.is_recorded(then.period.first) or any(answer.value is None for answer in answers[:2]):
        return ()
    pairs = zip(answers[2::2], answers[3::2], strict=True)
    return tuple(explained(answers[0].total, answers[1].total, *pair) for pair in pairs)


def explained(now: Row, before: Row, now_parts: Answer, before_parts: Answer) -> Contributions:
    """The change from `before` to `now`, explained by two answers with one split; ValueError for more or none."""
    (dimension,) = now_parts.question.split
    one = now_parts.metric
    codes = sorted({key[0] for key in (*now_parts.by_key, *before_parts.by_key)}, key=lambda code: code or "")
    rows = [(code, now_parts.by_key.get((code,)), before_parts.by_key.get((code,))) for code in codes]
    found: list[Contribution] = list(_of_ratio(now, before, rows) if one.is_ratio else map(_of_sum, rows))
    change = less(worth(one, now), worth(one, before))
    overlap = less(change, added(part.amount for part in found))
    ranked = tuple(sorted(found, key=lambda part: (-abs(Fraction(part.amount)), part.code is None, part.code or "")))
    return Contributions(one, now_parts.question.selection, dimension, now, before, change, ranked, overlap)


def worth(metric: Metric, row: Row) -> Exact:
    """The exact number of a row: a Fraction for a ratio, without its offset; 0 for what is unknown."""
    return _ratio(row) if metric.is_ratio else _value(row)


def added(amounts: Iterable[Exact]) -> Exact:
    """The exact sum; a sum over nothing is 0."""
    return sum(amounts)


def less(one: Exact, other: Exact) -> Exact:
    """One less the other, exactly: the amounts of one metric are of one kind."""
    return one - other  # type: ignore[operator]


_Pair = tuple[str | None, Row | None, Row | None]


def _of_sum(pair: _Pair) -> Contribution:
    """Now less before: unknown counts for nothing, as it does in the whole."""
    code, now, before = pair
    return Contribution(code, now, before, less(_value(now), _value(before)))


def _value(row: Row | None) -> Exact:
    value = row.value if row else None
    assert not isinstance(value, float)
    return value or 0


def _of_ratio(now: Row, before: Row, pairs: Sequence[_Pair]) -> Iterator[Contribution]:
    """Bennet's midpoint decomposition; the formula stands in docs/decisions.md, “Rate and mix”.

    A part's own ratio counts with the mean of its two weights, and the change of its weight with the distance of its
    mean ratio from the whole's. A part without a denominator in one year has no ratio then: the other year's stands
    for it, so that its coming or going is mix; a numerator without a denominator is rate.
    """
    middle = (_ratio(now) + _ratio(before)) / 2
    for code, *rows in pairs:
        given, weights = (
            [_over(row, half, whole) for row, whole in zip(rows, (now, before), strict=True)]
            for half in ("numerator", "denominator")
        )
        own = _mean([one / weight for one, weight in zip(given, weights, strict=True) if weight])
        shift = weights[0] - weights[1]
        rate, mix = given[0] - given[1] - own * shift, (own - middle) * shift
        yield Contribution(code, rows[0], rows[1], rate + mix, rate, mix)


def _ratio(row: Row) -> Fraction:
    return Fraction(row.numerator or 0) / Fraction(row.denominator or 1)


def _over(row: Row | None, half: str, whole: Row) -> Fraction:
    """A half of a part over the denominator of the whole."""
    return Fraction((row and getattr(row, half)) or 0) / Fraction(whole.denominator or 1)


def _mean(ratios: Sequence[Fraction]) -> Fraction:
    return sum(ratios, Fraction(0)) / len(ratios) if ratios else Fraction(0)


def _held(row: Row | None) -> bool:
    return bool(row and (row.denominator if row.denominator is not None else row.numerator or row.value))
