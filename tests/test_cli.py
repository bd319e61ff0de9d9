"""The command line: every command in both languages and three formats, exact numbers, honest exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stdnum.cn import uscc

from gzdash.cli import main
from gzdash.cli.commands import COMMANDS
from gzdash.intake import rows_from_columns
from gzdash.lake import Lake, Provenance
from gzdash.metrics import METRICS
from gzdash.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent
WORKER, MAKER = "514401000000000011", "514401000000000022"
OUTSIDER = "514401000000000033"


def rows(key: str, **columns: object) -> dict[str, object]:
    """Rows of one table, drawn column by column."""
    return {key: rows_from_columns(TABLES[key], columns, "drawn", "")}


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A demonstration lake of two associations: posts and hires in July 2023, then a restatement, and two gifts."""
    times = iter(datetime(2023, 8, day, 12, tzinfo=ZoneInfo("Asia/Shanghai")) for day in range(1, 29))
    made = Lake.init(tmp_path / "lake", "demo", lambda: next(times))
    register = rows(
        "organizations",
        code=[WORKER, MAKER],
        name=["示例就业协会", "=示例制造业协会"],
        type=["51", "51"],
        district=["440106", "440103"],
        primary_chain=["GZ21-05", "GZ21-03"],
        founded=[date(2010, 1, 1)] * 2,
    )
    july = {"source": "organization", "audience": "graduates"}

    def jobs(organization: str, posts: int, hires: int | None) -> dict[str, object]:
        drawn = {key: [value] for key, value in july.items()}
        return rows(
            "jobs", month=[date(2023, 7, 1)], organization=[organization], posts=[posts], hires=[hires], **drawn
        )

    aid = rows(
        "aid",
        date=[date(2023, 6, 2), date(2023, 6, 3), date(2023, 6, 3)],
        giver=[WORKER, None, MAKER],
        giver_name=[None, "示例食品有限公司", None],
        county=["441826", "441826", "440784"],
        form=["money", "goods", "goods"],
        amount=[Decimal("10000000000000.01"), Decimal("0.30"), None],
        stage=["delivered"] * 3,
    )
    made.commit(register, Provenance("登记科", "名录"))
    made.commit(jobs(WORKER, 8, 6), Provenance("数据科", "月报"))
    made.commit(jobs(MAKER, 12, None) | aid, Provenance("数据科", "月报和帮扶"))
    made.commit(jobs(WORKER, 10, 6), Provenance("数据科", "更正"))
    return made.root


@dataclass
class Said:
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        """The output read as JSON, decimals exactly."""
        return json.loads(self.out, parse_float=Decimal)

    @property
    def csv(self) -> list[list[str]]:
        """The output read as CSV."""
        return list(csv.reader(io.StringIO(self.out.removeprefix("\ufeff"), newline="")))


Run = Callable[..., Said]


