"""The register of the city: who exists, since when, serving which chain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gzdash.demo.exact import Days, Flags, Ints, Objects, Random, days_between, objects, random_for
from gzdash.demo.figures import NO_CHAIN, REPORTED_ORGANIZATIONS, STOCK_2013, STOCK_2023
from gzdash.demo.names import credit_codes, invented_names
from gzdash.reference import code_list

# Stand-ins for the organizations the article names: name, type, chain, member units, founded.
NAMED = (
    ("示例制造业协会", "51", 2, 180, "2005-04-18"),
    ("示例金融业协会", "51", 13, 146, "2001-09-03"),
    ("示例高校与企业合作促进会", "51", NO_CHAIN, 214, "2010-06-22"),
    ("示例医疗行业协会", "51", 16, 122, "1999-11-15"),
    ("示例社会组织联合会", "51", NO_CHAIN, 1043, "2008-03-27"),
)
MANUFACTURING, FINANCE, CAMPUS, MEDICAL, FEDERATION = range(len(NAMED))

_DISSOLVED_EARLY, _DISSOLVED_OLD, _DISSOLVED_NEW = 60, 420, 180
_OLD = STOCK_2013 + _DISSOLVED_EARLY
_NEW = STOCK_2023 - (STOCK_2013 - _DISSOLVED_OLD) + _DISSOLVED_NEW

_TYPE_SHARE = {"51": 0.42, "52": 0.567, "53": 0.013}
_CHAIN_SHARE = {"51": 0.45, "52": 0.12, "53": 0.0}
_CHAIN_WEIGHTS = (9, 4, 9, 5, 14, 7, 6, 9, 5, 4, 3, 10, 4, 6, 7, 4, 7, 4, 4, 6, 2)
_DISTRICT_WEIGHTS = (8, 17, 11, 19, 13, 7, 11, 5, 3, 2, 4)
_GRADE_WEIGHTS = (12, 26, 42, 13, 7)
_GRADED, _CHANGED_CHAIN = 0.3, 12
_CHAIN_CHANGED_ON = np.datetime64("2022-07-01")


@dataclass(frozen=True)
class Register:
    """Every organization that ever was, by place; dates are NaT and numbers -1 where there is none.

    `earlier_chain` differs from `chain` where the primary chain changed on `chain_since`; `posting` marks those
    that report jobs, `reporting` those that reported anything from January to July 2023.
    """

    code: Objects
    name: Objects
    type: Objects
    district: Objects
    chain: Ints
    earlier_chain: Ints
    chain_since: np.datetime64
    extra_chain: Ints
    grade: Objects
    assessed: Days
    founded: Days
    dissolved: Days
    members: Ints
    posting: Flags
    reporting: Flags

    def __len__(self) -> int:
        return len(self.code)

    def lasting(self) -> Flags:
        """Those that exist during all the months there are facts of."""
        return _lasting(self.founded, self.dissolved)


def invented_register(seed: int) -> Register:
    """All organizations of the city, the named ones first."""
    rng = random_for(seed, "register")
    founded = _foundings(rng)
    types, chains, districts = _kinds(rng, len(founded))
    dissolved = _dissolutions(rng, founded, chains)
    grade, assessed = _grades(rng, founded)
    lasting = _lasting(founded, dissolved)
    posting = _posting(rng, chains, lasting)
    return Register(
        code=credit_codes(rng, types, districts),
        name=_names(rng, types, chains, districts),
        type=types,
        district=districts,
        chain=chains,
        earlier_chain=_earlier_chains(rng, chains, lasting),
        chain_since=_CHAIN_CHANGED_ON,
        extra_chain=_extra_chains(rng, chains),
        grade=grade,
        assessed=assessed,
        founded=founded,
        dissolved=dissolved,
        members=_members(rng, types),
        posting=posting,
        reporting=_reporting(rng, founded, dissolved, chains, posting),
    )


def first_due(founded: Days, chains: Ints) -> Flags:
    """Those founded early enough to owe a report for a month up to July 2023."""
    last = np.where(chains == NO_CHAIN, np.datetime64("2023-06-01"), np.datetime64("2023-07-01"))
    return np.asarray(founded < last)


def _foundings(rng: Random) -> Days:
    """Old ones first: slow years, then quicker ones; the new ones spread over the last ten years."""
    start, middle, end = (np.datetime64(day) for day in ("1986-01-06", "2013-09-30", "2023-09-15"))
    old = start + (np.sqrt(rng.random(_OLD)) * (middle - start).astype(int)).astype("timedelta64[D]")
    new = middle + 1 + (rng.random(_NEW) ** 1.15 * (end - middle).astype(int)).astype("timedelta64[D]")
    founded = np.concatenate([rng.permutation(old), rng.permutation(new)])
    founded[: len(NAMED)] = np.array([entry[4] for entry in NAMED], "datetime64[D]")
    return founded


def _kinds(rng: Random, count: int) -> tuple[Objects, Ints, Objects]:
    """Type, chain and district of each."""
    types = rng.choice(objects(_TYPE_SHARE), count, p=list(_TYPE_SHARE.values()))
    types[: len(NAMED)] = [entry[1] for entry in NAMED]
    share = np.array([_CHAIN_SHARE[kind] for kind in types])
    drawn = rng.choice(NO_CHAIN, count, p=np.divide(_CHAIN_WEIGHTS, sum(_CHAIN_WEIGHTS)))
    chains = np.where(rng.random(count) < share, drawn, NO_CHAIN)
    chains[: len(NAMED)] = [entry[2] for entry in NAMED]
    codes = objects(code_list("district").codes)
    return types, chains, rng.choice(codes, count, p=np.divide(_DISTRICT_WEIGHTS, sum(_DISTRICT_WEIGHTS)))


def _names(rng: Random, types: Objects, chains: Ints, districts: Objects) -> Objects:
    names = invented_names(rng, types, chains, districts)
    names[: len(NAMED)] = [entry[0] for entry in NAMED]
    return names


def _lasting(founded: Days, dissolved: Days) -> Flags:
    return np.asarray(np.isnat(dissolved) & (founded < np.datetime64("2020-12-01")))


def _posting(rng: Random, chains: Ints, lasting: Flags) -> Flags:
    posting = lasting & (rng.random(len(chains)) < np.where(chains == NO_CHAIN, 0.05, 0.45))
    posting[: len(NAMED)] = True
    return posting


def _dissolutions(rng: Random, founded: Days, chains: Ints) -> Days:
    """As many are dissolved in 2023 as are too new to owe a report, so that stock and reports due agree."""
    dissolved = np.full(len(founded), np.datetime64("NaT", "D"))
    day = np.datetime64
    early = np.arange(len(NAMED), len(NAMED) + _DISSOLVED_EARLY)
    dissolved[early] = days_between(rng, np.maximum(founded[early], day("2009-01-05")), _all(early, "2013-09-20"))
    old = np.arange(early[-1] + 1, early[-1] + 1 + _DISSOLVED_OLD)
    aged = np.flatnonzero((np.arange(len(founded)) >= _OLD) & (founded < day("2020-01-01")))
    new = rng.choice(aged, _DISSOLVED_NEW, replace=False)
    both = np.concatenate([old, new])
    earliest = np.maximum(founded[both] + 365, day("2013-10-08"))
    dissolved[both] = days_between(rng, earliest, _all(both, "2022-12-28"))
    recent = rng.choice(both, int((~first_due(founded, chains)).sum()), replace=False)
    dissolved[recent] = days_between(rng, _all(recent, "2023-01-09"), _all(recent, "2023-09-12"))
    return dissolved


def _all(places: Ints, day: str) -> Days:
    return np.full(len(places), np.datetime64(day))


def _grades(rng: Random, founded: Days) -> tuple[Objects, Days]:
    graded = rng.random(len(founded)) < _GRADED
    graded[: len(NAMED)] = True
    codes = objects([*code_list("grade").codes, None])
    drawn = rng.choice(5, len(founded), p=np.divide(_GRADE_WEIGHTS, sum(_GRADE_WEIGHTS)))
    drawn[: len(NAMED)] = 0
    day = days_between(rng, np.maximum(founded + 730, np.datetime64("2016-03-01")), _all(drawn, "2022-12-20"))
    graded &= day <= np.datetime64("2022-12-20")
    return codes[np.where(graded, drawn, 5)], np.where(graded, day, np.datetime64("NaT", "D"))


def _members(rng: Random, types: Objects) -> Ints:
    drawn = np.round(rng.lognormal(3.9, 0.75, len(types))).astype(np.int64) + 8
    members = np.where(types == "51", drawn, -1)
    members[: len(NAMED)] = [entry[3] for entry in NAMED]
    return members


def _earlier_chains(rng: Random, chains: Ints, lasting: Flags) -> Ints:
    able = np.flatnonzero((chains < NO_CHAIN) & lasting & (np.arange(len(chains)) >= len(NAMED)))
    earlier = chains.copy()
    changed = rng.choice(able, _CHANGED_CHAIN, replace=False)
    earlier[changed] = (chains[changed] + rng.integers(1, NO_CHAIN, len(changed))) % NO_CHAIN
    return earlier


def _extra_chains(rng: Random, chains: Ints) -> Ints:
    """A second chain for a sixth of those that have one; -1 for the rest."""
    extra = (chains + rng.integers(1, NO_CHAIN, len(chains))) % NO_CHAIN
    return np.where((chains < NO_CHAIN) & (rng.random(len(chains)) < 1 / 6), extra, -1)


def _reporting(rng: Random, founded: Days, dissolved: Days, chains: Ints, posting: Flags) -> Flags:
    due = first_due(founded, chains) & (np.isnat(dissolved) | (dissolved >= np.datetime64("2023-01-01")))
    others = np.flatnonzero(due & ~posting)
    reporting = posting.copy()
    reporting[rng.choice(others, REPORTED_ORGANIZATIONS - int(posting.sum()), replace=False)] = True
    return reporting
