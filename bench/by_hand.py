"""Four questions of the overview written by hand over the same files: DuckDB SQL, pandas, polars, and a raw scan.

Posts by month, posts by district, loans by month, aid by month: each over the rows that count, which are those whose
submission no newer import carries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd
import polars as pl

from gzdash.answer import Question
from gzdash.ask import Desk
from gzdash.lake import Snapshot
from gzdash.selection import Selection

# Values by code of the split, by question.
Answered = tuple[Mapping[str, int], ...]
ASKED = (("jobs_posted", "month"), ("jobs_posted", "district"), ("loan_disbursed", "month"), ("aid_value", "month"))
_LOST = ("import_id", "submission_owner", "submission_month")
_FACTS = ("jobs", "financing", "aid")


@dataclass(frozen=True)
class Files:
    """The live files of the tables that are read, the submissions in them that were replaced, and the months asked."""

    paths: Mapping[str, list[str]]
    lost: pd.DataFrame
    first: date
    last: date


def files_of(snapshot: Snapshot, selection: Selection) -> Files:
    """What somebody without our code would be given."""
    lost = snapshot.superseded.to_pandas().rename(columns={"owner": "submission_owner", "month": "submission_month"})
    paths = {name: list(snapshot.paths(name)) for name in (*_FACTS, "organizations")}
    return Files(paths, lost, selection.period.first_day, selection.period.last_day)


def ours(desk: Desk, selection: Selection) -> Answered:
    """The same through the desk; amounts in cents."""
    answers = desk.ask_all([Question(metric, selection, (split,)) for metric, split in ASKED])
    return tuple(
        {str(row.key[0]): round((row.value or 0) * (100 if answer.metric.is_money else 1)) for row in answer.rows}
        for answer in answers
    )


def sql(connection: duckdb.DuckDBPyConnection, files: Files) -> Answered:
    """By DuckDB, over the file lists."""
    connection.register("lost", files.lost)
    return tuple(
        {str(code): int(value) for code, value in connection.execute(text, [files.first, files.last]).fetchall()}
        for text in _statements(files)
    )


def _statements(files: Files) -> tuple[str, ...]:
    def live(table: str) -> str:
        lost = f"SELECT {', '.join(_LOST)} FROM lost WHERE table_name = '{table}'"
        return f"(FROM read_parquet({files.paths[table]}) ANTI JOIN ({lost}) USING ({', '.join(_LOST)}))"

    graduates = "source = 'organization' AND audience = 'graduates' AND month BETWEEN ? AND ?"
    by_month = "strftime(month, '%Y-%m')"
    by_date = "strftime(date, '%Y-%m')"
    within = "date BETWEEN ? AND ?"
    cents = "CAST(sum(amount) * 100 AS BIGINT)"
    return (
        f"SELECT {by_month}, sum(posts) FROM {live('jobs')} WHERE {graduates} GROUP BY 1",
        f"SELECT district, sum(posts) FROM {live('jobs')} AS jobs JOIN {live('organizations')} AS register "
        f"ON code = organization WHERE {graduates} GROUP BY 1",
        f"SELECT {by_date}, {cents} FROM {live('financing')} WHERE stage = 'disbursed' AND {within} GROUP BY 1",
        f"SELECT {by_date}, {cents} FROM {live('aid')} WHERE stage = 'delivered' AND {within} GROUP BY 1",
    )


def with_pandas(files: Files) -> Answered:
    """By pandas, reading only the columns that are needed."""

    def live(table: str, *columns: str) -> pd.DataFrame:
        read = pd.concat(pd.read_parquet(path, columns=[*columns, *_LOST]) for path in files.paths[table])
        lost = files.lost[files.lost["table_name"] == table]
        merged = read.merge(lost[list(_LOST)].assign(gone=True), on=list(_LOST), how="left")
        return merged[merged["gone"].isna()]

    jobs = live("jobs", "month", "organization", "source", "audience", "posts")
    within = jobs["month"].between(files.first, files.last)
    posts = jobs[within & (jobs["source"] == "organization") & (jobs["audience"] == "graduates")]
    register = live("organizations", "code", "district")
    joined = posts.merge(register, left_on="organization", right_on="code")
    return (
        _counted(posts.groupby(posts["month"].map(_month))["posts"].sum()),
        _counted(joined.groupby("district")["posts"].sum()),
        _cents_of(live("financing", "date", "stage", "amount"), "disbursed", files),
        _cents_of(live("aid", "date", "stage", "amount"), "delivered", files),
    )


def _cents_of(rows: pd.DataFrame, stage: str, files: Files) -> Mapping[str, int]:
    kept = rows[(rows["stage"] == stage) & rows["date"].between(files.first, files.last)]
    return _counted(kept.groupby(kept["date"].map(_month))["amount"].sum() * 100)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _counted(series: pd.Series) -> Mapping[str, int]:
    return {str(code): int(value) for code, value in series.items()}


def with_polars(files: Files) -> Answered:
    """By polars, lazily, so that it reads what it needs and no more."""

    def live(table: str) -> pl.LazyFrame:
        lost = pl.from_pandas(files.lost[files.lost["table_name"] == table][list(_LOST)]).lazy()
        lost = lost.with_columns(pl.col("import_id").cast(pl.Int64), pl.col(_LOST[1:]).cast(pl.String))
        return pl.scan_parquet(files.paths[table]).join(lost, on=list(_LOST), how="anti")

    def summed(rows: pl.LazyFrame, key: pl.Expr, value: pl.Expr) -> pl.LazyFrame:
        return rows.group_by(key.alias("code")).agg(value.sum().alias("value"))

    graduates = (pl.col("source") == "organization") & (pl.col("audience") == "graduates")
    posts = live("jobs").filter(graduates, pl.col("month").is_between(files.first, files.last))
    joined = posts.join(live("organizations"), left_on="organization", right_on="code")
    within = pl.col("date").is_between(files.first, files.last)
    loans = live("financing").filter(pl.col("stage") == "disbursed", within)
    aid = live("aid").filter(pl.col("stage") == "delivered", within)
    by_date, cents = pl.col("date").dt.strftime("%Y-%m"), pl.col("amount") * 100
    found = pl.collect_all(
        [
            summed(posts, pl.col("month").dt.strftime("%Y-%m"), pl.col("posts")),
            summed(joined, pl.col("district"), pl.col("posts")),
            summed(loans, by_date, cents),
            summed(aid, by_date, cents),
        ]
    )
    return tuple({str(code): int(value) for code, value in frame.iter_rows()} for frame in found)


def raw_scan(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Every value of every fact read once and nothing done with it: what asking without any index would cost."""
    for table in _FACTS:
        connection.execute(f"SELECT max(COLUMNS(*)) FROM read_parquet({files.paths[table]})").fetchall()


WAYS: dict[str, Callable[[duckdb.DuckDBPyConnection, Files], Answered]] = {
    "DuckDB SQL": sql,
    "pandas": lambda _, files: with_pandas(files),
    "polars": lambda _, files: with_polars(files),
}
