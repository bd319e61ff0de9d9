"""Activities of every programme, and the needs that visits raise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from gzdash.demo import figures
from gzdash.demo.employment import chain_codes
from gzdash.demo.exact import Days, Ints, Objects, Random, objects, random_for
from gzdash.demo.figures import MONTHS, NO_CHAIN, SANPAI_TOWN
from gzdash.demo.organizations import CAMPUS, FEDERATION, FINANCE, MEDICAL, Register
from gzdash.demo.pools import pools
from gzdash.demo.tabling import days_in, rows_of, truths
from gzdash.reference import code_list
from gzdash.tables import TABLES

_ANY, _ONE_DISTRICT = -1, "440113"


@dataclass(frozen=True)
class Series:
    """Activities of one programme and kind: how many by month, who leads (_ANY: whoever serves the chain), where.

    `region` is "district" or "county" for one at random, or a code; `days` fixes the dates.
    """

    programme: str
    kind: str
    by_month: tuple[int, ...] = ()
    mechanisms: tuple[str, ...] = ()
    lead: int = _ANY
    region: str = "district"
    firms: int = 0
    people: int = 40
    chained: bool = True
    days: tuple[str, ...] = ()


def _steady(each: float, first: int = 0, last: int = len(MONTHS)) -> tuple[int, ...]:
    """About `each` a month from one month to another, fewer around the Spring Festival, growing slowly."""
    season = (0.6, 0.5, *(1.0,) * 4, 0.8, 0.8, 1.1, 1.1, 1.2, 1.1)
    return tuple(
        round(each * season[month % 12] * (0.8 + 0.01 * month)) if first <= month < last else 0
        for month in range(len(MONTHS))
    )


def _june_contest() -> tuple[int, ...]:
    """Preliminaries in May, the contest with its job fair in June."""
    return tuple({4: 3, 5: 1}.get(month % 12, 0) for month in range(len(MONTHS)))


_MECHANISMS = code_list("mechanism").codes
_SERIES = (
    Series("honglian-zhida", "employment_service", figures.EMPLOYMENT_EVENTS, ("talent",), firms=14, people=120),
    Series(
        "honglian-juneng", "enterprise_matchmaking", _steady(16), ("enterprise-link", "resource-matching"), firms=18
    ),
    Series("honglian-juneng", "exchange", _steady(6), ("exchange", "investment"), firms=9),
    Series("finance-matchmaking", "matchmaking", _steady(9), ("resource-matching",), firms=22, people=46),
    Series("finance-base", "matchmaking", _steady(2), ("resource-matching",), FINANCE, firms=26, people=52),
    Series("finance-base", "salon", _steady(3), ("expertise",), FINANCE, firms=15),
    Series("finance-base", "exchange", _steady(1.6), ("exchange",), FINANCE, firms=11),
    Series("six-plus-x", "salon", _steady(12), _MECHANISMS, firms=12),
    Series("six-plus-x", "exchange", _steady(8), _MECHANISMS, firms=10),
    Series("six-plus-x", "training", _steady(7), ("talent", "expertise", "speciality"), people=62),
    Series(
        "six-plus-x", "enterprise_matchmaking", _steady(7), ("enterprise-link", "speciality", "investment"), firms=16
    ),
    Series("baicheng", "enterprise_matchmaking", _steady(4), ("talent",), firms=20, people=75),
    Series("baicheng", "training", _steady(3), ("talent",), people=58),
    Series("win-in-guangzhou", "contest", _june_contest(), ("talent",), CAMPUS, firms=32, people=460, chained=False),
    Series("jd-training-base", "training", _steady(1.5), ("talent",), CAMPUS, _ONE_DISTRICT, chained=False),
    Series("visits", "visit", _steady(88), people=6, chained=False),
    Series("seven-actions", "training", _steady(2), region="county", chained=False, people=70),
    Series("bqw-project", "exchange", _steady(3, 24), region="county", chained=False),
    Series("team-aid", "exchange", _steady(2.5), region="county", chained=False),
    Series("yao-medical", "training", _steady(0.8, 12), (), MEDICAL, SANPAI_TOWN, chained=False, people=34),
    Series(
        "yao-medical",
        "free_clinic",
        lead=MEDICAL,
        region=SANPAI_TOWN,
        people=320,
        chained=False,
        days=("2021-12-18", "2022-10-22", "2023-08-05"),
    ),
    Series("yao-schooling", "tutoring", _steady(3, 3), (), FEDERATION, SANPAI_TOWN, chained=False, people=55),
    Series("vitamin-c-supper", "tutoring", _steady(1, 25), (), FEDERATION, SANPAI_TOWN, chained=False, people=90),
    Series("hardship-scholarship", "tutoring", _steady(0.7, 25), (), FEDERATION, SANPAI_TOWN, chained=False),
    Series(
        "measures-2023",
        "training",
        lead=FEDERATION,
        chained=False,
        people=130,
        days=("2023-09-07", "2023-09-11", "2023-09-12", "2023-09-14", "2023-09-15", "2023-09-18"),
    ),
    Series("", "salon", _steady(9), ("expertise", "speciality"), firms=8),
    Series("", "training", _steady(8), ("talent",), people=48),
)


def activities(seed: int, register: Register) -> pa.Table:
    """Every row of the table activities."""
    return pa.concat_tables(_series_rows(seed, register, place, series) for place, series in enumerate(_SERIES))


def _series_rows(seed: int, register: Register, place: int, series: Series) -> pa.Table:
    rng = random_for(seed, "activities", place)
    month = np.repeat(np.arange(len(series.by_month)), series.by_month)
    date = np.array(series.days, "datetime64[D]") if series.days else days_in(rng, month)
    count = len(date)
    lead, chain = _leads(rng, register, series, month, count)
    return rows_of(
        TABLES["activities"],
        date=date,
        lead=register.code[lead],
        partners=_partners(rng, register, count),
        programme=objects([series.programme or None] * count),
        mechanism=rng.choice(objects(series.mechanisms), count) if series.mechanisms else None,
        kind=objects([series.kind] * count),
        chain=chain_codes(rng, register, lead, chain),
        region=_regions(rng, register, series.region, lead),
        firms=rng.poisson(series.firms, count) if series.firms else None,
        participants=rng.poisson(series.people, count),
        title=_titles(series, date),
        truth=truths(rng, count),
    )


def _leads(rng: Random, register: Register, series: Series, month: Ints, count: int) -> tuple[Ints, Ints]:
    """Who leads each and for which chain; a visit's lead is the organization visited."""
    if series.lead != _ANY:
        chain = register.chain[series.lead] if series.chained else NO_CHAIN
        return np.full(count, series.lead), np.full(count, chain)
    if not series.chained:
        lasting = np.flatnonzero(register.lasting())
        return rng.choice(lasting, count), np.full(count, NO_CHAIN)
    chain = rng.choice(NO_CHAIN + 1, count, p=np.divide(figures.POSTS_2023, sum(figures.POSTS_2023)))
    able = register.lasting() & (register.type == "51")
    return pools(rng, register, able, 22).choose(rng, chain, month), chain


