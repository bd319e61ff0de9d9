"""What is promised of data that look wrong: planted faults are found, chance is not, a dismissal sticks to numbers."""

from __future__ import annotations

import json
import math
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from gzdash.ask import Desk
from gzdash.ask.suspicions import WATCHED, Spot, evidence_sql
from gzdash.cli.main import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.insight.detectors import DETECTORS
from gzdash.insight.dismissing import dismiss
from gzdash.insight.finding import Finding, Named
from gzdash.insight.surprise import above_count, above_share, beyond, tried
from gzdash.insight.suspicions import dismissals, findings, suspicions
from gzdash.lake import Lake
from gzdash.period import Period
from gzdash.reference import code_list
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.trace.spot import rows_of
from gzdash.words import Text
from tests import register as city
from tests.suspected import clean_city, code, lake_of, planted

FRAME = Path(__file__).resolve().parent.parent / "gzdash" / "screen" / "frame.py"
COPIER, ROUNDER, SLIPPER, HIRER, SILENT = (code(number) for number in (9_001, 9_002, 9_003, 9_004, 9_005))
HALF_YEAR = Selection(Period("2023-01", "2023-06"))
YEAR = Selection(Period("2023-01", "2023-08"))

FIGURES = ("jobs_posted", "graduates_hired", "credit_line", "activities", "coverage")

