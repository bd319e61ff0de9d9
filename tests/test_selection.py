"""What a selection promises: it survives the URL, says itself in words, and never drops a code in silence."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdash.period import PRESETS, Period, is_month, shift
from gzdash.reference import code_list
from gzdash.selection import AS_OF, CODE_FILTERS, FIELDS, FILTERS, Selection, listed
from gzdash.words import Text

DEFAULT = Selection(Period("2023-01", "2023-07"))

MONTHS = st.builds("{:04d}-{:02d}".format, st.integers(1900, 2099), st.integers(1, 12))
PERIODS = st.tuples(MONTHS, MONTHS).map(lambda both: Period(min(both), max(both)))
CODES = {one.key: st.lists(st.sampled_from(code_list(one.codes).codes), max_size=4).map(tuple) for one in CODE_FILTERS}
ORGANIZATIONS = st.text(max_size=60).filter(lambda text: text == text.strip())
SELECTIONS = st.builds(
    Selection,
    period=PERIODS,
    organization=ORGANIZATIONS,
    as_of=st.none() | st.integers(0, 10**9 - 1),
    **CODES,
)


def test_the_strategy_draws_every_field_a_selection_has() -> None:
    assert set(FIELDS) == {"period", "organization", "as_of", *CODES}


@given(SELECTIONS, PERIODS)
def test_any_selection_survives_the_url(selection: Selection, other: Period) -> None:
    address = urlencode(selection.to_url())
    again, notices = Selection.from_url(dict(parse_qsl(address, keep_blank_values=True)), Selection(other))
    assert again == selection
    assert notices == ()


@given(SELECTIONS)
def test_a_url_holds_codes_only(selection: Selection) -> None:
    parameters = selection.to_url()
    assert set(parameters) <= {one.parameter for one in FILTERS.values()} | {"as_of"}
    coded = "".join(value for name, value in parameters.items() if name != "organization")
    assert coded.isascii()


@given(st.dictionaries(st.sampled_from([*(one.parameter for one in FILTERS.values()), "as_of"]), st.text(max_size=80)))
def test_whatever_a_url_holds_gives_a_selection_and_a_notice_for_what_it_does_not_know(
    parameters: dict[str, str],
) -> None:
    selection, notices = Selection.from_url(parameters, DEFAULT)
    for one in CODE_FILTERS:
        typed = {code.strip() for code in parameters.get(one.parameter, "").split(",")} - {""}
        assert set(getattr(selection, one.key)) <= set(code_list(one.codes).codes)
        said = [notice for notice in notices if notice.place == one.parameter]
        assert len(said) == len(typed - set(code_list(one.codes).codes))


def test_where_the_url_is_silent_the_default_holds() -> None:
    default = DEFAULT.with_(chains=("GZ21-02",), organization="示例", as_of=3)
    assert Selection.from_url({}, default) == (default, ())
    assert Selection.from_url({"chain": "", "organization": ""}, default)[0] == DEFAULT.with_(as_of=3)


def test_codes_stand_in_the_order_of_their_list_and_once() -> None:
    first = Selection(DEFAULT.period, chains=("GZ21-05", "GZ21-01", "GZ21-05"), regions=("441826", "GD-NORTH"))
    second = Selection(DEFAULT.period, chains=("GZ21-01", "GZ21-05"), regions=("GD-NORTH", "441826"))
    assert first == second
    assert hash(first) == hash(second)
    assert first.to_url() == {
        "period": "2023-01..2023-07",
        "chain": "GZ21-01,GZ21-05",
        "region": "GD-NORTH,441826",
    }


@pytest.mark.parametrize("one", CODE_FILTERS, ids=lambda one: one.key)
def test_a_selection_cannot_hold_an_unknown_code(one: object) -> None:
    with pytest.raises(ValueError, match="not a code of"):
        DEFAULT.with_(**{one.key: ("nonsense",)})  # type: ignore[attr-defined]


# parameter, value → what is read, the kind of notice, words it must hold in both languages
NOTICES = [
    ("region", "440184", ("440117",), "selection-retired", ("440184", "440117")),
    ("region", "440184,440117", ("440117",), "selection-retired", ("440184", "440117")),
    ("region", "441827,GD-EAST", ("GD-EAST", "441803"), "selection-retired", ("441827", "441803")),
    ("chain", "GZ15-03", (), "selection-retired", ("GZ15-03",)),
    ("chain", "GZ15-03,GZ21-03", ("GZ21-03",), "selection-retired", ("GZ15-03",)),
    ("chain", "GZ21-22", (), "selection-unknown", ("GZ21-22",)),
    ("chain", "gz21-01", (), "selection-unknown", ("gz21-01",)),
    ("region", "110000", (), "selection-unknown", ("110000",)),
    ("district", "441826", (), "selection-unknown", ("441826",)),
    ("type", "91", (), "selection-unknown", ("91",)),
    ("programme", "nothing", (), "selection-unknown", ("nothing",)),
]


@pytest.mark.parametrize(("parameter", "value", "read", "code", "words"), NOTICES)
def test_an_unknown_or_retired_code_gives_one_notice_in_both_languages(
    parameter: str, value: str, read: tuple[str, ...], code: str, words: tuple[str, ...]
) -> None:
    selection, notices = Selection.from_url({parameter: value}, DEFAULT)
    key = next(one.key for one in CODE_FILTERS if one.parameter == parameter)
    assert selection == DEFAULT.with_(**{key: read})
    assert [(notice.code, notice.place) for notice in notices] == [(code, parameter)]
    for word in words:
        assert word in notices[0].title.zh
        assert word in notices[0].title.en


def test_a_retired_district_is_read_as_its_successor() -> None:
    selection, notices = Selection.from_url({"district": "440184"}, DEFAULT)
    assert selection.districts == ("440117",)
    assert [notice.code for notice in notices] == ["selection-retired"]


def test_the_notice_of_a_retired_code_says_what_is_shown_instead() -> None:
    _, notices = Selection.from_url({"region": "440184"}, DEFAULT)
    assert notices[0].title.zh == "440184 从化市已停用，改看 440117 从化区。"
    assert notices[0].title.en == ("440184 Conghua (county-level city) is no longer in force; 440117 Conghua is shown.")


@pytest.mark.parametrize("period", ["2023-13", "yesterday", "2023-07..2023-01"])
def test_an_unreadable_period_gives_a_notice_and_the_default(period: str) -> None:
    selection, notices = Selection.from_url({"period": period}, DEFAULT)
    assert selection == DEFAULT
    assert [(notice.code, notice.place) for notice in notices] == [("selection-unknown", "period")]
    assert period in notices[0].title.zh


@pytest.mark.parametrize("event", ["-1", "1.5", "x", "²", "１", str(10**9), "9" * 5_000])
def test_an_unreadable_event_gives_a_notice_and_the_newest(event: str) -> None:
    selection, notices = Selection.from_url({"as_of": event}, DEFAULT)
    assert selection.as_of is None
    assert [(notice.code, notice.place) for notice in notices] == [("selection-unknown", "as_of")]


def test_a_long_text_from_a_url_is_cut() -> None:
    selection, _ = Selection.from_url({"organization": "  " + "长" * 1_000}, DEFAULT)
    assert selection.organization == "长" * 60


def test_a_selection_says_itself_in_both_languages() -> None:
    selection = Selection(
        Period("2023-01", "2023-07"),
        chains=("GZ21-11", "GZ21-09"),
        regions=("GD-NORTH", "441826105"),
        districts=("440104",),
        types=("53",),
        programmes=("visits",),
        organization="51440100MJ0000001Y",
    )
    words = selection.words(Text("示例协会", "Example association"))
    assert [f"{name.zh}：{choice.zh}" for name, choice in words] == [
        "时间：2023年1—7月",
        "产业链：新能源、轨道交通",
        "地区：粤北、三排镇",
        "广州各区：越秀区",
        "组织类型：基金会",
        "专项行动：走百家访千社",
        "组织：示例协会",
    ]
    assert [f"{name.en}: {choice.en}" for name, choice in words] == [
        "Period: Jan–Jul 2023",
        "Chains: New energy, Rail transit",
        "Region: North Guangdong, Sanpai",
        "District: Yuexiu",
        "Type: Foundations",
        "Programme: Visit 100 associations, 1,000 organisations",
        "Organization: Example association",
    ]
    assert DEFAULT.words() == ((Text("时间", "Period"), Text("2023年1—7月", "Jan–Jul 2023")),)
    assert selection.words()[-1][1] == Text("51440100MJ0000001Y", "51440100MJ0000001Y")


@given(SELECTIONS)
def test_every_choice_is_said_and_nothing_else(selection: Selection) -> None:
    said = [FILTERS[key].name for key in selection.chosen] + ([AS_OF] if selection.as_of is not None else [])
    assert [name for name, _ in selection.words()] == said


def test_the_verbs_change_the_period_and_keep_the_choices() -> None:
    chosen = Selection(Period("2022-11", "2023-02"), chains=("GZ21-01",), organization="x", as_of=4)
    assert chosen.year_before() == chosen.with_(period=Period("2021-11", "2022-02"))
    assert chosen.to_date() == chosen.with_(period=Period("2021-01", "2023-02"))
    early = chosen.with_(period=Period("2019-05", "2020-02"))
    assert early.to_date() == early
    assert (chosen.chosen, DEFAULT.chosen) == (("period", "chains", "organization"), ("period",))


def test_names_are_listed_as_each_language_lists_them() -> None:
    assert listed([Text("甲", "A"), Text("乙", "B")]) == Text("甲、乙", "A, B")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-01..2023-07", "2023-01", "2023-07"),
        ("2023-07", "2023-07", "2023-07"),
        ("2023-07..2023-07", "2023-07", "2023-07"),
        ("2023", "2023-01", "2023-12"),
        ("  2021-12..2023-01\n", "2021-12", "2023-01"),
        ("1900-01..2099-12", "1900-01", "2099-12"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: str, last: str) -> None:
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "2023-00",
        "2023-13",
        "2023-1",
        "23-01",
        "2023-07..2023-01",
        "2023..2024",
        "..2023-01",
        "2023-01...2023-02",
        "2023-01..2023-02..2023-03",
        "2023-01-05",
        "2023-01 .. 2023-02",
        "1899-12",
        "2100-01",
        "2023年7月",
        "20230１",
        "2023-01..",
        "2023..",
        "20２３-07",
        "20２３",
    ],
)
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


@given(PERIODS)
def test_the_months_of_a_period_are_in_order_and_without_a_gap(period: Period) -> None:
    months = period.months
    assert len(months) == len(period)
    assert (months[0], months[-1]) == (period.first, period.last)
    assert list(months) == sorted(set(months))
    assert all(is_month(month) for month in months)


@pytest.mark.parametrize(
    ("period", "first_day", "last_day", "months"),
    [
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), 1),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 1),
        ("2022-12..2023-01", date(2022, 12, 1), date(2023, 1, 31), 2),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), 12),
    ],
)
def test_a_period_holds_its_first_and_its_last_day(period: str, first_day: date, last_day: date, months: int) -> None:
    one = Period.parse(period)
    assert (one.first_day, one.last_day, len(one)) == (first_day, last_day, months)


@pytest.mark.parametrize(
    ("month", "by", "found"),
    [
        ("2023-01", -1, "2022-12"),
        ("2023-12", 1, "2024-01"),
        ("2023-07", 0, "2023-07"),
        ("2023-07", -12, "2022-07"),
        ("2023-07", 30, "2026-01"),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month: str, by: int, found: str) -> None:
    assert shift(month, by) == found


@pytest.mark.parametrize(
    ("last", "periods"),
    [
        ("2023-07", ("2023-07", "2023-04..2023-06", "2023-01..2023-07", "2023-01..2023-07", "2021-01..2023-07")),
        ("2023-09", ("2023-09", "2023-07..2023-09", "2023-01..2023-09", "2023-01..2023-07", "2021-01..2023-09")),
        ("2023-02", ("2023-02", "2022-10..2022-12", "2023-01..2023-02", "2023-01..2023-07", "2021-01..2023-02")),
        ("2024-01", ("2024-01", "2023-10..2023-12", "2024-01..2024-01", "2023-01..2023-07", "2021-01..2024-01")),
        ("2020-12", ("2020-12", "2020-10..2020-12", "2020-01..2020-12", "2023-01..2023-07", "2021-01..2021-01")),
    ],
)
def test_presets_count_from_the_last_complete_month(last: str, periods: tuple[str, ...]) -> None:
    assert [preset.key for preset in PRESETS] == ["month", "quarter", "year_to_date", "published", "since_2021"]
    assert [preset.of(last) for preset in PRESETS] == [Period.parse(text) for text in periods]


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2023-07", "2023年7月", "Jul 2023"),
        ("2023-01..2023-07", "2023年1—7月", "Jan–Jul 2023"),
        ("2023-10..2023-12", "2023年10—12月", "Oct–Dec 2023"),
        ("2023", "2023年", "2023"),
        ("2021-01..2023-07", "2021年1月—2023年7月", "Jan 2021 – Jul 2023"),
        ("2021-01..2022-12", "2021年1月—2022年12月", "Jan 2021 – Dec 2022"),
    ],
)
def test_a_period_in_words(period: str, zh: str, en: str) -> None:
    assert Period.parse(period).label == Text(zh, en)
