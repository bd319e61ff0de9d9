"""What the office knew at a date: the city's rows as an import of that day carried them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.demo import figures
from gzdash.demo.exact import Days, Flags, Objects, objects
from gzdash.demo.figures import NO_CHAIN
from gzdash.demo.organizations import Register
from gzdash.demo.tabling import CHAIN_CODES, rows_of
from gzdash.tables import TABLES

_NEVER = np.datetime64("NaT", "D")
_GRADE_YEARS = 365 * 5 + 1


@dataclass(frozen=True, slots=True)
class Ending:
    """How rows of a table change later: on the day in `column`; before it, `state` says `before`."""

    column: str
    state: str = ""
    before: str = ""


ENDINGS = {"needs": Ending("resolved"), "aid_projects": Ending("end", "state", "under_way")}


def register_rows(register: Register, since: np.datetime64, day: np.datetime64) -> dict[str, pa.Table]:
    """The organizations founded or changed after `since` and until `day`, and their chains, as known on `day`."""
    moved = register.earlier_chain != register.chain
    changes = (register.founded, register.dissolved, register.assessed, np.where(moved, register.chain_since, _NEVER))
    changed = _any_in(changes, since, day) & (register.founded <= day)
    return {
        "organizations": _organizations(register, np.flatnonzero(changed), day),
        "organization_chains": _organization_chains(
            register,
            np.flatnonzero(_any_in((register.founded, changes[-1]), since, day) & (register.founded <= day)),
            day,
        ),
    }


def target_rows(year: int) -> pa.Table:
    """The targets of one year."""
    targets = figures.TARGETS[year]
    return rows_of(
        TABLES["targets"],
        metric=objects(targets),
        year=np.full(len(targets), year),
        target=np.array(list(targets.values())) * 100,
    )


def changed_rows(name: str, rows: pa.Table, first: Any, since: np.datetime64, day: np.datetime64) -> pa.Table:
    """Rows of the months from `first` on, and whole earlier submissions in which a row ended after `since`; as
    known on `day`."""
    table, ending = TABLES[name], ENDINGS[name]
    time = rows[table.time].to_numpy().astype("datetime64[D]")
    end = rows[ending.column].to_numpy().astype("datetime64[D]")
    owner = objects(rows[table.owner[0]].to_pylist())
    keys = owner.astype(str) + time.astype("datetime64[M]").astype(str)
    late = (time < first) & (end > since) & (end <= day)
    wanted = (time >= first) | np.isin(keys, keys[late])
    return _known(rows.filter(pa.array(wanted)), ending, day)


def _known(rows: pa.Table, ending: Ending, day: np.datetime64) -> pa.Table:
    """The rows with what happened after `day` taken away."""
    future = pc.fill_null(pc.greater(rows[ending.column], pa.scalar(day.astype(object))), False)
    rows = _replaced(rows, ending.column, pc.if_else(future, pa.scalar(None, pa.date32()), rows[ending.column]))
    if not ending.state:
        return rows
    return _replaced(rows, ending.state, pc.if_else(future, pa.scalar(ending.before), rows[ending.state]))


def _replaced(rows: pa.Table, column: str, values: Any) -> pa.Table:
    return rows.set_column(rows.column_names.index(column), rows.schema.field(column), values)


def _any_in(days: tuple[Days, ...], since: np.datetime64, until: np.datetime64) -> Flags:
    return np.asarray(np.any([(day > since) & (day <= until) for day in days], axis=0))


def _organizations(register: Register, places: Any, day: np.datetime64) -> pa.Table:
    graded = register.assessed[places] <= day
    dissolved = register.dissolved[places]
    return rows_of(
        TABLES["organizations"],
        code=register.code[places],
        name=register.name[places],
        type=register.type[places],
        district=register.district[places],
        primary_chain=_primary_chains(register, places, day),
        grade=np.where(graded, register.grade[places], None),
        grade_expiry=np.where(graded, register.assessed[places] + _GRADE_YEARS, _NEVER),
        founded=register.founded[places],
        dissolved=np.where(dissolved <= day, dissolved, _NEVER),
        member_units=register.members[places],
    )


def _primary_chains(register: Register, places: Any, day: np.datetime64) -> Objects:
    chains = register.chain if day >= register.chain_since else register.earlier_chain
    return np.asarray(CHAIN_CODES[chains[places]])


def _organization_chains(register: Register, places: Any, day: np.datetime64) -> pa.Table:
    """A row for the primary chain, one more where it changed, one for an extra chain."""
    chained = places[register.earlier_chain[places] < NO_CHAIN]
    moved = chained[(register.earlier_chain != register.chain)[chained]] if day >= register.chain_since else chained[:0]
    extra = chained[(register.extra_chain[chained] >= 0) & (register.extra_chain != register.earlier_chain)[chained]]
    organization = np.concatenate([chained, moved, extra])
    change = np.full(len(moved), register.chain_since)
    none = np.full(len(organization), _NEVER)
    until = np.where(np.isin(chained, moved), register.chain_since, _NEVER)
    return rows_of(
        TABLES["organization_chains"],
        organization=register.code[organization],
        chain=CHAIN_CODES[
            np.concatenate([register.earlier_chain[chained], register.chain[moved], register.extra_chain[extra]])
        ],
        is_primary=np.repeat([1, 1, 0], [len(chained), len(moved), len(extra)]),
        since=np.concatenate([none[: len(chained)], change, none[: len(extra)]]),
        until=np.concatenate([until, none[: len(moved) + len(extra)]]),
    )
