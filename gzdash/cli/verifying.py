"""The command that verifies a file of ours: the same, restated since, or not what was issued."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from gzdash.answer import Cell
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, listing, plain
from gzdash.engines.choosing import engine_of
from gzdash.exports import Passport
from gzdash.lake import Event
from gzdash.numbers import moment
from gzdash.verify import Checked, Difference, Verified, verify
from gzdash.words import Language, Text
from gzdash.words import passport as words

_COLUMNS = (words.FILE, words.ROW, words.COLUMN, words.ISSUED, words.FOUND)
# Restated is no fault of the file, nor is what cannot be recomputed, so these end well; what differs or cannot be
# decided does not.
_FINE, _NOT_FINE = 0, 1
_EVENTS_TOLD = 12


def verify_(options: Namespace, language: Language) -> Output:
    """The verdict on a file, with the cells that differ and what happened since."""
    lake = lake_of(options)
    found = verify(lake, engine_of(lake.root), options.file, options.passport)
    rows = [_line(one, apart) for one in found.files for apart in one.differences.first]
    shown = listing("verify", words.VERIFICATION, _COLUMNS, rows)
    code = _FINE if found.verdict in ("same", "issued", "restated") else _NOT_FINE
    return Output(shown, _document(found, language), tuple(_said(found)), says_all=not rows, code=code)


def _said(found: Verified) -> Iterator[Text]:
    yield words.HEAD.fill(file=found.file, verdict=words.VERDICTS[found.verdict])
    yield from found.notes
    for one in found.files:
        yield words.HEAD.fill(file=one.file, verdict=words.VERDICTS[one.verdict])
        if one.passport:
            yield _inner(_issued(one.passport))
        yield from map(_inner, one.reasons)
        if one.events:
            yield _inner(words.SINCE)
            yield from (_inner(_inner(_event(event))) for event in one.events[:_EVENTS_TOLD])
        if (rest := one.differences.count - len(one.differences.first)) > 0:
            yield _inner(words.MORE.fill(count=f"{rest:,}"))


def _inner(said: Text) -> Text:
    return Text(f"  {said.zh}", f"  {said.en}")


def _issued(one: Passport) -> Text:
    made, taken = (Text(moment(time, "zh"), moment(time, "en")) for time in (one.made, one.time))
    return words.ISSUED_FROM.fill(made=made, event=one.event, time=taken, maker=one.maker)


def _event(one: Event) -> Text:
    when = Text(moment(one.time, "zh"), moment(one.time, "en"))
    kind = words.KINDS[one.kind].fill(id=one.import_id)
    return words.EVENT.fill(event=one.id, time=when, kind=kind, who=one.who, why=plain(one.why))


def _line(one: Checked, apart: Difference) -> tuple[Cell, ...]:
    before, after = (words.NO_ROW if value is None else value for value in (apart.before, apart.after))
    return one.file, apart.row, apart.column, before, after


def _document(found: Verified, language: Language) -> dict[str, object]:
    return {
        "verdict": found.verdict,
        "file": found.file,
        "notes": [note.of(language) for note in found.notes],
        "files": [_checked(one, language) for one in found.files],
    }


def _checked(one: Checked, language: Language) -> dict[str, object]:
    issued = one.passport
    said: dict[str, object] = {"file": one.file, "verdict": one.verdict, "recomputed": one.recomputed}
    if issued:
        said |= {"kind": issued.kind, "sha256": issued.sha256, "lake": issued.lake, "snapshot": issued.event}
        said |= {"made": issued.made.isoformat(), "maker": str(issued.maker)}
    return said | {
        "reasons": [reason.of(language) for reason in one.reasons],
        "differences_in_all": one.differences.count,
        "differences": [_difference(apart, language) for apart in one.differences.first],
        "events_since": [_event_document(event) for event in one.events],
    }


def _difference(one: Difference, language: Language) -> dict[str, object]:
    place: dict[str, object] = {"row": one.row.of(language), "column": one.column.of(language)}
    return place | {"before": one.before, "after": one.after}


def _event_document(one: Event) -> dict[str, object]:
    said: dict[str, object] = {"event": one.id, "time": one.time.isoformat(), "kind": one.kind}
    return said | {"import": one.import_id, "who": one.who, "why": one.why}
