"""What an import would do before it is done: rows added and replaced, and what each figure becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from gzdash.answer import Number
from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.lake import Lake, Snapshot
from gzdash.lake.files import submission_month
from gzdash.metrics import METRICS, Metric
from gzdash.period import FACTS_BEGIN, Period
from gzdash.selection import Selection
from gzdash.tables import TABLES


@dataclass(frozen=True, slots=True)
class Becomes:
    """A figure before and after, over the months that the import reports on."""

    metric: Metric
    before: Number | None
    after: Number | None


@dataclass(frozen=True)
class Preview:
    """`add` rows come in, `replaced` rows of earlier submissions give way, `left` rows of the table stay.

    `period` is what the file reports on; `event` the snapshot that the preview was made from.
    """

    add: int
    replaced: int
    left: int
    period: Period
    figures: tuple[Becomes, ...]
    event: int


def preview(lake: Lake, engine: Engine, rows: Mapping[str, pa.Table]) -> Preview:
    """What a commit of `rows` (one table, as a report gives them) would change; nothing is changed.

    Raises Refused when the lake is read-only or cannot be read.
    """
    ((key, incoming),) = rows.items()
    now = Desk(lake.snapshot(), engine)
    period = _period(key, incoming, now.snapshot)
    metrics = [one for one in METRICS.values() if one.subject.table == key]
    selection = Selection(period)
    with lake.previewing(rows) as then:
        after = Desk(then, engine)
        figures = [
            Becomes(one, now.ask(one.key, selection).value, after.ask(one.key, selection).value) for one in metrics
        ]
        stored = _stored(key, after)
    before = _stored(key, now)
    replaced = before + incoming.num_rows - stored
    return Preview(incoming.num_rows, replaced, before - replaced, period, tuple(figures), now.snapshot.event)


def _period(key: str, rows: pa.Table, snapshot: Snapshot) -> Period:
    """The months of the rows; a register is looked at up to now."""
    months = [month for month in pc.unique(submission_month(TABLES[key], rows)).to_pylist() if month]
    if not months:
        return Period(FACTS_BEGIN, max(FACTS_BEGIN, f"{snapshot.time:%Y-%m}"))
    return Period(min(months), max(months))


def _stored(key: str, desk: Desk) -> int:
    return int(desk.engine.run(f"SELECT count(*) AS n FROM raw_{key}", {}, desk.snapshot)["n"][0].as_py())
