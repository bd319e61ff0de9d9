"""Making the cubes of a snapshot that are not there yet: what did not change is found, a changed month read anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.engines import Engine
from gzdash.engines.reading import only
from gzdash.lake import Snapshot
from gzdash.metrics import Subject
from gzdash.period import Period
from gzdash.rollups.cube import MONTH, Cube, cubes, measures, things
from gzdash.rollups.folder import Manifest, Unreadable, folders, is_whole, manifest, place_of, prune, store, stored
from gzdash.rollups.state import State, states

# A cube is kept where it has at most a fourth of the rows it stands for, else the rows are as fast; one that is small
# in itself is kept in any case, for it answers without the snapshot's tables being joined; one of millions of rows is
# not, for cubes are held in memory.
_TIMES_SMALLER = 4
_SMALL_ROWS = 250_000
_MOST_ROWS = 2_000_000
# Above so many rows the sizes are estimated first: a cube that is as long as its rows would fill the memory.
_ESTIMATED_FROM = 1_000_000
# Estimates are off by a few percent.
_DOUBT = 1.2
# A cube is spare beside one that keeps more and is hardly longer, or so short that it makes no difference.
_HARDLY_LONGER = 1.25
_SHORT_ROWS = 4_000
# So many states of a subject stay, for those who look at what was; older ones are asked of the rows.
_STATES_KEPT = 8
_BATCH = 100_000


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the cubes of one subject: those that are there now, and how many months were read for them; none
    where they were there already, and None where all rows were."""

    subject: str
    cubes: Manifest
    months: int | None


def refresh(engine: Engine, snapshot: Snapshot) -> Iterator[Refreshed]:
    """Make the cubes of a snapshot that are missing, subject by subject, and forget the oldest states.

    Readers see a subject's cubes once they are all there. Raises OSError where the folder cannot be written.
    """
    for key, state in states(snapshot).items():
        found = stored(snapshot.root, state)
        if found is not None and is_whole(found):
            yield Refreshed(key, found, 0)
            continue
        tables, months = _patched(engine, snapshot, state) or (_made_whole(engine, snapshot, state), None)
        yield Refreshed(key, store(snapshot.root, state, tables), months)
    prune(snapshot.root, _recent(snapshot))


def sweep(snapshot: Snapshot) -> tuple[str, ...]:
    """Remove all cubes but those of a snapshot, and what killed builders left; returns the paths within the lake."""
    return prune(snapshot.root, _own(snapshot))


def _own(snapshot: Snapshot) -> set[Path]:
    return {place_of(snapshot.root, state) for state in states(snapshot).values()}


def _recent(snapshot: Snapshot) -> set[Path]:
    """The newest folders of each subject, and those of the snapshot, however old."""
    kept, counts = _own(snapshot), Counter[str]()
    for folder in folders(snapshot.root):
        subject = folder.name.rpartition("-")[0]
        counts[subject] += 1
        if counts[subject] <= _STATES_KEPT:
            kept.add(folder)
    return kept


def _patched(engine: Engine, snapshot: Snapshot, state: State) -> tuple[dict[str, pa.Table], int] | None:
    """The cubes of a former state with the months that changed since read anew, and how many these are; None where
    no former state differs in months alone."""
    for former in _formers(snapshot, state):
        changed = {
            month for month in {*former.months, *state.months} if former.months.get(month) != state.months.get(month)
        }
        if len(changed) >= len(state.months):
            continue
        try:
            kept = {cube.name: _without(cube.read(), changed) for cube in former.cubes}
        except Unreadable:
            continue
        chosen = [cube for cube in cubes(state.subject) if cube.name in kept]
        span = Period(min(changed), max(changed))
        part = only(snapshot, [state.subject], span, is_merged=False)
        news = dict(_made(engine, part, chosen, sorted(changed)))
        both = {name: [table, news[name]] if name in news else [table] for name, table in kept.items()}
        return {name: _sorted(pa.concat_tables(tables)) for name, tables in both.items()}, len(changed)
    return None


def _formers(snapshot: Snapshot, state: State) -> Iterator[Manifest]:
    for folder in folders(snapshot.root):
        if folder.name.rpartition("-")[0] == state.subject.key:
            found = manifest(folder)
            if found and found.months and found.others == state.others:
                yield found


def _without(cube: pa.Table, months: Iterable[str]) -> pa.Table:
    return cube.filter(pc.invert(pc.is_in(cube[MONTH], pa.array(_days(months), pa.date32()))))


def _days(months: Iterable[str]) -> list[date]:
    return [date.fromisoformat(f"{month}-01") for month in months]


