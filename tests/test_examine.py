"""What the gate makes of a file before it is checked: a template, a form to be matched, or nothing to bring in."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from gzdash.cli import main
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Fault, Refused
from gzdash.intake import Mapping, examine, understand
from gzdash.intake.check import MOST_ALIKE
from gzdash.intake.examine import Understood
from gzdash.intake.mapping import Source
from gzdash.intake.matching import SURE, divisions
from gzdash.intake.original import Original
from gzdash.intake.problems import unknown_code
from gzdash.intake.remembered import remember
from gzdash.intake.template import template
from gzdash.intake.values import close_names
from gzdash.lake import Lake, Provenance
from gzdash.reference import code_list
from gzdash.screen.commit import cut_short
from gzdash.screen.match_values import strange_words
from gzdash.tables import TABLES

ORGANIZATION = "51440100MJ0000001Y"
JOBS = "月份,统一社会信用代码,岗位来源,面向人群,发布岗位（个）,实际招聘（人）"
JULY = f"2023年7月,{ORGANIZATION},社会组织,高校毕业生,8,5"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.init(tmp_path / "lake", "real")


@pytest.fixture
def engine(lake: Lake) -> DuckDBEngine:
    return DuckDBEngine(lake.root)


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def refusal(lake: Lake, engine: DuckDBEngine, data: bytes, table: str, name: str = "表.csv") -> tuple[Fault, ...]:
    with pytest.raises(Refused) as refused:
        examine(lake, engine, Path(name), data, table)
    return refused.value.faults


def village_report() -> bytes:
    """An office's form: a title, a unit in the corner, a header of two levels with merged cells, five sources that
    add up to the total, a sheet of notes, and a row of totals at the end."""
    book = Workbook()
    sheet = book.active
    sheet.title = "帮扶"
    sheet.append(["示例区帮扶资金投入情况表"])
    sheet.append([None, None, None, None, None, None, None, "单位：万元"])
    sheet.append(["区(县)", "村名称", "帮扶单位", "已投入帮扶资金", "已投入帮扶资金构成"])
    sheet.append([None, None, None, None, "财政专项", "信贷资金", "单位自筹", "社会募捐", "社会引资"])
    for span in ("A1:I1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:I3"):
        sheet.merge_cells(span)
    sheet.append(["从化市", "示例一村", "示例一公司", 10, 1, 2, 3, 4, None])
    sheet.append(["从化区", "示例二村", "示例二公司", 5.5, 5, None, None, None, 0.5])
    sheet.append(["合计", None, None, 15.5, 6, 2, 3, 4, 0.5])
    other = book.create_sheet("二")
    other.append(["区(县)", "村名称", "帮扶单位"])
    other.append(["从化区", "示例三村", "示例三公司"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_known_for_what_it_is_without_being_told(
    lake: Lake, engine: DuckDBEngine, key: str, language: str
) -> None:
    data = template(TABLES[key], "zh" if language == "zh" else "en")
    seen = understand(lake, engine, Path("模板.xlsx"), data)
    assert (seen.how, seen.table.key) == ("template", key)


@pytest.mark.parametrize(
    ("header", "rules"),
    [
        (JOBS.replace("实际招聘", "实际招工"), ["column-unknown"]),
        (JOBS.replace("面向人群", "人群类"), ["column-unknown", "column-missing"]),
        (JOBS.replace(",岗位来源", ""), ["column-missing"]),
    ],
)
def test_mistakes_in_a_templates_header_stay_mistakes(
    lake: Lake, engine: DuckDBEngine, header: str, rules: list[str]
) -> None:
    row = JULY if "岗位来源" in header else JULY.replace("社会组织,", "")
    report, _ = examine(lake, engine, Path("月报.csv"), csv(header, row), "jobs")
    assert {fault.rule for fault in report.errors if fault.row == 1} == set(rules)


def test_a_form_headed_in_the_templates_words_is_taken_without_asking_and_its_unit_is_heeded(
    lake: Lake, engine: DuckDBEngine
) -> None:
    form = csv(
        "示例区帮扶台账,,,,,,,",
        "序号,日期,县（市、区）,形式,阶段,名录外捐助单位,金额或折价（万元）,附页,经办科室,底稿,去年数,前年数",
        "1,2023-07-01,从化区,款,到位,示例公司,1.5,a,b,c,d,e",
        "2,2023-07-02,从化区,款,到位,示例公司,2,a,b,c,d,e",
        "合计,,,,,,3.5,,,,,",
    )
    report, _ = examine(lake, engine, Path("台账.csv"), form, "aid")
    assert report.errors == ()
    assert report.rows is not None
    assert [f"{amount}" for amount in report.rows["amount"].to_pylist()] == ["15000.00", "20000.00"]
    wrong = form.replace(b"3.5", b"3.6")
    report, _ = examine(lake, engine, Path("台账.csv"), wrong, "aid")
    assert [(fault.cell, fault.rule) for fault in report.errors] == [("G5", "total-differs")]


def test_a_form_in_other_words_is_refused_in_one_sentence_that_names_the_suggestion_and_the_way_on(
    lake: Lake, engine: DuckDBEngine
) -> None:
    (fault,) = refusal(lake, engine, village_report(), "aid", "帮扶.xlsx")
    assert (fault.code, fault.place) == ("columns-unmatched", "帮扶.xlsx · 帮扶")
    assert fault.title.zh == (
        "表头不是“帮扶款物台账”的模板，要先对应各列。看来可取：名录外捐助单位 ← 帮扶单位、县（市、区） ← 区(县)、"
        "镇或村 ← 村名称、金额或折价 ← 已投入帮扶资金（万元）。还缺：日期、形式、阶段。"
    )
    assert "python -m gzdash match 帮扶.xlsx --table aid -o mapping.json" in fault.remedy.zh
    assert "import 帮扶.xlsx --mapping mapping.json" in fault.remedy.en


def test_a_form_meant_for_another_table_says_which(lake: Lake, engine: DuckDBEngine) -> None:
    (fault,) = refusal(lake, engine, village_report(), "targets", "帮扶.xlsx")
    assert "这份表更像“帮扶款物台账”" in fault.title.zh


def test_the_first_sheet_with_data_is_used_and_the_others_are_named(lake: Lake, engine: DuckDBEngine) -> None:
    seen = understand(lake, engine, Path("帮扶.xlsx"), village_report())
    assert (seen.how, seen.table.key, seen.form.sheet, seen.unused) == ("unmatched", "aid", "帮扶", ("二",))
    assert seen.suggestion is not None
    assert divisions(seen.form, seen.suggestion.mapping) == {"amount": (("E", "F", "G", "H", "I"),)}


def test_a_form_without_data_shows_its_header_and_has_nothing_to_commit(lake: Lake, engine: DuckDBEngine) -> None:
    empty = csv("示例统计表,,", "帮扶单位,投入,", ",款（元）,物（元）", "注：按季填报,,")
    (fault,) = refusal(lake, engine, empty, "aid")
    assert fault.code == "form-without-data"
    assert fault.title.zh == "只有表头、没有数据的空表。表头：A 帮扶单位；B 投入 / 款（元）；C 投入 / 物（元）。"
    assert understand(lake, engine, Path("表.csv"), empty).how == "without-data"


def test_a_file_that_fits_no_table_names_the_nearest_and_what_is_missing(lake: Lake, engine: DuckDBEngine) -> None:
    counts = csv(",单位数,职工人数", "2020年,5,6", "2021年,7,8")
    (fault,) = refusal(lake, engine, counts, "jobs")
    assert fault.code == "fits-no-table"
    assert "最接近“" in fault.title.zh
    assert "缺必填列：" in fault.title.zh
    nearest = understand(lake, engine, Path("表.csv"), counts).nearest
    assert nearest is not None
    assert all(column.label.zh in fault.title.zh for column in nearest.missing)


def test_words_that_are_no_codes_are_unsure_and_the_reader_says_what_they_stand_for(
    lake: Lake, engine: DuckDBEngine
) -> None:
    data = csv(
        "月度,社会信用代码,岗位类型,人群,招聘人数",
        f"2023年7月,{ORGANIZATION},本组织,高校毕业生,12",
        f"2023年8月,{ORGANIZATION},会员,应届生,8",
    )
    seen = understand(lake, engine, Path("招聘.csv"), data)
    assert seen.suggestion is not None
    assert (seen.how, seen.table.key, seen.suggestion.missing) == ("unmatched", "jobs", ())
    assert dict(seen.suggestion.scores)["source"] < SURE <= dict(seen.suggestion.scores)["audience"]
    source, audience = (seen.table.by_key[key] for key in ("source", "audience"))
    assert strange_words(seen.form, source, "C") == ("本组织", "会员")
    assert strange_words(seen.form, audience, "D") == ("应届生",)
    meant = {"source": (("本组织", "organization"), ("会员", "member_unit")), "audience": (("应届生", "graduates"),)}
    columns = tuple((key, replace(one, values=meant.get(key, ()))) for key, one in seen.suggestion.mapping.columns)
    report, _ = examine(lake, engine, Path("招聘.csv"), data, "jobs", mapping=Mapping("jobs", columns))
    assert report.rows is not None
    assert report.rows["source"].to_pylist() == ["organization", "member_unit"]
    assert report.rows["audience"].to_pylist() == ["graduates", "graduates"]


def confirmed(seen: Understood) -> Mapping:
    """What a reader makes of the suggestion: the gaps filled, the five sources instead of their total."""
    assert seen.suggestion is not None
    columns = dict(seen.suggestion.mapping.columns)
    del columns["amount"]
    columns |= {
        key: Source(constant=value) for key, value in (("date", "2023-06-30"), ("form", "款"), ("stage", "到位"))
    }
    parts = tuple((("amount", Source(letter=letter)),) for letter in "EFGHI")
    return Mapping("aid", tuple(columns.items()), parts)


def test_a_match_confirmed_before_decides_the_table_and_is_named_where_a_form_is_refused(
    lake: Lake, engine: DuckDBEngine
) -> None:
    seen = understand(lake, engine, Path("帮扶.xlsx"), village_report())
    kept = remember(lake, seen.form.fingerprint, confirmed(seen))
    again = understand(lake, engine, Path("八月.xlsx"), village_report())
    assert [one.parts for one in again.confirmed] == [confirmed(seen).parts]
    (fault,) = refusal(lake, engine, village_report(), "aid", "八月.xlsx")
    assert f"python -m gzdash import 八月.xlsx --mapping {kept}" in fault.remedy.zh
    report, _ = examine(
        lake, engine, Path("八月.xlsx"), village_report(), "aid", mapping=Mapping.from_json(kept.read_text("utf-8"))
    )
    assert report.rows is not None
    assert [(row["source_row"], f"{row['amount']}") for row in report.rows.to_pylist()] == [
        *((5, "10000.00"), (5, "20000.00"), (5, "30000.00"), (5, "40000.00")),
        *((6, "50000.00"), (6, "5000.00")),
    ]


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(lake: Lake, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """One command over the empty lake: its code, what it printed, what it complained of."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main(["--lake", str(lake.root), *arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return ran


