"""Confirmed matches: kept by the form they are for, offered newest first, and never half a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gzdash.faults import Refused
from gzdash.intake.form import Form, forms
from gzdash.intake.mapping import Mapping, Source
from gzdash.intake.remembered import folder, remember, remembered
from gzdash.lake import Lake

AID = Mapping("aid", (("giver_name", Source(("捐赠单位",), "A")), ("form", Source(constant="款"))))
PROJECTS = Mapping("aid_projects", (("title", Source(("捐赠单位",), "A")),))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake whose clock moves an hour a look."""
    hours = iter(range(24))
    return Lake.init(
        tmp_path / "lake", "real", lambda: datetime(2023, 8, 1, next(hours), tzinfo=ZoneInfo("Asia/Shanghai"))
    )


def drawn(*lines: str) -> Form:
    (form,) = forms(Path("表.csv"), "\n".join(lines).encode())
    return form


JULY = drawn("捐赠单位,捐款金额（元）", "示例一公司,5")
AUGUST = drawn("八月份捐赠表,", "捐赠单位,捐款金额（万元）", "示例二公司,6", "示例三公司,7")
OTHER = drawn("捐赠单位,款物", "示例一公司,款")


def test_a_match_is_offered_for_the_same_header_whatever_the_unit_the_title_and_the_rows(lake: Lake) -> None:
    assert remembered(lake, JULY) == ()
    remember(lake, JULY.fingerprint, AID)
    (found,) = remembered(lake, AUGUST)
    assert (found.table, found.columns) == ("aid", AID.columns)
    assert found.fingerprint == JULY.fingerprint
    assert found.confirmed.startswith("2023-08-01T")
    assert remembered(lake, OTHER) == ()


def test_the_newest_comes_first_and_takes_the_place_of_the_one_before(lake: Lake) -> None:
    remember(lake, JULY.fingerprint, AID)
    remember(lake, JULY.fingerprint, PROJECTS)
    assert [one.table for one in remembered(lake, JULY)] == ["aid_projects", "aid"]
    changed = replace(AID, columns=(("giver_name", Source(constant="示例公司")),))
    remember(lake, JULY.fingerprint, changed)
    assert [(one.table, one.columns) for one in remembered(lake, JULY)] == [
        ("aid", changed.columns),
        ("aid_projects", PROJECTS.columns),
    ]


def test_the_file_is_the_plain_one_that_import_takes(lake: Lake) -> None:
    path = remember(lake, JULY.fingerprint, AID)
    assert path == lake.root.parent / "mappings" / f"{JULY.fingerprint}-aid.json"
    read = Mapping.from_json(path.read_text("utf-8"))
    assert replace(read, fingerprint="", confirmed="") == AID
    assert [one.name for one in folder(lake).iterdir()] == [path.name]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff\xfe", b'{"table": "songs", "columns": {}, "fingerprint": "x"}', b"[" * 100_000]
)
def test_a_damaged_file_is_passed_over_and_the_others_are_offered(lake: Lake, damage: bytes) -> None:
    remember(lake, JULY.fingerprint, AID)
    remember(lake, JULY.fingerprint, PROJECTS).write_bytes(damage)
    assert [one.table for one in remembered(lake, JULY)] == ["aid"]


def test_nothing_is_kept_in_a_read_only_system(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZDASH_READONLY", "1")
    with pytest.raises(Refused):
        remember(lake, JULY.fingerprint, AID)
    assert not folder(lake).exists()


def test_a_folder_that_cannot_be_written_is_said(lake: Lake) -> None:
    folder(lake).write_text("a file in its place")
    with pytest.raises(Refused, match="not-writable"):
        remember(lake, JULY.fingerprint, AID)
    assert remembered(lake, JULY) == ()
