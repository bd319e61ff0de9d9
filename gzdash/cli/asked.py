"""The options of `ask` become a desk and a selection; what is unknown is refused, what is retired is replaced aloud."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace

from gzdash.ask import Desk, default_selection
from gzdash.cli import faults
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import notice, plain
from gzdash.engines.choosing import engine_of
from gzdash.faults import WrongUsage
from gzdash.lake import Lake
from gzdash.lake.faults import no_such_event
from gzdash.metrics import SUBJECTS, Metric
from gzdash.period import Period
from gzdash.reference import code_list, retired
from gzdash.selection import AS_OF, CODE_FILTERS, FILTERS, Filter, Selection, moment_of
from gzdash.words import Language, Text

# Codes named in a refusal; `metrics` and the catalogue have the rest.
_EXAMPLES = 5
# Facts of any time, to find whether anything was ever reported by an organization.
_EVER = Period("1900-01", "2099-12")


def desk_of(options: Namespace, as_of: str | None = None) -> Desk:
    """The desk over the newest snapshot, or over the one `as_of` names."""
    lake = lake_of(options)
    return Desk(lake.snapshot(event_of(lake, as_of) if as_of else None), engine_of(lake.root))


def selection_of(options: Namespace, desk: Desk, language: Language) -> Selection:
    """The selection that the options make over the default; raises WrongUsage for what is unknown."""
    chosen: dict[str, object] = {
        one.key: _codes(one, getattr(options, one.parameter), language) for one in CODE_FILTERS
    }
    if options.period:
        chosen["period"] = _period(options.period)
    if options.as_of:
        chosen["as_of"] = desk.snapshot.event
    return default_selection(desk.snapshot).with_(**chosen, organization=options.organization.strip())


def choices(selection: Selection, desk: Desk) -> list[Text]:
    """What was chosen, as it stands in a title: a snapshot would be a bare number without its name."""
    code = selection.organization
    name = desk.organization_name(code) if code else ""
    return [_choice(*one) for one in selection.words(plain(name) if name else None)]


def _choice(name: Text, choice: Text) -> Text:
    return Text(f"{name.zh} {choice.zh}", f"{name.en} {choice.en}") if name is AS_OF else choice


def tell_what_does_not_apply(metric: Metric, selection: Selection, desk: Desk, language: Language) -> None:
    """A filter that the metric does not obey, and an organization that only rows know, are said on stderr.

    Raises WrongUsage for an organization that nothing knows.
    """
    for key in selection.chosen:
        if key not in metric.filters:
            option = f"--{FILTERS[key].parameter}"
            notice(faults.filter_not_obeyed(option, metric.name, FILTERS[key].name), language)
    code = selection.organization
    if not code or desk.organization_name(code):
        return
    table = metric.subject.key
    if SUBJECTS[table].is_stock or not desk.count(table, Selection(_EVER, organization=code)):
        raise WrongUsage(faults.unknown_organization(code))
    notice(faults.not_on_register(code), language)


def _codes(one: Filter, given: Iterable[str], language: Language) -> tuple[str, ...]:
    codes = [code.strip() for text in given for code in text.split(",")]
    return tuple(_code(one, code, language) for code in codes if code)


def _code(one: Filter, code: str, language: Language) -> str:
    known, option = code_list(one.codes), f"--{one.parameter}"
    if code in known:
        return code
    gone = retired(one.codes).get(code)
    if gone is None:
        raise WrongUsage(faults.unknown_code(option, one.name, code, known.codes[:_EXAMPLES]))
    if not gone.successor:
        raise WrongUsage(faults.retired_code(option, one.name, code, gone.name))
    now = known.name_of(gone.successor)
    notice(faults.replaced_code(option, code, gone.name, gone.successor, now), language)
    return gone.successor


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise WrongUsage(faults.unknown_period(text)) from None


def event_of(lake: Lake, text: str, option: str = "--as-of") -> int:
    """The event that `text` of an option names by number, or the newest at a time; a day means its end."""
    newest = lake.position()[1]
    if moment := moment_of(text):
        return lake.event_at(moment)
    if not (text.isascii() and text.isdigit() and len(text) < len("20230801")):
        raise WrongUsage(replace(faults.unknown_moment(text), place=option))
    if int(text) > newest:
        raise WrongUsage(replace(no_such_event(int(text), newest), place=option))
    return int(text)
