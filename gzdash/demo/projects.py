"""Aid projects: where, who leads, since when and how far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from gzdash.demo import figures
from gzdash.demo.exact import Days, Flags, Ints, Objects, Random, apportion, objects, picked, random_for, skewed
from gzdash.demo.figures import RUNS, SANPAI_COUNTY, SANPAI_TOWN
from gzdash.demo.organizations import FEDERATION, MEDICAL, NAMED, Register
from gzdash.demo.tabling import FIRST_DAYS, days_in, months_of, rows_of, truths
from gzdash.reference import code_list
from gzdash.tables import TABLES

_NORTH, _QINGYUAN = "GD-NORTH", "441800"
_NOWHERE = np.datetime64("NaT", "D")
_THEMES = code_list("theme").codes
_THEME_SHARE = (0.3, 0.13, 0.2, 0.14, 0.1, 0.07, 0.06)
_PROGRAMME_SHARE = {"team-aid": 0.25, "seven-actions": 0.15, "bqw-project": 0.1, None: 0.5}
_BQW_SINCE = np.datetime64("2022-12-01")
_TWO_GIVERS, _PLANNED = 12, 6

# Projects in the town of Sanpai: programme, theme and first days.
_SANPAI = (
    ("yao-medical", "health", ("2021-12-10", "2022-05-16", "2022-10-12", "2023-04-10")),
    (
        "yao-schooling",
        "education",
        ("2021-04-12", "2021-09-02", "2022-03-01", "2022-08-29", "2023-02-20", "2023-08-15"),
    ),
    ("vitamin-c-supper", "health", ("2023-02-27", "2023-05-08")),
    ("hardship-scholarship", "education", ("2023-03-06", "2023-09-01")),
    (None, "infrastructure", ("2021-03-09", "2021-10-18", "2022-06-14")),
    (None, "industry", ("2021-06-22", "2022-04-19", "2022-11-08", "2023-03-21")),
)
_SANPAI_LEADS = {"yao-medical": MEDICAL, "yao-schooling": FEDERATION}


@dataclass(frozen=True)
class Projects:
    """Aid projects by start; `second` is a second giver or -1, `end` NaT while under way."""

    code: Objects
    prefecture: Objects
    county: Objects
    town: Objects
    programme: Objects
    theme: Objects
    start: Days
    end: Days
    lead: Ints
    second: Ints
    partners: list[list[int]]

    def __len__(self) -> int:
        return len(self.code)


def invented_projects(seed: int, register: Register) -> Projects:
    """All projects of the city, those in Sanpai among them."""
    rng = random_for(seed, "projects")
    days, places, programmes, themes = _outlines(rng)
    order = np.argsort(days, kind="stable")
    start, place, programme, theme = days[order], places[order], programmes[order], themes[order]
    sanpai = np.asarray(place == SANPAI_TOWN, bool)
    prefecture = np.where(sanpai, _QINGYUAN, place).astype(object)
    lead = _leads(rng, register, start, programme, sanpai)
    return Projects(
        code=objects([f"XM{str(day)[:4]}-{number:04d}" for number, day in enumerate(start, start=1)]),
        prefecture=prefecture,
        county=np.where(sanpai, SANPAI_COUNTY, _counties(rng, prefecture)).astype(object),
        town=picked([SANPAI_TOWN], np.where(sanpai, 0, -1)),
        programme=programme,
        theme=theme,
        start=start,
        end=_ends(rng, start, prefecture),
        lead=lead,
        second=_seconds(rng, lead, start),
        partners=_partners(rng, register, lead, programme),
    )


def project_rows(seed: int, register: Register, projects: Projects, delivered: Ints) -> pa.Table:
    """Every row of the table aid_projects; the plan is a little above what was delivered, more where work goes on."""
    rng = random_for(seed, "project rows")
    count = len(projects)
    open_ended = np.isnat(projects.end)
    planned = np.ceil(delivered * rng.uniform(1.02, 1.2, count) * np.where(open_ended, 1.35, 1.0) / 1e6) * 1_000_000
    planned = np.where(delivered > 0, planned, rng.integers(5, 60, count) * 1_000_000).astype(np.int64)
    planned[rng.random(count) < 0.04] = -1
    state = np.where(open_ended, "under_way", "completed").astype(object)
    state[np.flatnonzero(open_ended)[-_PLANNED:]] = "planned"
    return rows_of(
        TABLES["aid_projects"],
        project=projects.code,
        title=_titles(projects),
        lead=register.code[projects.lead],
        partners=[list(register.code[some]) or None for some in projects.partners],
        programme=projects.programme,
        theme=projects.theme,
        county=projects.county,
        town=projects.town,
        planned_amount=planned,
        start=projects.start,
        end=projects.end,
        state=state,
        truth=truths(rng, count),
    )


def _outlines(rng: Random) -> tuple[Days, Objects, Objects, Objects]:
    """Start, place, programme and theme of every project, Sanpai's as declared."""
    fixed = [(day, name, theme) for name, theme, days in _SANPAI for day in days]
    days = np.array([day for day, _, _ in fixed], "datetime64[D]")
    place = objects([SANPAI_TOWN] * len(fixed) + _places(len(fixed)))
    start = np.concatenate([days, _starts(rng, months_of(days))])
    rest = len(start) - len(fixed)
    programme = rng.choice(objects(_PROGRAMME_SHARE), rest, p=list(_PROGRAMME_SHARE.values()))
    programme[(programme == "bqw-project") & (start[len(fixed) :] < _BQW_SINCE)] = "team-aid"
    theme = rng.choice(objects(_THEMES), rest, p=_THEME_SHARE)
    place[len(fixed) :] = rng.permutation(place[len(fixed) :])
    return (
        start,
        place,
        np.concatenate([objects([name for _, name, _ in fixed]), programme]),
        np.concatenate([objects([theme for _, _, theme in fixed]), theme]),
    )


