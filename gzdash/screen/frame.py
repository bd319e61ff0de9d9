"""The frame around every page, which Streamlit runs: navigation, title row, filters, the page itself, footer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import streamlit as st

from gzdash.ask import Desk, default_selection
from gzdash.engines.queueing import Turn
from gzdash.faults import Fault, Refused
from gzdash.lake.faults import no_such_event
from gzdash.screen import building, chrome, kiosk, reader, source
from gzdash.screen.as_of import draw_mark, draw_nothing_then, is_chosen_from
from gzdash.screen.crumbs import draw_crumbs
from gzdash.screen.filters import draw_filters, filter_row
from gzdash.screen.freezes import draw_frozen
from gzdash.screen.keyboard import draw_keyboard
from gzdash.screen.remembered import page_drawn
from gzdash.screen.states import skeleton
from gzdash.screen.turns import TURNS
from gzdash.screen.view import View, hold
from gzdash.selection import Selection
from gzdash.theme import Palette, palette_of
from gzdash.words import Language
from gzdash.words import frame as words

PAGES_FOLDER = Path(__file__).resolve().parents[2] / "pages"
FIRST_PAGE = next(iter(words.PAGES))
# The page that was drawn last.
_DRAWN = "drawn_page"
# The only page with something to do in a lake that has no rows yet.
IMPORTS = "imports"


def run() -> None:
    """One run of the script, when it is its turn. Whoever is refused has the bar, in their language, and a screen on a
    wall asks again."""
    with ExitStack() as stack:
        try:
            mine = stack.enter_context(TURNS.turn())
        except Refused:
            _draw_bar()
            raise
        page = _draw_bar()
        if page:
            _draw(page, mine)


def _draw_bar() -> st.Page | None:
    """The bar, and the page that is turned to; None where there is no lake yet, of which is told."""
    language, is_kiosk = reader.language(), reader.is_kiosk()
    st.set_page_config(page_title=words.APP.of(language), page_icon=str(chrome.ICON), layout="wide")
    palette = _palette()
    chrome.draw_style(palette, language, is_kiosk=is_kiosk)
    chrome.draw_brand(palette, language)
    draw_keyboard()
    page = st.navigation(_sections(language), position="hidden" if is_kiosk else "top")
    if not is_kiosk:
        chrome.draw_language_switch(language)
    if not source.lake().exists:
        building.draw(language)
        return None
    st.set_page_config(page_title=words.WINDOW.fill(page=words.PAGES[_key(page)], app=words.APP).of(language))
    if is_kiosk:
        kiosk.look_again()
    return page


def _key(page: st.Page) -> str:
    return page.url_path or FIRST_PAGE


def _palette() -> Palette:
    return palette_of("dark" if st.context.theme.type == "dark" else "light")


def _draw(page: st.Page, turn: Turn) -> None:
    """What a reader sees under the bar after each click."""
    key, language = _key(page), reader.language()
    try:
        desk = source.desk()
        newest = desk.snapshot.event
        default = default_selection(desk.snapshot)
        selection, notices = reader.read(key, default)
        desk, selection, more = as_it_stood(desk, selection)
    except Refused as refused:
        chrome.draw_faults(refused.faults, language)
        return
    view = View(key, language, _palette(), desk, selection, is_kiosk=reader.is_kiosk(), newest=newest)
    reader.write(selection, default)
    title = chrome.title_row()
    draw_mark(view)
    chrome.draw_notices((*notices, *more), language)
    filters = _filters(view, default)
    under_filters = st.container(key="applies", gap=None)
    beside_frozen = st.container(key="frozen", gap=None)
    if not desk.snapshot.files and key != IMPORTS:
        chrome.draw_title(title, view, chrome.last_aside(view))
        filters()
        if selection.as_of is None:
            chrome.draw_empty_lake(language)
        else:
            draw_nothing_then(view)
        kiosk.leave_alone(view)
        return
    hold(view)
    await_page(view)
    with page_drawn(), view.in_order():
        if view.is_known:
            _draw_again(page, view, title, filters)
        else:
            _draw_first(page, view, title, filters)
        view.draw_later()
        with under_filters:
            chrome.draw_what_does_not_apply(view)
        with beside_frozen:
            draw_frozen(view)
        chrome.draw_footer(view)
        kiosk.leave_alone(view)
        # Before the wait for the browser: there is nothing left to do.
        turn.end()


def _filters(view: View, default: Selection) -> Callable[[], None]:
    """The place of the filters with the crumbs below it, and how the filters are drawn there."""
    if view.is_kiosk:
        kiosk.draw(view)
        return lambda: None
    row = filter_row()
    draw_crumbs(view, default)
    return lambda: draw_filters(view, default, row)


def _draw_first(
    page: st.Page, view: View, title: st.delta_generator.DeltaGenerator, filters: Callable[[], None]
) -> None:
    """A page that its reader has just come to: title and filters first."""
    slot = title.empty()
    chrome.draw_title(slot, view, before := chrome.last_aside(view))
    filters()
    page.run()
    view.arrive()
    if view.aside != before:
        chrome.draw_title(slot, view, view.aside)


def _draw_again(
    page: st.Page, view: View, title: st.delta_generator.DeltaGenerator, filters: Callable[[], None]
) -> None:
    """The page, then title and filters, which are half of all that is sent: a reader who has just clicked there looks
    at the figures, while those of the run before stand there. A page that fails leaves its reader the filters."""
    try:
        page.run()
    except Exception:
        chrome.draw_title(title, view, chrome.last_aside(view))
        filters()
        raise
    # Not where the run was cut short by the next click: that one draws them.
    view.arrive()
    chrome.draw_title(title, view, view.aside)
    filters()


def await_page(view: View) -> None:
    """The shape of a page that this reader has not been on the run before; between clicks the page itself stays. The
    place for it is always there, or all that follows would move, and the browser draw it anew."""
    place = st.empty()
    is_new = st.session_state.get(_DRAWN) != view.page
    if is_new:
        view.waiting = place
        place.html(skeleton(view.page))
    view.is_known = not is_new and not is_chosen_from()
    st.session_state[_DRAWN] = view.page


def _sections(language: Language) -> dict[str, list[st.Page]]:
    """The pages of the bar, and behind one word those of the staff."""
    found: dict[str, list[st.Page]] = {"": [], words.WORKBENCH.of(language): []}
    for key, name in words.BAR.items():
        section = words.WORKBENCH.of(language) if key in words.WORKBENCH_PAGES else ""
        path = PAGES_FOLDER / f"{key}.py"
        found[section].append(st.Page(path, title=name.of(language), url_path=key, default=key == FIRST_PAGE))
    return found


def as_it_stood(desk: Desk, selection: Selection) -> tuple[Desk, Selection, tuple[Fault, ...]]:
    """The desk of the event that was chosen; an event that never was gives a notice and the newest snapshot."""
    if selection.as_of is None:
        return desk, selection, ()
    if selection.as_of > desk.snapshot.event:
        reader.clear(reader.AS_OF)
        return desk, selection.with_(as_of=None), (no_such_event(selection.as_of, desk.snapshot.event),)
    return source.desk(selection.as_of), selection, ()


run()
