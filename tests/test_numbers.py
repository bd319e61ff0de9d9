"""Numbers are written as the table of the visual language promises; every expectation here was typed by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from gzdash import units
from gzdash.numbers import (
    Change,
    Figure,
    Value,
    change,
    column_scale,
    day,
    difference,
    figure,
    moment,
    per_cent,
    short_axis,
    write,
)
from gzdash.units import DAYS, PERSONS, POSTS, RATIO, YUAN, Unit
from gzdash.words import LANGUAGES, Language


def plain(text: str) -> str:
    """The text with its no-break spaces shown as `_`, so that a table row can be read and typed."""
    assert "_" not in text
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0_元", "¥0"),
        (Decimal("0.30"), "0.30_元", "¥0.30"),
        (Decimal("0.995"), "1_元", "¥1"),
        (Decimal("1.49"), "1_元", "¥1"),
        (9_999, "9,999_元", "¥9,999"),
        (Decimal("9999.49"), "9,999_元", "¥9,999"),
        (Decimal("9999.50"), "1.0_万元", "¥10_thousand"),
        (10_000, "1.0_万元", "¥10_thousand"),
        (53_500, "5.4_万元", "¥54_thousand"),
        (99_499, "9.9_万元", "¥99_thousand"),
        (99_500, "10_万元", "¥100_thousand"),
        (412_600, "41_万元", "¥413_thousand"),
        (999_500, "100_万元", "¥1.00_million"),
        (1_000_000, "100_万元", "¥1.00_million"),
        (41_260_000, "4,126_万元", "¥41.26_million"),
        (99_995_000, "1.00_亿元", "¥100_million"),
        (99_994_999, "9,999_万元", "¥99.99_million"),
        (99_999_600, "1.00_亿元", "¥100_million"),
        (182_000_000, "1.82_亿元", "¥182_million"),
        (181_500_000, "1.82_亿元", "¥182_million"),
        (181_499_999, "1.81_亿元", "¥181_million"),
        (999_500_000, "10.00_亿元", "¥1.00_billion"),
        (1_234_567_890, "12.35_亿元", "¥1.23_billion"),
        (123_456_789_000, "1,234.57_亿元", "¥123.46_billion"),
        (-41_260_000, "−4,126_万元", "−¥41.26_million"),
    ],
)
def test_money_is_written_in_the_unit_that_fits(value: Value, zh: str, en: str) -> None:
    assert plain(write(value, YUAN, "zh")) == zh
    assert plain(write(value, YUAN, "en")) == en


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (3_057, POSTS, "3,057_个", "3,057"),
        (1_835, PERSONS, "1,835_人", "1,835"),
        (0, POSTS, "0_个", "0"),
        (1_234_567, units.PERSON_TIMES, "1,234,567_人次", "1,234,567"),
        (2.5, POSTS, "3_个", "3"),
        (-0.2, POSTS, "0_个", "0"),
        (0.6003, RATIO, "60.0_%", "60.0_%"),
        (0.6005, RATIO, "60.1_%", "60.1_%"),
        (Decimal("0.60049"), RATIO, "60.0_%", "60.0_%"),
        (1, RATIO, "100.0_%", "100.0_%"),
        (12.5, RATIO, "1,250.0_%", "1,250.0_%"),
        (0.0, RATIO, "0.0_%", "0.0_%"),
        (45, DAYS, "45_天", "45_days"),
        (12.25, DAYS, "12.3_天", "12.3_days"),
        (1, DAYS, "1_天", "1_day"),
    ],
)
def test_counts_shares_and_days_are_written_whole(value: Value, unit: Unit, zh: str, en: str) -> None:
    assert plain(write(value, unit, "zh")) == zh
    assert plain(write(value, unit, "en")) == en


@pytest.mark.parametrize("unit", [YUAN, RATIO, POSTS, DAYS])
@pytest.mark.parametrize("value", [None, float("nan"), Decimal("NaN"), float("inf")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_is_a_dash_and_never_zero(value: Value, unit: Unit, language: Language) -> None:
    assert figure(value, unit, language) == Figure("—", "")
    assert write(value, unit, language) == "—"
    assert write(value, unit, language, qualifier="over") == "—"


@pytest.mark.parametrize(
    ("value", "unit", "language", "text", "name"),
    [
        (41_260_000, YUAN, "zh", "4,126", "万元"),
        (182_000_000, YUAN, "zh", "1.82", "亿元"),
        (41_260_000, YUAN, "en", "¥41.26", "million"),
        (182_000_000, YUAN, "en", "¥182", "million"),
        (2_500_000_000, YUAN, "en", "¥2.50", "billion"),
        (800, YUAN, "zh", "800", "元"),
        (800, YUAN, "en", "¥800", ""),
        (0.6003, RATIO, "zh", "60.0", "%"),
        (3_057, POSTS, "zh", "3,057", "个"),
        (3_057, POSTS, "en", "3,057", ""),
    ],
)
def test_a_figure_keeps_number_and_unit_apart(
    value: Value, unit: Unit, language: Language, text: str, name: str
) -> None:
    assert figure(value, unit, language) == Figure(text, name)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "zh", "en"),
    [
        (8_000, units.ORGANIZATIONS, "approx_below", "≈_8,000_家", "≈_8,000"),
        (200_000, PERSONS, "approx", "≈_200,000_人", "≈_200,000"),
        (200, units.ORGANIZATIONS, "over", ">200_家", ">_200"),
        (180_000_000, YUAN, "over", ">1.8_亿元", ">_¥180_million"),
        (2_030_000, YUAN, "over", ">203_万元", ">_¥2.03_million"),
        (1_000_000, YUAN, "approx_below", "<100_万元", "<_¥1_million"),
        (10_000_000, YUAN, "approx", "≈_1,000_万元", "≈_¥10_million"),
        (30_000, YUAN, "approx", "≈_3_万元", "≈_¥30_thousand"),
        (0.6, RATIO, "over", ">60_%", ">_60_%"),
        (0.6, RATIO, "approx_below", "≈_60_%", "≈_60_%"),
        (180_000_000, YUAN, "exact", "1.80_亿元", "¥180_million"),
    ],
)
def test_a_qualifier_is_shown_and_claims_no_digit_it_lacks(
    value: Value, unit: Unit, qualifier: str, zh: str, en: str
) -> None:
    assert plain(write(value, unit, "zh", qualifier=qualifier)) == zh
    assert plain(write(value, unit, "en", qualifier=qualifier)) == en


def test_an_unknown_qualifier_is_refused() -> None:
    with pytest.raises(KeyError):
        write(5, POSTS, "zh", qualifier="roughly")


@pytest.mark.parametrize(
    ("now", "before", "unit", "direction", "zh", "en"),
    [
        (1_835, 1_498, PERSONS, "up", "22.5_%", "22.5_%"),
        (41_260_000, 44_440_000, YUAN, "down", "7.2_%", "7.2_%"),
        (0, 12, POSTS, "down", "100.0_%", "100.0_%"),
        (12, 12, POSTS, "same", "0.0_%", "0.0_%"),
        (100_001, 100_000, POSTS, "same", "0.0_%", "0.0_%"),
        (2_005, 2_000, POSTS, "up", "0.3_%", "0.3_%"),
        (12, 0, POSTS, "unknown", "—", "—"),
        (12, None, POSTS, "unknown", "—", "—"),
        (None, 12, POSTS, "unknown", "—", "—"),
        (0.627, 0.6, RATIO, "up", "2.7_个百分点", "2.7_pp"),
        (0.6, 0.627, RATIO, "down", "2.7_个百分点", "2.7_pp"),
        (0.6, 0.6, RATIO, "same", "0.0_个百分点", "0.0_pp"),
        (0.05, 0, RATIO, "up", "5.0_个百分点", "5.0_pp"),
        (0.05, None, RATIO, "unknown", "—", "—"),
    ],
)
def test_a_change_is_a_share_or_points_without_a_sign(
    now: Value, before: Value, unit: Unit, direction: str, zh: str, en: str
) -> None:
    for language, text in (("zh", zh), ("en", en)):
        got: Change = change(now, before, unit, "zh" if language == "zh" else "en")
        assert (got.direction, plain(got.text)) == (direction, text)


@pytest.mark.parametrize(
    ("now", "before", "unit", "zh", "en"),
    [
        (1_835, 1_498, PERSONS, "+337", "+337"),
        (5, 12, POSTS, "−7", "−7"),
        (12, 12, POSTS, "0", "0"),
        (2_400_000, 1_200_000, YUAN, "+120_万元", "+¥1.20_million"),
        (41_260_000, 44_440_000, YUAN, "−318_万元", "−¥3.18_million"),
        (5, 5, YUAN, "0_元", "¥0"),
        (0.627, 0.6, RATIO, "+2.7_个百分点", "+2.7_pp"),
        (0.6, 0.627, RATIO, "−2.7_个百分点", "−2.7_pp"),
        (Decimal("0.49180"), Decimal("0.49140"), RATIO, "+0.04_个百分点", "+0.04_pp"),
        (Decimal("0.49140"), Decimal("0.491404"), RATIO, "−0.0004_个百分点", "−0.0004_pp"),
        (Decimal("0.4997"), Decimal("0.5"), RATIO, "−0.03_个百分点", "−0.03_pp"),
        (Decimal("0.4914"), Decimal("0.4914"), RATIO, "0.0_个百分点", "0.0_pp"),
        (1, Decimal("0.9995"), RATIO, "+0.1_个百分点", "+0.1_pp"),
        (0.1 + 0.2, 0.3, RATIO, "0.0_个百分点", "0.0_pp"),
        (40, 43, DAYS, "−3_天", "−3_days"),
        (44, 43, DAYS, "+1_天", "+1_day"),
        (12, 0, POSTS, "+12", "+12"),
        (None, 12, POSTS, "—", "—"),
        (12, None, POSTS, "—", "—"),
    ],
)
def test_a_difference_carries_its_sign(now: Value, before: Value, unit: Unit, zh: str, en: str) -> None:
    assert plain(difference(now, before, unit, "zh")) == zh
    assert plain(difference(now, before, unit, "en")) == en


@pytest.mark.parametrize(
    ("values", "unit", "zh", "en"),
    [
        (
            (182_000_000, 255_500_000, 90_000_000, None, 0),
            YUAN,
            ("亿元", "1.82", "2.56", "0.90", "—", "0"),
            ("¥ million", "182", "256", "90", "—", "0"),
        ),
        (
            (500_000_000, 48_200_000, 300_000, 800),
            YUAN,
            ("万元", "50,000", "4,820", "30", "<1"),
            ("¥ thousand", "500,000", "48,200", "300", "1"),
        ),
        (
            (48_200_000, 4_126_000, 53_000),
            YUAN,
            ("万元", "4,820", "413", "5"),
            ("¥ million", "48.20", "4.13", "0.05"),
        ),
        ((53_500, 81_000, -20_000), YUAN, ("万元", "5.4", "8.1", "−2.0"), ("¥ thousand", "54", "81", "−20")),
        ((9_000, 120), YUAN, ("元", "9,000", "120"), ("yuan", "9,000", "120")),
        ((None, 0), YUAN, ("元", "—", "0"), ("yuan", "—", "0")),
        ((3_057, 401, None), POSTS, ("个", "3,057", "401", "—"), ("posts", "3,057", "401", "—")),
        ((0.6003, 1, 0.0002, 0), RATIO, ("%", "60.0", "100.0", "<0.1", "0"), ("%", "60.0", "100.0", "<0.1", "0")),
        ((-0.0002, 0.5), RATIO, ("%", ">−0.1", "50.0"), ("%", ">−0.1", "50.0")),
    ],
)
def test_a_column_has_one_unit_in_its_header(
    values: tuple[Value, ...], unit: Unit, zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    scale = column_scale(values, unit)
    assert (scale.header("zh"), *(scale.write(value, "zh") for value in values)) == zh
    assert (scale.header("en"), *(scale.write(value, "en") for value in values)) == en


def test_an_empty_column_still_has_a_header() -> None:
    assert column_scale([], YUAN).header("zh") == "元"


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (0, YUAN, "0", "0"),
        (500, YUAN, "500", "¥500"),
        (40_000_000, YUAN, "4,000_万", "¥40m"),
        (150_000_000, YUAN, "1.5_亿", "¥150m"),
        (1_250_000_000, YUAN, "12.5_亿", "¥1.25bn"),
        (3_000, POSTS, "3,000", "3,000"),
        (15_000, POSTS, "1.5_万", "15k"),
        (-200, POSTS, "−200", "−200"),
        (0.6, RATIO, "60_%", "60_%"),
        (0.125, RATIO, "12.5_%", "12.5_%"),
        (0, RATIO, "0_%", "0_%"),
        (None, POSTS, "—", "—"),
    ],
)
def test_ticks_are_short(value: Value, unit: Unit, zh: str, en: str) -> None:
    assert plain(short_axis(value, unit, "zh")) == zh
    assert plain(short_axis(value, unit, "en")) == en


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(0.6003, 1, "60.0_%"), (0.6003, 0, "60_%"), (0.605, 0, "61_%"), (-0.072, 1, "−7.2_%"), (None, 1, "—")],
)
def test_a_share_is_a_per_cent(value: Value, decimals: int, expected: str) -> None:
    assert [plain(per_cent(value, language, decimals)) for language in LANGUAGES] == [expected, expected]


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (date(2023, 9, 20), "2023年9月20日", "20 September 2023"),
        (date(2024, 1, 1), "2024年1月1日", "1 January 2024"),
        (datetime(2023, 12, 31, 16, 0, tzinfo=UTC), "2024年1月1日", "1 January 2024"),
    ],
)
def test_a_day_is_written_out(when: date, zh: str, en: str) -> None:
    assert day(when, "zh") == zh
    assert day(when, "en") == en


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (datetime(2023, 9, 20, 18, 30), "2023年9月20日 18:30", "20 September 2023 18:30"),
        (datetime(2023, 9, 20, 18, 30, tzinfo=UTC), "2023年9月21日 02:30", "21 September 2023 02:30"),
    ],
)
def test_a_moment_is_told_in_shanghai(when: datetime, zh: str, en: str) -> None:
    assert moment(when, "zh") == zh
    assert moment(when, "en") == en
