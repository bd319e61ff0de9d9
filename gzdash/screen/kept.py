"""The kept file of an import, streamed to whoever asks for it by the import's number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from gzdash.faults import Fault, Refused
from gzdash.lake import Import, Lake
from gzdash.screen import source
from gzdash.screen.requests import language_of, refusal
from gzdash.trace import state_of
from gzdash.words import history as words

KEPT_PATH = "/kept/{number:int}"

_NO_FILE = "kept-file-missing"
_PIECE_BYTES = 1 << 20


def kept_address(one: Import) -> str:
    """Where a page finds the kept file of an import: relative to the page, so that it holds under a base path."""
    return f"./kept/{one.id}"


async def kept(request: Request) -> Response:
    """The file as it was kept, under the name it was sent by; never shown in the browser, only saved."""
    language = language_of(request.query_params)
    if language is None:
        return PlainTextResponse("Not found", status_code=404)
    try:
        one, path = await run_in_threadpool(_found, source.lake(), request.path_params["number"])
    except Refused as refused:
        status = 404 if refused.faults[0].code == _NO_FILE else 409
        return refusal(refused, language, status)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(_name(one), safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(_pieces(path), media_type="application/octet-stream", headers=headers)


def _found(lake: Lake, number: int) -> tuple[Import, Path]:
    """The import and its file; raises Refused when the ledger names none, or none that lies in the uploads, and
    when the file is not what was kept."""
    one = next((one for one in lake.imports() if one.id == number), None)
    uploads = lake.uploads.resolve()
    path = (uploads / one.kept).resolve() if one and one.kept else uploads
    if one is None or not path.is_relative_to(uploads) or not path.is_file():
        fault = Fault(_NO_FILE, words.NO_KEPT_FILE.fill(id=number), "", words.NO_KEPT_FILE_NEXT)
        raise Refused(fault)
    if state_of(lake, one) == "changed":
        raise Refused(Fault("kept-file-changed", words.KEPT_CHANGED.fill(id=number), "", words.KEPT_CHANGED_NEXT))
    return one, path


def _name(one: Import) -> str:
    """The name it was sent by; what was kept as another kind of file (.xls as .xlsx) ends as that does."""
    return PurePath(one.file_name or one.kept).with_suffix(PurePath(one.kept).suffix).name


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
