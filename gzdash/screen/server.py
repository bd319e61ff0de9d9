"""What the server adds around Streamlit: security headers, closed doors, and streamed downloads."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gzdash.exports import detail_csv, file_name
from gzdash.faults import Refused
from gzdash.screen.kept import KEPT_PATH, kept
from gzdash.screen.passport_routes import PASSPORT_ROUTES
from gzdash.screen.requests import desk_of, language_of, refusal, streamed_csv
from gzdash.screen.shell import SCRIPT_PATH, script
from gzdash.screen.traced import TRACE_PATH, traced
from gzdash.tables import TABLES
from gzdash.words.frame import PAGES

# Streamlit's index.html has one inline script; its hash changes with the version, and a browser test notices.
_INLINE_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Plotly compiles functions; inline components are loaded from blobs.
        f"script-src 'self' 'unsafe-eval' blob: {_INLINE_SCRIPT}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' blob: data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# Closed: it tells the names and sizes of what other readers have open.
_CLOSED = ("/_stcore/metrics",)

DOWNLOAD_PATH = "/download/{table}.csv"


class Doors:
    """Adds the security headers to every answer and closes what nobody should see."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with headers added to its answer; a closed path is not found."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["path"].startswith(_CLOSED):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)


async def download(request: Request) -> Response:
    """One table, filtered by the selection in the query, as CSV: streamed, so memory stays flat at any size."""
    language = language_of(request.query_params)
    table = TABLES.get(request.path_params["table"])
    if language is None or table is None:
        return PlainTextResponse("Not found", status_code=404)
    try:
        desk, selection = await run_in_threadpool(desk_of, request.query_params)
    except Refused as refused:
        return refusal(refused, language)
    name = file_name(table.name, selection, desk.snapshot, "csv", language)
    return streamed_csv(
        detail_csv(table, desk.rows(table.key, selection), language, is_demo=desk.snapshot.is_demo), name
    )


async def first_page(request: Request) -> Response:
    """The first page lives at the root: its own name, as links and people write it, leads there."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=307)


ROUTES = [
    Route(DOWNLOAD_PATH, download),
    Route(KEPT_PATH, kept),
    Route(TRACE_PATH, traced),
    Route(SCRIPT_PATH, script),
    *PASSPORT_ROUTES,
    Route(f"/{next(iter(PAGES))}", first_page),
]
