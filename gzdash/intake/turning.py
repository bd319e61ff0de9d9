"""What undoing an import or putting it back would do, seen before it is done."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.intake.preview import Becomes
from gzdash.lake import DataFile, Import, Lake, Snapshot
from gzdash.lake.ledger import superseded_table
from gzdash.metrics import METRICS
from gzdash.period import FACTS_BEGIN, Period
from gzdash.selection import Selection

# Table, owner and month: what names a submission.
Submission = tuple[str, str, str]
_SUPERSEDED = ("table_name", "owner", "month", "import_id")


def turning(lake: Lake, engine: Engine, one: Import) -> tuple[Period, tuple[Becomes, ...]]:
    """Every figure of the import's tables now and after its turn, over the months it reports on.

    Raises Refused when the lake cannot be read; nothing is written.
    """
    now, then = lake.snapshot(), turned(lake, engine, one)
    period = _period(_own_files(lake, now, one), now)
    selection = Selection(period)
    before, after = Desk(now, engine), Desk(then, engine)
    metrics = [metric for metric in METRICS.values() if metric.subject.table in one.tables]
    return period, tuple(
        Becomes(metric, before.ask(metric.key, selection).value, after.ask(metric.key, selection).value)
        for metric in metrics
    )


def turned(lake: Lake, engine: Engine, one: Import) -> Snapshot:
    """The newest snapshot as it would be were a live import undone, or an undone one live again."""
    now = lake.snapshot()
    own = _own_files(lake, now, one)
    carried, lost = _carried(now, own), _superseded(now)
    if one.live:
        files = [file for file in now.files if file not in own]
        lost = {key: _without(one.id, ids) if key in carried else ids for key, ids in lost.items()}
    else:
        files = [*now.files, *own]
        for key, shown in _shown(now, engine, carried).items():
            lost[key] = {*lost.get(key, ()), min(shown, one.id)}
    rows = [(*key, number) for key in sorted(lost) for number in sorted(lost[key])]
    # A name of its own: the same turn at the same event gives the same rows for ever, and may be cached.
    name = f"{now.lake}/turned-{one.id}"
    arranged = tuple(sorted(files, key=lambda file: (file.table, file.first_month, file.import_id, file.path)))
    return replace(now, lake=name, files=arranged, superseded=superseded_table(rows))


def _own_files(lake: Lake, now: Snapshot, one: Import) -> list[DataFile]:
    """The files of an import; those of an undone one as they stood when it was committed."""
    snapshot = now
    if not one.live:
        commit = next(event.id for event in lake.events() if event.kind == "commit" and event.import_id == one.id)
        snapshot = lake.snapshot(commit)
    return [file for file in snapshot.files if file.import_id == one.id]


def _carried(now: Snapshot, files: list[DataFile]) -> set[Submission]:
    """The submissions that the files carry."""
    found: set[Submission] = set()
    for file in files:
        rows = pq.read_table(now.root / file.path, columns=["submission_owner", "submission_month"])
        keys = rows.group_by(rows.column_names).aggregate([])
        found |= {(file.table, *key.values()) for key in keys.to_pylist()}
    return found


def _superseded(now: Snapshot) -> dict[Submission, set[int]]:
    """Of each contested submission, the live imports that do not show: all but the newest."""
    lost: dict[Submission, set[int]] = {}
    for table, owner, month, number in zip(*(now.superseded[name].to_pylist() for name in _SUPERSEDED), strict=True):
        lost.setdefault((table, owner, month), set()).add(number)
    return lost


def _without(number: int, ids: set[int]) -> set[int]:
    """What stays hidden when import `number` is gone: where it was the one that showed, the newest other one shows."""
    return ids - {number} if number in ids else ids - {max(ids)}


def _shown(now: Snapshot, engine: Engine, carried: set[Submission]) -> dict[Submission, int]:
    """The import that shows for each submission of `carried` that any live import has."""
    shown: dict[Submission, int] = {}
    for name in sorted({table for table, _, _ in carried}):
        keys = [(owner, month) for table, owner, month in carried if table == name]
        own = pa.table({"owner": [owner for owner, _ in keys], "month": [month for _, month in keys]})
        sql = f"""
            SELECT owner, own.month AS month, max(import_id) AS number FROM raw_{name}
            JOIN own ON submission_owner = owner AND submission_month = own.month GROUP BY ALL
        """
        for found in engine.run(sql, {}, now, {"own": own}).to_pylist():
            shown[(name, found["owner"], found["month"])] = found["number"]
    return shown


def _period(files: list[DataFile], now: Snapshot) -> Period:
    """The months of the files; a register is looked at up to now."""
    first = min((file.first_month for file in files if file.first_month), default=FACTS_BEGIN)
    last = max((file.last_month for file in files if file.last_month), default=f"{now.time:%Y-%m}")
    return Period(first, max(first, last))
