"""What a freeze promises: the figures as they stood can be seen again, it can be taken back, and no row is touched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake import Freeze, Lake, Snapshot
from gzdash.period import SHANGHAI, Period
from tests.register import MOVED, commit, jobs, ticking

HALF = Period("2023-01", "2023-06")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake made on 2023-09-10 at 09:00 with one import at 10:00; its clock goes on by an hour at every event."""
    made = Lake.init(tmp_path / "lake", "real", ticking())
    commit(made, {"jobs": [jobs(MOVED, "2023-06", 3)]})
    return made


def posts(lake: Lake, snapshot: Snapshot) -> list[int]:
    """The posts of every row that counts."""
    found: list[int] = DuckDBEngine(lake.root).run("SELECT posts FROM raw_jobs", {}, snapshot)["posts"].to_pylist()
    return found


def test_the_figures_as_frozen_are_those_of_the_freezes_own_event(lake: Lake) -> None:
    event = lake.freeze("半年报", HALF, "李", "已上报")
    commit(lake, {"jobs": [jobs(MOVED, "2023-06", 4)]})
    lake.undo(1, "李", "撤")
    assert event == 2
    assert (posts(lake, lake.snapshot(event)), posts(lake, lake.snapshot())) == ([3], [4])
    eleven = datetime(2023, 9, 10, 11, tzinfo=SHANGHAI)
    assert lake.freezes() == (Freeze(2, "半年报", HALF, "李", "已上报", eleven, False),)


def test_a_thaw_takes_a_freeze_back_and_rewrites_nothing(lake: Lake) -> None:
    first = lake.freeze("半年报", HALF, "李", "已上报")
    thawed = lake.thaw(first, "王", "报错了")
    again = lake.freeze("半年报", HALF, "王", "重报")
    assert (first, thawed, again) == (2, 3, 4)
    assert [(one.event, one.who, one.thawed, one.thawed_by, one.thawed_why) for one in lake.freezes()] == [
        (2, "李", True, "王", "报错了"),
        (4, "王", False, "", ""),
    ]
    assert [(one.kind, one.import_id, one.who, one.why) for one in lake.events()] == [
        ("commit", 1, "李", "测试"),
        ("freeze", None, "李", "已上报"),
        ("thaw", None, "王", "报错了"),
        ("freeze", None, "王", "重报"),
    ]
    assert [posts(lake, lake.snapshot(event)) for event in range(5)] == [[], [3], [3], [3], [3]]
    assert [one.live for one in lake.imports()] == [True]


def test_only_a_freeze_that_stands_can_be_taken_back(lake: Lake) -> None:
    event = lake.freeze("半年报", HALF, "李", "已上报")
    for other in (0, 1, 99):
        with pytest.raises(Refused, match="freeze-unknown"):
            lake.thaw(other, "李", "?")
    lake.thaw(event, "李", "报错了")
    with pytest.raises(Refused, match="freeze-thawed-twice") as refused:
        lake.thaw(event, "李", "?")
    assert refused.value.faults[0].title.zh == "“半年报”已经解冻，没有改动。"
    with pytest.raises(Refused, match="freeze-unknown"):
        lake.thaw(3, "李", "?")
    assert lake.position()[1] == 3


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_a_freeze_without_a_name_is_refused_and_leaves_no_event(lake: Lake, name: str) -> None:
    with pytest.raises(Refused, match="freeze-unnamed"):
        lake.freeze(name, HALF, "李", "已上报")
    assert (lake.freezes(), lake.position()[1]) == ((), 1)


def test_a_read_only_system_freezes_and_thaws_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    event = lake.freeze("半年报", HALF, "李", "已上报")
    monkeypatch.setenv("GZDASH_READONLY", "1")
    with pytest.raises(Refused, match="lake-read-only"):
        lake.freeze("七月", Period("2023-07", "2023-07"), "李", "已上报")
    with pytest.raises(Refused, match="lake-read-only"):
        lake.thaw(event, "李", "报错了")
    assert [(one.name, one.thawed) for one in lake.freezes()] == [("半年报", False)]
