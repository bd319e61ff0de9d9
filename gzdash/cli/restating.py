"""The commands about data as it was: what changed since, and freezing a period, taking that back, listing freezes."""

from __future__ import annotations

import getpass
from argparse import Namespace
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from gzdash.answer import Cell, Listing, Row
from gzdash.cli import faults
from gzdash.cli.asked import desk_of, event_of, selection_of
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, joined, listing, provenance
from gzdash.faults import WrongUsage
from gzdash.insight.restated_rows import HEADERS, WRITTEN, exact
from gzdash.insight.restatement import Exact, Restated, Step, moved, restatements, usual_since
from gzdash.lake import Freeze, Lake, Snapshot
from gzdash.metrics import Metric, metric
from gzdash.numbers import moment, write
from gzdash.period import Period
from gzdash.words import Language, Text
from gzdash.words import restatements as words

_TITLE = Text("数据变动", "Restatements")
_KIND = Text("性质", "Kind")
_KINDS = {False: Text("变动", "changed"), True: Text("新增", "new")}
_COLUMNS = (*WRITTEN[:2], _KIND, *WRITTEN[2:])
_SINCE = Text("自快照 {since} 以来，{count} 处", "since snapshot {since}, {count} places")
_FREEZE_COLUMNS = (
    words.SNAPSHOT,
    words.NAME,
    words.PERIOD,
    words.TIME,
    words.WHO,
    words.WHY,
    words.STATE,
)
_FROZEN = Text("已冻结“{name}”（{period}），快照 {event}。", "“{name}” ({period}) is frozen; snapshot {event}.")
_THAWED = Text("已解冻快照 {of}，快照 {event}。", "The freeze of snapshot {of} is taken back; snapshot {event}.")


def restatements_(options: Namespace, language: Language) -> Output:
    """What changed since an event or a time, with the events that made each difference."""
    lake, desk = lake_of(options), desk_of(options, options.as_of)
    since = event_of(lake, options.since, "--since") if options.since else usual_since(lake)
    only = [metric(key).key for key in dict.fromkeys(options.metric)]
    selection = selection_of(options, desk, language).with_(as_of=desk.snapshot.event)
    found = restatements(lake, desk.engine, since, selection, only)
    pairs = [(one, step) for one in found for step in one.steps]
    lines = [_line(one, step, language) for one, step in pairs]
    shown = listing("restatements", _TITLE, _COLUMNS, lines, desk.snapshot)
    document = {
        "since": since,
        "until": desk.snapshot.event,
        "lake": desk.snapshot.kind,
        "period": str(selection.period),
        "restatements": [_document(one) for one in found],
    }
    said = joined(_SINCE.fill(since=since, count=len(found)), provenance(desk.snapshot))
    return Output(shown, document, (said,), file=partial(_file, pairs, desk.snapshot))


def _file(pairs: Sequence[tuple[Restated, Step]], snapshot: Snapshot) -> Listing:
    rows = [(*exact(one, step), _KINDS[one.is_new]) for one, step in pairs]
    return listing("restatements", _TITLE, (*HEADERS, _KIND), rows, snapshot)


def freeze(options: Namespace, language: Language) -> Output:
    """Freezes a period as it stands."""
    lake, period = lake_of(options), _period(options.period)
    event = lake.freeze(options.name, period, options.who or getpass.getuser(), options.why)
    said = _FROZEN.fill(name=options.name, period=period.label, event=event)
    return _made(lake, event, {"event": event, "name": options.name, "period": str(period)}, said)


def thaw(options: Namespace, language: Language) -> Output:
    """Takes a freeze back."""
    lake = lake_of(options)
    event = lake.thaw(options.event, options.who or getpass.getuser(), options.why)
    return _made(lake, event, {"event": event, "thawed": options.event}, _THAWED.fill(of=options.event, event=event))


def freezes(options: Namespace, language: Language) -> Output:
    """Every freeze, oldest first, those taken back included."""
    lake = lake_of(options)
    found = lake.freezes()
    shown = listing("freezes", words.FREEZES, _FREEZE_COLUMNS, [_freeze_line(one) for one in found], lake.snapshot())
    return Output(shown, [_freeze(one) for one in found])


def _made(lake: Lake, event: int, document: dict[str, object], said: Text) -> Output:
    shown = listing("freeze", words.SNAPSHOT, (words.SNAPSHOT,), [(event,)], lake.snapshot())
    return Output(shown, document, (said,), says_all=True)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise WrongUsage(faults.unknown_period(text)) from None


def _line(one: Restated, step: Step, language: Language) -> tuple[Cell, ...]:
    gaps = (moved(changed, language) for changed in (one, step))
    values = (write(row.value, one.metric.unit, language) for row in (one.before, one.after))
    what = words.KINDS[step.event.kind].fill(id=step.source.id)
    by = (step.source.file_name or None, step.event.who, step.event.why or None)
    return (one.metric.name, one.month, _KINDS[one.is_new], *values, *gaps, what, *by)


def _document(one: Restated) -> dict[str, object]:
    return {
        "metric": one.metric.key,
        "unit": one.metric.unit.key,
        "month": one.month,
        "new": one.is_new,
        **_change(one.metric, one.before, one.after, one.difference),
        "events": [_step(step) for step in one.steps],
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "event": step.event.id,
        "time": step.event.time.isoformat(),
        "kind": step.event.kind,
        "import": step.source.id,
        "file": step.source.file_name,
        "who": step.event.who,
        "why": step.event.why,
        **_change(step.metric, step.before, step.after, step.difference),
    }


def _change(one: Metric, before: Row, after: Row, gap: Exact) -> dict[str, object]:
    """Before, after and the difference; of a ratio both halves too, and its exact difference as a quotient."""
    said: dict[str, object] = {"before": before.value, "after": after.value}
    if not one.is_ratio:
        return said | {"difference": gap}
    halves = {
        f"{when}_{half}": getattr(row, half)
        for when, row in (("before", before), ("after", after))
        for half in ("numerator", "denominator")
    }
    return said | halves | {"difference": float(gap), "difference_exact": str(Fraction(gap))}


def _freeze_line(one: Freeze) -> tuple[Cell, ...]:
    when = Text(moment(one.time, "zh"), moment(one.time, "en"))
    return (one.event, one.name, one.period.label, when, one.who, one.why or None, _state(one))


def _state(one: Freeze) -> Text:
    """Whether it stands; who took it back, and why."""
    if not one.thawed:
        return words.STANDS
    return words.THAWED_BY.fill(who=one.thawed_by, why=one.thawed_why or Text("—", "—"))


def _freeze(one: Freeze) -> dict[str, object]:
    return {
        "event": one.event,
        "name": one.name,
        "period": str(one.period),
        "time": one.time.isoformat(),
        "who": one.who,
        "why": one.why,
        "thawed": one.thawed,
        "thawed_by": one.thawed_by or None,
        "thawed_why": one.thawed_why or None,
    }
