"""The verbs that a page file calls in order: begin, cards, chart, table, listing, download."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial

import streamlit as st

from gzdash.answer import Listing, Question, Sheet
from gzdash.charts import Chart
from gzdash.exports import shown_csv
from gzdash.metrics import metric
from gzdash.screen.cards import draw_cards
from gzdash.screen.figures import cards_of
from gzdash.screen.grid import draw_grid
from gzdash.screen.listing import draw_listing
from gzdash.screen.marks import draw_marks, draw_menu, draw_one, is_one, one_title
from gzdash.screen.passport import draw_passport
from gzdash.screen.question import Asked, draw_question
from gzdash.screen.remembered import remembered
from gzdash.screen.sheets import answers
from gzdash.screen.states import draw_empty, panel, partial_note
from gzdash.screen.view import LAST_YEAR, View, held
from gzdash.selection import Selection
from gzdash.theme import KIOSK_SCALE
from gzdash.words import Text
from gzdash.words import frame as words

# A chart's function with everything but the sheet: what is the same twice is drawn once.
Draw = partial[Chart | None]


def begin(page: str) -> View:
    """The view of this run. A page file that is run without its frame says where to go, and stops."""
    view = held()
    if view is None or view.page != page:
        st.html(f"<p>{words.OPEN_APP.zh} / {words.OPEN_APP.en}: <a href='/'>/</a></p>")
        st.stop()
    return view


def cockpit() -> st.delta_generator.DeltaGenerator:
    """A page that is one screen: what stands under its charts is one low line."""
    return st.container(key="cockpit")


def columns(*widths: int) -> Sequence[st.delta_generator.DeltaGenerator]:
    """Columns side by side on a wide screen, stacked on a narrow one."""
    return st.columns(list(widths), gap="medium")


def row(key: str) -> st.delta_generator.DeltaGenerator:
    """A line below what was drawn, to be filled later from left to right."""
    return st.container(key=f"row_{key}", horizontal=True, horizontal_alignment="distribute", gap="small")


@contextmanager
def pillar(key: str) -> Iterator[st.delta_generator.DeltaGenerator]:
    """A block under the 3 px rule in the pillar's colour; it may be gone into again, so that all figures of a page are
    sent before its charts."""
    block = st.container(key=f"pillar_{key}", gap="small")
    with block:
        yield block


@panel
def cards(view: View, pillar_key: str, *keys: str, to_date: tuple[str, ...] = (), compact: bool = False) -> None:
    """The figures of a pillar; a click on one opens where it comes from."""
    across = len(keys)
    found = cards_of(view, keys, to_date)
    view.arrive()
    asked = draw_cards(
        found,
        palette=colours(view, pillar_key),
        key=f"cards_{view.page}_{pillar_key}",
        across=across,
        compact=compact,
        language=view.language,
    )
    view.send_figures()
    if asked:
        selection = view.selection.to_date() if asked in to_date else view.selection
        draw_question(view, (Asked(metric(asked).name, Question(asked, selection)),))


def colours(view: View, pillar_key: str) -> dict[str, object]:
    """The palette as plain values, for the inline components."""
    palette, hue = view.palette, view.palette.hue(pillar_key)
    names = ("page", "sunk", "ink", "ink2", "ink3", "control", "axis", "hair", "error", "link", "outside")
    return {name: getattr(palette, name) for name in names} | {
        "mark": hue.mark,
        "mark_ink": hue.ink,
        "mid": hue.mid,
        "wash": hue.wash,
        "sequential": list(palette.sequential(pillar_key)),
    }


def chart(
    view: View,
    shown: Sheet,
    draw: Draw,
    subtitle: Text,
    *,
    title: Text | None = None,
    headed: bool = True,
    under: st.delta_generator.DeltaGenerator | None = None,
) -> None:
    """A chart with what was found, what is drawn, its download, and its twin as a table; these stand in `under`, where
    that is given."""
    view.show(shown)
    view.arrive()
    view.give_way()
    with st.container(key=f"panel_{shown.key}", gap=None):
        drawn = _drawn(draw, shown) if is_reported(shown) else None
        one = drawn is not None and is_one(view, shown)
        if headed:
            said = one_title(view, shown) if one else title if drawn and title else shown.title
            heading(view, said, subtitle, partial_note(view, shown))
        if drawn is None:
            draw_empty(view, shown)
            return
        if one:
            draw_one(view, shown, drawn)
        else:
            draw_marks(view, shown, drawn.enlarged(KIOSK_SCALE) if view.is_kiosk else drawn)
        with under or nullcontext():
            draw_under(view, shown)


def _drawn(draw: Draw, shown: Sheet) -> Chart | None:
    """The chart, remembered for the next reader of the same sheet; not where the sheet brings names along, which are no
    part of what makes two sheets the same."""
    if shown.names:
        return draw(shown)
    return _made(draw.func, tuple(sorted(draw.keywords.items())), shown)


@remembered
def _made(draw: Callable[..., Chart | None], options: tuple[tuple[str, object], ...], shown: Sheet) -> Chart | None:
    return draw(shown, **dict(options))


def is_reported(shown: Sheet) -> bool:
    """Whether anything of this year is known: last year's figures alone are no chart of this one."""
    now = [one for one in shown.figures if not one.key.endswith(LAST_YEAR)]
    return any(value is not None for one in now for value in one.values)


