"""The lower half of a questioned figure: the imports with their shares, and its rows a page at a time."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from gzdash.answer import Number
from gzdash.ask.contributions import Half
from gzdash.numbers import column_scale, moment, per_cent
from gzdash.period import Period
from gzdash.screen.kept import kept_address
from gzdash.screen.view import View
from gzdash.trace import Contributor, Trace, TracedRow
from gzdash.units import Unit
from gzdash.words import Text
from gzdash.words import question as words

# As many imports as can be read one by one; the smaller ones are added up in a last line.
_IMPORTS_SHOWN = 8
# A sum with more terms than these is no sum that anyone checks by eye.
_TERMS_SHOWN = 6
_ROWS_A_PAGE = 6
# A part of the bar narrower than this has no room for its number.
_LABELLED_SHARE = 0.07


def draw_imports(view: View, found: Trace, half: Half) -> None:
    """The sum, the bar and the table of the imports that made the figure."""
    imports = found.contributors[half]
    if not imports:
        _heading(view, words.NOTHING, "")
        return
    title = words.MADE_OF.fill(count=len(imports)) if len(imports) > 1 else words.MADE_OF_ONE
    _heading(view, title, _sum(imports) if 1 < len(imports) <= _TERMS_SHOWN else "")
    unit = _unit(found)
    largest = sorted(imports, key=lambda one: -float(one.value))[:_IMPORTS_SHOWN]
    shown = [one for one in imports if one in largest]
    rest = [one for one in imports if one not in largest]
    scale = column_scale([one.value for one in imports], unit)
    heads = (words.IMPORT, words.DATE, words.FILE, words.WHO, words.ROWS)
    header = "".join(f"<th{_numeric(head is words.ROWS)}>{html.escape(view.say(head))}</th>" for head in heads)
    unit_said = scale.header(view.language) or view.say(unit.symbol)
    header += f'<th class="num">{html.escape(unit_said)}</th><th class="num">{view.say(words.SHARE)}</th>'
    body = "".join(_import(view, one, scale.write(one.value, view.language)) for one in shown)
    if rest:
        body += _rest(view, rest, scale.write(_total(rest), view.language))
    table = f'<div class="gz-scroll"><table class="gz-table gz-traced"><tr>{header}</tr>{body}</table></div>'
    st.html(f'<div class="gz-question">{_bar(view, found, imports)}{table}</div>')


def draw_rows(view: View, found: Trace, half: Half) -> None:
    """A page of the rows behind the figure, the largest first, and the buttons to turn it."""
    count = found.count(half)
    if not count:
        return
    place = f"question_page_{found.metric.key}_{half}_{hash(found.answer.question)}"
    first = min(st.session_state.get(place, 0), (count - 1) // _ROWS_A_PAGE * _ROWS_A_PAGE)
    rows = found.page(first, _ROWS_A_PAGE, half)
    drawn = words.EACH_ROW_DRAWN.fill(count=f"{count:,}", first=f"{first + 1:,}", last=f"{first + len(rows):,}")
    _heading(view, words.EACH_ROW, view.say(drawn))
    names = view.desk.organization_names({row.organization for row in rows})
    has_things = any(row.thing is not None and row.thing != row.organization for row in rows)
    heads = [words.ORGANIZATION, words.MONTH, words.VALUE, *([words.THING] if has_things else [])]
    heads += [words.FILE, words.SHEET, words.CELL, words.RAW]
    header = "".join(f"<th{_numeric(head is words.VALUE)}>{html.escape(view.say(head))}</th>" for head in heads)
    kept = {one.source.id: kept_address(one.source) for one in found.contributors[half] if one.source.kept}
    body = "".join(_row(view, row, names, kept, has_things) for row in rows)
    st.html(
        f'<div class="gz-question"><div class="gz-scroll"><table class="gz-table gz-traced"><tr>{header}</tr>{body}'
        "</table></div></div>"
    )
    _draw_turns(view, place, first, count)


def _draw_turns(view: View, place: str, first: int, count: int) -> None:
    if count <= _ROWS_A_PAGE:
        return
    with st.container(horizontal=True, gap="small"):
        if st.button(view.say(words.BEFORE), key=f"{place}_before", disabled=first == 0):
            st.session_state[place] = first - _ROWS_A_PAGE
            st.rerun(scope="fragment")
        if st.button(view.say(words.NEXT), key=f"{place}_next", disabled=first + _ROWS_A_PAGE >= count):
            st.session_state[place] = first + _ROWS_A_PAGE
            st.rerun(scope="fragment")


def _heading(view: View, title: Text, under: str) -> None:
    st.html(
        f'<div class="gz-heading gz-beside"><h3>{html.escape(view.say(title))}</h3><p>{html.escape(under)}</p></div>'
    )


def _sum(imports: Sequence[Contributor]) -> str:
    return f"{' + '.join(f'{one.value:,}' for one in imports)} = {_total(imports):,}"


def _total(imports: Sequence[Contributor]) -> Number:
    return sum(one.value for one in imports)


def _unit(found: Trace) -> Unit:
    return found.metric.halves_unit if found.metric.is_ratio else found.metric.unit


def _bar(view: View, found: Trace, imports: Sequence[Contributor]) -> str:
    """The shares side by side, outlined in the pillar's colour; negative parts have no place in it."""
    hue = view.palette.hue(found.metric.pillar)
    parts = "".join(
        f'<span style="flex:{one.share:.5f} 1 0;background:{hue.wash};border:1.2px solid {hue.mark};color:{hue.ink}">'
        f"{f'{one.value:,}' if one.share >= _LABELLED_SHARE else ''}</span>"
        for one in imports
        if one.share and one.share > 0
    )
    return f'<div class="gz-shares" aria-hidden="true">{parts}</div>'