def test_match_writes_what_is_found_for_a_person_to_complete_and_import_takes_it(tmp_path: Path, run: Run) -> None:
    form, plan = tmp_path / "帮扶.xlsx", tmp_path / "方案.json"
    form.write_bytes(village_report())
    code, out, _ = run("match", str(form), "-o", str(plan))
    assert code == 0
    assert "对应到“帮扶款物台账”。还缺：日期、形式、阶段。" in out
    assert "C 帮扶单位" in out
    assert "已投入帮扶资金构成 / 社会引资（万元）" in out
    assert run("match", str(form), "-o", str(plan))[0] == 1  # Never over a file that is there.
    written = json.loads(plan.read_text("utf-8"))
    assert written["columns"]["date"] == {"constant": ""}
    code, _, err = run("import", str(form), "--mapping", str(plan))
    assert code == 1
    assert [line.partition("]")[0] for line in err.splitlines()] == ["[not-a-date", "[code-unknown", "[code-unknown"]
    written["columns"] |= {key: {"constant": value} for key, value in (("date", "2023-06-30"), ("form", "款"))}
    written["columns"]["stage"] = {"constant": "到位"}
    plan.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    code, out, err = run("import", str(form), "--mapping", str(plan), "--format", "json")
    assert (code, json.loads(out)["rows"]) == (0, 2), err
    _, out, _ = run("ask", "aid_value", "--period", "2023-06", "--format", "json")
    assert '"value": 155000.00' in out


