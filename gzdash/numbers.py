"""A number as people read it: 1.82 亿元, ¥41.26 million, 60.0 %, ≈ 8,000, — ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from statistics import median_low
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_decimal

from gzdash.period import SHANGHAI
from gzdash.units import Unit
from gzdash.words import Language, Text

Value = int | float | Decimal | None
Direction = Literal["up", "down", "same", "unknown"]

UNKNOWN = "—"
MINUS = "\u2212"
# A number and its unit never part at the end of a line.
NO_BREAK = "\u00a0"
POINTS = Text("个百分点", "pp")

LOCALES: dict[Language, str] = {"zh": "zh_Hans_CN", "en": "en"}
QUALIFIERS: dict[str, Text] = {
    "approx": Text(f"≈{NO_BREAK}", f"≈{NO_BREAK}"),
    "below": Text("<", f"<{NO_BREAK}"),
    "over": Text(">", f">{NO_BREAK}"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number split for setting: `text` in large type, `unit` in small behind it (may be empty)."""

    text: str
    unit: str

    def joined(self) -> str:
        """Both on one line, held together by a no-break space."""
        return f"{self.text}{NO_BREAK}{self.unit}" if self.unit else self.text


@dataclass(frozen=True, slots=True)
class Change:
    """How a number moved: `direction` chooses ▲ or ▼, `text` is the size of the change without a sign."""

    direction: Direction
    text: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One size of money: `worth` in yuan, `decimals` shown, used while the rounded number stays under `below`."""

    worth: Decimal
    decimals: int
    unit: str
    below: Decimal = Decimal("Infinity")


def _rung(worth: str, decimals: int, unit: str, below: str = "Infinity") -> Rung:
    return Rung(Decimal(worth), decimals, unit, Decimal(below))


# Small sums keep their cents: 0.30 yuan is not nothing.
LADDERS: dict[Language, tuple[Rung, ...]] = {
    "zh": (
        _rung("1", 2, "元", "1"),
        _rung("1", 0, "元", "1E4"),
        _rung("1E4", 1, "万元", "10"),
        _rung("1E4", 0, "万元", "1E4"),
        _rung("1E8", 2, "亿元"),
    ),
    "en": (
        _rung("1", 2, "", "1"),
        _rung("1", 0, "", "1E4"),
        _rung("1E3", 0, "thousand", "1E3"),
        _rung("1E6", 2, "million", "100"),
        _rung("1E6", 0, "million", "1E3"),
        _rung("1E9", 2, "billion"),
    ),
}

# Of a column every cell has the same unit and decimals; the rung is chosen by the column's middle value.
COLUMNS: dict[Language, tuple[tuple[Decimal, Rung], ...]] = {
    "zh": (
        (Decimal("1E8"), _rung("1E8", 2, "亿元")),
        (Decimal("1E5"), _rung("1E4", 0, "万元")),
        (Decimal("1E4"), _rung("1E4", 1, "万元")),
        (Decimal(0), _rung("1", 0, "元")),
    ),
    "en": (
        (Decimal("1E8"), _rung("1E6", 0, "¥ million")),
        (Decimal("1E6"), _rung("1E6", 2, "¥ million")),
        (Decimal("1E4"), _rung("1E3", 0, "¥ thousand")),
        (Decimal(0), _rung("1", 0, "yuan")),
    ),
}

TICKS: dict[Language, tuple[Rung, ...]] = {
    "zh": (_rung("1", 2, "", "1E4"), _rung("1E4", 2, f"{NO_BREAK}万", "1E4"), _rung("1E8", 2, f"{NO_BREAK}亿")),
    "en": (
        _rung("1", 2, "", "1E4"),
        _rung("1E3", 2, "k", "1E3"),
        _rung("1E6", 2, "m", "1E3"),
        _rung("1E9", 2, "bn"),
    ),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """One unit for a whole table column; `typical` is the middle size of its values, in the stored unit."""

    unit: Unit
    typical: Decimal

    def header(self, language: Language) -> str:
        """The unit as it stands in the column's header: 万元, ¥ million, %, 个."""
        return self._rung(language).unit

    def write(self, value: Value, language: Language) -> str:
        """One cell, without its unit: unknown is —, zero is 0, what is too small for the unit is <0.01."""
        amount = _exact(value)
        if amount is None or amount == 0:
            return UNKNOWN if amount is None else "0"
        rung = self._rung(language)
        text = _digits(abs(amount) / rung.worth, rung.decimals)
        if not _is_zero(text):
            return _signed(amount, text)
        least = _digits(Decimal(1).scaleb(-rung.decimals), rung.decimals)
        return f"<{least}" if amount > 0 else f">{MINUS}{least}"

    def scaled(self, value: Value, language: Language) -> float | None:
        """The value as a plain number in the header's unit, for a table that sorts by number; None is unknown."""
        amount = _exact(value)
        rung = self._rung(language)
        return None if amount is None else float(_rounded(amount / rung.worth, rung.decimals))

    def decimals(self, language: Language) -> int:
        """How many decimals the column shows."""
        return self._rung(language).decimals

    def _rung(self, language: Language) -> Rung:
        match self.unit.measure:
            case "money":
                return next(rung for least, rung in COLUMNS[language] if self.typical >= least)
            case "ratio":
                return _rung("0.01", 1, self.unit.symbol.of(language))
            case _:
                return _rung("1", 0, self.unit.symbol.of(language))


