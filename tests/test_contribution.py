"""What is promised of contributions: the parts of a change add up to it exactly, rate and mix apart for ratios."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gzdash.answer import Answer, Question
from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.insight.breakdown import breakdown, exact_headers, exact_rows
from gzdash.insight.change import change_of
from gzdash.insight.contribution import Contributions, contributions, explained
from gzdash.insight.sentences import apportioned, change_sentence, full_sentence, joined, settled
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city
from tests.register import BROAD, GIVING, LIANNAN, MOVED, REGISTER, SCHOOL, SEVERAL, XUWEN, commit, jobs, ticking

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
TIME = {"month", "quarter", "year"}

# A year before the facts of the small city, with some of its givers, leads and chains, and others.
YEAR_BEFORE: city.Rows = {
    "jobs": [
        jobs(MOVED, "2022-01", 20, hires=5),
        jobs(BROAD, "2022-03", 9, hires=9),
        jobs(SCHOOL, "2022-05", 40, hires=10, source="member_unit"),
        jobs(SEVERAL, "2022-06", 4, hires=4),
        jobs(GIVING, "2022-02", 0, hires=3),
    ],
    "financing": [
        city._financing(MOVED, "2022-02-15", "Z1", "credit_line", "30000.30", firm_size="small"),
        city._financing(SCHOOL, "2022-05-05", "Z2", "credit_line", "0.05", lender="state_bank"),
        city._financing(SCHOOL, "2022-06-05", "Z2", "disbursed", "0.01", lender="state_bank"),
    ],
    "activities": [city._activity(MOVED, "2022-01-31", "matchmaking", firms=5, mechanism="talent")],
    "needs": [city._need(MOVED, "2022-03-31", "financing"), city._need(SCHOOL, "2022-04-01", "market", "2022-04-03")],
    "aid_projects": [city._project("P0", BROAD, "2022-03-01", XUWEN, state="completed")],
    "aid": [
        city._aid(MOVED, "2022-01-20", LIANNAN, "money", "33.33"),
        city._aid(GIVING, "2022-01-20", XUWEN, "goods", "0.67", beneficiaries=4),
    ],
    "submissions": [
        city._report("jobs", MOVED, "2022-01", "2022-02-05", "2022-02-03"),
        city._report("jobs", SCHOOL, "2022-01", "2022-02-05", ""),
    ],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small city, with a year before."""
    lake = city.build(tmp_path_factory.mktemp("why") / "lake")
    commit(lake, YEAR_BEFORE)
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def drawn(key: str, now: dict[str | None, object], before: dict[str | None, object]) -> Contributions:
    """The change of a metric by chain, from values or pairs of halves by code."""
    whole, parts = [], []
    for values in (now, before):
        for split in ((), ("chain",)):
            rows = list(values.items()) if split else [(None, _sum(list(values.values())))]
            columns: dict[str, list[object]] = {"chain": [code for code, _ in rows]} if split else {}
            halves = [value if isinstance(value, tuple) else (value, None) for _, value in rows]
            columns["numerator"] = [over for over, _ in halves]
            if METRICS[key].is_ratio:
                columns["denominator"] = [under for _, under in halves]
            answer = Answer(Question(key, HALF_YEAR, split), 1, False, pa.table(columns))
            (parts if split else whole).append(answer)
    return explained(whole[0].total, whole[1].total, parts[0], parts[1])


def _sum(values: list[object]) -> object:
    if values and isinstance(values[0], tuple):
        return tuple(sum(one[place] for one in values) for place in (0, 1))  # type: ignore[index]
    return sum(values)  # type: ignore[arg-type]


def test_over_the_small_city_every_metric_adds_up_exactly_by_every_split(desk: Desk) -> None:
    compared = set()
    for key, metric in METRICS.items():
        axes = [name for name in metric.splits if name not in TIME]
        for whole in contributions(desk, key, HALF_YEAR, *axes):
            amounts = [part.amount for part in whole.parts]
            assert sum(amounts, start=whole.overlap) == whole.difference, (key, whole.dimension)
            assert metric.adds_up(whole.dimension) is False or whole.overlap == 0, (key, whole.dimension)
            if metric.is_ratio:
                assert whole.rate + whole.mix + whole.overlap == whole.difference
                assert whole.difference == _quotient(whole.now) - _quotient(whole.before)
            else:
                assert whole.difference == whole.now.value - whole.before.value  # type: ignore[operator]
            compared.add(key)
    assert len(compared) >= 35


def _quotient(row: object) -> Fraction:
    return Fraction(row.numerator) / Fraction(row.denominator)  # type: ignore[attr-defined]


def test_posts_of_each_organization_less_those_of_last_year_by_hand(desk: Desk) -> None:
    (whole,) = contributions(desk, "jobs_posted", HALF_YEAR, "organization")
    # 2023: 10 + 11 + 30 of MOVED, 7 + 9 of BROAD, 5, 12, 6 of others, 0 of GIVING; 2022: 20, 9, 4 and 0.
    assert whole.difference == 90 - 33
    assert [(part.code, part.amount) for part in whole.parts] == [
        (MOVED, 31),
        (city.CLOSED, 12),
        (BROAD, 7),
        (city.STRANGER, 6),
        (SCHOOL, 5),
        (SEVERAL, -4),
        (GIVING, 0),
    ]
    assert (whole.entered, whole.left, whole.overlap) == (3, 1, 0)