def test_match_tells_programs_everything(tmp_path: Path, lake: Lake, engine: DuckDBEngine, run: Run) -> None:
    form = tmp_path / "帮扶.xlsx"
    form.write_bytes(village_report())
    seen = understand(lake, engine, form, village_report())
    kept = remember(lake, seen.form.fingerprint, confirmed(seen))
    code, out, _ = run("match", str(form), "--format", "json")
    told = json.loads(out)
    assert (code, told["table"], told["fits"], told["rows"]) == (0, "aid", True, 2)
    assert (told["missing"], told["divisions"]) == (["date", "form", "stage"], {"amount": [["E", "F", "G", "H", "I"]]})
    assert told["columns"][0] == {"column": "giver_name", "letter": "C", "header": ["帮扶单位"], "score": 0.95}
    assert [one["file"] for one in told["confirmed"]] == [str(kept)]
    code, out, _ = run("match", str(form), "--table", "jobs", "--format", "csv")
    assert (code, out.splitlines()[0].startswith("\ufeff表的列,必填,表样的列,把握")) == (0, True)
    assert run("match", str(form), "--table", "songs")[0] == 2


def test_after_a_commit_that_was_cut_short_the_ledger_says_whether_it_is_in(lake: Lake, engine: DuckDBEngine) -> None:
    data = csv(JOBS, JULY)
    assert cut_short(lake, 0, data, "jobs").is_in is False
    report, _ = examine(lake, engine, Path("七月.csv"), data, "jobs")
    assert report.rows is not None
    source = Provenance("李", "月报", "七月.csv", hashlib.sha256(data).hexdigest())
    number = lake.commit({"jobs": report.rows}, source)
    finished = cut_short(lake, 0, data, "jobs")
    assert (finished.is_in, finished.said.zh if finished.said else "") == (
        True,
        "提交的进程中断了，但数据已入库（导入 1）。",
    )
    assert not cut_short(lake, number, data, "jobs").is_in  # The same file committed earlier is not this commit.
    assert not cut_short(lake, 0, data + b"\n", "jobs").is_in


