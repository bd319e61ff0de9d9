"""What `verify` promises: it tells same, restated since and not as issued apart, and notices one changed byte."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gzdash.answer import Question, Sheet, sheet
from gzdash.ask import Desk
from gzdash.cli import main
from gzdash.engines import Engine
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.exports import Issue, Passport, maker, page_zip, passport_name, shown_csv, shown_passport
from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.metrics import METRICS, Metric
from gzdash.period import SHANGHAI, Period
from gzdash.screen.server import ROUTES
from gzdash.screen.sheets import answers
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.theme import LIGHT
from gzdash.verify import Verified, coverage_by_metric, verify
from gzdash.words import Language, Text
from gzdash.words import passport as words
from tests import register as city

HALF_YEAR = Selection(Period("2023-01", "2023-06"))
MADE = datetime(2023, 9, 11, 8, 30, tzinfo=SHANGHAI)
PAGE = Text("就业", "Employment")
BY_MONTH = Text("各月岗位", "Jobs by month")


@dataclass
class Office:
    """A small city with a folder for the files that leave it."""

    lake: Lake
    folder: Path

    @cached_property
    def engine(self) -> Engine:
        return DuckDBEngine(self.lake.root)

    @property
    def desk(self) -> Desk:
        return Desk(self.lake.snapshot(), self.engine)

    def issue(self, asked: list[tuple[str, Selection]], language: Language = "zh") -> Issue:
        return Issue(PAGE, language, self.desk.snapshot, MADE, maker(), coverage_by_metric(self.desk, asked))

    def view(self, language: Language = "zh", selection: Selection = HALF_YEAR) -> View:
        return View("employment", language, LIGHT, self.desk, selection)

    def sends(self, shown: Sheet, name: str = "a.csv", language: Language = "zh") -> Path:
        """The file as a page gives it, with its passport beside it."""
        asked = [(one.asked.metric, one.asked.selection) for one in shown.figures if one.asked]
        issue = self.issue([one for one in asked if one[1] == shown.selection], language)
        (self.folder / name).write_bytes(shown_csv(shown, language))
        (self.folder / passport_name(name)).write_text(shown_passport(shown, name, issue).to_json(), "utf-8")
        return self.folder / name

    def fetches(self, path: str, query: str, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A streamed file and its passport, from their routes."""
        monkeypatch.setenv("GZDASH_LAKE", str(self.lake.root))
        client = TestClient(Starlette(routes=ROUTES))
        (self.folder / "b.csv").write_bytes(client.get(f"{path}.csv?{query}").content)
        (self.folder / "b.passport.json").write_bytes(client.get(f"{path}.passport.json?{query}").content)
        return self.folder / "b.csv"

    def verify(self, file: Path, beside: Path | None = None) -> Verified:
        return verify(self.lake, self.engine, file, beside)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "sent").mkdir()
    return Office(city.build(tmp_path / "lake"), tmp_path / "sent")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office to which nothing more happens."""
    root = tmp_path_factory.mktemp("quiet")
    (root / "sent").mkdir()
    return Office(city.build(root / "lake"), root / "sent")


def jobs_by_month(office: Office) -> Sheet:
    return sheet("jobs", BY_MONTH, office.desk.ask_all([Question("jobs_posted", HALF_YEAR, ("month",))]))


def one(found: Verified) -> list[tuple[str, str, str | None, str | None]]:
    """The differences of the only file."""
    (checked,) = found.files
    return [(apart.row.zh, apart.column.zh, apart.before, apart.after) for apart in checked.differences.first]


def flipped(content: bytes, place: int) -> bytes:
    """The content with one byte changed."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_file_is_the_same_as_long_as_nothing_that_it_shows_changes(office: Office) -> None:
    file = office.sends(jobs_by_month(office))
    assert office.verify(file).verdict == "same"
    city.commit(office.lake, {"jobs": [city.jobs(city.SCHOOL, "2022-03", 50)]})
    found = office.verify(file)
    assert found.verdict == "same"
    assert found.files[0].recomputed


