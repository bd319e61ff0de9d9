"""Spark behind the same door: questions go to a Spark Connect server that reads the same files of the same lake."""

from __future__ import annotations

import socket
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from threading import Event, Lock, Thread
from uuid import uuid4

import pyarrow as pa
from grpc import StatusCode
from pyspark.errors import PySparkException
from pyspark.errors.exceptions.connect import SparkConnectGrpcException
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.session import SparkSession

from gzdash.engines import Inputs, Parameters
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.faults import file_damaged, server_sees_no_lake, server_unreachable, too_long
from gzdash.engines.spark_address import SparkAddress
from gzdash.engines.spark_views import SparkViews, empty
from gzdash.faults import Refused
from gzdash.lake import Snapshot

_QUESTION_SECONDS = 30.0
# The clock runs on while a reader's browser takes the next batch, so a download has a far longer one.
_DOWNLOAD_SECONDS = 3_600.0

# A server that is there answers at once; one that is not is told of before the reader wonders.
_CONNECT_SECONDS = 5.0
# The client would try again for ten minutes; a reader who waits is better told.
_RETRIES = 3
# An order to stop may come between two steps of a question and meet nothing: it is given again until all is over.
_STOP_AGAIN_SECONDS = 0.5

# Snapshots whose session is kept; an older one is made again when someone looks at it.
_SNAPSHOTS_KEPT = 4

_SESSION_GONE = ("INVALID_HANDLE", "SESSION_CHANGED", "SESSION_CLOSED")
_NO_SUCH_FILE = ("PATH_NOT_FOUND", "FAILED_READ_FILE.FILE_NOT_EXIST")
_DAMAGED = ("FAILED_READ_FILE", "CANNOT_READ_FILE_FOOTER")

# What time is: nothing but days, which no zone may shift.
_SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}


class SparkEngine:
    """An engine for the lake in `root`, whose files the server at `address` sees under the same path; safe to use from
    many threads.

    DuckDB stays at hand. Over no rows at all it says which types a statement gives, so that an answer is the same to
    the last type. Statements with `inputs` are its own: they check a file that is not committed yet, which lies here
    and is small beside the store. So are those over one rollup, which no cluster could read sooner.
    """

    def __init__(self, root: Path, address: SparkAddress) -> None:
        self._root, self._address = root, address
        self._near = DuckDBEngine(root)
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], SparkViews] = OrderedDict()
        self._readers: Counter[tuple[str, int]] = Counter()

    def run(self, sql: str, parameters: Parameters, snapshot: Snapshot, inputs: Inputs | None = None) -> pa.Table:
        """The whole result of `sql` over `snapshot`."""
        if inputs:
            return self._near.run(sql, parameters, snapshot, inputs)
        return pa.concat_tables(self._tables(sql, parameters, snapshot, _QUESTION_SECONDS))

    def run_held(self, sql: str, parameters: Parameters, name: str, read: Callable[[], pa.Table]) -> pa.Table:
        """The whole result of `sql` over the table `held.<name>` alone."""
        return self._near.run_held(sql, parameters, name, read)

    def batches(self, sql: str, parameters: Parameters, snapshot: Snapshot, rows: int) -> Iterator[pa.RecordBatch]:
        """The result of `sql` in batches of at most `rows` rows, as the server sends them."""
        for table in self._tables(sql, parameters, snapshot, _DOWNLOAD_SECONDS):
            yield from table.to_batches(max_chunksize=rows)

    def _tables(self, sql: str, parameters: Parameters, snapshot: Snapshot, seconds: float) -> Iterator[pa.Table]:
        """The result piece by piece, an empty one first; what goes wrong is refused in words."""
        schema = self._near.run(sql, parameters, empty(snapshot)).schema
        yield schema.empty_table()
        limit = _Limit(seconds)
        try:
            with self._views(snapshot) as views:
                frame = self._analyzed(views, sql, parameters)
                with limit.over(views.session):
                    for table in _arriving(frame, limit.tag):
                        yield table.cast(schema)
        except PySparkException as error:
            raise self._refusal(error, limit) from error

    def _analyzed(self, views: SparkViews, sql: str, parameters: Parameters) -> DataFrame:
        """What `sql` gives, analyzed by the server; a session that the server has given up is begun anew."""
        try:
            return views.frame(sql, parameters)
        except PySparkException as error:
            if not _is(error, _SESSION_GONE):
                raise
            views.begin_anew()
            return views.frame(sql, parameters)

    @contextmanager
    def _views(self, snapshot: Snapshot) -> Iterator[SparkViews]:
        """The views of a snapshot; those looked at longest ago are let go, but none that somebody is reading."""
        key = (snapshot.lake, snapshot.event)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = SparkViews(self._session, snapshot, self._near)
            self._kept.move_to_end(key)
            views = self._kept[key]
            self._readers[key] += 1
            idle = [one for one in self._kept if not self._readers[one]]
            gone = [self._kept.pop(one) for one in idle[: max(len(self._kept) - _SNAPSHOTS_KEPT, 0)]]
        for one in gone:
            one.stop()
        try:
            yield views
        finally:
            with self._lock:
                self._readers[key] -= 1

    def _session(self) -> SparkSession:
        """A new session at the server; raises Refused where nothing answers there."""
        try:
            socket.create_connection((self._address.host, self._address.port), _CONNECT_SECONDS).close()
        except OSError as error:
            raise Refused(server_unreachable(str(self._address))) from error
        session = SparkSession.builder.remote(self._address.url).create()
        session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
        return session

    def _refusal(self, error: PySparkException, limit: _Limit) -> Refused:
        """What went wrong in words, where a reader or an administrator can do something about it."""
        if limit.has_passed:
            return Refused(too_long(int(limit.seconds)))
        if _is(error, _NO_SUCH_FILE):
            return Refused(server_sees_no_lake(str(self._address), self._root))
        if _is(error, _DAMAGED):
            return Refused(file_damaged(error))
        if isinstance(error, SparkConnectGrpcException) and error.getGrpcStatusCode() is StatusCode.UNAVAILABLE:
            return Refused(server_unreachable(str(self._address)))
        raise error


class _Limit:
    """How long a question may take; when that is over, the server is told to stop whatever this question does."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.has_passed = seconds, False
        self.tag, self._ended = f"gzdash-{uuid4().hex}", Event()

    @contextmanager
    def over(self, session: SparkSession) -> Iterator[None]:
        """What bears the tag is stopped in time."""
        Thread(target=self._watch, args=(session,), name=self.tag, daemon=True).start()
        try:
            yield
        finally:
            self._ended.set()

    def _watch(self, session: SparkSession) -> None:
        seconds = self.seconds
        while not self._ended.wait(seconds):
            self.has_passed, seconds = True, _STOP_AGAIN_SECONDS
            # Where the server does not hear it, the question itself fails of the same cause, and says so.
            with suppress(PySparkException):
                session.interruptTag(self.tag)


def _is(error: PySparkException, conditions: tuple[str, ...]) -> bool:
    return (error.getCondition() or "").startswith(conditions)


def _arriving(frame: DataFrame, tag: str) -> Iterator[pa.Table]:
    """The rows as the server sends them: what `toLocalIterator` reads, without making Python objects of them."""
    session = frame.sparkSession
    with closing(session.client.to_table_as_iterator(frame._plan.to_proto(session.client), {})) as pieces:
        # A tag belongs to a thread; the rest of a download may be read by others, and needs none.
        session.addTag(tag)
        try:
            first = next(pieces, None)
        finally:
            session.removeTag(tag)
        for piece in chain([first], pieces):
            if isinstance(piece, pa.Table):
                yield piece