def workbook(*rows: Sequence[object], merged: tuple[str, ...] = (), more: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "一"
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    if more:
        book.create_sheet(more).append(["月份"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


TEMPLATE_ROW: list[object] = ["2023年7月", ORGANIZATION, "社会组织", "高校毕业生", 8, 5]
SECOND_ROW: list[object] = ["2023年6月", ORGANIZATION, "社会组织", "高校毕业生", 2, 1]


@pytest.mark.parametrize(("hires", "wrong"), [(6, []), (7, [("F4", "7", "total-differs")])])
def test_a_template_with_a_total_and_footnotes_is_read_without_them_and_its_total_is_checked(
    hires: int, wrong: list[tuple[str, str, str]], lake: Lake, engine: DuckDBEngine
) -> None:
    total = ["合　计", None, None, None, 10, hires]
    data = workbook(JOBS.split(","), TEMPLATE_ROW, SECOND_ROW, total, ["注：示例"], ["填表人：某某", None, "审核人："])
    seen = understand(lake, engine, Path("表.xlsx"), data)
    report, _ = examine(lake, engine, Path("表.xlsx"), data, "jobs")
    assert seen.how == "template"
    assert [(fault.cell, fault.value, fault.rule) for fault in report.errors] == wrong
    assert (report.rows is None) == bool(wrong)
    if report.rows is not None:
        assert report.rows["posts"].to_pylist() == [8, 2]
    drawn = Original.of(report, seen.sheet) if seen.sheet else None
    assert drawn is not None
    assert (drawn.data_rows, drawn.totals, drawn.asides, drawn.text(4, "F")) == (
        2,
        {4: "合计"},
        frozenset({5, 6}),
        str(hires),
    )


def test_a_row_that_only_lacks_what_is_required_is_data_and_an_error(lake: Lake, engine: DuckDBEngine) -> None:
    lacking = ["2023年6月", None, "社会组织", "高校毕业生", 2, 1]
    data = workbook(JOBS.split(","), TEMPLATE_ROW, lacking, ["合计", None, None, None, 10, 6])
    report, _ = examine(lake, engine, Path("表.xlsx"), data, "jobs")
    assert [(fault.cell, fault.rule) for fault in report.errors] == [("B3", "required")]


def test_a_month_merged_over_the_rows_of_a_template_belongs_to_each(lake: Lake, engine: DuckDBEngine) -> None:
    under: list[object] = [None, ORGANIZATION, "社会组织", "其他求职者", 2, 1]
    data = workbook(JOBS.split(","), TEMPLATE_ROW, under, merged=("A2:A3",))
    report, _ = examine(lake, engine, Path("表.xlsx"), data, "jobs")
    assert report.errors == ()
    assert report.rows is not None
    assert [str(month) for month in report.rows["month"].to_pylist()] == ["2023-07-01"] * 2


def test_another_unit_in_the_words_of_a_template_is_converted(lake: Lake, engine: DuckDBEngine) -> None:
    header = "日期,名录外捐助单位,县（市、区）,形式,阶段,金额或折价（万元）"
    report, _ = examine(lake, engine, Path("表.csv"), csv(header, "2023-07-15,示例公司,从化区,款,到位,1.5"), "aid")
    assert report.rows is not None
    assert [str(amount) for amount in report.rows["amount"].to_pylist()] == ["15000.00"]


def test_sheets_beside_a_template_are_named_on_the_command_line(
    lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(workbook(JOBS.split(","), TEMPLATE_ROW, more="六月"))
    command = ["--lake", str(lake.root), "import", str(file), "--table", "jobs", "--who", "李", "--why", "试"]
    assert main([*command, "--dry-run"]) == 0
    assert "只取工作表“一”；没有取：六月。" in capsys.readouterr().out
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sheets_left_out"] == ["六月"]


def test_a_match_that_brought_rows_in_by_the_command_line_is_offered_next_time(
    lake: Lake, engine: DuckDBEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plan = tmp_path / "帮扶 表.xlsx", tmp_path / "plan.json"
    file.write_bytes(village_report())
    plan.write_text(confirmed(understand(lake, engine, file, village_report())).to_json(), encoding="utf-8")
    command = ["--lake", str(lake.root), "import", str(file), "--who", "李", "--why", "试"]
    assert main([*command, "--table", "aid"]) == 1
    assert f'python -m gzdash match "{file}" --table aid' in capsys.readouterr().err
    assert main([*command, "--mapping", str(plan)]) == 0
    assert "这份对应已记住" in capsys.readouterr().out
    (kept,) = understand(lake, engine, file, village_report()).confirmed
    assert kept.columns == Mapping.from_json(plan.read_text("utf-8")).columns


@pytest.mark.parametrize(
    ("codes", "text", "near"),
    [
        ("chain", "智能汽车", ("智能网联与新能源汽车",)),
        ("region", "连南县", ("连南瑶族自治县",)),
        ("region", "清远市连南瑶族自治县", ("连南瑶族自治县", "连山壮族瑶族自治县")),
        ("chain", "x", ()),
        ("chain", "", ()),
    ],
)
def test_a_name_that_is_no_code_is_answered_with_the_one_to_three_nearest(
    codes: str, text: str, near: tuple[str, ...]
) -> None:
    assert close_names(codes, text) == near
    remedy = unknown_code(code_list(codes), near).remedy
    assert remedy.zh.startswith(("改为其中一项：", "改为 ", "填代码或名称，如：")[2 if not near else len(near) == 1])


def test_of_very_many_warnings_of_a_kind_the_first_are_listed_with_the_count_of_the_rest_and_errors_all(
    lake: Lake, engine: DuckDBEngine
) -> None:
    lines = [f"20{10 + i // 120}年{1 + i % 12}月,{ORGANIZATION},社会组织,高校毕业生,1,2" for i in range(0, 1440)]
    wrong = [f"13月,{ORGANIZATION},社会组织,高校毕业生,1,2"] * (MOST_ALIKE + 5)
    report, _ = examine(lake, engine, Path("表.csv"), csv(JOBS, *lines, *wrong), "jobs")
    many = [fault for fault in report.warnings if fault.rule == "hired-above-posted"]
    assert (len(many), many[0].row) == (MOST_ALIKE, 2)
    assert report.unlisted == len(lines) + len(wrong) - MOST_ALIKE
    assert report.warned == len(report.warnings) + report.unlisted
    assert many[-1].title.zh.endswith(f"同类提醒另有 {report.unlisted:,} 处，没有逐一列出。")
    assert len([fault for fault in report.errors if fault.rule == "not-a-month"]) == len(wrong)


def test_a_column_that_numbers_the_rows_of_a_template_refuses_nothing(lake: Lake, engine: DuckDBEngine) -> None:
    report, _ = examine(lake, engine, Path("表.csv"), csv(f"序号,{JOBS}", f"1,{JULY}"), "jobs")
    assert report.errors == ()
    assert report.rows is not None
