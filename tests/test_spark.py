"""What Spark promises: from a real server, over the same files, what DuckDB says, to the cent and to the type."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from gzdash.answer import Question
from gzdash.ask import Desk, statement
from gzdash.ask import desk as asking
from gzdash.ask.cache import Answers
from gzdash.ask.contributions import Traced, all_rows, by_import, page_of
from gzdash.ask.duplicates import LIKENESSES, decided, named, same_day, same_number
from gzdash.ask.reporting import held, reporting
from gzdash.cli import main
from gzdash.engines import Engine
from gzdash.engines.choosing import ENGINE, engine_of
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.local_spark import missing, serving
from gzdash.faults import Refused
from gzdash.intake.turning import turning
from gzdash.lake import Lake, Snapshot
from gzdash.metrics import METRICS, SUBJECTS
from gzdash.period import Period
from gzdash.rollups import is_behind
from gzdash.scope import Scope
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.tables.identity import IDENTITIES, identity_sql
from tests import register as city
from tests.register import BROAD, MOVED, commit, jobs
from tests.spark_setup import spark_required
from tests.test_duplicates import TWICE

pytestmark = [pytest.mark.spark, pytest.mark.slow]

# A compiler that thinks less suits a server that lives for two minutes; it is given less room for what it compiles, and
# Spark, which makes a class for each statement, died of that once.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=256m")
PATIENCE_SECONDS = 600.0
# A statement over a few rows keeps one core busy, with planning.
AT_ONCE = 3
EVER = Selection(Period("2021-01", "2023-09"))
HALF_YEAR = Selection(Period("2023-01", "2023-06"))
# Thirteen rows joined with themselves eight times take a quarter of a minute, and over no rows no time. Spark stops
# only between one row of the first and the next, a second each: with ten it went on for minutes, and others waited.
MANY = 8
ENDLESS = (
    f"SELECT count(*) AS n FROM {', '.join(f'jobs AS j{place}' for place in range(MANY))} "
    f"WHERE j0.posts + j{MANY - 1}.posts = 7"
)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real server of this run's own."""
    if faults := missing():
        said = "\n".join(fault.line("en") for fault in faults)
        if spark_required():
            pytest.fail(f"REQUIRE_SPARK=1, but:\n{said}", pytrace=False)
        pytest.skip(said)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with serving(port, *SHORT_LIVED, memory="1g") as address, pytest.MonkeyPatch.context() as patch:
        # How long a question takes says more about the machine than about the code.
        patch.setattr("gzdash.engines.spark._QUESTION_SECONDS", PATIENCE_SECONDS)
        yield address


def spark(root: Path, server: str) -> Any:
    """An engine for the lake in `root`, made as the setting makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENGINE, server)
        return engine_of(root)


@pytest.fixture(scope="session")
def demo(lake_dir: Path, server: str) -> tuple[Snapshot, Engine, Engine]:
    """The newest snapshot of the demonstration city, and both engines over it."""
    return Lake(lake_dir).snapshot(), DuckDBEngine(lake_dir), spark(lake_dir, server)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The city drawn by hand, with what two organizations report alike, in a folder whose name asks for care."""
    lake = city.build(tmp_path_factory.mktemp("示例 城市") / "lake")
    commit(lake, TWICE)
    return lake


@pytest.fixture(scope="module")
def both(drawn: Lake, server: str) -> tuple[Engine, Engine]:
    """DuckDB, and Spark, over the city drawn by hand."""
    return DuckDBEngine(drawn.root), spark(drawn.root, server)


def in_order(table: pa.Table) -> list[tuple[Any, ...]]:
    rows = [tuple(row.values()) for row in table.to_pylist()]
    return sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row])


def alike(home: pa.Table, away: pa.Table) -> None:
    """The same columns of the same types, and the same rows."""
    assert away.schema == home.schema
    assert in_order(away) == in_order(home)


def questions(subject: str, split: tuple[str, ...], selection: Selection = EVER) -> list[Question]:
    """What is asked of one subject together."""
    return [Question(one.key, selection, split) for one in METRICS.values() if one.subject.key == subject]