def _places(in_sanpai: int) -> list[str]:
    """The prefecture of every other project: by group as declared, within it by the aid given."""
    parents = {entry.code: entry.parent for entry in code_list("prefecture").entries}
    places: list[str] = []
    for group, (count, _) in figures.PROJECTS_BY_GROUP.items():
        codes = [code for code in figures.AID_BY_PREFECTURE if parents[code] == group]
        parts = apportion(count, [figures.AID_BY_PREFECTURE[code][0] for code in codes])
        parts[0] -= in_sanpai if group == _NORTH else 0
        places += [code for code, part in zip(codes, parts, strict=True) for _ in range(part)]
    return places


def _starts(rng: Random, taken: Ints) -> Days:
    """First days of the others, so that every run of months has its number; more at its beginning."""
    months = []
    for run, count in zip(RUNS, figures.PROJECTS_BY_RUN, strict=True):
        left = count - int(((taken >= run[0]) & (taken < run[1])).sum())
        weights = np.linspace(1.4, 0.8, run[1] - run[0])
        months.append(np.repeat(np.arange(*run), apportion(left, weights)))
    month = np.concatenate(months)
    last_start = np.datetime64(figures.LAST_DAY) - 8
    return np.asarray(np.minimum(days_in(rng, month), last_start))


def _counties(rng: Random, prefecture: Objects) -> Objects:
    chosen = objects([None] * len(prefecture))
    for code in np.unique(prefecture.astype(str)):
        counties = objects([entry.code for entry in code_list("county").entries if entry.parent == code])
        mine = prefecture == code
        chosen[mine] = rng.choice(rng.permutation(counties), int(mine.sum()), p=skewed(len(counties), 0.7))
    return chosen


def _ends(rng: Random, start: Days, prefecture: Objects) -> Days:
    """In each group as many are completed as declared: those that would have ended first."""
    parents = {entry.code: entry.parent for entry in code_list("prefecture").entries}
    groups = objects([parents[code] for code in prefecture])
    planned = start + (60 + rng.gamma(2.5, 70, len(start))).astype("timedelta64[D]")
    ends = np.full(len(start), _NOWHERE)
    for group, (_, completed) in figures.PROJECTS_BY_GROUP.items():
        mine = np.flatnonzero(groups == group)
        done = mine[np.argsort(planned[mine], kind="stable")[:completed]]
        ends[done] = np.minimum(planned[done], np.datetime64("2023-09-12"))
    return ends


def _leads(rng: Random, register: Register, start: Days, programme: Objects, sanpai: Flags) -> Ints:
    """In each run of months as many organizations lead for the first time as declared, then they lead again."""
    givers = _givers(rng, register)
    month = months_of(start)
    lead = np.array([_SANPAI_LEADS.get(n, -1) if here else -1 for n, here in zip(programme, sanpai, strict=True)])
    known = 0
    for run, new in zip(RUNS, figures.GIVERS_BY_RUN, strict=True):
        places = np.flatnonzero((month >= run[0]) & (month < run[1]) & (lead < 0))
        fresh = new - (len(_SANPAI_LEADS) if run[0] == 0 else 0)
        firsts = np.append(places[:1], rng.choice(places[1:], fresh - 1, replace=False))
        lead[np.sort(firsts)] = givers[known : known + fresh]
        known += fresh
    for place in np.flatnonzero(lead < 0):
        pool = givers[np.isin(givers, lead[:place])]
        lead[place] = rng.choice(pool, p=skewed(len(pool), 0.8))
    return lead


def _givers(rng: Random, register: Register) -> Ints:
    """The organizations that give, without the two that are set: foundations first, then associations and others."""
    able = np.flatnonzero(register.lasting() & (np.arange(len(register)) >= len(NAMED)))
    foundations = rng.permutation(able[register.type[able] == "53"])[:38]
    others = rng.permutation(able[(register.type[able] == "51") & register.posting[able]])
    count = sum(figures.GIVERS_BY_RUN) - len(_SANPAI_LEADS)
    chosen = np.concatenate([foundations, others[: count - len(foundations)]])
    return np.concatenate([chosen[:20], rng.permutation(chosen[20:])])


def _seconds(rng: Random, lead: Ints, start: Days) -> Ints:
    """A dozen projects get aid from a second organization, one that gave before."""
    second = np.full(len(lead), -1)
    able = np.flatnonzero((start > FIRST_DAYS[4]) & (start < FIRST_DAYS[29]))
    for place in rng.choice(able, _TWO_GIVERS, replace=False):
        second[place] = rng.choice(lead[: place // 2][lead[: place // 2] != lead[place]])
    return second


def _partners(rng: Random, register: Register, lead: Ints, programme: Objects) -> list[list[int]]:
    """One to three partners for a third; the schooling programme joins a dozen associations."""
    able = np.flatnonzero(register.posting & (register.type == "51"))
    how_many = np.where(rng.random(len(lead)) < 1 / 3, rng.integers(1, 4, len(lead)), 0)
    how_many[programme == "yao-schooling"] = 12
    return [
        [int(p) for p in rng.choice(able, n, replace=False) if p != own] for own, n in zip(lead, how_many, strict=True)
    ]


def _titles(projects: Projects) -> Objects:
    counties, themes = code_list("county"), code_list("theme")
    return objects(
        [
            f"示例{counties.name_of(county).zh}{themes.name_of(theme).zh}项目（{code[-4:]}）"
            for county, theme, code in zip(projects.county, projects.theme, projects.code, strict=True)
        ]
    )
