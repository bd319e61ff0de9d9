"""Aid: gifts of money and goods to projects, scaled so that every prefecture and run of months adds up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from gzdash.demo import figures
from gzdash.demo.exact import Days, Flags, Ints, Objects, Random, amounts, days_between, objects, picked, random_for
from gzdash.demo.figures import LAST_DAY, RUNS, SANPAI_TOWN
from gzdash.demo.organizations import FEDERATION, Register
from gzdash.demo.projects import Projects
from gzdash.demo.tabling import days_in, months_of, rows_of, truths
from gzdash.tables import TABLES

_FEN = 100
_FEN_OF_TEN_THOUSAND = 1_000_000
_GIFTS_PER_PROJECT = 4.2
_GOODS_SHARE, _MONEY_VALUE_SHARE = 0.45, 0.6
_OUTSIDE_SHARE, _UNVALUED_SHARE = 0.08, 0.025
_MEDICAL_SINCE, _MEDICAL_UNTIL = np.datetime64("2021-12-10"), np.datetime64("2023-08-28")
_OUTSIDE = objects(
    [f"示例{word}有限公司" for word in ("实业", "医疗器械", "教育科技", "食品", "建设", "物流", "信息技术", "农业发展")]
)
# A few gifts in the Pearl River Delta: county, yuan (or none) and day.
_DELTA = (
    ("441223", 18_000, "2021-11-18"),
    ("441224", 12_500, "2022-06-09"),
    ("441225", 9_600, "2022-12-14"),
    ("441324", -1, "2023-05-23"),
    ("440785", 6_200, "2023-07-12"),
)
_DIRECT_GIVERS = 20


@dataclass(frozen=True)
class Gifts:
    """Gifts delivered, one a place: `project` is -1 for a direct gift, `line` names a programme of Sanpai or is "-"."""

    project: Ints
    day: Days
    goods: Flags
    prefecture: Objects
    line: Objects
    fen: Ints


def gifts(seed: int, projects: Projects) -> Gifts:
    """Every gift delivered, with its value in fen."""
    rng = random_for(seed, "gifts")
    project, day = _occasions(rng, projects)
    sanpai = np.append(projects.town == SANPAI_TOWN, False)[project]
    line = np.where(sanpai, picked(projects.programme, project), "-").astype(object)
    line[sanpai & (line == None)] = ""  # noqa: E711
    medical = line == "yao-medical"
    day[medical] = np.clip(day[medical], _MEDICAL_SINCE, _MEDICAL_UNTIL)
    prefecture = picked(projects.prefecture, project)
    direct = project < 0
    prefecture[direct] = np.tile(list(figures.AID_BY_PREFECTURE), len(RUNS))
    goods = (rng.random(len(project)) < _GOODS_SHARE) & ~direct
    goods[sanpai] = (np.arange(len(project)) % 2 == 1)[sanpai]
    goods &= ~np.isin(line, ("vitamin-c-supper", "hardship-scholarship"))
    return Gifts(project, day, goods, prefecture, line, _values(rng, day, goods, prefecture, line))


def aid(seed: int, register: Register, projects: Projects, given: Gifts) -> pa.Table:
    """Every row of the table aid: delivered, delivered without a value, and pledged."""
    rng = random_for(seed, "aid")
    return pa.concat_tables(
        (
            _delivered(rng, register, projects, given),
            _unvalued(rng, register, projects),
            _pledged(rng, register, projects, given),
            _delta(rng, register),
        )
    )


def delivered_by_project(projects: Projects, given: Gifts) -> Ints:
    """What each project received, in fen."""
    return np.bincount(given.project[given.project >= 0], given.fen[given.project >= 0], len(projects)).astype(np.int64)


def _occasions(rng: Random, projects: Projects) -> tuple[Ints, Days]:
    """Project and day of each gift: the first soon after the start; one direct gift a prefecture and run of months."""
    count = len(projects)
    more = 3 * (projects.town == SANPAI_TOWN) + (projects.second >= 0)
    later = np.repeat(np.arange(count), rng.poisson(_GIFTS_PER_PROJECT, count) + more)
    last = np.full(count, np.datetime64(LAST_DAY))
    end = np.where(np.isnat(projects.end), last, np.minimum(projects.end, last))
    first_day = np.minimum(projects.start + rng.integers(0, 9, count).astype("timedelta64[D]"), last)
    month = np.repeat([rng.integers(*run) for run in RUNS], len(figures.AID_BY_PREFECTURE))
    day = np.concatenate([first_day, days_between(rng, projects.start[later], end[later]), days_in(rng, month)])
    return np.concatenate([np.arange(count), later, np.full(len(month), -1)]), day


def _values(rng: Random, day: Days, goods: Flags, prefecture: Objects, line: Objects) -> Ints:
    """Values in fen: first Sanpai by programme and form, then what is left of each prefecture and run of months."""
    weights = rng.lognormal(0, 0.8, len(day))
    unit = np.where(goods, rng.choice((10, 1_000, 10_000), len(day)), rng.choice((100, 100_000, 1_000_000), len(day)))
    fen = np.zeros(len(day), np.int64)
    for (name, form), yuan in figures.SANPAI_AID.items():
        mine = (line == name) & (goods == (form == "goods"))
        fen[mine] = amounts(yuan * _FEN, weights[mine], np.minimum(unit[mine], 100_000))
    month = months_of(day)
    for code, run, total in _cells():
        here = (prefecture == code) & (month >= run[0]) & (month < run[1])
        left = total - int(fen[here & (line != "-")].sum())
        here &= line == "-"
        share = _MONEY_VALUE_SHARE + rng.uniform(-0.06, 0.06)
        money = int(round(left * share, -4)) if goods[here].any() else left
        fen[here & ~goods] = amounts(money, weights[here & ~goods], unit[here & ~goods])
        if money < left:
            fen[here & goods] = amounts(left - money, weights[here & goods], unit[here & goods])
    return fen


def _cells() -> list[tuple[str, tuple[int, int], int]]:
    """Prefecture, run of months and total in fen."""
    cells = []
    other, shares = list(figures.AID_OTHER_RUNS), list(figures.AID_OTHER_RUNS.values())
    for code, (total, early_2022, early_2023) in figures.AID_BY_PREFECTURE.items():
        cells += [
            (code, figures.EARLY_2022, early_2022 * _FEN_OF_TEN_THOUSAND),
            (code, figures.EARLY_2023, early_2023 * _FEN_OF_TEN_THOUSAND),
        ]
        rest = amounts((total - early_2022 - early_2023) * _FEN_OF_TEN_THOUSAND, shares, _FEN)
        cells += [(code, run, int(part)) for run, part in zip(other, rest, strict=True)]
    return cells


def _delivered(rng: Random, register: Register, projects: Projects, given: Gifts) -> pa.Table:
    count = len(given.fen)
    direct = given.project < 0
    giver = np.append(projects.lead, -1)[given.project]
    giver[direct] = rng.choice(projects.lead[:_DIRECT_GIVERS], int(direct.sum()))
    first = np.arange(count) < len(projects)
    second = np.append(projects.second, -1)[given.project]
    shared = np.flatnonzero((second >= 0) & ~first)
    turns = np.unique(given.project[shared], return_index=True)[1]
    giver[shared[turns]] = second[shared[turns]]
    outside = (rng.random(count) < _OUTSIDE_SHARE) & ~first & ~direct & (second < 0)
    county = picked(projects.county, given.project)
    county[direct] = _main_counties(projects, given.prefecture[direct])
    people = np.round(rng.lognormal(4.4, 0.9, count)).astype(np.int64)
    people[rng.random(count) < 0.15] = -1
    return rows_of(
        TABLES["aid"],
        date=given.day,
        project=picked(projects.code, given.project),
        giver=picked(register.code, np.where(outside, -1, giver)),
        giver_name=picked(_OUTSIDE, np.where(outside, rng.integers(0, len(_OUTSIDE), count), -1)),
        county=county,
        town=picked(projects.town, given.project),
        form=np.where(given.goods, "goods", "money").astype(object),
        amount=given.fen,
        stage=objects(["delivered"] * count),
        beneficiaries=people,
        truth=truths(rng, count),
    )


def _main_counties(projects: Projects, prefectures: Objects) -> Objects:
    return objects([projects.county[np.argmax(projects.prefecture == code)] for code in prefectures])


def _unvalued(rng: Random, register: Register, projects: Projects) -> pa.Table:
    """Goods nobody put a value on, the computers for Sanpai's pupils among them."""
    places = rng.choice(len(projects), int(len(projects) * _UNVALUED_SHARE * _GIFTS_PER_PROJECT), replace=False)
    schooling = np.flatnonzero(
        (projects.programme == "yao-schooling") & (projects.start == np.datetime64("2023-08-15"))
    )
    places = np.concatenate([schooling, places[places != schooling[0]]])
    end = np.where(np.isnat(projects.end[places]), np.datetime64(LAST_DAY), projects.end[places])
    day = days_between(rng, projects.start[places], np.minimum(end, np.datetime64(LAST_DAY)))
    day[0] = np.datetime64("2023-08-24")
    return _rows(rng, register, projects, places, day, "goods", np.full(len(places), -1), "delivered")


