"""What `trace` tells people: what a figure is made of, exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gzdash.cli import main
from gzdash.metrics import METRICS, metric
from tests import register as city
from tests.cli.running import Run, ask

Told = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """The lines of `trace` over the small city for half a year; a no-break space is a space."""
    lake = city.build(tmp_path / "lake")

    def said(language: str, *arguments: str) -> list[str]:
        command = ["--lake", str(lake.root), "--lang", language, "trace", *arguments]
        assert main([*command, "--period", "2023-01..2023-06"]) == 0
        return capsys.readouterr().out.replace("\u00a0", " ").splitlines()

    return said


def test_a_sum_says_its_rows_and_imports_and_each_import_its_exact_part(told: Told) -> None:
    zh, en = told("zh", "jobs_posted"), told("en", "jobs_posted")
    assert (zh[0], en[0]) == ("发布岗位 · 90 个 · 9 行 · 2 次导入", "Jobs posted · 90 · rows: 9 · imports: 2")
    assert zh[7] == "导入 2 · — · 8 行 · 79 个（87.8 %） · SHA-256 —"
    assert en[8] == "Import 3 · — · rows: 1 · 11 (12.2 %) · SHA-256 —"


def test_money_is_exact_to_the_cent(told: Told) -> None:
    zh, en = told("zh", "credit_line"), told("en", "credit_line")
    assert zh[7] == "导入 2 · — · 7 行 · 5,005,320.35 元（100.0 %） · SHA-256 —"
    assert en[7] == "Import 2 · — · rows: 7 · ¥5,005,320.35 (100.0 %) · SHA-256 —"


def test_a_ratio_says_the_rows_of_each_half_and_what_each_counts(told: Told) -> None:
    zh, en = told("zh", "fill_rate"), told("en", "fill_rate")
    assert zh[0] == "招聘率 · 67.8 % · 分子 8 行、分母 9 行 · 2 次导入"
    assert en[0] == "Fill rate · 67.8 % · numerator rows: 8, denominator rows: 9 · imports: 2"
    assert zh[7] == "分子 · 导入 2 · — · 7 行 · 56 人（91.8 %） · SHA-256 —"
    assert zh[9] == "分母 · 导入 2 · — · 8 行 · 79 个（87.8 %） · SHA-256 —"


def test_a_part_by_organization_is_named(told: Told) -> None:
    split = ("jobs_posted", "--by", "organization", "--key", city.MOVED)
    assert told("zh", *split)[4] == "所选范围：2023年1—6月 · 其中：示例智能网联汽车协会"
    assert told("en", *split[:-1], city.STRANGER)[4] == f"Selection: Jan–Jun 2023 · Of which: {city.STRANGER}"


def test_every_part_of_a_ratio_has_the_unit_of_what_it_counts() -> None:
    units = {
        key: (one.unit_of("numerator").symbol.zh, one.unit_of("denominator").symbol.zh)
        for key, one in METRICS.items()
        if one.is_ratio
    }
    assert units == {
        "drawdown_rate": ("元", "元"),
        "small_firm_share": ("元", "元"),
        "needs_resolution_rate": ("项", "项"),
        "days_to_resolve": ("天", "项"),
        "fill_rate": ("人", "个"),
        "project_completion_rate": ("个", "个"),
        "organization_growth_10y": ("家", "家"),
        "graded_share": ("家", "家"),
        "coverage": ("家", "家"),
    }
    assert metric("fill_rate").unit_of("value").symbol.zh == "%"
    assert metric("jobs_posted").unit_of("numerator").symbol.zh == "个"


@pytest.mark.parametrize("key", METRICS)
def test_every_metric_is_traced_to_its_figure(key: str, run: Run) -> None:
    said = run("trace", key, "--period", "2023-01..2023-06", "--format", "json")
    assert (said.code, said.err) == (0, "")
    (row,) = ask(run, key, "--period", "2023-01..2023-06")
    assert isinstance(said.json, dict)
    assert said.json["value"] == row["value"]


@pytest.mark.parametrize(
    ("by", "key"),
    [("month", "2020-01"), ("month", "nonsense"), ("month", "2023-13"), ("quarter", "2023-Q9"), ("chain", "nonsense")],
)
def test_a_part_that_is_not_there_is_traced_to_nothing(by: str, key: str, run: Run) -> None:
    said = run("trace", "jobs_posted", "--period", "2023-01..2023-06", "--by", by, "--key", key, "--format", "json")
    assert (said.code, said.err) == (0, "")
    assert isinstance(said.json, dict)
    assert (said.json["value"], said.json["part"], said.json["rows"]) == (None, {by: key}, [])
    told = run("--lang", "en", "trace", "jobs_posted", "--period", "2023-01..2023-06", "--by", by, "--key", key)
    assert told.code == 0
    assert f"Of which: {'Jan 2020' if key == '2020-01' else key}\n" in told.out
