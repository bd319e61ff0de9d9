"""What changed, in one sentence that adds up: the difference, and the parts that made most of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from gzdash.dimensions import DIMENSIONS
from gzdash.insight.change import Change
from gzdash.insight.contribution import Contribution, Contributions, Exact, less
from gzdash.metrics import Metric
from gzdash.numbers import per_cent, write
from gzdash.selection import listed
from gzdash.words import Text, same
from gzdash.words import why as words

Names = dict[str, Text]

# What fits into a line of the sentence; longer lists of names are counted.
_LETTERS_AT_MOST = 30
# Money of a sentence has one unit, 万元, from here on: so that what is said can be added up.
_LARGE_MONEY = 100_000
_WAN = 10_000
_PER_CENT, _POINT, _TENTH = Fraction(1, 100), Fraction(1, 1000), Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence; `codes` are the parts it names, for the view that shows them."""

    text: Text
    codes: tuple[str, ...] = ()


def joined(phrases: Sequence[Phrase]) -> Text:
    """The phrases as one text."""
    return Text("".join(one.text.zh for one in phrases), "".join(one.text.en for one in phrases))


def change_sentence(change: Change, names: Names | None = None) -> tuple[Phrase, ...]:
    """招聘毕业生比去年同期多 337 人，软件和信创、新能源两条链贡献了 58 %.

    Where all others went the other way, amounts: 甲多 8,000 万元，其余少 6,500 万元.

    `names` say what no code list does: organizations.
    """
    if not change.parts:
        return (Phrase(_head(change)),)
    if change.is_opposed:
        return tuple(_opposed(change, names or {}))
    share = _share(sum(_shares(change)[:-1]))
    parts = list(_named(change, names or {}))
    if change.difference > 0:
        return (Phrase(_head(change)), Phrase(words.COMMA), *parts, Phrase(words.MADE.fill(share=share)))
    return (Phrase(_head(change)), Phrase(words.COMMA), Phrase(words.FELL_BY.fill(share=share)), *parts)


def full_sentence(change: Change, names: Names | None = None) -> tuple[Phrase, ...]:
    """The change, of a ratio by rate and mix, then each part that made most of it with its amount and its share, and
    what all others made: the amounts add up, and so do the shares."""
    metric, step = change.whole.metric, _step(change)
    amounts = settled([*(part.amount for part in change.parts), change.rest], step, len(change.parts))
    said = [Phrase(_said_head(metric, sum(amounts), step))]
    if metric.is_ratio:
        said += [Phrase(words.COMMA), Phrase(_rate_and_mix(change, step))]
    if not change.parts:
        return (*said, *_why_no_part(change))
    shares: list[int | None] = [None] * len(amounts) if change.is_opposed else [*_shares(change)]
    for place, part in enumerate(change.parts):
        said += [Phrase(words.AND if place else words.COMMA), _part(change, part, names or {})]
        said.append(Phrase(_moved(metric, amounts[place], step, shares[place])))
    if len(change.parts) > 1 and not change.is_opposed:
        said.append(Phrase(words.TOGETHER.fill(share=_share(sum(one or 0 for one in shares[:-1])))))
    rest = _moved(metric, amounts[-1], step, shares[-1])
    return (*said, Phrase(words.THEN), Phrase(words.REST), Phrase(rest))


def _why_no_part(change: Change) -> tuple[Phrase, ...]:
    """Why no part is named, where there are several and something changed."""
    if not change.difference or len(change.whole.parts) < 2:
        return ()
    return Phrase(words.COMMA), Phrase(words.OVERLAPPING if change.whole.overlap else words.SPREAD)


def apportioned(amounts: Sequence[Exact], step: Fraction, total: int | None = None) -> list[int]:
    """The amounts in whole steps that add up to `total`, by default to their rounded sum: each is rounded down, and
    what is missing goes to the largest remainders, the earlier first."""
    exact = [Fraction(amount) / step for amount in amounts]
    whole = [floor(one) for one in exact]
    missing = (_rounded(sum(exact, Fraction(0))) if total is None else total) - sum(whole)
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for turn in range(abs(missing)):
        place = order[turn % len(order)] if missing > 0 else order[-1 - turn % len(order)]
        whole[place] += 1 if missing > 0 else -1
    return whole


def settled(amounts: Sequence[Exact], step: Fraction, rest: int, total: int | None = None) -> list[int]:
    """The amounts in whole steps, each rounded half up but that at `rest`: what is left of `total`, by default of
    their rounded sum."""
    exact = [Fraction(amount) / step for amount in amounts]
    whole = [_rounded(one) for one in exact]
    whole[rest] += (_rounded(sum(exact, Fraction(0))) if total is None else total) - sum(whole)
    return whole


def effects(whole: Contributions, step: Fraction) -> tuple[int, int]:
    """The rate and the mix effect of a ratio in whole steps, which add up to its change as it is written."""
    rate, mix = apportioned([whole.rate, less(whole.difference, whole.rate)], step)
    return rate, mix


def amount_text(steps: int, step: Fraction, metric: Metric) -> Text:
    """So many steps, without a sign, as it stands in a sentence: 337 人, 8,000 万元, 2.7 个百分点."""
    size = abs(steps)
    if metric.unit.measure == "ratio":
        return words.POINTS.fill(amount=f"{size / 10:,.1f}")
    if step == _WAN:
        return words.TEN_THOUSAND.fill(amount=f"{size:,}", millions=f"{size / 100:,.2f}")
    value = Decimal(size * step.numerator) / step.denominator
    if metric.unit.measure == "money":
        return words.YUAN.fill(amount=f"{value:,}")
    return Text(write(value, metric.unit, "zh"), write(value, metric.unit, "en"))


