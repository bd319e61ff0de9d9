"""Building the demonstration lake beside its place, and moving it there when it is whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from gzdash.demo.city import invented_city
from gzdash.demo.timetable import Arrival, Rows, arrivals
from gzdash.demo.workbook import layouts, workbook
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.intake import import_file, rows_from_columns
from gzdash.intake.keep import keep_original
from gzdash.lake import Lake, Provenance
from gzdash.lake.faults import already_there, ledger_missing, not_writable
from gzdash.lake.writers import is_gone
from gzdash.period import SHANGHAI
from gzdash.rollups import renew
from gzdash.tables import TABLES
from gzdash.words import Text

DEFAULT_SEED = 2023
Progress = Callable[[float, Text], None]

_FOUNDED = datetime(2021, 1, 4, 9, 0, tzinfo=SHANGHAI)
_INVENTING = Text("正在生成演示城市", "Inventing the demonstration city")
_IMPORTING = Text("入库：{file}", "Importing {file}")
_DONE = Text("演示城市已建成", "The demonstration city is built")
_INVENTED_SHARE = 0.1


@dataclass
class Clock:
    """A clock that stands where it is put."""

    now: datetime

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.now


def build(root: Path, *, scale: int = 1, seed: int = DEFAULT_SEED, progress: Progress | None = None) -> None:
    """Build the demonstration lake in `root`; the same seed gives the same rows and figures.

    `scale` repeats every fact for trials at size; the calibrated figures hold for 1, and only then every import keeps
    its workbook, in `root.parent / "uploads"`. Raises Refused when there is a lake already or the folder cannot be
    written; until the end nothing that looks like a lake is in `root`.
    """
    tell = progress or (lambda share, said: None)
    _refuse_taken(root)
    with _beside(root) as building:
        tell(0.0, _INVENTING)
        clock = Clock(_FOUNDED)
        lake = Lake.init(building, "demo", clock)
        engine = DuckDBEngine(building)
        found = arrivals(invented_city(seed, scale))
        for place, arrival in enumerate(found):
            tell(_INVENTED_SHARE + (1 - _INVENTED_SHARE) * place / len(found), _IMPORTING.fill(file=arrival.file))
            _receive(lake, engine, clock, arrival, keeps=scale == 1)
        renew(lake, engine)
    tell(1.0, _DONE)


def _refuse_taken(root: Path) -> None:
    if Lake(root).exists:
        raise Refused(already_there(root))
    if Lake(root).is_headless:
        raise Refused(ledger_missing(root))
    if root.exists() and not (root.is_dir() and not any(root.iterdir())):
        raise Refused(not_writable(root, FileExistsError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))))


def _receive(lake: Lake, engine: DuckDBEngine, clock: Clock, arrival: Arrival, *, keeps: bool) -> None:
    """One import on its day, and its undoing where it was a mistake."""
    clock.now = arrival.when
    rows = {name: _with_origin(name, table, arrival.file) for name, table in arrival.rows().items() if len(table)}
    if arrival.filed:
        _bring_file(lake, engine, arrival, rows)
        return
    if keeps:
        import_id = lake.commit(rows, _kept(lake, arrival, rows), layouts=layouts(rows))
    else:
        import_id = lake.commit(rows, Provenance(arrival.who, arrival.why, arrival.file))
    if arrival.undone:
        clock.now = arrival.undone
        lake.undo(import_id, arrival.who, "误导入：同一份月报的行重复了一遍")


def _with_origin(name: str, rows: pa.Table, file: str) -> pa.Table:
    table = TABLES[name]
    return rows_from_columns(table, {key: rows[key] for key in rows.column_names}, file, table.name.zh)


def _kept(lake: Lake, arrival: Arrival, rows: Rows) -> Provenance:
    """Where the rows come from: the workbook they stand in, which is kept."""
    kept, file_hash = keep_original(lake, Path(arrival.file), workbook(rows, arrival.file, arrival.when))
    return Provenance(arrival.who, arrival.why, arrival.file, file_hash, kept, kept_hash=file_hash)


def _bring_file(lake: Lake, engine: DuckDBEngine, arrival: Arrival, rows: Rows) -> None:
    """A workbook through the same door as everybody's."""
    inbox = lake.root / "inbox"
    inbox.mkdir(exist_ok=True)
    path = inbox / arrival.file
    path.write_bytes(workbook(rows, arrival.file, arrival.when))
    (name,) = rows
    import_file(lake, engine, path, name, who=arrival.who, why=arrival.why)
    shutil.rmtree(inbox)


@contextmanager
def _beside(root: Path) -> Iterator[Path]:
    """A folder of our own beside `root` that becomes `root` in the end, or goes away again."""
    building = root.parent / f"{root.name}.building-{os.getpid()}"
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        _sweep(root, building)
        yield building
        _move(building, root)
    except OSError as error:
        raise Refused(not_writable(root, error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _move(building: Path, root: Path) -> None:
    """An empty folder may stand in the way; anything else stays, and the move is refused."""
    if root.is_dir() and not any(root.iterdir()):
        root.rmdir()
    building.rename(root)


def _sweep(root: Path, own: Path) -> None:
    """Remove what earlier builds left when they were killed, but not a build that is at work."""
    for folder in root.parent.glob(f"{root.name}.building-*"):
        if folder == own or _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    pid = folder.name.rpartition("-")[2]
    return is_gone(int(pid) if pid.isdecimal() else None, folder)
