"""What `ask` answers: exact numbers in three formats, and what is said beside them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gzdash.lake import Lake
from tests.cli.running import MAKER, WORKER, Run, ask


def test_an_answer_in_json_is_exactly_this(run: Run) -> None:
    said = run("ask", "fill_rate", "--by", "chain", "--chain", "GZ21-05", "--format", "json")
    assert said.json == {
        "metric": "fill_rate",
        "unit": "ratio",
        "period": "2023-01..2023-07",
        "selection": {"chain": ["GZ21-05"]},
        "snapshot": 4,
        "as_of": "2023-08-05T12:00:00+08:00",
        "lake": "demo",
        "rows": [{"chain": "GZ21-05", "value": Decimal("0.6"), "numerator": 6, "denominator": 10}],
    }


def test_money_is_exact_and_unknown_is_null(run: Run) -> None:
    said = run("ask", "aid_value", "--by", "county", "--format", "json")
    assert '{"county": "441826", "value": 10000000000000.31}' in said.out
    assert '{"county": "440784", "value": null}' in said.out


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["jobs_posted"], 22),
        (["jobs_posted", "--organization", WORKER], 10),
        (["jobs_posted", "--district", "440106,440103"], 22),
        (["jobs_posted", "--chain", "GZ21-05", "--chain", "GZ21-03"], 22),
        (["jobs_posted", "--chain", "GZ21-03"], 12),
        (["jobs_posted", "--type", "53"], None),
        (["jobs_posted", "--period", "2023-06"], None),
        (["jobs_posted", "--period", "2023"], 22),
        (["jobs_posted", "--as-of", "3"], 20),
        (["jobs_posted", "--as-of", "2023-08-03"], 8),
        (["jobs_posted", "--as-of", "2023-08-05T11:59:59"], 20),
        (["jobs_posted", "--as-of", "2023-08-05T04:00:00+00:00"], 22),
        (["jobs_posted", "--as-of", "0"], None),
        (["organizations"], 2),
        (["organizations_in_aid", "--region", "GD-NORTH"], 1),
        (["aid_goods", "--region", "441826"], Decimal("0.30")),
    ],
)
def test_a_question_is_answered(run: Run, arguments: list[str], value: object) -> None:
    assert [row["value"] for row in ask(run, *arguments)] == [value]


def test_splits_may_be_repeated(run: Run) -> None:
    assert ask(run, "jobs_posted", "--by", "month", "--by", "organization") == [
        {"month": "2023-07", "organization": WORKER, "value": 10},
        {"month": "2023-07", "organization": MAKER, "value": 12},
    ]


def test_an_answer_as_csv_is_the_file_of_the_page(run: Run) -> None:
    said = run("ask", "jobs_posted", "--by", "chain", "--format", "csv")
    assert said.out.startswith("\ufeff")
    assert said.csv == [
        ["产业链", "产业链编码", "发布岗位（个）", "数据性质（演示数据）"],
        ["现代高端装备", "GZ21-03", "12", "演示数据"],
        ["软件和信创", "GZ21-05", "10", "演示数据"],
    ]


def test_an_answer_as_a_table_reads_well(run: Run) -> None:
    assert run("ask", "jobs_posted", "--by", "chain").out.splitlines() == [
        "发布岗位 · 2023年1—7月",
        "演示数据 · 快照 4（2023年8月5日 12:00）",
        "产业链        发布岗位",
        "现代高端装备  12\u00a0个",
        "软件和信创    10\u00a0个",
    ]
    assert run("--lang", "en", "ask", "jobs_posted", "--chain", "GZ21-05").out.splitlines() == [
        "Jobs posted · Jan–Jul 2023 · Software and IT application innovation (Xinchuang)",
        "demonstration data · snapshot 4 (5 August 2023 12:00)",
        "Jobs posted",
        "10",
    ]
    assert run("ask", "jobs_posted", "--by", "chain", "--type", "53").out.splitlines()[-1] == "（没有记录）"


def test_a_code_out_of_force_is_replaced_by_its_successor_aloud(run: Run) -> None:
    said = run("ask", "activities", "--region", "440184", "--format", "json")
    assert said.code == 0
    assert isinstance(said.json, dict)
    assert said.json["selection"] == {"region": ["440117"]}
    assert "440184 从化市已停用" in said.err
    assert "440117" in said.err
    cluster = run("ask", "jobs_posted", "--chain", "GZ25-01")
    assert cluster.code == 2


def test_a_filter_that_does_not_apply_is_said(run: Run) -> None:
    said = run("ask", "jobs_posted", "--region", "441826", "--format", "json")
    assert said.code == 0
    assert "不服从筛选“地区”" in said.err
    assert run("ask", "jobs_posted", "--chain", "GZ21-05").err == ""


def test_a_giver_outside_the_register_can_be_asked_for(run: Run) -> None:
    said = run("ask", "aid_value", "--organization", "示例食品有限公司", "--format", "json")
    assert '{"value": 0.30}' in said.out
    assert "不在名录里" in said.err


def test_a_real_lake_opens_on_the_year_to_date(tmp_path: Path, run: Run) -> None:
    made = Lake.init(tmp_path / "real", "real", lambda: datetime(2024, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    said = run("ask", "jobs_posted", "--format", "json", lake=made.root)
    assert isinstance(said.json, dict)
    assert said.json["period"] == "2024-01..2024-04"
    assert (said.json["snapshot"], said.json["as_of"], said.json["lake"]) == (0, "2024-05-09T00:00:00+08:00", "real")
