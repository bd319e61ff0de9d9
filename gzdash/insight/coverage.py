"""Coverage: who reported of those that should have, what the silent held a year before, and whether it is enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from gzdash.answer import Key, Number, Question
from gzdash.ask import Desk
from gzdash.ask.reporting import Held, by_month, has_list, held, reporting
from gzdash.insight.part import of_part
from gzdash.metrics import Metric, metric
from gzdash.numbers import per_cent, write
from gzdash.period import Period, runs, shift
from gzdash.selection import Selection
from gzdash.words import Text
from gzdash.words import coverage as words

# A month that is closed usually holds 81 to 91 % of its reports. Where more than one organization in five is silent,
# what is missing may weigh as much as the changes from year to year that are read from the figures.
PROVISIONAL_BELOW = 0.80

_YEAR = 12  # months
# What is found for a table is the same for all cards and charts of a page, and at the next click.
_KEPT = 1_024


@dataclass(frozen=True, slots=True)
class Reports:
    """Organizations, each counted once: `due` should have reported, `reported` sent at least one report."""

    due: int
    reported: int

    @property
    def share(self) -> float:
        """Reported of due, 0 to 1; there is always somebody due."""
        return self.reported / self.due


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a figure is reported. `silent` are the codes of those that sent nothing over the whole period.

    `last` is the last month with reports due: a period may look complete while its newest month has hardly come in.
    """

    metric: Metric
    period: Period
    whole: Reports
    last_month: Period
    last: Reports
    silent: tuple[str, ...]
    # Found when it is asked for: most figures say how many are silent, and few what those had.
    then: Callable[[], Held | None] = field(compare=False, repr=False)

    @property
    def held(self) -> Number | None:
        """What the silent had for the metric in the same months last year, exactly; None where nobody is silent, parts
        by organization do not add up, or nothing was recorded then."""
        found = self._found_then()
        return found.silent if found else None

    @property
    def held_share(self) -> float | None:
        """That as a part of last year's whole, 0 to 1."""
        found = self._found_then()
        return float(found.silent) / float(found.whole) if found else None

    def _found_then(self) -> Held | None:
        found = self.then() if self.silent else None
        return found if found and found.whole else None

    @property
    def is_provisional(self) -> bool:
        """Whether too few have reported, over the period or for its last month, to take the figure as final."""
        return self.weakest[1].share < PROVISIONAL_BELOW

    @property
    def weakest(self) -> tuple[Period, Reports]:
        """The whole period or its last month, whichever is reported less."""
        return min((self.period, self.whole), (self.last_month, self.last), key=lambda one: one[1].share)

    def words(self) -> Text:
        """已报 1,204 / 应报 1,310 家（91.9 %）；未报的 106 家去年同期有 57 人（占 3.1 %）."""
        whole = self.whole
        said = words.COVERED.fill(reported=f"{whole.reported:,}", due=f"{whole.due:,}", share=_share(whole.share))
        return _joined(said, self._silence()) if self.silent else said

    def _silence(self) -> Text:
        count = f"{len(self.silent):,}"
        if self.held is None or self.held_share is None:
            return words.SILENT.fill(silent=count)
        if not self.held:
            return words.SILENT_HELD_NOTHING.fill(silent=count)
        held = Text(write(self.held, self.metric.unit, "zh"), write(self.held, self.metric.unit, "en"))
        return words.SILENT_HELD.fill(silent=count, held=held, share=_share(self.held_share))

    def reservation(self) -> Text | None:
        """Why the figure is provisional, in one sentence; None where it is not."""
        if not self.is_provisional:
            return None
        period, reports = self.weakest
        return words.PROVISIONAL_WHY.fill(period=period.label, share=_share(reports.share, 0))


