"""Financing: a case is applied for, granted a line, paid out; every stage adds up to its own total."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from gzdash.demo import figures
from gzdash.demo.employment import chain_codes
from gzdash.demo.exact import Days, Floats, Ints, Objects, Random, amounts, apportion, objects, picked, random_for
from gzdash.demo.figures import RUNS
from gzdash.demo.organizations import FINANCE, MANUFACTURING, Register
from gzdash.demo.pools import pools
from gzdash.demo.tabling import FIRST_DAYS, days_in, months_of, rows_of, truths
from gzdash.tables import TABLES

FEN_OF_TEN_THOUSAND = 1_000_000
_MEAN_LINE = 62  # in 10,000 yuan
_JUNE_2023 = 29
_SEASON = np.array((8, 7, 10, 10, 11, 12, 10, 9, 10, 8, 8, 9))

_SIZES = ("large", "medium", "small", "micro")
_SIZE_SHARE, _SIZE_AMOUNT = (0.03, 0.17, 0.48, 0.32), np.array((6.0, 2.2, 1.0, 0.4))
_UNSTATED_SIZE_SHARE = 0.03
_LENDERS = ("state_bank", "joint_stock_bank", "city_bank", "rural_bank", "policy_bank", "other")
_LENDER_SHARE = (0.34, 0.22, 0.17, 0.13, 0.08, 0.06)

# Chains whose firms the manufacturing association speaks for.
_MANUFACTURING_CHAINS = (0, 1, 2, 3, 6, 7, 8, 9, 10)
_FINANCE_SHARE, _MANUFACTURING_SHARE = 0.18, 0.07
_PENDING_SINCE = np.datetime64("2023-07-20")
_PAID_SHARE, _REFUSED_SHARE = 0.75, 0.24
_REPORTED_TWICE = 4


@dataclass(frozen=True)
class Lines:
    """Credit lines, one a place: day, organization, chain, size (-1 where not stated), lender and fen."""

    day: Days
    organization: Ints
    chain: Ints
    size: Ints
    lender: Ints
    fen: Ints

    def at(self, places: Ints) -> Lines:
        """The lines at `places`."""
        return Lines(*(getattr(self, name)[places] for name in self.__dataclass_fields__))


def financing(seed: int, register: Register) -> pa.Table:
    """Every row of the table financing, no later than the city's last day."""
    rng = random_for(seed, "financing")
    lines = _credit_lines(rng, register)
    order = np.argsort(lines.day, kind="stable")
    lines = lines.at(order)
    cases = objects([f"RZ{str(day)[:4]}-{number:05d}" for number, day in enumerate(lines.day, start=1)])
    _report_twice(cases, lines)
    chain = chain_codes(rng, register, lines.organization, lines.chain)
    paid, loans = _loans(rng, lines)
    refused = rng.choice(len(cases), int(len(cases) * _REFUSED_SHARE), replace=False)
    recent = np.flatnonzero(lines.day >= _PENDING_SINCE)
    applied = _applications(rng, lines)
    rows = (
        _stage_rows(rng, register, "applied", cases, chain, applied),
        _stage_rows(rng, register, "applied", cases[refused] + "-B", chain[refused], applied.at(refused)),
        _stage_rows(rng, register, "applied", cases[recent] + "-C", chain[recent], _pending(applied.at(recent))),
        _stage_rows(rng, register, "credit_line", cases, chain, lines),
        _stage_rows(rng, register, "disbursed", cases[paid], chain[paid], loans),
    )
    return pa.concat_tables(rows)


def _report_twice(cases: Objects, lines: Lines) -> None:
    """Some lines bear the number of the line before, granted through another organization to the same chain, as if two
    had reported one case. They are no rows more and no amount else: the totals stay as they are published."""
    is_beside = (lines.chain[1:] == lines.chain[:-1]) & (lines.organization[1:] != lines.organization[:-1])
    for place in np.flatnonzero(is_beside & (lines.day[1:] >= np.datetime64("2023-01-01")))[:_REPORTED_TWICE]:
        cases[place + 1] = cases[place].lower()


def _stage_rows(rng: Random, register: Register, stage: str, cases: Objects, chain: Objects, lines: Lines) -> pa.Table:
    kept = np.flatnonzero((lines.day >= FIRST_DAYS[0]) & (lines.day <= np.datetime64(figures.LAST_DAY)))
    lines = lines.at(kept)
    return rows_of(
        TABLES["financing"],
        date=lines.day,
        case=cases[kept],
        organization=register.code[lines.organization],
        lender=objects(_LENDERS)[lines.lender],
        chain=chain[kept],
        firm_size=picked(_SIZES, lines.size),
        stage=objects([stage] * len(kept)),
        amount=lines.fen,
        truth=truths(rng, len(kept)),
    )


def _credit_lines(rng: Random, register: Register) -> Lines:
    parts = []
    brokers = pools(rng, register, register.lasting() & (register.type == "51"), 14)
    for run, total, weights in zip(RUNS, figures.CREDIT_BY_RUN, _credit_weights(), strict=True):
        by_chain = apportion(total, weights)
        if run == figures.EARLY_2023:
            parts.append(_june_lines(rng))
            by_chain = by_chain - np.array(figures.CREDIT_JUNE)
        lines = _lines(rng, by_chain, run)
        broker = _brokers(rng, lines, brokers.choose(rng, lines.chain, months_of(lines.day)))
        parts.append(replace(lines, organization=broker))
    return Lines(*(np.concatenate([getattr(p, n) for p in parts]) for n in Lines.__dataclass_fields__))