COUNTED = sorted({one.subject.key for one in METRICS.values()})


@pytest.mark.parametrize("subject", COUNTED)
def test_every_metric_by_every_split_is_what_duckdb_says(
    subject: str, drawn: Lake, both: tuple[Engine, Engine]
) -> None:
    snapshot = drawn.snapshot()

    def compare(split: tuple[str, ...]) -> None:
        sql, parameters = statement(questions(subject, split))
        alike(*(engine.run(sql, parameters, snapshot) for engine in both))

    with ThreadPoolExecutor(AT_ONCE) as askers:
        list(askers.map(compare, [(), *((one,) for one in SUBJECTS[subject].splits)]))


@pytest.mark.parametrize("subject", COUNTED)
def test_every_metric_of_the_whole_demonstration_city_is_what_duckdb_says(
    subject: str, demo: tuple[Snapshot, Engine, Engine]
) -> None:
    snapshot, home, away = demo
    sql, parameters = statement(questions(subject, SUBJECTS[subject].splits[:1]))
    said = home.run(sql, parameters, snapshot)
    assert said.num_rows > 0
    alike(said, away.run(sql, parameters, snapshot))


@pytest.mark.parametrize("subject", COUNTED)
def test_every_metric_by_two_splits_at_once_over_blanks_and_surprises(
    subject: str, drawn: Lake, both: tuple[Engine, Engine]
) -> None:
    sql, parameters = statement(questions(subject, SUBJECTS[subject].splits[-2:]))
    alike(*(engine.run(sql, parameters, drawn.snapshot()) for engine in both))


@pytest.mark.parametrize(
    ("metric", "filters", "scope"),
    [
        ("jobs_posted", {"chains": ("GZ21-01", "GZ21-06"), "types": ("51",)}, Scope()),
        ("jobs_posted", {"organization": MOVED}, Scope(districts=("440106",))),
        ("aid_value", {"regions": ("GD-NORTH", "441826")}, Scope()),
        ("matchmaking_events", {"programmes": ("finance-matchmaking",)}, Scope(chains=("GZ21-01",))),
        ("organizations", {"chains": ("GZ21-14",), "districts": ("440104", "440105", "440106")}, Scope()),
        ("jobs_posted", {"organization": "' OR 1 = 1 --"}, Scope()),
    ],
)
def test_filters_and_scopes_limit_the_same_rows(
    metric: str, filters: dict[str, Any], scope: Scope, drawn: Lake, both: tuple[Engine, Engine]
) -> None:
    sql, parameters = statement([Question(metric, HALF_YEAR.with_(**filters), ("month",), scope)])
    alike(*(engine.run(sql, parameters, drawn.snapshot()) for engine in both))


def test_each_event_keeps_its_own_rows(drawn: Lake, both: tuple[Engine, Engine]) -> None:
    """After the facts, the restatement, the mistake and its undo; found by hand."""
    expected = {2: 1078, 3: 90, 4: 10_080, 5: 90}
    sql, parameters = statement([Question("jobs_posted", HALF_YEAR)])
    for event, posts in expected.items():
        for engine in both:
            assert engine.run(sql, parameters, drawn.snapshot(event))["n0"].to_pylist() == [posts], event


def test_rows_merged_away_count_no_more_and_stay_in_gross(drawn: Lake, both: tuple[Engine, Engine]) -> None:
    snapshot = drawn.snapshot()
    for name in IDENTITIES:
        for view in (f"counted_{name}", f"{name}_gross"):
            alike(*(engine.run(f"SELECT * FROM {view}", {}, snapshot) for engine in both))
    counts = "SELECT (SELECT count(*) FROM raw_aid_projects) - count(*) AS merged FROM counted_aid_projects"
    assert both[1].run(counts, {}, snapshot)["merged"].to_pylist() == [1]