def _made_whole(engine: Engine, snapshot: Snapshot, state: State) -> dict[str, pa.Table]:
    """All cubes of a subject that are small enough to be worth keeping."""
    rows = sum(file.rows for file in snapshot.files if file.table == state.subject.table)
    most = min(max(rows // _TIMES_SMALLER, _SMALL_ROWS), _MOST_ROWS)
    chosen: Sequence[Cube] = cubes(state.subject)
    if rows > _ESTIMATED_FROM:
        sizes = _estimated(engine, snapshot, chosen)
        chosen = [cube for cube, size in zip(chosen, sizes, strict=True) if size <= most * _DOUBT]
    found = dict(_made(engine, snapshot, chosen, (), most))
    held = [cube for cube in chosen if cube.name in found]
    return {one.name: _sorted(found[one.name]) for one in held if not _is_spare(one, held, found)}


def _is_spare(cube: Cube, held: Sequence[Cube], found: Mapping[str, pa.Table]) -> bool:
    """Whether a cube that keeps more, so that it answers all that this one does, costs hardly more to ask."""
    longest = max(_HARDLY_LONGER * found[cube.name].num_rows, _SHORT_ROWS)
    return any(set(one.columns) > set(cube.columns) and found[one.name].num_rows <= longest for one in held)


def _estimated(engine: Engine, snapshot: Snapshot, chosen: Sequence[Cube]) -> list[int]:
    """About how many rows each cube would have."""
    columns = [f"approx_count_distinct(hash({_of(cube)})) AS c{place}" for place, cube in enumerate(chosen)]
    sql = f"SELECT {', '.join(columns)} FROM ({_rows_sql(chosen[0].subject)})"
    (found,) = (row for batch in engine.batches(sql, {}, snapshot, _BATCH) for row in batch.to_pylist())
    return [int(found[f"c{place}"]) for place in range(len(chosen))]


def _made(
    engine: Engine, snapshot: Snapshot, chosen: Sequence[Cube], months: Sequence[str], most: int | None = None
) -> Iterator[tuple[str, pa.Table]]:
    """Cubes of one subject by their names, in one pass over its rows (of `months`, where any are named), but those that
    grow beyond `most` rows; none where there are no rows."""
    if not chosen:
        return
    sql, parameters = _cubes_sql(chosen, months)
    by_mask = {_mask(chosen, cube): cube for cube in chosen}
    found: dict[int, list[pa.RecordBatch]] = {mask: [] for mask in by_mask}
    rows, schema = Counter[int](), None
    for batch in engine.batches(sql, parameters, snapshot, _BATCH):
        for mask in pc.unique(batch["cube"]).to_pylist():
            part = batch.filter(pc.equal(batch["cube"], mask))
            rows[mask] += part.num_rows
            # What is too long is not held; the rest of it only passes by.
            found[mask] = [] if most is not None and rows[mask] > most else [*found[mask], part]
        schema = batch.schema
    for mask, cube in by_mask.items():
        if schema is not None and (most is None or rows[mask] <= most):
            yield cube.name, _as_cube(pa.Table.from_batches(found[mask], schema), cube)


def _cubes_sql(chosen: Sequence[Cube], months: Sequence[str]) -> tuple[str, dict[str, list[date]]]:
    """One statement for several cubes: its column `cube` says by its bits which columns a row is not grouped by."""
    subject, columns = chosen[0].subject, _columns(chosen)
    where = f" WHERE {subject.month} = ANY($months::DATE[])" if months else ""
    held = [f"{sql} AS m{place}" for place, sql in enumerate(measures(subject))]
    sets = ", ".join(f"({_of(cube)})" for cube in chosen)
    grouped = ", ".join(f"of_{name}" for name in columns)
    sql = (
        f"SELECT CAST(grouping({grouped}) AS BIGINT) AS cube, {', '.join([grouped, *held])}\n"
        f"FROM ({_rows_sql(subject)}{where})\nGROUP BY GROUPING SETS ({sets})"
    )
    return sql, {"months": _days(months)} if months else {}


def _rows_sql(subject: Subject) -> str:
    """The rows of a subject, with what cubes may be grouped by beside their own columns."""
    of = [f"{subject.month} AS of_{MONTH}"]
    of += [f"{subject.split_sql(name)} AS of_{name}" for name in subject.columns]
    of += [f"{thing} AS of_thing{place}" for place, thing in enumerate(things(subject))]
    return f"SELECT *, {', '.join(of)} FROM {subject.source_sql(())}"


def _columns(chosen: Sequence[Cube]) -> list[str]:
    return list(dict.fromkeys(name for cube in chosen for name in cube.columns))


def _of(cube: Cube) -> str:
    return ", ".join(f"of_{name}" for name in cube.columns)


def _mask(chosen: Sequence[Cube], cube: Cube) -> int:
    columns = _columns(chosen)
    return sum(1 << place for place, name in enumerate(reversed(columns)) if name not in cube.columns)


def _as_cube(found: pa.Table, cube: Cube) -> pa.Table:
    held = [f"m{place}" for place in range(len(measures(cube.subject)))]
    names = [*cube.columns, *held]
    return found.select([*(f"of_{name}" for name in cube.columns), *held]).rename_columns(names)


def _sorted(cube: pa.Table) -> pa.Table:
    """By month first, so that a period is found in one place."""
    return cube.sort_by([(name, "ascending") for name in cube.column_names if not name[1:].isdecimal()])