def test_money_keeps_its_cents(desk: Desk) -> None:
    (whole,) = contributions(desk, "credit_line", HALF_YEAR, "firm_size")
    assert whole.difference == Decimal("5005320.35") - Decimal("30000.35")
    assert {part.code: part.amount for part in whole.parts} == {
        "small": Decimal("4969999.80"),
        "large": Decimal("1000.00"),
        "micro": Decimal("4000.00"),
        "medium": Decimal("60.00"),
        None: Decimal("260.20"),
    }


def test_what_is_counted_once_adds_up_by_itself_and_overlaps_elsewhere(desk: Desk) -> None:
    by_self, by_prefecture = contributions(desk, "organizations_in_aid", HALF_YEAR, "organization", "prefecture")
    # MOVED, BROAD, GIVING, SEVERAL and STRANGER gave in 2023; MOVED and GIVING in 2022.
    assert (by_self.difference, by_self.overlap, by_self.entered, by_self.left) == (3, 0, 3, 0)
    # BROAD gave in two prefectures and counts once.
    assert (sum(part.amount for part in by_prefecture.parts), by_prefecture.overlap) == (4, -1)


def test_rate_and_mix_by_hand() -> None:
    # Half of all posts were filled at 20 %, half at 60 %; now a quarter at 40 %, three quarters at 60 %.
    whole = drawn("fill_rate", {"GZ21-01": (10, 25), "GZ21-02": (45, 75)}, {"GZ21-01": (10, 50), "GZ21-02": (30, 50)})
    first, second = sorted(whole.parts, key=lambda part: part.code or "")
    assert whole.difference == Fraction(55, 100) - Fraction(40, 100)
    # (1/4 + 1/2) / 2 × 20 points; (30 % − 47.5 %) × −25 points.
    assert (first.rate, first.mix) == (Fraction(75, 1000), Fraction(175, 1000) * Fraction(1, 4))
    assert (second.rate, second.mix) == (0, Fraction(125, 1000) * Fraction(1, 4))
    assert whole.rate + whole.mix == whole.difference


def test_a_part_that_comes_or_goes_is_mix_and_what_has_no_denominator_is_rate() -> None:
    whole = drawn(
        "fill_rate",
        {"GZ21-01": (5, 10), "GZ21-02": (9, 10), "GZ21-04": (2, 0)},
        {"GZ21-01": (5, 10), "GZ21-03": (1, 10), "GZ21-04": (0, 0)},
    )
    effects = {part.code: (part.rate, part.mix) for part in whole.parts}
    # The whole went from 30 % to 80 %, its middle is 55 %.
    assert effects["GZ21-01"] == (0, 0)
    assert effects["GZ21-02"] == (0, Fraction(35, 100) / 2)
    assert effects["GZ21-03"] == (0, Fraction(45, 100) / 2)
    assert effects["GZ21-04"] == (Fraction(1, 10), 0)
    assert whole.rate + whole.mix == whole.difference == Fraction(1, 2)


HALVES = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
CODES = st.sampled_from([None, "GZ21-01", "GZ21-02", "GZ21-03", "GZ21-04"])
CENTS = st.decimals(0, 10**9, places=2)


@given(st.dictionaries(CODES, HALVES, min_size=1), st.dictionaries(CODES, HALVES, min_size=1))
def test_any_ratio_adds_up_exactly(now: dict[str | None, object], before: dict[str | None, object]) -> None:
    # Without any denominator there is no ratio, and nothing is compared.
    assume(all(sum(under for _, under in one.values()) for one in (now, before)))  # type: ignore[misc]
    whole = drawn("fill_rate", now, before)
    assert whole.overlap == 0
    assert whole.rate + whole.mix == whole.difference
    assert all(part.amount == (part.rate or 0) + (part.mix or 0) for part in whole.parts)


@given(st.dictionaries(CODES, CENTS, min_size=1), st.dictionaries(CODES, CENTS, min_size=1))
def test_any_sum_adds_up_as_counted_and_as_written(
    now: dict[str | None, object], before: dict[str | None, object]
) -> None:
    whole = drawn("credit_line", now, before)
    assert sum(part.amount for part in whole.parts) == whole.difference
    shown = breakdown(whole)
    assert sum(line.steps for line in shown.lines) == shown.total.steps
    assert shown.total.share is None or sum(line.share or 0 for line in shown.lines) == 1000
    assert all(line.share is None or abs(line.share) <= 1000 for line in shown.lines)
    named = change_of(whole)
    assert not named.parts or named.rest + sum(part.amount for part in named.parts) == whole.difference  # type: ignore[operator]
    said = joined(full_sentence(named)).zh
    assert all(int(share) <= 100 for share in re.findall(r"(\d+)\u00a0%", said)), said