def _partners(rng: Random, register: Register, count: int) -> list[list[str] | None]:
    """Up to three partners for a third of them."""
    lasting = register.code[register.posting]
    drawn = rng.choice(lasting, (count, 3))
    how_many = np.where(rng.random(count) < 1 / 3, rng.integers(1, 4, count), 0)
    return [list(dict.fromkeys(row[:some])) or None for row, some in zip(drawn, how_many, strict=True)]


def _regions(rng: Random, register: Register, region: str, lead: Ints) -> Objects:
    if region == "district":
        return register.district[lead]
    if region == "county":
        return rng.choice(aided_counties(), len(lead))
    return objects([region] * len(lead))


def aided_counties() -> Objects:
    """The counties of East, West and North Guangdong."""
    aided = {e.code for e in code_list("prefecture").entries if e.parent in figures.PROJECTS_BY_GROUP}
    return objects([entry.code for entry in code_list("county").entries if entry.parent in aided])


def _titles(series: Series, date: Days) -> Objects:
    kind = code_list("activity_kind").name_of(series.kind).zh
    name = code_list("programme").name_of(series.programme).zh if series.programme else ""
    return objects([f"示例{name}{kind}（{str(day)[:7]} 第{n}场）" for n, day in enumerate(date, start=1)])


_NEEDS_PER_VISIT = 0.8
_NEED_SHARE = (0.24, 0.22, 0.12, 0.2, 0.14, 0.08)
_RESOLVED_SHARE = 0.87
_RESOLVED_SHAPE, _RESOLVED_DAYS = 2.2, 9.3


def needs(seed: int, visits: pa.Table) -> pa.Table:
    """Every row of the table needs: raised on the visits given, most resolved within some twenty days."""
    rng = random_for(seed, "needs")
    raised_on = np.repeat(np.arange(visits.num_rows), rng.poisson(_NEEDS_PER_VISIT, visits.num_rows))
    raised = visits["date"].to_numpy()[raised_on].astype("datetime64[D]")
    days = np.maximum(rng.gamma(_RESOLVED_SHAPE, _RESOLVED_DAYS, len(raised)), 1).astype("timedelta64[D]")
    resolved = np.asarray(raised + days)
    last = np.datetime64(figures.LAST_DAY)
    resolved[(rng.random(len(raised)) > _RESOLVED_SHARE) | (resolved > last)] = np.datetime64("NaT")
    return rows_of(
        TABLES["needs"],
        raised=raised,
        organization=objects(visits["lead"].to_pylist())[raised_on],
        category=rng.choice(objects(code_list("need_category").codes), len(raised), p=_NEED_SHARE),
        resolved=resolved,
        truth=truths(rng, len(raised)),
    )
