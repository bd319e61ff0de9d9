"""The command that says why a number moved: what each part gave to its change against last year, exactly."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from gzdash.answer import Cell, Row
from gzdash.ask import Desk
from gzdash.cli.asked import desk_of, selection_of, tell_what_does_not_apply
from gzdash.cli.output import Output, joined, listing, provenance
from gzdash.cli.questions import chosen
from gzdash.dimensions import DIMENSIONS
from gzdash.faults import Fault, WrongUsage
from gzdash.insight.breakdown import exact_headers, exact_rows, plain
from gzdash.insight.cause import Suspect, axes_of, ranked
from gzdash.insight.change import change_of
from gzdash.insight.contribution import Contribution, Contributions, Exact, contributions
from gzdash.insight.sentences import Names, full_sentence
from gzdash.insight.sentences import joined as sentence
from gzdash.metrics import Metric, metric
from gzdash.selection import Selection
from gzdash.words import Language, Text, same
from gzdash.words import why as words

_SPLIT = Text("拆分方式", "Split")


def why(options: Namespace, language: Language) -> Output:
    """The parts of a change along the splits asked for, else along that which explains it best."""
    asked = metric(options.metric)
    desk = desk_of(options, options.as_of)
    selection = selection_of(options, desk, language)
    tell_what_does_not_apply(asked, selection, desk, language)
    by = _splits(options.by)
    along = contributions(desk, asked.key, selection, *dict.fromkeys((*axes_of(asked), *by)))
    suspects = ranked([whole for whole in along if whole.dimension in axes_of(asked)])
    first = suspects[0].whole.dimension if suspects else axes_of(asked)[0]
    found = [whole for name in by or (first,) for whole in along if whole.dimension == name]
    return _output(asked, selection, desk, found, suspects, language)


def _output(
    asked: Metric,
    selection: Selection,
    desk: Desk,
    found: Sequence[Contributions],
    suspects: Sequence[Suspect],
    language: Language,
) -> Output:
    names = {whole.dimension: _names(desk, whole) for whole in found}
    said = [sentence(full_sentence(change_of(one), names[one.dimension])) for one in found] or [words.NO_CHANGE]
    rows = [(DIMENSIONS[one.dimension].name, *row) for one in found for row in exact_rows(one, names[one.dimension])]
    headers = (_SPLIT, words.PART, *exact_headers(found[0])[1:]) if found else (_SPLIT, words.PART)
    shown = listing("why", words.WHY_OF.fill(name=asked.name), headers, rows, desk.snapshot)
    document = {
        "metric": asked.key,
        "unit": asked.unit.key,
        "period": str(selection.period),
        "selection": chosen(selection),
        "snapshot": desk.snapshot.event,
        "lake": desk.snapshot.kind,
        "cause": _cause(suspects),
        "changes": [_change(one, names[one.dimension], language) for one in found],
    }
    return Output(shown, document, (*said, joined(asked.name, provenance(desk.snapshot))))


def _cell(cell: Cell) -> Cell:
    """Shares and ratios with the decimals that a table of counts would cut off."""
    return f"{cell:.4f}" if isinstance(cell, float) else cell


def _splits(names: Sequence[str]) -> tuple[str, ...]:
    """The splits asked for; WrongUsage for one by time, whose parts are not there in both years."""
    for name in names:
        if name in DIMENSIONS and DIMENSIONS[name].is_time:
            raise WrongUsage(
                Fault(
                    "why-by-time",
                    Text("不能按{name}解释变化。", "A change is not explained by {name}.").fill(
                        name=Text(DIMENSIONS[name].name.zh, DIMENSIONS[name].name.en.lower())
                    ),
                    "--by",
                    Text("可用：{known}。", "There are: {known}.").fill(
                        known=same(", ".join(one.key for one in DIMENSIONS.values() if not one.is_time))
                    ),
                )
            )
    return tuple(dict.fromkeys(names))


def _names(desk: Desk, whole: Contributions) -> Names:
    by_organization = whole.dimension == "organization"
    return desk.organization_names(part.code for part in whole.parts) if by_organization else {}


def _cause(suspects: Sequence[Suspect]) -> dict[str, object] | None:
    """The part that explains the change best, None where no part moved more than its size would have it."""
    if not suspects:
        return None
    one = suspects[0]
    return {"by": one.whole.dimension, "key": one.part.code, **_amount("amount", one.part.amount)}


def _change(whole: Contributions, names: Names, language: Language) -> dict[str, object]:
    said: dict[str, object] = {
        "by": whole.dimension,
        "sentence": sentence(full_sentence(change_of(whole), names)).of(language).replace("\u00a0", " "),
        **_rows(whole.metric, whole.now, whole.before),
        **_amount("difference", whole.difference),
    }
    if whole.metric.is_ratio:
        said |= _amount("rate", whole.rate) | _amount("mix", whole.mix)
    return said | _amount("overlap", whole.overlap) | {"parts": [_part(whole, part) for part in whole.parts]}


def _part(whole: Contributions, part: Contribution) -> dict[str, object]:
    said: dict[str, object] = {"key": part.code, **_rows(whole.metric, part.now, part.before)}
    said |= _amount("amount", part.amount)
    return said | _amount("rate", part.rate or 0) | _amount("mix", part.mix or 0) if whole.metric.is_ratio else said


def _rows(one: Metric, now: Row | None, before: Row | None) -> dict[str, object]:
    """Both years; of a ratio with both halves."""
    said: dict[str, object] = {"now": now and now.value, "before": before and before.value}
    if not one.is_ratio:
        return said
    return said | {
        f"{when}_{half}": row and getattr(row, half)
        for when, row in (("now", now), ("before", before))
        for half in ("numerator", "denominator")
    }


def _amount(name: str, amount: Exact) -> dict[str, object]:
    """An amount; of a fraction the nearest double and the fraction itself."""
    number = plain(amount)
    return (
        {name: number}
        if number == amount and not isinstance(number, float)
        else {name: number, f"{name}_exact": str(amount)}
    )
