"""When each part of the city reached the office: some sixty dated imports, three corrections and one mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gzdash.demo.city import City, between
from gzdash.demo.figures import MONTHS
from gzdash.demo.knowledge import changed_rows, register_rows, target_rows
from gzdash.demo.tabling import FIRST_DAYS
from gzdash.period import SHANGHAI, shift
from gzdash.tables import TABLES

Rows = dict[str, pa.Table]

_REGISTRY, _EMPLOYMENT, _INDUSTRY, _RURAL = "登记科（示例）", "数据科（示例）", "产业科（示例）", "乡村振兴科（示例）"
CORRECTION = "更正"
_BEFORE_ALL = np.datetime64("1900-01-01")
# The last two months came as files that are kept; by then the year 2023 was reported month by month.
_FIRST_FILED, _FIRST_MONTHLY = 31, 24


@dataclass(frozen=True, slots=True)
class Arrival:
    """One import: `rows` makes its rows when its turn comes; `filed` means as a real file through the front door."""

    when: datetime
    file: str
    who: str
    why: str
    rows: Callable[[], Rows]
    filed: bool = False
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A month's submissions of some organizations that first came with `column` wrong by `factor`."""

    table: str
    month: int
    column: str
    factor: str
    owners: int
    when: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """A regular report: its tables, those of them kept as files in the end, and day and hour of arrival."""

    name: str
    who: str
    tables: tuple[str, ...]
    filed: str
    day: int
    hour: time


