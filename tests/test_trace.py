"""What a questioned figure promises: its rows add up to it, each at the cell where it stood in the kept file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from gzdash.answer import Question
from gzdash.ask import Desk
from gzdash.ask import behind as looking
from gzdash.ask.behind import behind
from gzdash.ask.contributions import ORIGIN, Contribution, Traced, by_import, page_of
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.metrics import METRICS, Part
from gzdash.trace import trace
from tests import register as city
from tests.naive import HALF_YEAR, SELECTIONS


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The small city, whose every row was typed by hand."""
    return city.build(tmp_path_factory.mktemp("traced") / "lake")


@pytest.fixture(scope="module")
def desk(lake: Lake) -> Desk:
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


def added(desk: Desk, traced: Traced) -> Decimal:
    """The sum of what every row gives, which what every import gives adds up to as well."""
    total = sum((Decimal(one["value"]) for one in page_of(desk, traced, 0, 1_000)), Decimal(0))
    assert total == sum(Decimal(one) for one in by_import(desk, traced)["value"].to_pylist())
    return total


@pytest.mark.parametrize("key", METRICS)
def test_the_rows_of_every_figure_add_up_to_it_under_every_selection(key: str, desk: Desk) -> None:
    for selection in SELECTIONS:
        row, question = desk.ask(key, selection).total, Question(key, selection)
        whole = row.numerator if METRICS[key].is_ratio else row.value
        assert added(desk, Traced(question)) == (whole or 0), selection
        if METRICS[key].is_ratio:
            assert added(desk, Traced(question, half="denominator")) == (row.denominator or 0), selection


@pytest.mark.parametrize("key", METRICS)
def test_every_part_of_every_split_can_be_traced_alone(key: str, desk: Desk) -> None:
    for split in METRICS[key].splits:
        question = Question(key, HALF_YEAR, (split,))
        for row in desk.ask(key, HALF_YEAR, split).rows:
            whole = row.numerator if METRICS[key].is_ratio else row.value
            assert added(desk, Traced(question, row.key)) == (whole or 0), (split, row.key)


@pytest.mark.parametrize("key", METRICS)
def test_what_is_behind_a_figure_is_the_same_where_its_rows_are_few_and_where_they_are_many(
    key: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(key, HALF_YEAR)
    halves = [Traced(question), *([Traced(question, half="denominator")] if METRICS[key].is_ratio else [])]
    few = behind(desk, halves)
    monkeypatch.setattr(looking, "_FEW", -1)
    many = behind(desk, halves)
    assert [one.few for one in many] == [None] * len(halves)
    for one, other in zip(few, many, strict=True):
        assert one.imports == other.imports
        assert shown(one.page(0, 3)) == shown(other.page(0, 3))
        assert [shown(batch) for batch in one.rows()] == [shown(batch) for batch in other.rows()]


def shown(rows: Iterable[Contribution]) -> list[tuple[object, ...]]:
    """What a row gives, whose it is, and where it stood."""
    return [(row["value"], row["organization"], row["day"], row.get("thing"), *map(row.get, ORIGIN)) for row in rows]


def test_a_distinct_count_lists_the_different_things_each_counted_once(desk: Desk, lake: Lake) -> None:
    found = trace(desk, lake, Question("counties_in_aid", HALF_YEAR))
    counted = [row.thing for row in found.rows() if row.value]
    assert found.row.value == len(counted) == len(set(counted))
    assert set(counted) == {row.thing for row in found.rows()}


def test_a_part_that_no_row_can_answer_for_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="no form of a part"):
        Part("avg(posts)")
    with pytest.raises(ValueError, match="no form of a part"):
        Part("count(DISTINCT organization)")
