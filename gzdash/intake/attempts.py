"""Imports that were begun: each leaves a note before it writes anything, so that a killed one can be told of."""

from __future__ import annotations

import errno
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from gzdash.faults import Refused
from gzdash.intake.keep import sweep_half_written, write_whole
from gzdash.lake import Import, Lake
from gzdash.lake.faults import not_writable
from gzdash.lake.lake import refuse_when_read_only
from gzdash.lake.writers import beginning, is_gone

T = TypeVar("T")

_NOTES = ".attempts"
# Somebody else lands each time, so whoever comes after so many should know that something is wrong.
_LOOKS = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """An import that was begun. `head` was the newest event then and `after` the newest import; `began` tells the
    process `pid` from a later one of the same number; `landed` is the import it became, None where it did not."""

    time: datetime
    who: str
    file_name: str
    file_hash: str
    table: str
    lake: str
    head: int
    after: int
    pid: int
    began: str
    note: Path = field(compare=False)
    landed: int | None = None

    def to_json(self) -> str:
        """The attempt as its note on disk says it."""
        names = ("who", "file_name", "file_hash", "table", "lake", "head", "after", "pid", "began")
        said: dict[str, Any] = {"time": self.time.isoformat()} | {name: getattr(self, name) for name in names}
        return json.dumps(said, ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str, note: Path) -> Attempt:
        """The attempt of a note; raises ValueError, KeyError or TypeError for what is none."""
        said = json.loads(text)
        return cls(**{**said, "time": datetime.fromisoformat(said["time"]), "pid": int(said["pid"])}, note=note)


@contextmanager
def attempting(lake: Lake, file_name: str, file_hash: str, table: str, who: str) -> Iterator[None]:
    """An import is at work for as long as the block runs, and no longer when it ends, well or refused.

    Raises Refused when writing is closed or the uploads cannot be written.
    """
    refuse_when_read_only()
    identity, head = lake.position()
    after = max((one.id for one in lake.imports()), default=0)
    note = lake.uploads / _NOTES / f"{uuid.uuid4().hex}.json"
    pid = os.getpid()
    begun = Attempt(lake.clock(), who, file_name, file_hash, table, identity, head, after, pid, beginning(pid), note)
    try:
        _write(begun)
    except OSError as error:
        raise Refused(not_writable(lake.uploads, error)) from error
    try:
        yield
    finally:
        _remove(note)


def _write(attempt: Attempt) -> None:
    for _ in range(_LOOKS):
        attempt.note.parent.mkdir(parents=True, exist_ok=True)
        sweep_half_written(attempt.note.parent)
        # An import that ends in this moment takes the empty folder away.
        with suppress(FileNotFoundError):
            return write_whole(attempt.note, attempt.to_json().encode())
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def _remove(note: Path) -> None:
    """Take the note away, and the folders it was in where nothing else is left in them."""
    with suppress(OSError):
        note.unlink(missing_ok=True)
        note.parent.rmdir()
        note.parent.parent.rmdir()


def looking_again(commit: Callable[[], T]) -> T:
    """What a check and commit in one gives; when somebody else's commit came in between, it is done again.

    Raises Refused as it does, and after several times for that reason too.
    """
    for _ in range(_LOOKS - 1):
        try:
            return commit()
        except Refused as refused:
            if refused.faults[0].code != "lake-moved-on":
                raise
    return commit()


def interrupted(lake: Lake) -> tuple[Attempt, ...]:
    """The attempts on this lake whose process is gone, oldest first, each with the import it became.

    That is the first one of the same file and table made after the attempt began: what matters is whether the file
    is in the store, by this attempt or by a later one.
    """
    # A process removes its note before it ends, so a note that outlives it was left by a kill.
    notes = [one for one in _noted(lake) if is_gone(one.pid, one.note, one.began) and one.note.exists()]
    if not notes:
        return ()
    identity, _ = lake.position()
    imports = lake.imports()
    left = [replace(one, landed=_landed_as(one, imports)) for one in notes if one.lake == identity]
    return tuple(sorted(left, key=lambda one: one.time))


def forget(lake: Lake, attempt: Attempt) -> None:
    """Remove the note of an attempt, and what killed processes left half written in the uploads.

    Raises Refused when the system is read-only or the folder cannot be written.
    """
    refuse_when_read_only()
    try:
        attempt.note.unlink(missing_ok=True)
        sweep_half_written(lake.uploads)
        _remove(attempt.note)
    except OSError as error:
        raise Refused(not_writable(lake.uploads, error)) from error


def _noted(lake: Lake) -> Iterator[Attempt]:
    """Every note that can be read; an import that ends while we look has nothing to tell."""
    for note in sorted((lake.uploads / _NOTES).glob("*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            yield Attempt.from_json(note.read_text(encoding="utf-8"), note)


def landed(imports: Iterable[Import], after: int, file_hash: str, table: str) -> Import | None:
    """The first import of a file to a table that came after import `after`; None where there is none."""
    found = (one for one in imports if one.id > after and one.file_hash == file_hash and table in one.tables)
    return min(found, key=lambda one: one.id, default=None)


def _landed_as(attempt: Attempt, imports: tuple[Import, ...]) -> int | None:
    found = landed(imports, attempt.after, attempt.file_hash, attempt.table)
    return found.id if found else None


def unnamed(lake: Lake) -> tuple[Path, ...]:
    """The files of the uploads that no import names, of this lake or of those beside it: left by a kill, or by a
    commit that was refused at its end.

    Nothing is removed, for after the loss of a ledger they are all there is. None are told of while an import is at
    work, whose file is not named yet. Raises Refused when a lake cannot be read.
    """
    if any(not is_gone(one.pid, one.note, one.began) for one in _noted(lake)):
        return ()
    beside = (Lake(folder) for folder in lake.root.parent.iterdir() if folder.is_dir())
    named = {one.kept for other in beside if other.exists for one in other.imports()}
    files = (path for path in lake.uploads.glob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(sorted(path for path in files if path.name not in named))
