"""The servers that are compared, each on its own free port of this machine, and the lake of one of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 10
LOG_LINES = 30
BARE = ("bench/bare.py", "bench/bare_chart.py")


def command(root: Path, *words: str) -> list[str]:
    """The command line over a lake, as an argument list."""
    return [sys.executable, "-m", "gzdash", "--lake", str(root), *words]


def build_lake(root: Path) -> Path:
    """The folder of a new demonstration lake, built by the command line; raises CalledProcessError."""
    subprocess.run(command(root, "demo"), cwd=ROOT, check=True)
    return root


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is up: its base URL, its process, and how long it took from the command to health."""

    url: str
    process: int
    seconds: float

    def megabytes(self) -> float:
        """The memory that the process holds now; 0 where the system does not say."""
        return self._status("VmRSS:")

    def peak_megabytes(self) -> float:
        """The most memory that it has held; 0 where the system does not say."""
        return self._status("VmHWM:")

    def rest(self, seconds: float = 2) -> None:
        """Waits until the process has done next to nothing for so long: warming takes memory and cores."""
        while True:
            before = self.busy()
            time.sleep(seconds)
            if self.busy() - before < seconds / 20:
                return

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self.process}/status")
        if not status.is_file():
            return 0
        held = next(line for line in status.read_text().splitlines() if line.startswith(name))
        return int(held.split()[1]) / 1024

    def busy(self) -> float:
        """The seconds that the process has kept cores busy; 0 where the system does not say."""
        status = Path(f"/proc/{self.process}/stat")
        if not status.is_file():
            return 0
        fields = status.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(script: str, lake: Path, log: Path) -> Iterator[str]:
    """The base URL of a Streamlit server on `script`, up for as long as the block runs; its words go to `log`."""
    with started(script, lake, log) as server:
        yield server.url


@contextmanager
def started(script: str, lake: Path, log: Path) -> Iterator[Server]:
    """A Streamlit server on `script`, up for as long as the block runs; its words go to `log`."""
    port = _free_port()
    options = [f"--server.port={port}", f"--server.address={HOST}", "--server.headless=true"]
    if script in BARE:
        # It stands in our folder, but is what a page is without our settings.
        options.append("--runner.postScriptGC=true")
    serve = [sys.executable, "-m", "streamlit", "run", script, *options]
    environment = {**os.environ, "GZDASH_LAKE": str(lake)}
    begun = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            serve, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _await_health(process, f"http://{HOST}:{port}", log)
        yield Server(f"http://{HOST}:{port}", process.pid, time.perf_counter() - begun)
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await_health(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        if _healthy(url):
            return
        time.sleep(0.02)
    last = log.read_text("utf-8", errors="replace").splitlines()[-LOG_LINES:]
    raise RuntimeError("\n".join(["the server did not start:", *last]))


def _healthy(url: str) -> bool:
    """Whether the server answers that it is ready; a proxy of the machine is not asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and all it started."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
