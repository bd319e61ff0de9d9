"""Drilling: from a part of a split to the narrower selection it stands for, and the steps that lead back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gzdash.answer import Sheet
from gzdash.dimensions import DIMENSIONS
from gzdash.insight.part import FILTER_OF
from gzdash.metrics import metric
from gzdash.period import MONTHS_A_QUARTER, Period, period_of
from gzdash.reference import code_list, region_level
from gzdash.selection import CODE_FILTERS, FILTERS, Selection
from gzdash.words import Text
from gzdash.words import drill as words

PERIOD = "period"
# An organization has a page of its own.
_FILTER_OF = {split: key for split, key in FILTER_OF.items() if key != "organization"}


@dataclass(frozen=True, slots=True)
class Step:
    """A crumb: its name, and the selection it leads back to; None where the reader is."""

    name: Text
    back: Selection | None


def filter_of(split: str) -> str:
    """The filter that holds the parts of a split, `period` for time; empty where there is none."""
    return PERIOD if DIMENSIONS[split].is_time else _FILTER_OF.get(split, "")


def drillable(shown: Sheet) -> str:
    """The split whose parts narrow the page: the one dimension of the sheet, if its numbers obey that filter."""
    split = shown.dimensions[0].key if len(shown.dimensions) == 1 else ""
    key = filter_of(split) if split else ""
    asked = [metric(one.asked.metric) for one in shown.figures if one.asked]
    return split if key and any(key in one.filters for one in asked) else ""


def narrowed(selection: Selection, split: str, code: str, reach: Period, wider: tuple[Period, ...] = ()) -> Selection:
    """The selection narrowed to one part of a split; wider again when that part is the only one chosen.

    `reach` are the months the sheet spans: its last year may be half a one. `wider` are the periods the reader
    came from.
    """
    key = filter_of(split)
    if key == PERIOD:
        period = _within(period_of(code), reach)
        return selection.with_(period=_above(selection.period, wider) if period == selection.period else period)
    if getattr(selection, key) == (code,):
        return selection.with_(**{key: _parents(key, code)[-1:]})
    return selection.with_(**{key: (code,)})


def _within(period: Period, reach: Period) -> Period:
    return period.common(reach) or period


def _above(period: Period, wider: tuple[Period, ...]) -> Period:
    return next((one for one in reversed(wider) if _holds(one, period)), period)


def _holds(outer: Period, inner: Period) -> bool:
    """Whether `inner` is a part of `outer`, and not all of it."""
    return outer != inner and outer.holds(inner)


def _parents(key: str, code: str) -> tuple[str, ...]:
    """What a place lies in, the widest first; parts of Guangdong are no step on the way to a prefecture."""
    found: list[str] = []
    above = code_list("region").by_code[code].parent if key == "regions" else ""
    while above and region_level(above) != "region_group":
        found.insert(0, above)
        above = code_list("region").by_code[above].parent
    return tuple(found)


def up(selection: Selection) -> Selection:
    """The selection one place wider: the county of a town, the prefecture of a county, the province."""
    if len(selection.regions) != 1:
        return selection.with_(regions=())
    return selection.with_(regions=_parents("regions", selection.regions[0])[-1:])


def wider_periods(selection: Selection, default: Selection, came_from: tuple[Period, ...] = ()) -> tuple[Period, ...]:
    """The periods around the selected one, the widest first: those the reader came from, else what is shown at
    first, else the year of a single month or quarter."""
    now = selection.period
    if found := around(now, came_from) or around(now, (default.period,)):
        return found
    year = Period(f"{now.first[:4]}-01", f"{now.first[:4]}-12")
    return around(now, (year,)) if len(now) in (1, MONTHS_A_QUARTER) and now != default.period else ()


def around(period: Period, others: Iterable[Period]) -> tuple[Period, ...]:
    """Those of the other periods that hold this one, each inside the one before it."""
    found: list[Period] = []
    for one in sorted(dict.fromkeys(others), key=len, reverse=True):
        if _holds(one, period) and (not found or _holds(found[-1], one)):
            found.append(one)
    return tuple(found)


def trails(selection: Selection, wider: tuple[Period, ...]) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The crumbs of every filter that holds one choice, by its key: from everything down to where the reader is."""
    if wider:
        yield PERIOD, tuple(_period_steps(selection, wider))
    for one in CODE_FILTERS:
        codes = getattr(selection, one.key)
        if len(codes) == 1:
            yield one.key, tuple(_code_steps(selection, one.key, codes[0]))


def _period_steps(selection: Selection, wider: tuple[Period, ...]) -> Iterator[Step]:
    for place, one in enumerate(wider):
        yield Step(_shorter(one, wider[place - 1] if place else None), selection.with_(period=one))
    yield Step(_shorter(selection.period, wider[-1]), None)


def _shorter(period: Period, above: Period | None) -> Text:
    """A period under another of the same year does not say the year again: 3月, Mar."""
    label, year = period.label, period.first[:4]
    if above is None or {above.first[:4], above.last[:4]} != {year}:
        return label
    return Text(label.zh.removeprefix(f"{year}年"), label.en.removesuffix(f" {year}"))


def _code_steps(selection: Selection, key: str, code: str) -> Iterator[Step]:
    names = code_list(FILTERS[key].codes)
    yield Step(words.EVERYTHING[key], selection.with_(**{key: ()}))
    for above in _parents(key, code):
        yield Step(names.name_of(above), selection.with_(**{key: (above,)}))
    yield Step(names.short_of(code), None)
