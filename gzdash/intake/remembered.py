"""Matches that a reader confirmed, kept as plain files by the form they are for, to be offered when it comes again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gzdash.faults import Refused
from gzdash.intake.form import Form
from gzdash.intake.keep import write_whole
from gzdash.intake.mapping import Mapping
from gzdash.lake import Lake
from gzdash.lake.faults import not_writable
from gzdash.lake.lake import refuse_when_read_only
from gzdash.tables import TABLES


def folder(lake: Lake) -> Path:
    """Where confirmed matches are kept, beside the lake."""
    return lake.root.parent / "mappings"


def file_of(lake: Lake, mapping: Mapping) -> Path:
    """The file of a match: one for each form and table, so the newest takes the place of the one before."""
    return folder(lake) / f"{mapping.fingerprint}-{mapping.table}.json"


def remember(lake: Lake, fingerprint: str, mapping: Mapping) -> Path:
    """Keep a confirmed match for forms of a fingerprint, whole or not at all; its file, which `import --mapping` takes.

    Raises Refused when the system is read-only or the folder cannot be written.
    """
    refuse_when_read_only()
    confirmed = replace(mapping, fingerprint=fingerprint, confirmed=lake.clock().isoformat(timespec="seconds"))
    path = file_of(lake, confirmed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, confirmed.to_json().encode())
    except OSError as error:
        raise Refused(not_writable(path.parent, error)) from error
    return path


def remembered(lake: Lake, form: Form) -> tuple[Mapping, ...]:
    """The matches confirmed for such a form, newest first; a file that can no longer be used is passed over."""
    found = [_read(path) for path in folder(lake).glob(f"{form.fingerprint}-*.json")]
    usable = [one for one in found if one and one.table in TABLES and one.fingerprint == form.fingerprint]
    return tuple(sorted(usable, key=lambda one: one.confirmed, reverse=True))


def _read(path: Path) -> Mapping | None:
    try:
        return Mapping.from_json(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError, Refused):
        return None
