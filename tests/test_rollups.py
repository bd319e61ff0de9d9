"""What rollups promise: only ever a faster way to the same Answer, thrown away freely, and never in a reader's way."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdash.answer import Question
from gzdash.ask import answering
from gzdash.ask.answering import answers_to
from gzdash.cli.main import main
from gzdash.engines import Engine
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake.merging import Decision, decide
from gzdash.lake import Lake, Snapshot
from gzdash.lake.opening import LEDGER
from gzdash.metrics import METRICS
from gzdash.period import Period
from gzdash.rollups import ROLLUPS_FOLDER, cube_for, refresh, refreshing
from gzdash.rollups.folder import place_of
from gzdash.rollups.state import states
from gzdash.scope import EVERYTHING, Scope
from gzdash.screen import renewing
from gzdash.selection import CODE_FILTERS, Selection
from tests import register as city
from tests.processes import nursery
from tests.register import AUTO, BROAD, MOVED, NORTH, SEVERAL, commit, jobs
from tests.test_duplicates import KEPT, OTHER, TWICE

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
CHOSEN: dict[str, object] = {
    "chains": (AUTO, city.CARE),
    "regions": (NORTH, city.PANYU),
    "districts": ("440104",),
    "types": ("52", "53"),
    "programmes": ("visits",),
    "organization": BROAD,
}


class RowsOnly:
    """An engine that holds no tables, as any other than DuckDB's: every question is asked of the rows."""

    def __init__(self, engine: Engine) -> None:
        self.run, self.batches = engine.run, engine.batches