def draw_under(view: View, shown: Sheet, *, narrows: bool = True) -> None:
    """What stands under a chart: its file with the passport, its twin as a table, the menu that narrows to a part.

    It comes when all charts of the page are there, for nobody waits for it.
    """
    if not view.is_kiosk:
        place = st.container(key=f"under_{shown.key}", horizontal=True, width="content", gap="small")
        view.later.append((place, partial(_fill_under, view, shown, narrows=narrows)))


@panel
def _fill_under(view: View, shown: Sheet, *, narrows: bool) -> None:
    _draw_files_and_twin(view, shown)
    if narrows:
        draw_menu(view, shown)


@st.fragment
def _draw_files_and_twin(view: View, shown: Sheet) -> None:
    """The download with its passport, and the chart as a table, which is made when it is opened.

    One fragment for both, so that opening either does not draw the page anew.
    """
    with st.container(key=f"files_{shown.key}", horizontal=True, width="content", gap="small"):
        _draw_csv(view, shown, words.DOWNLOAD_CSV)
        draw_passport(view, shown)
        twin = st.popover(view.say(words.AS_TABLE), key=f"twin_{shown.key}", type="tertiary", on_change="rerun")
    if twin.open:
        with twin:
            draw_grid(view, shown, key=f"twin_table_{shown.key}")


def table(view: View, shown: Sheet, subtitle: Text | None = None) -> None:
    """A table that sorts by any column, with its download."""
    view.show(shown)
    view.arrive()
    with st.container(key=f"panel_{shown.key}", gap=None):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            heading(view, shown.title, subtitle, partial_note(view, shown))
            download(view, shown, words.DOWNLOAD_TABLE.fill(rows=f"{len(shown):,}"))
        if is_reported(shown):
            draw_grid(view, shown, key=f"table_{shown.key}")
        else:
            draw_empty(view, shown)


@panel
def table_of(
    view: View,
    key: str,
    title: Text,
    split: str,
    *metrics: str,
    drawn: Text | None = None,
    last_year: tuple[str, ...] = (),
    selection: Selection | None = None,
) -> None:
    """The same of metrics split one way, the largest of the first metric first."""
    found = answers(view, key, title, split, *metrics, last_year=last_year, selection=selection)
    table(view, found.sorted_by(metrics[0]), drawn)


def download(view: View, shown: Sheet | Listing, label: Text) -> None:
    """A button that hands out the sheet as CSV, made when it is clicked, and beside it the passport of that file."""
    if view.is_kiosk:
        return
    with st.container(key=f"files_{shown.key}", horizontal=True, width="content", gap="small"):
        _draw_csv(view, shown, label)
        st.fragment(draw_passport)(view, shown)


def _draw_csv(view: View, shown: Sheet | Listing, label: Text) -> None:
    st.download_button(
        view.say(label),
        data=lambda: shown_csv(shown, view.language),
        file_name=view.file_name(shown.title, "csv"),
        mime="text/csv",
        key=f"csv_{shown.key}",
        on_click="ignore",
        type="tertiary",
    )


def listing(view: View, shown: Listing, subtitle: Text) -> None:
    """Rows of words under their headings, with their download."""
    view.show(shown)
    view.arrive()
    with st.container(key=f"panel_{shown.key}", gap=None):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            heading(view, shown.title, subtitle)
            download(view, shown, words.DOWNLOAD_TABLE.fill(rows=f"{len(shown):,}"))
        draw_listing(shown, view.language)


def note(view: View, text: Text) -> None:
    """A line under a panel."""
    st.html(f'<p class="gz-note">{html.escape(view.say(text))}</p>')


def heading(view: View, title: Text, subtitle: Text | None, more: str = "") -> None:
    """What was found, and under it what is drawn; `more` is HTML that stands below."""
    view.arrive()
    under = (f"<p>{html.escape(view.say(subtitle))}</p>" if subtitle else "") + more
    st.html(f'<div class="gz-heading"><h2>{html.escape(view.say(title))}</h2>{under}</div>')
