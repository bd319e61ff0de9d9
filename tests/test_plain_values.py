"""What is read all at once is what is read one by one: the same value, and never one where there is a problem."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gzdash.intake.check import read_column
from gzdash.intake.plain_values import plain_values
from gzdash.intake.problems import Problem
from gzdash.intake.values import reader
from gzdash.tables import TABLES, Column

NAME = TABLES["activities"].by_key["title"]
POSTS = replace(TABLES["jobs"].by_key["posts"], most=5_000)
AMOUNT = TABLES["financing"].by_key["amount"]
CODE = TABLES["jobs"].by_key["organization"]
ALL = (NAME, POSTS, AMOUNT, CODE)

RIGHT = ("51440100MJ0000001Y", "52440100MJ00000032", "53440100MJ00000042")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = st.one_of(
    st.sampled_from(RIGHT),
    st.builds(lambda code, place, sign: code[:place] + sign + code[place + 1 :], st.sampled_from(RIGHT),
              st.integers(0, 17), st.sampled_from(ALPHABET + "IOSVZ o１")),
)  # fmt: skip
NUMBERS = st.from_regex(r"[-+ ]?[0-9０-９,]{1,20}(\.[0-9]{0,4})?[ %元]?", fullmatch=True)
WORDS = st.lists(
    st.sampled_from([*"甲a7（）《》“”().,;-#/", " ", "\u3000", "\x1c", "\x85", "\u200b", "\n", "é", "😀"])
).map("".join)
TEXTS = st.one_of(CODES, NUMBERS, WORDS, st.text(max_size=6), st.sampled_from(["#N/A", "#DIV/0!", "0", "00.10"]))


@pytest.mark.parametrize("column", ALL, ids=lambda column: column.key)
@settings(max_examples=300, deadline=None)
@given(texts=st.lists(TEXTS.filter(bool), min_size=1, max_size=12))
def test_plain_texts_have_the_value_that_each_has_by_itself(column: Column, texts: list[str]) -> None:
    at_once = plain_values(column, pa.array(texts, pa.string()))
    assert at_once is not None
    for text, value in zip(texts, at_once.to_pylist(), strict=True):
        if value is not None:
            assert value == reader(column)(text)
    values, wrong = read_column(column, pa.chunked_array([texts], pa.string()))
    alone = [reader(column)(text) for text in texts]
    assert values.to_pylist() == [None if isinstance(read, Problem) else read for read in alone]
    assert wrong == {place: read for place, read in enumerate(alone) if isinstance(read, Problem)}


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (NAME, ["甲", "广州市（示例）协会", "“一带一路”沙龙。"]),
        (POSTS, ["0", "12", "5000"]),
        (AMOUNT, ["0", "1200.5", "999999999999.99"]),
        (CODE, list(RIGHT)),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_what_files_hold_most_is_read_at_once(column: Column, texts: list[str]) -> None:
    at_once = plain_values(column, pa.array(texts))
    assert at_once is not None
    assert at_once.null_count == 0


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (NAME, [" 甲", "甲\u3000", "#N/A", "甲\x85"]),
        (POSTS, ["5001", "１２", "1,200", "-1", "", "1e3"]),
        (AMOUNT, ["1.005", "１２", "1,200.00", "-1", "12.", "9999999999999.00"]),
        (CODE, ["51440100MJ0000001X", "91440100MJ0000001Y", "51440100mj0000001y", "51440100MJ0000001Y "]),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_anything_else_is_left_to_be_looked_at(column: Column, texts: list[str]) -> None:
    at_once = plain_values(column, pa.array(texts))
    assert at_once is not None
    assert at_once.null_count == len(texts)
