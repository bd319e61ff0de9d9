"""A `Period` is a run of whole months, Asia/Shanghai, both ends included."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from gzdash.words import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")

_MONTH = re.compile(r"(?:1[0-9]|20)[0-9][0-9]-(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
# Nobody asks for earlier months; those before them are only compared with.
_EARLIEST = "1900-01"
MONTHS_A_QUARTER = 3
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_month(text: str) -> bool:
    """Whether `text` is a month written 2023-07."""
    return bool(_MONTH.fullmatch(text))


def shift(month: str, by: int) -> str:
    """The month `by` months later (earlier when negative)."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The months from `first` to `last`, written 2023-01; raises ValueError when they are not months in order."""

    first: str
    last: str

    def __post_init__(self) -> None:
        if not is_month(self.first) or not is_month(self.last) or self.first > self.last:
            raise ValueError(f"not a period: {self.first}..{self.last}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written `2023-01..2023-07`, `2023-07` or `2023`; raises ValueError for anything else."""
        first, dots, last = text.strip().partition("..")
        if _YEAR.fullmatch(first) and not dots:
            first, last = f"{first}-01", f"{first}-12"
        period = cls(first, last if dots or last else first)
        if period.first < _EARLIEST:
            raise ValueError(f"not a period: {text}, which is too early")
        return period

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    @property
    def months(self) -> tuple[str, ...]:
        """The months in order."""
        return tuple(shift(self.first, step) for step in range(len(self)))

    def __len__(self) -> int:
        first, last = (int(month[:4]) * 12 + int(month[5:]) for month in (self.first, self.last))
        return last - first + 1

    @property
    def first_day(self) -> date:
        """The first day of the first month."""
        return date.fromisoformat(f"{self.first}-01")

    @property
    def last_day(self) -> date:
        """The last day of the last month: the date at which a stock is taken."""
        return date.fromisoformat(f"{shift(self.last, 1)}-01") - timedelta(days=1)

    def holds(self, other: Period) -> bool:
        """Whether all months of `other` are in it."""
        return self.first <= other.first and other.last <= self.last

    def common(self, other: Period) -> Period | None:
        """The months that are in both; None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def year_before(self) -> Period:
        """The same months one year earlier."""
        return Period(shift(self.first, -12), shift(self.last, -12))

    @property
    def label(self) -> Text:
        """The period in words: 2023年1—7月 / Jan–Jul 2023."""
        return _label(self.first, self.last)


# A page writes a hundred labels and remembers them, of few months: one text for all of them.
@lru_cache(maxsize=1024)
def _label(first: str, last: str) -> Text:
    first_year, first_month = first.split("-")
    last_year, last_month = last.split("-")
    start, end = _MONTHS_EN[int(first_month) - 1], _MONTHS_EN[int(last_month) - 1]
    if first == last:
        return Text(f"{first_year}年{int(first_month)}月", f"{start} {first_year}")
    if first_year == last_year and (first_month, last_month) == ("01", "12"):
        return Text(f"{first_year}年", first_year)
    if first_year == last_year:
        return Text(f"{first_year}年{int(first_month)}—{int(last_month)}月", f"{start}–{end} {first_year}")
    return Text(
        f"{first_year}年{int(first_month)}月—{last_year}年{int(last_month)}月",
        f"{start} {first_year} – {end} {last_year}",
    )


def period_of(code: str) -> Period:
    """The months of a month (2023-07), a quarter (2023-Q3) or a year (2023)."""
    year, _, rest = code.partition("-Q")
    if not rest:
        return Period.parse(code)
    last = int(rest) * MONTHS_A_QUARTER
    return Period(f"{year}-{last - MONTHS_A_QUARTER + 1:02d}", f"{year}-{last:02d}")


def runs(months: tuple[str, ...]) -> tuple[Period, ...]:
    """Months in order as the fewest periods: 2023-01, 2023-02, 2023-06 are 2023-01..2023-02 and 2023-06."""
    found: list[Period] = []
    for month in months:
        if found and shift(found[-1].last, 1) == month:
            found[-1] = Period(found[-1].first, month)
        else:
            found.append(Period(month, month))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Preset:
    """A period by name: `of` derives it from the snapshot's last complete month, never from today."""

    key: str
    name: Text
    of: Callable[[str], Period]


PUBLISHED_PERIOD = Period("2023-01", "2023-07")
FACTS_BEGIN = "2021-01"


def _quarter(last: str) -> Period:
    """The last quarter that has ended by the end of month `last`."""
    end = shift(last, -(int(last[5:]) % 3))
    return Period(shift(end, -2), end)


PRESETS: tuple[Preset, ...] = (
    Preset("month", Text("最近一个完整月", "Last complete month"), lambda last: Period(last, last)),
    Preset("quarter", Text("最近一个完整季度", "Last complete quarter"), _quarter),
    Preset("year_to_date", Text("今年以来", "Year to date"), lambda last: Period(f"{last[:4]}-01", last)),
    Preset("published", Text("公开时段 2023年1—7月", "Published period Jan–Jul 2023"), lambda last: PUBLISHED_PERIOD),
    Preset(
        "since_2021",
        Text("2021年以来", "Since 2021"),
        lambda last: Period(FACTS_BEGIN, max(last, FACTS_BEGIN)),
    ),
)
