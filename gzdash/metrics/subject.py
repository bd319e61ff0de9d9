"""A `Subject` is what metrics are counted over: a view, its month, and the ways it may be split and filtered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

# What a split by these dimensions reads where a subject has the column of the same name.
_TIME = ("month", "quarter", "year")

_FILTER_SQL = {
    "chains": "chain = ANY($chains)",
    "regions": (
        "(region_group = ANY($regions) OR prefecture = ANY($regions) OR county = ANY($regions) OR town = ANY($regions))"
    ),
    "districts": "district = ANY($districts)",
    "types": "type = ANY($types)",
    "programmes": "programme = ANY($programmes)",
    "organization": "organization = $organization",
}
_FILTER_COLUMN = {
    "chains": "chain",
    "regions": "prefecture",
    "districts": "district",
    "types": "type",
    "programmes": "programme",
    "organization": "organization",
}

# What the predicate of a filter reads where that is more than the one column.
_FILTER_READS = {"regions": ("region_group", "prefecture", "county", "town")}

# Views that shape a table under another name; every other view has the name of its table.
_TABLE_OF_VIEW = {"register": "organizations", "financing_cohorts": "financing"} | {
    f"{table}_gross": table for table in ("financing", "activities", "aid", "aid_projects")
}

# A grade counts while it is valid.
_GRADE = "CASE WHEN grade_expiry IS NULL OR grade_expiry >= {moment} THEN grade END"


@dataclass(frozen=True)
class Subject:
    """A view with the columns that split it.

    `month` is the column of the first day of the month a row belongs to; a stock has none: it is taken at the
    days called `moment`, and `exists` says in SQL which rows exist on such a day. `several` maps a dimension to the column
    that holds several codes per row, so that parts overlap and do not add up.
    """

    key: str
    view: str
    columns: tuple[str, ...]
    month: str = "month"
    exists: str = ""
    several: Mapping[str, str] | None = field(default=None, hash=False)
    # Where a column of the view is made of columns of the table: which ones.
    made_of: Mapping[str, tuple[str, ...]] | None = field(default=None, hash=False)

    @property
    def table(self) -> str:
        """The key of the table whose rows the view shapes."""
        return _TABLE_OF_VIEW.get(self.view, self.view)

    @property
    def is_stock(self) -> bool:
        """Whether rows are counted at a date instead of over a period."""
        return bool(self.exists)

    @property
    def day(self) -> str:
        """The column with the day a row counts at or in whose month it counts; empty where rows have none."""
        return "moment" if self.is_stock else self.month

    @cached_property
    def splits(self) -> tuple[str, ...]:
        """The keys of the dimensions this subject may be split by."""
        return (*_TIME, *self.columns, *(self.several or {}))

    @cached_property
    def filters(self) -> tuple[str, ...]:
        """The keys of the filters this subject obeys."""
        named = {*self.columns, *(self.several or {})}
        period = ("period",) if self.month or self.is_stock else ()
        return (*period, *(key for key, column in _FILTER_COLUMN.items() if column in named))

    def split_sql(self, dimension: str) -> str:
        """The expression that gives the part a row belongs to."""
        if dimension == "month":
            return f"strftime({self.day}, '%Y-%m')"
        if dimension == "quarter":
            return f"strftime({self.day}, '%Y-Q') || quarter({self.day})"
        if dimension == "year":
            return f"strftime({self.day}, '%Y')"
        if self.several and dimension in self.several:
            return f"{dimension}_part"
        return _GRADE.format(moment=self.day) if dimension == "grade" else f'"{dimension}"'

    def source_sql(self, split: Iterable[str]) -> str:
        """What a question reads: the view, at each of $days for a stock, once per code where a row holds several."""
        source = self.view
        if self.is_stock:
            source = f"(SELECT unnest($days::DATE[]) AS moment) AS moments JOIN {self.view} ON {self.exists}"
        for dimension, column in (self.several or {}).items():
            if dimension in split:
                source += f", unnest({column}) AS {dimension}_parts({dimension}_part)"
        return source

    def filter_columns(self, key: str) -> tuple[str, ...]:
        """The columns that the predicate of one filter reads."""
        return _FILTER_READS.get(key, (_FILTER_COLUMN[key],))

    def filter_sql(self, key: str) -> str:
        """The predicate of one filter, with its parameter named after it."""
        if self.several and _FILTER_COLUMN[key] in self.several:
            return f"list_has_any({self.several[_FILTER_COLUMN[key]]}, ${key})"
        return _FILTER_SQL[key]


_REGISTER = ("district", "type", "grade", "organization")
_PLACE = ("region_group", "prefecture", "county", "town")

JOBS = Subject("jobs", "jobs", ("chain", *_REGISTER))
TRAINING = Subject("training", "training", ("chain", *_REGISTER))
ACTIVITIES = Subject(
    "activities",
    "activities",
    ("chain", *_REGISTER, *_PLACE, "programme", "mechanism"),
    made_of={"organization": ("lead",)},
)
NEEDS = Subject("needs", "needs", ("chain", *_REGISTER, "programme"), made_of={"days": ("raised", "resolved")})
FINANCING = Subject("financing", "financing", ("chain", *_REGISTER, "firm_size", "lender"))
FINANCING_COHORTS = Subject("financing_cohorts", "financing_cohorts", ("chain", *_REGISTER, "firm_size", "lender"))
AID = Subject(
    "aid",
    "aid",
    (*_REGISTER, *_PLACE, "programme", "form", "theme"),
    made_of={"organization": ("giver", "giver_name")},
)
AID_PROJECTS = Subject(
    "aid_projects",
    "aid_projects",
    (*_REGISTER, *_PLACE, "programme", "theme"),
    made_of={"organization": ("lead",)},
)
REGISTER = Subject(
    "register",
    "register",
    _REGISTER,
    exists="founded <= moment AND (dissolved IS NULL OR dissolved > moment)",
    several={"chain": "chains"},
    made_of={"organization": ("code",)},
)
REGISTER_GROWTH = Subject(
    "register_growth",
    "register",
    _REGISTER,
    exists="founded <= moment AND (dissolved IS NULL OR dissolved > moment - INTERVAL 10 YEAR)",
    several={"chain": "chains"},
)
FOUNDINGS = Subject("foundings", "register", _REGISTER, month="founded_month", several={"chain": "chains"})
DISSOLUTIONS = Subject("dissolutions", "register", _REGISTER, month="dissolved_month", several={"chain": "chains"})
SUBMISSIONS = Subject("submissions", "submissions", ("chain", *_REGISTER, "table"))
# No metric counts these; their rows can be looked at and downloaded.
ORGANIZATION_CHAINS = Subject("organization_chains", "organization_chains", ("chain", *_REGISTER), month="")
TARGETS = Subject("targets", "targets", (), month="")
MERGES = Subject("merges", "merges", (), month="")
DISMISSALS = Subject("dismissals", "dismissals", (), month="")


def _gross(subject: Subject) -> Subject:
    """The subject with the rows in it that were merged away: what was reported, before a person looked at it."""
    return replace(subject, key=f"{subject.key}_gross", view=f"{subject.view}_gross")


FINANCING_GROSS, ACTIVITIES_GROSS = _gross(FINANCING), _gross(ACTIVITIES)
AID_GROSS, AID_PROJECTS_GROSS = _gross(AID), _gross(AID_PROJECTS)

SUBJECTS: dict[str, Subject] = {
    subject.key: subject
    for subject in (
        JOBS,
        TRAINING,
        ACTIVITIES,
        NEEDS,
        FINANCING,
        FINANCING_COHORTS,
        AID,
        AID_PROJECTS,
        REGISTER,
        REGISTER_GROWTH,
        FOUNDINGS,
        DISSOLUTIONS,
        SUBMISSIONS,
        ORGANIZATION_CHAINS,
        TARGETS,
        MERGES,
        DISMISSALS,
        FINANCING_GROSS,
        ACTIVITIES_GROSS,
        AID_GROSS,
        AID_PROJECTS_GROSS,
    )
}