_REPORTS = (
    Report("就业", _EMPLOYMENT, ("jobs", "training", "submissions"), "jobs", 13, time(10, 20)),
    Report("产业", _INDUSTRY, ("financing", "activities", "needs"), "financing", 14, time(15, 5)),
    Report("帮扶", _RURAL, ("aid_projects", "aid"), "aid", 16, time(9, 40)),
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


CORRECTIONS = (
    Correction(
        table="financing",
        month=20,
        column="amount",
        factor="10",
        owners=6,
        when=_at("2022-11-22 16:10"),
        who=_INDUSTRY,
        why=f"{CORRECTION}：2022年9月部分协会金额多写一位，重报",
    ),
    Correction(
        table="jobs",
        month=26,
        column="posts",
        factor="2",
        owners=14,
        when=_at("2023-05-18 11:35"),
        who=_EMPLOYMENT,
        why=f"{CORRECTION}：2023年3月部分组织重复计算岗位，重报",
    ),
    Correction(
        table="aid",
        month=28,
        column="amount",
        factor="0.1",
        owners=5,
        when=_at("2023-07-25 14:50"),
        who=_RURAL,
        why=f"{CORRECTION}：2023年5月部分组织款物金额少写一位，重报",
    ),
)
_REGISTER_DAYS = (
    (_at("2021-01-05 09:30"), None),
    (_at("2022-01-07 10:15"), 2022),
    (_at("2023-01-06 10:40"), 2023),
    (_at("2023-09-18 09:50"), None),
)
_MISTAKE_AT, _MISTAKE_UNDONE_AT = _at("2023-08-17 09:12"), _at("2023-08-17 16:40")
# On the last day everything of the running month arrives, the aid file last.
_LAST_DAY = {"rest": _at("2023-09-20 16:05"), "就业": _at("2023-09-20 16:40")}
_LAST_DAY |= {"产业": _at("2023-09-20 17:25"), "帮扶": _at("2023-09-20 18:30")}


def arrivals(city: City) -> list[Arrival]:
    """All imports in the order in which they came."""
    found = [*_registers(city), *_regular(city), *_filed(city), *_corrections(city), _mistake(city)]
    return sorted(found, key=lambda arrival: arrival.when)


def _registers(city: City) -> Iterator[Arrival]:
    since = _BEFORE_ALL
    for when, target in _REGISTER_DAYS:
        why = "名录首次入库" if since == _BEFORE_ALL else "名录更新：新成立、注销、评估与主链变更"
        rows = partial(_register_rows, city, since, _day(when), target)
        yield Arrival(when, f"社会组织名录_{when:%Y-%m}_示例.xlsx", _REGISTRY, why, rows)
        since = _day(when)


def _register_rows(city: City, since: np.datetime64, day: np.datetime64, target: int | None) -> Rows:
    return register_rows(city.register, since, day) | ({"targets": target_rows(target)} if target else {})


def _regular(city: City) -> Iterator[Arrival]:
    """Quarterly reports at first, then monthly ones, each some days after the end of its months."""
    for report in _REPORTS:
        since = _BEFORE_ALL
        for first, last in spans():
            if first >= _FIRST_FILED:
                break
            when = _after(last, report)
            rows = partial(_report_rows, city, report.tables, first, last, since, _day(when))
            yield Arrival(when, _file(report.name, first, last), report.who, _why(report.name, first, last), rows)
            since = _day(when)


def _filed(city: City) -> Iterator[Arrival]:
    """The last months: one file for each report, and one import for all that is not kept as a file."""
    for month in range(_FIRST_FILED, len(MONTHS)):
        running = month == len(MONTHS) - 1
        rest = _LAST_DAY["rest"] if running else _after(month, _REPORTS[0]) - timedelta(hours=1)
        since = _after(month - 1, _REPORTS[0])
        tables = tuple(t for report in _REPORTS for t in report.tables if t != report.filed)
        rows = partial(_report_rows, city, tables, month, month, _day(since), _day(rest))
        yield Arrival(rest, _file("综合", month, month), _EMPLOYMENT, _why("综合", month, month), rows)
        for report in _REPORTS:
            when = _LAST_DAY[report.name] if running else _after(month, report)
            rows = partial(_filed_rows, city, report.filed, month)
            file = _file(report.name, month, month)
            yield Arrival(when, file, report.who, _why(report.name, month, month), rows, filed=True)


def _corrections(city: City) -> Iterator[Arrival]:
    for correction in CORRECTIONS:
        file = f"{TABLES[correction.table].name.zh}_{_zh(correction.month)}_更正_示例.xlsx"
        yield Arrival(correction.when, file, correction.who, correction.why, partial(_right_rows, city, correction))


def _mistake(city: City) -> Arrival:
    """July's jobs once more, every row twice; undone the same afternoon."""
    month = _FIRST_FILED - 1

    def twice() -> Rows:
        return {"jobs": pa.concat_tables([city.months("jobs", month, month)] * 2)}

    file, why = f"就业月报_{_zh(month)}_副本_示例.xlsx", f"{_zh(month)}就业月报入库"
    return Arrival(_MISTAKE_AT, file, _EMPLOYMENT, why, twice, undone=_MISTAKE_UNDONE_AT)


def spans() -> Iterator[tuple[int, int]]:
    """First and last month of each regular report."""
    yield from ((first, first + 2) for first in range(0, _FIRST_MONTHLY, 3))
    yield from ((month, month) for month in range(_FIRST_MONTHLY, len(MONTHS)))


def _report_rows(
    city: City, tables: tuple[str, ...], first: int, last: int, since: np.datetime64, day: np.datetime64
) -> Rows:
    return {name: _table_rows(city, name, first, last, since, day) for name in tables}


def _table_rows(city: City, name: str, first: int, last: int, since: np.datetime64, day: np.datetime64) -> pa.Table:
    if name in ("needs", "aid_projects"):
        known = between(city.facts[name], TABLES[name].time, 0, last)
        return changed_rows(name, known, FIRST_DAYS[first], since, day)
    rows = city.months(name, first, last)
    for correction in CORRECTIONS:
        if correction.table == name and first <= correction.month <= last:
            rows = _wrong(rows, correction)
    return rows


def _filed_rows(city: City, name: str, month: int) -> Rows:
    """Rows for a file: as they are, without repetitions, for a workbook has its limits."""
    return {name: between(city.facts[name], TABLES[name].time, month, month)}


def _concerned(rows: pa.Table, correction: Correction) -> pa.Array:
    """Which rows belong to the submissions corrected: the month's organizations with the most rows."""
    table = TABLES[correction.table]
    in_month = pc.equal(pc.strftime(rows[table.time], format="%Y-%m"), MONTHS[correction.month])
    owners = pc.drop_null(rows.filter(in_month)[table.owner[0]]).value_counts()
    most = sorted(zip(owners.field("counts").to_pylist(), owners.field("values").to_pylist(), strict=True))
    chosen = pa.array([owner for _, owner in most[-correction.owners :]], pa.string())
    return pc.and_(in_month, pc.is_in(rows[table.owner[0]], value_set=chosen))


def _wrong(rows: pa.Table, correction: Correction) -> pa.Table:
    field = rows.schema.field(correction.column)
    exact = rows[correction.column].cast(pa.decimal128(24, 2))
    wrong = pc.round(pc.multiply(exact, pa.scalar(correction.factor).cast(pa.decimal128(6, 2))), 2)
    values = pc.if_else(_concerned(rows, correction), wrong.cast(field.type), rows[correction.column])
    return rows.set_column(rows.column_names.index(correction.column), field, values)


def _right_rows(city: City, correction: Correction) -> Rows:
    first, last = next(span for span in spans() if span[0] <= correction.month <= span[1])
    rows = city.months(correction.table, first, last)
    return {correction.table: rows.filter(_concerned(rows, correction))}


def _after(month: int, report: Report) -> datetime:
    """When the report on `month` arrives: on its day of the next month, or the Monday after."""
    day = date.fromisoformat(f"{shift(MONTHS[month], 1)}-{report.day:02d}")
    monday = day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(monday, report.hour, SHANGHAI)


def _day(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.date())


def _file(name: str, first: int, last: int) -> str:
    kind = "月报" if first == last else "季报"
    return f"{name}{kind}_{_zh(first, last)}_示例.xlsx"


def _why(name: str, first: int, last: int) -> str:
    return f"{_zh(first, last)}{name}{'月报' if first == last else '季报'}入库"


def _zh(first: int, last: int | None = None) -> str:
    year, month = MONTHS[first].split("-")
    if last is None or last == first:
        return f"{year}年{int(month)}月"
    return f"{year}年第{(int(month) + 2) // 3}季度"
