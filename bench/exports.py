"""Downloads beside the least they can cost: detail rows as CSV through the streaming route, beside DuckDB's COPY."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode, urlsplit

import duckdb

from bench.found import Found, Line
from bench.servers import Server, started
from gzdash.ask import Desk
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake, Snapshot
from gzdash.period import Period
from gzdash.reference import code_list
from gzdash.selection import Selection
from gzdash.tables import TABLES

ROWS = (10_000, 1_000_000, 5_000_000)
TIMED = 1_000_000
ROUNDS = 3
TABLE = "jobs"
CSV_GOAL = 1.5
# Memory is flat when the largest file needs no more than this beside the smallest.
FLAT_GOAL = 1.25
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Export:
    """One file: its rows, seconds of ours and of COPY round by round, and the server's peak memory after it. A file
    that is narrowed has no COPY beside it, and is there for the memory."""

    rows: int
    megabytes: float
    ours: tuple[float, ...]
    copy: tuple[float, ...]
    peak: float

    @property
    def ratio(self) -> float:
        """How many times as long ours took."""
        return median(one / other for one, other in zip(self.ours, self.copy, strict=True))


def measure(lake: Path, folder: Path, rows: Sequence[int] = ROWS, rounds: int = ROUNDS) -> Found:
    """A file of about each number of rows, smallest first, or of all there are."""
    snapshot = Lake(lake).snapshot()
    desk = Desk(snapshot, DuckDBEngine(lake))
    exports = []
    with started("app.py", lake, folder / "exports.log") as server:
        server.rest()
        for wanted in rows:
            exports.append(_exported(server, desk, folder / "copy.csv", wanted, rounds if wanted <= TIMED else 1))
    timed = min((one for one in exports if one.copy), key=lambda one: abs(one.rows - TIMED))
    found = Found("exports", detail=[asdict(one) for one in exports])
    found.lines = [Line(f"CSV of {timed.rows:,} rows", "DuckDB COPY", timed.ratio, CSV_GOAL)]
    if exports[0].peak and len(exports) > 1:
        last = exports[-1]
        what, against = f"peak memory, CSV of {last.rows:,} rows", f"of {exports[0].rows:,} rows"
        found.lines.append(Line(what, against, last.peak / exports[0].peak, FLAT_GOAL))
    return found


def _exported(server: Server, desk: Desk, target: Path, wanted: int, rounds: int) -> Export:
    selection = _selection(desk, wanted)
    ours, copy, size = list[float](), list[float](), 0
    for _ in range(rounds):
        if not selection.chains:
            copy.append(_copied(desk.snapshot, selection.period, target))
        seconds, size = _downloaded(server, selection)
        ours.append(seconds)
    rows = desk.count(TABLE, selection)
    return Export(rows, size / 1e6, tuple(ours), tuple(copy), server.peak_megabytes())


def _selection(desk: Desk, wanted: int) -> Selection:
    """The first months that hold so many rows, or all of them; where one month holds far more, a few chains of it."""
    months = sorted({file.first_month for file in desk.snapshot.files if file.table == TABLE})
    whole = [Selection(Period(months[0], last)) for last in months]
    narrowed = list[Selection]()
    if desk.count(TABLE, whole[0]) >= 2 * wanted:
        chains = code_list("chain").codes
        narrowed = [whole[0].with_(chains=chains[:number]) for number in range(1, len(chains))]
    return next((one for one in (*narrowed, *whole) if desk.count(TABLE, one) >= wanted), whole[-1])


def _copied(snapshot: Snapshot, period: Period, target: Path) -> float:
    """Seconds of the same rows and columns written by DuckDB alone, from the same files."""
    columns = [*TABLES[TABLE].by_key, "import_id", "source_file", "source_sheet", "source_row"]
    names = ", ".join(f'"{name}"' for name in columns)
    source = f"SELECT {names} FROM read_parquet({list(snapshot.paths(TABLE))})"
    within = f"month BETWEEN DATE '{period.first}-01' AND DATE '{period.last}-01'"
    begun = perf_counter()
    duckdb.connect().execute(f"COPY ({source} WHERE {within}) TO '{target.as_posix()}' (FORMAT csv, HEADER)")
    return perf_counter() - begun


def _downloaded(server: Server, selection: Selection) -> tuple[float, int]:
    """Seconds and bytes of the file through the server's door."""
    begun = perf_counter()
    host = urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(host)
    connection.request("GET", f"/download/{TABLE}.csv?{urlencode(selection.to_url())}")
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(answer.read().decode())
    size = 0
    while chunk := answer.read(_CHUNK):
        size += len(chunk)
    return perf_counter() - begun, size
