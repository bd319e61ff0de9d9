"""Commands of the command line in processes of their own, which may be killed at any moment or die at a given step."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# A process that does not speak for this long is stuck.
PATIENCE_SECONDS = 60

_READY = "ready"
_NURSERY = "from tests.processes import nurse; nurse()"


def die_at(module: str, step: str, nth: int) -> None:
    """Makes this process kill itself the nth time it comes to a function of a module."""
    home = importlib.import_module(module)
    wanted, calls = getattr(home, step), count(1)

    def fatal(*arguments: object, **named: object) -> object:
        if next(calls) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return wanted(*arguments, **named)

    setattr(home, step, fatal)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, minus the signal that killed it, and all that it said."""

    code: int
    said: str


@dataclass
class Nursery:
    """A process that has loaded everything and runs one command after the other, each in a fork of itself: a fork
    begins at once, so that a kill meets the command at its work and not at its loading."""

    process: subprocess.Popen[str]
    told: Path

    def start(self, *arguments: str, dies_at: tuple[str, str, int] | None = None) -> int:
        """Begin `python -m gzdash` with these arguments; its process."""
        assert self.process.stdin is not None
        request = {"arguments": arguments, "told": str(self.told), "dies_at": dies_at}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return int(self._line())

    def ended(self) -> Ended:
        """Wait for the command."""
        code = int(self._line())
        return Ended(code, self.told.read_text(encoding="utf-8", errors="replace"))

    def run(self, *arguments: str, dies_at: tuple[str, str, int] | None = None) -> Ended:
        """Begin a command and wait for it."""
        self.start(*arguments, dies_at=dies_at)
        return self.ended()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def nursery(told: Path) -> Iterator[Nursery]:
    """A nursery whose commands say what they say into the file `told`."""
    command = [sys.executable, "-c", _NURSERY]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == _READY
            yield Nursery(process, told)
        finally:
            process.kill()


def nurse() -> None:
    """The nursery itself: a request a line, answered with the fork's process and then with how it ended."""
    from gzdash.cli import main

    # Commands load what they need; here it is loaded before the first fork.
    importlib.import_module("gzdash.cli.lakes")
    print(_READY, flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _obey(main, json.loads(line))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _obey(main: Any, request: dict[str, Any]) -> None:
    """In the fork: what it says goes to its file, for the nursery's own lines go through stdout."""
    told = os.open(request["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(told, stream)
    code = 70
    try:
        signal.alarm(PATIENCE_SECONDS)
        if request["dies_at"]:
            die_at(*request["dies_at"])
        code = main(request["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)
