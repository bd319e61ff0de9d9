"""Visits: a first-party cookie that remembers which snapshot a reader saw last; no account, no personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gzdash.faults import Refused
from gzdash.period import SHANGHAI
from gzdash.screen import source
from gzdash.words.frame import PAGES

COOKIE = "gzdash_visit"
# Morning and afternoon are two visits; reloads and links within a sitting are one.
BETWEEN_VISITS = timedelta(hours=4)
_KEPT_SECONDS = int(timedelta(days=400).total_seconds())
# Lake, then event and time of the visit before, then those of this one: 1a2b3c4d.58.1695001800.62.1695201800
_FORM = re.compile(r"([0-9a-f]{8})\.(\d{1,9})\.(\d{1,11})\.(\d{1,9})\.(\d{1,11})")
_LAKE_LETTERS = 8
_PATHS = frozenset(("/", *(f"/{page}" for page in PAGES)))


@dataclass(frozen=True, slots=True)
class Seen:
    """Which event was the newest when a page was opened, and when that was."""

    event: int
    time: datetime


@dataclass(frozen=True, slots=True)
class Visits:
    """The visit before (none at the first) and this one, to one lake; to and from the cookie's value."""

    lake: str
    before: Seen | None
    now: Seen

    def to_cookie(self) -> str:
        """The value of the cookie: digits and dots."""
        before = self.before or Seen(0, datetime.fromtimestamp(0, SHANGHAI))
        numbers = (one for seen in (before, self.now) for one in (seen.event, int(seen.time.timestamp())))
        return ".".join([self.lake, *map(str, numbers)])

    @classmethod
    def from_cookie(cls, text: str, lake: str) -> Visits | None:
        """What the cookie says of visits to `lake`; None where it says nothing, is of another lake or was changed."""
        found = _FORM.fullmatch(text)
        if found is None or found[1] != lake[:_LAKE_LETTERS]:
            return None
        event, time, now_event, now_time = (int(one) for one in found.groups()[1:])
        try:
            before = Seen(event, datetime.fromtimestamp(time, SHANGHAI)) if time else None
            return cls(found[1], before, Seen(now_event, datetime.fromtimestamp(now_time, SHANGHAI)))
        except (OverflowError, OSError, ValueError):
            return None

    def opened(self, seen: Seen) -> Visits:
        """The visits after a page was opened: a new one after some hours, else the same one going on."""
        is_new = seen.time - self.now.time > BETWEEN_VISITS
        return Visits(self.lake, self.now if is_new else self.before, seen)


def after(cookie: str, lake: str, seen: Seen) -> Visits:
    """The visits after a page of `lake` was opened by a reader with `cookie`."""
    visits = Visits.from_cookie(cookie, lake)
    return visits.opened(seen) if visits else Visits(lake[:_LAKE_LETTERS], None, seen)


def last_visit(now: source.Position) -> Seen | None:
    """The reader's visit before this one. The session keeps what the browser sent when it began, so that nothing a
    reader clicks moves it; None for who comes for the first time."""
    identity, newest = now
    visits = Visits.from_cookie(dict(st.context.cookies).get(COOKIE, ""), _letters(identity))
    before = visits.before if visits else None
    return before if before and before.event <= newest else None


class RememberVisits:
    """Sets the cookie when a page is opened; never on a request from another site, which brings no cookie along and
    would start over."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer to an opened page remembers it."""
        if not _is_opened(scope):
            await self.app(scope, receive, send)
            return
        value = await run_in_threadpool(_value, Headers(scope=scope).get("cookie", ""))

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200 and value:
                line = f"{COOKIE}={value}; Max-Age={_KEPT_SECONDS}; Path=/; SameSite=Strict"
                MutableHeaders(scope=message).append("Set-Cookie", line)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _is_opened(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in _PATHS:
        return False
    return Headers(scope=scope).get("sec-fetch-site", "none") != "cross-site"


def _value(cookies: str) -> str:
    """The new value of the cookie; empty where there is no lake to have been seen."""
    lake = source.lake()
    try:
        identity, newest = lake.position()
    except Refused:
        return ""
    return after(_own(cookies), _letters(identity), Seen(newest, lake.clock())).to_cookie()


def _own(cookies: str) -> str:
    try:
        found: Mapping[str, object] = SimpleCookie(cookies)
    except CookieError:
        return ""
    return getattr(found.get(COOKIE), "value", "")


def _letters(identity: str) -> str:
    """The lake in a few letters, enough to tell one from another made in its place."""
    return identity.replace("-", "")[:_LAKE_LETTERS]
