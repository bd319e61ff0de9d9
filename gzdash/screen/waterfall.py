"""A change as a table with a waterfall: each line begins where the one above it ended, the last is the whole."""

from __future__ import annotations

import html
from collections.abc import Sequence

from gzdash.dimensions import DIMENSIONS
from gzdash.insight.breakdown import Breakdown, Line
from gzdash.insight.contribution import Contributions
from gzdash.insight.sentences import Phrase, bare_text, unit_text
from gzdash.metrics import Metric
from gzdash.numbers import MINUS, Scale, column_scale, per_cent
from gzdash.screen.narrowed import part_html
from gzdash.screen.view import View
from gzdash.words import Text, same
from gzdash.words import why as words

Ends = tuple[int, int]


def waterfall_html(view: View, whole: Contributions, shown: Breakdown) -> str:
    """The lines as a waterfall: each bar begins where the one above it ended, the last is the whole change."""
    top = "".join(
        f'<th class="num{" gz-wide" if wide else ""}" scope="col">{text}</th>'
        for text, wide in _heads(view, whole, shown)
    )
    name = html.escape(view.say(DIMENSIONS[whole.dimension].name))
    ends = _ends(shown)
    body = "".join(_row(view, whole, shown, place, ends) for place in range(len(shown.lines) + 1))
    return (
        f'<div class="gz-scroll"><table class="gz-table gz-why {whole.metric.pillar}">'
        f'<thead><tr><th scope="col">{name}</th>{top}<th aria-hidden="true"></th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _heads(view: View, whole: Contributions, shown: Breakdown) -> list[tuple[str, bool]]:
    """The headings as HTML with their units, and whether each gives way on a narrow screen."""
    unit = same(_scale(whole, shown).header(view.language))
    steps = unit_text(shown.step, whole.metric)
    heads = [(words.LAST, unit, True), (words.THIS, unit, True)]
    heads += [(words.RATE, steps, True), (words.MIX, steps, True)] if whole.metric.is_ratio else []
    heads.append((words.GAP, steps, False))
    written = [(_head(view, name, of), wide) for name, of, wide in heads]
    return [*written, (html.escape(view.say(words.SHARE)), False)] if shown.total.share is not None else written


def _head(view: View, name: Text, unit: Text) -> str:
    """A heading as HTML; its unit goes to the next line whole."""
    said = html.escape(view.say(words.IN_UNIT.fill(unit=unit)))
    return f'{html.escape(view.say(name))}<span class="gz-in-unit">{said}</span>'


def _scale(whole: Contributions, shown: Breakdown) -> Scale:
    return column_scale([one.now for one in shown.lines], whole.metric.unit)


def _ends(shown: Breakdown) -> list[tuple[int, int]]:
    """Where each bar begins and ends, in steps."""
    ends, at = [], 0
    for line in shown.lines:
        ends.append((at, at + line.steps))
        at += line.steps
    return [*ends, (0, at)]


def _row(view: View, whole: Contributions, shown: Breakdown, place: int, ends: Sequence[tuple[int, int]]) -> str:
    is_total = place == len(shown.lines)
    line = shown.total if is_total else shown.lines[place]
    phrase = Phrase(line.name, (line.code,) if line.code else ())
    name = part_html(view, whole.metric, whole.selection, whole.dimension, phrase)
    cells = "".join(
        f'<td class="num{" gz-wide" if wide else ""}">{text}</td>' for text, wide in _cells(view, whole, shown, line)
    )
    bar = _bar(ends[place], min(map(min, ends)), max(map(max, ends)))
    kind = ' class="total"' if is_total else ""
    return f'<tr{kind}><th scope="row">{name}</th>{cells}<td class="bar" aria-hidden="true">{bar}</td></tr>'


def _cells(view: View, whole: Contributions, shown: Breakdown, line: Line) -> list[tuple[str, bool]]:
    """The cells behind the name, and whether each gives way on a narrow screen."""
    scale = _scale(whole, shown)
    cells = [
        (scale.write(value, view.language) if value is not None else "", True) for value in (line.before, line.now)
    ]
    if whole.metric.is_ratio:
        cells += [(_signed(view, shown, whole.metric, steps or 0), True) for steps in (line.rate, line.mix)]
    cells.append((_signed(view, shown, whole.metric, line.steps), False))
    if line.share is not None:
        cells.append((per_cent(line.share / 1000, view.language), False))
    return cells


def _signed(view: View, shown: Breakdown, one: Metric, steps: int) -> str:
    sign = "+" if steps > 0 else MINUS if steps < 0 else ""
    return sign + view.say(bare_text(steps, shown.step, one))


def _bar(ends: tuple[int, int], low: int, high: int) -> str:
    """A bar from where the one above it ended; the zero line stands under it."""
    room = (high - low) or 1
    left, width = (min(ends) - low) / room, abs(ends[1] - ends[0]) / room
    # At the right end the line itself needs room.
    zero = min(-low / room, 0.99)
    return f'<i class="zero" style="left:{zero:.2%}"></i><i class="step" style="left:{left:.2%};width:{width:.2%}"></i>'
