"""What is promised of duplicates: they are found, only a person merges them, and what was merged comes back whole."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gzdash.answer import Question
from gzdash.ask import Desk
from gzdash.ask.contributions import Traced, by_import, page_of
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.insight.duplicates import Group, decisions, duplicates
from gzdash.intake.merging import Decision, decide, foresee
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import Period
from gzdash.reference import code_list
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.tables.identity import IDENTITIES
from gzdash.trace import trace
from tests import register as city
from tests.register import BROAD, GIVING, LIANNAN, MOVED, SCHOOL, SEVERAL, day

HALF_YEAR = Selection(Period("2023-01", "2023-06"))

# Two organizations report one case, one salon, one gift and one project. Another gift is as large, on another day.
TWICE: city.Rows = {
    "financing": [
        city._financing(MOVED, "2023-02-10", "rz-2023 ００７", "credit_line", "800000.00", firm_size="small"),
        city._financing(SEVERAL, "2023-03-11", "RZ2023007", "credit_line", "810000.00", firm_size="small"),
        city._financing(BROAD, "2023-05-01", "Q1", "disbursed", "4321.00"),
        city._financing(GIVING, "2023-05-01", "Q2", "disbursed", "4321.00"),
    ],
    "activities": [
        city._activity(MOVED, "2023-05-21", "salon", city.PANYU, participants=57, title="甲"),
        city._activity(BROAD, "2023-05-21", "salon", city.PANYU, participants=57, title="乙"),
        city._activity(SCHOOL, "2023-05-21", "salon", city.PANYU),
        city._activity(BROAD, "2023-05-22", "salon", city.PANYU, participants=57),
    ],
    "aid": [
        city._aid(SCHOOL, "2023-04-04", LIANNAN, "money", "6000.00"),
        city._aid(city.OUTSIDER, "2023-04-04", LIANNAN, "money", "6000.00"),
        city._aid(SEVERAL, "2023-04-05", LIANNAN, "money", "6000.00"),
    ],
    "aid_projects": [
        city._project("P7", SCHOOL, "2023-05-05", LIANNAN, planned_amount=Decimal("70.00"), theme="health"),
        city._project("P8", BROAD, "2023-05-05", LIANNAN, planned_amount=Decimal("70.00"), theme="health"),
    ],
}
KEPT = f"{MOVED}|rz-2023 ００７|credit_line"
OTHER = f"{SEVERAL}|RZ2023007|credit_line"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = city.build(tmp_path / "lake")
    city.commit(made, TWICE)
    return made


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def at(lake: Lake, engine: DuckDBEngine) -> Desk:
    return Desk(lake.snapshot(), engine)


def value(desk: Desk, key: str) -> object:
    return desk.ask(key, HALF_YEAR).value


def found(desk: Desk) -> dict[tuple[str, ...], Group]:
    return {tuple(one.identity for one in group.reports): group for group in duplicates(desk, HALF_YEAR)}


def merge(lake: Lake, engine: DuckDBEngine, kept: str, *dropped: str, kind: str = "financing") -> int:
    return decide(lake, engine, Decision(kind, "merge", kept, dropped, "已核对合同"), "李")


def test_the_kinds_of_a_decision_are_the_tables_that_have_identities() -> None:
    assert code_list("duplicate_kind").codes == tuple(IDENTITIES) == ("financing", "activities", "aid", "aid_projects")
    for table, columns in IDENTITIES.items():
        assert set(columns) <= set(TABLES[table].by_key)


def test_one_number_however_written_and_one_day_kind_and_amount_are_suspected(lake: Lake, engine: DuckDBEngine) -> None:
    groups = found(at(lake, engine))
    assert groups[(OTHER, KEPT)[::-1]].why == "number"
    assert groups[(OTHER, KEPT)[::-1]].strength == "strong"
    others = {(group.kind, tuple(one.organization for one in group.reports)) for group in groups.values()}
    assert others == {
        ("financing", (MOVED, SEVERAL)),
        ("financing", (BROAD, GIVING)),
        ("activities", (MOVED, BROAD)),
        ("aid", (SCHOOL, city.OUTSIDER)),
        ("aid_projects", (BROAD, SCHOOL)),
    }
    # Both disbursed A1 as well, and the small city says that these are not the same.
    assert not any(f"{BROAD}|A1|disbursed" in key for key in groups)


def test_the_strongest_comes_first_and_each_report_knows_its_cell(lake: Lake, engine: DuckDBEngine) -> None:
    first = duplicates(at(lake, engine), HALF_YEAR)[0]
    assert (first.why, first.amount) == ("number", Decimal("800000.00"))
    report = first.reports[0]
    assert (report.organization, report.file, report.sheet, report.row) == (MOVED, "financing.xlsx", "Sheet1", 2)
    assert report.import_id == 5


def test_a_common_amount_on_a_common_day_says_little() -> None:
    group = Group("aid", "day", (), often=30, chance=Decimal(30 * 29) / (2 * 181))
    assert group.strength == "weak"
    assert Group("aid", "day", (), often=2, chance=Decimal("0.006")).strength == "likely"
    assert Group("aid", "day", (), often=2, chance=Decimal("0.006"), differs=1).strength == "possible"


def test_nothing_is_merged_until_a_person_does(lake: Lake, engine: DuckDBEngine) -> None:
    desk = at(lake, engine)
    assert value(desk, "credit_line") == Decimal("6615320.35") == value(desk, "credit_line_gross")
    assert value(desk, "activities") == 15 == value(desk, "activities_gross")


def test_what_is_merged_leaves_the_figures_and_stays_in_the_gross_ones(lake: Lake, engine: DuckDBEngine) -> None:
    merge(lake, engine, KEPT, OTHER)
    desk = at(lake, engine)
    assert value(desk, "credit_line") == Decimal("5805320.35")
    assert value(desk, "credit_line_gross") == Decimal("6615320.35")
    assert value(desk, "credit_cases") == 7
    assert (OTHER, KEPT) not in found(desk)
    assert (KEPT, OTHER) not in found(desk)


def test_an_activity_a_gift_and_a_project_are_merged_alike(lake: Lake, engine: DuckDBEngine) -> None:
    for group in [group for group in found(at(lake, engine)).values() if group.kind != "financing"]:
        kept, *dropped = (report.identity for report in group.reports)
        merge(lake, engine, kept, *dropped, kind=group.kind)
    desk = at(lake, engine)
    assert (value(desk, "activities"), value(desk, "activities_gross")) == (14, 15)
    assert (value(desk, "aid_projects"), value(desk, "aid_projects_gross")) == (4, 6)
    assert value(desk, "aid_planned") == Decimal("3070.50")
    assert Decimal(str(value(desk, "aid_value_gross"))) - Decimal(str(value(desk, "aid_value"))) == Decimal("6000.00")
    assert {group.kind for group in duplicates(desk, HALF_YEAR)} == {"financing"}


def test_every_figure_still_adds_up_to_its_rows_after_merges(lake: Lake, engine: DuckDBEngine) -> None:
    for group in found(at(lake, engine)).values():
        merge(lake, engine, *(report.identity for report in group.reports), kind=group.kind)
    desk = at(lake, engine)
    for key, metric in METRICS.items():
        row = desk.ask(key, HALF_YEAR).total
        whole = row.numerator if metric.is_ratio else row.value
        traced = Traced(Question(key, HALF_YEAR))
        rows = sum((Decimal(one["value"]) for one in page_of(desk, traced, 0, 1_000)), Decimal(0))
        assert rows == (whole or 0) == sum(Decimal(one) for one in by_import(desk, traced)["value"].to_pylist()), key


def test_undo_gives_every_figure_back_and_the_group_to_decide_again(lake: Lake, engine: DuckDBEngine) -> None:
    before = {key: value(at(lake, engine), key) for key in METRICS}
    groups = set(found(at(lake, engine)))
    event = lake.position()[1]
    number = merge(lake, engine, KEPT, OTHER)
    lake.undo(number, "李", "其实是两笔")
    assert {key: value(at(lake, engine), key) for key in METRICS} == before
    assert set(found(at(lake, engine))) == groups
    # As it stood between the two, it was merged.
    then = Desk(lake.snapshot(event + 1), engine)
    assert value(then, "credit_line") == Decimal("5805320.35")


def test_what_is_not_the_same_changes_no_figure_and_is_not_asked_again(lake: Lake, engine: DuckDBEngine) -> None:
    before = value(at(lake, engine), "credit_line")
    number = decide(lake, engine, Decision("financing", "distinct", KEPT, (OTHER,), "两份合同"), "李")
    desk = at(lake, engine)
    assert value(desk, "credit_line") == before
    assert (KEPT, OTHER) not in found(desk)
    lake.undo(number, "李", "看错了")
    assert (KEPT, OTHER) in found(at(lake, engine))


def test_the_preview_is_what_the_merge_then_does(lake: Lake, engine: DuckDBEngine) -> None:
    period, figures = foresee(lake, engine, Decision("financing", "merge", KEPT, (OTHER,), ""))
    assert str(period) == "2023-02..2023-03"
    before = lake.position()
    assert {one.metric.key: one.after for one in figures}["credit_line"] == Decimal("5800250.35")
    assert lake.position() == before
    merge(lake, engine, KEPT, OTHER)
    desk = at(lake, engine)
    assert [one.after for one in figures] == [desk.ask(one.metric.key, Selection(period)).value for one in figures]


def test_a_restatement_keeps_the_decision(lake: Lake, engine: DuckDBEngine) -> None:
    merge(lake, engine, KEPT, OTHER)
    corrected = city._financing(SEVERAL, "2023-03-12", "RZ2023007", "credit_line", "999999.00", firm_size="small")
    city.commit(lake, {"financing": [corrected]})
    desk = at(lake, engine)
    assert value(desk, "credit_line") == Decimal("5805320.35")
    assert value(desk, "credit_line_gross") == Decimal("6805319.35")


def test_while_the_one_kept_is_not_in_the_store_the_other_counts(lake: Lake, engine: DuckDBEngine) -> None:
    only = city._financing(GIVING, "2023-06-02", "Z1", "credit_line", "11.00")
    number = city.commit(lake, {"financing": [only]})
    merge(lake, engine, f"{GIVING}|Z1|credit_line", OTHER)
    assert decisions(at(lake, engine))[0].holds
    lake.undo(number, "李", "误报")
    desk = at(lake, engine)
    assert value(desk, "credit_line") == Decimal("6615320.35")
    assert not decisions(desk)[0].holds


def test_merges_made_into_a_circle_by_undo_and_redo_lose_nothing(lake: Lake, engine: DuckDBEngine) -> None:
    first = merge(lake, engine, KEPT, OTHER)
    lake.undo(first, "李", "反了")
    merge(lake, engine, OTHER, KEPT)
    lake.redo(first, "李", "又改")
    # Exactly one of the two counts.
    assert value(at(lake, engine), "credit_line") in (Decimal("5805320.35"), Decimal("5815320.35"))


@pytest.mark.parametrize(
    ("kept", "dropped", "code"),
    [
        (KEPT, ("nobody|0|credit_line",), "duplicate-unknown"),
        (KEPT, (KEPT,), "duplicate-one-only"),
        (KEPT, (), "duplicate-one-only"),
    ],
)
def test_a_decision_on_what_is_not_there_is_refused(
    kept: str, dropped: tuple[str, ...], code: str, lake: Lake, engine: DuckDBEngine
) -> None:
    with pytest.raises(Refused) as refused:
        merge(lake, engine, kept, *dropped)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_what_was_merged_cannot_be_merged_again(lake: Lake, engine: DuckDBEngine) -> None:
    merge(lake, engine, KEPT, OTHER)
    with pytest.raises(Refused, match="duplicate-merged-already"):
        merge(lake, engine, OTHER, KEPT)


def test_a_decision_stands_in_a_kept_file_and_says_who_and_why(lake: Lake, engine: DuckDBEngine) -> None:
    number = merge(lake, engine, KEPT, OTHER)
    one = next(one for one in lake.imports() if one.id == number)
    assert (one.who, one.why, one.tables) == ("李", "已核对合同", ("merges",))
    said = (lake.uploads / one.kept).read_text("utf-8-sig").splitlines()
    assert said[0] == "报表,决定,保留,不再计,理由,决定日期"
    assert said[1].startswith(f"financing,merge,{KEPT},{OTHER},已核对合同,2023-")


def test_a_traced_gross_figure_names_the_cells_of_what_was_merged(lake: Lake, engine: DuckDBEngine) -> None:
    merge(lake, engine, KEPT, OTHER)
    desk = at(lake, engine)
    assert {row.organization for row in trace(desk, lake, Question("credit_line_gross", HALF_YEAR)).rows()} >= {SEVERAL}
    assert SEVERAL not in {row.organization for row in trace(desk, lake, Question("credit_line", HALF_YEAR)).rows()}


def test_a_project_merged_into_another_still_lends_its_theme_to_the_aid_that_names_it(
    lake: Lake, engine: DuckDBEngine
) -> None:
    gift = city._aid(SCHOOL, "2023-06-06", LIANNAN, "money", "3.00", project="P8")
    city.commit(lake, {"aid": [gift | {"date": day("2023-06-06")}]})
    merge(lake, engine, f"{SCHOOL}|P7", f"{BROAD}|P8", kind="aid_projects")
    themes = {row.key[0]: row.value for row in at(lake, engine).ask("aid_value", HALF_YEAR, "theme").rows}
    assert themes["health"] == Decimal("503.00")
