"""What the engine promises: it reads one lake and nothing else, within limits, for many readers at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from threading import Event

import duckdb as driver
import pyarrow as pa
import pytest

from gzdash.ask import Desk
from gzdash.engines import Parameters, duckdb
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.queueing import AT_ONCE
from gzdash.engines.view_files import VIEWS, view_sql
from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.period import Period
from gzdash.selection import Selection
from gzdash.tables import TABLES
from tests import register as city
from tests.register import BROAD, MOVED, commit, jobs
from tests.test_queueing import wait_until

# Some 10^16 rows: no machine finishes this.
ENDLESS = "SELECT count(*) AS n FROM range(100000000) AS a, range(100000000) AS b WHERE a.range * b.range % 7 = 3"

Reading = Callable[[DuckDBEngine, str, Lake], object]


def whole(engine: DuckDBEngine, sql: str, lake: Lake) -> object:
    return engine.run(sql, {}, lake.snapshot())


def in_batches(engine: DuckDBEngine, sql: str, lake: Lake) -> object:
    return list(engine.batches(sql, {}, lake.snapshot(), 1_000))


BOTH = pytest.mark.parametrize("reading", [whole, in_batches])


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake.init(tmp_path / "lake", "real")
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    return lake


@BOTH
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{outside}/secret.csv')",
        "SELECT * FROM '{outside}/secret.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_text('{outside}/lake/../secret.csv')",
        "SELECT * FROM read_text('{outside}/lake-of-others/secret.csv')",
        "SELECT * FROM glob('{outside}/*')",
        "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
        "ATTACH '{outside}/other.db'",
    ],
)
def test_nothing_outside_the_lake_can_be_read(sql: str, reading: Reading, lake: Lake) -> None:
    outside = lake.root.parent
    (outside / "lake-of-others").mkdir()
    for path in (outside / "secret.csv", outside / "lake-of-others" / "secret.csv"):
        path.write_text("a,b\n1,2\n")
    with pytest.raises(driver.PermissionException):
        reading(DuckDBEngine(lake.root), sql.format(outside=outside), lake)


@BOTH
@pytest.mark.parametrize("sql", ["COPY (SELECT 1) TO '{outside}/out.csv'", "EXPORT DATABASE '{outside}/out'"])
def test_nothing_can_be_written_outside_the_lake(sql: str, reading: Reading, lake: Lake) -> None:
    outside = lake.root.parent
    with pytest.raises(driver.PermissionException):
        reading(DuckDBEngine(lake.root), sql.format(outside=outside), lake)
    assert [path.name for path in outside.iterdir()] == ["lake"]


@BOTH
@pytest.mark.parametrize("sql", ["INSTALL httpfs", "LOAD httpfs", "INSTALL json FROM 'http://127.0.0.1:1/'"])
def test_no_extension_can_be_installed_or_loaded(sql: str, reading: Reading, lake: Lake) -> None:
    with pytest.raises(driver.PermissionException):
        reading(DuckDBEngine(lake.root), sql, lake)


@BOTH
@pytest.mark.parametrize(
    "sql",
    [
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET autoload_known_extensions = true",
        "SET memory_limit = '64GB'",
        "SET threads = 64",
        "SET max_execution_time = 0",
        "RESET max_execution_time",
        "RESET memory_limit",
        "PRAGMA enable_profiling",
    ],
)
def test_no_setting_can_be_changed(sql: str, reading: Reading, lake: Lake) -> None:
    with pytest.raises(driver.InvalidInputException, match="configuration has been locked"):
        reading(DuckDBEngine(lake.root), sql, lake)


def test_the_time_limit_reaches_every_question(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb, "_QUESTION_MILLISECONDS", 100)
    engine = DuckDBEngine(lake.root)
    for _ in range(2):
        with pytest.raises(Refused, match="question-too-long"):
            whole(engine, ENDLESS, lake)
    assert engine.run("SELECT posts FROM jobs", {}, lake.snapshot())["posts"].to_pylist() == [3]


def test_the_time_limit_of_downloads_reaches_the_first_batch_and_those_between(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb, "_DOWNLOAD_MILLISECONDS", 100)
    engine = DuckDBEngine(lake.root)
    for sql in (ENDLESS, "SELECT range FROM range(10000000000)"):
        with pytest.raises(Refused, match="question-too-long"):
            for _ in engine.batches(sql, {}, lake.snapshot(), 1_000):
                pass


def test_a_download_is_not_cut_off_by_the_time_limit_of_a_question(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow reader takes minutes for a large file, and the clock runs on while the file waits for the reader."""
    monkeypatch.setattr(duckdb, "_QUESTION_MILLISECONDS", 100)
    batches = DuckDBEngine(lake.root).batches("SELECT range FROM range(1000000)", {}, lake.snapshot(), 1_000)
    assert sum(batch.num_rows for batch in batches) == 1_000_000


