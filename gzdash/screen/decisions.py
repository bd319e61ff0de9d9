"""The decisions on duplicates on a page: all that stand, and a way to take each of them back."""

from __future__ import annotations

from gzdash.answer import Cell
from gzdash.insight.duplicates import Decided, decisions
from gzdash.reference import code_list
from gzdash.screen import source
from gzdash.screen.deciding import TakeBack, draw_standing
from gzdash.screen.view import View
from gzdash.tables import TABLES
from gzdash.tables.identity import IDENTITIES
from gzdash.words import Text, same
from gzdash.words import duplicates as words

_PLACE = "duplicates"
_FORM = TakeBack(words.TAKE_BACK, words.TAKE_BACK_DRAWN, words.CHOOSE_DECISION, words.UNDO)


def draw_decisions(view: View) -> None:
    """What was decided and still stands, of any period, then the form that takes one back."""
    found = decisions(view.desk)
    headers = (
        words.IMPORT,
        words.TABLE,
        words.DECISION,
        words.KEPT,
        words.DROPPED,
        words.WHY,
        words.WHO,
        words.DECIDED_ON,
        words.HOLDS,
    )
    who = {one.id: one.who for one in source.lake().imports()}
    rows = tuple(_row(one, who.get(one.import_id, "")) for one in found)
    shown = view.listing("merge_decisions", words.DECISIONS, headers, rows)
    draw_standing(view, _PLACE, _FORM, shown, words.DECISIONS_DRAWN.fill(count=len(found)), _choices(found))


def _row(one: Decided, who: str) -> tuple[Cell, ...]:
    return (
        one.import_id,
        code_list("duplicate_kind").name_of(one.kind),
        code_list("duplicate_decision").name_of(one.decision),
        readable(one.kind, one.kept),
        readable(one.kind, one.dropped),
        one.reason,
        who,
        same(one.decided_on.isoformat()),
        words.HOLDING if one.holds else words.NOT_HOLDING,
    )


def readable(kind: str, identity: str) -> Text:
    """An identity in words: names for codes, and room between its parts, so that it wraps."""
    columns, parts = IDENTITIES[kind], identity.split("|")
    if len(parts) != len(columns):
        return same(identity)
    said = [_name(kind, column, part) for column, part in zip(columns, parts, strict=True) if part]
    return Text(" · ".join(one.zh for one in said), " · ".join(one.en for one in said))


def _name(kind: str, column: str, part: str) -> Text:
    codes = TABLES[kind].by_key[column].codes
    return code_list(codes).name_of(part) if codes else same(part)


def _choices(found: tuple[Decided, ...]) -> dict[int, Text]:
    return {
        one.import_id: words.DECISION_CHOICE.fill(
            id=one.import_id,
            decision=code_list("duplicate_decision").name_of(one.decision),
            reason=same(one.reason),
        )
        for one in found
    }
