"""Suspicions in SQL: things that two organizations report alike, and whether what a decision names is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from gzdash.ask.composing import limits, named_in
from gzdash.ask.desk import Desk
from gzdash.metrics import SUBJECTS
from gzdash.scope import EVERYTHING
from gzdash.selection import Selection
from gzdash.tables.identity import IDENTITIES, identity_sql, joined

# Full-width letters and digits are the same letters and digits; DuckDB folds no widths by itself.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F))
# Spaces, dashes of every kind and strokes are how people write a number, not part of it.
_BETWEEN = r"[\s\x{3000}\x{00A0}_/.\x{2010}-\x{2015}\x{2212}\x{2013}\x{30FC}-]"


@dataclass(frozen=True)
class Likeness:
    """When two things of one table are alike: the same `number` (with `at`, a stage), or on one `day` the same in
    `same` where `where` holds. What else speaks for it are the columns `also`."""

    table: str
    day: str
    amount: str
    same: tuple[str, ...]
    where: str
    also: tuple[str, ...]
    number: str = ""
    at: tuple[str, ...] = ()
    # A table whose view keeps one thing per number already is read before that.
    view: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """What is read: rows that count."""
        return f"{self.view} WHERE counts AND" if self.view else f"{SUBJECTS[self.table].view} WHERE"


LIKENESSES: dict[str, Likeness] = {
    one.table: one
    for one in (
        Likeness(
            "financing",
            "date",
            "amount",
            ("stage", "amount"),
            "amount > 0",
            ("chain", "lender", "firm_size"),
            '"case"',
            ("stage",),
        ),
        Likeness(
            "activities",
            "date",
            "CAST(1 AS BIGINT)",
            ("kind", "region", "participants", "firms"),
            "participants > 0 OR firms > 0",
            ("chain", "programme", "mechanism"),
        ),
        Likeness(
            "aid",
            "date",
            "amount",
            ("stage", "form", "amount"),
            "amount > 0",
            ("county_reported", "project", "town"),
            renamed={"county": "county_reported"},
        ),
        Likeness(
            "aid_projects",
            '"start"',
            "planned_amount",
            ("county", "planned_amount"),
            "planned_amount > 0",
            ("theme", "programme", "town"),
            "project",
            view="aid_projects_gross",
        ),
    )
}


def same_number(desk: Desk, table: str, selection: Selection) -> pa.Table:
    """Things of different organizations under one number: group, identity, organization, day, amount, rows, differs
    (how many further columns speak against it), often (1), and import, file, sheet and row of origin."""
    one = LIKENESSES[table]
    if not one.number:
        return _asked(desk, one, selection, "''", "''", "false")
    return _asked(desk, one, selection, joined((_plain(one.number), *one.at)), "''", f"{_plain(one.number)} <> ''")


def same_day(desk: Desk, table: str, selection: Selection) -> pa.Table:
    """Things of different organizations that agree in day, kind and amount; columns as in `same_number`, and `often`
    is how many things of the selection agree in all but the day."""
    one = LIKENESSES[table]
    return _asked(desk, one, selection, joined((one.day, *one.same)), joined(one.same), one.where)


def named(desk: Desk, table: str, identities: Iterable[str]) -> pa.Table:
    """Of `identities` those that are in the store: identity, organization, first and last day, whether it counts."""
    one = LIKENESSES[table]
    identity = identity_sql(table, one.renamed)
    counts = f"identity IN (SELECT {identity} FROM {one.source} true)"
    sql = f"""
        SELECT *, {counts} AS counts FROM (
            SELECT {identity} AS identity, any_value(organization) AS organization, min({one.day}) AS first,
                   max({one.day}) AS last
            FROM {table}_gross WHERE {identity} = ANY($identities) GROUP BY ALL
        )"""
    return desk.engine.run(sql, {"identities": list(identities)}, desk.snapshot)


def decided(desk: Desk) -> pa.Table:
    """What was decided: kind, decision, kept, dropped, reason, decided_on, import_id, and whether it took effect (the
    one kept is there and the other counts no more), newest first."""
    there = " UNION ".join(
        f"SELECT '{table}' AS kind, {identity_sql(table)} AS identity FROM counted_{table} "
        f"WHERE {identity_sql(table)} IN (SELECT dropped FROM merges)"
        for table in IDENTITIES
    )
    sql = f"""
        SELECT m.kind, m.decision, m.kept, m.dropped, m.reason, m.decided_on, m.import_id,
               m.decision = 'distinct' OR t.identity IS NULL AS holds
        FROM merges AS m LEFT JOIN ({there}) AS t ON t.kind = m.kind AND t.identity = m.dropped
        ORDER BY m.import_id DESC, m.dropped"""
    return desk.engine.run(sql, {}, desk.snapshot)


def _plain(number: str) -> str:
    """A number as its maker meant it: without width, case, spaces and dashes."""
    narrow = f"translate(trim({number}), '{_quoted(_WIDE)}', '{_quoted(_NARROW)}')"
    return f"regexp_replace(upper({narrow}), '{_BETWEEN}', '', 'g')"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _asked(desk: Desk, one: Likeness, selection: Selection, key: str, rest: str, where: str) -> pa.Table:
    conditions, parameters = limits(SUBJECTS[one.table], selection, EVERYTHING)
    differs = " + ".join(f"CAST(count(DISTINCT {column}) > 1 AS INTEGER)" for column in one.also)
    sql = f"""
        WITH alike AS (
            SELECT *, {key} AS likeness, {rest} AS rest, {identity_sql(one.table, one.renamed)} AS identity
            FROM {one.source} {" AND ".join([*conditions, f"({where})"])}
        ),
        suspected AS (
            SELECT likeness, {differs} AS differs FROM alike
            GROUP BY likeness HAVING count(DISTINCT organization) > 1
        ),
        usual AS (SELECT rest, count(*) AS often FROM alike GROUP BY rest)
        SELECT
            likeness AS "group", identity, any_value(organization) AS organization, min({one.day}) AS day,
            sum({one.amount}) AS amount, count(*) AS rows, any_value(differs) AS differs, any_value(often) AS often,
            min(import_id) AS import_id, min(source_file) AS source_file, min(source_sheet) AS source_sheet,
            min(source_row) AS source_row
        FROM alike JOIN suspected USING (likeness) JOIN usual USING (rest)
        GROUP BY likeness, identity ORDER BY likeness, import_id, identity"""
    return desk.engine.run(sql, named_in(sql, parameters), desk.snapshot)