def test_a_download_is_read_on_one_core_whatever_the_machine_has(lake: Lake) -> None:
    """It is written on another meanwhile, and readers want theirs."""
    (batch,) = DuckDBEngine(lake.root).batches("SELECT current_setting('threads') AS n", {}, lake.snapshot(), 1)
    assert batch["n"].to_pylist() == [1]


@BOTH
def test_the_memory_limit_reaches_every_question(reading: Reading, lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_MEMORY", "50MB")
    with pytest.raises(Refused, match="question-too-large"):
        reading(DuckDBEngine(lake.root), "SELECT list(range) AS everything FROM range(100000000)", lake)


def test_batches_are_no_larger_than_asked_and_hold_every_row(lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(BROAD, "2023-06", number) for number in range(5_000)]})
    engine = DuckDBEngine(lake.root)
    batches = list(
        engine.batches("SELECT posts FROM jobs WHERE organization <> $o", {"o": MOVED}, lake.snapshot(), 300)
    )
    assert max(batch.num_rows for batch in batches) <= 300
    assert sorted(post for batch in batches for post in batch["posts"].to_pylist()) == list(range(5_000))


@pytest.mark.slow
def test_a_download_begun_goes_on_over_its_own_snapshot_whatever_others_look_at(lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(BROAD, "2023-06", number) for number in range(20_000)]})
    engine = DuckDBEngine(lake.root)
    begun = engine.batches("SELECT posts FROM jobs", {}, lake.snapshot(), 1_000)
    rows = next(begun).num_rows
    for number in range(40):
        lake.redo(2, "李", "试") if number % 2 else lake.undo(2, "李", "试")
        assert len(list(engine.batches("SELECT 1 FROM jobs LIMIT 1", {}, lake.snapshot(), 10))) == 1
    assert rows + sum(batch.num_rows for batch in begun) == 20_001


@pytest.mark.slow
def test_old_snapshots_keep_their_answers_after_many_later_commits(lake: Lake) -> None:
    snapshots = [lake.snapshot()]
    for number in range(1, 45):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", number)]})
        snapshots.append(lake.snapshot())
    engine = DuckDBEngine(lake.root)
    expected = [3, *range(1, 45)]
    for _ in range(2):
        assert [engine.run("SELECT posts FROM jobs", {}, one)["posts"].to_pylist() for one in snapshots] == [
            [posts] for posts in expected
        ]


@pytest.mark.slow
def test_sixteen_threads_asking_different_questions_get_right_answers(tmp_path: Path) -> None:
    """Jobs of month m, undone and redone: a question answered over another thread's snapshot would show."""
    lake = Lake.init(tmp_path / "lake", "real")
    months = [f"2023-{number:02d}" for number in range(1, 9)]
    for place, month in enumerate(months):
        commit(lake, {"jobs": [jobs(MOVED, month, 10**place)]})
    engine = DuckDBEngine(lake.root)

    def asked(turn: int) -> tuple[object, object]:
        event, first = turn % 8 + 1, turn // 8 % 8
        desk = Desk(lake.snapshot(event), engine)
        expected = sum(10**place for place in range(first, event)) or None
        return desk.ask("jobs_posted", Selection(Period(months[first], "2023-12"))).value, expected

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(asked, range(256)))
    assert [found for found, _ in answers] == [expected for _, expected in answers]