@pytest.mark.parametrize(
    ("metric", "split", "key"),
    [
        ("credit_line", ("chain",), (city.AUTO,)),
        ("credit_line", ("lender",), (None,)),
        ("organizations_posting", ("district",), None),
        ("organizations", ("chain",), None),
        ("free_clinics", (), None),
    ],
)
def test_a_figure_is_traced_to_the_same_imports_and_rows(
    metric: str, split: tuple[str, ...], key: tuple[str | None, ...] | None, drawn: Lake, both: tuple[Engine, Engine]
) -> None:
    traced = Traced(Question(metric, HALF_YEAR, split), key)
    home, away = (Desk(drawn.snapshot(), engine) for engine in both)
    assert by_import(away, traced).equals(by_import(home, traced))
    assert page_of(away, traced, 1, 3) == page_of(home, traced, 1, 3)
    assert pa.Table.from_batches(all_rows(away, traced)).equals(pa.Table.from_batches(all_rows(home, traced)))


@pytest.mark.parametrize("table", LIKENESSES)
def test_the_same_suspicions_arise(table: str, drawn: Lake, both: tuple[Engine, Engine]) -> None:
    home, away = (Desk(drawn.snapshot(), engine) for engine in both)
    identities = home.engine.run(f"SELECT {identity_sql(table)} AS i FROM raw_{table}", {}, home.snapshot)["i"]
    for look in (same_number, same_day):
        found = look(home, table, HALF_YEAR)
        assert look(away, table, HALF_YEAR).equals(found)
    alike(named(home, table, identities.to_pylist()), named(away, table, identities.to_pylist()))


def test_the_same_organizations_should_report_and_the_same_were_silent(demo: tuple[Snapshot, Engine, Engine]) -> None:
    snapshot, *engines = demo
    home, away = (reporting(Desk(snapshot, engine), "jobs", HALF_YEAR) for engine in engines)
    assert home is not None
    assert home.silent
    assert away == home
    had = [held(Desk(snapshot, engine), "jobs", HALF_YEAR) for engine in engines]
    assert had[0]
    assert had[0] == had[1]


def test_the_same_decisions_took_effect(drawn: Lake, both: tuple[Engine, Engine]) -> None:
    home, away = (decided(Desk(drawn.snapshot(), engine)) for engine in both)
    assert set(home["holds"].to_pylist()) == {True, False}
    assert away.equals(home)


