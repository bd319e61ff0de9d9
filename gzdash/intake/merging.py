"""A decision about duplicates: foreseen, then committed as the file that a person would have filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Literal

from gzdash.ask import Desk
from gzdash.ask.duplicates import named
from gzdash.engines import Engine
from gzdash.faults import Fault, Refused
from gzdash.intake.preview import Becomes
from gzdash.intake.recording import record
from gzdash.intake.rows import rows_from_columns
from gzdash.lake import Lake
from gzdash.metrics import METRICS
from gzdash.period import SHANGHAI, Period
from gzdash.reference import code_list
from gzdash.selection import Selection
from gzdash.tables import TABLES
from gzdash.words import Text, same

_TABLE = TABLES["merges"]

Verdict = Literal["merge", "distinct"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides: of the things `dropped`, each named by its identity, that they are the one `kept`
    (merge), or that no two of all these are the same (distinct), and for what reason."""

    kind: str
    verdict: Verdict
    kept: str
    dropped: tuple[str, ...]
    reason: str

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What is said in single sentences: (kept, dropped)."""
        if self.verdict == "merge":
            return tuple((self.kept, one) for one in self.dropped)
        return tuple(combinations((self.kept, *self.dropped), 2))


def foresee(lake: Lake, engine: Engine, decision: Decision) -> tuple[Period, tuple[Becomes, ...]]:
    """Every figure of the table before and after, over the months of what is decided on; nothing is changed.

    Raises Refused when the decision cannot be taken or the lake is read-only.
    """
    now = Desk(lake.snapshot(), engine)
    selection = Selection(_looked_at(now, decision))
    rows = rows_from_columns(_TABLE, _columns(decision, lake.clock().astimezone(SHANGHAI).date()), "", "")
    metrics = [one for one in METRICS.values() if one.subject.table == decision.kind]
    with lake.previewing({_TABLE.key: rows}) as then:
        after = Desk(then, engine)
        figures = tuple(
            Becomes(one, now.ask(one.key, selection).value, after.ask(one.key, selection).value) for one in metrics
        )
    return selection.period, figures


def decide(lake: Lake, engine: Engine, decision: Decision, who: str) -> int:
    """Commit the decision as an import of its own and return its number; `undo` takes it back.

    Its rows stand in a kept file, as those of every import do. Raises Refused when it cannot be taken.
    """
    _looked_at(Desk(lake.snapshot(), engine), decision)
    day = lake.clock().astimezone(SHANGHAI).date()
    name = f"合并决定-{code_list('duplicate_kind').name_of(decision.kind).zh}-{day}"
    return record(lake, engine, _TABLE, _columns(decision, day), name, who=who, why=decision.reason)


def _columns(decision: Decision, day: date) -> Mapping[str, list[Any]]:
    count = len(decision.pairs)
    return {
        "kind": [decision.kind] * count,
        "decision": [decision.verdict] * count,
        "kept": [kept for kept, _ in decision.pairs],
        "dropped": [dropped for _, dropped in decision.pairs],
        "reason": [decision.reason] * count,
        "decided_on": [day] * count,
    }


def _looked_at(desk: Desk, decision: Decision) -> Period:
    """The months of what is decided on; raises Refused unless all of it is in the store and counts."""
    asked = dict.fromkeys((decision.kept, *decision.dropped))
    found = {row["identity"]: row for row in named(desk, decision.kind, asked).to_pylist()}
    wrong = [_not_there(one) for one in asked if one not in found]
    wrong += [_counts_no_more(one) for one, row in found.items() if not row["counts"]]
    if decision.kept in decision.dropped or not decision.dropped:
        wrong.append(_nothing_to_decide(decision.kept))
    if wrong:
        raise Refused(*wrong)
    days = [row[end] for row in found.values() for end in ("first", "last")]
    return Period(f"{min(days):%Y-%m}", f"{max(days):%Y-%m}")


def _not_there(identity: str) -> Fault:
    return Fault(
        "duplicate-unknown",
        Text("数据里没有“{identity}”。", "“{identity}” is not in the store.").fill(identity=same(identity)),
        "merges",
        Text("照 python -m gzdash duplicates 列出的写法填写。", "Write it as `python -m gzdash duplicates` lists it."),
    )


def _counts_no_more(identity: str) -> Fault:
    return Fault(
        "duplicate-merged-already",
        Text("“{identity}”已经合并，不再计。", "“{identity}” was merged and counts no more.").fill(
            identity=same(identity)
        ),
        "merges",
        Text("要改，先撤销那次合并。", "To decide anew, undo that merge first."),
    )


def _nothing_to_decide(identity: str) -> Fault:
    return Fault(
        "duplicate-one-only",
        Text("只有“{identity}”，没有可与它比较的。", "There is only “{identity}”, nothing beside it.").fill(
            identity=same(identity)
        ),
        "merges",
        Text("至少写两条不同的记录。", "Name two different reports at least."),
    )
