"""The city: its register and every fact, by table, and more detail where a trial at size asks for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.demo.activities import activities, needs
from gzdash.demo.aid import aid, delivered_by_project, gifts
from gzdash.demo.employment import jobs, training
from gzdash.demo.exact import Random, objects, random_for
from gzdash.demo.faults import with_faults
from gzdash.demo.figures import CHAINS
from gzdash.demo.financing import financing
from gzdash.demo.organizations import Register, invented_register
from gzdash.demo.projects import invented_projects, project_rows
from gzdash.demo.submissions import submissions
from gzdash.demo.tabling import FIRST_DAYS
from gzdash.tables import TABLES

# What varies when a row is repeated for a trial at size: the organization, and codes of a list; cases get a number.
_VARIED = {"jobs": ("organization", "chain"), "activities": ("lead",), "financing": ("organization",), "aid": ()}


@dataclass(frozen=True)
class City:
    """Everything that is true of the city in the end; `scale` says how often each fact is repeated."""

    seed: int
    scale: int
    register: Register
    facts: dict[str, pa.Table]

    def months(self, name: str, first: int, last: int) -> pa.Table:
        """The facts of a table from one month to another, both included, with their repetitions."""
        rows = between(self.facts[name], TABLES[name].time, first, last)
        if self.scale == 1 or name not in _VARIED:
            return rows
        return _repeated(random_for(self.seed, "detail", name, first), self.register, name, rows, self.scale)


def invented_city(seed: int, scale: int) -> City:
    """The whole city for one seed."""
    register = invented_register(seed)
    projects = invented_projects(seed, register)
    given = gifts(seed, projects)
    happened = activities(seed, register)
    facts = {
        "jobs": jobs(seed, register),
        "training": training(seed, register),
        "submissions": submissions(seed, register),
        "activities": happened,
        "needs": needs(seed, happened.filter(pc.equal(happened["kind"], "visit"))),
        "financing": financing(seed, register),
        "aid_projects": project_rows(seed, register, projects, delivered_by_project(projects, given)),
        "aid": aid(seed, register, projects, given),
    }
    return City(seed, scale, register, with_faults(facts, register))


def between(rows: pa.Table, time: str, first: int, last: int) -> pa.Table:
    """The rows dated from month `first` to month `last`."""
    day = rows[time].to_numpy().astype("datetime64[M]")
    months = FIRST_DAYS.astype("datetime64[M]")
    return rows.filter(pa.array((day >= months[first]) & (day <= months[last])))


def _repeated(rng: Random, register: Register, name: str, rows: pa.Table, scale: int) -> pa.Table:
    """`rows` themselves, then repetitions of them by other organizations."""
    copies = rows.take(pa.array(np.tile(np.arange(rows.num_rows), scale - 1)))
    for column in _VARIED[name]:
        pool = objects(CHAINS) if column == "chain" else register.code[register.lasting()]
        values = pa.array(pool).take(pa.array(rng.integers(0, len(pool), copies.num_rows)))
        copies = copies.set_column(copies.column_names.index(column), copies.schema.field(column), values)
    return pa.concat_tables([rows, copies])
