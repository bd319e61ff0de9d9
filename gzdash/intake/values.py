"""One cell's text becomes one typed value, or the `Problem` that says why it does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, partial

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

from gzdash.intake import problems
from gzdash.intake.problems import Problem
from gzdash.reference import Retired, code_list, retired
from gzdash.tables import Column, Kind

Value = str | int | Decimal | date | list[str] | Problem
Reader = Callable[[str], Value]

# What Excel shows in a cell whose formula failed, by the name that fastexcel gives it.
EXCEL_ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?", re.ASCII)
# A day may carry a time, as Excel writes it into a CSV; the day is what counts.
_DAY = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?", re.A)
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})(?:月份?)?", re.ASCII)
_COMPACT_MONTH = re.compile(r"((?:19|20)\d\d)(\d\d)", re.ASCII)
# January to July in one figure, with any of the dashes that offices use.
_SPAN = re.compile(
    r"(?:19|20)\d\d[-/.年](\d{1,2})月?[-–—―~至到](?:(?:19|20)\d\d[-/.年])?(\d{1,2})月(?:份?累计|份)?", re.ASCII
)
# The day that Excel counts from, and the days 1950 to 2119 as it counts them.
_EXCEL_DAYS_FROM = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_SERIALS = range(18_264, 80_354)
_BETWEEN_CODES = re.compile(r"[;、,\n]")
_WRITTEN_AS_NUMBER = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{15}0{3}")
_EXCEL_ERRORS = frozenset(EXCEL_ERRORS.values())
_PREFIXES = ("51", "52", "53")
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (*(pow(3, place, len(CODE_ALPHABET)) for place in range(17)), 1)
PLAIN_CODE = rf"5[123][0-9]{{6}}[{CODE_ALPHABET}]{{10}}"
_PLAIN_CODE = re.compile(PLAIN_CODE)

# How alike a name of a code list must be to be named (1 is the same), how far behind the nearest, and how many.
_LIKE, _FAR, _MOST_NEAR, _IN_PART = 0.6, 0.2, 3, 0.95

_FEN = Decimal("0.01")
_MOST_MONEY = Decimal(10) ** 16
_MOST_INTEGER = 2**63
# A cell that Excel computed carries binary noise behind the 15 digits it shows, such as 0.30000000000000004.
_DIGITS_OF_A_FLOAT = 16
_FLOAT_NOISE = Decimal("1e-14")
_MOST_NOISE = Decimal("0.0005")


def plain(text: str) -> str:
    """`text` in half-width characters, with common minus signs as one, trimmed."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def folded(text: str) -> str:
    """`text` as spellings are compared: half-width, without any space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def number(text: str) -> Decimal | None:
    """The number a cell shows, without its thousands separators; a percentage as its share; None for other text.

    What binary arithmetic left behind the 15 digits that Excel shows is taken off.
    """
    found = plain(text)
    percent = found.endswith("%")
    found = found.removesuffix("%").strip()
    if not _NUMBER.fullmatch(found):
        return None
    exact = Decimal(found.replace(",", ""))
    if len(exact.as_tuple().digits) >= _DIGITS_OF_A_FLOAT:
        exact = _shown(exact)
    return exact / 100 if percent else exact


def _shown(exact: Decimal) -> Decimal:
    """The 15 digits of it when the rest is noise."""
    shown = round(exact, _DIGITS_OF_A_FLOAT - 2 - exact.adjusted())
    return shown if abs(shown - exact) <= min(abs(exact) * _FLOAT_NOISE, _MOST_NOISE) else exact


def reader(column: Column) -> Reader:
    """The function that reads the non-empty cells of `column`."""
    read = _reader(column)
    return lambda text: problems.EXCEL_ERROR if text in _EXCEL_ERRORS else read(text)


def _reader(column: Column) -> Reader:
    if column.kind == "code":
        return partial(_code, column.codes)
    if column.kind in ("integer", "money"):
        return partial(_bounded, _integer if column.kind == "integer" else _money, column)
    return _READERS[column.kind]


@cache
def spellings(codes: str) -> dict[str, str]:
    """Every way to write a code of list `codes`, folded: the code itself and both names."""
    return {
        folded(spelling): entry.code
        for entry in code_list(codes).entries
        for spelling in (entry.name.zh, entry.name.en, entry.code)
    }


@cache
def _retired_spellings(codes: str) -> dict[str, Retired]:
    """The same for the codes that are no more; a spelling of two of them is the first one's."""
    return {
        folded(spelling): gone
        for gone in reversed(retired(codes).values())
        for spelling in (gone.code, gone.name.zh, gone.name.en)
    }


def _code(codes: str, text: str) -> Value:
    spelled = folded(text)
    if spelled in spellings(codes):
        return spellings(codes)[spelled]
    if spelled in _retired_spellings(codes):
        return problems.retired_code(code_list(codes), _retired_spellings(codes)[spelled])
    return problems.unknown_code(code_list(codes), close_names(codes, plain(text)))


def close_names(codes: str, text: str) -> tuple[str, ...]:
    """Up to three names like `text`, the nearest first, only that one where it is far ahead. Short for a long name
    (智能汽车) is like it; comparing is slow, so only names that share half of the signs are looked at."""
    signs = frozenset(text)
    likely = [name for name, its in _signs(codes) if 2 * len(its & signs) >= len(signs)]
    scored = sorted(((_likeness(text, name), name) for name in likely), reverse=True)
    near = [(score, name) for (score, _), name in scored[:_MOST_NEAR] if score >= _LIKE]
    return tuple(name for score, name in near if score > near[0][0] - _FAR)