def figure(value: Value, unit: Unit, language: Language, *, qualifier: str = "exact") -> Figure:
    """A value with its unit apart, rounded once, half up; unknown (None, NaN) is — without a unit.

    `qualifier` is exact, approx (≈), approx_below (< for money, ≈ for what is counted) or over (>); a qualified
    number drops trailing zeros, so that "more than 1.8 亿" does not claim a third digit. A ratio of 1 is 100 %.
    English counts have no unit, for the label names what is counted. KeyError for another qualifier.
    """
    amount = _exact(value)
    if amount is None:
        return Figure(UNKNOWN, "")
    size = _size(abs(amount), unit, language, trim=qualifier != "exact")
    return Figure(_mark(qualifier, unit, language) + _signed(amount, size.text), size.unit)


def write(value: Value, unit: Unit, language: Language, *, qualifier: str = "exact") -> str:
    """`figure` on one line: 4,126 万元, ¥41.26 million, 60.0 %; a no-break space stands before the unit."""
    return figure(value, unit, language, qualifier=qualifier).joined()


def change(now: Value, before: Value, unit: Unit, language: Language) -> Change:
    """The size of a move: a share of `before` for counts and money, points for a ratio.

    Unknown when either value is missing, or when a share of 0 is asked for; same when the move rounds to zero.
    """
    new, old = _exact(now), _exact(before)
    if new is None or old is None or (old == 0 and unit.measure != "ratio"):
        return Change("unknown", UNKNOWN)
    if unit.measure == "ratio":
        size = _points(new - old, language)
    else:
        size = Figure(_digits(abs((new - old) / old) * 100, 1), "%")
    if _is_zero(size.text):
        return Change("same", size.joined())
    return Change("up" if new > old else "down", size.joined())


def difference(now: Value, before: Value, unit: Unit, language: Language) -> str:
    """`now` less `before` with its sign: +337, −7, +120 万元, +2.7 pp; no sign on zero, — when either is unknown.

    Where one decimal would show no change, points have as many as show one: 49.14 % to 49.18 % is +0.04 pp.
    """
    new, old = _exact(now), _exact(before)
    if new is None or old is None:
        return UNKNOWN
    gap = new - old
    size = _points(gap, language, fine=True) if unit.measure == "ratio" else _size(abs(gap), unit, language)
    plus = "+" if gap > 0 and not _is_zero(size.text) else ""
    text = plus + _signed(gap, size.text)
    return text if unit.measure == "count" else Figure(text, size.unit).joined()


def column_scale(values: Iterable[Value], unit: Unit) -> Scale:
    """One unit for a column, fit for its middle value, so that one giant or one dwarf does not decide for all."""
    amounts = (_exact(value) for value in values)
    sizes = [abs(amount) for amount in amounts if amount]
    return Scale(unit, median_low(sizes) if sizes else Decimal(0))


