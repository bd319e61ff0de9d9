"""What the lake promises: an import is there whole or not at all, and every earlier state can be seen again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Event, Lake, Provenance, default_root
from gzdash.period import SHANGHAI
from tests.lake.reading import posts, refused
from tests.register import BROAD, MOVED, REGISTER, SCHOOL, commit, jobs, ticking


def test_a_new_lake_is_empty_and_an_import_makes_the_next_snapshot(lake: Lake, engine: DuckDBEngine) -> None:
    empty = lake.snapshot()
    assert (empty.event, empty.files, empty.superseded.num_rows) == (0, (), 0)
    assert posts(engine, empty) == []
    assert commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3), jobs(MOVED, "2023-07", 4)]}) == 1
    after = lake.snapshot()
    assert after.event == 1
    assert posts(engine, after) == [(MOVED, "2023-06", 3), (MOVED, "2023-07", 4)]
    assert [(file.table, file.import_id, file.rows, file.first_month, file.last_month) for file in after.files] == [
        ("jobs", 1, 1, "2023-06", "2023-06"),
        ("jobs", 1, 1, "2023-07", "2023-07"),
    ]
    assert posts(engine, empty) == []


def test_the_newest_import_of_a_submission_takes_its_place_whole(lake: Lake, engine: DuckDBEngine) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3), jobs(MOVED, "2023-06", 30, source="member_unit")]})
    commit(lake, {"jobs": [jobs(BROAD, "2023-06", 5), jobs(MOVED, "2023-07", 7)]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]})
    snapshot = lake.snapshot()
    assert posts(engine, snapshot) == [(MOVED, "2023-06", 4), (MOVED, "2023-07", 7), (BROAD, "2023-06", 5)]
    assert snapshot.superseded.to_pylist() == [
        {"table_name": "jobs", "owner": MOVED, "month": "2023-06", "import_id": 1}
    ]


def test_a_submission_replaces_only_its_own_table(lake: Lake, engine: DuckDBEngine) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    training = {"month": jobs(MOVED, "2023-06")["month"], "base": "示例基地", "organization": MOVED, "trainees": 9}
    commit(lake, {"training": [training]})
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]


def test_register_rows_belong_to_no_month_and_the_newest_of_each_organization_counts(
    lake: Lake, engine: DuckDBEngine
) -> None:
    first, second, *_ = REGISTER["organizations"]
    commit(lake, {"organizations": [first, second]})
    commit(lake, {"organizations": [second | {"name": "示例软件和信创协会"}]})
    found = engine.run("SELECT code, name, submission_month FROM raw_organizations ORDER BY code", {}, lake.snapshot())
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        (MOVED, "示例智能网联汽车协会", ""),
        (BROAD, "示例软件和信创协会", ""),
    ]
    assert [file.first_month for file in lake.snapshot().files] == ["", ""]


def test_undo_makes_an_import_count_for_nothing_and_what_it_replaced_counts_again(
    lake: Lake, engine: DuckDBEngine
) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    second = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4), jobs(BROAD, "2023-06", 5)]})
    assert lake.undo(second, "李", "发错文件") == 3
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3)]


def test_an_older_import_is_undone_while_later_ones_stay(lake: Lake, engine: DuckDBEngine) -> None:
    first = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3), jobs(BROAD, "2023-06", 5)]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]})
    lake.undo(first, "李", "撤")
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 4)]


def test_redo_puts_an_import_back_in_its_place_whatever_came_later(lake: Lake, engine: DuckDBEngine) -> None:
    first = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3), jobs(BROAD, "2023-06", 5)]})
    lake.undo(first, "李", "撤")
    second = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]})
    assert lake.redo(first, "李", "恢复") == 4
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 4), (BROAD, "2023-06", 5)]
    lake.undo(second, "李", "撤")
    assert posts(engine, lake.snapshot()) == [(MOVED, "2023-06", 3), (BROAD, "2023-06", 5)]


def test_three_imports_of_one_submission_each_shows_when_those_above_it_are_undone(
    lake: Lake, engine: DuckDBEngine
) -> None:
    ids = [commit(lake, {"jobs": [jobs(MOVED, "2023-06", number)]}) for number in (1, 2, 3)]
    seen = []
    for number in reversed(ids):
        seen.append(posts(engine, lake.snapshot()))
        lake.undo(number, "李", "撤")
    assert seen == [[(MOVED, "2023-06", number)] for number in (3, 2, 1)]
    assert posts(engine, lake.snapshot()) == []


def test_undo_and_redo_twice_or_of_no_import_are_refused_and_change_nothing(lake: Lake) -> None:
    number = commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    with refused("import-redo-twice"):
        lake.redo(number, "李", "?")
    lake.undo(number, "李", "撤")
    with refused("import-undo-twice"):
        lake.undo(number, "李", "?")
    with refused("import-unknown"):
        lake.undo(99, "李", "?")
    with refused("import-unknown"):
        lake.redo(0, "李", "?")
    assert lake.position()[1] == 2


def test_the_ledger_remembers_every_import_and_its_state(lake: Lake) -> None:
    source = Provenance("李", "七月", "岗位.xlsx", "ab" * 32, "cdcd-岗位.xlsx", "cd" * 32, '{"table": "jobs"}')
    lake.commit({}, source)
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")], "organizations": REGISTER["organizations"]})
    lake.undo(2, "李", "撤")
    first, second = lake.imports()
    assert (first.id, first.who, first.why, first.file_name, first.file_hash, first.kept, first.rows, first.live) == (
        (1, "李", "七月", "岗位.xlsx", "ab" * 32, "cdcd-岗位.xlsx", 0, True)
    )
    assert (first.kept_hash, first.mapping) == ("cd" * 32, '{"table": "jobs"}')
    assert (second.kept_hash, second.mapping) == ("", "")
    assert first.time == datetime(2023, 9, 10, 10, tzinfo=SHANGHAI)
    assert first.system_user
    assert (second.rows, second.live, second.tables) == (10, False, ("jobs", "organizations"))


def test_the_events_say_who_did_what_when_and_why_oldest_first(lake: Lake) -> None:
    assert lake.events() == ()
    lake.commit({}, Provenance("李", "七月"))
    lake.undo(1, "王", "发错文件")
    lake.redo(1, "李", "没有错")
    nine = datetime(2023, 9, 10, 9, tzinfo=SHANGHAI)
    assert lake.events() == (
        Event(1, nine + timedelta(hours=1), "commit", 1, "李", "七月"),
        Event(2, nine + timedelta(hours=2), "undo", 1, "王", "发错文件"),
        Event(3, nine + timedelta(hours=3), "redo", 1, "李", "没有错"),
    )


def test_as_of_shows_what_was_true_at_each_event(lake: Lake, engine: DuckDBEngine) -> None:
    first = commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]})
    lake.undo(first, "李", "撤")
    lake.undo(2, "李", "撤")
    lake.redo(first, "李", "恢复")
    seen = [[count for *_, count in posts(engine, lake.snapshot(event))] for event in range(6)]
    assert seen == [[], [3], [4], [4], [], [3]]
    assert lake.snapshot(5) == lake.snapshot()
    assert lake.snapshot(4) != lake.snapshot()


@pytest.mark.parametrize("event", [-1, 2, 10**9])
def test_an_event_that_never_was_is_refused(event: int, lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    with refused("lake-event-unknown", "as_of"):
        lake.snapshot(event)


def test_a_time_names_the_last_event_not_later_than_it(lake: Lake) -> None:
    for number in range(3):
        commit(lake, {"jobs": [jobs(MOVED, "2023-06", number)]})
    moments = {
        "2023-09-10T09:59:59": 0,
        "2023-09-10T10:00:00": 1,
        "2023-09-10T11:30:00": 2,
        "2023-09-10T12:00:00": 3,
        "2030-01-01T00:00:00": 3,
        "2023-09-10T02:59:59+00:00": 1,
        "2023-09-10T03:00:00+00:00": 2,
    }
    assert {text: lake.event_at(datetime.fromisoformat(text)) for text in moments} == moments
    assert [lake.snapshot(event).time.hour for event in range(4)] == [9, 10, 11, 12]


def test_a_commit_after_somebody_elses_is_refused_when_it_names_the_head_it_saw(lake: Lake) -> None:
    head = lake.snapshot().event
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]}, expected_head=head)
    with refused("lake-moved-on"):
        commit(lake, {"jobs": [jobs(BROAD, "2023-06")]}, expected_head=head)
    assert len(lake.imports()) == 1
    assert lake.sweep() == ()
    commit(lake, {"jobs": [jobs(BROAD, "2023-06")]}, expected_head=1)


@pytest.mark.parametrize(
    ("taken", "months", "last"),
    [
        ("2023-09-10", (), "2023-08"),
        ("2023-09-10", ("2023-05", "2023-07"), "2023-07"),
        ("2023-09-10", ("2023-08",), "2023-08"),
        ("2023-09-10", ("2023-09",), "2023-08"),
        ("2023-09-10", ("2024-02",), "2023-08"),
        ("2023-01-31", ("2023-01",), "2022-12"),
        ("2023-08-01", ("2023-07",), "2023-07"),
        ("2023-07-31", ("2023-07",), "2023-06"),
    ],
)
def test_the_last_complete_month_has_ended_and_has_been_reported(
    taken: str, months: tuple[str, ...], last: str, tmp_path: Path
) -> None:
    clock = ticking(f"{taken}T12:00:00", timedelta())
    lake = Lake.init(tmp_path / "lake", "real", clock)
    if months:
        commit(lake, {"jobs": [jobs(MOVED, month) for month in months]})
    assert lake.snapshot().last_complete_month == last


def test_a_register_or_a_pledge_to_report_says_nothing_of_the_last_complete_month(lake: Lake) -> None:
    due = {"table": "jobs", "organization": MOVED, "month": jobs(MOVED, "2023-08")["month"]}
    commit(lake, {"organizations": REGISTER["organizations"], "submissions": [due]})
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    assert lake.snapshot().last_complete_month == "2023-06"


@pytest.mark.parametrize(("kind", "is_demo"), [("demo", True), ("real", False)])
def test_a_lake_is_demo_or_real_from_its_first_event_on(kind: str, is_demo: bool, tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", kind)  # type: ignore[arg-type]
    assert (lake.snapshot().kind, lake.snapshot().is_demo) == (kind, is_demo)
    commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
    assert (Lake(lake.root).snapshot().kind, lake.snapshot(0).is_demo) == (kind, is_demo)


def test_two_lakes_never_share_a_snapshot(tmp_path: Path) -> None:
    first, second = (Lake.init(tmp_path / name, "real") for name in ("a", "b"))
    assert first.position()[1] == second.position()[1] == 0
    assert first.snapshot() != second.snapshot()


def test_a_moved_lake_is_the_same_lake(lake: Lake, tmp_path: Path) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    before = lake.snapshot()
    moved = Lake(lake.root.rename(tmp_path / "示例 数据湖's"))
    assert moved.snapshot() == before
    assert posts(DuckDBEngine(moved.root), moved.snapshot()) == [(MOVED, "2023-06", 3)]


def test_the_lake_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(tmp_path / "lake"))
    assert default_root() == tmp_path / "lake"
    monkeypatch.delenv("GZDASH_LAKE")
    assert default_root().parts[-2:] == ("data", "lake")


ORGANIZATIONS = (MOVED, BROAD, SCHOOL)
MONTHS = ("2023-05", "2023-06", "2023-07")
SUBMISSIONS = st.dictionaries(
    st.tuples(st.sampled_from(ORGANIZATIONS), st.sampled_from(MONTHS)), st.integers(1, 99), min_size=1
)
# A commit of submissions, a compaction, or a turn of one of the imports so far: undo when it is live, redo when it is
# not.
COMPACT = "compact"
STEPS = st.lists(st.one_of(SUBMISSIONS, st.just(COMPACT), st.integers(0, 9)), min_size=1, max_size=8)


@pytest.mark.slow
@settings(max_examples=20)
@given(STEPS)
def test_whatever_is_imported_undone_redone_and_compacted_the_rows_are_those_of_a_plain_model(
    steps: list[dict[tuple[str, str], int] | str | int],
) -> None:
    imports: list[dict[tuple[str, str], int]] = []
    undone = set[int]()
    expected = [list[tuple[str, str, int]]()]
    with TemporaryDirectory() as folder:
        lake = Lake.init(Path(folder) / "lake", "real")
        for step in steps:
            if isinstance(step, dict):
                commit(lake, {"jobs": [jobs(*key, count) for key, count in step.items()]})
                imports.append(step)
            elif isinstance(step, str):
                if lake.compact("李", "试").event is None:
                    continue
            elif imports:
                place = step % len(imports)
                (lake.redo if place in undone else lake.undo)(place + 1, "李", "试")
                undone ^= {place}
            else:
                continue
            rows: dict[tuple[str, str], int] = {}
            for place, one in enumerate(imports):
                rows |= {} if place in undone else one
            expected.append(sorted((*key, count) for key, count in rows.items()))
        engine = DuckDBEngine(lake.root)
        assert [posts(engine, lake.snapshot(event)) for event in range(len(expected))] == expected
        assert [one.live for one in lake.imports()] == [place not in undone for place in range(len(imports))]
        assert lake.sweep() == ()