@pytest.fixture
def run(lake: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs one command in this process over the drawn lake."""

    def ran(*arguments: str, lake: Path = lake) -> Said:
        code = main(["--lake", str(lake), *arguments])
        out, err = capsysbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return ran


def ask(run: Run, *arguments: str) -> list[dict[str, object]]:
    """The rows of one question in JSON."""
    said = run("ask", *arguments, "--format", "json")
    assert said.code == 0, said.err
    assert isinstance(said.json, dict)
    return said.json["rows"]


NAMES = [
    "demo",
    "init",
    "import",
    "match",
    "template",
    "imports",
    "undo",
    "redo",
    "sweep",
    "compact",
    "rollups",
    "metrics",
    "published",
    "ask",
    "trace",
    "why",
    "restatements",
    "freeze",
    "thaw",
    "freezes",
    "duplicates",
    "merge",
    "suspicions",
    "dismiss",
    "verify",
    "docs",
]


def test_these_are_the_commands() -> None:
    assert list(COMMANDS) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "usage"), [("zh", "用法："), ("en", "usage: ")])
def test_every_command_explains_itself_in_both_languages(run: Run, name: str, language: str, usage: str) -> None:
    said = run("--lang", language, name, "-h")
    command = COMMANDS[name]
    assert said.code == 0
    assert said.out.startswith(f"{usage}python -m gzdash {name}")
    assert (command.summary.zh if language == "zh" else command.summary.en) in said.out
    for argument in command.arguments:
        assert (argument.metavar if argument.name[0] != "-" else argument.name) in said.out
    for option in ("--lake", "--lang", "--format"):
        assert option in said.out


def test_the_help_in_english_has_no_chinese_and_lists_every_command(run: Run) -> None:
    said = run("--lang=en", "--help")
    assert not re.search(r"[\u4e00-\u9fff]", said.out)
    assert all(f"    {name} " in said.out for name in NAMES)
    assert "退出码" in run("-h").out


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


def test_options_that_hold_everywhere_stand_on_either_side(lake: Path, run: Run) -> None:
    before = run("--format", "json", "ask", "jobs_posted")
    after = run("ask", "jobs_posted", "--lake", str(lake), "--format", "json", lake=lake / "nowhere")
    assert before.out == after.out
    assert run("--lang", "en", "ask", "jobs_posted", "--lang", "zh").out.startswith("发布岗位")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "缺少参数：COMMAND"),
        (["sing"], "sing"),
        (["ask"], "缺少参数：METRIC"),
        (["ask", "jobs_posted", "--loud"], "不认识的参数：--loud"),
        (["ask", "jobs_posted", "--format", "xml"], "--format"),
        (["--lang", "fr", "metrics"], "fr"),
        (["ask", "jobs_posted", "--per", "2023"], "--per"),
        (["ask", "joy"], "joy"),
        (["ask", "jobs_posted", "--by", "mood"], "mood"),
        (["ask", "jobs_posted", "--by", "lender"], "资金机构"),
        (["ask", "jobs_posted", "--period", "2023-13"], "2023-13"),
        (["ask", "jobs_posted", "--period", "2023-07..2023-01"], "2023-07..2023-01"),
        (["ask", "jobs_posted", "--chain", "GZ21-99"], "GZ21-99"),
        (["ask", "aid_value", "--region", "999999"], "999999"),
        (["ask", "jobs_posted", "--organization", OUTSIDER], OUTSIDER),
        (["ask", "jobs_posted", "--as-of", "yesterday"], "yesterday"),
        (["ask", "jobs_posted", "--as-of", "99"], "99"),
        (["demo", "--scale", "0"], "--scale"),
        (["demo", "--scale", "many"], "many"),
        (["undo", "first"], "first"),
        (["import", "x.csv"], "--table"),
        (["import", "x.csv", "--table", "songs"], "songs"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_usage_is_named_and_ends_with_2(run: Run, arguments: list[str], named: str, language: str) -> None:
    said = run(*(["--lang", language] if language == "en" and "--lang" not in arguments else []), *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("[")
    assert "Traceback" not in said.err
    if not re.search(r"[\u4e00-\u9fff]", named) or language == "zh":
        assert named in said.err


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


def test_metrics_are_listed_without_a_lake(tmp_path: Path, run: Run) -> None:
    found = run("metrics", "--format", "json", lake=tmp_path / "none").json
    assert isinstance(found, list)
    by_key = {one["key"]: one for one in found}
    assert by_key["organizations"]["splits_not_adding_up"] == ["month", "quarter", "year", "chain"]
    assert by_key["jobs_posted"]["filters"] == ["period", "chain", "district", "type", "organization"]
    assert by_key["drawdown_rate"]["table"] == "financing"
    assert "jobs_posted" in run("--lang", "en", "metrics").out


def test_init_makes_one_real_lake_and_never_a_second(tmp_path: Path, run: Run) -> None:
    new = tmp_path / "new"
    assert run("init", "--format", "json", lake=new).json == {"lake": str(new), "kind": "real"}
    assert run("init", lake=new).code == 1
    assert "[lake-exists]" in run("demo", lake=new).err


def test_docs_are_written_from_the_declarations(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gzdash.cli.documents.PROJECT", tmp_path)
    said = run("docs", "--format", "json")
    assert said.json == {"written": [str(tmp_path / "docs" / "metrics.md"), str(tmp_path / "docs" / "tables.md")]}
    assert (tmp_path / "docs" / "metrics.md").read_bytes() == (ROOT / "docs" / "metrics.md").read_bytes()


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.writes])
def test_read_only_closes_every_command_that_writes(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    needed = {"import": ["x.csv", "--table", "jobs"], "undo": ["1"], "redo": ["1"]}
    needed["merge"] = ["aid", "--kept=a", "--dropped=b", "--why=c"]
    needed["dismiss"] = ["ee2aed84", "--why=c"]
    needed |= {"freeze": ["x", "--period", "2023-01..2023-02"], "thaw": ["1"]}
    new = tmp_path / "new"
    said = run(name, *needed.get(name, []), lake=new)
    assert said.code == 1
    assert "[lake-read-only]" in said.err
    assert not new.exists()


@pytest.mark.parametrize("name", ["imports", "published", "ask"])
def test_a_missing_lake_is_named_with_the_remedy(tmp_path: Path, run: Run, name: str) -> None:
    said = run(name, *(["jobs_posted"] if name == "ask" else []), lake=tmp_path / "none")
    assert said.code == 1
    assert str(tmp_path / "none") in said.err
    assert "python -m gzdash demo" in said.err


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """One command in a process of its own."""
    command = [sys.executable, "-m", "gzdash", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, env={**os.environ, **environment})


def test_a_process_takes_its_lake_from_the_environment(lake: Path) -> None:
    done = process("ask", "jobs_posted", "--format", "json", GZDASH_LAKE=str(lake))
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"] == [{"value": 22}]
    assert process("ask", "jobs_posted", GZDASH_LAKE=str(lake / "none")).returncode == 1


def test_a_console_without_chinese_still_gets_its_table(lake: Path) -> None:
    done = process("ask", "jobs_posted", GZDASH_LAKE=str(lake), PYTHONIOENCODING="cp437")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"22" in done.stdout
    as_json = process("ask", "jobs_posted", "--format", "csv", GZDASH_LAKE=str(lake), PYTHONIOENCODING="cp437")
    assert "发布岗位".encode() in as_json.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes of a shell")
@pytest.mark.parametrize("arguments", [["metrics"], ["metrics", "--format", "json"], ["-h"]])
def test_a_reader_that_leaves_early_is_no_error(arguments: list[str]) -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "gzdash", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(60) == 0


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


def test_help_does_not_wait_for_the_engine() -> None:
    heavy = "sorted({'duckdb', 'pyarrow', 'babel'} & {*sys.modules})"
    code = f"import sys; from gzdash.cli import main; main(['-h']); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_the_demonstration_city_agrees_wherever_it_can_answer(lake_dir: Path, run: Run) -> None:
    found = run("published", "--format", "json", lake=lake_dir).json
    assert isinstance(found, list)
    assert [one["id"] for one in found if one["agrees"] is False] == []
    assert sum(one["agrees"] is True for one in found) == 17
    demo = run("demo", lake=lake_dir)
    assert demo.code == 1
    assert "[lake-exists]" in demo.err


def jobs_csv(folder: Path, *lines: str) -> Path:
    """A CSV of monthly jobs as an office saves it."""
    path = folder / "jobs.csv"
    header = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）,实际招聘（人）"
    path.write_text("\n".join((header, *lines)), encoding="gb18030")
    return path


# A valid code that is on no register: reports of new organizations come before the register knows them.
NEWCOMER = "51440104DEM1739193"


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
