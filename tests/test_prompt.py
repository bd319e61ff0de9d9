"""What is promised of connections: nothing that was written waits for what was written before."""

from __future__ import annotations

import asyncio
import json
import socket
import urllib.request

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect

from gzdash.screen.prompt import Prompt, _connection_of


def _is_prompt(where: Request | WebSocket) -> bool:
    # Looked up without the code under test, so that a wrong way there is noticed.
    connection = where._receive.__self__.transport.get_extra_info("socket")  # type: ignore[attr-defined]
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


async def _page(request: Request) -> Response:
    return JSONResponse(_is_prompt(request))


async def _stream(channel: WebSocket) -> None:
    await channel.accept()
    await channel.send_json(_is_prompt(channel))
    await channel.close()


ROUTES = [Route("/page", _page), WebSocketRoute("/stream", _stream)]


def _bound() -> socket.socket:
    """A listening socket as Streamlit makes it: the protocol is not named."""
    listening = socket.socket(family=socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


async def _asked(app: Starlette) -> tuple[bool, bool]:
    """Whether a connection for a page, and one for a stream, is prompt."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="websockets-sansio"))
    with _bound() as listening:
        address = "{}:{}".format(*listening.getsockname())
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                await asyncio.sleep(0.01)
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            page = await asyncio.to_thread(lambda: opener.open(f"http://{address}/page").read())
            async with connect(f"ws://{address}/stream", proxy=None) as channel:
                return json.loads(page), json.loads(await channel.recv())
        finally:
            server.should_exit = True
            await running


@pytest.mark.parametrize(("middleware", "prompt"), [([Middleware(Prompt)], True), ([], False)])
def test_pages_and_streams_leave_at_once_only_with_the_middleware(middleware: list[Middleware], prompt: bool) -> None:
    assert asyncio.run(_asked(Starlette(routes=ROUTES, middleware=middleware))) == (prompt, prompt)


def test_what_has_no_connection_is_passed_on() -> None:
    async def said(_: Request) -> Response:
        return JSONResponse("said")

    app = Starlette(routes=[Route("/", said)], middleware=[Middleware(Prompt)])
    assert TestClient(app).get("/").json() == "said"

    async def receive() -> dict[str, str]:
        return {}

    assert _connection_of(receive) is None
