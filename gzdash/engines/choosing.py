"""Which engine serves a lake: DuckDB on this machine, or the Spark server that GZDASH_ENGINE names."""

from __future__ import annotations

import os
import warnings
from importlib.util import find_spec
from pathlib import Path

from gzdash.engines import Engine
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.engines.faults import engine_unknown, packages_missing
from gzdash.engines.spark_address import SparkAddress
from gzdash.faults import Refused, WrongUsage

ENGINE = "GZDASH_ENGINE"

_PACKAGES = ("pyspark", "grpc", "grpc_status", "sqlglot", "zstandard")


def engine_of(root: Path) -> Engine:
    """A new engine for the lake in `root`, of the kind that is set; raises Refused as `chosen_server` does."""
    server = chosen_server()
    if server is None:
        return DuckDBEngine(root)
    # Pandas is loaded by Spark's client, which knows no pandas 3 yet, and touched by nothing here: rows come as Arrow.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    # Only here: without the setting nobody needs the packages, nor the second that loading them takes.
    from gzdash.engines.spark import SparkEngine

    return SparkEngine(root, server)


def chosen_server() -> SparkAddress | None:
    """The Spark server that is set, or None for DuckDB.

    Raises WrongUsage when the setting names neither, Refused when Spark's packages are missing.
    """
    chosen = os.environ.get(ENGINE, "").strip()
    if chosen in ("", "duckdb"):
        return None
    try:
        server = SparkAddress.parse(chosen)
    except ValueError:
        raise WrongUsage(engine_unknown(ENGINE)) from None
    if missing := [name for name in _PACKAGES if find_spec(name) is None]:
        raise Refused(packages_missing(missing))
    return server
