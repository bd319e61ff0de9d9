"""A dismissal: a finding that a person looked into and found harmless, with the reason, as an import of its own."""

from __future__ import annotations

from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.faults import Fault, Refused
from gzdash.insight.finding import Finding
from gzdash.insight.suspicions import dismissals, findings
from gzdash.intake.recording import Columns, record
from gzdash.lake import Lake
from gzdash.period import SHANGHAI
from gzdash.reference import code_list
from gzdash.tables import TABLES
from gzdash.words import Text, same

_TABLE = TABLES["dismissals"]


def dismiss(lake: Lake, engine: Engine, key: str, *, who: str, why: str) -> int:
    """Take the finding called `key` off the list and return the number of the import that says so; `undo` puts it back.

    Raises Refused when there is no such finding, or it was dismissed already.
    """
    desk = Desk(lake.snapshot(), engine)
    found = found_as(desk, key)
    if any(one.finding == found.key for one in dismissals(desk)):
        raise Refused(_gone_already(key))
    day = lake.clock().astimezone(SHANGHAI).date()
    columns: Columns = {"kind": [found.kind], "finding": [found.key], "reason": [why], "dismissed_on": [day]}
    name = f"疑点排除-{code_list('suspicion_kind').name_of(found.kind).zh}-{day}"
    return record(lake, engine, _TABLE, columns, name, who=who, why=why)


def found_as(desk: Desk, key: str) -> Finding:
    """The finding called `key`, in full or by its last part, dismissed or not; raises Refused unless there is one."""
    found = [one for one in findings(desk) if one.is_called(key)]
    if len(found) != 1:
        raise Refused(_not_there(key))
    return found[0]


def _not_there(key: str) -> Fault:
    return Fault(
        "finding-unknown",
        Text("没有疑点“{key}”，或它的数字已变。", "There is no finding “{key}”, or its numbers have changed.").fill(
            key=same(key)
        ),
        "dismissals",
        Text(
            "照 python -m gzdash suspicions 列出的代号填写。",
            "Write its key as `python -m gzdash suspicions` lists it.",
        ),
    )


def _gone_already(key: str) -> Fault:
    return Fault(
        "finding-dismissed-already",
        Text("疑点“{key}”已经排除。", "“{key}” was dismissed already.").fill(key=same(key)),
        "dismissals",
        Text("要改理由，先撤销那次排除。", "To give another reason, undo that dismissal first."),
    )
