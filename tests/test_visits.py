"""What the cookie of the last visit promises: a sitting does not move it; it holds a lake, numbers and times only."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from gzdash.lake import Lake
from gzdash.period import SHANGHAI
from gzdash.screen.visits import COOKIE, RememberVisits, Seen, Visits, after
from tests.register import MOVED, commit, jobs, ticking

LAKE = "1a2b3c4d"
MORNING = datetime(2023, 9, 18, 9, 0, tzinfo=SHANGHAI)
seconds = st.integers(1, 4_000_000_000)


def seen(event: int, hours: float) -> Seen:
    return Seen(event, MORNING + timedelta(hours=hours))


@given(before=st.none() | st.tuples(st.integers(0, 10**9 - 1), seconds), now=st.tuples(st.integers(0, 9), seconds))
def test_the_cookie_comes_back_as_it_was_written(before: tuple[int, int] | None, now: tuple[int, int]) -> None:
    first, second = (one and Seen(one[0], datetime.fromtimestamp(one[1], SHANGHAI)) for one in (before, now))
    assert second is not None
    visits = Visits(LAKE, first, second)
    assert Visits.from_cookie(visits.to_cookie(), LAKE) == visits


@given(st.text(max_size=60))
def test_a_cookie_that_anybody_changed_is_none(text: str) -> None:
    assert Visits.from_cookie(text, LAKE) is None


def test_a_cookie_of_another_lake_is_none() -> None:
    assert Visits.from_cookie(after("", LAKE, seen(5, 0)).to_cookie(), "99999999") is None


def test_reloads_within_a_sitting_leave_the_visit_before_alone() -> None:
    first = after("", LAKE, seen(58, 0))
    again = after(first.to_cookie(), LAKE, seen(60, 3))
    assert (first.before, again.before, again.now.event) == (None, None, 60)
    afternoon = after(again.to_cookie(), LAKE, seen(61, 7.5))
    assert (afternoon.before, afternoon.now) == (seen(60, 3), seen(61, 7.5))
    reloaded = after(afternoon.to_cookie(), LAKE, seen(62, 8))
    assert (reloaded.before, reloaded.now) == (seen(60, 3), seen(62, 8))


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A server with the cookie around a page, over a lake of one event."""
    commit(Lake.init(tmp_path / "lake", "real", ticking()), {"jobs": [jobs(MOVED, "2023-06")]})
    monkeypatch.setenv("GZDASH_LAKE", str(tmp_path / "lake"))

    async def page(request: Request) -> Response:
        return PlainTextResponse("page")

    routes = [Route(path, page) for path in ("/", "/employment", "/download/jobs.csv", "/_stcore/health")]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(RememberVisits)]))


@pytest.mark.parametrize(("path", "is_set"), [("/", True), ("/employment", True), ("/_stcore/health", False)])
def test_opening_a_page_sets_it_and_nothing_else_does(client: TestClient, path: str, is_set: bool) -> None:
    assert (COOKIE in client.get(path).cookies) is is_set


def test_it_is_strict_first_party_and_says_the_newest_event(client: TestClient) -> None:
    line = client.get("/").headers["set-cookie"]
    assert "SameSite=Strict" in line
    assert line.split("=", 1)[1].split(".")[3] == "1"


def test_a_request_from_another_site_does_not_start_over(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).headers


def test_without_a_lake_nothing_is_set(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_LAKE", str(tmp_path / "none"))
    assert "set-cookie" not in client.get("/").headers
