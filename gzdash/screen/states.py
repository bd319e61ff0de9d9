"""What a panel shows when it is not full: on its way, empty and why, in part, or failed while the others go on."""

from __future__ import annotations

import html
import logging
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import streamlit as st

from gzdash.answer import Sheet
from gzdash.ask import default_selection
from gzdash.faults import Fault, Refused
from gzdash.insight.coverage import Coverage, coverage
from gzdash.metrics import metric
from gzdash.screen import reader
from gzdash.screen.copy_link import draw_copy_text
from gzdash.screen.view import View
from gzdash.selection import CODE_FILTERS, Selection
from gzdash.words import Text
from gzdash.words import frame as words
from gzdash.words import states as said

Arguments = ParamSpec("Arguments")
Panel = Callable[Concatenate[View, Arguments], None]

_LOG = logging.getLogger("gzdash")
# More ways out than two are a choice of its own.
_WAYS = 2
_CARDS, _CHARTS, _COLUMNS = 6, 2, (38, 62, 52, 56, 60, 74, 50)


def panel(draw: Panel[Arguments]) -> Panel[Arguments]:
    """A function that draws one panel, so that its failure is its own: it is said in the panel's place, and the rest of
    the page goes on. What nobody foresaw is logged whole, under the code that the reader sees."""

    @wraps(draw)
    def guarded(view: View, /, *args: Arguments.args, **options: Arguments.kwargs) -> None:
        try:
            draw(view, *args, **options)
        except Refused as refused:
            draw_failed(view, refused.faults[0], draw.__name__)
        except Exception as error:
            draw_failed(view, unforeseen(error), draw.__name__)

    return guarded


def unforeseen(error: Exception) -> Fault:
    """What a reader is told of an error that nobody foresaw: a code, under which the log has the rest."""
    code = f"E-{uuid.uuid4().hex[:6].upper()}"
    _LOG.error("%s: a panel failed", code, exc_info=error)
    return Fault(code, said.WENT_WRONG, "", said.WENT_WRONG_REMEDY)


def draw_failed(view: View, fault: Fault, key: str) -> None:
    """What, where, what to do next, and a code to copy; the panels beside it go on."""
    view.arrive()
    view.failed.append(key)
    if before := view.failed.count(key) - 1:
        key = f"{key}_{before}"
    place = f'<p class="gz-place">{html.escape(fault.place)}</p>' if fault.place else ""
    with st.container(key=f"failed_{key}", gap="small"):
        st.html(
            f'<div class="gz-fault gz-failed" role="alert"><h3>{html.escape(view.say(fault.title))}</h3>{place}'
            f"<p>{html.escape(view.say(fault.remedy))} {html.escape(view.say(said.OTHERS_GO_ON))}</p></div>"
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(view.say(said.AGAIN), key=f"again_{key}")
            event = view.desk.snapshot.event
            if event > 1:
                earlier = view.selection.with_(as_of=event - 1)
                st.button(
                    view.say(said.EARLIER.fill(event=event - 1)),
                    key=f"earlier_{key}",
                    on_click=reader.seed,
                    args=(earlier,),
                )
            draw_copy_text(fault.code, view.say(said.COPY_CODE.fill(code=fault.code)), view.say(words.COPIED), key=key)


def draw_empty(view: View, shown: Sheet | None = None) -> None:
    """Why there is nothing, which is not the same as 0, and two ways out."""
    found = _reports(view, shown) if shown else None
    links = [_link(*way) for way in _ways_out(view, found)][:_WAYS]
    st.html(
        f'<div class="gz-empty"><b>{html.escape(view.say(words.NO_ROWS))}</b>'
        f"<p>{html.escape(view.say(_why_empty(found)))}</p><p>{' '.join(links)}</p></div>"
    )


def _reports(view: View, shown: Sheet) -> Coverage | None:
    """Who should have reported what the sheet shows; None where nobody had to."""
    asked = next((one.asked for one in shown.figures if one.asked), None)
    return coverage(view.desk, metric(asked.metric), shown.selection) if asked else None


def _why_empty(found: Coverage | None) -> Text:
    if found is None:
        return said.NOBODY_DUE
    whole = found.whole
    if not whole.reported:
        return said.ALL_SILENT.fill(due=f"{whole.due:,}")
    return said.NOT_AMONG.fill(due=f"{whole.due:,}", reported=f"{whole.reported:,}")


def _ways_out(view: View, found: Coverage | None) -> list[tuple[str, str]]:
    """Words and addresses: the page without its narrowest filter, and the list of those who are silent."""
    ways = []
    if found and found.silent:
        silent = said.SEE_SILENT.fill(count=f"{len(found.silent):,}")
        ways.append((view.say(silent), f"./late?{reader.link(view.selection, view.language)}"))
    if wider := _wider(view.selection):
        name, selection = wider
        ways.append((view.say(said.SEE_ALL.fill(name=name)), f"./{view.page}?{reader.link(selection, view.language)}"))
    usual = default_selection(view.desk.snapshot).period
    if view.selection.period != usual:
        chosen = view.selection.with_(period=usual)
        ways.append(
            (view.say(said.SEE_PERIOD.fill(period=usual.label)), f"./{view.page}?{reader.link(chosen, view.language)}")
        )
    return ways


def _wider(selection: Selection) -> tuple[Text, Selection] | None:
    """The selection without the last filter that narrows it, and that filter's name; None where none does."""
    if selection.organization:
        return said.ORGANIZATIONS, selection.with_(organization="")
    for one in reversed(CODE_FILTERS):
        if getattr(selection, one.key):
            return one.name, selection.with_(**{one.key: ()})
    return None


def _link(text: str, address: str) -> str:
    return f'<a class="gz-button" href="{html.escape(address)}" target="_self">{html.escape(text)}</a>'


def partial_note(view: View, shown: Sheet) -> str:
    """What is missing from a sheet that is reported too thinly, as HTML; nothing where enough have reported."""
    found = _reports(view, shown)
    why = found.reservation() if found else None
    return f'<p class="gz-partial" role="status">{html.escape(view.say(why))}</p>' if why else ""


def skeleton(page: str) -> str:
    """The shape of a page on its way, still and in the colour of empty ground; it is seen after a fifth of a second."""
    cards = '<i class="gz-bone card"></i>' * _CARDS
    columns = "".join(f'<i style="height:{height}%"></i>' for height in _COLUMNS)
    chart = f'<div><i class="gz-bone title"></i><i class="gz-bone line"></i><div class="gz-bones">{columns}</div></div>'
    return (
        f'<div class="gz-skeleton" aria-hidden="true"><div class="gz-row cards">{cards}</div>'
        f'<div class="gz-row charts">{chart * (_CHARTS + (page == "overview"))}</div></div>'
    )
