"""How surprising a number is, in decades: powers of ten by which chance speaks against it."""

from __future__ import annotations

import math

_LN10 = math.log(10)


def above_share(hits: int, of: int, share: float) -> float:
    """Decades against at least `hits` of `of`, each a hit with probability `share`: Chernoff's bound, never more than
    the exact binomial tail says; 0 where there are no more than expected."""
    if of == 0 or hits <= share * of:
        return 0.0
    found = hits / of
    rest = (1 - found) * math.log((1 - found) / (1 - share)) if found < 1 else 0.0
    return of * (found * math.log(found / share) + rest) / _LN10


def above_count(found: int, expected: float) -> float:
    """Decades against a count of at least `found` where `expected` is the mean: Chernoff's bound for Poisson's law."""
    if found <= expected:
        return 0.0
    return (found * math.log(found / expected) - (found - expected)) / _LN10


def beyond(widths: float) -> float:
    """Decades against a value so many widths (standard deviations) from the middle of a normal law."""
    return widths * widths / 2 / _LN10


def tried(times: float) -> float:
    """The decades to take off where so many were looked at: one in a thousand is found among a thousand."""
    return math.log10(max(times, 1))