def test_a_file_from_when_a_denominator_had_the_unit_of_the_numerator_is_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = office.desk.ask_all([Question("fill_rate", HALF_YEAR, ("month",))])
    with monkeypatch.context() as then:
        then.setattr(Metric, "unit_of", lambda one, part: one.unit if part == "value" else one.halves_unit)
        shown = office.sends(sheet("rates", BY_MONTH, rates))
        assert "招聘率的分母（人）" in shown.read_text("utf-8-sig")
        assert office.verify(shown).verdict == "same"
        traced = office.fetches("/trace/fill_rate", "period=2023-01..2023-06&half=denominator", then)
        assert "数值（人）" in traced.read_text("utf-8-sig")
    assert office.verify(shown).verdict == "same"
    assert office.verify(traced).verdict == "same"
    assert "招聘率的分母（个）" in office.sends(sheet("rates", BY_MONTH, rates), "c.csv").read_text("utf-8-sig")


def test_what_was_restated_since_is_named_with_its_import_and_an_undo_makes_it_the_same_again(office: Office) -> None:
    file = office.sends(jobs_by_month(office))
    before = {row["organization"]: row["posts"] for row in city.FACTS["jobs"] if row["month"] == city.month("2023-03")}
    number = city.commit(office.lake, {"jobs": [city.jobs(city.SCHOOL, "2023-03", 50)]})
    found = office.verify(file)
    assert found.verdict == "restated"
    assert city.SCHOOL in before
    assert one(found) == [("2023年3月 · 2023-03", "发布岗位（个）", "5", "50")]
    assert [(event.kind, event.import_id, event.who, event.why) for event in found.files[0].events] == [
        ("commit", number, "李", "测试")
    ]
    office.lake.undo(number, "王", "报错了")
    assert office.verify(file).verdict == "same"


def test_a_month_that_came_later_is_a_row_that_was_not_issued(office: Office) -> None:
    april = Selection(Period("2023-03", "2023-04"), organization=city.SCHOOL)
    shown = sheet("jobs", BY_MONTH, office.desk.ask_all([Question("jobs_posted", april, ("month",))]))
    file = office.sends(shown)
    city.commit(office.lake, {"jobs": [city.jobs(city.SCHOOL, "2023-04", 7)]})
    found = office.verify(file)
    assert found.verdict == "restated"
    assert one(found) == [("2023年4月 · 2023-04", "整行", None, "2023年4月 | 2023-04 | 7")]


def test_a_changed_figure_is_told_with_what_was_issued_and_what_was_found(quiet: Office) -> None:
    file = quiet.sends(jobs_by_month(quiet), "changed.csv")
    text = file.read_bytes().decode()
    assert "2023年5月,2023-05,18\r\n" in text
    file.write_bytes(text.replace("2023-05,18", "2023-05,19").encode())
    found = quiet.verify(file)
    assert found.verdict == "differs"
    assert one(found) == [("2023年5月 · 2023-05", "发布岗位（个）", "18", "19")]


def test_one_changed_byte_anywhere_in_a_csv_is_noticed(quiet: Office) -> None:
    file = quiet.sends(jobs_by_month(quiet), "bytes.csv")
    content = file.read_bytes()
    for place in range(0, len(content), 3):
        file.write_bytes(flipped(content, place))
        assert quiet.verify(file).verdict == "differs", place
    file.write_bytes(content + b" ")
    assert quiet.verify(file).verdict == "differs"
    file.write_bytes(content)
    assert quiet.verify(file).verdict == "same"


def test_one_changed_byte_anywhere_in_a_passport_is_noticed(quiet: Office) -> None:
    file = quiet.sends(jobs_by_month(quiet), "paper.csv")
    passport = file.with_name("paper.passport.json")
    content = passport.read_bytes()
    for place in range(0, len(content), 11):
        passport.write_bytes(flipped(content, place))
        with suppress(Refused):
            assert quiet.verify(file).verdict == "differs", place


def zipped(office: Office) -> Path:
    listing = office.view().listing("names", Text("名单", "Names"), (Text("名称", "Name"),), (("示例",),))
    shown = jobs_by_month(office)
    file = office.folder / "page.zip"
    file.write_bytes(page_zip([shown, listing], office.issue([("jobs_posted", HALF_YEAR)])))
    return file


def test_a_zip_is_verified_file_by_file_with_its_readme(quiet: Office) -> None:
    found = quiet.verify(zipped(quiet))
    assert found.verdict == "issued"
    assert found.notes == ()
    assert [(checked.file, checked.verdict, checked.recomputed) for checked in found.files] == [
        ("01_各月岗位.csv", "same", True),
        ("02_名单.csv", "issued", False),
    ]
    assert words.NOT_RECOMPUTED_WORDS in found.files[1].reasons


