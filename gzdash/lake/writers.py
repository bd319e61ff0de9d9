"""The process that left something half done: whether it is gone."""

from __future__ import annotations

import os
import time
from pathlib import Path

# Without a way to ask whether a process lives, what was left alone this long is taken for abandoned.
_ABANDONED_SECONDS = 3600
# Where the process began in the fields of /proc/PID/stat, counted from behind the command's name.
_BEGAN = 19


def beginning(pid: int) -> str:
    """When a process began, as the system counts; empty where that cannot be told or there is no such process.

    A restarted machine or container gives the same numbers to others; the beginning tells them apart.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
    except OSError:
        return ""
    return f"{boot.strip()}/{stat.rpartition(')')[2].split()[_BEGAN]}"


def is_gone(pid: int | None, left: Path, began: str = "") -> bool:
    """Whether the process that left `left` behind is gone; by the file's age where no process can be asked."""
    if os.name == "nt" or pid is None:
        # On Windows the question itself would end the process.
        return left.exists() and time.time() - left.stat().st_mtime > _ABANDONED_SECONDS
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        # It lives, and belongs to someone else.
        pass
    return bool(began) and beginning(pid) not in ("", began)
