"""A sheet as a table: the whole above its parts, what changed since last year, and each row open to question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gzdash.answer import Figures, Number, Question, Sheet
from gzdash.dimensions import DIMENSIONS
from gzdash.metrics import metric
from gzdash.numbers import Scale, column_scale, per_cent
from gzdash.screen.listing import draw_table
from gzdash.screen.question import Asked, draw_question
from gzdash.screen.view import LAST_YEAR, View
from gzdash.words import question as words
from gzdash.words import states as said

# As many rows as fit beside the charts they belong to; the smaller ones are folded away, never dropped.
_ROWS_SHOWN = 12
_ROWS_LEFT_OVER = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column as drawn: its header, its cells as written and what they sort by, the whole, and bars of rates."""

    head: str
    written: list[str]
    sizes: list[float | None]
    total: str
    bars: list[float | None] | None = None


def draw_grid(view: View, shown: Sheet, key: str) -> None:
    """The sheet as a table that sorts, one unit per column, in its header; the name of a row, or of the whole, opens
    its question."""
    row = draw_table(payload(view, shown), key=key)
    if isinstance(row, int) and 0 <= row <= len(shown) and (asked := tuple(_asked(shown, row))):
        draw_question(view, asked)


def payload(view: View, shown: Sheet) -> dict[str, object]:
    """What the browser is given: headers, cells as written with what they sort by, the whole, and bars of rates."""
    whole = _whole(view, shown)
    columns = list(_columns(view, shown, whole))
    names = [[view.say(label) for label in shown.labels(place)] for place in range(len(shown.dimensions))]
    heads = [view.say(dimension.name) for dimension in shown.dimensions]
    cells = [*names, *(column.written for column in columns)]
    keys = [list(range(len(shown))) for _ in names] + [column.sizes for column in columns]
    rest = len(shown) - _ROWS_SHOWN
    folded = rest > _ROWS_LEFT_OVER
    return {
        "headers": [*heads, *(column.head for column in columns)],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "sort": [list(row) for row in zip(*keys, strict=True)],
        "links": [],
        "numeric": [False] * len(heads) + [True] * len(columns),
        "stacks": False,
        "asks": view.say(words.ASK_ROW),
        "bars": [None] * len(heads) + [column.bars for column in columns],
        "total": [_total_name(view, shown), *[""] * (len(heads) - 1), *(column.total for column in columns)],
        "fold": _ROWS_SHOWN if folded else 0,
        "more": view.say(said.MORE_ROWS.fill(count=f"{rest:,}")) if folded else "",
        "colours": _colours(view, shown),
    }


def _colours(view: View, shown: Sheet) -> dict[str, str]:
    asked = next((one.asked for one in shown.figures if one.asked), None)
    hue = view.palette.hue(metric(asked.metric).pillar if asked else "organizations")
    return {"mark": hue.mark, "wash": hue.wash}


def _whole(view: View, shown: Sheet) -> dict[str, Number | None]:
    """Each column over all its parts, asked and not added up: parts may share what they count."""
    asked = {one.key: replace(one.asked, split=()) for one in shown.figures if one.asked}
    answers = dict(zip(asked, view.desk.ask_all(list(asked.values())), strict=True))
    found: dict[str, Number | None] = {}
    for key, answer in answers.items():
        row = answer.total
        half = next((one for one in ("numerator", "denominator") if key.endswith(f"_{one}")), None)
        found[key] = getattr(row, half) if half and answer.metric.is_ratio else row.value
    return found


def _total_name(view: View, shown: Sheet) -> str:
    """合计 where every number adds up over the parts, else 全部."""
    split = [dimension.key for dimension in shown.dimensions]
    adds = all(metric(one.asked.metric).adds_up(name) for one in shown.figures if one.asked for name in split)
    return view.say(said.TOTAL if adds else said.WHOLE)


def _columns(view: View, shown: Sheet, whole: dict[str, Number | None]) -> Iterator[Column]:
    """Each column of the sheet, and behind one of last year what changed since."""
    for one in shown.figures:
        scale = column_scale(one.values, one.unit)
        head = f"{view.say(one.label)}{_unit(view, scale.header(view.language))}"
        written = [scale.write(value, view.language) for value in one.values]
        sums = [None if value is None else float(value) for value in one.values]
        total = scale.write(whole[one.key], view.language) if one.key in whole else ""
        yield Column(head, written, sums, total, _bars(one, whole))
        now = shown.by_column.get(one.key.removesuffix(LAST_YEAR)) if one.key.endswith(LAST_YEAR) else None
        if now:
            yield from _changes(view, shown, (now, one), scale, whole)


def _changes(
    view: View, shown: Sheet, pair: tuple[Figures, Figures], scale: Scale, whole: dict[str, Number | None]
) -> Iterator[Column]:
    """More or less than last year, and each part's share of that where parts add up; torn months, and a whole that
    holds one, are compared with nothing."""
    now, before = pair
    gaps = [
        None if shown.is_torn(place) else _gap(*values)
        for place, values in enumerate(zip(now.values, before.values, strict=True))
    ]
    total = None if shown.torn else _gap(whole.get(now.key), whole.get(before.key))
    head = f"{view.say(said.CHANGE)}{_unit(view, scale.header(view.language))}"
    sizes = [None if gap is None else float(gap) for gap in gaps]
    yield Column(head, [_signed(view, scale, gap) for gap in gaps], sizes, _signed(view, scale, total))
    if total and now.asked and metric(now.asked.metric).adds_up(now.asked.split[0]):
        shares = [None if size is None else size / float(total) for size in sizes]
        written = ["—" if share is None else per_cent(share, view.language) for share in shares]
        yield Column(view.say(said.SHARE_OF_CHANGE), written, shares, per_cent(1.0, view.language))


def _gap(now: Number | None, before: Number | None) -> Number | None:
    """Now less before, exactly; a part that had nothing then is all new, one without both is unknown."""
    return None if now is None and before is None else (now or 0) - (before or 0)  # type: ignore[operator]


def _signed(view: View, scale: Scale, gap: Number | None) -> str:
    return ("+" if gap and gap > 0 else "") + scale.write(gap, view.language)


def _bars(one: Figures, whole: dict[str, Number | None]) -> list[float | None] | None:
    """A rate of at most the whole, as a bar in each row and behind them that of the whole; other numbers have none."""
    if one.unit.measure != "ratio" or one.key.endswith(LAST_YEAR):
        return None
    rates = [None if value is None else round(float(value), 4) for value in (*one.values, whole.get(one.key))]
    return rates if all(rate is None or 0 <= rate <= 1 for rate in rates) else None


def _unit(view: View, unit: str) -> str:
    if not unit:
        return ""
    return f"（{unit}）" if view.language == "zh" else f" ({unit})"


def _asked(shown: Sheet, row: int) -> Iterator[Asked]:
    """The figures of a row, each question once: a ratio stands beside its halves, and all three are one question. The
    row behind the last is the whole, whose question is not split."""
    seen: set[Question] = set()
    for column in shown.figures:
        if column.asked is None or column.asked in seen:
            continue
        seen.add(column.asked)
        if row == len(shown):
            yield Asked(column.label, replace(column.asked, split=()))
            continue
        moved = column.asked.selection != shown.selection
        key = tuple(
            _year_before(code) if moved and DIMENSIONS[name].is_time else code
            for name, code in zip(column.asked.split, shown.keys[row], strict=True)
        )
        yield Asked(column.label, column.asked, key)


def _year_before(code: str | None) -> str | None:
    """Last year's months were moved on by a year to stand beside this year's."""
    return None if code is None else f"{int(code[:4]) - 1}{code[4:]}"