def test_one_changed_byte_anywhere_in_a_zip_is_noticed(quiet: Office) -> None:
    file = zipped(quiet)
    content = file.read_bytes()
    for place in range(0, len(content), 29):
        file.write_bytes(flipped(content, place))
        with suppress(Refused):
            found = quiet.verify(file)
            # A byte of the wrapping, such as a time, changes nothing in the files: that is said, and no more.
            assert found.verdict == "differs" or found.notes == (words.REPACKED,), place


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("说明.txt", lambda content: content.replace("各月岗位".encode(), "各月就业".encode())),
        ("01_各月岗位.csv", lambda content: content.replace(b"18", b"81")),
        ("02_名单.csv", lambda content: content + b"x\r\n"),
        ("01_各月岗位.passport.json", lambda content: content.replace(b'"rows": 6', b'"rows": 7')),
        ("02_名单.csv", None),
        ("02_名单.passport.json", None),
        ("03_多出.csv", lambda content: b"x"),
    ],
)
def test_any_member_changed_taken_out_or_put_in_is_noticed(
    member: str, change: Callable[[bytes], bytes] | None, quiet: Office
) -> None:
    file = zipped(quiet)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {member: change(members.get(member, b""))} if change else {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            if change or name != member:
                archive.writestr(name, content)
    file.write_bytes(packed.getvalue())
    assert quiet.verify(file).verdict == "differs"


def test_a_passport_rewritten_for_a_changed_file_is_given_away_by_the_lake(quiet: Office) -> None:
    file = quiet.sends(jobs_by_month(quiet), "forged.csv")
    content = file.read_bytes().replace(b"2023-05,18", b"2023-05,81")
    beside = file.with_name("forged.passport.json")
    passport = Passport.from_json(beside.read_text("utf-8"))
    file.write_bytes(content)
    beside.write_text(replace(passport, sha256=hashlib.sha256(content).hexdigest()).to_json(), "utf-8")
    found = quiet.verify(file)
    assert found.verdict == "differs"
    assert words.LAKE_SAYS_OTHERWISE in found.files[0].reasons
    assert one(found) == [("2023年5月 · 2023-05", "发布岗位（个）", "18", "81")]


@pytest.mark.parametrize(
    "changes",
    [
        {"is_demo": True},
        {"said": (Text("时间：2022年", "Period: 2022"),)},
        {"time": MADE},
        {"coverage": (Text("已全部填报", "all reported"),)},
        {"rows": 5},
    ],
)
def test_words_of_a_passport_that_the_lake_contradicts_are_noticed(changes: dict[str, object], quiet: Office) -> None:
    file = quiet.sends(jobs_by_month(quiet), "words.csv")
    beside = file.with_name("words.passport.json")
    passport = Passport.from_json(beside.read_text("utf-8"))
    beside.write_text(replace(passport, **changes).to_json(), "utf-8")  # type: ignore[arg-type]
    assert quiet.verify(file).verdict == "differs"


STREAMS = [
    ("/download/jobs", "period=2023-01..2023-06", "differs"),
    ("/trace/jobs_posted", "period=2023-01..2023-06&by=month&key_month=2023-03", "differs"),
    ("/trace/fill_rate", "period=2023-01..2023-06&half=denominator&lang=en", "differs"),
]


@pytest.mark.parametrize(("path", "query", "verdict"), STREAMS)
def test_streamed_files_are_recomputed_and_their_rows_compared(
    path: str, query: str, verdict: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = office.fetches(path, query, monkeypatch)
    assert office.verify(file).verdict == "same"
    content = file.read_bytes()
    number = city.commit(office.lake, {"jobs": [city.jobs(city.SCHOOL, "2023-03", 50)]})
    found = office.verify(file)
    assert found.verdict == "restated"
    assert found.files[0].differences.count > 0
    assert any(after and "50" in after for _, _, _, after in one(found))
    assert [event.import_id for event in found.files[0].events] == [number]
    file.write_bytes(content.replace(city.SCHOOL.encode(), city.BROAD.encode(), 1))
    found = office.verify(file)
    assert found.verdict == verdict
    assert (city.SCHOOL, city.BROAD) in [(before, after) for _, _, before, after in one(found)]


@pytest.mark.parametrize("key", METRICS)
def test_every_metric_split_every_way_is_the_same_when_made_again(key: str, quiet: Office) -> None:
    for split in METRICS[key].splits:
        shown = answers(quiet.view("en"), key, METRICS[key].name, split, key, last_year=(key,))
        for sent in (shown, shown.sorted_by(key), shown.picked(range(0, len(shown), 2))):
            found = quiet.verify(quiet.sends(sent, "every.csv", "en"))
            assert found.verdict == "same", (split, found.files[0].reasons)
            assert found.files[0].recomputed


def test_a_file_of_an_older_snapshot_is_verified_against_that_and_against_today(office: Office) -> None:
    then = Desk(office.lake.snapshot(2), office.engine)
    asked = HALF_YEAR.with_(as_of=2)
    shown = sheet("jobs", BY_MONTH, then.ask_all([Question("jobs_posted", asked, ("month",))]))
    covered = coverage_by_metric(then, [("jobs_posted", asked)])
    passport = shown_passport(shown, "then.csv", Issue(PAGE, "zh", then.snapshot, MADE, maker(), covered))
    (office.folder / "then.csv").write_bytes(shown_csv(shown, "zh"))
    (office.folder / "then.passport.json").write_text(passport.to_json(), "utf-8")
    found = office.verify(office.folder / "then.csv")
    assert found.verdict == "restated"
    assert one(found) == [("2023年2月 · 2023-02", "发布岗位（个）", "999", "11")]
    assert [event.kind for event in found.files[0].events] == ["commit", "commit", "undo"]


def test_a_passport_alone_says_whether_its_figures_still_hold(office: Office) -> None:
    file = office.sends(jobs_by_month(office))
    beside = file.with_name("a.passport.json")
    file.unlink()
    assert office.verify(beside).verdict == "same"
    city.commit(office.lake, {"jobs": [city.jobs(city.SCHOOL, "2023-03", 50)]})
    assert office.verify(beside).verdict == "restated"


def test_without_its_lake_a_file_can_be_found_changed_but_not_confirmed(quiet: Office, tmp_path: Path) -> None:
    file = quiet.sends(jobs_by_month(quiet), "away.csv")
    other = city.build(tmp_path / "other")
    for lake in (other, Lake(tmp_path / "nowhere")):
        found = verify(lake, DuckDBEngine(lake.root), file)
        assert found.verdict == "unknown"
        assert words.AS_ISSUED in found.files[0].reasons
    file.write_bytes(file.read_bytes() + b"\r\n")
    assert verify(other, DuckDBEngine(other.root), file).verdict == "differs"


def test_what_has_no_passport_is_refused_with_what_to_do(quiet: Office) -> None:
    alone = quiet.folder / "alone.csv"
    alone.write_bytes(b"a,b\r\n")
    for name, code in ((alone, "passport-missing"), (quiet.folder / "letter.docx", "verify-kind")):
        name.touch()
        with pytest.raises(Refused) as refused:
            quiet.verify(name)
        assert refused.value.faults[0].code == code
    with pytest.raises(Refused, match="verify-no-file"):
        quiet.verify(quiet.folder / "nowhere.csv")


def ran(office: Office, capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str]:
    code = main(["--lake", str(office.lake.root), "verify", *arguments])
    return code, capsysbinary.readouterr().out.decode()


def test_the_command_says_it_in_words_and_in_json_with_an_honest_exit_code(
    office: Office, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = office.sends(jobs_by_month(office))
    code, said = ran(office, capsysbinary, str(file))
    assert code == 0
    assert "一致" in said
    number = city.commit(office.lake, {"jobs": [city.jobs(city.SCHOOL, "2023-03", 50)]})
    code, said = ran(office, capsysbinary, str(file), "--lang", "en")
    assert code == 0
    assert "Restated since" in said
    assert f"import {number} by 李" in said
    file.rename(office.folder / "renamed.csv")
    moved = (str(office.folder / "renamed.csv"), "--passport", str(office.folder / "a.passport.json"))
    code, said = ran(office, capsysbinary, *moved, "--format", "json")
    document = json.loads(said)
    assert (code, document["verdict"]) == (0, "restated")
    (checked,) = document["files"]
    assert checked["differences"] == [
        {"row": "2023年3月 · 2023-03", "column": "发布岗位（个）", "before": "5", "after": "50"}
    ]
    assert checked["events_since"][0]["import"] == number
    (office.folder / "renamed.csv").write_bytes(b"nothing")
    code, said = ran(office, capsysbinary, *moved, "--format", "json")
    assert (code, json.loads(said)["verdict"]) == (1, "differs")
