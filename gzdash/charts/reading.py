"""A `Reading` writes the numbers of one chart alike: money in one unit, three ticks at most, hover with units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gzdash.answer import Number, Sheet
from gzdash.charts.lettering import marked_up
from gzdash.numbers import NO_BREAK, Scale, column_scale, per_cent, short_axis, write
from gzdash.units import Unit
from gzdash.words import Language

TICKS = 3
_NICE = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the numbers of a chart are written; `scale` is the one unit of a chart of money."""

    scale: Scale
    language: Language

    @classmethod
    def of(cls, sheet: Sheet, columns: Iterable[str], language: Language) -> Reading:
        """The reading fit for the middle of what is drawn."""
        figures = [sheet.by_column[key] for key in columns]
        return cls(column_scale((value for one in figures for value in one.values), figures[0].unit), language)

    @property
    def unit(self) -> str:
        """The unit that stands once for the whole chart: 万元; empty where each number carries or needs none."""
        return self.scale.header(self.language) if self.scale.unit.measure == "money" else ""

    def named(self, label: str) -> str:
        """A column's name with the chart's unit: 授信额（万元）, Credit (¥ million)."""
        if not self.unit:
            return label
        return f"{label}（{self.unit}）" if self.language == "zh" else f"{label} ({self.unit})"

    def label(self, value: Number | None) -> str:
        """The number beside its mark: 4,820, 46.0 %; nothing for the unknown, whose mark is a gap."""
        if value is None:
            return ""
        return per_cent(value, self.language) if self._is_ratio else self.scale.write(value, self.language)

    def tick(self, value: float) -> str:
        """The number at a tick, without trailing zeros: 2,000, 1.5, 50 %."""
        if self.scale.unit.measure != "money":
            return short_axis(value, self.scale.unit, self.language)
        text = self.scale.write(value, self.language)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def ticks(self, low: float, high: float) -> tuple[float, ...]:
        """At most three round values between `low` and `high`, zero among them; whole ones for what is counted."""
        return round_values(low, high, whole=self.scale.unit.measure == "count")

    @property
    def _is_ratio(self) -> bool:
        return self.scale.unit.measure == "ratio"


def round_values(low: float, high: float, *, whole: bool = False) -> tuple[float, ...]:
    """The multiples of the smallest 1-2-2.5-5 step of which at most three lie between `low` and `high`."""
    reach = max(abs(low), abs(high))
    if not reach:
        return (0.0,)
    exponent = math.floor(math.log10(reach)) - 1
    while True:
        for nice in _NICE:
            step = nice * 10.0**exponent
            first, last = math.ceil(low / step), math.floor(high / step)
            if last - first < TICKS and not (whole and step % 1):
                return tuple(round(place * step, 10) for place in range(first, last + 1))
        exponent += 1


def drawn(values: Iterable[Number | None]) -> list[float | int | None]:
    """The values as numbers a browser reads; what is unknown or not finite is a gap."""
    return [_plain(value) for value in values]


def hover_texts(sheet: Sheet, columns: Sequence[str], language: Language) -> list[str]:
    """What is shown over each row: its name, the drawn columns and the sheet's ratios, always with units."""
    shown = [*columns, *(one.key for one in sheet.figures if one.unit.measure == "ratio" and one.key not in columns)]
    texts = []
    for row, name in enumerate(sheet.labels()):
        lines = [marked_up(name.of(language), bold=True)]
        for one in (sheet.by_column[key] for key in shown):
            lines.append(marked_up(said(one.label.of(language), one.values[row], one.unit, language)))
        texts.append("<br>".join(lines))
    return texts


def said(label: str, value: Number | None, unit: Unit, language: Language) -> str:
    """A name and its number with its unit; the two never part."""
    return f"{label}{NO_BREAK}{write(value, unit, language)}"


def _plain(value: Number | None) -> float | int | None:
    if value is None or not math.isfinite(value):
        return None
    return value if isinstance(value, int) else float(value)
