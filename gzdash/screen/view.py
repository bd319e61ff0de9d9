"""A `View` is one page in one run: who looks at what, and every sheet that was shown, for the downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

import streamlit as st

from gzdash.answer import Cell, Listing, Sheet
from gzdash.ask import Desk
from gzdash.exports import file_name
from gzdash.metrics import Metric
from gzdash.screen.following import Following, following
from gzdash.selection import Selection
from gzdash.theme import Palette
from gzdash.words import Language, Text
from gzdash.words.frame import PAGES

_HELD = "view"
# The key of a column with the same months a year before is that of its metric and this.
LAST_YEAR = "_last_year"

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that decides what a part of a page shows: the key under which parts are remembered for the next reader."""

    page: str
    language: Language
    palette: Palette
    desk: Desk
    selection: Selection
    is_kiosk: bool

    @property
    def view(self) -> View:
        """A view that draws the same, and remembers for nobody what it has shown."""
        return View(self.page, self.language, self.palette, self.desk, self.selection, is_kiosk=self.is_kiosk)


@dataclass
class View:
    """What the verbs of a page need. `sheets` and `metrics` grow as the page shows them: what is seen is
    what is exported, and the footer can say which filters did not apply."""

    page: str
    language: Language
    palette: Palette
    desk: Desk
    selection: Selection
    sheets: list[Sheet | Listing] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    # A screen on a wall has nothing to click.
    is_kiosk: bool = False
    # The lake's newest event, where the page shows it as it was at an earlier one.
    newest: int | None = None
    # The panels that could not be drawn, by name; several of a kind may fail.
    failed: list[str] = field(default_factory=list)
    # What a page has to add to the title row once it is drawn, as HTML.
    aside: str = ""

    # Whether this reader was on the page the run before and waits for its figures, when these were sent, and what of
    # the page is held back until they are drawn.
    is_known: bool = False
    figures_sent: float | None = None
    following: Following | None = None
    # What can wait until every figure and chart is drawn: where it stands, and how it is drawn.
    later: list[tuple[st.delta_generator.DeltaGenerator, Callable[[], None]]] = field(default_factory=list)

    # The shape of the page that is on its way: it goes when the first of the page comes.
    waiting: st.delta_generator.DeltaGenerator | None = None

    def send_figures(self) -> None:
        """The figures of a pillar are sent: what follows those of the last one makes way for them."""
        self.figures_sent = monotonic()

    def give_way(self) -> None:
        """Before the first chart: where a reader waits for figures, what follows comes when these are drawn."""
        if self.figures_sent is not None and self.is_known:
            self.following = following(self.figures_sent)
        self.figures_sent = None

    @contextmanager
    def in_order(self) -> Iterator[None]:
        """Inside, figures are sent first, then what follows them; that comes whatever becomes of the run."""
        try:
            yield
            if self.following is not None:
                self.following.wait()
        finally:
            if self.following is not None:
                self.following.release()

    def draw_later(self) -> None:
        """Draw what waited. Here few places are nested: Streamlit copies, for each fragment, all places around each of
        the places around it."""
        for place, draw in self.later:
            with place:
                draw()

    def arrive(self) -> None:
        """The first of the page is there: what stood in its place goes."""
        if self.waiting is not None:
            self.waiting.empty()
            self.waiting = None

    @property
    def now(self) -> tuple[str, int]:
        """Which lake, and its newest event when this run began."""
        return self.desk.snapshot.lake, self.desk.snapshot.event if self.newest is None else self.newest

    @property
    def seen(self) -> Seen:
        """What decides how this view looks, as a key."""
        return Seen(self.page, self.language, self.palette, self.desk, self.selection, self.is_kiosk)

    def say(self, text: Text) -> str:
        """The sentence in the reader's language."""
        return text.of(self.language)

    def show(self, shown: Sheet | Listing) -> None:
        """Remember a sheet or a listing as shown."""
        self.sheets.append(shown)

    def listing(
        self,
        key: str,
        title: Text,
        headers: tuple[Text, ...],
        rows: tuple[Cells, ...],
        metrics: Iterable[Metric] = (),
    ) -> Listing:
        """A listing of this view, of these metrics: it remembers the selection and the snapshot."""
        snapshot, keys = self.desk.snapshot, tuple(dict.fromkeys(one.key for one in metrics))
        return Listing(key, title, self.selection, snapshot.event, snapshot.is_demo, headers, rows, keys)

    def file_name(self, title: Text, extension: str) -> str:
        """The name of a file made from this view: page, title, selection, date and the demo mark."""
        page = PAGES[self.page]
        named = Text(f"{page.zh}-{title.zh}", f"{page.en}-{title.en}") if title != page else page
        return file_name(named, self.selection, self.desk.snapshot, extension, self.language)

    def uses(self, metric: Metric) -> None:
        """Remember a metric as shown."""
        if metric not in self.metrics:
            self.metrics.append(metric)


def hold(view: View) -> None:
    """Hand the view to the page file that runs next."""
    st.session_state[_HELD] = view


def held() -> View | None:
    """The view of this run, or None when a page file runs without its frame."""
    return st.session_state.get(_HELD)
