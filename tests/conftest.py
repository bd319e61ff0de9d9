"""What every test stands on: no real lake in reach, repeatable random examples, one demonstration lake per run."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

_CITY = "TEST_CITY"
DEMO_SECONDS = 300  # The demonstration city takes under 20 s alone; a loaded machine may take many times that.

# Time per example says more about the machine than about the code, so there is no deadline anywhere.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure() -> None:
    """Takes the developer's own lake and settings out of reach before any of our modules is imported."""
    for variable in ("GZDASH_READONLY", "GZDASH_BEHIND_PROXY", "GZDASH_ENGINE"):
        os.environ.pop(variable, None)
    # A path below a file can neither exist nor be made, so a test that forgets its own lake fails at once.
    os.environ["GZDASH_LAKE"] = str(Path(__file__) / "no-lake")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests go last: Playwright leaves an event loop running that `asyncio.run` elsewhere would trip over. What
    is slow goes first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: (bool(item.get_closest_marker("browser")), not item.get_closest_marker("slow")))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time inside; the lock is let go even when its holder dies."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def lake_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration lake, built once per run by the command line; tests only read it. `make test`
    names a folder of its own, for its three runs together."""
    base = tmp_path_factory.getbasetemp()
    # Only a worker's folder has a parent of this run's own; without workers the parent is shared with older runs.
    shared = Path(os.environ.get(_CITY) or (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base))
    lake, built = shared / "demo-lake", shared / "demo-lake.built"
    with locked(shared / "demo-lake.lock"):
        if not built.exists():
            command = [sys.executable, "-m", "gzdash", "--lake", str(lake), "demo"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=DEMO_SECONDS)
            if done.returncode:
                pytest.fail(f"the demonstration lake could not be built:\n{done.stdout}{done.stderr}", pytrace=False)
            built.touch()
    return lake
