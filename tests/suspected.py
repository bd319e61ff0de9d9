"""A city invented by chance, in which nothing is wrong, and the faults that a test plants in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from gzdash.lake import Lake
from gzdash.period import Period
from tests import register as city
from tests.register import Row, day, month

MONTHS = Period("2021-09", "2023-08").months
_SEASON = (0.7, 0.7, 1.1, 1.1, 1.2, 1.4, 1.0, 0.9, 1.1, 1.0, 0.9, 0.8)

Facts = dict[str, list[Row]]


def code(number: int) -> str:
    """The code of an organization of the invented city."""
    return f"51440100T{number:08d}X"


def clean_city(seed: int, organizations: int) -> Facts:
    """Two years in which every number is drawn by chance: sizes differ a hundredfold, hires come a month after posts,
    a third of all amounts are round, and everybody misses a report now and then."""
    rng = np.random.default_rng(seed)
    facts: Facts = {"jobs": [], "activities": [], "financing": [], "submissions": []}
    for number in range(organizations):
        _organization(rng, facts, code(number), lends=number % 4 == 0)
    return facts


def _organization(rng: np.random.Generator, facts: Facts, organization: str, *, lends: bool) -> None:
    size, filled, reports = rng.lognormal(1.6, 1.1), rng.uniform(0.4, 0.8), rng.uniform(0.7, 0.99)
    before = int(size)
    for place, when in enumerate(MONTHS):
        posts = int(rng.poisson(size * _SEASON[int(when[5:]) - 1]))
        facts["jobs"].append(city.jobs(organization, when, posts, hires=int(rng.binomial(before, filled))))
        before = posts
        facts["submissions"].append(submission(organization, place, came=rng.random() < reports))
        for _ in range(rng.poisson(0.8)):
            people, firms = int(rng.negative_binomial(6, 0.12)), int(rng.poisson(11))
            facts["activities"].append(
                city._activity(organization, f"{when}-12", "salon", participants=people, firms=firms)
            )
        for _ in range(rng.poisson(0.7) if lends else 0):
            unit = rng.choice((10_000, 1_000, 100_000), p=(0.5, 0.2, 0.3))
            amount = max(round(rng.lognormal(13, 0.8) / unit), 1) * unit
            number = str(len(facts["financing"]))
            facts["financing"].append(
                city._financing(organization, f"{when}-20", number, "credit_line", f"{amount}.00")
            )


def submission(organization: str, place: int, *, came: bool) -> Row:
    """A report on jobs due on the tenth of the next month."""
    due = day(f"{MONTHS[place + 1]}-10") if place + 1 < len(MONTHS) else day("2023-09-10")
    row: Row = {"table": "jobs", "organization": organization, "month": month(MONTHS[place]), "due": due}
    return row | {"received": due if came else None}


def planted(facts: Facts) -> Facts:
    """The city with one fault of each kind, all numbers typed by hand."""
    copier, rounder, slipper, hirer, silent = (code(9_001 + place) for place in range(5))
    for when in ("2023-03", "2023-05"):
        facts["activities"] += [
            city._activity(copier, f"{when}-{number:02d}", "training", participants=people, firms=firms)
            for number, (people, firms) in enumerate(((57, 13), (88, 21), (42, 9), (131, 34)), 3)
        ]
    for number, amount in enumerate((1, 2, 3, 2, 1, 4, 2, 3, 1, 2, 5, 2)):
        facts["financing"].append(_line(rounder, f"2023-{number // 2 + 1:02d}-07", f"R{number}", f"{amount}000000.00"))
    for number, amount in enumerate(("410000", "530000", "380000", "620000", "450000", "290000", "710000", "480000")):
        facts["financing"].append(_line(slipper, f"2023-{number + 1:02d}-08", f"S{number}", f"{amount}.00"))
    facts["financing"].append(_line(slipper, "2023-08-09", "S9", "52.00"))
    for when, posts, hires in (("2023-04", 20, 31), ("2023-05", 18, 30), ("2023-06", 22, 27)):
        facts["jobs"].append(city.jobs(hirer, when, posts, hires=hires))
    facts["submissions"] += [submission(silent, place, came=place < 15) for place in range(len(MONTHS))]
    return facts


def _line(organization: str, when: str, number: str, amount: str) -> Row:
    return city._financing(organization, when, number, "credit_line", amount)


def lake_of(root: Path, facts: Facts, **more: Any) -> Lake:
    """A lake with these facts, committed table by table."""
    lake = Lake.init(root, "real", city.ticking("2023-09-20T09:00:00"))
    for table, rows in facts.items():
        city.commit(lake, {table: rows}, **more)
    return lake
