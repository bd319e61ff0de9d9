"""The lower half of a questioned figure: the imports with their shares, and its rows a page at a time."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

import streamlit as st

from gzdash.answer import Number
from gzdash.ask.contributions import Half
from gzdash.numbers import column_scale, moment, per_cent
from gzdash.period import Period
from gzdash.screen.kept import kept_address
from gzdash.screen.view import View
from gzdash.selection import listed
from gzdash.trace import Contributor, Trace, TracedRow, state_of
from gzdash.words import Text, same
from gzdash.words import question as words

# As many imports as can be read one by one; the smaller ones are added up in a last line.
_IMPORTS_SHOWN = 8
# A sum wider than this, in characters, does not stand beside its heading, and nobody checks it by eye.
_SUM_WIDTH = 64
_ROWS_A_PAGE = 6
_IMPORT_CELLS = ("import", "date", "file", "who", "value", "share")
_ROW_HEADS = {
    "organization": words.ORGANIZATION,
    "month": words.MONTH,
    "value": words.VALUE,
    "thing": words.THING,
    "file": words.FILE,
    "sheet": words.SHEET,
    "cell": words.CELL,
    "raw": words.RAW,
}
_NUMBERS = frozenset({"value", "share"})


def draw_imports(view: View, found: Trace, half: Half) -> None:
    """The sum, the bar and the table of the imports that made the figure."""
    imports = found.contributors[half]
    if not imports:
        _heading(view, words.NOTHING, "")
        return
    title = words.MADE_OF.fill(count=len(imports)) if len(imports) > 1 else words.MADE_OF_ONE
    _heading(view, title, _sum(imports))
    unit = found.metric.unit_of(half)
    largest = sorted(imports, key=lambda one: -float(one.value))[:_IMPORTS_SHOWN]
    shown = [one for one in imports if one in largest]
    rest = [one for one in imports if one not in largest]
    scale = column_scale([one.value for one in imports], unit)
    amount = words.AMOUNT.fill(unit=same(scale.header(view.language) or view.say(unit.symbol)))
    heads = zip(_IMPORT_CELLS, (words.IMPORT, words.DATE, words.FILE, words.WHO, amount, words.SHARE), strict=True)
    written = {one.source.id: scale.write(one.value, view.language) for one in imports}
    rows = [_import(view, one, written[one.source.id]) for one in shown]
    if rest:
        rows.append(_rest(view, rest, scale.write(_total(rest), view.language)))
    bar = _bar(view, found, imports, written)
    lost = "".join(f'<p class="gz-notice">{html.escape(view.say(line))}</p>' for line in _lost(found, imports))
    st.html(f'<div class="gz-question">{bar}{_table(view, "gz-imports", dict(heads), rows)}{lost}</div>')


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
    heads = {name: head for name, head in _ROW_HEADS.items() if has_things or name != "thing"}
    kept = {one.source.id: kept_address(one.source) for one in found.contributors[half] if one.source.kept}
    cells = [_row(view, row, names, kept) for row in rows]
    st.html(f'<div class="gz-question">{_table(view, "gz-rows", heads, cells)}</div>')
    _draw_turns(view, place, first, count)


def _lost(found: Trace, imports: Sequence[Contributor]) -> Iterator[Text]:
    """Of which imports the kept file is not what it was, and what that means."""
    states = {one.source.id: state_of(found.lake, one.source) for one in imports}
    for state, line in words.ORIGINALS.items():
        ids = [str(number) for number, own in states.items() if own == state]
        if ids:
            yield line.fill(ids=listed([same(number) for number in ids]))


def _table(view: View, kind: str, heads: dict[str, Text], rows: Sequence[dict[str, str]]) -> str:
    """A table of cells already in HTML, by the names of `heads`. On a narrow screen a row is laid out as a block of two
    or three lines, which is a table still to those who hear it."""
    header = "".join(
        f'<th role="columnheader" class="{_class(name)}">{html.escape(view.say(head))}</th>'
        for name, head in heads.items()
    )
    lines = ("".join(f'<td role="cell" class="{_class(name)}">{row[name]}</td>' for name in heads) for row in rows)
    body = "".join(f'<tr role="row">{line}</tr>' for line in lines)
    table = f'<table role="table" class="gz-table gz-traced {kind}"><tr role="row">{header}</tr>{body}</table>'
    return f'<div class="gz-scroll">{table}</div>'


def _class(name: str) -> str:
    return f"{name} num" if name in _NUMBERS else name


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
    """98 + 171 = 269; nothing where there is nothing to add, or too much."""
    said = f"{' + '.join(f'{one.value:,}' for one in imports)} = {_total(imports):,}"
    return said if len(imports) > 1 and len(said) <= _SUM_WIDTH else ""


def _total(imports: Sequence[Contributor]) -> Number:
    return sum(one.value for one in imports)


def _bar(view: View, found: Trace, imports: Sequence[Contributor], written: dict[int, str]) -> str:
    """The shares side by side, outlined in the pillar's colour; negative parts have no place in it."""
    hue = view.palette.hue(found.metric.pillar)
    parts = "".join(
        f'<span style="flex:{one.share:.5f} 1 0;background:{hue.wash};border:1.2px solid {hue.mark};color:{hue.ink}">'
        f"<i>{written[one.source.id]}</i></span>"
        for one in imports
        if one.share and one.share > 0
    )
    return f'<div class="gz-shares" aria-hidden="true">{parts}</div>'


