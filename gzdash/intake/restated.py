"""Whether what a file reports was reported before: a submission again, or a key under another submission."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gzdash.intake.incoming import Incoming
from gzdash.intake.report import Finding
from gzdash.intake.row_problems import key_in_store, named, reported_alike, submitted_before

# What happens to a submission that the store has already: the reader says, the file does not.
Replace = Literal["refuse", "replace"]


def findings(incoming: Incoming, replace: Replace) -> Iterator[Finding]:
    """Submissions that stand in the store: with the same rows a warning, with others an error unless they are to be
    replaced; and keys that another submission holds."""
    yield from _submitted(incoming, replace)
    if not incoming.submission <= set(incoming.table.unique):
        yield from _held_elsewhere(incoming, replace)


def _submitted(incoming: Incoming, replace: Replace) -> Iterator[Finding]:
    """One finding per submission, at its first row. Rows are compared as a bag, by the sum of their hashes."""
    table = incoming.table
    columns = ", ".join(f'"{key}"' for key in table.by_key)
    bag = f"count(*) AS rows, sum(CAST(hash({columns}) AS HUGEINT)) AS content"
    sql = f"""
        WITH mine AS (
            SELECT submission_owner, submission_month, min(source_row) AS source_row,
                   min_by(source_part, (source_row, source_part)) AS source_part, {bag}
            FROM incoming SEMI JOIN raw_{table.key} USING (submission_owner, submission_month)
            GROUP BY submission_owner, submission_month
        ),
        theirs AS (
            SELECT submission_owner, submission_month, max(import_id) AS import_id,
                   any_value(source_file) AS file, {bag}
            FROM raw_{table.key} SEMI JOIN mine USING (submission_owner, submission_month)
            GROUP BY submission_owner, submission_month
        )
        SELECT mine.source_row, source_part, import_id, file, theirs.rows,
               mine.rows = theirs.rows AND mine.content = theirs.content AS alike
        FROM mine JOIN theirs USING (submission_owner, submission_month) ORDER BY mine.source_row
    """
    shown = table.time or table.owner[0]
    for found in incoming.ask(sql, incoming.submission):
        if found["alike"]:
            problem = reported_alike(found["import_id"], found["file"])
            yield Finding(found["source_row"], shown, problem, found["source_part"])
        elif replace == "refuse":
            problem = submitted_before(found["import_id"], found["file"], found["rows"])
            yield Finding(found["source_row"], shown, problem, found["source_part"])


def _held_elsewhere(incoming: Incoming, replace: Replace) -> Iterator[Finding]:
    """Keys that the store has under a submission this file does not take the place of.

    The same owner may correct what it reported for another month, when the reader chose to replace.
    """
    table = incoming.table
    if not table.unique:
        return
    alike = " AND ".join(f'stored."{key}" IS NOT DISTINCT FROM incoming."{key}"' for key in table.unique)
    sql = f"""
        SELECT incoming.source_row, min(incoming.source_part) AS source_part,
               max(stored.import_id) AS import_id, max(stored.source_file) AS file,
               bool_and(stored.submission_owner = incoming.submission_owner) AS own
        FROM incoming JOIN (
            SELECT * FROM raw_{table.key}
            ANTI JOIN (SELECT DISTINCT submission_owner, submission_month FROM incoming) AS mine
            USING (submission_owner, submission_month)
        ) AS stored ON {alike}
        GROUP BY incoming.source_row ORDER BY incoming.source_row
    """
    labels = named(table, table.unique)
    for found in incoming.ask(sql, incoming.submission | set(table.unique)):
        if not (found["own"] and replace == "replace"):
            problem = key_in_store(labels, found["import_id"], found["file"], own=found["own"])
            yield Finding(found["source_row"], table.unique[0], problem, found["source_part"])
