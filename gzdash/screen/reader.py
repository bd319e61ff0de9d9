"""The reader: language and selection, kept in the session, seeded from the URL and written back to it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from gzdash.faults import Fault
from gzdash.period import Period
from gzdash.screen import source
from gzdash.selection import CODE_FILTERS, Selection
from gzdash.words import DEFAULT_LANGUAGE, LANGUAGES, Language

LANGUAGE_PARAMETER = "lang"
# ?kiosk=1 is a screen on a wall: nothing to click, everything larger, and it refreshes itself.
KIOSK_PARAMETER = "kiosk"

# Session keys. Those of `CODE_FILTERS` are also the keys of their widgets, set before the widgets are drawn.
LANGUAGE = "language"
KIOSK = "kiosk"
FIRST, LAST = "period_first", "period_last"
ORGANIZATION = "organization"
AS_OF = "as_of"
_WRITTEN = "url_written"
_PAGE = "url_page"
_CHOSEN = "chosen"


def widget_key(filter_key: str) -> str:
    """The session key of a filter's widget."""
    return f"filter_{filter_key}"


def language() -> Language:
    """The reader's language: the URL's when it came from outside, else the session's."""
    url = st.query_params.to_dict()
    if url != _session().get(_WRITTEN) and (url or LANGUAGE not in _session()):
        named = url.get(LANGUAGE_PARAMETER, DEFAULT_LANGUAGE)
        _session()[LANGUAGE] = named if named in LANGUAGES else DEFAULT_LANGUAGE
    chosen: Language = _session()[LANGUAGE]
    return chosen


def is_kiosk() -> bool:
    """Whether this is a screen on a wall: the URL that came from outside says so, for as long as the session lasts."""
    url = st.query_params.to_dict()
    if url != _session().get(_WRITTEN) and (url or KIOSK not in _session()):
        _session()[KIOSK] = url.get(KIOSK_PARAMETER) == "1"
    return bool(_session()[KIOSK])


def switch_language(to: Language) -> None:
    """Change the language; the widgets' choices are set again, or the next click would drop them."""
    _session()[LANGUAGE] = to
    for one in CODE_FILTERS:
        key = widget_key(one.key)
        if key in _session():
            _session()[key] = list(_session()[key])


def read(page: str, default: Selection) -> tuple[Selection, tuple[Fault, ...]]:
    """The selection of this run and notices about the URL.

    A URL the session did not write (a link, a reload, the Back button) seeds the session. Streamlit clears the
    URL when the page changes; then the session's choices go on.
    """
    url = st.query_params.to_dict()
    written, before = _session().get(_WRITTEN), _session().get(_PAGE)
    _session()[_PAGE] = page
    moved = before is not None and before != page and not url
    notices: tuple[Fault, ...] = ()
    if before is None or (url != written and not moved):
        selection, notices = Selection.from_url(source.numbered(_whole_url()), default)
        seed(selection)
    else:
        selection = _chosen(default)
        _fill(selection)
    _session()[_CHOSEN] = selection.to_url()
    return selection, notices


def _whole_url() -> dict[str, str]:
    """The parameters of the URL that select; one that is given several times is read as one list."""
    names = [name for name in st.query_params if name not in (LANGUAGE_PARAMETER, KIOSK_PARAMETER)]
    return {name: ",".join(st.query_params.get_all(name)) for name in names}


def write(selection: Selection, default: Selection) -> None:
    """Put the selection into the URL when it differs; the default view in Chinese needs no parameters."""
    parameters = selection.to_url() if selection != default else {}
    if _session()[LANGUAGE] != DEFAULT_LANGUAGE:
        parameters[LANGUAGE_PARAMETER] = _session()[LANGUAGE]
    if _session()[KIOSK]:
        parameters[KIOSK_PARAMETER] = "1"
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)
    _session()[_WRITTEN] = parameters


def link(selection: Selection, language: Language) -> str:
    """The query string that reopens this view, whatever the defaults of the day."""
    parameters = selection.to_url() | {LANGUAGE_PARAMETER: language}
    return urlencode(parameters, safe=",")


def seed(selection: Selection) -> None:
    """Make `selection` the session's choices."""
    for key, value in _values(selection).items():
        _session()[key] = value


def _fill(selection: Selection) -> None:
    """Set the choices that Streamlit has dropped because their widgets were not drawn."""
    for key, value in _values(selection).items():
        if key not in _session():
            _session()[key] = value


def _values(selection: Selection) -> dict[str, object]:
    """The session's keys with the choices of `selection`."""
    codes = {widget_key(one.key): list(getattr(selection, one.key)) for one in CODE_FILTERS}
    return codes | {
        FIRST: selection.period.first,
        LAST: selection.period.last,
        ORGANIZATION: selection.organization,
        AS_OF: selection.as_of,
    }


def choose_period(period: Period) -> None:
    """Set the period."""
    _session()[FIRST], _session()[LAST] = period.first, period.last


def clear(filter_key: str, code: str = "") -> None:
    """Take one code out of a filter, or all of them."""
    if filter_key in (ORGANIZATION, AS_OF):
        _session()[filter_key] = "" if filter_key == ORGANIZATION else None
        return
    key = widget_key(filter_key)
    _session()[key] = [one for one in _session().get(key, []) if code and one != code]


def keep_period_in_order(moved: str) -> None:
    """When one end passes the other, the other follows."""
    session = _session()
    if session[FIRST] > session[LAST]:
        session[LAST if moved == FIRST else FIRST] = session[moved]


def _chosen(default: Selection) -> Selection:
    """The choices of the widgets; those of a run that was cut short before it drew them are remembered."""
    session = _session()
    last, _ = Selection.from_url(session.get(_CHOSEN, {}), default)
    codes = {one.key: tuple(session.get(widget_key(one.key), getattr(last, one.key)) or ()) for one in CODE_FILTERS}
    period = Period(session.get(FIRST, last.period.first), session.get(LAST, last.period.last))
    return default.with_(
        period=period,
        organization=session.get(ORGANIZATION, last.organization),
        as_of=session.get(AS_OF, last.as_of),
        **codes,
    )


def _session() -> MutableMapping[Any, Any]:
    return st.session_state
