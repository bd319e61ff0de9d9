"""The shell: the one HTML page that Streamlit serves at every address, put into the reader's language as it leaves."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gzdash.screen.requests import language_of
from gzdash.words import DEFAULT_LANGUAGE, Language
from gzdash.words.frame import APP
from gzdash.words.framework import FRAMEWORK, WITHOUT_SCRIPTS

SCRIPT_PATH = "/words.js"
# What `lang` says of a page, and what a browser is said to speak.
LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}

_SOURCE = "\n".join((Path(__file__).parent / "assets" / name).read_text("utf-8") for name in ("words.js", "paper.js"))
_WORDS = json.dumps([(one.zh, one.en) for one in FRAMEWORK], ensure_ascii=False)
SCRIPT = f"const LOCALES = {json.dumps(LOCALES)};\nconst WORDS = {_WORDS};\n{_SOURCE}".encode()
_VERSION = hashlib.sha256(SCRIPT).hexdigest()[:12]
_TAG = f'<script type="module" src=".{SCRIPT_PATH}?{_VERSION}"></script>'
_YEAR_SECONDS = 31_536_000

# Where Streamlit's page says something itself; a test finds each of them in the page of the installed version.
HTML_TAG = re.compile(r'<html lang="en">')
TITLE = re.compile(r"<title>Streamlit</title>")
# Before the first module: the browser's language is asked for while Streamlit's is read.
FIRST_MODULE = re.compile(r'(?=<script type="module")')
NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)

# Ours to answer anew each time: compressed bytes cannot be rewritten, and what a browser has kept is another text.
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


def in_language(page: str, language: Language) -> str:
    """Streamlit's page with our title, `lang`, the script that translates its words, and what a browser without
    scripts is told; what is not found in it stays as it is."""
    page = HTML_TAG.sub(f'<html lang="{LOCALES[language]}">', page)
    page = TITLE.sub(lambda _: f"<title>{html.escape(APP.of(language))}</title>", page)
    page = FIRST_MODULE.sub(lambda _: f"{_TAG}\n    ", page, count=1)
    said = html.escape(WITHOUT_SCRIPTS.of(language))
    return NO_SCRIPT.sub(lambda _: f"<noscript><p>{said}</p></noscript>", page)


class Shell:
    """Puts every page that a browser opens into the language its address names."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an HTML page that comes back is rewritten, anything else goes out as it is."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        language = language_of(QueryParams(scope["query_string"])) or DEFAULT_LANGUAGE
        headers = [(name, value) for name, value in scope["headers"] if name not in _LEFT_OUT]
        await self.app({**scope, "headers": headers}, receive, _rewriting(send, language))


def _rewriting(send: Send, language: Language) -> Send:
    """`send`, but the body of an HTML page is held until it is whole, and rewritten."""
    start: Message | None = None
    body = b""

    async def rewritten(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start" and _is_page(message):
            start = message
            return
        if start is None:
            await send(message)
            return
        body += message.get("body", b"")
        if message.get("more_body"):
            return
        content = in_language(body.decode(), language).encode() if body else b""
        headers = MutableHeaders(scope=start)
        for name in ("etag", "last-modified", "accept-ranges", "content-length"):
            del headers[name]
        if content:
            headers["content-length"] = str(len(content))
        await send(start)
        await send({**message, "body": content})

    return rewritten


def _is_page(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


async def script(request: Request) -> Response:
    """The script with its words. Its address changes with its content, so a browser may keep it."""
    headers = {"Cache-Control": f"public, immutable, max-age={_YEAR_SECONDS}"}
    return Response(SCRIPT, media_type="text/javascript", headers=headers)
