"""Renewing the cubes from a page or at start-up: in a process of its own, while readers ask the rows."""

from __future__ import annotations

import subprocess
import sys

from gzdash.lake import PROJECT
from gzdash.lake.lake import is_read_only
from gzdash.rollups import is_behind
from gzdash.screen import source

_RENEWERS: list[subprocess.Popen[bytes]] = []


def start_renewing() -> None:
    """Have the missing cubes of the newest snapshot made, where there are any; nobody waits for it, and what it would
    say is for the command line. Raises Refused when the lake cannot be read."""
    _RENEWERS[:] = [one for one in _RENEWERS if one.poll() is None]
    lake = source.lake()
    if is_read_only() or not is_behind(lake):
        return
    command = [sys.executable, "-m", "gzdash", "--lake", str(lake.root), "rollups"]
    _RENEWERS.append(subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def stop_renewing() -> None:
    """End those at work; what they had not finished is made another time."""
    for one in _RENEWERS:
        if one.poll() is None:
            one.terminate()
            one.wait()
