"""What the commands do that make a lake, bring files in, take them out, and list what is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stdnum.cn import uscc

from gzdash.lake import Lake
from tests.cli.running import ROOT, Run, ask

# A valid code that is on no register: reports of new organizations come before the register knows them.
NEWCOMER = "51440104DEM1739193"


def test_init_makes_one_real_lake_and_never_a_second(tmp_path: Path, run: Run) -> None:
    new = tmp_path / "new"
    assert run("init", "--format", "json", lake=new).json == {"lake": str(new), "kind": "real"}
    assert run("init", lake=new).code == 1
    assert "[lake-exists]" in run("demo", lake=new).err


def test_imports_are_listed_undone_and_put_back(run: Run) -> None:
    assert [
        (one["id"], one["rows"], one["live"], one["tables"]) for one in run("imports", "--format", "json").json
    ] == [
        (1, 2, True, ["organizations"]),
        (2, 1, True, ["jobs"]),
        (3, 4, True, ["aid", "jobs"]),
        (4, 1, True, ["jobs"]),
    ]
    assert run("undo", "4", "--why", "填错", "--format", "json").json == {"import": 4, "event": 5}
    assert ask(run, "jobs_posted") == [{"value": 20}]
    assert run("imports", "--format", "csv").csv[4][6] == "否"
    assert "已恢复导入 4" in run("redo", "4").out
    assert ask(run, "jobs_posted") == [{"value": 22}]
    assert run("redo", "4").code == 1
    assert run("undo", "77").code == 1


def test_a_file_is_imported_or_refused_with_every_error(tmp_path: Path, run: Run) -> None:
    good, bad = tmp_path / "七月.csv", tmp_path / "坏.csv"
    code = "51440100MJK000000" + uscc.calc_check_digit("51440100MJK000000")
    head = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）,实际招聘（人）\n"
    good.write_text(f"{head}2023-06,{code},社会组织,高校毕业生,5,9\n", encoding="utf-8")
    bad.write_text(f"{head}2023-16,{code},社会组织,高校毕业生,五,1\n", encoding="utf-8")
    said = run("import", str(good), "--table", "jobs", "--who", "王", "--why", "补报", "--format", "json")
    assert isinstance(said.json, dict), said.err
    assert (said.code, said.json["import"], said.json["rows"]) == (0, 5, 1)
    assert [one["rule"] for one in said.json["warnings"]] == ["organization-not-on-register", "hired-above-posted"]
    assert ask(run, "jobs_posted", "--period", "2023-06") == [{"value": 5}]
    refused = run("import", str(bad), "--table", "jobs")
    assert (refused.code, refused.out) == (1, "")
    assert "A2" in refused.err
    assert "E2" in refused.err
    assert "[file-not-found]" in run("import", str(tmp_path / "none.csv"), "--table", "jobs").err


def jobs_csv(folder: Path, *lines: str) -> Path:
    """A CSV of monthly jobs as an office saves it."""
    path = folder / "jobs.csv"
    header = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）,实际招聘（人）"
    path.write_text("\n".join((header, *lines)), encoding="gb18030")
    return path


def test_a_dry_run_says_what_would_change_and_changes_nothing(run: Run, lake: Path, tmp_path: Path) -> None:
    file = jobs_csv(tmp_path, f"2023年7月,{NEWCOMER},社会组织,高校毕业生,20,3")
    said = run("import", str(file), "--table", "jobs", "--dry-run", "--format", "json")
    assert isinstance(said.json, dict)
    counts = {key: said.json[key] for key in ("add", "replace", "leave", "snapshot")}
    assert counts == {"add": 1, "replace": 0, "leave": 2, "snapshot": 4}
    figures = {one["metric"]: (one["before"], one["after"]) for one in said.json["figures"]}
    assert figures["jobs_posted"] == (22, 42)
    assert Lake(lake).position()[1] == 4


def test_a_mapping_brings_in_a_form_that_is_not_ours(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "报表.csv"
    form.write_text(f"单位代码,岗位,录用\n{NEWCOMER},20,3\n合计,20,3\n", encoding="utf-8")
    mapping = tmp_path / "mapping.json"
    columns = {
        "organization": {"letter": "A"},
        "posts": {"letter": "B"},
        "hires": {"letter": "C"},
        "month": {"constant": "2023-08"},
        "source": {"constant": "organization"},
        "audience": {"constant": "graduates"},
    }
    mapping.write_text(json.dumps({"table": "jobs", "columns": columns}), encoding="utf-8")
    assert run("import", str(form), "--mapping", str(mapping), "--format", "json").code == 0
    assert run("ask", "jobs_posted", "--period", "2023-08", "--format", "csv").csv[1][0] == "20"


def test_a_template_is_written_once_and_never_over_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "岗位.xlsx"
    assert run("template", "jobs", "-o", str(file)).code == 0
    assert file.read_bytes().startswith(b"PK")
    assert run("template", "jobs", "-o", str(file)).code == 1


def test_sweeping_tells_what_it_removed(lake: Path, run: Run) -> None:
    assert run("sweep").out == "清除残留文件 0 个。\n"
    (lake / "tables" / "jobs" / "orphan.parquet").write_bytes(b"half")
    assert run("sweep", "--format", "json").json == {"removed": ["tables/jobs/orphan.parquet"]}


def test_published_figures_are_listed(run: Run) -> None:
    found = run("published", "--format", "json").json
    assert isinstance(found, list)
    assert len(found) == 34
    by_id = {one["id"]: one for one in found}
    assert by_id["EMP-07"] == {
        "id": "EMP-07",
        "published": 3057,
        "qualifier": "exact",
        "computed": 22,
        "agrees": False,
    }
    assert by_id["IND-05"]["published"] == [5, 10]
    assert by_id["IND-02"]["computed"] is None
    assert by_id["IND-02"]["agrees"] is None
    assert "演示数据按公开数字校准，不构成印证。" in run("published").out
    assert run("published", "--format", "csv").csv[0][-1] == "数据性质（演示数据）"


@pytest.mark.slow
def test_the_demonstration_city_agrees_wherever_it_can_answer(lake_dir: Path, run: Run) -> None:
    found = run("published", "--format", "json", lake=lake_dir).json
    assert isinstance(found, list)
    assert [one["id"] for one in found if one["agrees"] is False] == []
    assert sum(one["agrees"] is True for one in found) == 17
    demo = run("demo", lake=lake_dir)
    assert demo.code == 1
    assert "[lake-exists]" in demo.err


def test_metrics_are_listed_without_a_lake(tmp_path: Path, run: Run) -> None:
    found = run("metrics", "--format", "json", lake=tmp_path / "none").json
    assert isinstance(found, list)
    by_key = {one["key"]: one for one in found}
    assert by_key["organizations"]["splits_not_adding_up"] == ["month", "quarter", "year", "chain"]
    assert by_key["jobs_posted"]["filters"] == ["period", "chain", "district", "type", "organization"]
    assert by_key["drawdown_rate"]["table"] == "financing"
    assert "jobs_posted" in run("--lang", "en", "metrics").out


def test_docs_are_written_from_the_declarations(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gzdash.cli.documents.PROJECT", tmp_path)
    said = run("docs", "--format", "json")
    assert said.json == {"written": [str(tmp_path / "docs" / "metrics.md"), str(tmp_path / "docs" / "tables.md")]}
    assert (tmp_path / "docs" / "metrics.md").read_bytes() == (ROOT / "docs" / "metrics.md").read_bytes()
