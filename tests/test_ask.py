"""What asking promises: declared questions only, nothing typed ever runs, and the same question is read once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from gzdash.answer import Question
from gzdash.ask import Desk, default_selection, statement
from gzdash.ask import desk as desk_module
from gzdash.ask.cache import Answers
from gzdash.dimensions import DIMENSIONS
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import WrongUsage
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import Period
from gzdash.scope import Scope
from gzdash.selection import Selection
from gzdash.tables import TABLES
from tests import register as city
from tests.register import BROAD, CLOSED, GIVING, MOVED, OUTSIDER, SCHOOL, SEVERAL, STRANGER, commit, jobs, ticking

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
EVERYTHING = Selection(Period("2000-01", "2023-08"))
HOSTILE = ("' OR 1=1 --", "'; DROP TABLE superseded; --", '" OR ""="', "$first", "%", "{organization}", "\\", "\x00")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    lake = city.build(tmp_path_factory.mktemp("city") / "lake")
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


@pytest.fixture
def _fresh_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "_CACHE", Answers(3))


def test_an_unknown_metric_is_wrong_usage_and_names_the_nearest(desk: Desk) -> None:
    with pytest.raises(WrongUsage) as wrong:
        desk.ask("job_posted", HALF_YEAR)
    fault = wrong.value.faults[0]
    assert (fault.code, fault.place) == ("metric-unknown", "metric")
    assert "job_posted" in fault.title.zh
    assert "job_posted" in fault.title.en
    assert "The nearest are jobs_posted," in fault.remedy.en
    assert "最接近的是 jobs_posted," in fault.remedy.zh


def test_an_unknown_split_is_wrong_usage_and_names_all_there_are(desk: Desk) -> None:
    with pytest.raises(WrongUsage) as wrong:
        desk.ask("jobs_posted", HALF_YEAR, "colour")
    fault = wrong.value.faults[0]
    assert (fault.code, fault.place) == ("split-unknown", "by")
    assert "colour" in fault.title.en
    assert all(name in fault.remedy.zh and name in fault.remedy.en for name in DIMENSIONS)


def test_a_split_that_a_metric_does_not_allow_is_wrong_usage_and_names_those_it_does(desk: Desk) -> None:
    with pytest.raises(WrongUsage) as wrong:
        desk.ask("jobs_posted", HALF_YEAR, "month", "lender")
    fault = wrong.value.faults[0]
    assert fault.code == "split-not-possible"
    assert (fault.title.zh, fault.title.en) == (
        "“发布岗位”不能按资金机构拆分。",
        "“Jobs posted” cannot be split by Lender kind.",
    )
    assert fault.remedy.en == "There are: month, quarter, year, chain, district, type, grade, organization."


@pytest.mark.parametrize("key", METRICS)
def test_every_split_a_metric_does_not_allow_is_refused(key: str, desk: Desk) -> None:
    for name in set(DIMENSIONS) - set(METRICS[key].splits):
        with pytest.raises(WrongUsage):
            desk.ask(key, HALF_YEAR, name)


@pytest.mark.parametrize("key", METRICS)
def test_what_a_reader_chose_is_only_ever_a_bound_parameter(key: str) -> None:
    selection = Selection(
        Period("2021-11", "2022-10"),
        (city.AUTO,),
        (city.LIANNAN,),
        ("440104",),
        ("51",),
        ("visits",),
        "' OR 1=1 --",
    )
    scope = Scope(("440106",), (city.CARE,), ("53",))
    metric = METRICS[key]
    for split in ((), *((name,) for name in metric.splits)):
        sql, parameters = statement([Question(key, selection, split, scope)])
        typed = ("OR 1=1", "2021", "2022", city.AUTO, city.CARE, city.LIANNAN, "440104", "440106", "'51'", "'53'")
        assert [word for word in typed if word in sql] == []
        assert parameters["organization"] == "' OR 1=1 --"
        assert all(f"${name}" in sql for name in parameters)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_finds_nothing_and_harms_nothing(text: str, desk: Desk) -> None:
    before = desk.ask("jobs_posted", HALF_YEAR).value
    hostile = HALF_YEAR.with_(organization=text)
    for key, metric in METRICS.items():
        assert not desk.ask(key, hostile).value
        assert desk.ask(key, hostile, *metric.splits[3:4]).rows == ()
    for table in TABLES:
        if table not in ("targets", "merges", "dismissals"):
            assert desk.count(table, hostile) == 0
            assert list(desk.rows(table, hostile)) == [] or next(desk.rows(table, hostile)).num_rows == 0
    assert desk.find_organizations(text, 10) == []
    assert desk.organization_name(text) == ""
    fresh = Desk(desk.snapshot, DuckDBEngine(desk.snapshot.root))
    assert fresh.engine.run("SELECT count(*) AS n FROM superseded", {}, fresh.snapshot)["n"][0].as_py() == 1
    assert before == desk.ask("jobs_posted", HALF_YEAR.with_(as_of=5)).value == 90


def test_scope_narrows_what_is_seen_and_never_widens_what_was_chosen(desk: Desk) -> None:
    def posted(scope: Scope, selection: Selection = HALF_YEAR) -> object:
        return desk.ask("jobs_posted", selection, scope=scope).value

    assert posted(Scope()) == 90
    assert posted(Scope(districts=("440104",))) == 10 + 11 + 30 + 12
    assert posted(Scope(types=("52", "53"))) == 5 + 0
    assert posted(Scope(chains=(city.AUTO, city.AI))) == 10 + 11 + 7
    assert posted(Scope(("440104",), (city.AUTO,), ("51",))) == 10 + 11
    assert posted(Scope(districts=("440104",)), HALF_YEAR.with_(districts=("440106",))) is None
    assert posted(Scope(districts=("440104",)), HALF_YEAR.with_(districts=("440104", "440106"))) == 63
    assert desk.ask("organizations", HALF_YEAR, scope=Scope(chains=(city.SOFTWARE,))).value == 2
    assert desk.ask("organizations", HALF_YEAR, "type", scope=Scope(types=("51",))).by_key.keys() == {("51",)}


def test_scope_narrows_detail_rows_and_their_count(desk: Desk) -> None:
    scope = Scope(districts=("440106",), types=("51",))
    assert desk.count("jobs", HALF_YEAR, scope) == 3
    rows = [row for batch in desk.rows("jobs", HALF_YEAR, scope) for row in batch.to_pylist()]
    assert {row["organization"] for row in rows} == {BROAD}


@pytest.mark.usefixtures("_fresh_cache")
def test_the_same_question_over_the_same_snapshot_is_the_same_answer(desk: Desk) -> None:
    first = desk.ask("jobs_posted", HALF_YEAR, "chain")
    same = Desk(desk.snapshot, DuckDBEngine(desk.snapshot.root))
    assert same.ask("jobs_posted", Selection(Period("2023-01", "2023-06"), ()), "chain") is first
    assert desk.ask("jobs_posted", HALF_YEAR, "chain", scope=Scope(types=("51",))) is not first
    assert desk.ask("jobs_posted", HALF_YEAR, "chain") is first


@pytest.mark.usefixtures("_fresh_cache")
def test_only_so_many_answers_are_kept_and_the_oldest_is_read_again(desk: Desk) -> None:
    first = desk.ask("jobs_posted", HALF_YEAR)
    for name in ("month", "chain", "type"):
        desk.ask("jobs_posted", HALF_YEAR, name)
    again = desk.ask("jobs_posted", HALF_YEAR)
    assert again is not first
    assert again.rows == first.rows


def test_only_so_many_rows_are_kept_but_always_the_newest_answer(desk: Desk) -> None:
    kept = Answers(rows=8)

    def put(*split: str) -> tuple[str, int, Question]:
        answer = desk.ask("jobs_posted", HALF_YEAR, *split)
        kept.put(key := ("", 0, answer.question), answer)
        return key

    whole, months = put(), put("month")
    assert kept.get(months).table.num_rows == 6
    put("month")  # Once more: nothing is held twice.
    assert len(kept) == 2
    many = put("organization", "month")
    assert kept.get(many).table.num_rows > 8
    assert (kept.get(whole), kept.get(months), len(kept)) == (None, None, 1)


def test_another_snapshot_has_another_answer_and_the_old_one_stays(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "demo")
    engine = DuckDBEngine(lake.root)
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    before = Desk(lake.snapshot(), engine)
    assert before.ask("jobs_posted", HALF_YEAR).value == 3
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]})
    after = Desk(lake.snapshot(), engine)
    assert after.ask("jobs_posted", HALF_YEAR).value == 4
    assert before.ask("jobs_posted", HALF_YEAR).value == 3
    answer = after.ask("jobs_posted", HALF_YEAR)
    assert (answer.event, answer.is_demo, answer.question) == (2, True, Question("jobs_posted", HALF_YEAR))


def test_an_answer_with_a_split_has_no_total(desk: Desk) -> None:
    with pytest.raises(ValueError, match="without the split"):
        _ = desk.ask("jobs_posted", HALF_YEAR, "chain").total


def test_a_ratio_keeps_its_halves_and_is_unknown_where_there_is_nothing_to_divide_by(desk: Desk) -> None:
    total = desk.ask("fill_rate", HALF_YEAR).total
    assert (total.value, total.numerator, total.denominator) == (61 / 90, 61, 90)
    nothing = desk.ask("fill_rate", HALF_YEAR.with_(organization=GIVING)).total
    assert (nothing.value, nothing.numerator, nothing.denominator) == (None, 0, 0)
    nobody = desk.ask("fill_rate", HALF_YEAR.with_(organization=OUTSIDER)).total
    assert (nobody.value, nobody.numerator, nobody.denominator) == (None, None, None)


# Rows of each table that a selection holds, counted by hand.
@pytest.mark.parametrize(
    ("table", "selection", "count"),
    [
        ("jobs", HALF_YEAR, 13),
        ("jobs", HALF_YEAR.with_(chains=(city.AUTO,)), 3),
        ("jobs", Selection(Period("2023-05", "2023-05")), 2),
        ("training", HALF_YEAR, 4),
        ("activities", HALF_YEAR.with_(programmes=("visits",)), 3),
        ("needs", HALF_YEAR.with_(organization=MOVED), 2),
        ("financing", HALF_YEAR.with_(types=("52",)), 2),
        ("aid_projects", HALF_YEAR, 3),
        ("aid", HALF_YEAR.with_(regions=(city.SANPAI,)), 4),
        ("aid", HALF_YEAR.with_(organization=OUTSIDER), 2),
        ("submissions", HALF_YEAR, 7),
        ("organizations", HALF_YEAR, 4),
        ("organizations", HALF_YEAR.with_(chains=(city.SOFTWARE,)), 2),
        ("organization_chains", HALF_YEAR, 9),
        ("organization_chains", HALF_YEAR.with_(organization=STRANGER), 1),
        ("targets", HALF_YEAR.with_(organization=MOVED), 2),
    ],
)
def test_detail_rows_are_those_of_the_selection_and_as_many_as_counted(
    table: str, selection: Selection, count: int, desk: Desk
) -> None:
    batches = list(desk.rows(table, selection, batch=2))
    assert [batch.num_rows for batch in batches if batch.num_rows > 2] == []
    assert sum(batch.num_rows for batch in batches) == desk.count(table, selection) == count


@pytest.mark.parametrize("table", TABLES)
def test_detail_rows_bring_every_declared_column_and_where_each_came_from(table: str, desk: Desk) -> None:
    rows = pa.Table.from_batches(desk.rows(table, EVERYTHING))
    declared = [column.key for column in TABLES[table].columns]
    assert rows.column_names == [*declared, "import_id", "source_file", "source_sheet", "source_row"]
    assert rows.num_rows > 0
    assert set(rows["source_file"].to_pylist()) == {f"{table}.xlsx"}
    assert min(rows["source_row"].to_pylist()) >= 2


@pytest.mark.parametrize("sorted_together", [1, 7, 1_000_000])
def test_detail_rows_keep_one_order_however_many_are_sorted_together(
    sorted_together: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gzdash.ask.desk._ROWS_SORTED", sorted_together)
    for table in TABLES:
        stored = f"""
            SELECT import_id, source_file, source_row FROM raw_{table}
            ORDER BY import_id, submission_month, submission_owner, source_row, source_part
        """
        places = [tuple(row.values()) for row in desk.engine.run(stored, {}, desk.snapshot).to_pylist()]
        rows = pa.Table.from_batches(desk.rows(table, EVERYTHING)).to_pylist()
        found = [places.index((row["import_id"], row["source_file"], row["source_row"])) for row in rows]
        assert found == sorted(found)
        assert len(rows) == desk.count(table, EVERYTHING)


def test_detail_rows_come_as_they_are_asked_for(desk: Desk) -> None:
    rows = desk.rows("jobs", HALF_YEAR, batch=5)
    assert isinstance(rows, Iterator)
    assert next(rows).num_rows == 5
    rows.close()  # type: ignore[attr-defined]


def test_money_in_detail_rows_is_exact(desk: Desk) -> None:
    rows = pa.Table.from_batches(desk.rows("aid", HALF_YEAR.with_(organization=GIVING)))
    assert rows["amount"].to_pylist() == [Decimal("1234567890123.45")]


@pytest.mark.parametrize(
    ("text", "most", "codes"),
    [
        ("软件", 10, [BROAD]),
        ("示例信创", 10, [CLOSED]),
        (SCHOOL, 10, [SCHOOL]),
        (SCHOOL.lower(), 10, [SCHOOL]),
        ("52440100", 10, [SCHOOL, city.FUTURE]),
        ("0100MJ", 10, []),
        ("没有这样的组织", 10, []),
        ("示例电器公司", 10, []),
    ],
)
def test_organizations_are_found_by_a_part_of_the_name_or_the_beginning_of_the_code(
    text: str, most: int, codes: list[str], desk: Desk
) -> None:
    assert sorted(code for code, _ in desk.find_organizations(text, most)) == sorted(codes)


def test_no_more_organizations_are_found_than_asked_for(desk: Desk) -> None:
    assert len(desk.find_organizations("示例", 100)) == 9
    assert len(desk.find_organizations("示例", 4)) == 4
    assert desk.find_organizations("金融", 4) == [(SEVERAL, "示例金融业协会")]


def test_an_organization_has_the_name_of_the_register_or_none(desk: Desk) -> None:
    assert desk.organization_name(MOVED) == "示例智能网联汽车协会"
    assert desk.organization_name(STRANGER) == ""


def test_targets_are_those_the_office_has_set_and_no_others(desk: Desk) -> None:
    assert desk.targets() == {
        ("credit_line", 2023): Decimal("60000000.50"),
        ("jobs_posted", 2023): Decimal("5000.00"),
    }


def test_the_demonstration_opens_on_the_published_period_and_a_real_lake_on_the_year_to_date(tmp_path: Path) -> None:
    for kind, period in (("demo", Period("2023-01", "2023-07")), ("real", Period("2023-01", "2023-06"))):
        lake = Lake.init(tmp_path / kind, kind, ticking())  # type: ignore[arg-type]
        commit(lake, {"jobs": [jobs(MOVED, "2023-06")]})
        assert default_selection(lake.snapshot()) == Selection(period)
    empty = Lake.init(tmp_path / "empty", "real", ticking("2024-01-05T00:00:00"))
    assert default_selection(empty.snapshot()) == Selection(Period("2023-01", "2023-12"))