def _likeness(text: str, name: str) -> tuple[float, float]:
    """How much of `text` stands in `name` in its order, a little less than how alike both are; then the latter."""
    matcher = SequenceMatcher(None, text, name, autojunk=False)
    alike, shared = matcher.ratio(), sum(block.size for block in matcher.get_matching_blocks())
    return max(alike, _IN_PART * shared / max(len(text), 1)), alike


@cache
def _signs(codes: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The names of a code list in their order, each with the signs it is written in."""
    return tuple((entry.name.zh, frozenset(entry.name.zh)) for entry in code_list(codes).entries)


def _bounded(read: Callable[[str], int | Decimal | Problem], column: Column, text: str) -> Value:
    number = read(plain(text))
    if isinstance(number, Problem):
        return number
    if column.least is not None and number < column.least:
        return problems.below(column.least)
    if column.most is not None and number > column.most:
        return problems.above(column.most)
    return number


def _integer(text: str) -> int | Problem:
    if not _NUMBER.fullmatch(text):
        return problems.NOT_AN_INTEGER
    number = Decimal(text.replace(",", ""))
    if abs(number) >= _MOST_INTEGER:
        return problems.TOO_LARGE
    return int(number) if number == int(number) else problems.NOT_AN_INTEGER


def _money(text: str) -> Decimal | Problem:
    if not _NUMBER.fullmatch(text):
        return problems.NOT_AN_AMOUNT
    number = Decimal(text.replace(",", ""))
    if abs(number) >= _MOST_MONEY:
        return problems.TOO_LARGE
    amount = number.quantize(_FEN)
    return amount if amount == number or _is_noise(number, amount) else problems.TOO_MANY_DECIMALS


def _is_noise(number: Decimal, amount: Decimal) -> bool:
    """Whether `number` is `amount` but for what binary arithmetic left behind; nobody types 16 digits."""
    digits = len(number.as_tuple().digits)
    return digits >= _DIGITS_OF_A_FLOAT and abs(number - amount) <= min(abs(number) * _FLOAT_NOISE, _MOST_NOISE)


def _date(text: str) -> Value:
    found = _DAY.fullmatch(plain(text)) or _COMPACT_DAY.fullmatch(plain(text))
    if not found:
        return _serial_day(plain(text)) or _span(plain(text)) or problems.NOT_A_DATE
    return _day(int(found[1]), int(found[2]), int(found[3])) or problems.NOT_A_DATE


def _month(text: str) -> Value:
    """The first day of the month: Excel turns a typed 2023-7 into a day, so a whole date is understood too."""
    found = _MONTH.fullmatch(plain(text)) or _COMPACT_MONTH.fullmatch(plain(text))
    if found:
        return _day(int(found[1]), int(found[2]), 1) or problems.NOT_A_MONTH
    day = _date(text)
    if isinstance(day, date):
        return day.replace(day=1)
    return problems.CUMULATIVE_PERIOD if day is problems.CUMULATIVE_PERIOD else problems.NOT_A_MONTH


def _serial_day(text: str) -> date | None:
    """The day that a date becomes when its cell has lost its format."""
    found = _SERIAL.fullmatch(text)
    return _EXCEL_DAYS_FROM + timedelta(int(found[1])) if found and int(found[1]) in _SERIALS else None


def _span(text: str) -> Problem | None:
    """A stretch of months is no month: its figure is cumulative, and months are never taken from it."""
    return problems.CUMULATIVE_PERIOD if _SPAN.fullmatch("".join(text.split())) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _organization(text: str) -> str | Problem:
    if is_plain_code(text):
        return text
    code = uscc.compact(plain(text))
    if _WRITTEN_AS_NUMBER.fullmatch(code) and not uscc.is_valid(code):
        return problems.CODE_AS_NUMBER
    try:
        uscc.validate(code)
    except InvalidLength:
        return problems.CODE_LENGTH
    except InvalidFormat:
        return problems.CODE_CHARACTERS
    except InvalidChecksum:
        return problems.CODE_CHECK_DIGIT
    return code if code.startswith(_PREFIXES) else problems.CODE_PREFIX


def is_plain_code(text: str) -> bool:
    """Whether `text` is nothing but a right code of a social organization; of what is not, `_organization` says why.

    The check digit makes the sum, each sign times a power of three, a multiple of 31.
    """
    if not _PLAIN_CODE.fullmatch(text):
        return False
    total = sum(CODE_ALPHABET.index(sign) * weight for sign, weight in zip(text, CODE_WEIGHTS, strict=True))
    return total % len(CODE_ALPHABET) == 0


def _organizations(text: str) -> Value:
    """The codes of a cell in the order given, each once; one wrong code makes the cell wrong."""
    codes: list[str] = []
    for part in filter(str.strip, _BETWEEN_CODES.split(unicodedata.normalize("NFKC", text))):
        code = _organization(part)
        if isinstance(code, Problem):
            return code
        if code not in codes:
            codes.append(code)
    return codes


_READERS: dict[Kind, Reader] = {
    "text": str.strip,
    "date": _date,
    "month": _month,
    "organization": _organization,
    "organizations": _organizations,
}
