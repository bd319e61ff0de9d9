"""Cards from metrics: the figure, what changed, its months, and the year's target."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from gzdash.answer import Answer, Number, Question
from gzdash.insight.coverage import Coverage, coverage, unreported
from gzdash.insight.pace import Pace, pace
from gzdash.metrics import Metric, metric
from gzdash.numbers import change, figure, per_cent, short_axis, write
from gzdash.period import Period
from gzdash.screen.cards import Card, Target
from gzdash.screen.remembered import remembered
from gzdash.screen.view import Seen, View
from gzdash.units import Unit
from gzdash.words import Text
from gzdash.words import coverage as coverage_words
from gzdash.words import frame as words

# More months than this are no line any more on a card.
_MONTHS_DRAWN = 120
_ARROWS = {"up": "▲", "down": "▼"}


def cards_of(view: View, keys: tuple[str, ...], to_date: tuple[str, ...] = ()) -> list[Card]:
    """A card per metric, in order; those in `to_date` are shown 累计, from 2021 to the end of the period."""
    for key in keys:
        view.uses(metric(key))
    return list(_cards(view.seen, keys, to_date))


def cards_ahead(view: View, keys: tuple[str, ...], to_date: tuple[str, ...] = ()) -> None:
    """Begin to make the cards, for a page that comes to them soon."""
    _cards.ahead(view.seen, keys, to_date)


@remembered
def _cards(seen: Seen, keys: tuple[str, ...], to_date: tuple[str, ...]) -> tuple[Card, ...]:
    view = seen.view
    _ask_together(view, keys, to_date)
    targets = view.desk.targets()
    found = _coverages(view, keys, to_date)
    return tuple(
        _card(view, one, one.key in to_date, pace(view.desk, one, view.selection, targets), found[one.key])
        for one in map(metric, keys)
    )


def _coverages(view: View, keys: tuple[str, ...], to_date: tuple[str, ...]) -> dict[str, Coverage | None]:
    """How far each figure is reported, over the months that it is shown for."""
    chosen = {True: view.selection.to_date(), False: view.selection}
    return {key: coverage(view.desk, metric(key), chosen[key in to_date]) for key in keys}


def _ask_together(view: View, keys: tuple[str, ...], to_date: tuple[str, ...]) -> None:
    """All that the cards will need in as few passes as can be; the answers are then in the cache."""
    now, then = view.selection, view.selection.year_before()
    questions = [Question(key, selection) for key in keys for selection in (now, then)]
    questions += [Question(key, selection, ("month",)) for key in keys for selection in (now, then)]
    questions += [Question(key, now.to_date()) for key in to_date]
    view.desk.ask_all(questions)


def _card(view: View, one: Metric, is_to_date: bool, target: Pace | None, found: Coverage | None) -> Card:
    desk, selection, language = view.desk, view.selection, view.language
    now, then = desk.ask(one.key, selection), desk.ask(one.key, selection.year_before())
    shown = desk.ask(one.key, selection.to_date()) if is_to_date else now
    is_new = is_to_date and one.adds_up("month")
    if is_to_date and not is_new:
        now, then = shown, desk.ask(one.key, selection.year_before().to_date())
    written = figure(shown.value, one.unit, language)
    spark = _spark(view, one, is_to_date)
    return Card(
        key=one.key,
        label=view.say(one.name),
        kind=_kind(view, _period_kind(one, is_to_date), found),
        figure=written.text,
        unit=written.unit,
        delta=(_thin(view, found) or _missing(view, one) or _delta(view, one, now, then, is_new),),
        note=_halves(view, shown) if one.is_ratio and not one.offset else "",
        series=spark.series,
        before=spark.before,
        months=spark.months,
        target=_target(view, one.unit, target) if target else None,
        no_target=view.say(words.NO_TARGET),
        question=view.say(words.QUESTION),
        full=_exact(shown.value),
        covered=_covered(view, found),
        reported=_reported(view, found),
        provisional=view.say(coverage_words.PROVISIONAL) if found and found.is_provisional else "",
    )


def _covered(view: View, found: Coverage | None) -> str:
    """How far the figure is reported, and why it is provisional; nothing where nobody had to report."""
    if found is None:
        return ""
    why = found.reservation()
    return view.say(found.words()) + (f"\n{view.say(why)}" if why else "")


def _reported(view: View, found: Coverage | None) -> str:
    """已报 1,204/1,310 家; nothing where nobody had to report."""
    if found is None:
        return ""
    whole = found.whole
    return view.say(coverage_words.REPORTED_OF.fill(reported=f"{whole.reported:,}", due=f"{whole.due:,}"))


def _thin(view: View, found: Coverage | None) -> str:
    """In the place of the comparison, which a figure that is reported too thinly does not bear."""
    if found is None or not found.is_provisional:
        return ""
    period, reports = found.weakest
    share = per_cent(reports.share, view.language, decimals=0)
    if period == found.period:
        return view.say(coverage_words.PROVISIONAL_SHARE.fill(share=share))
    return view.say(coverage_words.PROVISIONAL_LAST.fill(month=_short(period), share=share))


def _missing(view: View, one: Metric) -> str:
    """In the place of the comparison too, where part of the period could not have been reported on that day."""
    missing = unreported(view.desk, one, view.selection)
    return view.say(coverage_words.UNREPORTED.fill(period=_short(missing))) if missing else ""


def _short(period: Period) -> Text:
    """4—7月: the months without their year, where they are of one."""
    if period.first[:4] != period.last[:4]:
        return period.label
    return Text(
        period.label.zh.partition("年")[2] or period.label.zh, period.label.en.rpartition(" ")[0] or period.label.en
    )


def _kind(view: View, kind: Text, found: Coverage | None) -> str:
    """当期, 累计 or 时点, with the share that is reported where there is a list; a card of the period, as most are,
    says the share alone, for both have no room beside its name. A provisional one says it in its delta."""
    if found is None or found.is_provisional:
        return view.say(kind)
    share = coverage_words.REPORTED_SHARE.fill(share=_share(found.whole.share))
    return view.say(share) if kind == words.CURRENT else f"{view.say(kind)} · {view.say(share)}"


def _share(share: float) -> Text:
    return Text(per_cent(share, "zh", decimals=0), per_cent(share, "en", decimals=0))


def _period_kind(one: Metric, is_to_date: bool) -> Text:
    if is_to_date:
        return words.TO_DATE
    return words.AT_DATE if one.subject.is_stock else words.CURRENT


def _delta(view: View, one: Metric, now: Answer, then: Answer, is_new: bool) -> str:
    """▲ 22.5 % 比去年同期; for what adds up to a figure to date: 新增 4,126 万 ▼ 7.2 %."""
    if now.value is None or then.value is None or not one.is_recorded(view.selection.period.year_before().first):
        return view.say(words.NO_COMPARISON)
    moved = change(now.value, then.value, one.unit, view.language)
    if moved.direction == "same":
        said = view.say(words.SAME)
    elif moved.direction == "unknown":
        said = view.say(words.SAME if now.value == then.value else words.WAS_ZERO)
    else:
        said = f"{_ARROWS[moved.direction]} {moved.text}"
    if is_new:
        new = write(now.value, one.unit, view.language)
        return f"{view.say(words.NEW.fill(value=new))} {said}"
    return f"{said} {view.say(words.VERSUS)}" if moved.direction in _ARROWS else said


def _halves(view: View, answer: Answer) -> str:
    """1,835 / 3,057; money in its own unit."""
    row, unit = answer.total, answer.metric.halves_unit
    if not row.denominator:
        return ""
    if unit.measure == "money":
        return f"{write(row.numerator, unit, view.language)} / {write(row.denominator, unit, view.language)}"
    return f"{row.numerator or 0:,} / {row.denominator or 0:,}"


@dataclass(frozen=True, slots=True)
class _Spark:
    """The months behind a figure, and the same months a year before."""

    series: tuple[float | None, ...] = ()
    before: tuple[float | None, ...] = ()
    months: tuple[str, ...] = ()


def _spark(view: View, one: Metric, is_to_date: bool) -> _Spark:
    """The months of the period and of the year before; to date: one line since its start, where months add up."""
    selection = view.selection.to_date() if is_to_date else view.selection
    if (is_to_date and not one.adds_up("month")) or len(selection.period) > _MONTHS_DRAWN:
        return _Spark()
    this = _monthly(view, one, selection.period)
    labels = tuple(view.say(Period(month, month).label) for month in selection.period.months)
    if is_to_date:
        return _Spark(tuple(accumulate(value or 0.0 for value in this)), months=labels)
    return _Spark(this, _monthly(view, one, selection.period.year_before()), labels)


def _monthly(view: View, one: Metric, period: Period) -> tuple[float | None, ...]:
    rows = view.desk.ask(one.key, view.selection.with_(period=period), "month").by_key
    values: list[Number | None] = [rows[(month,)].value if (month,) in rows else None for month in period.months]
    return tuple(None if value is None else float(value) for value in values)


def _target(view: View, unit: Unit, found: Pace) -> Target:
    due = "" if found.expected is None else per_cent(found.expected, view.language, decimals=0)
    return Target(
        share=per_cent(found.achieved, view.language, decimals=0),
        due=view.say(words.DUE_BY_NOW.fill(share=due)) if due else "",
        goal=short_axis(found.target, unit, view.language),
        achieved=found.achieved,
        expected=found.expected,
    )


def _exact(value: Number | None) -> str:
    return "" if value is None else f"{value:,}"