def short_axis(value: Value, unit: Unit, language: Language) -> str:
    """A tick: 4,000 万, 1.5 亿, ¥40m, 15k, 60 %; at most two decimals, no trailing zeros."""
    amount = _exact(value)
    if amount is None:
        return UNKNOWN
    if unit.measure == "ratio":
        return Figure(_signed(amount, _digits(abs(amount) * 100, 1, trim=True)), "%").joined()
    rung, text = _climb(abs(amount), TICKS[language], trim=True)
    currency = "¥" if unit.measure == "money" and language == "en" and amount else ""
    return _signed(amount, f"{currency}{text}{rung.unit}")


def per_cent(value: Value, language: Language, decimals: int = 1) -> str:
    """A ratio as a share, 0.6003 → 60.0 %; unknown is —."""
    amount = _exact(value)
    if amount is None:
        return UNKNOWN
    return Figure(_signed(amount, _digits(abs(amount) * 100, decimals)), "%").joined()


def day(when: date, language: Language) -> str:
    """A date in prose, 2023年9月20日 or 20 September 2023; a time with a zone is first moved to Shanghai."""
    pattern = "y年M月d日" if language == "zh" else "d MMMM y"
    return format_date(_in_shanghai(when), pattern, locale=LOCALES[language])


def moment(when: datetime, language: Language) -> str:
    """A date in prose and the time of day as HH:MM, in Shanghai; a time without a zone is taken to be there."""
    return f"{day(when, language)} {_in_shanghai(when):%H:%M}"


def _in_shanghai(when: date) -> date:
    return when.astimezone(SHANGHAI) if isinstance(when, datetime) and when.tzinfo else when


def _exact(value: Value) -> Decimal | None:
    """The value as the decimal a person would type, so that 1.005 rounds as 1.005; None for NaN."""
    if value is None:
        return None
    amount = Decimal(str(value))
    return amount if amount.is_finite() else None


def _size(amount: Decimal, unit: Unit, language: Language, *, trim: bool = False) -> Figure:
    match unit.measure:
        case "money":
            rung, text = _climb(amount, LADDERS[language], trim=trim)
            return Figure(f"¥{text}" if language == "en" else text, rung.unit)
        case "ratio":
            return Figure(_digits(amount * 100, 1, trim=trim), "%")
        case "days":
            text = _digits(amount, 1, trim=True)
            return Figure(text, "day" if language == "en" and text == "1" else unit.symbol.of(language))
        case "count":
            return Figure(_digits(amount, 0), unit.symbol.zh if language == "zh" else "")


def _climb(amount: Decimal, ladder: tuple[Rung, ...], *, trim: bool = False) -> tuple[Rung, str]:
    """The first rung that holds the amount once rounded there, and its digits; every rung rounds the original."""
    rung = next(rung for rung in ladder if amount == 0 or _rounded(amount / rung.worth, rung.decimals) < rung.below)
    return rung, "0" if amount == 0 else _digits(amount / rung.worth, rung.decimals, trim=trim)


# Beyond that a difference is a matter of how a fraction is kept.
_FINEST = 6


def _points(gap: Decimal, language: Language, *, fine: bool = False) -> Figure:
    points = abs(gap) * 100
    decimals = next((places for places in range(1, _FINEST + 1) if _rounded(points, places)), 1) if fine else 1
    return Figure(_digits(points, decimals), POINTS.of(language))


def _rounded(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


# A page writes the same few hundred numbers at every click, and the locale's pattern takes longer than all else.
@lru_cache(maxsize=10_000)
def _digits(amount: Decimal, decimals: int, *, trim: bool = False) -> str:
    """A positive amount, rounded and grouped; the locale only groups, for both languages use the same digits."""
    kept = "#" if trim else "0"
    pattern = f"#,##0.{kept * decimals}" if decimals else "#,##0"
    return format_decimal(_rounded(amount, decimals), format=pattern, locale="en")


def _is_zero(text: str) -> bool:
    return not any(digit in text for digit in "123456789")


def _signed(amount: Decimal, text: str) -> str:
    return MINUS + text if amount < 0 and not _is_zero(text) else text


def _mark(qualifier: str, unit: Unit, language: Language) -> str:
    """The sign of a qualifier; a money just under a border is below it, a count just under is an order of size."""
    if qualifier == "exact":
        return ""
    if qualifier == "approx_below":
        qualifier = "below" if unit.measure == "money" else "approx"
    return QUALIFIERS[qualifier].of(language)
