"""What a passport promises: it survives its JSON, says all of itself in words, and every kind of export has one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gzdash.answer import Listing, Question, sheet
from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.exports import Issue, Passport, empty_zip, page_zip, passport_name, readable, shown_csv, shown_passport
from gzdash.exports.issuing import traced_rows
from gzdash.exports.passport import KINDS, Asked, Column, Maker, codes_of, selection_of
from gzdash.exports.readable import page_readme
from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import SHANGHAI, Period
from gzdash.screen.server import ROUTES
from gzdash.selection import Selection
from gzdash.words import LANGUAGES, Language, Text
from tests import register as city
from tests.test_selection import SELECTIONS

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
MADE = datetime(2023, 9, 11, 8, 30, tzinfo=SHANGHAI)
PAGE = Text("就业", "Employment")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return city.build(tmp_path_factory.mktemp("passports") / "lake")


@pytest.fixture(scope="module")
def desk(lake: Lake) -> Desk:
    return Desk(lake.snapshot(), DuckDBEngine(lake.root))


@pytest.fixture
def client(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("GZDASH_LAKE", str(lake.root))
    return TestClient(Starlette(routes=ROUTES))


def issue(desk: Desk, language: Language = "zh") -> Issue:
    covered = {"jobs_posted": Text("已报 2 / 应报 3 家", "2 of 3 reported")}
    return Issue(PAGE, language, desk.snapshot, MADE, Maker("gzdash", "9.9", "示例办公室"), covered)


def by_chain(desk: Desk) -> Passport:
    shown = sheet(
        "jobs", Text("各链岗位", "Jobs by chain"), desk.ask_all([Question("fill_rate", HALF_YEAR, ("chain",))])
    )
    return shown_passport(shown, "各链岗位.csv", issue(desk))


TEXTS = st.builds(Text, st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9))
ASKED = st.builds(
    Asked,
    metric=st.sampled_from(list(METRICS)),
    selection=SELECTIONS.map(codes_of),
    split=st.lists(st.sampled_from(["month", "chain"]), max_size=2).map(tuple),
    part=st.sampled_from(["value", "numerator", "denominator"]),
    years_on=st.integers(0, 1),
)
PASSPORTS = st.builds(
    Passport,
    kind=st.sampled_from(KINDS),
    file=st.text(max_size=20),
    page=TEXTS,
    title=TEXTS,
    language=st.sampled_from(LANGUAGES),
    lake=st.uuids().map(str),
    time=st.datetimes(timezones=st.just(SHANGHAI)),
    codes=SELECTIONS.map(codes_of),
    said=st.lists(TEXTS, max_size=2).map(tuple),
    columns=st.lists(st.builds(Column, key=st.text(max_size=5), label=TEXTS, asked=st.none() | ASKED), max_size=3).map(
        tuple
    ),
    made=st.datetimes(timezones=st.just(SHANGHAI)),
    maker=st.builds(Maker, st.just("gzdash"), st.just("0.1"), st.text(max_size=9)),
    coverage=st.lists(TEXTS, max_size=2).map(tuple),
    split=st.just(("chain",)),
    keys=st.lists(st.tuples(st.none() | st.text(max_size=9)), max_size=3).map(tuple),
    table=st.text(max_size=5),
    metrics=st.lists(st.builds(Column, key=st.sampled_from(list(METRICS)), label=TEXTS, meaning=TEXTS), max_size=2).map(
        tuple
    ),
)


@given(PASSPORTS)
def test_a_passport_survives_its_json_byte_for_byte(passport: Passport) -> None:
    written = passport.to_json()
    again = Passport.from_json(written)
    assert again.codes == passport.codes
    assert again.columns == passport.columns
    assert again.to_json() == written


def test_the_passport_of_a_list_says_what_the_metrics_of_its_rows_mean(desk: Desk) -> None:
    heads, rows = (Text("指标", "Metric"), Text("现在", "Now")), ((METRICS["fill_rate"].name, 0.5),)
    shown = Listing("frozen", PAGE, HALF_YEAR, 5, False, heads, rows, ("fill_rate",))
    passport = shown_passport(shown, "a.csv", issue(desk, "en"))
    (told,) = json.loads(passport.to_json())["metrics"]
    assert (told["key"], told["unit"]) == ("fill_rate", "ratio")
    assert told["meaning"]["en"].startswith("Hires divided by posts of the same period.")
    assert "Fill rate: Hires divided by posts of the same period." in readable(passport)
    assert "    - Fill rate: Hires divided by posts" in page_readme([passport])
    assert "metrics" not in json.loads(shown_passport(replace(shown, metrics=()), "a.csv", issue(desk)).to_json())


@given(SELECTIONS)
def test_the_selection_of_a_passport_is_the_one_it_was_made_of(selection: Selection) -> None:
    assert selection_of(codes_of(selection)) == selection


@given(st.text(max_size=40) | st.dictionaries(st.text(max_size=9), st.none() | st.integers()).map(json.dumps))
def test_what_is_no_passport_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Passport.from_json(text, "here.json")
    assert refused.value.faults[0].place == "here.json"


def test_a_passport_says_everything_a_file_must_say(desk: Desk) -> None:
    passport = by_chain(desk)
    said = json.loads(passport.to_json())
    assert said["selection"] == {"period": "2023-01..2023-06"}
    assert said["selection_in_words"] == [{"zh": "时间：2023年1—6月", "en": "Period: Jan–Jun 2023"}]
    assert said["as_of"] == "newest"
    assert said["snapshot"] == 5
    assert said["snapshot_time"] == "2023-09-10T14:00:00+08:00"
    assert said["rows"] == len(said["keys"]) == 7
    assert said["maker"] == {"product": "gzdash", "version": "9.9", "office": "示例办公室"}
    assert said["made"] == "2023-09-11T08:30:00+08:00"
    assert [(one["key"], one["question"]["part"]) for one in said["columns"]] == [
        ("fill_rate", "value"),
        ("fill_rate_numerator", "numerator"),
        ("fill_rate_denominator", "denominator"),
    ]
    assert said["columns"][0]["meaning"]["zh"].startswith("同一时段的实际招聘除以发布岗位。")


def test_the_text_for_people_says_the_same(desk: Desk) -> None:
    passport = by_chain(desk)
    said = readable(passport)
    for part in (
        "文件：各链岗位.csv",
        "时间：2023年1—6月",
        "数据截至：当时最新",
        "快照：5（2023年9月10日 14:00）",
        "行数：7",
        "招聘率（小数）：同一时段的实际招聘除以发布岗位。",
        f"SHA-256：{passport.sha256}",
        "生成：2023年9月11日 08:30，示例办公室 · gzdash 9.9",
    ):
        assert part in said
    assert "演示数据" not in said
    then = replace(passport, is_demo=True, codes=(*passport.codes, ("as_of", "3")), language="en")
    assert "As of: snapshot 3, chosen by the reader" in readable(then)
    assert "Demonstration data" in readable(then)


def test_how_far_a_metric_is_reported_stands_in_its_passport(desk: Desk) -> None:
    shown = sheet("jobs", PAGE, desk.ask_all([Question("jobs_posted", HALF_YEAR, ("month",))]))
    passport = shown_passport(shown, "a.csv", issue(desk))
    assert "填报情况：发布岗位：已报 2 / 应报 3 家" in readable(passport)
    assert passport.to_json().count("应报") == 1


# Each way out of the product, with the file it gives and the passport that goes with it.
Leaves = Callable[[Desk, TestClient], tuple[bytes, str]]


def _sheet_leaves(desk: Desk, client: TestClient) -> tuple[bytes, str]:
    shown = sheet("jobs", PAGE, desk.ask_all([Question("jobs_posted", HALF_YEAR, ("month",))]))
    return shown_csv(shown, "en"), shown_passport(shown, "a.csv", issue(desk, "en")).to_json()


def _listing_leaves(desk: Desk, client: TestClient) -> tuple[bytes, str]:
    shown = Listing("list", PAGE, HALF_YEAR, 5, False, (Text("名称", "Name"),), (("示例",), (None,)))
    return shown_csv(shown, "zh"), shown_passport(shown, "a.csv", issue(desk)).to_json()


def _streams(path: str, query: str) -> Leaves:
    def leaves(desk: Desk, client: TestClient) -> tuple[bytes, str]:
        return client.get(f"{path}.csv?{query}").content, client.get(f"{path}.passport.json?{query}").text

    return leaves


LEAVES: dict[str, Leaves] = {
    "sheet": _sheet_leaves,
    "listing": _listing_leaves,
    "detail": _streams("/download/jobs", "period=2023-01..2023-06&lang=en"),
    "trace": _streams("/trace/fill_rate", "period=2023-01..2023-06&half=denominator&by=month&key_month=2023-03"),
}


def test_every_kind_of_export_is_tried_here_and_every_streamed_route_has_a_passport() -> None:
    assert set(LEAVES) == set(KINDS)
    paths = {route.path for route in ROUTES}
    streamed = {path for path in paths if path.endswith(".csv")}
    assert streamed == {"/download/{table}.csv", "/trace/{metric}.csv"}
    assert {passport_name(path) for path in streamed} <= paths


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_export_has_a_passport_with_its_hash_and_rows(kind: str, desk: Desk, client: TestClient) -> None:
    content, written = LEAVES[kind](desk, client)
    passport = Passport.from_json(written)
    assert passport.kind == kind
    assert passport.sha256 == hashlib.sha256(content).hexdigest()
    assert passport.size == len(content)
    assert passport.rows == content.count(b"\r\n") - 1
    assert passport.lake == desk.snapshot.lake
    assert passport.to_json() == written
    assert passport.sha256 in readable(passport)


def test_the_passport_of_a_stream_is_named_and_refused_as_its_file(client: TestClient) -> None:
    answer = client.get("/download/jobs.passport.json?period=2023-06")
    assert ".passport.json" in answer.headers["content-disposition"]
    assert client.get("/download/nothing.passport.json").status_code == 404
    assert client.get("/trace/nothing.passport.json").status_code == 404
    assert client.get("/download/jobs.passport.json?chain=GZ21-99").status_code == 409
    assert client.get("/download/jobs.passport.json?lang=fr").status_code == 404


def test_each_csv_in_a_zip_has_its_passport_beside_it(desk: Desk) -> None:
    jobs = sheet("jobs", PAGE, desk.ask_all([Question("jobs_posted", HALF_YEAR, ("month",))]))
    names = Listing("list", PAGE, HALF_YEAR, 5, False, (Text("名称", "Name"),), (("示例",),))
    archive = zipfile.ZipFile(io.BytesIO(page_zip([jobs, names], issue(desk, "en"))))
    csvs = [name for name in archive.namelist() if name.endswith(".csv")]
    assert len(csvs) == 2
    for name in csvs:
        passport = Passport.from_json(archive.read(passport_name(name)).decode())
        assert passport.file == name
        assert passport.sha256 == hashlib.sha256(archive.read(name)).hexdigest()
        assert passport.sha256 in archive.read("readme.txt").decode("utf-8-sig")


def test_an_office_that_is_named_stands_in_the_passport(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    monkeypatch.setenv("GZDASH_MAKER", "示例局办公室")
    assert '"office": "示例局办公室"' in client.get("/download/targets.passport.json?period=2023").text


def test_which_half_of_a_ratio_was_traced_is_said(desk: Desk) -> None:
    what = traced_rows(Question("fill_rate", HALF_YEAR, ("chain",)), "denominator", (city.AI,), 3)
    passport = replace(by_chain(desk), kind="trace", columns=what.columns, keys=what.keys)
    assert "分母" in readable(passport)
    assert f"其中一格：{city.AI}" in readable(passport)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_showed_no_table_gives_a_zip_that_says_so(language: Language) -> None:
    archive = zipfile.ZipFile(io.BytesIO(empty_zip(PAGE, language)))
    assert archive.namelist() == [{"zh": "说明.txt", "en": "readme.txt"}[language]]
    said = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    assert {"zh": "没有表格或图", "en": "no table or chart"}[language] in said
    assert PAGE.of(language) in said