def test_a_change_is_rolled_up_and_questions_that_rollups_answer_do_not_travel(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = city.build(tmp_path / "lake")
    monkeypatch.setenv(ENGINE, server)
    newest = max(one.id for one in lake.imports() if one.live)
    assert main(["--lake", str(lake.root), "undo", str(newest), "--why", "taken back"]) == 0
    assert not is_behind(lake)
    asked = questions("financing", ("chain",), HALF_YEAR)
    said = Desk(lake.snapshot(), DuckDBEngine(lake.root)).ask_all(asked)
    away = spark(lake.root, server)
    monkeypatch.setattr(away, "run", lambda *given: pytest.fail("asked of Spark"))
    monkeypatch.setattr(asking, "_CACHE", Answers())
    assert [one.rows for one in Desk(lake.snapshot(), away).ask_all(asked)] == [one.rows for one in said]
    assert any(one.rows for one in said)


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_of_a_table_are_the_same_in_the_same_order(
    table: str, drawn: Lake, both: tuple[Engine, Engine]
) -> None:
    home, away = (Desk(drawn.snapshot(), engine) for engine in both)
    expected = pa.Table.from_batches(home.rows(table, HALF_YEAR))
    assert pa.Table.from_batches(away.rows(table, HALF_YEAR)).equals(expected)
    assert away.count(table, HALF_YEAR) == expected.num_rows


def test_organizations_are_found_by_what_is_typed(drawn: Lake, both: tuple[Engine, Engine]) -> None:
    home, away = (Desk(drawn.snapshot(), engine) for engine in both)
    for text in ("示例", "51440100mj", "%", "' OR 1 = 1 --", "没有"):
        assert away.find_organizations(text, 5) == home.find_organizations(text, 5)
    assert home.find_organizations("示例", 5)
    assert away.organization_names([MOVED, None, "x"]) == home.organization_names([MOVED, None, "x"])
    assert away.organization_names([]) == {}
    assert away.targets() == home.targets()


def test_batches_are_no_larger_than_asked_and_a_reader_may_leave(demo: tuple[Snapshot, Engine, Engine]) -> None:
    snapshot, home, away = demo
    expected = home.run("SELECT count(*) AS n FROM raw_submissions", {}, snapshot)["n"][0].as_py()
    sizes = [one.num_rows for one in away.batches("SELECT * FROM raw_submissions", {}, snapshot, 7_000)]
    assert max(sizes) <= 7_000
    assert sum(sizes) == expected > 7_000
    left = away.batches("SELECT * FROM raw_submissions", {}, snapshot, 100)
    assert next(left).num_rows > 0
    left.close()  # type: ignore[attr-defined]


def test_a_file_not_yet_committed_is_checked_and_a_turn_foreseen(drawn: Lake, both: tuple[Engine, Engine]) -> None:
    found = both[1].run(
        "SELECT count(*) AS n FROM raw_jobs JOIN own USING (organization)",
        {},
        drawn.snapshot(),
        {"own": pa.table({"organization": [BROAD]})},
    )
    assert found["n"].to_pylist() == [3]
    one = next(one for one in drawn.imports() if not one.live)
    assert turning(drawn, both[1], one) == turning(drawn, both[0], one)


def test_the_time_limit_stops_a_question(drawn: Lake, both: tuple[Engine, Engine], monkeypatch: Any) -> None:
    from gzdash.engines import spark as module

    both[1].run("SELECT count(*) AS n FROM jobs", {}, drawn.snapshot())
    monkeypatch.setattr(module, "_QUESTION_SECONDS", 0.5)
    monkeypatch.setattr(module, "_DOWNLOAD_SECONDS", 0.5)
    with pytest.raises(Refused, match="question-too-long"):
        both[1].run(ENDLESS, {}, drawn.snapshot())
    with pytest.raises(Refused, match="question-too-long"):
        list(both[1].batches(ENDLESS, {}, drawn.snapshot(), 10))


def test_a_session_that_the_server_gave_up_is_begun_anew(drawn: Lake, server: str) -> None:
    engine, snapshot = spark(drawn.root, server), drawn.snapshot()
    sql, parameters = statement([Question("jobs_posted", HALF_YEAR)])
    for _ in range(2):
        assert engine.run(sql, parameters, snapshot)["n0"].to_pylist() == [90]
        with engine._views(snapshot) as views:
            views.session.client.release_session()


def test_old_snapshots_are_let_go_and_answer_again(tmp_path: Path, server: str) -> None:
    lake = Lake.init(tmp_path / "lake", "real")
    for posts in range(6):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", posts)]})
    engine = spark(lake.root, server)
    for event in (1, 2, 3, 4, 5, 6, 1):
        found = engine.run("SELECT posts FROM jobs", {}, lake.snapshot(event))
        assert found["posts"].to_pylist() == [event - 1]
    assert len(engine._kept) == 4


def test_a_server_that_does_not_see_the_lake_is_told_of(tmp_path: Path, server: str) -> None:
    lake = Lake.init(tmp_path / "lake", "real")
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    snapshot, engine = lake.snapshot(), spark(lake.root, server)
    lake.root.rename(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="engine-sees-no-lake"):
        engine.run("SELECT posts FROM jobs", {}, snapshot)


def test_a_server_that_is_not_there_is_told_of_at_once(drawn: Lake, server: str) -> None:
    engine = spark(drawn.root, "sc://127.0.0.1:1/;token=secret")
    with pytest.raises(Refused, match=r"engine-unreachable.*sc://127\.0\.0\.1:1:") as told:
        engine.run("SELECT posts FROM jobs", {}, drawn.snapshot())
    assert "secret" not in "".join(fault.line("zh") for fault in told.value.faults)
