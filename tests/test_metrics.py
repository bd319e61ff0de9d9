"""What every number promises: it is what a naive reading of the rows gives, however it may be split and filtered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gzdash.answer import Question
from gzdash.ask import Desk
from gzdash.ask import desk as desk_module
from gzdash.ask.cache import Answers
from gzdash.dimensions import DIMENSIONS
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.metrics import METRICS, SUBJECTS
from gzdash.period import Period
from gzdash.selection import Selection
from tests import register as city
from tests.naive import (
    HALF_YEAR,
    PAIRS,
    SELECTIONS,
    SPLIT_SELECTIONS,
    TWINS,
    naive,
)
from tests.naive_rows import (
    aid,
    projects,
    reported_projects,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    lake = city.build(tmp_path_factory.mktemp("city") / "lake")
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def asked(desk: Desk, key: str, selection: Selection, *split: str) -> dict[tuple[Any, ...], tuple[Any, Any, Any]]:
    return {row.key: (row.value, row.numerator, row.denominator) for row in desk.ask(key, selection, *split).rows}


def test_every_metric_has_a_naive_twin() -> None:
    assert sorted(TWINS) == sorted(METRICS)


@pytest.mark.parametrize("key", METRICS)
def test_a_number_is_what_a_naive_reading_of_the_rows_gives(key: str, desk: Desk) -> None:
    for selection in SELECTIONS:
        assert asked(desk, key, selection) == naive(key, selection), selection


@pytest.mark.parametrize("key", METRICS)
def test_every_split_of_a_number_is_what_a_naive_reading_gives(key: str, desk: Desk) -> None:
    for selection in SPLIT_SELECTIONS:
        for split in METRICS[key].splits:
            assert asked(desk, key, selection, split) == naive(key, selection, split), (split, selection)


@pytest.mark.parametrize("key", METRICS)
def test_a_split_by_two_dimensions_is_what_a_naive_reading_gives(key: str, desk: Desk) -> None:
    possible = [pair for pair in PAIRS if set(pair) <= set(METRICS[key].splits)]
    assert possible
    for pair in possible:
        assert asked(desk, key, SELECTIONS[1], *pair) == naive(key, SELECTIONS[1], *pair), pair


def test_the_small_city_gives_every_number_something_to_count(desk: Desk) -> None:
    """A twin that only ever compares nothing with nothing would prove nothing."""
    assert [key for key in METRICS if not desk.ask(key, HALF_YEAR).value] == []


# Typed by hand from the rows, so that twin and metric cannot be wrong in the same way.
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("jobs_posted", 10 + 11 + 30 + 7 + 9 + 5 + 0 + 12 + 6),
        ("graduates_hired", 4 + 5 + 40 + 7 + 0 + 0 + 3 + 2),
        ("fill_rate", 61 / 90),
        ("member_jobs_posted", 100 + 20),
        ("member_units_mobilised", 6 + 1 + 2 + 0 + 13),
        ("organizations_posting", 5),
        ("credit_line", Decimal("5005320.35")),
        ("loan_disbursed", Decimal("1800110.05")),
        ("credit_cases", 6),
        ("matchmaking_events", 3),
        ("firms_reached", 35),
        ("organizations_visited", 2),
        ("days_to_resolve", (10 + 0 + 60) / 3),
        ("aid_value", Decimal("1234567900699.16")),
        ("aid_money", Decimal("10505.01")),
        ("aid_goods_unvalued", 2),
        ("aid_pledged", Decimal("900.00")),
        ("aid_projects", 3),
        ("aid_projects_gross", 4),
        ("aid_planned", Decimal("3000.50")),
        ("organizations_in_aid", 5),
        ("organizations", 4),
        ("organizations_founded", 1),
        ("organizations_dissolved", 2),
        ("member_units", 140),
        ("graded_share", 2 / 4),
        ("organization_growth_10y", 4 / 5 - 1),
        ("coverage", 3 / 5),
        ("reports_received", 3),
    ],
)
def test_the_first_half_of_2023_by_hand(key: str, value: object, desk: Desk) -> None:
    assert desk.ask(key, HALF_YEAR).value == value


@pytest.mark.parametrize("key", METRICS)
def test_a_number_says_truly_which_splits_add_up(key: str) -> None:
    declared = {split for split in METRICS[key].splits if METRICS[key].adds_up(split)}
    assert declared == set(METRICS[key].splits) - set(TWINS[key].adds_up_not)


@pytest.mark.parametrize("key", METRICS)
def test_parts_add_up_to_the_whole_half_by_half(key: str, desk: Desk) -> None:
    metric = METRICS[key]
    for selection in SELECTIONS[:4]:
        whole = desk.ask(key, selection).total
        for split in filter(metric.adds_up, metric.splits):
            parts = desk.ask(key, selection, split).rows
            if metric.is_ratio:
                assert added(part.numerator for part in parts) == (whole.numerator or 0), (split, selection)
                assert added(part.denominator for part in parts) == (whole.denominator or 0), (split, selection)
            else:
                assert added(part.value for part in parts) == (whole.value or 0), (split, selection)


def added(values: Iterable[Any]) -> Any:
    return sum(value for value in values if value is not None)


@pytest.mark.parametrize("key", METRICS)
def test_a_number_obeys_the_filters_its_rows_know_and_names_them(key: str) -> None:
    twin = TWINS[key]
    row = next(iter(twin.rows([date(2023, 6, 30)]) if twin.is_stock else twin.rows()))
    known = {"period", "districts", "types", "organization"}
    of_chains = twin.rows not in (aid, projects, reported_projects)
    known |= {"chains"} if {"chain", "chains"} & set(row) and of_chains else set()
    known |= {"regions"} if "county" in row else set()
    known |= {"programmes"} if "programme" in row else set()
    assert set(METRICS[key].filters) == known


def test_questions_asked_together_get_the_answers_they_get_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [
        Question(key, selection, split)
        for selection in SELECTIONS[1:3]
        for key, metric in METRICS.items()
        for split in ((), ("month",), (metric.splits[3],))
    ]
    monkeypatch.setattr(desk_module, "_CACHE", Answers())
    together = desk.ask_all([*questions, questions[0]])
    monkeypatch.setattr(desk_module, "_CACHE", Answers())
    alone = [desk.ask(one.metric, one.selection, *one.split) for one in [*questions, questions[0]]]
    assert [answer.question for answer in together] == [*questions, questions[0]]
    assert [answer.rows for answer in together] == [answer.rows for answer in alone]


@pytest.mark.parametrize(
    ("split", "counts"),
    [
        ("month", {"2022-11": 5, "2022-12": 5, "2023-01": 5, "2023-02": 6, "2023-03": 6, "2023-04": 5}),
        ("quarter", {"2022-Q4": 5, "2023-Q1": 6, "2023-Q2": 5}),
        ("year", {"2022": 5, "2023": 5}),
    ],
)
def test_a_stock_is_taken_at_the_end_of_each_month_quarter_or_year_and_of_the_period(
    split: str, counts: dict[str, int], desk: Desk
) -> None:
    answer = desk.ask("organizations", Selection(Period("2022-11", "2023-04")), split)
    assert {row.key[0]: row.value for row in answer.rows} == counts


def test_money_is_exact_to_the_fen_and_counts_are_whole_numbers(desk: Desk) -> None:
    assert desk.ask("aid_goods", HALF_YEAR).value == Decimal("1234567890194.15")
    assert {type(desk.ask(key, HALF_YEAR).value) for key in ("credit_line", "aid_value", "aid_planned")} == {Decimal}
    assert {type(desk.ask(key, HALF_YEAR).value) for key in ("jobs_posted", "aid_projects", "organizations")} == {int}


def test_goods_without_a_value_are_unknown_and_never_nought(desk: Desk) -> None:
    by_giver = asked(desk, "aid_value", HALF_YEAR.with_(organization=city.OUTSIDER), "form")
    assert by_giver == {("money",): (Decimal("10000.00"), None, None), ("goods",): (None, None, None)}


def test_rows_of_unknown_organizations_are_kept_and_not_stated(desk: Desk) -> None:
    answer = desk.ask("jobs_posted", HALF_YEAR, "district")
    assert answer.rows[-1].key == (None,)
    assert answer.rows[-1].value == 6


def test_parts_come_in_the_order_of_their_list_and_what_is_not_stated_comes_last(desk: Desk) -> None:
    chains = [row.key[0] for row in desk.ask("jobs_posted", HALF_YEAR, "chain").rows]
    assert chains == [city.AUTO, city.EQUIPMENT, city.SOFTWARE, city.AI, city.HEALTH, city.CARE, None]
    months = [row.key[0] for row in desk.ask("jobs_posted", HALF_YEAR, "month").rows]
    assert months == ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]


def test_every_number_is_made_by_one_query_over_rows_declared_once() -> None:
    assert {metric.subject.key for metric in METRICS.values()} <= set(SUBJECTS)
    assert all(set(metric.splits) <= set(DIMENSIONS) for metric in METRICS.values())


def test_a_metric_says_what_it_is_in_both_languages() -> None:
    for key, metric in METRICS.items():
        assert metric.key == key
        assert metric.formula is not None, key
        texts = (metric.name, metric.meaning, metric.formula, metric.unit.symbol)
        assert all(text.zh and text.en for text in texts)
        assert metric.kind in ("flow", "stock", "ratio")
    assert [len({getattr(m.name, side) for m in METRICS.values()}) for side in ("zh", "en")] == [len(METRICS)] * 2


def test_the_city_is_the_same_wherever_it_is_built(tmp_path: Path) -> None:
    first, second = city.build(tmp_path / "a"), city.build(tmp_path / "b")
    assert first.position()[1] == second.position()[1] == 5
    assert first.snapshot().time == second.snapshot().time
