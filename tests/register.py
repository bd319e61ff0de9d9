"""A small city drawn by hand, with the blanks and surprises of a real one, and helpers to write rows into a lake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from gzdash.lake import Lake, Provenance
from gzdash.period import SHANGHAI
from gzdash.tables import TABLES

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]

# Named for what makes each worth having.
MOVED = "51440100MJ0000001Y"  # its primary chain changes on 2023-04-01; its grade ends on 2023-05-31
BROAD = "51440100MJ00000022"  # a second primary chain begins before the first is said to end
SCHOOL = "52440100MJ00000032"  # serves no chain, was never assessed
GIVING = "53440100MJ00000042"  # its chain stands in the register only; dissolved on 2023-04-15
CLOSED = "51440100MJ0000005B"  # dissolved on the last day of June 2023: not there at the end of that day
FUTURE = "52440100MJ0000006B"  # founded after every fact
SEVERAL = "51440100MJ0000007H"  # serves three chains; its grade is valid for the last time on 2023-06-30
GONE = "53440100MJ0000008E"  # dissolved before ten years ago
ONCE = "51440100MJ0000009P"  # there ten years ago, dissolved since
STRANGER = "51440100MJ00000991"  # reports, and is not in the register
OUTSIDER = "示例电器公司"  # gives aid and is no social organization

AUTO, CHEMICAL, EQUIPMENT, SOFTWARE, AI = "GZ21-01", "GZ21-02", "GZ21-03", "GZ21-05", "GZ21-06"
HEALTH, FINANCE, CARE = "GZ21-08", "GZ21-14", "GZ21-17"

SANPAI, LIANNAN, QINGYUAN, NORTH = "441826105", "441826", "441800", "GD-NORTH"
PANYU, GUANGZHOU, DELTA, DONGGUAN, XUWEN = "440113", "440100", "GD-PRD", "441900", "440825"


def day(text: str) -> date | None:
    """A date written 2023-07-31, or none for an empty text."""
    return date.fromisoformat(text) if text else None


def month(text: str) -> date:
    """The first day of a month written 2023-07."""
    return date.fromisoformat(f"{text}-01")


def arrow(table: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as an import brings them: the declared columns, then file, sheet, row and part of origin."""
    declared = TABLES[table].schema
    fields = [declared.field(column.key) for column in TABLES[table].columns]
    origin = [declared.field(name) for name in ("source_file", "source_sheet", "source_row", "source_part")]
    stamped = [
        {"source_file": f"{table}.xlsx", "source_sheet": "Sheet1", "source_row": number, "source_part": 0, **row}
        for number, row in enumerate(rows, 2)
    ]
    return pa.Table.from_pylist(stamped, schema=pa.schema([*fields, *origin]))


def jobs(organization: str, when: str, posts: int = 1, chain: str | None = None, **more: object) -> Row:
    """One row of posts: an organization's own, for graduates, unless `more` says otherwise."""
    row: Row = {
        "month": month(when),
        "organization": organization,
        "source": "organization",
        "audience": "graduates",
        "chain": chain,
        "posts": posts,
        "hires": None,
        "member_units_mobilised": None,
        "truth": "reported",
    }
    return row | more


def commit(lake: Lake, rows: Rows, **more: Any) -> int:
    """Commit plain rows as one import."""
    tables = {name: arrow(name, found) for name, found in rows.items()}
    return lake.commit(tables, Provenance("李", "测试"), **more)


def ticking(start: str = "2023-09-10T09:00:00", step: timedelta = timedelta(hours=1)) -> Callable[[], datetime]:
    """A clock that begins at `start`, Asia/Shanghai, and goes on by `step` each time it is read."""

    def ticks() -> Iterator[datetime]:
        now = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)
        while True:
            yield now
            now += step

    return ticks().__next__


def _organization(code: str, name: str, district: str, founded: str, **more: object) -> Row:
    row: Row = {
        "code": code,
        "name": name,
        "type": code[:2],
        "district": district,
        "primary_chain": None,
        "grade": None,
        "grade_expiry": None,
        "founded": day(founded),
        "dissolved": None,
        "member_units": None,
    }
    return row | more


def _graded(grade: str, expiry: str) -> Row:
    return {"grade": grade, "grade_expiry": day(expiry)}


def _chain(organization: str, chain: str, is_primary: int, since: str = "", until: str = "") -> Row:
    return {
        "organization": organization,
        "chain": chain,
        "is_primary": is_primary,
        "since": day(since),
        "until": day(until),
    }


def _training(organization: str, when: str, base: str, trainees: int | None, employed: int | None) -> Row:
    return {
        "month": month(when),
        "base": base,
        "school": None,
        "organization": organization,
        "trainees": trainees,
        "employed": employed,
        "truth": "reported",
    }


