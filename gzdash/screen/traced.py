"""All rows behind a figure, streamed as CSV to whoever asks for it by metric and selection."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from gzdash.answer import Question
from gzdash.ask.contributions import Half
from gzdash.exports import file_name
from gzdash.faults import Refused
from gzdash.metrics import METRICS, metric
from gzdash.screen import source
from gzdash.screen.requests import desk_of, language_of, refusal, streamed_csv
from gzdash.trace import Trace, trace
from gzdash.trace.file import trace_csv

TRACE_PATH = "/trace/{metric}.csv"

# Beside those of the selection: the split, the half of a ratio, and the part of the split.
_BY, _HALF, _KEY = "by", "half", "key_"


async def traced(request: Request) -> Response:
    """The rows behind one figure or one part of its split, each with its file, sheet and cell."""
    language = language_of(request.query_params)
    if language is None or request.path_params["metric"] not in METRICS:
        return PlainTextResponse("Not found", status_code=404)
    try:
        found, half = await run_in_threadpool(found_in, request.path_params["metric"], request.query_params)
    except Refused as refused:
        return refusal(refused, language)
    name = file_name(found.metric.name, found.answer.question.selection, found.desk.snapshot, "csv", language)
    return streamed_csv(trace_csv(found, half, language), name)


def found_in(key: str, query: QueryParams) -> tuple[Trace, Half]:
    """The figure that a query names, traced, and which half of it; raises Refused for what is unknown."""
    split = tuple(dict.fromkeys(name for name in query.get(_BY, "").split(",") if name))
    own = (_BY, _HALF, *(f"{_KEY}{name}" for name in split))
    desk, selection = desk_of(query, *own)
    half: Half = "denominator" if query.get(_HALF) == "denominator" and metric(key).is_ratio else "numerator"
    part = tuple(query.get(f"{_KEY}{name}") for name in split) if split else None
    return trace(desk, source.lake(), Question(key, selection, split), part), half
