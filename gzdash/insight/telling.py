"""How findings are told: columns with their group, months, shares and ratios in both languages."""

from __future__ import annotations

from decimal import Decimal

from gzdash.ask.suspicions import WATCHED
from gzdash.numbers import per_cent, write
from gzdash.period import Period, runs
from gzdash.reference import code_list
from gzdash.selection import listed
from gzdash.tables import TABLES
from gzdash.units import ROWS
from gzdash.words import Text, same
from gzdash.words import suspicions as words


def label_of(table: str, column: str, group: str) -> Text:
    """A column with what its numbers are of: 金额（申请）."""
    label = TABLES[table].by_key[column].label
    return words.OF_GROUP.fill(label=label, group=group_of(table, group)) if group else label


def group_of(table: str, group: str) -> Text:
    """The codes of a group in words."""
    pairs = zip(WATCHED[table].group, group.split("|"), strict=False)
    names = [_name(table, column, code) for column, code in pairs if code]
    return Text("、".join(name.zh for name in names), ", ".join(name.en.lower() for name in names))


def _name(table: str, column: str, code: str) -> Text:
    codes = TABLES[table].by_key[column].codes
    return code_list(codes).name_of(code) if codes else same(code)


def every(months: tuple[str, ...]) -> Text:
    """Each month, one by one or in runs: 2023年2月、2023年5—6月."""
    return listed(period.label for period in runs(months))


def span(months: tuple[str, ...]) -> Text:
    """From the first month to the last."""
    return Period(months[0], months[-1]).label


def percent(share: float) -> Text:
    """A share in whole per cent."""
    return Text(per_cent(share, "zh", 0), per_cent(share, "en", 0))


def times(ratio: float) -> Text:
    """How many times, or which part of: 9,800 倍, 1/9,800."""
    if ratio >= 1:
        return words.TIMES.fill(times=f"{ratio:,.0f}")
    return words.PART_OF.fill(times=f"{1 / ratio:,.0f}")


def written(table: str, column: str, value: Decimal | float | int) -> Text:
    """A value of a column as people read it, with its unit."""
    unit = TABLES[table].by_key[column].unit or ROWS
    return Text(write(value, unit, "zh"), write(value, unit, "en"))
