"""A preview says what a commit would change, and changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake import rows_from_columns
from gzdash.intake.preview import preview
from gzdash.lake import Lake, Provenance
from gzdash.selection import Period, Selection
from gzdash.tables import TABLES

JANUARY, FEBRUARY = date(2023, 1, 1), date(2023, 2, 1)
WHO = Provenance("测试", "测试")


def posts(*rows: tuple[date, str, int, int]) -> dict[str, object]:
    """Rows of jobs as (month, organization, posts, hires)."""
    months, organizations, offered, hired = zip(*rows, strict=True)
    own = ["organization"] * len(rows)
    columns = {"month": list(months), "organization": list(organizations), "source": own}
    columns |= {"audience": ["graduates"] * len(rows), "posts": list(offered), "hires": list(hired)}
    return {"jobs": rows_from_columns(TABLES["jobs"], columns, "月报.xlsx", "汇总")}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake.init(tmp_path / "lake", "real")
    made.commit(posts((JANUARY, "A", 10, 4), (JANUARY, "A", 5, 1), (JANUARY, "B", 7, 2), (FEBRUARY, "A", 3, 1)), WHO)
    return made


def becomes(lake: Lake, rows: dict[str, object]) -> dict[str, tuple[object, object]]:
    seen = preview(lake, DuckDBEngine(lake.root), rows)
    return {one.metric.key: (one.before, one.after) for one in seen.figures}


def test_rows_are_added_replaced_and_left(lake: Lake) -> None:
    seen = preview(lake, DuckDBEngine(lake.root), posts((JANUARY, "A", 20, 9), (FEBRUARY, "C", 2, 0)))
    assert (seen.add, seen.replaced, seen.left) == (2, 2, 2)
    assert str(seen.period) == "2023-01..2023-02"


def test_each_figure_is_shown_before_and_after(lake: Lake) -> None:
    figures = becomes(lake, posts((JANUARY, "A", 20, 9), (FEBRUARY, "C", 2, 0)))
    assert figures["jobs_posted"] == (25, 32)
    assert figures["graduates_hired"] == (8, 12)
    assert figures["fill_rate"] == (0.32, 0.375)
    assert figures["organizations_posting"] == (2, 3)


def test_what_the_preview_says_is_what_the_commit_does(lake: Lake) -> None:
    rows = posts((JANUARY, "B", 1, 1), (JANUARY, "D", 4, 4))
    promised = becomes(lake, rows)["jobs_posted"][1]
    lake.commit(rows, WHO)
    desk = Desk(lake.snapshot(), DuckDBEngine(lake.root))
    assert desk.ask("jobs_posted", Selection(Period("2023-01", "2023-01"))).value == promised == 20


def test_a_preview_changes_nothing_and_leaves_nothing_behind(lake: Lake) -> None:
    before = sorted(path.name for path in lake.root.rglob("*.parquet"))
    becomes(lake, posts((JANUARY, "A", 20, 9)))
    assert sorted(path.name for path in lake.root.rglob("*.parquet")) == before
    assert lake.position()[1] == 1
    assert lake.sweep() == ()


def test_a_read_only_lake_is_not_previewed(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    with pytest.raises(Refused, match="lake-read-only"):
        becomes(lake, posts((JANUARY, "A", 20, 9)))