@given(st.dictionaries(CODES, HALVES, min_size=1), st.randoms())
def test_the_order_of_rows_makes_no_difference(now: dict[str | None, object], random: object) -> None:
    assume(sum(under for _, under in now.values()))  # type: ignore[misc]
    shuffled = list(now.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before = {"GZ21-01": (1, 3), None: (2, 5)}
    one, other = drawn("fill_rate", now, before), drawn("fill_rate", dict(shuffled), before)
    assert one == other
    assert joined(full_sentence(change_of(one))) == joined(full_sentence(change_of(other)))


@given(st.lists(st.fractions(-1000, 1000), min_size=1, max_size=6))
def test_rounded_amounts_add_up_to_the_rounded_sum(amounts: list[Fraction]) -> None:
    whole = sum(amounts, Fraction(0))
    rounded = int(abs(whole) + Fraction(1, 2)) * (1 if whole >= 0 else -1)
    assert sum(apportioned(amounts, Fraction(1))) == rounded
    assert sum(settled(amounts, Fraction(1), 0)) == rounded
    assert all(abs(steps - one) < 1 for steps, one in zip(apportioned(amounts, Fraction(1)), amounts, strict=True))


def test_where_last_year_was_not_recorded_there_is_nothing_to_explain(desk: Desk) -> None:
    early = Selection(Period("2021-01", "2021-06"))
    assert contributions(desk, "credit_line", early, "chain") == ()
    assert contributions(desk, "loan_disbursed", HALF_YEAR.with_(chains=("GZ21-16",)), "district") == ()


def test_the_sentence_names_the_parts_that_made_most_of_it() -> None:
    now = {"GZ21-05": 331, "GZ21-08": 236, "GZ21-01": 1268}
    before = {"GZ21-05": 213, "GZ21-08": 159, "GZ21-01": 1126}
    moved = change_of(drawn("graduates_hired", now, before))
    assert [part.code for part in moved.parts] == ["GZ21-01", "GZ21-05"]
    said = change_sentence(moved)
    assert joined(said).zh == "实际招聘比去年同期多 337\u00a0人，两条链贡献了 77\u00a0%"
    assert joined(said).en == "Graduates hired: 337 more than a year ago; two chains made 77\u00a0% of it"
    assert [one.codes for one in said if one.codes] == [("GZ21-01", "GZ21-05")]
    full = joined(full_sentence(moved)).zh.replace("\u00a0", "")
    assert full.endswith("智能网联与新能源汽车多 142人（42%）、软件和信创多 118人（35%），合计 77%；其余多 77人（23%）")


def test_parts_that_move_against_each_other_are_said_in_amounts() -> None:
    moved = change_of(
        drawn("credit_line", {"GZ21-05": 90_000_000, "GZ21-14": 0}, {"GZ21-05": 10_000_000, "GZ21-14": 65_000_000})
    )
    assert moved.is_opposed
    assert joined(change_sentence(moved)).zh == (
        "授信额比去年同期多 1,500\u00a0万元，软件和信创多 8,000\u00a0万元，其余少 6,500\u00a0万元"
    )
    assert joined(change_sentence(moved)).en.replace("\u00a0", " ") == (
        "Credit lines granted: ¥15.00 million more than a year ago; Software and Xinchuang ¥80.00 million more; "
        "all others ¥65.00 million less"
    )


def test_a_fall_and_a_spread_change_and_no_change_are_said_so() -> None:
    fall = change_of(drawn("jobs_posted", {"GZ21-05": 1, "GZ21-14": 5}, {"GZ21-05": 9, "GZ21-14": 6}))
    assert joined(change_sentence(fall)).zh == "发布岗位比去年同期少 9\u00a0个，减少额的 89\u00a0% 在软件和信创"
    codes = [f"GZ21-{number:02}" for number in range(1, 11)]
    spread = change_of(drawn("jobs_posted", dict.fromkeys(codes, 2), dict.fromkeys(codes, 1)))
    assert joined(change_sentence(spread)).zh == "发布岗位比去年同期多 10\u00a0个"
    assert "变化分散" in joined(full_sentence(spread)).zh
    same = change_of(drawn("jobs_posted", {"GZ21-05": 1, "GZ21-14": 2}, {"GZ21-05": 2, "GZ21-14": 1}))
    assert joined(change_sentence(same)).zh == "发布岗位与去年同期持平"


def test_the_file_has_every_part_and_its_total(desk: Desk) -> None:
    (whole,) = contributions(desk, "fill_rate", HALF_YEAR, "organization")
    rows = exact_rows(whole)
    assert len(rows) == len(whole.parts) + 1
    assert all(len(row) == len(exact_headers(whole)) for row in rows)
    assert rows[-1][0].zh == "合计"  # type: ignore[union-attr]
    assert rows[-1][-4:] == (21, 33, 61, 90)


def test_a_year_of_nothing_is_not_a_year_unknown(tmp_path: Path) -> None:
    lake = Lake.init(tmp_path / "lake", "real", ticking())
    commit(lake, REGISTER)
    commit(lake, {"jobs": [jobs(MOVED, "2023-01", 5)]})
    desk = Desk(lake.snapshot(), DuckDBEngine(lake.root))
    assert contributions(desk, "jobs_posted", HALF_YEAR, "chain") == ()
