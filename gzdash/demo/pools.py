"""Who does the work of each chain: a few organizations most of it, many a little, some only for a while."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gzdash.demo.exact import Flags, Ints, Random, skewed
from gzdash.demo.figures import MONTHS, NO_CHAIN
from gzdash.demo.organizations import NAMED, Register

# The most active two fifths of a pool work all the time; others begin later or fall silent.
_STEADY_SHARE, _LATE_SHARE, _SILENT_SHARE = 0.4, 0.35, 0.3


@dataclass(frozen=True)
class Pools:
    """For each chain, and last for none, who is at work, most active first; and since and until which month."""

    members: tuple[Ints, ...]
    since: Ints
    until: Ints

    def choose(self, rng: Random, chains: Ints, months: Ints) -> Ints:
        """An organization for each chain and month that is at work then."""
        chosen = self._choose(rng, chains, 1.0)
        idle = (months < self.since[chosen]) | (months > self.until[chosen])
        chosen[idle] = self._choose(rng, chains[idle], _STEADY_SHARE)
        return chosen

    def _choose(self, rng: Random, chains: Ints, share: float) -> Ints:
        chosen = np.zeros(len(chains), np.int64)
        for chain, members in enumerate(self.members):
            places = np.flatnonzero(chains == chain)
            pool = members[: max(1, int(len(members) * share))]
            chosen[places] = rng.choice(pool, len(places), p=skewed(len(pool)))
        return chosen


def pools(rng: Random, register: Register, able: Flags, size: int) -> Pools:
    """At most `size` organizations of those `able` for each chain, by the chains they serve."""
    since, until = np.zeros(len(register), np.int64), np.full(len(register), len(MONTHS))
    members = []
    for chain in range(NO_CHAIN + 1):
        # One whose chain changed would count a blank row elsewhere, so it works only where it always was.
        steady = (register.chain == chain) & (register.earlier_chain == chain)
        serving = np.flatnonzero(able & (steady | (register.extra_chain == chain)))
        pool = np.concatenate([serving[serving < len(NAMED)], rng.permutation(serving[serving >= len(NAMED)])])[:size]
        members.append(pool)
        wavering = pool[max(1, int(len(pool) * _STEADY_SHARE)) :]
        since[wavering] = np.where(rng.random(len(wavering)) < _LATE_SHARE, rng.integers(1, 30, len(wavering)), 0)
        silent = rng.random(len(wavering)) < _SILENT_SHARE
        until[wavering] = np.where(silent, since[wavering] + rng.integers(2, 20, len(wavering)), len(MONTHS))
    return Pools(tuple(members), since, until)
