"""One measured job in a process of its own: a file read, previewed or imported, its seconds and peak memory."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import duckdb
import fastexcel

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.intake import examine, import_file
from gzdash.intake.preview import preview
from gzdash.lake import Lake

_STATUS = Path("/proc/self/status")


def fastexcel_alone(path: Path, lake: Lake, table: str) -> Callable[[], object]:
    """The first sheet as an Arrow table."""
    return lambda: fastexcel.read_excel(path.read_bytes()).load_sheet(0).to_arrow()


def duckdb_alone(path: Path, lake: Lake, table: str) -> Callable[[], object]:
    """The file read and written as Parquet, in a folder that goes with the process's end."""
    folder = tempfile.TemporaryDirectory(dir=path.parent)
    written = Path(folder.name) / "rows.parquet"
    sql = f"COPY (FROM read_csv('{path.as_posix()}')) TO '{written.as_posix()}' (FORMAT parquet, COMPRESSION zstd)"

    def copy() -> object:
        with folder:
            return duckdb.connect().execute(sql)

    return copy


def previewed(path: Path, lake: Lake, table: str) -> Callable[[], object]:
    """From the bytes of an upload to what a commit would change; raises Refused."""
    engine = _warm(lake)

    def to_preview() -> object:
        report, _ = examine(lake, engine, path, path.read_bytes(), table)
        if report.rows is None:
            raise report.refusal()
        return preview(lake, engine, {table: report.rows})

    return to_preview


def imported(path: Path, lake: Lake, table: str) -> Callable[[], object]:
    """Read, checked, kept and committed; raises Refused."""
    engine = _warm(lake)
    return lambda: import_file(lake, engine, path, table, who="bench", why="bench")


def _warm(lake: Lake) -> DuckDBEngine:
    """An engine that has answered before, as a server's has."""
    engine = DuckDBEngine(lake.root)
    engine.run("SELECT 1", {}, lake.snapshot())
    return engine


def peak_megabytes() -> float:
    """The most memory this process has held, 0 where the system does not say; a child of fork would inherit what
    `getrusage` tells."""
    if not _STATUS.is_file():
        return 0
    peak = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


JOBS = {"fastexcel": fastexcel_alone, "duckdb": duckdb_alone, "preview": previewed, "import": imported}

if __name__ == "__main__":
    name, file, root, table = sys.argv[1:]
    job = JOBS[name](Path(file), Lake(Path(root)), table)
    start = perf_counter()
    job()
    print(json.dumps({"seconds": perf_counter() - start, "megabytes": peak_megabytes()}))
