"""Who should have reported jobs, month by month, and when the report came."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from gzdash.demo.exact import Days, Flags, Ints, Random, objects, random_for
from gzdash.demo.figures import EARLY_2023, MONTHS, NO_CHAIN
from gzdash.demo.organizations import Register
from gzdash.demo.tabling import FIRST_DAYS, rows_of
from gzdash.tables import TABLES

_DUE_DAY = 10
_TYPICAL_SHARE, _SHARE_OF_REPORTING, _SHARE_OF_RUNNING_MONTH = 0.83, 0.93, 0.04
_NOTHING = np.datetime64("NaT", "D")


def submissions(seed: int, register: Register) -> pa.Table:
    """Organizations with a chain report every month, the others in the last month of a quarter."""
    rng = random_for(seed, "submissions")
    return pa.concat_tables(_month_rows(rng, register, month) for month in range(len(MONTHS)))


def _month_rows(rng: Random, register: Register, month: int) -> pa.Table:
    places = np.flatnonzero(_owing(register, month))
    next_month = (FIRST_DAYS[month].astype("datetime64[M]") + 1).astype("datetime64[D]")
    received = _arrivals(rng, len(places), next_month, month)
    received[~_heard(rng, register, places, month)] = _NOTHING
    return rows_of(
        TABLES["submissions"],
        table=objects(["jobs"] * len(places)),
        organization=register.code[places],
        month=np.full(len(places), FIRST_DAYS[month]),
        due=np.full(len(places), next_month + _DUE_DAY - 1),
        received=received,
    )


def _owing(register: Register, month: int) -> Flags:
    """Those founded before the month; dissolved ones still owe the month, or the quarter, they ended in."""
    first = FIRST_DAYS[month]
    quarter = FIRST_DAYS[month - month % 3]
    chained = register.chain < NO_CHAIN
    owing = (register.founded < first) & (chained | (month % 3 == 2))
    return np.asarray(owing & ~(register.dissolved < np.where(chained, first, quarter)))


def _heard(rng: Random, register: Register, places: Ints, month: int) -> Flags:
    """Whose report came: those that post jobs always; in early 2023 nobody who never reported in those months."""
    draw = rng.random(len(places))
    if month == len(MONTHS) - 1:
        return np.asarray(draw < _SHARE_OF_RUNNING_MONTH)
    posting = register.posting[places]
    if not EARLY_2023[0] <= month < EARLY_2023[1]:
        return np.asarray(posting | (draw < _TYPICAL_SHARE))
    chained = register.chain[places] < NO_CHAIN
    # Once at least is enough: the last month it owes, or the only one before it was dissolved.
    final = np.where(np.isnat(register.dissolved[places]), np.where(chained, month == 30, month == 29), True)
    late = register.founded[places] >= np.datetime64("2023-01-01")
    return np.asarray(register.reporting[places] & (posting | final | late | (draw < _SHARE_OF_REPORTING)))


def _arrivals(rng: Random, count: int, next_month: np.datetime64, month: int) -> Days:
    """Most come in the days before the tenth, some up to two days late; for the running month, early birds only."""
    if month == len(MONTHS) - 1:
        return np.asarray(FIRST_DAYS[month] + 14 + rng.integers(0, 5, count))
    return np.asarray(next_month + np.minimum(rng.binomial(14, 0.5, count), 11))
