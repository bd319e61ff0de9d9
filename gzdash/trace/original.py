"""Whether the file that was kept of an import is there, and still what was kept."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from gzdash.lake import Import, Lake

OriginalState = Literal["sound", "changed", "gone", "none"]
# Some kilobytes; a lake has some hundred imports.
_HASHES_KEPT = 4_096


def state_of(lake: Lake, one: Import) -> OriginalState:
    """`sound` where the SHA-256 of the kept file is that of the ledger, `changed` where it is another, `gone` where
    there is no file, and `none` where none was kept."""
    if not one.kept:
        return "none"
    path = lake.uploads / one.kept
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            return "gone"
        is_sound = not one.kept_hash or _sha256(path, found.st_size, found.st_mtime_ns) == one.kept_hash
    except OSError:
        return "gone"
    return "sound" if is_sound else "changed"


@lru_cache(maxsize=_HASHES_KEPT)
def _sha256(path: Path, size: int, modified: int) -> str:
    """The hash of a file as it was at a moment: whatever is written to it later has another size or another time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