def _credit_weights() -> tuple[tuple[int, ...], ...]:
    """By run of months; the chains that are blank in 2023 must be so at the end of 2022 too, for loans come later."""
    return figures.CREDIT_2021, figures.CREDIT_2022, figures.CREDIT_2022, figures.CREDIT_2023, figures.CREDIT_2023


def _june_lines(rng: Random) -> Lines:
    """What the manufacturing association brought about in June 2023, and all of it."""
    lines = _lines(rng, np.array(figures.CREDIT_JUNE), (_JUNE_2023, _JUNE_2023 + 1))
    return replace(lines, organization=np.full(len(lines.fen), MANUFACTURING))


def _lines(rng: Random, by_chain: Ints, run: tuple[int, int]) -> Lines:
    """Lines that add up to `by_chain`, in 10,000 yuan, in the months of `run`; brokers come later."""
    counts = np.where(by_chain > 0, np.maximum(by_chain // _MEAN_LINE, 1), 0)
    chain = np.repeat(np.arange(len(by_chain)), counts)
    months = np.arange(*run)
    # June 2023 has the manufacturers' lines beside these.
    season = _SEASON[months % 12] * np.where(months == _JUNE_2023, 0.5, 1.0)
    month = rng.permutation(np.repeat(months, apportion(len(chain), season)))
    size = rng.choice(len(_SIZES), len(chain), p=_SIZE_SHARE)
    weights = rng.lognormal(0, 0.55, len(chain)) * _SIZE_AMOUNT[size]
    unit = rng.choice((1, 5, 10), len(chain), p=(0.4, 0.35, 0.25)) * FEN_OF_TEN_THOUSAND
    fen = np.zeros(len(chain), np.int64)
    for place in np.flatnonzero(counts):
        mine = chain == place
        fen[mine] = amounts(int(by_chain[place]) * FEN_OF_TEN_THOUSAND, weights[mine], unit[mine])
    size[rng.random(len(chain)) < _UNSTATED_SIZE_SHARE] = -1
    lender = rng.choice(len(_LENDERS), len(chain), p=_LENDER_SHARE)
    return Lines(days_in(rng, month), np.zeros(len(chain), np.int64), chain, size, lender, fen)


def _brokers(rng: Random, lines: Lines, chosen: Ints) -> Ints:
    """The two large associations take their shares; June 2023 of the manufacturers is complete already."""
    draw = rng.random(len(chosen))
    makers = np.isin(lines.chain, _MANUFACTURING_CHAINS) & (draw > 1 - _MANUFACTURING_SHARE)
    chosen = np.where(draw < _FINANCE_SHARE, FINANCE, np.where(makers, MANUFACTURING, chosen))
    clash = (chosen == MANUFACTURING) & (months_of(lines.day) == _JUNE_2023)
    return np.where(clash, FINANCE, chosen)


def _applications(rng: Random, lines: Lines) -> Lines:
    """Applied for one to six weeks earlier, for more than is granted, in tens of thousands."""
    day = lines.day - rng.integers(8, 45, len(lines.day)).astype("timedelta64[D]")
    asked = np.ceil(lines.fen * rng.uniform(1.0, 1.7, len(lines.fen)) / FEN_OF_TEN_THOUSAND)
    return replace(lines, day=day, fen=asked.astype(np.int64) * FEN_OF_TEN_THOUSAND)


def _pending(applied: Lines) -> Lines:
    """Applications of the last weeks that no lender has decided on yet."""
    return replace(applied, day=applied.day + 30)


def _loans(rng: Random, lines: Lines) -> tuple[Ints, Lines]:
    """Which lines are paid out, and the loans: one to eight weeks later, never above the line."""
    paid = np.flatnonzero(rng.random(len(lines.fen)) < _PAID_SHARE)
    loans = lines.at(paid)
    day = loans.day + rng.integers(6, 58, len(paid)).astype("timedelta64[D]")
    share = rng.uniform(0.45, 0.98, len(paid))
    unit = rng.choice((100, 10_000, 100_000), len(paid), p=(0.06, 0.14, 0.8)) * 10
    fen = np.zeros(len(paid), np.int64)
    month = np.where(day <= np.datetime64(figures.LAST_DAY), months_of(day), -1)
    for run, total in zip(RUNS, figures.DISBURSED_BY_RUN, strict=True):
        mine = np.flatnonzero((month >= run[0]) & (month < run[1]))
        fen[mine] = _within(total * FEN_OF_TEN_THOUSAND, loans.fen[mine], share[mine], unit[mine])
    return paid, replace(loans, day=day, fen=fen)


def _within(total: int, ceilings: Ints, share: Floats, unit: Ints) -> Ints:
    """Loans that add up to `total`, near `share` of their line and never above it."""
    for _ in range(20):
        share = np.minimum(share * total / (ceilings * share).sum(), 1.0)
    loans: Ints = np.minimum(np.round(ceilings * share / unit).astype(np.int64) * unit, ceilings)
    left = total - int(loans.sum())
    for place in np.argsort(loans - ceilings) if left > 0 else np.argsort(-loans):
        step = min(left, int(ceilings[place] - loans[place])) if left > 0 else max(left, -int(loans[place]) // 2)
        loans[place] += step
        left -= step
    return loans
