"""A column plot is what the marks, axes and words of one chart of columns have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gzdash.answer import Sheet
from gzdash.charts.chart import Style, TextColumn
from gzdash.charts.lettering import widest
from gzdash.charts.reading import Reading
from gzdash.charts.template import BARE, PHONE, Margin
from gzdash.charts.timeline import Timeline

# More steps than these are not labelled one by one.
LABELLED_STEPS = 14
# The room of a label above its column, in pixels.
LABEL_ROOM = 18


@dataclass(frozen=True, slots=True)
class Series:
    """One set of columns: its column of the sheet and how it is painted."""

    key: str
    fill: str
    text: str
    hollow: bool = False


@dataclass(frozen=True)
class ColumnPlot:
    """What all parts of one column chart refer to."""

    sheet: Sheet
    series: tuple[Series, ...]
    last_year: str | None
    time: Timeline
    reading: Reading
    style: Style
    height: int
    labelled: frozenset[str]
    below: tuple[TextColumn, ...] = ()
    highlight: frozenset[str] = frozenset()
    margin: Margin = BARE

    @property
    def keys(self) -> list[str]:
        """The columns of the sheet that are drawn."""
        return [one.key for one in self.series] + ([self.last_year] if self.last_year else [])

    @property
    def is_labelled(self) -> bool:
        """Whether every column carries its number, so that no value axis is needed."""
        return len(self.labelled) == len(self.series)

    @property
    def depth(self) -> int:
        """The height of the plot itself, in pixels."""
        return self.height - self.margin.top - self.margin.bottom

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest value drawn, zero included, for columns start there."""
        known = [value for key in self.keys for value in self.time.values(self.sheet, key) if value is not None]
        return min([0, *known]), max([0, *known])

    @property
    def reach(self) -> tuple[float, float]:
        """The ends of the value axis, with room for a label above the highest column."""
        low, high = self.span
        room = (high - low or 1) * LABEL_ROOM / max(self.depth - LABEL_ROOM, LABEL_ROOM)
        return low - (room if low < 0 else 0), high + room


def labelled(sheet: Sheet, series: Sequence[Series], time: Timeline, reading: Reading) -> frozenset[str]:
    """The series whose columns carry their numbers: all where a phone has room, else the solid one, else none."""
    if len(time) > LABELLED_STEPS:
        return frozenset()
    wide = {one.key: widest([reading.label(v) for v in sheet.values(one.key)], bold=not one.hollow) for one in series}
    if sum(wide.values()) * len(time) <= PHONE:
        return frozenset(wide)
    last = series[-1]
    return frozenset({last.key}) if series[0].hollow and wide[last.key] * len(time) <= PHONE else frozenset()