def coverage(desk: Desk, metric: Metric, selection: Selection) -> Coverage | None:
    """How far the figure of `metric` is reported; None where the table it is counted from has no list of who should
    report in this selection. Nothing is guessed for such a table."""
    found = reporting(desk, metric.subject.key, selection)
    if found is None:
        return None

    def then() -> Held | None:
        return held(desk, metric.subject.key, selection).get(metric.key)

    month = Period(found.last_month, found.last_month)
    whole, last = Reports(found.due, found.reported), Reports(found.last_due, found.last_reported)
    return Coverage(metric, selection.period, whole, month, last, found.silent, then)


def coverage_words(found: Coverage | None) -> Text:
    """What to say of a figure's coverage, also where there is none: 无应报名单."""
    return found.words() if found else words.NO_LIST


def figure_coverage(desk: Desk, question: Question, key: Key | None = None) -> Text:
    """What to say of the coverage of a figure, or of the part `key` of its split; where no filter narrows to the part,
    that of the whole selection, and that it is."""
    one, selection = metric(question.metric), question.selection
    own = of_part(selection, question.split, key)
    found = coverage(desk, one, own or selection)
    said = coverage_words(found)
    return said if own or found is None else words.OF_THE_WHOLE.fill(said=said)


def thin_months(desk: Desk, metric: Metric, selection: Selection) -> tuple[str, ...]:
    """The months of the selection for which too few have reported, and those that nobody could have reported yet."""
    return _thin_months(desk, metric.subject.key, selection)


@lru_cache(maxsize=_KEPT)
def _thin_months(desk: Desk, subject: str, selection: Selection) -> tuple[str, ...]:
    reports = {month: Reports(*both) for month, both in by_month(desk, subject, selection).items()}
    thin = {month for month, one in reports.items() if one.share < PROVISIONAL_BELOW}
    return tuple(sorted(thin.union(_unreported(desk, subject, selection))))


def unreported(desk: Desk, metric: Metric, selection: Selection) -> Period | None:
    """The first months of the selection, one after another, of which the snapshot can hold nothing: they had not ended
    on its day, or nobody was due for them, while a year before somebody was. None where there are no such months."""
    found = runs(_unreported(desk, metric.subject.key, selection))
    return found[0] if found else None


@lru_cache(maxsize=_KEPT)
def _unreported(desk: Desk, subject: str, selection: Selection) -> tuple[str, ...]:
    period = selection.period
    known = shift(f"{desk.snapshot.time:%Y-%m}", -1)
    found = reporting(desk, subject, selection)
    last_due = found.last_month if found else ""
    if last_due < period.last and has_list(desk, subject):
        last_year = by_month(desk, subject, selection.year_before())
        if late := [month for before in last_year if (month := shift(before, _YEAR)) > last_due]:
            known = min(known, shift(min(late), -1))
    tail = Period(max(period.first, shift(known, 1)), period.last).months if known < period.last else ()
    return tuple(sorted({*tail, *_skipped(desk, subject, period)}))


@lru_cache(maxsize=_KEPT)
def _skipped(desk: Desk, subject: str, period: Period) -> tuple[str, ...]:
    """Months before the last with reports due for which nobody in the city was due, while a year before somebody was:
    an import was undone, or never came. Of a few organizations it would say nothing, for their duties change."""
    if not has_list(desk, subject):
        return ()
    everybody = Selection(period)
    due = by_month(desk, subject, everybody)
    expected = (shift(before, _YEAR) for before in by_month(desk, subject, everybody.year_before()))
    return tuple(month for month in expected if due and month < max(due) and month not in due)


def reservation(desk: Desk, metric: Metric, selection: Selection) -> Text | None:
    """Why a figure is not compared with last year's, in one sentence: too few have reported, or none can have for part
    of the period. None where it can be compared."""
    found = coverage(desk, metric, selection)
    if found and found.is_provisional:
        return found.reservation()
    missing = unreported(desk, metric, selection)
    return words.UNREPORTED_WHY.fill(period=missing.label) if missing else None


def _share(share: float, decimals: int = 1) -> Text:
    return Text(per_cent(share, "zh", decimals=decimals), per_cent(share, "en", decimals=decimals))


def _joined(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, first.en + second.en)