def _import(view: View, one: Contributor, value: str) -> dict[str, str]:
    source = one.source
    name = html.escape(source.file_name or "—")
    file = f'<a class="gz-link" href="{kept_address(source)}">{name}</a>' if source.kept else name
    kept = f"SHA-256 {source.kept_hash}" if source.kept_hash else view.say(words.NO_FILE_KEPT)
    day = f'<span title="{moment(source.time, view.language)}">{source.time:%Y-%m-%d}</span>'
    share = "—" if one.share is None else per_cent(one.share, view.language)
    cells = (str(source.id), day, f'<span title="{kept}">{file}</span>', html.escape(source.who), value, share)
    return dict(zip(_IMPORT_CELLS, cells, strict=True))


def _rest(view: View, rest: Sequence[Contributor], value: str) -> dict[str, str]:
    share = per_cent(sum(one.share or 0 for one in rest), view.language)
    name = html.escape(view.say(words.REST.fill(count=len(rest))))
    return dict(zip(_IMPORT_CELLS, ("", "", name, "", value, share), strict=True))


def _row(view: View, row: TracedRow, names: dict[str, Text], kept: dict[int, str]) -> dict[str, str]:
    organization = view.say(names[row.organization]) if row.organization in names else row.organization or "—"
    file = html.escape(row.file or "—")
    if row.import_id in kept:
        file = f'<a class="gz-link" href="{kept[row.import_id]}">{file}</a>'
    raw = row.cell.raw or "—"
    if row.cell.factor not in ("", "1"):
        raw = view.say(words.TIMES.fill(raw=raw, factor=f"{int(row.cell.factor):,}"))
    return {
        "organization": html.escape(organization),
        "month": html.escape(Period(row.month, row.month).label.of(view.language) if row.month else "—"),
        "value": f"{row.value:,}" if row.value or row.thing is None else view.say(words.COUNTED_BEFORE),
        "thing": html.escape(row.thing or "—"),
        "file": file,
        "sheet": _verbatim(row.sheet or "—"),
        "cell": f"<b>{html.escape(row.cell.name or str(row.row))}</b>",
        "raw": _verbatim(raw),
    }


def _verbatim(text: str) -> str:
    """A sheet's name and what stood in its cell are said as the file says them, on an English page too."""
    return f'<span class="gz-verbatim" lang="zh">{html.escape(text)}</span>'
