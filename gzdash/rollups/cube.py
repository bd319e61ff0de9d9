"""A `Cube` is the rows of a subject by month and some dimensions, added up: small, and asked in their place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gzdash.answer import Question
from gzdash.metrics import METRICS, SUBJECTS, Metric, Part, Subject, metric
from gzdash.scope import Scope
from gzdash.selection import Selection

MONTH = "month"
_TIME = frozenset({MONTH, "quarter", "year"})
# What most questions ask by or narrow to; every cube has those of them that its subject has.
_CORE = ("chain", "district", "type")
# A filter reads all levels of a place at once, and they say each other: they stand in a cube together.
_PLACE = ("region_group", "prefecture", "county", "town")
_SCOPED = ("districts", "chains", "types")


@dataclass(frozen=True, slots=True)
class Cube:
    """One cube of a subject: its name, the dimensions it keeps, and the expressions whose different values it keeps.

    Its columns are `month` (the first day), the dimensions, `thing<n>` for the n-th of the subject's things and `m<n>`
    for each of its measures.
    """

    subject: Subject
    name: str
    dimensions: tuple[str, ...]
    things: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns it is grouped by."""
        return (MONTH, *self.dimensions, *(f"thing{things(self.subject).index(one)}" for one in self.things))

    def covers(self, question: Question) -> bool:
        """Whether the question can be answered from this cube alone."""
        asked = metric(question.metric)
        distinct = [part for part in asked.parts if part.is_distinct]
        return (
            asked.subject.key == self.subject.key
            and needed(self.subject, question).issubset(self.dimensions)
            and all(self.thing_column(part) for part in distinct)
        )

    def thing_column(self, part: Part) -> str:
        """The column with the things that a distinct count counts; empty where the cube does not keep them."""
        if is_dimension(self.subject, part.of):
            return f'"{part.of}"' if part.of in self.dimensions else ""
        return f"thing{things(self.subject).index(part.of)}" if part.of in self.things else ""


def needed(subject: Subject, question: Question) -> set[str]:
    """The dimensions that a question reads: those of its split, its filters and its scope; time is always there."""
    split = {name for name in question.split if name not in _TIME}
    filters = [*_chosen(subject, question.selection), *_allowed(subject, question.scope)]
    return split.union(*(subject.filter_columns(key) for key in filters))


def _chosen(subject: Subject, selection: Selection) -> list[str]:
    return [key for key in subject.filters if key != "period" and getattr(selection, key)]


def _allowed(subject: Subject, scope: Scope) -> list[str]:
    return [key for key in _SCOPED if key in subject.filters and getattr(scope, key)]


def is_dimension(subject: Subject, of: str) -> bool:
    """Whether what is counted is a column that questions also split by; a grade is not: it stands for a date."""
    return of in subject.columns and of != "grade"


@cache
def subjects() -> tuple[Subject, ...]:
    """The subjects that have cubes: those with metrics whose rows belong to one month and one part of each split.

    A stock is taken at a day, not in a month, and its register is small; there the rows are asked."""
    counted = {one.subject.key for one in METRICS.values()}
    return tuple(
        one for one in SUBJECTS.values() if one.key in counted and one.month and not one.is_stock and not one.several
    )


@cache
def cubes(subject: Subject) -> tuple[Cube, ...]:
    """Several small cubes instead of one with everything in it: the core, the core with each other dimension, the same
    with each kind of thing that is counted once; then all dimensions but the organization, and all of them, which are
    kept where there is little of everything. A month has no more reporters than there are organizations, however much
    they report; a chain is no property of theirs."""
    core = tuple(name for name in _CORE if name in subject.columns)
    place = tuple(name for name in _PLACE if name in subject.columns)
    extras: dict[str, tuple[str, ...]] = {"core": ()} | ({"place": place} if place else {})
    extras |= {name: (name,) for name in subject.columns if name not in (*core, *place)}
    found = [Cube(subject, name, (*core, *extra)) for name, extra in extras.items()]
    for number, thing in enumerate(things(subject)):
        found += [Cube(subject, f"{name}-thing{number}", (*core, *extra), (thing,)) for name, extra in extras.items()]
    names = set(subject.columns)
    reporters = names.intersection(("organization", "district", "type"))
    for name, dimensions in (("reporter", reporters), ("wide", names - {"organization"}), ("whole", names)):
        if all(set(cube.dimensions) != dimensions for cube in found):
            whole = tuple(one for one in subject.columns if one in dimensions)
            found.append(Cube(subject, name, whole, things(subject) if name == "whole" else ()))
    return tuple(found)


@cache
def things(subject: Subject) -> tuple[str, ...]:
    """What distinct counts of a subject count, where that is no dimension; each once, in the order of the metrics."""
    parts = [part for one in metrics_of(subject) for part in one.parts if part.is_distinct]
    return tuple(dict.fromkeys(part.of for part in parts if not is_dimension(subject, part.of)))


@cache
def metrics_of(subject: Subject) -> tuple[Metric, ...]:
    """The metrics that are counted over a subject, in the order of their declaration."""
    return tuple(one for one in METRICS.values() if one.subject.key == subject.key)


@cache
def measures(subject: Subject) -> tuple[str, ...]:
    """The aggregates a cube holds, as SQL over the rows; `m<n>` is the n-th of them.

    A sum stays unknown where nothing was stated. A distinct count has the number of its rows, which says whether the
    thing is there; so has every metric, for where it reads no row it has no figure."""
    found = [sql for one in metrics_of(subject) for sql in (*(measure(one, part) for part in one.parts), one.rows_sql)]
    return tuple(dict.fromkeys(found))


def measure(one: Metric, part: Part) -> str:
    """The aggregate of one part that a cube holds."""
    if part.is_distinct:
        return f"count(*) FILTER (WHERE {part.where})" if part.where else "count(*)"
    return part.sql if one.is_money else f"CAST({part.sql} AS BIGINT)"


def column_of(subject: Subject, sql: str) -> str:
    """The column of a cube that holds the aggregate `sql`."""
    return f"m{measures(subject).index(sql)}"
