"""What changed, in one sentence that adds up: the difference, and the parts that made most of it."""

from __future__ import annotations

from decimal import Decimal

from gzdash.dimensions import DIMENSIONS
from gzdash.insight.change import Change
from gzdash.metrics import Metric
from gzdash.numbers import per_cent, write
from gzdash.selection import listed
from gzdash.words import Text

_MORE = Text("{name}比去年同期多 {by}", "{name}: {by} more than a year ago")
_LESS = Text("{name}比去年同期少 {by}", "{name}: {by} less than a year ago")
_SAME = Text("{name}与去年同期持平", "{name}: the same as a year ago")
_PARTS_MADE = Text("，{parts}占其中 {share}", "; {parts} made {share} of it")
_MANY = {
    "chain": Text("{count} 条链", "{count} chains"),
    "prefecture": Text("{count} 市", "{count} prefectures"),
}
# What fits into a line of the sentence; longer lists of names are counted.
_LETTERS_AT_MOST = 30


def change_sentence(metric: Metric, change: Change, dimension: str) -> Text:
    """招聘毕业生比去年同期多 337 人，软件和信创、新能源占其中 58 %."""
    pattern = _SAME if not change.difference else _MORE if change.difference > 0 else _LESS
    by = abs(Decimal(change.difference))
    said = pattern.fill(name=metric.name, by=Text(write(by, metric.unit, "zh"), write(by, metric.unit, "en")))
    if not change.parts:
        return said
    share = Text(per_cent(change.share, "zh", decimals=0), per_cent(change.share, "en", decimals=0))
    made = _PARTS_MADE.fill(parts=_parts(change, dimension), share=share)
    return Text(said.zh + made.zh, said.en + made.en)


def _parts(change: Change, dimension: str) -> Text:
    named = listed(DIMENSIONS[dimension].short_label(code) for code in change.parts)
    counted = _MANY[dimension].fill(count=len(change.parts)) if dimension in _MANY else named
    is_long = len(change.parts) > 1 and (len(named.zh) * 2 > _LETTERS_AT_MOST or len(named.en) > _LETTERS_AT_MOST)
    return counted if is_long else named