def _activity(lead: str, when: str, kind: str, region: str | None = None, **more: object) -> Row:
    row: Row = {
        "date": day(when),
        "lead": lead,
        "partners": None,
        "programme": None,
        "mechanism": None,
        "kind": kind,
        "chain": None,
        "region": region,
        "firms": None,
        "participants": None,
        "title": None,
        "truth": "reported",
    }
    return row | more


def _need(organization: str, raised: str, category: str, resolved: str = "") -> Row:
    return {
        "raised": day(raised),
        "organization": organization,
        "category": category,
        "resolved": day(resolved),
        "truth": "reported",
    }


def _financing(organization: str, when: str, case: str, stage: str, amount: str, **more: object) -> Row:
    row: Row = {
        "date": day(when),
        "case": case,
        "organization": organization,
        "lender": None,
        "chain": None,
        "firm_size": None,
        "stage": stage,
        "amount": Decimal(amount),
        "truth": "reported",
    }
    return row | more


def _project(project: str, lead: str, start: str, county: str, **more: object) -> Row:
    row: Row = {
        "project": project,
        "title": f"示例项目{project}",
        "lead": lead,
        "partners": None,
        "programme": None,
        "theme": None,
        "county": county,
        "town": None,
        "planned_amount": None,
        "start": day(start),
        "end": None,
        "state": "under_way",
        "truth": "reported",
    }
    return row | more


def _aid(giver: str, when: str, county: str, form: str, amount: str | None, **more: object) -> Row:
    row: Row = {
        "date": day(when),
        "project": None,
        "giver": None if giver == OUTSIDER else giver,
        "giver_name": giver if giver == OUTSIDER else None,
        "county": county,
        "town": None,
        "form": form,
        "amount": None if amount is None else Decimal(amount),
        "stage": "delivered",
        "beneficiaries": None,
        "truth": "reported",
    }
    return row | more


def _report(table: str, organization: str, when: str, due: str, received: str) -> Row:
    return {
        "table": table,
        "organization": organization,
        "month": month(when),
        "due": day(due),
        "received": day(received),
    }


def _merge(kind: str, decision: str, kept: str, dropped: str) -> Row:
    row: Row = {"kind": kind, "decision": decision, "kept": kept, "dropped": dropped}
    return row | {"reason": "已电话核对", "decided_on": day("2023-09-01")}


REGISTER: Rows = {
    "organizations": [
        _organization(
            MOVED,
            "示例智能网联汽车协会",
            "440104",
            "2010-03-01",
            primary_chain=EQUIPMENT,
            member_units=100,
            **_graded("5A", "2023-05-31"),
        ),
        _organization(
            BROAD,
            "示例软件协会",
            "440106",
            "2013-06-30",
            primary_chain=AI,
            member_units=40,
            **_graded("4A", "2026-01-01"),
        ),
        _organization(SCHOOL, "示例培训学校", "440112", "2023-02-14"),
        _organization(
            GIVING,
            "示例健康基金会",
            "440106",
            "2005-05-05",
            primary_chain=CARE,
            dissolved=day("2023-04-15"),
            **_graded("3A", "2022-12-31"),
        ),
        _organization(
            CLOSED,
            "示例信创商会",
            "440104",
            "2018-08-08",
            primary_chain=SOFTWARE,
            dissolved=day("2023-06-30"),
            member_units=7,
        ),
        _organization(FUTURE, "示例未来服务中心", "440118", "2023-08-01"),
        _organization(
            SEVERAL,
            "示例金融业协会",
            "440113",
            "2012-01-01",
            primary_chain=FINANCE,
            member_units=0,
            **_graded("2A", "2023-06-30"),
        ),
        _organization(GONE, "示例旧基金会", "440105", "2008-01-01", dissolved=day("2012-12-31")),
        _organization(ONCE, "示例旧商会", "440105", "2009-01-01", dissolved=day("2015-01-01"), member_units=3),
    ],
    "organization_chains": [
        _chain(MOVED, AUTO, 1, "", "2023-04-01"),
        _chain(MOVED, EQUIPMENT, 1, "2023-04-01"),
        _chain(MOVED, AI, 0),
        _chain(BROAD, SOFTWARE, 1, "2020-01-01"),
        _chain(BROAD, AI, 1, "2023-06-15"),
        _chain(SEVERAL, FINANCE, 1),
        _chain(SEVERAL, AUTO, 0),
        _chain(SEVERAL, SOFTWARE, 0),
        _chain(STRANGER, HEALTH, 1),
    ],
    "targets": [
        {"metric": "credit_line", "year": 2023, "target": Decimal("60000000.50")},
        {"metric": "jobs_posted", "year": 2023, "target": Decimal("5000.00")},
    ],
    "merges": [
        # P1 counts once anyway; the person who looked says under whose lead.
        _merge("aid_projects", "merge", f"{MOVED}|P1", f"{SEVERAL}|P1"),
        # Nobody reported what would be kept, so what would count no more counts.
        _merge("financing", "merge", f"{BROAD}|D1|credit_line", f"{GIVING}|D1|credit_line"),
        _merge("financing", "distinct", f"{MOVED}|A1|disbursed", f"{BROAD}|A1|disbursed"),
    ],
    "dismissals": [
        # Of numbers that are no longer in the store.
        {
            "kind": "jump",
            "finding": f"jump:aid:amount:delivered+money:{SCHOOL}:2023-02:0a1b2c3d",
            "reason": "确有这一笔",
            "dismissed_on": day("2023-09-02"),
        },
    ],
}

