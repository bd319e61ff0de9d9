"""A `Timeline` is every step between the first and the last of a sheet, so that a silent month leaves a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from gzdash.answer import Sheet
from gzdash.charts.lettering import widest
from gzdash.charts.reading import drawn
from gzdash.charts.template import PHONE
from gzdash.dimensions import NOT_STATED
from gzdash.period import Period
from gzdash.words import Language

T = TypeVar("T")

# A row that does not say its month stands after all that do.
UNDATED = "—"
# Every k-th step gets a name, the first k at which the names fit.
_STRIDES = {"month": (1, 3, 6, 12, 24, 60, 120), "quarter": (1, 2, 4, 8, 20, 40), "year": (1, 2, 5, 10, 20, 50)}
_STEPS_A_YEAR = {"month": 12, "quarter": 4, "year": 1}
_NAME_GAP = 2


@dataclass(frozen=True)
class Timeline:
    """The steps in order as codes, with the row of the sheet each stands for, and the names under the axis."""

    codes: tuple[str, ...]
    rows: tuple[int | None, ...]
    named: tuple[str, ...]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def clicks(self) -> tuple[str | None, ...]:
        """The codes a click on each step stands for."""
        return tuple(None if code == UNDATED else code for code in self.codes)

    def values(self, sheet: Sheet, column: str) -> list[float | int | None]:
        """The numbers of a column step by step, None where there is no row."""
        return drawn(self.along(sheet.values(column)))

    def along(self, cells: Sequence[T]) -> list[T | None]:
        """Anything given row by row, step by step."""
        return [None if row is None else cells[row] for row in self.rows]

    @property
    def name_lines(self) -> int:
        """How many lines the names take."""
        return 1 + any("\n" in name for name in self.names)


def timeline(sheet: Sheet, language: Language, room: float = PHONE) -> Timeline:
    """The timeline of a sheet whose first dimension is month, quarter or year; ValueError for any other.

    `room` is what the axis has on a phone, in pixels.
    """
    kind = sheet.dimensions[0].key
    if kind not in _STRIDES:
        raise ValueError(f"not a dimension of time: {kind}")
    places = {key[0]: row for row, key in enumerate(sheet.keys)}
    dated = sorted(code for code in places if code is not None)
    numbers = range(_number(dated[0]), _number(dated[-1]) + 1) if dated else range(0)
    codes = tuple(_code(number, kind) for number in numbers)
    named, names = _names(codes, kind, language, room)
    rows = tuple(places.get(code) for code in codes)
    if None in places:
        codes, rows = (*codes, UNDATED), (*rows, places[None])
        named, names = (*named, UNDATED), (*names, NOT_STATED.of(language))
    return Timeline(codes, rows, named, names)


def _names(codes: Sequence[str], kind: str, language: Language, room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for stride in _STRIDES[kind]:
        kept = tuple(code for code in codes if _number(code) % stride == 0)
        names = _written(kept, kind, stride, language, several=_year(codes[0]) != _year(codes[-1]) if codes else False)
        if len(kept) * (widest(list(names)) + _NAME_GAP) <= room:
            break
    return kept, names


def _written(kept: Sequence[str], kind: str, stride: int, language: Language, *, several: bool) -> tuple[str, ...]:
    """The names, with the year below the first step of each year where there are several."""
    if stride >= _STEPS_A_YEAR[kind]:
        return tuple(map(_year, kept))
    names, year = [], ""
    for code in kept:
        below = f"\n{_year(code)}" if several and _year(code) != year else ""
        names.append(_short(code, language) + below)
        year = _year(code)
    return tuple(names)


def _short(code: str, language: Language) -> str:
    _, _, rest = code.partition("-")
    if rest.startswith("Q"):
        return f"{rest[1:]}季度" if language == "zh" else rest
    return f"{int(rest)}月" if language == "zh" else Period(code, code).label.en[:3]


def _year(code: str) -> str:
    return code[:4]


def _number(code: str) -> int:
    """The steps since year 0, by which steps are counted and skipped."""
    year, _, rest = code.partition("-")
    if not rest:
        return int(year)
    return int(year) * 4 + int(rest[1:]) - 1 if rest.startswith("Q") else int(year) * 12 + int(rest) - 1


def _code(number: int, kind: str) -> str:
    if kind == "year":
        return f"{number:04d}"
    year, step = divmod(number, _STEPS_A_YEAR[kind])
    return f"{year:04d}-Q{step + 1}" if kind == "quarter" else f"{year:04d}-{step + 1:02d}"
