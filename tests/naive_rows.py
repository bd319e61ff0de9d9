"""The rows of the small city as somebody reads them who knows what numbers mean and nothing of the code under test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests import register as city

Row = dict[str, Any]

ROWS = city.live_rows()
ORGANIZATIONS = {row["code"]: row for row in ROWS["organizations"]}
TIME = ("month", "quarter", "year")
PLACE = ("region_group", "prefecture", "county", "town")

# Where each place of the rows lies, typed from the reference lists. Dongguan has no counties: it stands for its own.
PLACES: dict[str | None, tuple[str | None, ...]] = {
    None: (None, None, None, None),
    "GD-NORTH": ("GD-NORTH", None, None, None),
    "440100": ("GD-PRD", "440100", None, None),
    "440106": ("GD-PRD", "440100", "440106", None),
    "440112": ("GD-PRD", "440100", "440112", None),
    "440113": ("GD-PRD", "440100", "440113", None),
    "441900": ("GD-PRD", "441900", None, None),
    "440825": ("GD-WEST", "440800", "440825", None),
    "441826": ("GD-NORTH", "441800", "441826", None),
    "441826105": ("GD-NORTH", "441800", "441826", "441826105"),
}


def primary_chain(organization: str, on: date) -> str | None:
    """The primary chain on a day: the span begun last that has not ended; else what the register says."""
    spans = [
        (row["since"] or date(1900, 1, 1), row["until"] or date(9999, 1, 1), row["chain"])
        for row in ROWS["organization_chains"]
        if row["organization"] == organization and row["is_primary"]
    ]
    begun = [span for span in spans if span[0] <= on]
    if begun and on < max(begun)[1]:
        return str(max(begun)[2])
    return ORGANIZATIONS[organization]["primary_chain"] if organization in ORGANIZATIONS else None


def reporter(code: str | None, moment: date) -> Row:
    """What the register says of whoever reported; nothing of those it does not know. An expired grade is none."""
    known = ORGANIZATIONS.get(code or "", {})
    expiry = known.get("grade_expiry")
    is_valid = expiry is not None and expiry >= moment
    return {
        "organization": code,
        "district": known.get("district"),
        "type": known.get("type"),
        "grade": known.get("grade") if is_valid else None,
    }


def place(code: str | None, town: str | None = None) -> Row:
    found = dict(zip(PLACE, PLACES[code], strict=True))
    return found | {"town": town or found["town"]}


def dated(on: date) -> Row:
    first = on.replace(day=1)
    return {"at": first, **time_parts(first)}


def time_parts(on: date) -> Row:
    quarter = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4, 11: 4, 12: 4}[on.month]
    return {"month": f"{on.year}-{on.month:02d}", "quarter": f"{on.year}-Q{quarter}", "year": str(on.year)}


def facts(table: str, time: str, who: str = "organization") -> Iterable[Row]:
    """The rows of a table with month, register data and the chain that counts."""
    for row in ROWS[table]:
        when = dated(row[time])
        chain = row.get("chain") or primary_chain(row[who], row[time])
        yield row | when | reporter(row[who], when["at"]) | {"chain": chain}


def activities() -> Iterable[Row]:
    for row in facts("activities", "date", "lead"):
        yield row | place(row["region"])


def needs() -> Iterable[Row]:
    for row in facts("needs", "raised"):
        days = (row["resolved"] - row["raised"]).days if row["resolved"] else None
        yield row | {"programme": "visits", "days": days}


def cohorts() -> Iterable[Row]:
    """Every stage of a case stands where its first credit line stands; a case without a line is in no cohort."""
    stages = list(facts("financing", "date"))
    for row in stages:
        same_case = [one for one in stages if (one["case"], one["organization"]) == (row["case"], row["organization"])]
        lines = sorted((one for one in same_case if one["stage"] == "credit_line"), key=lambda one: one["date"])
        if lines:
            kept = ("at", *TIME, "chain", "lender", "firm_size", "grade")
            yield row | {name: lines[0][name] for name in kept}


def reported_projects() -> Iterable[Row]:
    """Each project once for every lead that reports it, whoever it was merged into."""
    for row in ROWS["aid_projects"]:
        when = dated(row["start"])
        where = place(row["county"], row["town"])
        where["county"] = where["county"] or row["county"]
        yield row | when | reporter(row["lead"], when["at"]) | where


def projects() -> Iterable[Row]:
    """Each project once, as it was reported for the earliest month."""
    seen = set[str]()
    for row in sorted(ROWS["aid_projects"], key=lambda one: one["start"]):
        if row["project"] not in seen:
            seen.add(row["project"])
            when = dated(row["start"])
            where = place(row["county"], row["town"])
            where["county"] = where["county"] or row["county"]
            yield row | when | reporter(row["lead"], when["at"]) | where


def aid() -> Iterable[Row]:
    known = {row["project"]: row for row in projects()}
    for row in ROWS["aid"]:
        when = dated(row["date"])
        where = place(row["county"], row["town"])
        where["county"] = where["county"] or row["county"]
        project = known.get(row["project"], {})
        belongs = {"theme": project.get("theme"), "programme": project.get("programme")}
        giver = reporter(row["giver"], when["at"]) | {"organization": row["giver"] or row["giver_name"]}
        yield row | when | giver | where | belongs


def chains_of(code: str) -> list[str]:
    served = {row["chain"] for row in ROWS["organization_chains"] if row["organization"] == code}
    own = ORGANIZATIONS[code]["primary_chain"]
    return sorted(served) or ([own] if own else [])


def turned(column: str) -> Iterable[Row]:
    """Organizations in the month they were founded or dissolved."""
    for row in ROWS["organizations"]:
        if row[column]:
            when = dated(row[column])
            yield row | when | reporter(row["code"], when["at"]) | {"chains": chains_of(row["code"])}


def stock(days: Iterable[date]) -> Iterable[Row]:
    """Every organization at each of the days, whether it was there then or not: the number says which count."""
    for moment in days:
        for row in ROWS["organizations"]:
            when = {"moment": moment, **time_parts(moment)}
            yield row | when | reporter(row["code"], moment) | {"chains": chains_of(row["code"])}


def there(row: Row, on: date | None = None) -> bool:
    """Whether an organization existed at the end of a day."""
    moment = on or row["moment"]
    return bool(row["founded"] <= moment and (row["dissolved"] is None or row["dissolved"] > moment))


def there_ten_years_before(row: Row) -> bool:
    moment = row["moment"]
    return there(row, moment.replace(year=moment.year - 10))


def jobs_rows() -> Iterable[Row]:
    return facts("jobs", "month")


def training_rows() -> Iterable[Row]:
    return facts("training", "month")


def financing_rows() -> Iterable[Row]:
    return facts("financing", "date")


def submission_rows() -> Iterable[Row]:
    return facts("submissions", "month")


def founded_rows() -> Iterable[Row]:
    return turned("founded")


def dissolved_rows() -> Iterable[Row]:
    return turned("dissolved")


def case_rows() -> Iterable[Row]:
    return ({**row, "whole_case": (row["organization"], row["case"])} for row in facts("financing", "date"))