_CREDIT_CASE = {"lender": "state_bank", "firm_size": "small"}

FACTS: Rows = {
    "jobs": [
        jobs(MOVED, "2023-01", 10, hires=4, member_units_mobilised=6),
        jobs(MOVED, "2023-01", 100, source="member_unit"),
        jobs(MOVED, "2023-02", 999, hires=999, member_units_mobilised=999),
        jobs(MOVED, "2023-04", 30, hires=40, truth="verified"),
        jobs(BROAD, "2023-01", 7, AI, hires=7),
        jobs(BROAD, "2023-06", 8, audience="general", hires=8),
        jobs(BROAD, "2023-06", 9, hires=0),
        jobs(SCHOOL, "2023-03", 5),
        jobs(SCHOOL, "2023-03", 3, audience="general", hires=1, member_units_mobilised=2),
        jobs(GIVING, "2023-02", 0, hires=0),
        jobs(CLOSED, "2023-05", 12, hires=3, member_units_mobilised=0),
        jobs(STRANGER, "2023-05", 6, hires=2),
        jobs(SEVERAL, "2023-03", 20, hires=11, source="member_unit", member_units_mobilised=13),
    ],
    "training": [
        _training(MOVED, "2023-03", "示例基地甲", 30, 12),
        _training(MOVED, "2023-04", "示例基地甲", 31, None),
        _training(GIVING, "2023-02", "示例基地乙", None, 5),
        _training(SCHOOL, "2023-06", "示例基地丙", 9, 0),
    ],
    "activities": [
        _activity(MOVED, "2023-01-31", "matchmaking", PANYU, firms=25, programme="finance-matchmaking"),
        _activity(
            MOVED, "2023-04-01", "matchmaking", GUANGZHOU, firms=10, partners=[BROAD, SEVERAL], mechanism="talent"
        ),
        _activity(BROAD, "2023-02-15", "employment_service", PANYU, participants=300, programme="honglian-zhida"),
        _activity(BROAD, "2023-06-14", "employment_service", participants=None, mechanism="speciality"),
        _activity(BROAD, "2023-06-15", "employment_service", "440106", participants=40, programme="honglian-zhida"),
        _activity(SCHOOL, "2023-03-03", "visit", "440112", programme="visits"),
        _activity(SCHOOL, "2023-03-30", "visit", "440112", programme="visits"),
        _activity(STRANGER, "2023-05-05", "visit", NORTH, programme="visits"),
        _activity(GIVING, "2023-03-12", "free_clinic", SANPAI, programme="yao-medical"),
        _activity(SEVERAL, "2023-05-20", "salon", LIANNAN, chain=CHEMICAL, mechanism="talent"),
        _activity(SEVERAL, "2023-06-30", "matchmaking", firms=None),
    ],
    "needs": [
        _need(MOVED, "2023-03-31", "financing", "2023-04-10"),
        _need(MOVED, "2023-04-01", "market"),
        _need(GIVING, "2023-02-20", "policy", "2023-02-20"),
        _need(STRANGER, "2023-05-05", "premises", "2023-07-04"),
        _need(SCHOOL, "2023-06-01", "policy"),
    ],
    "financing": [
        _financing(MOVED, "2023-01-15", "A1", "applied", "9000000.00", **_CREDIT_CASE),
        _financing(MOVED, "2023-03-31", "A1", "credit_line", "5000000.10", **_CREDIT_CASE),
        _financing(MOVED, "2023-04-20", "A1", "disbursed", "1800000.05", **_CREDIT_CASE),
        _financing(MOVED, "2023-04-01", "A2", "credit_line", "700.00", firm_size="large"),
        _financing(MOVED, "2023-06-01", "A2", "credit_line", "300.00", firm_size="large"),
        # The same number at another organization is another case, and its line is never granted.
        _financing(BROAD, "2023-02-01", "A1", "disbursed", "50.00", chain=SOFTWARE, firm_size="micro"),
        _financing(BROAD, "2023-06-20", "B1", "credit_line", "4000.00", lender="city_bank", firm_size="micro"),
        _financing(GIVING, "2023-03-05", "D1", "credit_line", "250.25", lender="other"),
        _financing(SCHOOL, "2023-05-05", "C1", "credit_line", "60.00", firm_size="medium"),
        _financing(SCHOOL, "2023-06-05", "C1", "disbursed", "60.00", firm_size="medium"),
        _financing(STRANGER, "2023-05-06", "X1", "credit_line", "10.00", lender="city_bank"),
    ],
    "aid_projects": [
        _project(
            "P1",
            MOVED,
            "2023-01-10",
            LIANNAN,
            town=SANPAI,
            theme="health",
            programme="yao-medical",
            planned_amount=Decimal("1000.00"),
            state="completed",
            end=day("2023-05-01"),
        ),
        # A second lead reports the same project later: it and its money count once.
        _project("P1", SEVERAL, "2023-02-01", XUWEN, theme="education", planned_amount=Decimal("1111.00")),
        _project("P2", BROAD, "2023-03-01", DONGGUAN, theme="industry", planned_amount=Decimal("2000.50")),
        _project("P3", STRANGER, "2023-03-15", XUWEN, state="planned"),
        _project("P4", GIVING, "2022-12-31", SANPAI, theme="education", state="completed"),
    ],
    "aid": [
        _aid(MOVED, "2023-01-20", LIANNAN, "money", "500.00", project="P1", town=SANPAI, beneficiaries=30),
        _aid(MOVED, "2023-01-21", LIANNAN, "money", "900.00", project="P1", town=SANPAI, stage="pledged"),
        _aid(BROAD, "2023-02-02", LIANNAN, "goods", None, project="P1", town=SANPAI, beneficiaries=8),
        _aid(BROAD, "2023-03-03", DONGGUAN, "goods", "70.70", project="P2"),
        _aid(OUTSIDER, "2023-03-04", XUWEN, "money", "10000.00", project="P3", beneficiaries=0),
        _aid(OUTSIDER, "2023-05-04", LIANNAN, "goods", None, town="油岭村"),
        _aid(STRANGER, "2023-05-05", SANPAI, "money", "0.01", truth="verified"),
        _aid(GIVING, "2023-04-30", LIANNAN, "goods", "1234567890123.45", project="P4", beneficiaries=2),
        # No such project is known, so it has no theme and no programme.
        _aid(SEVERAL, "2023-06-30", XUWEN, "money", "5.00", project="P9"),
    ],
    "submissions": [
        _report("jobs", MOVED, "2023-01", "2023-02-05", "2023-02-03"),
        _report("financing", MOVED, "2023-01", "2023-02-05", ""),
        _report("jobs", BROAD, "2023-01", "2023-02-05", ""),
        _report("jobs", SCHOOL, "2023-03", "2023-04-05", "2023-04-30"),
        _report("jobs", GIVING, "2023-03", "2023-04-05", ""),
        _report("jobs", STRANGER, "2023-05", "", "2023-06-01"),
        _report("jobs", SEVERAL, "2023-05", "2023-06-05", "2023-06-05"),
    ],
}

# What MOVED had reported for February was wrong; the new submission takes its place, whole.
RESTATEMENT: Rows = {"jobs": [jobs(MOVED, "2023-02", 11, hires=5, member_units_mobilised=1)]}
# This one is undone, so it counts for nothing and what it replaced counts again.
MISTAKE: Rows = {"jobs": [jobs(MOVED, "2023-01", 5000, hires=5000), jobs(BROAD, "2023-04", 5000)]}


def live_rows() -> dict[str, list[Row]]:
    """The rows that count after every import and the undo, found by hand: the restated row is left out."""
    rows = {name: list(found) for name, found in {**REGISTER, **FACTS}.items()}
    restated = {(MOVED, month("2023-02"))}
    rows["jobs"] = [row for row in rows["jobs"] if (row["organization"], row["month"]) not in restated]
    rows["jobs"] += RESTATEMENT["jobs"]
    return rows


def build(root: Path) -> Lake:
    """The small city as a lake: register, facts, a restatement, and a mistake that was undone."""
    lake = Lake.init(root, "real", ticking())
    for rows in (REGISTER, FACTS, RESTATEMENT):
        commit(lake, rows)
    lake.undo(commit(lake, MISTAKE), "李", "发错文件")
    return lake