@pytest.fixture(autouse=True)
def _every_cube(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows would all be answered from the one cube that keeps everything."""
    keep_every_cube(monkeypatch)


def keep_every_cube(patch: pytest.MonkeyPatch) -> None:
    """Cubes that another would do for as well are kept too."""
    patch.setattr(refreshing, "_SHORT_ROWS", 0)
    patch.setattr(refreshing, "_HARDLY_LONGER", 0)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return city.build(tmp_path / "lake")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, DuckDBEngine]:
    """The small city with all its cubes; tests only ask it."""
    lake = city.build(tmp_path_factory.mktemp("whole") / "lake")
    engine, snapshot = DuckDBEngine(lake.root), lake.snapshot()
    with pytest.MonkeyPatch.context() as patch:
        keep_every_cube(patch)
        assert [one.months for one in refresh(engine, snapshot)] == [None] * len(states(snapshot))
    return snapshot, engine


def made(lake: Lake) -> dict[str, int | None]:
    """How many months were read for the cubes of each subject: None for all, 0 for none."""
    return {one.subject: one.months for one in refresh(DuckDBEngine(lake.root), lake.snapshot())}


def told(engine: Engine, snapshot: Snapshot, question: Question, *beside: Question) -> pa.Table:
    """What is answered, without any memory of earlier questions; in the order of the split."""
    answers = {answer.question: answer for answer in answers_to([question, *beside], snapshot, engine)}
    table = answers[question].table
    return table.sort_by([(name, "ascending") for name in question.split]) if question.split else table


def assert_same(engine: Engine, snapshot: Snapshot, questions: Iterable[Question]) -> int:
    """Asks the rows, and cubes alone and beside another period and split, which are added up in other ways; cell by
    cell and type by type. Returns how many questions a cube answered."""
    plain, by_cube = RowsOnly(engine), 0
    for one in questions:
        expected = told(plain, snapshot, one)
        before = replace(one, selection=one.selection.year_before(), split=() if one.split else ("month",))
        assert told(engine, snapshot, one).equals(expected), one
        assert told(engine, snapshot, one, before).equals(expected), one
        by_cube += cube_for(snapshot, [one]) is not None
    return by_cube


def usual(selection: Selection = HALF_YEAR, scope: Scope = EVERYTHING) -> Sequence[Question]:
    """Every metric, whole and by its first split that is not time."""
    return [Question(key, selection, by, scope) for key, one in METRICS.items() for by in ((), one.splits[3:4])]


@pytest.mark.slow
def test_every_metric_by_every_split_is_the_same_both_ways(whole: tuple[Snapshot, DuckDBEngine]) -> None:
    snapshot, engine = whole
    asked = [Question(key, HALF_YEAR, (name,)) for key, one in METRICS.items() for name in one.splits]
    stocks = [one for one in asked if METRICS[one.metric].subject.view == "register"]
    assert assert_same(engine, snapshot, asked) == len(asked) - len(stocks)


@pytest.mark.parametrize("key", CHOSEN)
def test_every_metric_under_each_filter_alone_is_the_same_both_ways(
    key: str, whole: tuple[Snapshot, DuckDBEngine]
) -> None:
    snapshot, engine = whole
    assert {one.key for one in CODE_FILTERS} | {"organization"} == set(CHOSEN)
    asked = [one for one in usual(HALF_YEAR.with_(**{key: CHOSEN[key]})) if key in METRICS[one.metric].filters]
    assert assert_same(engine, snapshot, asked) > 0


MONTHS = st.sampled_from([f"2023-{month:02d}" for month in range(1, 9)])
QUESTIONS = st.builds(
    lambda key, months, chosen, scope, places: Question(
        key,
        Selection(Period(min(months), max(months))).with_(**{name: CHOSEN[name] for name in chosen}),
        tuple(dict.fromkeys(METRICS[key].splits[place % len(METRICS[key].splits)] for place in places)),
        scope,
    ),
    st.sampled_from(sorted(METRICS)),
    st.tuples(MONTHS, MONTHS),
    st.sets(st.sampled_from(sorted(CHOSEN))),
    st.sampled_from([EVERYTHING, Scope(("440104", "440106")), Scope((), (AUTO,)), Scope((), (), ("51",))]),
    st.lists(st.integers(0, 20), max_size=3),
)


@settings(max_examples=40)
@given(asked=QUESTIONS)
def test_any_question_is_the_same_both_ways(asked: Question, whole: tuple[Snapshot, DuckDBEngine]) -> None:
    snapshot, engine = whole
    assert_same(engine, snapshot, [asked])


@pytest.mark.parametrize("split", [("month",), ("organization", "month"), ("year",), ()])
@pytest.mark.parametrize(
    "periods",
    [
        [Period("2023-01", "2023-06")],
        [Period("2023-05", "2023-07"), Period("2023-01", "2023-03")],
        [Period("2023-01", "2023-06"), Period("2023-06", "2023-08")],
        [Period("2023-01", "2023-08"), Period("2023-02", "2023-02"), Period("2021-01", "2021-12")],
    ],
    ids=["one", "apart", "meeting", "nested"],
)
def test_questions_read_together_are_what_they_are_alone(
    periods: list[Period], split: tuple[str, ...], whole: tuple[Snapshot, DuckDBEngine]
) -> None:
    snapshot, engine = whole
    keys = [key for key, one in METRICS.items() if set(split) <= set(one.splits)]
    asked = [Question(key, Selection(period), split) for key in keys for period in periods]
    order = [(name, "ascending") for name in split]
    together = {answer.question: answer.table for answer in answers_to(asked, snapshot, engine)}
    assert {one: table.sort_by(order) if order else table for one, table in together.items()} == {
        one: told(RowsOnly(engine), snapshot, one) for one in asked
    }


@pytest.mark.slow
def test_the_demonstration_city_is_the_same_both_ways(lake_dir: Path) -> None:
    """Its builder made the cubes, by the rule that keeps the small ones."""
    engine, snapshot = DuckDBEngine(lake_dir), Lake(lake_dir).snapshot()
    year = Selection(Period("2022-05", "2023-07"))
    asked = [Question(key, year, by) for key, one in METRICS.items() for by in ((), *((n,) for n in one.splits))]
    assert assert_same(engine, snapshot, asked) > len(asked) * 0.9


def test_who_has_reported_is_counted_once_where_reports_came_again(lake: Lake) -> None:
    """By table and month nobody is told apart: a thing that stands once in each part of a split is just counted."""
    rows = [dict(row) for row in city.FACTS["submissions"]]
    # The same months again, from a second import: of each submission the newest counts, alone.
    commit(lake, {"submissions": [{**row, "received": None} for row in rows[::2]]})
    made(lake)
    asked = [
        Question(key, HALF_YEAR.with_(**chosen), split)
        for key in ("organizations_due", "organizations_reported", "coverage")
        for chosen in ({}, {"chains": (AUTO,)}, {"districts": ("440106",)})
        for split in (("table", "month"), ("quarter",), ())
    ]
    counting = Counting(DuckDBEngine(lake.root))
    assert assert_same(counting, lake.snapshot(), asked) == len(asked)
    alone = [sql for sql in counting.of_cubes if "AS day" not in sql]
    assert {("DISTINCT" in sql) for sql in alone if 'AS "table"' in sql} == {False}
    assert {("DISTINCT" in sql) for sql in alone if 'AS "quarter"' in sql} == {True}


class Counting:
    """An engine that notes what is asked of it."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.batches = engine.batches
        self.of_rows, self.of_cubes = list[str](), list[str]()
        self._engine = engine

    def run(self, sql: str, *rest: Any) -> pa.Table:
        self.of_rows.append(sql)
        return self._engine.run(sql, *rest)

    def run_held(self, sql: str, *rest: Any) -> pa.Table:
        self.of_cubes.append(sql)
        return self._engine.run_held(sql, *rest)


def test_periods_and_splits_of_the_same_rows_are_one_statement(whole: tuple[Snapshot, DuckDBEngine]) -> None:
    """To plan a statement over a cube takes longer than to run it."""
    snapshot, engine = whole
    counting = Counting(engine)
    before = HALF_YEAR.with_(period=Period("2022-01", "2022-06"))
    asked = [
        Question(key, selection, split)
        for key in ("jobs_posted", "graduates_hired", "organizations_posting")
        for selection in (HALF_YEAR, before)
        for split in ((), ("month",), ("chain",))
    ]
    answers = {one.question: one.table for one in answers_to(asked, snapshot, counting)}
    assert (len(counting.of_rows), len(counting.of_cubes)) == (0, 1)
    assert set(answers) == set(asked)
    narrowed = [replace(one, selection=one.selection.with_(chains=(AUTO,))) for one in asked]
    assert len(list(answers_to([*asked, *narrowed], snapshot, counting))) == 2 * len(asked)
    assert len(counting.of_cubes) == 1 + 2


def test_of_a_large_cube_each_period_and_split_is_added_up_where_it_is(
    whole: tuple[Snapshot, DuckDBEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows would take longer to fetch than statements to plan."""
    snapshot, engine = whole
    monkeypatch.setattr(answering, "_MANY_ROWS", 0)
    counting = Counting(engine)
    before = HALF_YEAR.with_(period=Period("2022-01", "2022-06"))
    asked = [
        Question(key, selection, split)
        for key in ("organizations_posting", "jobs_posted")
        for selection in (HALF_YEAR, before)
        for split in ((), ("month",))
    ]
    answers = {one.question: one.table for one in answers_to(asked, snapshot, counting)}
    assert (len(counting.of_rows), len(counting.of_cubes)) == (0, 4)
    for one in asked:
        table = answers[one].sort_by("month") if one.split else answers[one]
        assert table.equals(told(RowsOnly(engine), snapshot, one)), one


def folders(lake: Lake) -> Mapping[str, int]:
    """Every folder of cubes and when it was written."""
    return {path.name: path.stat().st_mtime_ns for path in (lake.root / ROLLUPS_FOLDER).iterdir()}


def test_a_commit_reads_the_months_it_touches_and_leaves_other_subjects_alone(lake: Lake) -> None:
    assert set(made(lake).values()) == {None}
    before = folders(lake)
    commit(lake, {"jobs": [jobs(MOVED, "2023-03", 500), jobs(BROAD, "2023-05", 7)]})
    assert {subject: months for subject, months in made(lake).items() if months != 0} == {"jobs": 2}
    after = folders(lake)
    assert before.items() <= after.items()
    assert [name.partition("-")[0] for name in after.keys() - before.keys()] == ["jobs"]
    assert assert_same(DuckDBEngine(lake.root), lake.snapshot(), usual()) > 0


def test_cubes_patched_month_by_month_are_those_made_whole(lake: Lake) -> None:
    made(lake)
    commit(lake, city.RESTATEMENT | {"needs": [city._need(BROAD, "2023-04-04", "policy", "2023-04-09")]})
    commit(lake, {"jobs": [jobs(SEVERAL, "2023-08", 3)]})
    made(lake)
    state = states(lake.snapshot())["jobs"]
    patched = {path.name: path.read_bytes() for path in place_of(lake.root, state).iterdir()}
    shutil.rmtree(lake.root / ROLLUPS_FOLDER)
    made(lake)
    assert {path.name: path.read_bytes() for path in place_of(lake.root, state).iterdir()} == patched


def test_a_month_that_goes_again_goes_from_the_cubes(lake: Lake) -> None:
    number = commit(lake, {"jobs": [jobs(MOVED, "2023-08", 900)]})
    made(lake)
    lake.undo(number, "李", "试")
    assert made(lake)["jobs"] == 1
    asked = [Question("jobs_posted", Selection(Period("2023-07", "2023-08")), by) for by in ((), ("month",))]
    assert assert_same(DuckDBEngine(lake.root), lake.snapshot(), asked) == 2


def test_a_lake_without_rows_has_no_cubes_and_answers(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "empty", "real")
    assert set(made(lake).values()) == {None}
    assert assert_same(DuckDBEngine(lake.root), lake.snapshot(), usual()) == 0


def test_a_register_that_changes_makes_anew_what_is_read_with_it(lake: Lake) -> None:
    made(lake)
    moved = next(row for row in city.REGISTER["organizations"] if row["code"] == BROAD) | {"district": "440105"}
    commit(lake, {"organizations": [moved]})
    assert {subject for subject, months in made(lake).items() if months is None} == set(states(lake.snapshot()))
    engine, snapshot = DuckDBEngine(lake.root), lake.snapshot()
    asked = [one for one in usual(HALF_YEAR.with_(districts=("440105",))) if "districts" in METRICS[one.metric].filters]
    assert assert_same(engine, snapshot, asked) > 0


def test_every_earlier_state_undo_and_redo_are_right_with_cubes_of_all_of_them(lake: Lake) -> None:
    made(lake)
    number = commit(lake, {"jobs": [jobs(MOVED, "2023-02", 900)]})
    for turn in (None, lake.undo, lake.redo):
        if turn:
            turn(number, "李", "试")
        made(lake)
    engine = DuckDBEngine(lake.root)
    posted = Question("jobs_posted", HALF_YEAR)
    seen = [told(engine, lake.snapshot(event), posted)["numerator"].to_pylist() for event in range(6, 9)]
    assert seen[0] == seen[2] != seen[1]
    for event in range(lake.position()[1] + 1):
        assert_same(engine, lake.snapshot(event), [posted, Question("fill_rate", HALF_YEAR, ("chain",))])


def test_an_undo_finds_the_cubes_of_the_state_it_goes_back_to(lake: Lake) -> None:
    made(lake)
    lake.undo(commit(lake, {"jobs": [jobs(MOVED, "2023-02", 900)]}), "李", "试")
    assert set(made(lake).values()) == {0}


def test_merges_count_in_cubes_as_in_rows(lake: Lake) -> None:
    commit(lake, TWICE)
    made(lake)
    engine = DuckDBEngine(lake.root)
    before = told(engine, lake.snapshot(), Question("credit_line", HALF_YEAR))
    decide(lake, engine, Decision("financing", "merge", KEPT, (OTHER,), "同一笔"), "李")
    again = made(lake)
    assert again["financing"] is None
    assert again["jobs"] == 0
    assert told(engine, lake.snapshot(), Question("credit_line", HALF_YEAR)) != before
    assert told(engine, lake.snapshot(), Question("credit_line_gross", HALF_YEAR)) == before
    assert assert_same(engine, lake.snapshot(), usual()) > 0


@pytest.mark.parametrize("harm", ["dropped", "cut", "changed", "unlisted", "nonsense"])
def test_cubes_that_are_gone_or_damaged_change_no_answer_and_are_made_again(harm: str, lake: Lake) -> None:
    made(lake)
    snapshot = lake.snapshot()
    folder = place_of(lake.root, states(snapshot)["jobs"])
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in list(folder.iterdir()):
        data = bytearray(path.read_bytes())
        if path.suffix == ".json":
            spoilt = {"unlisted": b"{}", "nonsense": b"\x00\xff"}.get(harm, bytes(data))
        else:
            data[len(data) // 2] ^= 1
            spoilt = {"cut": bytes(data[:100]), "changed": bytes(data)}.get(harm, whole[path.name])
        path.write_bytes(spoilt)
    if harm == "dropped":
        assert main(["--lake", str(lake.root), "rollups", "--drop"]) == 0
        assert not (lake.root / ROLLUPS_FOLDER).exists()
    assert_same(DuckDBEngine(lake.root), snapshot, [Question("jobs_posted", HALF_YEAR, ("chain",))])
    assert made(lake)["jobs"] is None
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".json"} == {
        name: data for name, data in whole.items() if not name.endswith(".json")
    }


def test_a_cube_is_kept_where_it_is_small_for_its_rows_or_in_itself(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_SMALL_ROWS", 0)
    monkeypatch.setattr(refreshing, "_ESTIMATED_FROM", 0)
    commit(lake, {"jobs": [jobs(BROAD, "2023-06", number, chain=AUTO) for number in range(1_000)]})
    engine = DuckDBEngine(lake.root)
    kept = {one.subject: {cube.name for cube in one.cubes.cubes} for one in refresh(engine, lake.snapshot())}
    assert {"core", "organization"} <= kept["jobs"]
    assert kept["training"] == set()
    assert assert_same(engine, lake.snapshot(), usual()) > 0


@pytest.mark.slow
def test_a_refresh_that_is_killed_leaves_nothing_wrong(lake: Lake, tmp_path: Path) -> None:
    with nursery(tmp_path / "told") as killing:
        ended = killing.run("--lake", str(lake.root), "rollups", dies_at=("gzdash.rollups.folder", "_write", 4))
    assert ended.code < 0
    left = [name for name in folders(lake) if name.startswith(".")]
    assert len(left) == 1
    assert assert_same(DuckDBEngine(lake.root), lake.snapshot(), usual()) >= 0
    assert main(["--lake", str(lake.root), "sweep"]) == 0
    assert [name for name in folders(lake) if name.startswith(".")] == []
    assert None in made(lake).values()


def test_a_read_only_system_makes_no_cubes_and_answers_all_the_same(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    assert main(["--lake", str(lake.root), "rollups"]) == 1
    assert not (lake.root / ROLLUPS_FOLDER).exists()
    assert_same(DuckDBEngine(lake.root), lake.snapshot(), [Question("jobs_posted", HALF_YEAR)])


def test_what_the_command_line_changes_has_its_cubes_at_once(lake: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    number = commit(lake, {"jobs": [jobs(MOVED, "2023-02", 900)]})
    assert main(["--lake", str(lake.root), "undo", str(number), "--why", "试"]) == 0
    assert set(made(lake).values()) == {0}
    assert main(["--lake", str(lake.root), "--lang", "en", "rollups"]) == 0
    assert "there already" in capsys.readouterr().out
    commit(lake, {"jobs": [jobs(MOVED, "2023-02", 901)]})
    assert main(["--lake", str(lake.root), "--lang", "en", "rollups"]) == 0
    assert "1 months read anew" in capsys.readouterr().out


def test_sweeping_keeps_the_cubes_of_the_newest_snapshot(lake: Lake) -> None:
    made(lake)
    commit(lake, {"jobs": [jobs(MOVED, "2023-02", 900)]})
    made(lake)
    assert len(folders(lake)) == len(states(lake.snapshot())) + 1
    assert main(["--lake", str(lake.root), "sweep"]) == 0
    assert len(folders(lake)) == len(states(lake.snapshot()))
    assert set(made(lake).values()) == {0}


def test_of_many_states_the_last_stay(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "_STATES_KEPT", 2)
    for number in range(4):
        commit(lake, {"jobs": [jobs(MOVED, "2023-02", number)]})
        made(lake)
    assert sum(name.startswith("jobs-") for name in folders(lake)) == 2
    assert set(made(lake).values()) == {0}


def test_a_ledger_restored_from_its_backup_never_meets_the_cubes_of_what_came_after(lake: Lake, tmp_path: Path) -> None:
    """The next import has the number of the one that is gone, and other rows."""
    backup = shutil.copy(lake.root / LEDGER, tmp_path)
    posted = Question("jobs_posted", HALF_YEAR)
    commit(lake, {"jobs": [jobs(MOVED, "2023-02", 900)]})
    made(lake)
    shutil.copy(backup, lake.root / LEDGER)
    assert commit(lake, {"jobs": [jobs(MOVED, "2023-02", 30)]}) == 5
    assert assert_same(DuckDBEngine(lake.root), lake.snapshot(), [posted]) == 0
    made(lake)
    assert assert_same(DuckDBEngine(lake.root), lake.snapshot(), [posted]) == 1


@pytest.mark.slow
def test_a_page_and_a_server_have_missing_cubes_made_by_a_process_of_its_own(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(lake.root))
    renewing.start_renewing()
    (process,) = renewing._RENEWERS
    assert process.wait() == 0
    assert set(made(lake).values()) == {0}
    renewing.start_renewing()
    assert renewing._RENEWERS == []
