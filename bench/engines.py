"""`python -m bench.engines LAKE…`: the overview's questions by DuckDB and by a local Spark, over lakes of any size."""

from __future__ import annotations

import argparse
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from gzdash.answer import Question
from gzdash.ask import statement
from gzdash.engines import Engine
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.local_spark import serving
from gzdash.engines.spark import SparkEngine
from gzdash.engines.spark_address import SparkAddress
from gzdash.lake import Lake, Snapshot
from gzdash.metrics import METRICS
from gzdash.period import PUBLISHED_PERIOD
from gzdash.selection import Selection

# The figures, sentences and charts of the overview: one statement for what is read together.
ASKED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("credit_line", "loan_disbursed"), ("chain",)),
    (("jobs_posted", "graduates_hired", "member_jobs_posted"), ()),
    (("jobs_posted", "graduates_hired"), ("month",)),
    (("aid_value", "organizations_in_aid"), ("prefecture",)),
    (("aid_projects",), ("region_group",)),
)
# A chain a round, so that nothing is asked twice.
CHAINS = ("GZ21-01", "GZ21-02", "GZ21-03", "GZ21-05", "GZ21-06")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for all the overview's questions, of one lake by one engine: the first time over a snapshot, with the
    views made, and the median of the rounds after that."""

    engine: str
    rows: int
    files: int
    first: float
    later: float


def measure(name: str, make: Callable[[], Engine], snapshot: Snapshot) -> Measured:
    """Ask everything once, then once more for each chain."""
    begun = time.perf_counter()
    engine = make()
    _ask(engine, snapshot, Selection(PUBLISHED_PERIOD))
    first = time.perf_counter() - begun
    later = [_timed(engine, snapshot, Selection(PUBLISHED_PERIOD, chains=(chain,))) for chain in CHAINS]
    rows = sum(file.rows for file in snapshot.files)
    return Measured(name, rows, len(snapshot.files), first, median(later))


def _timed(engine: Engine, snapshot: Snapshot, selection: Selection) -> float:
    begun = time.perf_counter()
    _ask(engine, snapshot, selection)
    return time.perf_counter() - begun


def _ask(engine: Engine, snapshot: Snapshot, selection: Selection) -> None:
    for keys, split in ASKED:
        together = [Question(key, selection, split) for key in keys]
        assert len({METRICS[key].subject.key for key in keys}) == 1
        engine.run(*statement(together), snapshot)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def main() -> int:
    """Prints a table; both engines take turns on one machine, so compare within a row."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.engines", description="DuckDB and a local Spark, side by side"
    )
    parser.add_argument("lakes", nargs="+", type=Path, help="folders of lakes, such as `demo --scale 10` makes")
    given = parser.parse_args()
    print("| rows | files | DuckDB, first | later | Spark, first | later | later, Spark ÷ DuckDB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with serving(_free_port(), memory="3g") as address:
        warm = Lake(given.lakes[0]).snapshot()
        server = SparkAddress.parse(address)
        measure("spark", lambda: SparkEngine(given.lakes[0], server), warm)
        for root in given.lakes:
            snapshot = Lake(root).snapshot()
            home = measure("duckdb", lambda root=root: DuckDBEngine(root), snapshot)
            away = measure("spark", lambda root=root: SparkEngine(root, server), snapshot)
            times = [f"{one:.2f} s" for one in (home.first, home.later, away.first, away.later)]
            ratio = f"{away.later / home.later:.1f}"
            print("|", " | ".join([f"{home.rows:,}", str(home.files), *times, ratio]), "|", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
