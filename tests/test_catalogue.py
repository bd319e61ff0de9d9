"""The catalogue: every metric and table is explained in both languages, and the generated documents are current."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdash.catalogue import entries, metrics_markdown, tables_markdown
from gzdash.metrics import METRICS
from gzdash.tables import TABLES
from gzdash.words import LANGUAGES, Language

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.parametrize(("file", "made"), [("metrics.md", metrics_markdown), ("tables.md", tables_markdown)])
def test_the_generated_documents_are_current(file: str, made: object) -> None:
    said = made() if callable(made) else ""
    assert (DOCS / file).read_text("utf-8") == said, f"docs/{file} is old: run `python -m gzdash docs`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_is_explained(language: Language) -> None:
    found = entries(language)
    assert {one.key for one in found} == set(METRICS)
    for one in found:
        for field in ("name", "meaning", "formula", "unit", "pillar", "kind", "period", "better", "owner", "source"):
            assert getattr(one, field), f"{one.key} has no {field}"
        assert one.splits
        assert one.filters


def test_an_entry_reads_as_declared() -> None:
    by_key = {one.key: one for one in entries("zh")}
    organizations = by_key["organizations"]
    assert organizations.kind == "时点"
    assert organizations.period == "时段末一日，各月不能相加"
    assert organizations.source == "社会组织名录"
    assert organizations.splits_not_adding_up == ("月份", "季度", "年份", "产业链")
    assert by_key["jobs_posted"].period == "时段内各月相加"
    assert by_key["jobs_posted"].splits_not_adding_up == ()
    assert by_key["jobs_posted"].filters == ("时间", "产业链", "广州各区", "组织类型", "组织")
    assert by_key["organizations_in_aid"].period == "整个时段内去重，各月不能相加"
    assert by_key["drawdown_rate"].source == "产融对接台账"
    assert by_key["days_to_resolve"].better == "越低越好"


def test_pillars_stand_together() -> None:
    pillars = [one.pillar for one in entries("en")]
    assert list(dict.fromkeys(pillars)) == ["Industry", "Employment", "Rural revitalisation", "Organizations"]
    assert sum(here != before for here, before in zip(pillars[1:], pillars, strict=False)) == 3


def test_the_dictionary_names_every_column_and_rule() -> None:
    text = tables_markdown()
    for table in TABLES.values():
        part = text.split(f"· `{table.key}`\n")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| {column.header.zh} {column.header.en} | `{column.key}` |" in part
        for rule in table.rules:
            assert f"| `{rule.key}` |" in part
