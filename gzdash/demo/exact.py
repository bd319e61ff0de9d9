"""Whole numbers that add up exactly: how calibrated totals become many rows."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Objects = npt.NDArray[np.object_]
Random = np.random.Generator


def random_for(seed: int, *topic: object) -> Random:
    """A source of chance for one topic: the same for the same seed, whatever else was drawn before."""
    return np.random.default_rng([seed, zlib.crc32(repr(topic).encode())])


def apportion(total: int, weights: Any) -> Ints:
    """`total` in whole parts by `weights`, largest remainders first; weights that add up to `total` stay."""
    quota = np.asarray(weights, float) * total / np.sum(weights)
    parts: Ints = np.floor(quota + 1e-9).astype(np.int64)
    rest = total - int(parts.sum())
    parts[np.argsort(parts - quota, kind="stable")[:rest]] += 1
    return parts


def amounts(total: int, weights: Any, unit: Any) -> Ints:
    """`total` in parts above zero by `weights`, each a multiple of its `unit`; the largest bear what rounding left.

    Units too coarse for the mean part are refined to a power of ten.
    """
    quota = np.asarray(weights, float) * total / np.sum(weights)
    finest = 10 ** int(np.log10(max(total / len(quota) / 4, 1)))
    unit = np.minimum(unit, finest)
    parts: Ints = (np.maximum(np.round(quota / unit), 1) * unit).astype(np.int64)
    left = total - int(parts.sum())
    for place in np.argsort(-parts, kind="stable"):
        step = max(left, -(int(parts[place]) // 2))
        parts[place] += step
        left -= step
    return parts


def paired(rng: Random, left: Any, right: Any) -> tuple[Ints, Ints]:
    """As many pairs as `left` and `right` both add up to: place i of either occurs exactly as often as it says."""
    lefts = np.repeat(np.arange(len(left)), left)
    rights = np.repeat(np.arange(len(right)), right)
    if len(lefts) != len(rights):
        raise ValueError(f"the margins add up to {len(lefts)} and {len(rights)}")
    return lefts, rng.permutation(rights)


def skewed(count: int, power: float = 1.1) -> Floats:
    """Weights of `count` places where the first do much and the last little; they add up to 1."""
    weights = 1.0 / np.arange(1, count + 1) ** power
    return np.asarray(weights / weights.sum())


def days_between(rng: Random, first: Days, last: Days) -> Days:
    """A random day from `first` to `last`, both included, for each place."""
    span = np.maximum((last - first).astype(np.int64), 0)
    return np.asarray(first + np.floor(rng.random(len(span)) * (span + 1)).astype("timedelta64[D]"))


def picked(values: Any, places: Ints) -> Objects:
    """The value at each place, None where the place is -1."""
    return objects([*values, None])[places]


def objects(values: Any) -> Objects:
    """`values` as an array that may hold None and can be indexed by arrays."""
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array
