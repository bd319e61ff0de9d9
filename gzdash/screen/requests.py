"""What a request for a file asks: its language, and the desk and selection that its query names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from urllib.parse import quote

from starlette.concurrency import iterate_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response, StreamingResponse

from gzdash.ask import Desk, default_selection
from gzdash.faults import Refused
from gzdash.screen import source
from gzdash.screen.reader import LANGUAGE_PARAMETER
from gzdash.selection import Selection
from gzdash.words import DEFAULT_LANGUAGE, LANGUAGES, Language


def language_of(query: QueryParams) -> Language | None:
    """The language asked for, Chinese by default; None for one that there is not."""
    asked = query.get(LANGUAGE_PARAMETER, DEFAULT_LANGUAGE)
    return next((one for one in LANGUAGES if one == asked), None)


def desk_of(query: QueryParams, *others: str) -> tuple[Desk, Selection]:
    """The desk and selection of a query; parameters in `others` are somebody else's.

    Raises Refused for what the selection does not know: a file must not hold something else than was asked.
    """
    newest = source.desk()
    parameters = {name: value for name, value in query.items() if name not in (LANGUAGE_PARAMETER, *others)}
    selection, notices = Selection.from_url(source.numbered(parameters), default_selection(newest.snapshot))
    if notices:
        raise Refused(*notices)
    return (source.desk(selection.as_of) if selection.as_of is not None else newest), selection


def refusal(refused: Refused, language: Language, status: int = 409) -> Response:
    """What is wrong, line by line, for whoever asked."""
    return JSONResponse({"errors": [fault.line(language) for fault in refused.faults]}, status_code=status)


def streamed_csv(lines: Iterator[bytes], name: str) -> Response:
    """A CSV file that is sent as it is made, saved under `name`."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return StreamingResponse(_in_threads(lines), media_type="text/csv; charset=utf-8", headers=headers)


async def _in_threads(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    try:
        async for line in iterate_in_threadpool(lines):
            yield line
    finally:
        # Whoever leaves early waits for the rows on their way: not in the thread that answers everybody.
        if isinstance(lines, Generator):
            asyncio.get_running_loop().run_in_executor(None, lines.close)
