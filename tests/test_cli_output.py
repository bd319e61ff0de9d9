"""What commands print as JSON: a line for each row, whatever its texts hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gzdash.cli.output import json_text


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (
            {"value": 3, "rows": [{"a": 1, "b": "一"}, {"a": 2, "b": None}]},
            '{\n  "value": 3,\n  "rows": [\n    {"a": 1, "b": "一"},\n    {"a": 2, "b": null}\n  ]\n}',
        ),
        (
            {"rows": [{"a": Decimal("1.50")}, {"a": date(2023, 7, 1)}]},
            '{\n  "rows": [\n    {"a": 1.50},\n    {"a": "2023-07-01"}\n  ]\n}',
        ),
        (
            {"rows": [{"a": "}, {"}, {"a": "b"}]},
            '{\n  "rows": [\n    {"a": "}, {"},\n    {"a": "b"}\n  ]\n}',
        ),
        (
            {"rows": [{"a": [{"b": 1}, {"b": 2}]}, {"a": []}]},
            '{\n  "rows": [\n    {"a": [{"b": 1}, {"b": 2}]},\n    {"a": []}\n  ]\n}',
        ),
        ({"rows": [{}, {}], "none": []}, '{\n  "rows": [\n    {},\n    {}\n  ],\n  "none": []\n}'),
        ([{"a": 1}, {"b": {"c": 2}}], '[\n  {\n    "a": 1\n  },\n  {\n    "b": {"c": 2}\n  }\n]'),
    ],
)
def test_a_document_has_a_line_for_each_row(document: object, text: str) -> None:
    assert json_text(document) == text
