"""What looks wrong, in SQL: copied months, round numbers, jumps, hires above posts, silence, and the rows of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from gzdash.ask.composing import limits, named_in
from gzdash.ask.contributions import ORIGIN
from gzdash.ask.desk import Desk
from gzdash.metrics import SUBJECTS
from gzdash.scope import EVERYTHING
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.tables.identity import joined


@dataclass(frozen=True, slots=True)
class Watched:
    """A table whose numbers are watched. Numbers of one column are alike in size where the codes `group` are the same;
    `powers` are the powers of ten that its numbers are rounded to, in the units they are stored in."""

    table: str
    columns: tuple[str, ...]
    group: tuple[str, ...]
    powers: tuple[int, ...] = (1, 2, 3)

    @property
    def view(self) -> str:
        """The rows that count, each with its organization and month."""
        return SUBJECTS[self.table].view


_YUAN_POWERS = (3, 4, 5, 6)

WATCHED: dict[str, Watched] = {
    one.table: one
    for one in (
        Watched("jobs", ("posts", "hires", "member_units_mobilised"), ("source", "audience")),
        Watched("training", ("trainees", "employed"), ("base",)),
        Watched("activities", ("firms", "participants"), ("kind",)),
        Watched("financing", ("amount",), ("stage",), _YUAN_POWERS),
        Watched("aid", ("amount",), ("stage", "form"), _YUAN_POWERS),
        Watched("aid_projects", ("planned_amount",), (), _YUAN_POWERS),
    )
}

# A page of numbers says something only when there are some: with fewer no month is worth comparing.
LEAST_ROWS_COPIED = 2
# Fewer values than these have no share, and no usual size.
LEAST_VALUES = 8
LEAST_IMPORTS_BEFORE = 3
_LEAST_IN_IMPORT = 5
# Posts of one month are filled in the months after: half a year holds both ends of most.
WINDOW_MONTHS = 6

_MONTH = "strftime(month, '%Y-%m')"


def copied(desk: Desk, one: Watched) -> pa.Table:
    """Months of an organization whose rows hold the same numbers: organization, months, page (a hash of the numbers),
    rows, numbers (how many are not zero), evidence (powers of ten against chance), own (months of the organization) and
    pairs (of months compared, of all organizations)."""
    line = joined((*one.group, *one.columns))
    evidence = " + ".join(f"CASE WHEN {c} > 0 THEN {evidence_sql(c)} ELSE 0 END" for c in one.columns)
    numbers = " + ".join(f"CAST(coalesce({column}, 0) > 0 AS INTEGER)" for column in one.columns)
    sql = f"""
        WITH pages AS (
            SELECT organization, month, md5(string_agg({line}, ';' ORDER BY {line})) AS page, count(*) AS rows,
                   sum({numbers}) AS numbers, sum({evidence}) AS evidence
            FROM {one.view} GROUP BY organization, month
        ),
        reported AS (SELECT organization, count(*) AS own FROM pages GROUP BY organization),
        compared AS (SELECT sum(own * (own - 1) / 2) AS pairs FROM reported)
        SELECT organization, list({_MONTH} ORDER BY month) AS months, page, any_value(rows) AS rows,
               CAST(any_value(numbers) AS INTEGER) AS numbers, any_value(evidence) AS evidence,
               any_value(own) AS own, any_value(pairs) AS pairs
        FROM pages JOIN reported USING (organization), compared GROUP BY organization, page
        HAVING count(*) > 1 AND any_value(rows) >= {LEAST_ROWS_COPIED} ORDER BY organization, page"""
    return desk.engine.run(sql, {}, desk.snapshot)


def evidence_sql(column: str) -> str:
    """The SQL of the powers of ten against a count being equal to another by chance: two of one mean m are so with a
    probability of 1 / (2 √(π m)), by Poisson's law. Zeros at the end are rounding: 500,000 is as likely again as 5."""
    digits = f"CAST(rtrim(CAST(CAST({column} * 100 AS HUGEINT) AS VARCHAR), '0') AS DOUBLE)"
    return f"log10(2 * sqrt(pi() * {digits}))"


