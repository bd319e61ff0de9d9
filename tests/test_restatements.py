"""What is promised of data as it was: an older event shows what was there, and what changed since adds up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gzdash.answer import Row
from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.reading import tables_read
from gzdash.insight.restatement import Restated, changes, largest, months_of, restatements, usual_since
from gzdash.insight.touching import Touching
from gzdash.intake import import_file
from gzdash.lake import Lake
from gzdash.metrics import METRICS, SUBJECTS
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city
from tests.register import BROAD, FACTS, MOVED, REGISTER, SCHOOL, commit, jobs, ticking
from tests.register import Row as CityRow

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
SPLITS = ("month", "chain", "district")
JOBS_HEADER = "月份,统一社会信用代码,岗位来源,面向人群,产业链,发布岗位（个）,实际招聘（人）"
AID_HEADER = "日期,捐助组织代码,名录外捐助单位,县（市、区）,形式,金额或折价（元）,阶段"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """The small city with its restatement and its undone mistake, which are events 1 to 5."""
    return city.build(tmp_path / "lake")


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def recorded(lake: Lake, engine: DuckDBEngine, event: int | None = None) -> dict[tuple[str, ...], tuple[Row, ...]]:
    """Every metric at an event: whole, and by some splits."""
    desk = Desk(lake.snapshot(event), engine)
    asked = [(key, *split) for key in METRICS for split in ((), *((one,) for one in SPLITS))]
    known = [one for one in asked if set(one[1:]) <= set(METRICS[one[0]].splits)]
    return {one: desk.ask(one[0], HALF_YEAR, *one[1:]).rows for one in known}


def test_as_of_an_event_is_what_was_recorded_before_three_imports_and_an_undo(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path
) -> None:
    event = lake.position()[1]
    before = recorded(lake, engine)
    files = {
        "jobs": [
            (JOBS_HEADER, f"2023-02,{MOVED},社会组织,高校毕业生,,500,499"),
            (JOBS_HEADER, f"2023-06,{SCHOOL},社会组织,高校毕业生,,70,60"),
        ],
        "aid": [(AID_HEADER, f"2023-03-09,{BROAD},,441826,款,123.45,到位")],
    }
    for table, sheets in files.items():
        for number, lines in enumerate(sheets):
            path = tmp_path / f"{table}{number}.csv"
            path.write_text("\n".join(lines), "utf-8")
            import_file(lake, engine, path, table, who="李", why="更正", replace="replace")
    lake.undo(2, "李", "撤")
    assert recorded(lake, engine) != before
    assert recorded(lake, DuckDBEngine(lake.root), event) == before
    assert recorded(Lake(lake.root), engine, event) == before


def test_a_restatement_names_before_after_and_who_made_it(lake: Lake, engine: DuckDBEngine) -> None:
    """Event 3 restated what MOVED had reported for February: 11 posts and 5 hires in place of 999 and 999."""
    found = {(one.metric.key, one.month): one for one in restatements(lake, engine, 2, HALF_YEAR)}
    posts, rate = found["jobs_posted", "2023-02"], found["fill_rate", "2023-02"]
    assert (posts.before.value, posts.after.value, posts.difference, posts.is_new) == (999, 11, -988, False)
    assert [(one.event.id, one.event.kind, one.source.id, one.event.who, one.event.why) for one in posts.steps] == [
        (3, "commit", 3, "李", "测试")
    ]
    assert (rate.after.numerator, rate.after.denominator) == (5, 11)
    assert rate.difference == Fraction(5, 11) - 1
    # The mistake of January and April came and was undone: nothing there is as it was not.
    assert {month for _, month in found} == {"2023-02"}
    assert months_of(found.values()) == (Period("2023-02", "2023-02"),)


def test_an_undo_has_its_own_share(lake: Lake, engine: DuckDBEngine) -> None:
    """As of event 4 the mistake stands; from 4 on, the undo takes it back."""
    (only,) = (one for one in restatements(lake, engine, 4, HALF_YEAR, ["jobs_posted"]) if one.month == "2023-01")
    assert [(one.event.kind, one.event.why, one.difference) for one in only.steps] == [("undo", "发错文件", 10 - 5000)]
    stood = HALF_YEAR.with_(as_of=4)
    (made,) = (one for one in restatements(lake, engine, 2, stood, ["jobs_posted"]) if one.month == "2023-01")
    assert [(one.event.id, one.difference) for one in made.steps] == [(4, 5000 - 10)]


def test_a_month_that_had_not_been_reported_is_new_and_no_restatement(lake: Lake, engine: DuckDBEngine) -> None:
    since = lake.position()[1]
    commit(lake, {"jobs": [jobs(MOVED, "2023-07", 3), jobs(SCHOOL, "2023-06", 4)]})
    july = Selection(Period("2023-06", "2023-07"))
    found = restatements(lake, engine, since, july, ["jobs_posted"])
    assert [(one.month, one.before.value, one.after.value, one.is_new) for one in found] == [
        ("2023-06", 9, 13, False),
        ("2023-07", None, 3, True),
    ]
    assert found[1].difference == 3


def test_a_register_has_reported_a_month_once_it_came_in_after_its_end(lake: Lake, engine: DuckDBEngine) -> None:
    """The register came in on 2023-09-10: what it says of August was there, what it says of September was not."""
    since = lake.position()[1]
    row = city._organization("51440100MJ0000010X", "示例新协会", "440104", "2023-08-05")
    commit(lake, {"organizations": [row]})
    autumn = Selection(Period("2023-07", "2023-10"))
    found = restatements(lake, engine, since, autumn, ["organizations"])
    assert [(one.month, one.difference, one.is_new) for one in found] == [
        ("2023-08", 1, False),
        ("2023-09", 1, True),
        ("2023-10", 1, True),
    ]


def test_the_filters_apply(lake: Lake, engine: DuckDBEngine) -> None:
    assert restatements(lake, engine, 2, HALF_YEAR.with_(organization=SCHOOL)) == ()
    assert restatements(lake, engine, 2, HALF_YEAR.with_(organization=MOVED)) != ()
    assert restatements(lake, engine, 2, Selection(Period("2023-03", "2023-06"))) == ()


def test_nothing_changes_from_an_event_on_or_after_the_end(lake: Lake, engine: DuckDBEngine) -> None:
    for since in (5, 6, 99):
        assert restatements(lake, engine, since, HALF_YEAR) == ()


def test_without_a_choice_one_looks_back_thirty_days_from_the_newest_event(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real", ticking("2023-09-10T09:00:00", step=timedelta(days=20)))
    assert usual_since(lake) == 0
    for month in ("2023-01", "2023-02", "2023-03"):
        commit(lake, {"jobs": [jobs(MOVED, month)]})
    assert usual_since(lake) == 1


def test_the_largest_is_that_which_moved_most_for_its_size_and_no_ratio(lake: Lake, engine: DuckDBEngine) -> None:
    found = changes(lake, engine, 2, HALF_YEAR)
    top = largest(found)
    assert top is not None
    assert (top.metric.key, top.month) in {("member_units_mobilised", "2023-02"), ("graduates_hired", "2023-02")}
    assert not top.metric.is_ratio
    assert largest(()) is None


def test_an_organization_that_a_register_brings_is_explained_in_the_month_it_was_founded(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real", ticking())
    commit(lake, {"jobs": [jobs(MOVED, "2023-01", 1)]})
    founded = [{**REGISTER["organizations"][0], "founded": date(2023, 2, 3), "dissolved": None}]
    commit(lake, {"organizations": founded})
    spring = Selection(Period("2023-01", "2023-03"))
    (one,) = restatements(lake, DuckDBEngine(lake.root), 1, spring, ["organizations_founded"])
    assert (one.month, one.difference, [step.event.id for step in one.steps]) == ("2023-02", 1, [2])


# A random history: imports of some organizations and months, undone and put back.
ORGANIZATIONS = (MOVED, BROAD, SCHOOL)
MONTHS = ("2023-01", "2023-02", "2023-03")
reports = st.tuples(st.sampled_from(ORGANIZATIONS), st.sampled_from(MONTHS), st.integers(0, 50), st.integers(0, 9))
grants = st.tuples(st.sampled_from(ORGANIZATIONS), st.sampled_from(MONTHS), st.decimals(0, 10**12, places=2))
acts = st.one_of(
    st.tuples(st.just("jobs"), st.lists(reports, min_size=1, max_size=3)),
    st.tuples(st.just("financing"), st.lists(grants, min_size=1, max_size=3)),
    st.tuples(st.just("turn"), st.integers(0, 10)),
    st.tuples(st.just("register"), st.sampled_from(ORGANIZATIONS)),
)


def rows_of(kind: str, given: Sequence[tuple[object, ...]]) -> Mapping[str, list[CityRow]]:
    """The rows of one import, drawn at random."""
    if kind == "jobs":
        return {
            "jobs": [jobs(str(one), str(month), int(str(posts)), hires=hires) for one, month, posts, hires in given]
        }
    return {
        "financing": [
            city._financing(str(one), f"{month}-15", f"C{place}", "credit_line", str(amount))
            for place, (one, month, amount) in enumerate(given)
        ]
    }


def act(lake: Lake, kind: str, given: object) -> None:
    """One step of the history."""
    if kind == "turn":
        imports = lake.imports()
        one = imports[int(str(given)) % len(imports)]
        (lake.undo if one.live else lake.redo)(one.id, "李", "随机")
    elif kind == "register":
        rows = [row for row in REGISTER["organizations"] if row["code"] == given]
        commit(lake, {"organizations": [{**rows[0], "member_units": len(lake.events()), "district": "440118"}]})
    else:
        assert isinstance(given, list)
        commit(lake, rows_of(kind, given))


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(acts, min_size=2, max_size=6), since=st.integers(0, 4), narrowed=st.booleans())
def test_the_events_differences_add_up_exactly_and_chain(
    history: list[tuple[str, object]], since: int, narrowed: bool
) -> None:
    selection = Selection(Period("2023-01", "2023-03"))
    if narrowed:
        selection = selection.with_(districts=("440118", "440104"))
    with TemporaryDirectory() as folder:
        lake = Lake.init(Path(folder) / "lake", "real", ticking())
        commit(lake, {**REGISTER, "jobs": FACTS["jobs"], "financing": FACTS["financing"]})
        for kind, given in history:
            act(lake, kind, given)
        engine = DuckDBEngine(lake.root)
        found = restatements(lake, engine, since, selection)
        assert [replace(one, steps=()) for one in found] == list(changes(lake, engine, since, selection))
        for one in found:
            assert_adds_up(one)
        assert_snapshots_agree(lake, engine, found, selection)


def assert_adds_up(one: Restated) -> None:
    """The steps lead from before to after without a gap, and their differences are the whole one."""
    assert one.steps
    assert (one.steps[0].before, one.steps[-1].after) == (one.before, one.after)
    assert all(first.after == second.before for first, second in zip(one.steps, one.steps[1:], strict=False))
    assert sum((Fraction(step.difference) for step in one.steps), Fraction(0)) == Fraction(one.difference)
    if METRICS[one.metric.key].is_money and not one.metric.is_ratio:
        assert isinstance(one.difference, Decimal | int)


def assert_snapshots_agree(lake: Lake, engine: DuckDBEngine, found: Sequence[Restated], selection: Selection) -> None:
    """Each step stands between the whole snapshots before and after its event."""
    for step, month in ((step, one.month) for one in found for step in one.steps):
        for event, row in ((step.event.id - 1, step.before), (step.event.id, step.after)):
            rows = Desk(lake.snapshot(event), engine).ask(step.metric.key, selection, "month").by_key
            assert rows.get((month,), Row((month,), None)) == row


@pytest.mark.parametrize(
    ("subject", "tables"),
    [
        ("jobs", {"jobs", "organizations", "organization_chains"}),
        ("financing_cohorts", {"financing", "organizations", "organization_chains"}),
        ("aid", {"aid", "aid_projects", "organizations"}),
        ("register", {"organizations", "organization_chains"}),
        ("targets", {"targets"}),
    ],
)
def test_a_figure_is_touched_by_the_tables_its_view_reads(subject: str, tables: set[str]) -> None:
    assert tables_read(SUBJECTS[subject]) - {"merges"} == tables


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_read_from_its_own_table_at_least(subject: str) -> None:
    assert SUBJECTS[subject].table in tables_read(SUBJECTS[subject])


def test_an_import_of_other_months_or_tables_touches_nothing(lake: Lake) -> None:
    commit(lake, {"jobs": [jobs(MOVED, "2022-01")]})
    touching = Touching(lake.imports(), [lake.snapshot()], HALF_YEAR.period)
    register, _, restated, *_, other = lake.events()
    assert touching.span(SUBJECTS["jobs"], restated) == Period("2023-02", "2023-02")
    assert touching.span(SUBJECTS["jobs"], other) is None
    assert touching.span(SUBJECTS["aid"], restated) is None
    assert touching.span(SUBJECTS["aid"], register) == HALF_YEAR.period


def test_a_merge_decision_is_a_restatement_too(lake: Lake, engine: DuckDBEngine) -> None:
    """D1 was GIVING's in March and X1 a stranger's in May: from now on the first counts as the second."""
    since = lake.position()[1]
    merge = city._merge("financing", "merge", f"{city.STRANGER}|X1|credit_line", f"{city.GIVING}|D1|credit_line")
    number = commit(lake, {"merges": [merge]})
    found = restatements(lake, engine, since, HALF_YEAR, ["credit_line"])
    assert [(one.month, one.difference, one.steps[0].source.id) for one in found] == [
        ("2023-03", Decimal("-250.25"), number)
    ]


def test_frozen_figures_stay_while_corrections_come_in(lake: Lake, engine: DuckDBEngine) -> None:
    event = lake.freeze("半年报", HALF_YEAR.period, "李", "已上报")
    frozen = recorded(lake, engine)
    commit(lake, {"jobs": [jobs(SCHOOL, "2023-03", 500)]})
    lake.undo(3, "李", "撤")
    assert recorded(lake, DuckDBEngine(lake.root), event) == frozen
    assert recorded(lake, engine)["jobs_posted",] != frozen["jobs_posted",]
    (march,) = (one for one in restatements(lake, engine, event, HALF_YEAR, ["jobs_posted"]) if one.month == "2023-03")
    assert (march.before.value, march.after.value) == (5, 500)
