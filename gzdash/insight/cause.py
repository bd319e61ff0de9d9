"""Cause: which part of which split explains a change best, measured by what a part of its size usually varies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum, log
from statistics import median

from gzdash.insight.contribution import Contribution, Contributions
from gzdash.metrics import Metric

# The ways that a leader asks about, the coarser first: where two explain alike, the earlier is named. Between type
# and organization stand the channels: through whom, to whom, in what form.
AXES = (
    "chain",
    "prefecture",
    "district",
    "type",
    "lender",
    "firm_size",
    "mechanism",
    "form",
    "theme",
    "programme",
    "table",
    "organization",
)

# A part that made less of the change than this does not explain it, however unusual it is.
_LEAST_SHARE = 1 / 3
# Parts that are usually near nothing vary too: as much as one of this share of the mean size.
_LEAST_SIZE = 0.1
# The median of the square of a standard normal number.
_MEDIAN_SQUARE = 0.455


@dataclass(frozen=True, slots=True)
class Suspect:
    """A part that may explain a change, of the split `whole`.

    `score` compares suspects of all splits: the gain in log likelihood over noise alone, less what the largest of many
    parts gains by chance. Noise is taken to grow with the root of a part's size.
    """

    whole: Contributions
    part: Contribution
    score: float


def axes_of(one: Metric) -> tuple[str, ...]:
    """The splits along which changes of a metric are explained, in the order of `AXES`."""
    return tuple(axis for axis in AXES if axis in one.splits)


def ranked(found: Sequence[Contributions]) -> tuple[Suspect, ...]:
    """The suspects of one change, explained along several splits, the best first; neither the order of the splits nor
    that of their parts makes a difference."""
    noise = _noise(found)
    suspects = [one for whole in found for one in _suspects(whole, noise)]
    places = {axis: place for place, axis in enumerate(AXES)}
    return tuple(
        sorted(
            suspects,
            key=lambda one: (-one.score, places.get(one.whole.dimension, len(AXES)), one.part.code or ""),
        )
    )


def _suspects(whole: Contributions, noise: float) -> Iterator[Suspect]:
    """Parts that went the way of the whole and made enough of it; none of a split whose parts do not add up."""
    if whole.overlap or not noise:
        return
    chance = log(len(whole.parts))
    for part, square in zip(whole.parts, _squares(whole), strict=True):
        share = whole.share(part.amount)
        # Rounded, so that the order in which sizes were added makes no difference.
        score = round(square / noise / 2 - chance, 9)
        if part.code is not None and share is not None and share >= _LEAST_SHARE and score > 0:
            yield Suspect(whole, part, score)


def _noise(found: Sequence[Contributions]) -> float:
    """The usual square of a part's own move: the median over all parts, which one cause does not move."""
    squares = [square for whole in found for square in _squares(whole)]
    moved = [one for one in squares if one]
    return (median(squares) / _MEDIAN_SQUARE or min(moved)) if moved else 0.0


def _squares(whole: Contributions) -> list[float]:
    """The square of what each part moved beyond its proportion of the change, for one unit of size: where all grow
    alike, no part is the cause. The more of the whole a part is, the less its own move can be told apart."""
    sizes = _sizes(whole)
    total, change = fsum(sizes), float(whole.difference)
    squares = []
    for part, size in zip(whole.parts, sizes, strict=True):
        weight = size / total if total else 1.0
        own = float(part.amount) - change * weight
        squares.append(own**2 / (size * (1 - weight)) if size and weight < 1 else 0.0)
    return squares


def _sizes(whole: Contributions) -> list[float]:
    """How large each part is over both years: its value, of a ratio its denominator."""
    sizes = [_size(part, is_ratio=whole.metric.is_ratio) for part in whole.parts]
    least = _LEAST_SIZE * fsum(sizes) / len(sizes) if sizes else 0.0
    return [max(size, least) for size in sizes]


def _size(part: Contribution, *, is_ratio: bool) -> float:
    values = [one.denominator if is_ratio else one.value for one in (part.now, part.before) if one]
    return fsum(abs(float(value or 0)) for value in values) / 2
