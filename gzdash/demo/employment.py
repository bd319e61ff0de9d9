"""Jobs and training bases: single posts are dealt out to months, chains and organizations, then counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from gzdash.demo import figures
from gzdash.demo.exact import Flags, Ints, Objects, Random, apportion, objects, paired, random_for
from gzdash.demo.figures import NO_CHAIN, RUNS
from gzdash.demo.organizations import CAMPUS, Register
from gzdash.demo.pools import pools
from gzdash.demo.tabling import CHAIN_CODES, FIRST_DAYS, rows_of, truths
from gzdash.tables import TABLES

_BLANK_CHAIN_SHARE = 0.12
# Other jobseekers find about as many posts as graduates do; an organization reports their hires, its members do not.
_GENERAL_POSTS, _GENERAL_HIRES, _GENERAL_MEMBER_POSTS = 0.8, 0.5, 0.9


@dataclass(frozen=True)
class Stream:
    """One kind of post; of a month's posts `marked` bear the mark: a hire, or a member unit's first post."""

    source: str
    audience: str
    posts: tuple[int, ...]
    marked: tuple[int, ...] | None
    marks: str
    pool: int


def streams() -> tuple[Stream, ...]:
    """The four kinds of post, by source and audience."""
    general = _part(figures.JOBS_POSTED, _GENERAL_POSTS)
    return (
        Stream("organization", "graduates", figures.JOBS_POSTED, figures.GRADUATES_HIRED, "hires", 40),
        Stream(
            "member_unit",
            "graduates",
            figures.MEMBER_JOBS_POSTED,
            figures.MEMBER_UNITS_MOBILISED,
            "member_units_mobilised",
            60,
        ),
        Stream("organization", "general", general, _part(general, _GENERAL_HIRES), "hires", 30),
        Stream("member_unit", "general", _part(figures.MEMBER_JOBS_POSTED, _GENERAL_MEMBER_POSTS), None, "", 45),
    )


def jobs(seed: int, register: Register) -> pa.Table:
    """Every row of the table jobs."""
    return pa.concat_tables(_stream_rows(seed, register, stream) for stream in streams())


def _stream_rows(seed: int, register: Register, stream: Stream) -> pa.Table:
    rng = random_for(seed, "jobs", stream.source, stream.audience)
    able = register.posting & ((register.type == "51") | (stream.source == "organization"))
    month, chain, mark = _posts(rng, stream)
    organization = pools(rng, register, able, stream.pool).choose(rng, chain, month)
    keys, place = np.unique(np.stack([month, organization, chain]), axis=1, return_inverse=True)
    month, organization, chain = keys
    marked = np.bincount(place.ravel(), mark).astype(np.int64)
    counted = {stream.marks: marked} if stream.marks else {}
    return rows_of(
        TABLES["jobs"],
        month=FIRST_DAYS[month],
        organization=register.code[organization],
        source=objects([stream.source] * len(month)),
        audience=objects([stream.audience] * len(month)),
        chain=chain_codes(rng, register, organization, chain),
        posts=np.bincount(place.ravel()),
        truth=truths(rng, len(month)),
        **counted,
    )


def chain_codes(rng: Random, register: Register, organization: Ints, chain: Ints) -> Objects:
    """The chains as written: some are left blank where the organization's primary chain says the same."""
    same = (register.chain[organization] == chain) & (register.earlier_chain[organization] == chain)
    return CHAIN_CODES[np.where(same & (rng.random(len(chain)) < _BLANK_CHAIN_SHARE), NO_CHAIN, chain)]


def _posts(rng: Random, stream: Stream) -> tuple[Ints, Ints, Flags]:
    """Month, chain and mark of every single post; months and chains add up exactly, with mark and without."""
    marked = np.array(stream.marked or (0,) * len(stream.posts))
    left = np.array(stream.posts) - marked
    months, chains, marks = [], [], []
    for run in RUNS:
        posts, hires = _chain_weights(run)
        for bears, by_month, weights in ((True, marked, hires), (False, left, posts - hires)):
            part = by_month[slice(*run)]
            month, chain = paired(rng, part, apportion(int(part.sum()), weights))
            months.append(month + run[0])
            chains.append(chain)
            marks.append(np.full(len(month), bears))
    return np.concatenate(months), np.concatenate(chains), np.concatenate(marks)


def _chain_weights(run: tuple[int, int]) -> tuple[Ints, Ints]:
    if run in (figures.EARLY_2023, figures.LATE_2023):
        return np.array(figures.POSTS_2023), np.array(figures.HIRES_2023)
    return np.array(figures.POSTS_2022), np.array(figures.HIRES_2022)


def _part(months: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(int(month * share) for month in months)


# Base, school, people placed since it opened, and the first month.
_BASES = (
    ("示例零售创新实训基地", "示例番山职业技术学院", figures.TRAINING_PLACED, 0),
    ("示例智能制造实训基地", "示例工贸职业学院", 412, 2),
    ("示例软件外包实训基地", "示例信息技术大学", 538, 5),
    ("示例养老护理实训基地", "示例卫生职业学院", 296, 9),
    ("示例会展服务实训基地", "", 141, 14),
    ("示例检测技术实训基地", "示例理工大学", 118, 20),
)
_BASE_CHAINS = (NO_CHAIN, 2, 4, 16, 12, 20)


def training(seed: int, register: Register) -> pa.Table:
    """Every row of the table training; the first base belongs to the association of schools and firms."""
    rng = random_for(seed, "training")
    parts = [_base_rows(rng, register, place) for place in range(len(_BASES))]
    return pa.concat_tables(parts)


def _base_rows(rng: Random, register: Register, place: int) -> pa.Table:
    base, school, placed, first = _BASES[place]
    pool = np.flatnonzero(register.posting & (register.chain == _BASE_CHAINS[place]) & (register.type == "51"))
    organization = CAMPUS if place == 0 else int(pool[0])
    season = np.array(figures.JOBS_POSTED[first:])
    employed = apportion(placed, season * rng.uniform(0.8, 1.2, len(season)))
    count = len(season)
    return rows_of(
        TABLES["training"],
        month=FIRST_DAYS[first:],
        base=objects([base] * count),
        school=objects([school or None] * count),
        organization=objects([register.code[organization]] * count),
        trainees=np.round(employed * rng.uniform(1.15, 1.6, count)).astype(np.int64),
        employed=employed,
        truth=truths(rng, count),
    )
