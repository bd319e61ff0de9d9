"""A Spark Connect server on this machine alone, for trials and tests: `python -m gzdash.engines.local_spark`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from gzdash.engines.choosing import ENGINE
from gzdash.engines.faults import java_missing, packages_missing, server_failed
from gzdash.engines.spark_address import DEFAULT_PORT
from gzdash.faults import Fault, Refused

LEAST_JAVA = 17  # The oldest that Spark 4 runs on.
_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
_LOOPBACK = "127.0.0.1"
# A JVM and its first classes take some fifteen seconds on two cores, and many times that on a busy machine.
_START_SECONDS = 180
_STOP_SECONDS = 20
_LOOK_AGAIN_SECONDS = 0.2
_LOOK_AFTER_SECONDS = 2.0
_USE = (
    "Spark 已启动；在另一个终端：{setting}={address} streamlit run app.py（Ctrl-C 结束）",
    "Spark is up; in another terminal: {setting}={address} streamlit run app.py (Ctrl-C ends it)",
)


def java_version() -> int:
    """The major version of the Java that Spark would start; 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return 0
    # Where macOS has no Java there is a command of that name all the same: it fails.
    said = subprocess.run([java, "-version"], capture_output=True, text=True)
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr) if said.returncode == 0 else None
    return int(found[1]) if found else 0


def missing() -> list[Fault]:
    """What a server lacks on this machine."""
    faults = [] if find_spec("pyspark") else [packages_missing(["pyspark"])]
    return faults if java_version() >= LEAST_JAVA else [*faults, java_missing(LEAST_JAVA)]


@contextmanager
def serving(port: int, *java_options: str, memory: str = "2g") -> Iterator[str]:
    """The address of a server that runs as long as the block; only this machine reaches it, it writes nothing but a
    temporary folder and asks nothing of the network. Raises Refused when it lacks something or does not come up."""
    faults = missing()
    if _is_open(port):
        faults.append(server_failed(f"{_LOOPBACK}:{port}"))
    if faults:
        raise Refused(*faults)
    with tempfile.TemporaryDirectory(prefix="gzdash-spark-") as folder:
        own = (f"-Djava.io.tmpdir={folder}", "-XX:-UsePerfData", *java_options)
        server = subprocess.Popen(_command(port, own, memory), cwd=folder, env=_environment())
        try:
            _wait(server, port)
            yield f"sc://{_LOOPBACK}:{port}"
        finally:
            server.terminate()
            try:
                server.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _spark_home() -> Path:
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _environment() -> dict[str, str]:
    """Spark from the package, whatever other Spark is set up here."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SPARK_")}
    return own | {"SPARK_HOME": str(_spark_home()), "SPARK_LOCAL_IP": _LOOPBACK}


def _command(port: int, java_options: Sequence[str], memory: str) -> list[str]:
    settings = {
        "spark.connect.grpc.binding.address": _LOOPBACK,
        "spark.connect.grpc.binding.port": port,
        "spark.driver.bindAddress": _LOOPBACK,
        "spark.driver.host": _LOOPBACK,
        "spark.log.level": "WARN",
        "spark.sql.catalogImplementation": "in-memory",
        # As many parts as there are cores to read them: the default is meant for a cluster.
        "spark.sql.shuffle.partitions": os.cpu_count() or 1,
        "spark.ui.enabled": "false",
    }
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    submit = _spark_home() / "bin" / ("spark-submit.cmd" if os.name == "nt" else "spark-submit")
    java = ["--driver-memory", memory, "--driver-java-options", " ".join(java_options)]
    return [str(submit), "--master", "local[*]", *java, *options, "--class", _SERVER, "spark-internal"]


def _is_open(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex((_LOOPBACK, port)) == 0


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(int(_START_SECONDS / _LOOK_AGAIN_SECONDS)):
        if server.poll() is not None:
            break
        if _is_open(port):
            return
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise Refused(server_failed(f"{_LOOPBACK}:{port}"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the process is told to end; 1 when the server lacks something, does not come up or ends by itself."""
    parser = ArgumentParser(prog="python -m gzdash.engines.local_spark")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    port = parser.parse_args(arguments).port
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with serving(port) as address:
            for line in _USE:
                print(line.format(setting=ENGINE, address=address), flush=True)
            while _is_open(port):
                time.sleep(_LOOK_AFTER_SECONDS)
    except Refused as refused:
        for fault in refused.faults:
            print(f"{fault.line('zh')}\n{fault.line('en')}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
