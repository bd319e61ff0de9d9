"""Restatements: which figures changed between two events, by how much, and which events made it; exact sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gzdash.answer import Question, Row
from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.insight.touching import Touching
from gzdash.lake import Event, Import, Lake, Snapshot
from gzdash.metrics import METRICS, Metric
from gzdash.numbers import difference
from gzdash.period import SHANGHAI, Period
from gzdash.selection import Selection
from gzdash.words import Language

Exact = int | Decimal | Fraction

# Without a chosen event: what changed in the last month of the lake's own time, so that it is the same all day.
USUAL_SPAN = timedelta(days=30)

# Gross figures say the same as their own until something is merged: they are compared when they are named.
_USUAL = tuple(key for key, one in METRICS.items() if not one.subject.view.endswith("_gross"))

_RESULTS_KEPT, _SNAPSHOTS_KEPT = 128, 128


@dataclass(frozen=True, slots=True)
class Step:
    """What one event did to a figure; `source` is the import it brought in, took out or put back."""

    metric: Metric
    event: Event
    source: Import
    before: Row
    after: Row

    @property
    def difference(self) -> Exact:
        """After less before, exactly; what is unknown counts for nothing."""
        return _difference(self.metric, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Restated:
    """One metric in one month that changed. The differences of its `steps` add up to its own, exactly.

    `is_new` tells news from restatements: the month had not been reported before, so there was nothing to change.
    """

    metric: Metric
    month: str
    before: Row
    after: Row
    is_new: bool
    steps: tuple[Step, ...] = ()

    @property
    def difference(self) -> Exact:
        """After less before, exactly: a Fraction for a ratio; what is unknown counts for nothing."""
        return _difference(self.metric, self.before, self.after)

    @property
    def weight(self) -> float:
        """The size of the change against the larger of before and after, 0 to 1, to compare different units."""
        whole = max(abs(float(worth(self.metric, one))) for one in (self.before, self.after))
        return abs(float(self.difference)) / whole if whole else 0.0


def moved(one: Step | Restated, language: Language) -> str | None:
    """The difference in words; that of a ratio needs both, a sum or a count from nothing is all of it."""
    before, after = one.before.value, one.after.value
    if one.metric.is_ratio and (before is None or after is None):
        return None
    return difference(after or 0, before or 0, one.metric.unit, language)


def worth(metric: Metric, row: Row) -> Exact:
    """The exact number of a row: a Fraction for a ratio; 0 for what is unknown."""
    if not metric.is_ratio:
        assert not isinstance(row.value, float)
        return row.value or 0
    if row.numerator is None or not row.denominator:
        return Fraction(0)
    over, under = Fraction(row.numerator), Fraction(row.denominator)
    return over / under + metric.offset


def usual_since(lake: Lake) -> int:
    """The event to look back to when nobody chose one: the newest at least 30 days older than the newest of all."""
    events = lake.events()
    return lake.event_at(events[-1].time - USUAL_SPAN) if events else 0


def changes(
    lake: Lake,
    engine: Engine,
    since: int,
    selection: Selection,
    only: Sequence[str] = (),
    *,
    now: tuple[str, int] | None = None,
) -> tuple[Restated, ...]:
    """Each metric (of `only`, or of all but the gross ones) and month of the selection that is not as it was at event
    `since`, without the steps between: flows and ratios by month, stocks at month ends. The end is the selection's own
    event, or that of `now`, the lake's position where the caller knows it.

    Raises Refused when there is no such event or the lake cannot be read.
    """
    identity, newest = now or lake.position()
    until = newest if selection.as_of is None else selection.as_of
    keys = tuple(only) or _USUAL
    return _changes(lake, identity, engine, since, until, selection.with_(as_of=None), keys)


def restatements(
    lake: Lake, engine: Engine, since: int, selection: Selection, only: Sequence[str] = ()
) -> tuple[Restated, ...]:
    """What `changes` finds, with the events that made each difference; raises as it does."""
    identity, newest = lake.position()
    until = newest if selection.as_of is None else selection.as_of
    keys = tuple(only) or _USUAL
    return _explained(lake, identity, engine, since, until, selection.with_(as_of=None), keys)


def _difference(metric: Metric, before: Row, after: Row) -> Exact:
    return worth(metric, after) - worth(metric, before)  # type: ignore[operator]


# Snapshots never change, so neither does anything found between two of them: kept by value, forgotten by age.
@lru_cache(maxsize=_RESULTS_KEPT)
def _changes(
    lake: Lake, identity: str, engine: Engine, since: int, until: int, selection: Selection, keys: tuple[str, ...]
) -> tuple[Restated, ...]:
    if since >= until:
        return ()
    then, now = _snapshot(lake, identity, since), _snapshot(lake, identity, until)
    metrics = [METRICS[key] for key in keys]
    before, after = (_by_month(Desk(one, engine), metrics, selection) for one in (then, now))
    found = []
    for metric in metrics:
        for month in selection.period.months:
            first, last = (_row(rows[metric.key], month) for rows in (before, after))
            if not _alike(metric, first, last):
                found.append(Restated(metric, month, first, last, not _reported(then, lake, metric, month)))
    return tuple(found)


@lru_cache(maxsize=_RESULTS_KEPT)
def _explained(
    lake: Lake, identity: str, engine: Engine, since: int, until: int, selection: Selection, keys: tuple[str, ...]
) -> tuple[Restated, ...]:
    """Walks the events between, and asks at each only the changed metrics and months that it may have touched."""
    found = _changes(lake, identity, engine, since, until, selection, keys)
    metrics = list({one.metric.key: one.metric for one in found}.values())
    if not metrics:
        return ()
    ends = (_snapshot(lake, identity, since), _snapshot(lake, identity, until))
    touching = Touching(lake.imports(), ends, selection.period)
    standing = {(one.metric.key, one.month): one.before for one in found}
    steps: dict[tuple[str, str], list[Step]] = {place: [] for place in standing}
    for event in (one for one in lake.events() if since < one.id <= until and one.import_id is not None):
        for span, asked in _spans(touching, metrics, event).items():
            snapshot = touching.only(_snapshot(lake, identity, event.id), asked, span)
            for metric, month, after in _standing(Desk(snapshot, engine), asked, selection.with_(period=span)):
                place = (metric.key, month)
                if place in standing and not _alike(metric, standing[place], after):
                    steps[place].append(Step(metric, event, touching.source(event), standing[place], after))
                    standing[place] = after
    return tuple(replace(one, steps=tuple(steps[one.metric.key, one.month])) for one in found)


def _spans(touching: Touching, metrics: Sequence[Metric], event: Event) -> dict[Period, list[Metric]]:
    """The metrics that an event may have changed, by the months in which it may have."""
    found: dict[Period, list[Metric]] = {}
    for metric in metrics:
        if span := touching.span(metric.subject, event):
            found.setdefault(span, []).append(metric)
    return found


def _standing(desk: Desk, metrics: Sequence[Metric], selection: Selection) -> Iterator[tuple[Metric, str, Row]]:
    """How each metric stands in each month of the selection."""
    rows = _by_month(desk, metrics, selection)
    for metric in metrics:
        for month in selection.period.months:
            yield metric, month, _row(rows[metric.key], month)


@lru_cache(maxsize=_SNAPSHOTS_KEPT)
def _snapshot(lake: Lake, identity: str, event: int) -> Snapshot:
    return lake.snapshot(event)


def _by_month(desk: Desk, metrics: Sequence[Metric], selection: Selection) -> dict[str, dict[str, Row]]:
    """The rows of every metric by month; a month nobody reported on has none."""
    answers = desk.ask_all([Question(metric.key, selection, ("month",)) for metric in metrics])
    return {one.metric.key: {str(row.key[0]): row for row in one.rows} for one in answers}


def _row(rows: dict[str, Row], month: str) -> Row:
    return rows.get(month, Row((month,), None))


def _alike(metric: Metric, one: Row, other: Row) -> bool:
    """Whether two rows say the same; a ratio is not the same when its halves moved together."""
    if metric.is_ratio:
        return (one.numerator, one.denominator) == (other.numerator, other.denominator)
    return one.value == other.value


def _reported(snapshot: Snapshot, lake: Lake, metric: Metric, month: str) -> bool:
    """Whether the month had been reported in the metric's table at a snapshot: some live file holds rows of it.

    A register has no months: one of them counts as reported when a register came in after it had ended.
    """
    files = [file for file in snapshot.files if file.table == metric.subject.table]
    if any(file.first_month for file in files):
        return any(file.first_month <= month <= file.last_month for file in files if file.first_month)
    newest = max((file.import_id for file in files), default=0)
    return any(one.id == newest and f"{one.time.astimezone(SHANGHAI):%Y-%m}" > month for one in lake.imports())


def largest(found: Iterable[Restated]) -> Restated | None:
    """The change that is largest for its figure, of sums and counts before ratios; None where there is none."""
    return max(found, key=lambda one: (not one.metric.is_ratio, one.weight), default=None)


def months_of(found: Iterable[Restated]) -> tuple[Period, ...]:
    """The months that changed, each once, in order."""
    return tuple(Period(month, month) for month in sorted({one.month for one in found}))
