"""What the server adds around Streamlit: security headers, closed doors, and streamed downloads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gzdash.ask import Desk, default_selection
from gzdash.exports import detail_csv, file_name
from gzdash.faults import Refused
from gzdash.screen import source
from gzdash.screen.kept import KEPT_PATH, kept
from gzdash.screen.reader import LANGUAGE_PARAMETER
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.words import DEFAULT_LANGUAGE, LANGUAGES, Language
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
    asked = request.query_params.get(LANGUAGE_PARAMETER, DEFAULT_LANGUAGE)
    language: Language | None = next((one for one in LANGUAGES if one == asked), None)
    table = TABLES.get(request.path_params["table"])
    if language is None or table is None:
        return PlainTextResponse("Not found", status_code=404)
    try:
        desk, selection = await run_in_threadpool(_desk, request.query_params)
    except Refused as refused:
        return JSONResponse({"errors": [fault.line(language) for fault in refused.faults]}, status_code=409)
    name = file_name(table.name, selection, desk.snapshot, "csv", language)
    lines = detail_csv(table, desk.rows(table.key, selection), language, is_demo=desk.snapshot.is_demo)
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return StreamingResponse(
        _in_threads(lines), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def _desk(query: QueryParams) -> tuple[Desk, Selection]:
    newest = source.desk()
    parameters = {name: value for name, value in query.items() if name != LANGUAGE_PARAMETER}
    selection, notices = Selection.from_url(parameters, default_selection(newest.snapshot))
    if notices:
        raise Refused(*notices)
    return (source.desk(selection.as_of) if selection.as_of is not None else newest), selection


async def _in_threads(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    async for line in iterate_in_threadpool(lines):
        yield line


async def first_page(request: Request) -> Response:
    """The first page lives at the root: its own name, as links and people write it, leads there."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=307)


ROUTES = [
    Route(DOWNLOAD_PATH, download),
    Route(KEPT_PATH, kept),
    Route(f"/{next(iter(PAGES))}", first_page),
]