def bare_text(steps: int, step: Fraction, metric: Metric) -> Text:
    """So many steps without sign and unit, as a cell of a column."""
    size = abs(steps)
    if metric.is_ratio:
        decimals = 1 if step == step_of(metric, 0) else 2
        return same(f"{float(size * step * (100 if metric.unit.measure == 'ratio' else 1)):,.{decimals}f}")
    if step == _WAN:
        return Text(f"{size:,}", f"{size / 100:,.2f}")
    return same(f"{size:,}")


def unit_text(step: Fraction, metric: Metric) -> Text:
    """The unit of a column of steps."""
    if metric.unit.measure == "ratio":
        return words.POINT_UNIT
    return words.WAN_UNIT if step == _WAN else metric.unit.symbol


def step_of(metric: Metric, amount: Exact) -> Fraction:
    """The step in which amounts of a metric are said: one, 10,000 yuan, a tenth of a point or of a day."""
    if metric.unit.measure == "ratio":
        return _POINT
    if metric.unit.measure == "days":
        return _TENTH
    is_large = metric.unit.measure == "money" and abs(Fraction(amount)) >= _LARGE_MONEY
    return Fraction(_WAN if is_large else 1)


def _rounded(value: Fraction) -> int:
    """Half up in size, as numbers are rounded everywhere."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def _step(change: Change) -> Fraction:
    return step_of(change.whole.metric, change.difference)


def _head(change: Change) -> Text:
    """The change alone, in the number's own unit: 多 1.82 亿元."""
    metric, difference = change.whole.metric, change.difference
    if metric.unit.measure == "money":
        by = Text(*(write(abs(Decimal(difference)), metric.unit, one) for one in ("zh", "en")))  # type: ignore[arg-type]
        return _direction(metric, _sign(difference)).fill(name=metric.name, by=by)
    step = _step(change)
    return _said_head(metric, apportioned([difference], step)[0], step)


def _said_head(metric: Metric, steps: int, step: Fraction) -> Text:
    return _direction(metric, steps).fill(name=metric.name, by=amount_text(steps, step, metric))


def _direction(metric: Metric, sign: int) -> Text:
    if not sign:
        return words.SAME
    if metric.is_ratio:
        return words.HIGHER if sign > 0 else words.LOWER
    return words.MORE if sign > 0 else words.LESS


def _sign(amount: Exact) -> int:
    return (amount > 0) - (amount < 0)


def _opposed(change: Change, names: Names) -> Iterator[Phrase]:
    """Amounts that add up, where a share would be over 100 %."""
    metric, step = change.whole.metric, _step(change)
    parts, rest = settled([less(change.difference, change.rest), change.rest], step, 1)
    yield Phrase(_said_head(metric, parts + rest, step))
    yield Phrase(words.COMMA)
    yield from _named(change, names)
    yield Phrase(_moved(metric, parts, step))
    yield Phrase(words.COMMA)
    yield Phrase(words.REST)
    yield Phrase(_moved(metric, rest, step))


def _moved(metric: Metric, steps: int, step: Fraction, share: int | None = None) -> Text:
    """多 118 人（35 %）."""
    if metric.is_ratio:
        pattern = words.PART_HIGHER if steps >= 0 else words.PART_LOWER
    else:
        pattern = words.PART_MORE if steps >= 0 else words.PART_LESS
    said = pattern.fill(by=amount_text(steps, step, metric))
    behind = words.WITH_SHARE.fill(share=_share(share)) if share is not None else None
    return Text(said.zh + behind.zh, said.en + behind.en) if behind else said


def _rate_and_mix(change: Change, step: Fraction) -> Text:
    rate, mix = effects(change.whole, step)
    said = [_signed(steps, amount_text(steps, step, change.whole.metric)) for steps in (rate, mix)]
    return words.RATE_AND_MIX.fill(rate=said[0], mix=said[1])


def _signed(steps: int, text: Text) -> Text:
    sign = "+" if steps > 0 else "−" if steps < 0 else ""
    return Text(sign + text.zh, sign + text.en)


def _shares(change: Change) -> list[int]:
    """The parts' shares and that of all others, in whole per cents that add up to 100."""
    amounts = [*(part.amount for part in change.parts), change.rest]
    return apportioned([change.whole.share(amount) or Fraction(0) for amount in amounts], _PER_CENT)


def _share(hundredths: int) -> Text:
    return Text(per_cent(Decimal(hundredths) / 100, "zh", 0), per_cent(Decimal(hundredths) / 100, "en", 0))


def _part(change: Change, part: Contribution, names: Names) -> Phrase:
    code = part.code or ""
    return Phrase(names.get(code) or DIMENSIONS[change.whole.dimension].short_label(code), (code,))


def _named(change: Change, names: Names) -> Iterator[Phrase]:
    """The parts by name, each a phrase of its own, or by number where their names do not fit."""
    parts = [_part(change, part, names) for part in change.parts]
    count = len(parts)
    if count == 1:
        yield parts[0]
        return
    counted = words.COUNTS.get(change.whole.dimension, words.COUNT).fill(count=words.NUMERALS[count])
    whole = listed(one.text for one in parts)
    if len(whole.zh) * 2 > _LETTERS_AT_MOST or len(whole.en) > _LETTERS_AT_MOST:
        yield Phrase(counted, tuple(code for one in parts for code in one.codes))
        return
    for place, one in enumerate(parts):
        yield from [Phrase(words.AND)] * bool(place)
        yield one
    yield Phrase(Text(counted.zh, words.ALTOGETHER))
