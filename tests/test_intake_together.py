"""What two people who import at once may rely on: both land or one is told, and nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdash.cli import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake import examine, import_file
from gzdash.lake import Lake, Provenance
from tests.processes import Ended, Nursery, nursery
from tests.register import BROAD, MOVED

ROUNDS = 6
HEADER = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）\n"

Pair = tuple[Nursery, Nursery]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two people, each with a command line ready."""
    folder = tmp_path_factory.mktemp("two")
    with nursery(folder / "first") as first, nursery(folder / "second") as second:
        yield first, second


def report(folder: Path, name: str, *rows: tuple[str, str, int]) -> Path:
    """A file of (month, organization, posts)."""
    path = folder / f"{name}.csv"
    lines = [f"{month},{organization},社会组织,高校毕业生,{posts}" for month, organization, posts in rows]
    path.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    return path


def at_once(two: Pair, lake: Lake, files: tuple[Path, Path], replace: str = "refuse") -> list[Ended]:
    """Both begin together, and end when they end."""
    for person, file in zip(two, files, strict=True):
        told = ("--table", "jobs", "--who", file.stem, "--why", "月报", "--submitted-before", replace)
        person.start("--lake", str(lake.root), "import", str(file), *told)
    return [person.ended() for person in two]


def posted(lake: Lake) -> list[tuple[str, str, int]]:
    """Month, organization and posts of every row a reader sees."""
    sql = "SELECT strftime(month, '%Y-%m') AS month, organization, posts FROM jobs ORDER BY ALL"
    return [tuple(row.values()) for row in DuckDBEngine(lake.root).run(sql, {}, lake.snapshot()).to_pylist()]


@pytest.mark.slow
def test_two_who_import_different_months_both_land(two: Pair, lake: Lake, tmp_path: Path) -> None:
    for number in range(1, ROUNDS + 1):
        files = (
            report(tmp_path, "甲", (f"2022-{number:02}", MOVED, number)),
            report(tmp_path, "乙", (f"2023-{number:02}", MOVED, number * 10)),
        )
        ended = at_once(two, lake, files)
        assert [one.code for one in ended] == [0, 0], [one.said for one in ended]
    assert posted(lake) == [
        *(("2022-01", MOVED, 1), ("2022-02", MOVED, 2), ("2022-03", MOVED, 3)),
        *(("2022-04", MOVED, 4), ("2022-05", MOVED, 5), ("2022-06", MOVED, 6)),
        *(("2023-01", MOVED, 10), ("2023-02", MOVED, 20), ("2023-03", MOVED, 30)),
        *(("2023-04", MOVED, 40), ("2023-05", MOVED, 50), ("2023-06", MOVED, 60)),
    ]


@pytest.mark.slow
def test_of_two_who_report_the_same_month_one_lands_and_the_other_is_told(
    two: Pair, lake: Lake, tmp_path: Path
) -> None:
    expected = []
    for number in range(1, ROUNDS + 1):
        month = f"2023-{number:02}"
        ours, theirs = ("甲", number), ("乙", number + 100)
        files = tuple(report(tmp_path, name, (month, MOVED, posts)) for name, posts in (ours, theirs))
        ended = at_once(two, lake, (files[0], files[1]))
        assert sorted(one.code for one in ended) == [0, 1], [one.said for one in ended]
        loser = next(one for one in ended if one.code)
        assert "submitted-before" in loser.said or "lake-moved-on" in loser.said
        expected.append((month, MOVED, ours[1] if ended[0].code == 0 else theirs[1]))
        assert [one.who for one in lake.imports()][number - 1 :] == ["甲" if ended[0].code == 0 else "乙"]
    assert posted(lake) == expected


@pytest.mark.slow
def test_of_two_who_replace_the_same_month_neither_replaces_what_it_has_not_seen(
    two: Pair, lake: Lake, tmp_path: Path
) -> None:
    """Whoever lands second has seen the first, and is told whom it replaced; else it is told to look again."""
    for number in range(1, ROUNDS + 1):
        before = len(lake.imports())
        files = (report(tmp_path, "甲", ("2023-07", MOVED, number)), report(tmp_path, "乙", ("2023-07", MOVED, 50)))
        ended = at_once(two, lake, files, "replace")
        landed = len(lake.imports()) - before
        told = [one for one in ended if one.code]
        assert landed + len(told) == 2
        assert all("lake-moved-on" in one.said for one in told), [one.said for one in ended]
        assert landed >= 1


def test_a_check_on_older_data_is_not_committed_after_somebody_else(lake: Lake, tmp_path: Path) -> None:
    engine = DuckDBEngine(lake.root)
    mine = report(tmp_path, "甲", ("2023-07", MOVED, 5))
    found, seen = examine(lake, engine, mine, mine.read_bytes(), "jobs")
    assert found.rows is not None
    theirs = report(tmp_path, "乙", ("2023-07", MOVED, 9), ("2023-07", BROAD, 2))
    import_file(lake, engine, theirs, "jobs", who="乙", why="月报")
    with pytest.raises(Refused) as refused:
        lake.commit({"jobs": found.rows}, Provenance("甲", "月报"), expected_head=seen.event)
    (fault,) = refused.value.faults
    assert fault.code == "lake-moved-on"
    assert fault.remedy.zh == "请重新检查和预览再提交。"
    assert fault.remedy.en == "Please check and preview again, then commit."
    assert posted(lake) == [("2023-07", MOVED, 9), ("2023-07", BROAD, 2)]
    again, _ = examine(lake, engine, mine, mine.read_bytes(), "jobs")
    assert again.rows is None


def test_what_somebody_else_reported_after_the_preview_is_not_replaced_unseen(lake: Lake, tmp_path: Path) -> None:
    engine = DuckDBEngine(lake.root)
    mine = report(tmp_path, "甲", ("2023-07", MOVED, 5))
    theirs = report(tmp_path, "乙", ("2023-07", MOVED, 9))
    looked_at = lake.snapshot().event
    import_file(lake, engine, theirs, "jobs", who="乙", why="月报")
    with pytest.raises(Refused, match="lake-moved-on"):
        import_file(lake, engine, mine, "jobs", who="甲", why="月报", replace="replace", previewed=looked_at)
    assert posted(lake) == [("2023-07", MOVED, 9)]
    told = ["--table", "jobs", "--submitted-before", "replace", "--previewed"]
    assert main(["--lake", str(lake.root), "import", str(mine), *told, "0"]) == 1
    assert posted(lake) == [("2023-07", MOVED, 9)]
    assert main(["--lake", str(lake.root), "import", str(mine), *told, "1"]) == 0
    assert posted(lake) == [("2023-07", MOVED, 5)]


def test_a_file_that_replaces_nothing_lands_whatever_was_looked_at(lake: Lake, tmp_path: Path) -> None:
    engine = DuckDBEngine(lake.root)
    import_file(lake, engine, report(tmp_path, "乙", ("2023-06", MOVED, 9)), "jobs", who="乙", why="月报")
    import_file(lake, engine, report(tmp_path, "甲", ("2023-07", MOVED, 5)), "jobs", who="甲", why="月报", previewed=0)
    assert posted(lake) == [("2023-06", MOVED, 9), ("2023-07", MOVED, 5)]