def _pledged(rng: Random, register: Register, projects: Projects, given: Gifts) -> pa.Table:
    """What was pledged at the start: a little more than came, in round sums; some has yet to come."""
    delivered = delivered_by_project(projects, given)
    promised = delivered * rng.uniform(1.0, 1.12, len(delivered)) * np.where(np.isnat(projects.end), 1.15, 1.0)
    fen = (np.ceil(promised / _FEN_OF_TEN_THOUSAND) * _FEN_OF_TEN_THOUSAND).astype(np.int64)
    form = np.where(rng.random(len(fen)) < _MONEY_VALUE_SHARE, "money", "goods").astype(object)
    places = np.arange(len(projects))
    return _rows(rng, register, projects, places, projects.start, form, fen, "pledged")


def _rows(
    rng: Random,
    register: Register,
    projects: Projects,
    places: Ints,
    day: Days,
    form: Objects | str,
    fen: Ints,
    stage: str,
) -> pa.Table:
    """One row for each of the projects at `places`, given by its lead."""
    count = len(places)
    return rows_of(
        TABLES["aid"],
        date=day,
        project=projects.code[places],
        giver=register.code[projects.lead[places]],
        county=projects.county[places],
        town=projects.town[places],
        form=objects([form] * count) if isinstance(form, str) else form,
        amount=fen,
        stage=objects([stage] * count),
        truth=truths(rng, count),
    )


def _delta(rng: Random, register: Register) -> pa.Table:
    county, yuan, day = zip(*_DELTA, strict=True)
    return rows_of(
        TABLES["aid"],
        date=np.array(day, "datetime64[D]"),
        giver=objects([register.code[FEDERATION]] * len(_DELTA)),
        county=objects(county),
        form=objects(["goods"] * len(_DELTA)),
        amount=np.where(np.array(yuan) < 0, -1, np.array(yuan) * _FEN),
        stage=objects(["delivered"] * len(_DELTA)),
        truth=truths(rng, len(_DELTA)),
    )
