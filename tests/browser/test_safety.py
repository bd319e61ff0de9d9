"""What must hold on any server before a reader trusts it: the frame is always there, the doors are closed."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message

import pytest
from playwright.sync_api import Page, expect

DEEP_LINK = "/employment"
NAVIGATION = '[data-testid="stTopNavLink"], [data-testid="stTopNavSection"]'
FILTERS = '[data-testid="stPopover"]'
FILTERS_AT_LEAST = 6  # Period, chain, region, district, type, programme; the one organization may stand elsewhere.


def answer(url: str) -> tuple[int, Message]:
    """Status and headers of a plain GET, whatever the status; a proxy of the machine is not asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=30) as got:
            return got.status, got.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


@pytest.mark.browser
def test_a_deep_link_on_a_fresh_server_shows_frame_and_filters(
    fresh_server: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(DEEP_LINK, base=fresh_server)
    expect(page.locator(NAVIGATION).first).to_be_visible()
    filters = page.locator(FILTERS)
    expect(filters.first).to_be_visible()
    assert filters.count() >= FILTERS_AT_LEAST
    assert page.url.startswith(f"{fresh_server}{DEEP_LINK}")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", DEEP_LINK, "/_stcore/health", "/no-such-page"])
@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("X-Content-Type-Options", {"nosniff"}),
        ("X-Frame-Options", {"DENY", "SAMEORIGIN"}),
        ("Referrer-Policy", {"no-referrer", "same-origin", "strict-origin"}),
    ],
)
def test_every_answer_carries_the_security_headers(server: str, path: str, header: str, allowed: set[str]) -> None:
    _, headers = answer(f"{server}{path}")
    assert headers[header] in allowed


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", DEEP_LINK])
def test_pages_may_load_from_this_server_only(server: str, path: str) -> None:
    _, headers = answer(f"{server}{path}")
    policy = headers["Content-Security-Policy"] or ""
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "*" not in policy


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics?families=session_state_memory_bytes"])
def test_the_metrics_endpoint_is_closed(server: str, path: str) -> None:
    status, _ = answer(f"{server}{path}")
    assert status in {403, 404}