@pytest.mark.parametrize("is_held", [False, True], ids=["rows", "cube"])
def test_questions_of_rows_and_of_cubes_take_turns_and_the_same_is_asked_once(
    is_held: bool, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb, "_LASTING_SECONDS", inf)
    engine, door, begun = DuckDBEngine(lake.root), Event(), list[str]()
    queue = engine._turns_at_cubes if is_held else engine._turns
    answer, snapshot = duckdb._whole, lake.snapshot()

    def waits(cursor: driver.DuckDBPyConnection, sql: str, parameters: Parameters) -> pa.Table:
        begun.append(sql)
        door.wait(20)
        return answer(cursor, sql, parameters)

    def asked(number: int) -> object:
        sql, given = f"SELECT $n + {number} AS n", {"n": 1}
        if is_held:
            return engine.run_held(sql, given, "seven", lambda: pa.table({"n": [7]}))["n"].to_pylist()
        return engine.run(sql, given, snapshot)["n"].to_pylist()

    monkeypatch.setattr(duckdb, "_whole", waits)
    most = AT_ONCE + 2
    with ThreadPoolExecutor(2 * most) as readers:
        answers = [readers.submit(asked, number % most) for number in range(2 * most)]
        wait_until(lambda: (len(begun), len(queue._waiting)) == (AT_ONCE, 2))
        door.set()
        assert [one.result() for one in answers] == [[1 + number % most] for number in range(2 * most)]
    assert len(begun) == most


def test_questions_of_rows_that_take_long_hold_up_neither_cubes_nor_quick_ones(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb, "_LASTING_SECONDS", 0.2)
    engine, door, begun = DuckDBEngine(lake.root), Event(), list[int]()
    answer, snapshot = duckdb._whole, lake.snapshot()

    def waits(cursor: driver.DuckDBPyConnection, sql: str, parameters: Parameters) -> pa.Table:
        begun.append(1)
        door.wait(20)
        return answer(cursor, sql, parameters)

    monkeypatch.setattr(duckdb, "_whole", waits)
    with ThreadPoolExecutor(AT_ONCE) as readers:
        slow = [readers.submit(engine.run, f"SELECT {number} AS n", {}, snapshot) for number in range(AT_ONCE)]
        wait_until(lambda: len(begun) == AT_ONCE)
        monkeypatch.setattr(duckdb, "_whole", answer)
        cube = engine.run_held("SELECT n FROM held.seven", {}, "seven", lambda: pa.table({"n": [7]}))
        quick = engine.run("SELECT 8 AS n", {}, snapshot)
        assert (cube["n"].to_pylist(), quick["n"].to_pylist()) == ([7], [8])
        assert not any(one.done() for one in slow)
        door.set()
        assert [one.result()["n"].to_pylist() for one in slow] == [[number] for number in range(AT_ONCE)]


def test_extra_inputs_are_seen_by_their_one_query_only(lake: Lake) -> None:
    engine = DuckDBEngine(lake.root)
    sql = "SELECT posts + more AS n FROM jobs, extra"
    found = engine.run(sql, {}, lake.snapshot(), {"extra": pa.table({"more": [4]})})
    assert found["n"].to_pylist() == [7]
    with pytest.raises(driver.CatalogException):
        engine.run(sql, {}, lake.snapshot())


def test_every_table_can_be_read_in_an_empty_lake_with_the_types_it_declares(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real")
    engine = DuckDBEngine(lake.root)
    for name, table in TABLES.items():
        found = engine.run(f"FROM raw_{name}", {}, lake.snapshot())
        assert found.num_rows == 0
        assert found.schema.names == table.schema.names
        assert [str(field.type) for field in found.schema] == [
            str(field.type).replace("item", "l") if str(field.type).startswith("list") else str(field.type)
            for field in table.schema
        ]


def test_every_view_file_is_used_and_every_view_used_has_a_file(tmp_path: Path) -> None:
    files = {path.stem for path in Path(duckdb.__file__).with_name("views").glob("*.sql")}
    assert files == {*VIEWS, "merged_away"}
    lake = city.build(tmp_path / "lake")
    engine = DuckDBEngine(lake.root)
    for name in files:
        assert view_sql(name).startswith("-- "), name
        assert engine.run(f"FROM {name}", {}, lake.snapshot()).num_rows > 0, name


@pytest.mark.parametrize("name", ["jobs", "training", "activities", "needs", "financing", "aid", "submissions"])
def test_no_view_drops_or_doubles_a_row(name: str, tmp_path: Path) -> None:
    lake = city.build(tmp_path / "lake")
    counted = DuckDBEngine(lake.root).run(f"SELECT count(*) AS n FROM {name}", {}, lake.snapshot())["n"][0].as_py()
    assert counted == len(city.live_rows()[name])
