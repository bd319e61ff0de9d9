"""The original file of an import, kept under the lake's uploads by its content."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path

from gzdash.faults import Refused
from gzdash.lake import Lake
from gzdash.lake.faults import not_writable
from gzdash.lake.files import sync_folder
from gzdash.lake.lake import refuse_when_read_only
from gzdash.lake.writers import is_gone

# File systems take names of 255 bytes; a Chinese character takes three.
_KEPT_STEM = 60


def keep_original(lake: Lake, path: Path, data: bytes, known_hash: str = "") -> tuple[str, str]:
    """Put the bytes on disk, before the ledger names them, and return their name in the uploads and their
    SHA-256, which is not computed again where it is known.

    A commit refused afterwards leaves the file: its name is its content, so the next try finds it there.
    Raises Refused when writing is closed or the folder cannot be written.
    """
    refuse_when_read_only()
    kept_hash = known_hash or hashlib.sha256(data).hexdigest()
    name = f"{kept_hash[:16]}-{path.stem[:_KEPT_STEM]}{path.suffix}"
    try:
        lake.uploads.mkdir(parents=True, exist_ok=True)
        write_whole(lake.uploads / name, data)
    except OSError as error:
        raise Refused(not_writable(lake.uploads, error)) from error
    return name, kept_hash


def write_whole(path: Path, data: bytes) -> None:
    """Put a file on disk so that a reader sees all of it or none; raises OSError."""
    building = path.with_name(f".{os.getpid()}-{uuid.uuid4().hex}")
    try:
        with building.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)
    sync_folder(path.parent)


def sweep_half_written(folder: Path) -> None:
    """Remove what killed processes had begun to write in a folder; raises OSError."""
    for left in folder.glob(".*-*"):
        pid = left.name[1:].partition("-")[0]
        if pid.isdecimal() and is_gone(int(pid), left):
            left.unlink(missing_ok=True)
