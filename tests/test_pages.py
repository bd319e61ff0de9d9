"""Every page, in both languages, over everything, the usual and nothing: it is drawn, in words, without a fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from gzdash.answer import Listing
from gzdash.metrics import METRICS
from gzdash.words import LANGUAGES, Language, Text
from gzdash.words import frame as words
from tests.paging import FRAME, ROOT, SECONDS, html_of, open_page

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))

USUAL: dict[str, str] = {}
EVERYTHING = {"period": "2021-01..2023-09"}
NOTHING = {"period": "2021-02..2021-02", "chain": "GZ21-16", "region": "440784", "organization": "无此组织"}

# What a summary tells: the highest and the lowest of a time, the first of a ranking, or the only value.
SAID: dict[Language, str] = {
    "zh": r"^[^。]*[\u4e00-\u9fff].*。.*(最高在.+，最低在.+|按.+排序，共\d+项：.+\d|为.*\d|未报)",
    "en": r"^[A-Z0-9][^\u4e00-\u9fff]*(highest .+, lowest .+ in|Sorted by .+ rows: .+\d|: .*\d.* in |not reported)",
}

Open = Callable[..., AppTest]


@pytest.fixture
def opened(lake_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """`opened(page, language, **parameters)`: the page as a reader gets it, without a browser."""
    monkeypatch.setenv("GZDASH_LAKE", str(lake_dir))

    return open_page


def test_every_page_file_has_a_name_and_every_name_a_file() -> None:
    assert sorted(words.PAGES) == PAGES == sorted(words.BAR)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("parameters", [USUAL, EVERYTHING, NOTHING], ids=["usual", "everything", "nothing"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn(page: str, parameters: dict[str, str], language: Language, opened: Open) -> None:
    test = opened(page, language, **parameters)
    body = html_of(test)
    assert not test.exception
    assert 'class="gz-fault"' not in body
    assert 'class="gz-skeleton"' not in body
    assert f"<h1>{words.PAGES[page].of(language)}</h1>" in body
    assert words.DEMO.of(language) in body
    assert words.CLASSIFIED.of(language) in body
    assert_charts_are_described(test, language)
    assert_lists_declare_their_metrics(test)


def assert_lists_declare_their_metrics(test: AppTest) -> None:
    """The passport of a list says what each metric means that its rows name."""
    keys = {one.name: key for key, one in METRICS.items()}
    for shown in test.session_state["view"].sheets:
        if isinstance(shown, Listing):
            named = {keys[cell] for row in shown.rows for cell in row if isinstance(cell, Text) and cell in keys}
            assert named <= set(shown.metrics), shown.key


def assert_charts_are_described(test: AppTest, language: Language) -> None:
    """Every chart says what it shows in the reader's language, its highest or its first, and has a twin as a table."""
    keys = {part.proto.id.rpartition("-")[2] for part in test.get("popover")}
    for chart in test.get("plotly_chart"):
        key = chart.proto.id.rpartition("-")[2].removeprefix("chart_")
        assert f"twin_{key}" in keys
        assert re.search(SAID[language], chart.proto.alt), chart.proto.alt


@pytest.mark.slow
def test_where_nothing_matches_a_panel_says_so_and_does_not_say_zero(opened: Open) -> None:
    assert words.NO_ROWS.zh in html_of(opened("employment", **NOTHING))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"chain": "GZ21-99"}, "产业链没有“GZ21-99”"),
        ({"chain": "GZ15-01"}, "GZ15-01 智能网联与新能源汽车不在现用目录中"),
        ({"region": "440184"}, "440184 从化市已停用，改看 440117 从化区"),
        ({"period": "2023-13"}, "时间没有“2023-13”"),
        ({"as_of": "99999"}, "没有快照 99999"),
    ],
)
def test_an_unknown_or_retired_code_in_the_link_is_named(parameters: dict[str, str], said: str, opened: Open) -> None:
    assert said in html_of(opened("overview", **parameters))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "parameters", "said"),
    [
        ("rural", {"chain": "GZ21-05"}, "不适用于本页的筛选：产业链。"),
        ("industry", {"programme": "visits"}, "专项行动不影响：授信额、放款额、用信率、小微企业占比等"),
    ],
)
def test_a_filter_that_does_not_apply_is_named(page: str, parameters: dict[str, str], said: str, opened: Open) -> None:
    assert said in html_of(opened(page, **parameters))


@pytest.mark.slow
def test_switching_language_keeps_the_choices(opened: Open) -> None:
    test = opened("employment", chain="GZ21-05", period="2023-01..2023-06")
    test.button(key="language_en").click().run()
    assert test.query_params == {"period": "2023-01..2023-06", "chain": "GZ21-05", "lang": "en"}
    assert "<h1>Employment</h1>" in html_of(test)
    test.button(key="crumb_chains_0").click().run()
    assert "chain" not in test.query_params


@pytest.mark.slow
def test_english_pages_have_no_chinese_but_names(opened: Open) -> None:
    """The one Chinese sign of the frame is the language switch; figures of an article keep its words in titles."""
    for page in ("overview", "industry", "employment"):
        text = re.sub(r"<style>.*?</style>", "", html_of(opened(page, "en")), flags=re.S)
        assert not re.findall(r"[\u4e00-\u9fff]+", text), page


@pytest.mark.slow
def test_without_its_frame_a_page_says_where_to_go(lake_dir: Path) -> None:
    test = AppTest.from_file(str(ROOT / "pages" / "employment.py"), default_timeout=SECONDS).run()
    assert words.OPEN_APP.zh in html_of(test)
    assert not test.exception


@pytest.mark.slow
def test_a_missing_lake_is_named_with_the_commands_that_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(tmp_path / "lake"))
    test = AppTest.from_file(str(FRAME), default_timeout=SECONDS).run()
    assert "这里还没有数据湖" in html_of(test)
    assert "python -m gzdash demo" in html_of(test)
    assert not test.exception


@pytest.mark.slow
def test_an_unreadable_ledger_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "ledger.sqlite").write_bytes(b"not a ledger" * 100)
    monkeypatch.setenv("GZDASH_LAKE", str(tmp_path / "lake"))
    body = html_of(AppTest.from_file(str(FRAME), default_timeout=SECONDS).run())
    assert "账本读不出来" in body
    assert "从备份恢复" in body
    assert "Traceback" not in body