def _import(view: View, one: Contributor, value: str) -> str:
    source = one.source
    name = html.escape(source.file_name or "—")
    file = f'<a class="gz-link" href="{kept_address(source)}">{name}</a>' if source.kept else name
    share = "—" if one.share is None else per_cent(one.share, view.language)
    kept = f' title="SHA-256 {source.kept_hash}"' if source.kept_hash else f' title="{view.say(words.NO_FILE_KEPT)}"'
    return (
        f'<tr><td>{source.id}</td><td title="{moment(source.time, view.language)}">{source.time:%Y-%m-%d}</td>'
        f'<td{kept}>{file}</td><td>{html.escape(source.who)}</td><td class="num">{one.rows:,}</td>'
        f'<td class="num">{value}</td><td class="num">{share}</td></tr>'
    )


def _rest(view: View, rest: Sequence[Contributor], value: str) -> str:
    rows = sum(one.rows for one in rest)
    share = per_cent(sum(one.share or 0 for one in rest), view.language)
    name = html.escape(view.say(words.REST.fill(count=len(rest))))
    return (
        f'<tr><td></td><td></td><td>{name}</td><td></td><td class="num">{rows:,}</td>'
        f'<td class="num">{value}</td><td class="num">{share}</td></tr>'
    )


def _row(view: View, row: TracedRow, names: dict[str, Text], kept: dict[int, str], has_things: bool) -> str:
    organization = view.say(names[row.organization]) if row.organization in names else row.organization or "—"
    month = Period(row.month, row.month).label.of(view.language) if row.month else "—"
    value = f"{row.value:,}" if row.value or row.thing is None else view.say(words.COUNTED_BEFORE)
    file = html.escape(row.file or "—")
    if row.import_id in kept:
        file = f'<a class="gz-link" href="{kept[row.import_id]}">{file}</a>'
    raw = row.cell.raw or "—"
    if row.cell.factor not in ("", "1"):
        raw = view.say(words.TIMES.fill(raw=raw, factor=f"{int(row.cell.factor):,}"))
    cells = [html.escape(organization), html.escape(month), value]
    cells += [html.escape(row.thing or "—")] if has_things else []
    # A sheet's name and what stood in its cell are said as the file says them, on an English page too.
    sheet = f'<span class="gz-verbatim" lang="zh">{html.escape(row.sheet or "—")}</span>'
    cells += [file, sheet, f"<b>{html.escape(row.cell.name or str(row.row))}</b>"]
    tds = "".join(f"<td{_numeric(place == 2)}>{cell}</td>" for place, cell in enumerate(cells))
    return f'<tr>{tds}<td class="gz-verbatim" lang="zh">{html.escape(raw)}</td></tr>'


def _numeric(is_number: bool) -> str:
    return ' class="num"' if is_number else ""
