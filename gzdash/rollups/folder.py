"""The folder of cubes beside the tables of a lake: found by the digest of what they depend on, freely thrown away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gzdash.lake.writers import is_gone
from gzdash.rollups.state import State

ROLLUPS_FOLDER = "rollups"
_MANIFEST = "manifest.json"
_BUILDING = ".building-"


class Unreadable(Exception):
    """A cube is gone or damaged; whoever asked it has the rows to ask instead."""


@dataclass(frozen=True, slots=True)
class StoredCube:
    """One cube on disk; `digest` is the SHA-256 of the file, so that a damaged one is never asked."""

    name: str
    rows: int
    bytes: int
    digest: str
    path: Path

    def read(self) -> pa.Table:
        """The whole of it; raises Unreadable when the file is gone or is not the one that was written."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise Unreadable(str(self.path)) from error
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise Unreadable(str(self.path))
        return pq.read_table(pa.BufferReader(data))


@dataclass(frozen=True)
class Manifest:
    """What stands in one folder of cubes: the state they were made of, and those that were small enough to keep."""

    subject: str
    others: str
    months: Mapping[str, str] = field(hash=False)
    cubes: tuple[StoredCube, ...]


def place_of(root: Path, state: State) -> Path:
    """Where the cubes of a state stand, or would."""
    return root / ROLLUPS_FOLDER / f"{state.subject.key}-{state.key}"


def stored(root: Path, state: State) -> Manifest | None:
    """The cubes of a state; None where there are none yet."""
    return manifest(place_of(root, state))


def manifest(folder: Path) -> Manifest | None:
    """What a folder holds; None where it is not there or cannot be read, which is the same to everybody: the cubes
    are made again, and until then the rows are asked."""
    try:
        return _manifest(folder, (folder / _MANIFEST).stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=512)
def _manifest(folder: Path, written: int) -> Manifest:
    """What was `written` then; only a damaged folder is ever made anew."""
    found = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    held = tuple(StoredCube(**one, path=folder / f"{one['name']}.parquet") for one in found["cubes"])
    return Manifest(found["subject"], found["others"], found["months"], held)


def folders(root: Path) -> Iterator[Path]:
    """Every folder of cubes, the newest first."""
    found = [path for path in (root / ROLLUPS_FOLDER).glob("*-*") if not path.name.startswith(".")]
    return iter(sorted(found, key=lambda path: path.stat().st_mtime, reverse=True))


def store(root: Path, state: State, tables: Mapping[str, pa.Table]) -> Manifest:
    """Write the cubes of a state, by their names. They are there together or not at all: a folder of another name gets
    its own at the end, and where somebody was faster, theirs stands.

    Nothing is synced to disk: what a crash of the machine tears has another digest, is not read, and is made again."""
    place = place_of(root, state)
    with _building(root) as folder:
        held = [_write(folder / f"{name}.parquet", name, table) for name, table in tables.items()]
        said = {"subject": state.subject.key, "others": state.others, "months": dict(state.months), "cubes": held}
        (folder / _MANIFEST).write_text(json.dumps(said, indent=1), encoding="utf-8")
        if not is_whole(manifest(place)):
            shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            folder.rename(place)
    found = manifest(place)
    assert found is not None
    return found


def is_whole(found: Manifest | None) -> bool:
    """Whether every cube of a folder can be read as it was written."""
    try:
        return found is not None and all(cube.read() is not None for cube in found.cubes)
    except Unreadable:
        return False


@contextmanager
def _building(root: Path) -> Iterator[Path]:
    folder = root / ROLLUPS_FOLDER / f"{_BUILDING}{os.getpid()}-{uuid.uuid4().hex[:8]}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, name: str, table: pa.Table) -> dict[str, object]:
    pq.write_table(table, path, compression="zstd")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return {"name": name, "rows": table.num_rows, "bytes": len(data), "digest": digest}


def drop(root: Path) -> int:
    """Remove every cube and return how many there were; no answer changes, asking them takes longer."""
    count = sum(len(found.cubes) for path in folders(root) if (found := manifest(path)))
    shutil.rmtree(root / ROLLUPS_FOLDER, ignore_errors=True)
    return count


def prune(root: Path, kept: set[Path]) -> tuple[str, ...]:
    """Remove all folders of cubes but `kept`, and what killed builders left; returns their paths within the lake."""
    top = root / ROLLUPS_FOLDER
    gone = [path for path in folders(root) if path not in kept]
    gone += [path for path in top.glob(f"{_BUILDING}*") if _is_abandoned(path)]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return tuple(sorted(path.relative_to(root).as_posix() for path in gone))


def _is_abandoned(folder: Path) -> bool:
    pid = folder.name.removeprefix(_BUILDING).partition("-")[0]
    return is_gone(int(pid) if pid.isdecimal() else None, folder)