def round_numbers(desk: Desk, one: Watched, column: str) -> pa.Table:
    """How many values are round, for each organization and year and for each import: holder, import_id, months, group,
    power, values, round, and of all others in the group others and others_round. Only values from 10^power on."""
    powers = ", ".join(map(str, one.powers))
    sql = f"""
        WITH given AS (
            SELECT organization, import_id, month, {_group_sql(one)} AS "group", power,
                   CAST({column} * 100 AS HUGEINT) % CAST(10 ^ (power + 2) AS HUGEINT) = 0 AS even
            FROM {one.view}, (SELECT unnest([{powers}]) AS power) WHERE {column} >= 10 ^ power
        ),
        whole AS (SELECT "group", power, count(*) AS n, count(*) FILTER (even) AS r FROM given GROUP BY ALL),
        held AS (
            SELECT organization AS holder, CAST(NULL AS INTEGER) AS import_id, "group", power, count(*) AS n,
                   count(*) FILTER (even) AS r, list_sort(list(DISTINCT {_MONTH})) AS months
            FROM given GROUP BY organization, year(month), "group", power
            UNION ALL
            SELECT '', import_id, "group", power, count(*), count(*) FILTER (even),
                   list_sort(list(DISTINCT {_MONTH}))
            FROM given GROUP BY import_id, "group", power
        )
        SELECT h.holder, h.import_id, h.months, h."group", h.power, h.n AS values, h.r AS round, w.n - h.n AS others,
               w.r - h.r AS others_round
        FROM held AS h JOIN whole AS w USING ("group", power)
        WHERE h.n >= {LEAST_VALUES} ORDER BY h.holder, h.import_id, h."group", h.months, h.power"""
    return desk.engine.run(sql, {}, desk.snapshot)


def jumps(desk: Desk, one: Watched, column: str, least: float, spread: float) -> pa.Table:
    """Values 10^`least` times, or one 10^`least`th of, what the organization usually reports in the group, or farther:
    holder, month, group, value (the farthest of the month), values, usual, away (power of ten, signed) and width (its
    own spread as a power of ten, `spread` at the least)."""
    sql = f"""
        WITH given AS (
            SELECT organization, month, {_group_sql(one)} AS "group", {column} AS value, log10({column}) AS size
            FROM {one.view} WHERE {column} > 0
        ),
        middles AS (
            SELECT organization, "group", median(size) AS middle, count(*) AS n
            FROM given GROUP BY ALL HAVING count(*) >= {LEAST_VALUES} AND count(DISTINCT month) > 2
        ),
        widths AS (
            SELECT organization, "group", any_value(middle) AS middle, any_value(n) AS n,
                   greatest(1.4826 * median(abs(size - middle)), {spread}) AS width
            FROM given JOIN middles USING (organization, "group") GROUP BY ALL
        )
        SELECT organization AS holder, {_MONTH} AS month, "group", arg_max(value, abs(size - middle)) AS value,
               count(*) AS values, round(10 ^ any_value(middle), 2) AS usual,
               arg_max(size - middle, abs(size - middle)) AS away, any_value(width) AS width
        FROM given JOIN widths USING (organization, "group") WHERE abs(size - middle) >= {least}
        GROUP BY organization, month, "group", size > middle ORDER BY ALL"""
    return desk.engine.run(sql, {}, desk.snapshot)


def import_jumps(desk: Desk, one: Watched, column: str, least: float) -> pa.Table:
    """Imports whose middle value is 10^`least` times, or one 10^`least`th of, that of the imports of months before, or
    farther: import_id, months, group, value, values, usual and away, as in `jumps`."""
    sql = f"""
        WITH given AS (
            SELECT import_id, month, {_group_sql(one)} AS "group", log10({column}) AS size
            FROM {one.view} WHERE {column} > 0
        ),
        brought AS (
            SELECT import_id, "group", max(month) AS last, median(size) AS middle, count(*) AS n,
                   list_sort(list(DISTINCT {_MONTH})) AS months
            FROM given GROUP BY import_id, "group" HAVING count(*) >= {_LEAST_IN_IMPORT}
        ),
        known AS (
            SELECT *, median(middle) OVER before AS usual, count(*) OVER before AS earlier FROM brought
            WINDOW before AS (
                PARTITION BY "group" ORDER BY last, import_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
        )
        SELECT import_id, months, "group", round(10 ^ middle, 2) AS value, n AS values, round(10 ^ usual, 2) AS usual,
               middle - usual AS away
        FROM known WHERE earlier >= {LEAST_IMPORTS_BEFORE} AND abs(middle - usual) >= {least} ORDER BY ALL"""
    return desk.engine.run(sql, {}, desk.snapshot)


def hired_above_posted(desk: Desk) -> pa.Table:
    """Windows of months, named by their last, in which an organization hired more than it posted, of one source and for
    one audience: holder, group, months (those with rows), posted, hired; the largest excess first."""
    sql = f"""
        WITH monthly AS (
            SELECT organization, month, {_group_sql(WATCHED["jobs"])} AS "group", sum(posts) AS posts,
                   sum(hires) AS hires
            FROM jobs GROUP BY ALL
        ),
        windows AS (
            SELECT organization, "group", list({_MONTH}) OVER half AS months,
                   CAST(sum(posts) OVER half AS BIGINT) AS posted, CAST(sum(hires) OVER half AS BIGINT) AS hired
            FROM monthly
            WINDOW half AS (
                PARTITION BY organization, "group" ORDER BY month
                RANGE BETWEEN INTERVAL {WINDOW_MONTHS - 1} MONTHS PRECEDING AND CURRENT ROW
            )
        )
        SELECT organization AS holder, "group", months, posted, hired FROM windows WHERE hired > posted
        ORDER BY hired - posted DESC, organization, "group", months"""
    return desk.engine.run(sql, {}, desk.snapshot)


