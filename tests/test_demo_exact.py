"""Totals dealt out in parts still add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdash.demo.exact import amounts, apportion, paired, picked, random_for

WEIGHTS = st.lists(st.integers(1, 1000), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, (1, 1, 1), [4, 3, 3]),
        (7, (5, 0, 2), [5, 0, 2]),
        (1, (1, 3), [0, 1]),
        (0, (1, 3), [0, 0]),
    ],
)
def test_whole_parts_follow_their_weights(total: int, weights: tuple[int, ...], parts: list[int]) -> None:
    assert apportion(total, weights).tolist() == parts


@given(st.integers(0, 10**6), WEIGHTS)
def test_whole_parts_add_up(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert parts.sum() == total
    assert parts.min() >= 0


@given(st.integers(10**6, 10**12), WEIGHTS, st.sampled_from([1, 100, 1_000_000]))
def test_round_amounts_add_up_and_are_above_zero(total: int, weights: list[int], unit: int) -> None:
    parts = amounts(total, weights, unit)
    assert parts.sum() == total
    assert parts.min() > 0


def test_an_amount_is_round_but_for_the_largest() -> None:
    assert amounts(1_000_050, (1, 2, 7), 1_000).tolist() == [100_000, 200_000, 700_050]


def test_pairs_keep_both_margins() -> None:
    left, right = paired(random_for(1, "pairs"), (2, 0, 3), (1, 4))
    assert np.bincount(left, minlength=3).tolist() == [2, 0, 3]
    assert np.bincount(right).tolist() == [1, 4]


def test_margins_that_differ_are_an_error() -> None:
    with pytest.raises(ValueError, match="3 and 2"):
        paired(random_for(1, "pairs"), (3,), (2,))


def test_a_place_of_none_gives_none() -> None:
    assert picked(["a", "b"], np.array([1, -1, 0])).tolist() == ["b", None, "a"]


def test_chance_is_the_same_for_the_same_seed_and_topic_only() -> None:
    assert random_for(1, "jobs").integers(10**9) == random_for(1, "jobs").integers(10**9)
    assert random_for(1, "jobs").integers(10**9) != random_for(1, "aid").integers(10**9)
    assert random_for(1, "jobs").integers(10**9) != random_for(2, "jobs").integers(10**9)
