"""The passports of streamed files: the address of the file with another end; the file is read once for its hash."""

from __future__ import annotations

from collections.abc import Callable, Container
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gzdash.exports import Passport, detail_csv, file_name, passport_name, streamed_passport, table_details
from gzdash.exports.issuing import traced_rows
from gzdash.faults import Refused
from gzdash.metrics import METRICS
from gzdash.screen.passport import issue_of
from gzdash.screen.requests import desk_of, language_of, refusal
from gzdash.screen.traced import found_in
from gzdash.tables import TABLES
from gzdash.trace.file import trace_csv
from gzdash.words import Language
from gzdash.words.frame import PAGES, QUESTION

Made = Callable[[str, QueryParams, Language], Passport]


async def of_table(request: Request) -> Response:
    """The passport of `/download/TABLE.csv` with the same query."""
    return await _answered(request, request.path_params["table"], TABLES, _of_table)


async def of_trace(request: Request) -> Response:
    """The passport of `/trace/METRIC.csv` with the same query."""
    return await _answered(request, request.path_params["metric"], METRICS, _of_trace)


PASSPORT_ROUTES = (Route("/download/{table}.passport.json", of_table), Route("/trace/{metric}.passport.json", of_trace))


async def _answered(request: Request, key: str, known: Container[str], made: Made) -> Response:
    language = language_of(request.query_params)
    if language is None or key not in known:
        return PlainTextResponse("Not found", status_code=404)
    try:
        passport = await run_in_threadpool(made, key, request.query_params, language)
    except Refused as refused:
        return refusal(refused, language)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(passport_name(passport.file))}"}
    return Response(passport.to_json(), media_type="application/json", headers=headers)


def _of_table(key: str, query: QueryParams, language: Language) -> Passport:
    desk, selection = desk_of(query)
    table, snapshot = TABLES[key], desk.snapshot
    name = file_name(table.name, selection, snapshot, "csv", language)
    chunks = detail_csv(table, desk.rows(key, selection), language, is_demo=snapshot.is_demo)
    what = table_details(table, selection, desk.count(key, selection))
    return streamed_passport(what, name, issue_of(desk, PAGES["downloads"], language, ()), chunks)


def _of_trace(key: str, query: QueryParams, language: Language) -> Passport:
    found, half = found_in(key, query)
    question = found.answer.question
    name = file_name(found.metric.name, question.selection, found.desk.snapshot, "csv", language)
    what = traced_rows(question, half, found.halves[0].key, found.count(half))
    issue = issue_of(found.desk, QUESTION, language, ((key, question.selection),))
    return streamed_passport(what, name, issue, trace_csv(found, half, language))
