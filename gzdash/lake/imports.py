"""What the ledger knows of an import: where it comes from, and whether it is live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an import comes from. `kept` is the path of the kept file, relative to the uploads folder.

    `file_hash` is the SHA-256 of the file as it was sent, `kept_hash` that of the kept one: they differ where personal
    data was blanked. `mapping` is the JSON of the mapping that was used.
    """

    who: str
    why: str
    file_name: str = ""
    file_hash: str = ""
    kept: str = ""
    kept_hash: str = ""
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """One import of the ledger, and whether it is live at the head; hashes and mapping as in `Provenance`."""

    id: int
    time: datetime
    who: str
    system_user: str
    why: str
    file_name: str
    file_hash: str
    kept: str
    rows: int
    live: bool
    tables: tuple[str, ...]
    kept_hash: str = ""
    mapping: str = ""