def silences(desk: Desk, day: date) -> pa.Table:
    """Who sent nothing for the newest reports due by `day`: holder, group (the table), months (those without), before
    (reports due until then), received (of these), and looked_at (how many organizations owe reports)."""
    month = _MONTH.replace("month", "o.month")
    sql = f"""
        WITH owed AS (
            SELECT "table" AS "group", organization, month, received IS NOT NULL AS came,
                   row_number() OVER (PARTITION BY "table", organization ORDER BY month DESC) AS back
            FROM submissions WHERE due <= $day
        ),
        known AS (
            SELECT "group", organization, count(*) AS due, count(*) FILTER (came) AS received,
                   min(back) FILTER (came) - 1 AS missing
            FROM owed GROUP BY ALL
        )
        SELECT k.organization AS holder, k."group", list({month} ORDER BY o.month) AS months,
               any_value(k.due - k.missing) AS before, any_value(k.received) AS received,
               (SELECT count(*) FROM known) AS looked_at
        FROM known AS k JOIN owed AS o ON o.organization = k.organization AND o."group" = k."group"
        WHERE k.missing > 1 AND o.back <= k.missing
        GROUP BY k."group", k.organization ORDER BY k.organization, k."group\""""
    return desk.engine.run(sql, {"day": day}, desk.snapshot)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding lies: rows of one organization, or of one import, in months; of `group` where that is given, with
    a number in one of the columns; the rows with `first` come before the others."""

    table: str
    columns: tuple[str, ...]
    months: tuple[str, ...]
    holder: str = ""
    import_id: int | None = None
    group: str = ""
    first: str = ""


def rows_at(desk: Desk, spot: Spot, most: int) -> pa.Table:
    """The first `most` rows of a spot in the order of months and files: where each came from, organization, month,
    numbers (what its columns hold, as texts), and count, how many rows there are in all."""
    one = WATCHED.get(spot.table)
    conditions = [f"{_MONTH} = ANY($months)", "organization = $holder" if spot.holder else "import_id = $import_id"]
    conditions += [f"({' OR '.join(f'{c} IS NOT NULL' for c in spot.columns)})"] if one else []
    conditions += [f"{_group_sql(one)} = $group"] if one and spot.group else []
    conditions += ['"table" = $group'] if not one else []
    numbers = ", ".join(f"CAST({column} AS VARCHAR)" for column in spot.columns)
    sql = f"""
        SELECT {", ".join(ORIGIN)}, organization, {_MONTH} AS month, [{numbers}] AS numbers, count(*) OVER () AS count
        FROM {SUBJECTS[spot.table].view} WHERE {" AND ".join(conditions)}
        ORDER BY list_contains([{numbers}], $first) DESC, month, {", ".join(ORIGIN)} LIMIT {int(most)}"""
    given = {name: getattr(spot, name) for name in ("holder", "import_id", "group", "first")}
    given["months"] = list(spot.months)
    return desk.engine.run(sql, named_in(sql, given), desk.snapshot)


def seen(desk: Desk, table: str, selection: Selection, holders: Iterable[str]) -> pa.Table:
    """What the selection holds of a table, of `holders` or of any import: organization, import_id, month, each once."""
    conditions, parameters = limits(SUBJECTS[table], selection, EVERYTHING)
    sql = f"""
        SELECT DISTINCT CASE WHEN organization = ANY($holders) THEN organization END AS organization, import_id,
               {_MONTH} AS month
        FROM {SUBJECTS[table].view} WHERE {" AND ".join(conditions)}"""
    return desk.engine.run(sql, parameters | {"holders": list(holders)}, desk.snapshot)


def dismissed(desk: Desk) -> pa.Table:
    """What was dismissed and not taken back: kind, finding, reason, dismissed_on, import_id; newest first."""
    columns = ", ".join((*TABLES["dismissals"].by_key, "import_id"))
    sql = f"SELECT {columns} FROM dismissals ORDER BY import_id DESC, finding"
    return desk.engine.run(sql, {}, desk.snapshot)


def watched_columns() -> Iterator[tuple[Watched, str]]:
    """Every watched table with each of its columns."""
    return ((one, column) for one in WATCHED.values() for column in one.columns)


def _group_sql(one: Watched | None) -> str:
    """The codes of a row's group as one text; empty where all rows are alike."""
    return joined(one.group) if one and one.group else "''"
