"""Streamlit's own files, compressed once: their names change with their content, so a browser asks for each once."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = Path(streamlit.__file__).parent / "static" / "static"
# Words and programs; pictures and fonts are compressed already.
_HASHED = re.compile(r"/static/((?:js|css)/[\w.-]+\.[\w-]{8}\.(?:js|css))")
# Not guessed: Windows asks its registry, which may say that a program is plain text, and browsers then refuse it.
_KINDS = {".js": "text/javascript", ".css": "text/css"}
# Every further level takes longer and saves next to nothing.
_LEVEL = 6
# As many as there are files; a page needs some hundred, about 3 MB.
_FILES_KEPT = 512
_YEAR = "public, max-age=31536000, immutable"
# What the first page loads late and large, beside what the index names.
_LATE = "PlotlyChart."


class Static:
    """Answers for files whose name holds their hash, to browsers that read gzip; all else is passed on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The compressed file, or that it has not changed; headers of the doors around come on top."""
        path = _file_of(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        headers = {"ETag": f'"{path.name}"', "Cache-Control": _YEAR, "Vary": "Accept-Encoding"}
        if headers["ETag"] in Headers(scope=scope).get("if-none-match", ""):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        body = await run_in_threadpool(_compressed, path)
        headers["Content-Encoding"] = "gzip"
        answer = Response(body, headers=headers, media_type=_KINDS[path.suffix])
        await answer(scope, receive, send)


def _file_of(scope: Scope) -> Path | None:
    """The file that is asked for, if it is one that is answered here."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    headers = Headers(scope=scope)
    if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
        return None
    found = _HASHED.fullmatch(scope["path"].removeprefix(scope.get("root_path", "")))
    path = FOLDER / found[1] if found else None
    return path if path and path.is_file() else None


@lru_cache(maxsize=_FILES_KEPT)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), _LEVEL, mtime=0)


def prepare() -> None:
    """Compress what the first page needs before anybody asks for it; takes about a second of a core."""
    index = (FOLDER.parent / "index.html").read_text("utf-8")
    late = (path for path in (FOLDER / "js").iterdir() if path.name.startswith(_LATE))
    for path in (*late, *(FOLDER / name for name in re.findall(r'"\./static/((?:js|css)/[^"]+)"', index))):
        _compressed(path)