FOUND = {
    "copied": ("activities", COPIER, ("2023-03", "2023-05"), "这几个月的 4 行、8 个数全都一样"),
    "round": (
        "financing",
        ROUNDER,
        ("2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"),
        "金额（授信）：12 个数里 12 个是 100 万元的整倍数（100 %）",
    ),
    "jump": (
        "financing",
        SLIPPER,
        ("2023-08",),
        "金额（授信）：52 元，平常 45 万元，是平常的 8,654 分之一；像是把万元当元",
    ),
    "hired": (
        "jobs",
        HIRER,
        ("2023-04", "2023-05", "2023-06"),
        "2023年4—6月招聘 88 人，岗位 60 个，多 28 人（社会组织、高校毕业生）",
    ),
    "silent": (
        "submissions",
        SILENT,
        ("2022-12", "2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06", "2023-07", "2023-08"),
        "岗位与招聘月报：此前应报 15 次、报了 15 次，之后连续 9 次没有报",
    ),
}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A small city with one fault of each kind; tests only read it."""
    return lake_of(tmp_path_factory.mktemp("wrong") / "lake", planted(clean_city(2, 60)))


@pytest.fixture
def own(wrong: Lake, tmp_path: Path) -> Lake:
    """The same city for a test that writes."""
    copy = Path(shutil.copytree(wrong.root, tmp_path / "own" / "lake"))
    return Lake(copy, city.ticking("2023-09-21T09:00:00"))


def desk_of(lake: Lake) -> Desk:
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def of_kind(desk: Desk, kind: str) -> Finding:
    (found,) = (one for one in findings(desk) if one.kind == kind)
    return found


def test_the_kinds_are_declared_once_and_named_alike_everywhere() -> None:
    assert code_list("suspicion_kind").codes == tuple(DETECTORS) == tuple(FOUND)
    for key, detector in DETECTORS.items():
        assert detector.name == code_list("suspicion_kind").name_of(key)
    for one in WATCHED.values():
        assert {*one.columns, *one.group} <= set(TABLES[one.table].by_key)


@pytest.mark.parametrize("kind", FOUND)
def test_a_planted_fault_is_found_and_told_in_its_numbers(wrong: Lake, kind: str) -> None:
    table, holder, months, said = FOUND[kind]
    found = of_kind(desk_of(wrong), kind)
    assert (found.spot.table, found.spot.holder, found.spot.months) == (table, holder, months)
    # Between a number and its unit stands a space that does not break.
    assert found.said.zh.replace("\xa0", " ").startswith(said)


def test_the_strongest_comes_first_whatever_the_order_of_the_rows(wrong: Lake, tmp_path: Path) -> None:
    facts = planted(clean_city(2, 60))
    for rows in facts.values():
        random.Random(7).shuffle(rows)
    keys = [one.key for one in findings(desk_of(wrong))]
    assert [one.split(":")[0] for one in keys] == ["jump", "round", "silent", "copied", "hired"]
    assert [one.key for one in findings(desk_of(lake_of(tmp_path / "lake", facts)))] == keys


@pytest.mark.slow
def test_a_clean_city_of_a_thousand_organizations_gives_three_findings_or_fewer(tmp_path: Path) -> None:
    assert len(findings(desk_of(lake_of(tmp_path / "lake", clean_city(4, 1_000))))) <= 3


def test_a_whole_import_in_another_unit_is_told_once_and_not_for_each_organization(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real", city.ticking())
    amounts = (410_000, 530_000, 380_000, 620_000, 450_000, 290_000, 710_000, 480_000)
    for when in ("2023-01", "2023-02", "2023-03", "2023-04"):
        unit = 10_000 if when == "2023-04" else 1
        city.commit(lake, {"financing": [_line(number, when, amount / unit) for number, amount in enumerate(amounts)]})
    (found,) = (one for one in findings(desk_of(lake)) if one.kind == "jump")
    assert (found.spot.import_id, found.spot.holder, found.spot.months) == (4, "", ("2023-04",))
    assert found.said.zh.startswith("整批金额（授信）的中位数 46")
    assert found.said.zh.endswith("像是把万元当元")


def _line(number: int, when: str, amount: float) -> city.Row:
    return city._financing(code(number), f"{when}-{number + 1:02d}", f"{when}/{number}", "credit_line", f"{amount:.2f}")


def test_few_small_numbers_that_agree_are_no_copy(tmp_path: Path) -> None:
    facts = clean_city(2, 60)
    facts["jobs"] += [
        city.jobs(code(9_001), when, posts, chain=chain, hires=1)
        for when in ("2023-01", "2023-02", "2023-03")
        for chain, posts in ((city.AUTO, 2), (city.CARE, 1))
    ]
    assert findings(desk_of(lake_of(tmp_path / "lake", facts))) == ()


@pytest.mark.parametrize(
    ("selection", "kinds"),
    [
        (YEAR, {"copied", "round", "jump", "hired", "silent"}),
        (HALF_YEAR, {"copied", "round", "hired", "silent"}),
        # The copy is of May; March is what it was copied from.
        (Selection(Period("2023-03", "2023-03")), {"round", "silent"}),
        (YEAR.with_(organization=COPIER), {"copied"}),
        (YEAR.with_(types=("52",)), set()),
    ],
)
def test_a_reader_sees_the_findings_with_rows_in_the_selection(
    wrong: Lake, selection: Selection, kinds: set[str]
) -> None:
    assert {one.kind for one in suspicions(desk_of(wrong), selection)} == kinds


def test_a_finding_opens_its_rows_the_number_in_question_first(wrong: Lake) -> None:
    desk = desk_of(wrong)
    count, rows = rows_of(desk, wrong, of_kind(desk, "jump").spot, 10)
    assert (count, [row.numbers for row in rows]) == (2, [("52.00",), ("480000.00",)])
    assert (rows[0].organization, rows[0].month, rows[0].file) == (SLIPPER, "2023-08", "financing.xlsx")
    count, rows = rows_of(desk, wrong, of_kind(desk, "copied").spot, 3)
    assert (count, [row.numbers for row in rows]) == (8, [("13", "57"), ("21", "88"), ("9", "42")])
    count, rows = rows_of(desk, wrong, of_kind(desk, "silent").spot, 1)
    assert (count, rows[0].numbers) == (9, ("2023-01-10", None))


def test_what_is_dismissed_is_gone_from_the_list_and_changes_no_figure(own: Lake) -> None:
    desk = desk_of(own)
    key = of_kind(desk, "jump").key
    before = {name: desk.ask(name, YEAR).value for name in FIGURES}
    number = dismiss(own, DuckDBEngine(own.root), key, who="李", why="确有这一笔")
    after = desk_of(own)
    assert key not in {one.key for one in suspicions(after, YEAR)}
    assert {name: after.ask(name, YEAR).value for name in FIGURES} == before
    (gone,) = dismissals(after)
    assert (gone.kind, gone.finding, gone.reason, gone.import_id, gone.holds) == (
        "jump",
        key,
        "确有这一笔",
        number,
        True,
    )
    own.undo(number, "李", "看错了")
    assert key in {one.key for one in suspicions(desk_of(own), YEAR)}
    assert dismissals(desk_of(own)) == ()


def test_it_comes_back_when_its_numbers_change(own: Lake) -> None:
    key = of_kind(desk_of(own), "jump").key
    dismiss(own, DuckDBEngine(own.root), key, who="李", why="确有这一笔")
    corrected = [
        city._financing(SLIPPER, "2023-08-08", "S7", "credit_line", "480000.00"),
        city._financing(SLIPPER, "2023-08-09", "S9", "credit_line", "53.00"),
    ]
    city.commit(own, {"financing": corrected})
    desk = desk_of(own)
    (again,) = (one for one in suspicions(desk, YEAR) if one.kind == "jump")
    assert again.key != key
    assert not dismissals(desk)[0].holds


def test_a_dismissal_stays_while_other_numbers_change(own: Lake) -> None:
    key = of_kind(desk_of(own), "jump").key
    dismiss(own, DuckDBEngine(own.root), key, who="李", why="确有这一笔")
    city.commit(own, {"financing": [city._financing(code(3), "2023-09-01", "N", "credit_line", "770000.00")]})
    assert key not in {one.key for one in suspicions(desk_of(own), YEAR)}
    assert dismissals(desk_of(own))[0].holds


def test_a_silence_that_goes_on_is_the_same_one(own: Lake) -> None:
    key = of_kind(desk_of(own), "silent").key
    dismiss(own, DuckDBEngine(own.root), key, who="李", why="已停止活动")
    row = {"table": "jobs", "organization": SILENT, "month": city.month("2023-09"), "due": city.day("2023-09-18")}
    city.commit(own, {"submissions": [row | {"received": None}]})
    assert of_kind(desk_of(own), "silent").spot.months[-1] == "2023-09"
    assert dismissals(desk_of(own))[0].holds


def test_a_dismissal_stands_in_a_kept_file_and_says_who_and_why(own: Lake) -> None:
    key = of_kind(desk_of(own), "silent").key
    number = dismiss(own, DuckDBEngine(own.root), key.rpartition(":")[2], who="李", why="已停止活动")
    one = next(one for one in own.imports() if one.id == number)
    assert (one.who, one.why, one.tables) == ("李", "已停止活动", ("dismissals",))
    said = (own.uploads / one.kept).read_text("utf-8-sig").splitlines()
    assert said[0] == "类别,疑点,理由,排除日期"
    assert said[1] == f"silent,{key},已停止活动,2023-09-21"


def test_what_is_not_found_or_dismissed_already_is_refused(own: Lake) -> None:
    engine, key = DuckDBEngine(own.root), of_kind(desk_of(own), "hired").key
    with pytest.raises(Refused, match="finding-unknown"):
        dismiss(own, engine, "hired:jobs:nothing", who="李", why="无")
    dismiss(own, engine, key, who="李", why="跨月")
    with pytest.raises(Refused, match="finding-dismissed-already"):
        dismiss(own, engine, key, who="李", why="跨月")


def test_a_key_says_what_it_is_of_even_when_a_name_holds_colons() -> None:
    spot = Spot("aid", ("amount",), ("2023-02",), "示例:电器公司", None, "delivered|money")
    key = Finding("jump", spot, ("2023-02",), (1,), 9.0, Text("甲", "A")).key
    assert Named.from_key(key) == Named("aid", "示例:电器公司", "2023-02")
    assert Named.from_key("写错了") == Named(holder="写错了")


@pytest.mark.parametrize(
    ("found", "decades"),
    [
        (above_share(9, 10, 0.1), 7.63),
        (above_share(1, 10, 0.1), 0.0),
        (above_share(0, 0, 0.5), 0.0),
        (above_count(20, 10), 1.68),
        (above_count(9, 10), 0.0),
        (beyond(5), 5.43),
        (tried(1_000), 3.0),
        (tried(0), 0.0),
    ],
)
def test_decades_are_worked_out_by_hand(found: float, decades: float) -> None:
    assert found == pytest.approx(decades, abs=0.005)


@given(st.integers(1, 40), st.data(), st.floats(0.02, 0.95))
def test_a_share_is_never_called_rarer_than_it_is(of: int, data: st.DataObject, share: float) -> None:
    hits = data.draw(st.integers(0, of))
    tail = sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits, of + 1))
    assert above_share(hits, of, share) <= -math.log10(tail) + 1e-9


@given(st.integers(1, 60), st.floats(0.5, 40))
def test_a_count_is_never_called_rarer_than_it_is(found: int, expected: float) -> None:
    below = sum(math.exp(-expected + k * math.log(expected) - math.lgamma(k + 1)) for k in range(found))
    if 1 - below > 1e-9:
        assert above_count(found, expected) <= -math.log10(1 - below) + 1e-5


@pytest.mark.parametrize("mean", [1, 2, 3, 7, 12, 43])
def test_two_counts_agree_by_chance_as_often_as_poisson_says(wrong: Lake, mean: int) -> None:
    """The evidence of one number against the exact probability; zeros at its end are rounding and say nothing."""
    exact = sum(math.exp(2 * (-mean + k * math.log(mean) - math.lgamma(k + 1))) for k in range(150))
    desk = desk_of(wrong)
    for written in (f"{mean}", f"{mean}000::BIGINT", f"{mean}00.00::DECIMAL(18, 2)"):
        sql = f"SELECT {evidence_sql('n')} AS evidence FROM (SELECT {written} AS n)"
        (found,) = desk.engine.run(sql, {}, desk.snapshot)["evidence"].to_pylist()
        assert found == pytest.approx(-math.log10(exact), abs=0.05)


def test_the_commands_list_open_dismiss_and_refuse(own: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    def ran(*arguments: str) -> tuple[int, str]:
        code = main(["--lake", str(own.root), *arguments])
        return code, capsys.readouterr().out.replace("\xa0", " ")

    listed = json.loads(ran("suspicions", "--kind", "jump", "--period", "2023", "--format", "json")[1])
    (found,) = listed["findings"]
    assert (found["organization"], found["months"], found["strength"]) == (SLIPPER, ["2023-08"], "strong")
    name = found["key"].rpartition(":")[2]
    opened = json.loads(ran("suspicions", "--rows", name, "--format", "json")[1])
    assert [row["numbers"] for row in opened["rows"]] == ["52.00", "480000.00"]
    assert ran("dismiss", name, "--why", "确有这一笔")[0] == 0
    assert json.loads(ran("suspicions", "--kind", "jump", "--period", "2023", "--format", "json")[1])["findings"] == []
    assert ran("dismiss", name, "--why", "再来")[0] == 1


@pytest.mark.slow
def test_a_read_only_system_lists_findings_and_offers_no_dismissal(
    lake_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(lake_dir))

    def boxes() -> list[str | None]:
        page = AppTest.from_file(str(FRAME), default_timeout=120).switch_page("../../pages/suspicions.py").run()
        assert not page.exception
        return [one.key for one in page.selectbox if one.key and one.key.startswith("suspicions_one")] + [
            one.key for one in page.text_input if one.key and one.key.startswith("suspicions")
        ]

    assert len(boxes()) == 3
    monkeypatch.setenv("GZDASH_READONLY", "1")
    assert len(boxes()) == 1
