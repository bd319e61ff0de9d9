"""Files in: a file read, every cell checked, and an import committed or refused whole.

What writes workbooks, `annotate` and `template`, is not among these names: it loads libraries that a server needs only
once somebody brings in a file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from gzdash.engines import Engine
from gzdash.intake.attempts import attempting, looking_again
from gzdash.intake.blank import without_personal
from gzdash.intake.check import check
from gzdash.intake.examine import Understood, declared, examine, examined, understand
from gzdash.intake.keep import keep_original
from gzdash.intake.mapping import Mapping
from gzdash.intake.read import Sheet, file_bytes, read
from gzdash.intake.report import CellFault, Report
from gzdash.intake.restated import Replace
from gzdash.intake.rows import rows_from_columns
from gzdash.lake import Lake, Provenance

__all__ = [
    "CellFault",
    "Mapping",
    "Replace",
    "Report",
    "Sheet",
    "Understood",
    "check",
    "declared",
    "examine",
    "examined",
    "import_file",
    "read",
    "rows_from_columns",
    "understand",
    "without_personal",
]


def import_file(
    lake: Lake,
    engine: Engine,
    path: Path,
    table_key: str,
    *,
    who: str,
    why: str,
    keep: bool = True,
    replace: Replace = "refuse",
    mapping: Mapping | None = None,
    previewed: int | None = None,
) -> tuple[int, Report]:
    """Commit the file as rows of a table; returns the import's id and the report with its warnings.

    The file is kept under the lake's uploads, with its columns of personal data blank. A file that replaces nothing
    is checked again when somebody else's commit came in between; one that replaces is refused then, and when the
    newest snapshot is no longer the one that was `previewed`. Raises Refused with every error found, and
    WrongUsage for an unknown table; nothing is written then.
    """
    declared(table_key)
    data = file_bytes(path)
    file_hash = hashlib.sha256(data).hexdigest()

    def commit() -> tuple[int, Report]:
        report, snapshot = examine(lake, engine, path, data, table_key, replace=replace, mapping=mapping)
        if report.rows is None:
            raise report.refusal()
        kept, kept_hash = _keep(lake, path, data, report, file_hash) if keep else ("", "")
        source = Provenance(who, why, path.name, file_hash, kept, kept_hash, mapping.to_json() if mapping else "")
        head = snapshot.event if previewed is None or replace == "refuse" else previewed
        return lake.commit({table_key: report.rows}, source, layouts=report.layouts, expected_head=head), report

    with attempting(lake, path.name, file_hash, table_key, who):
        return looking_again(commit) if replace == "refuse" else commit()


def _keep(lake: Lake, path: Path, data: bytes, report: Report, file_hash: str) -> tuple[str, str]:
    """The kept copy's name and hash; a copy that is the file itself has its hash."""
    name, copy = without_personal(path, data, report)
    return keep_original(lake, name, copy, file_hash if copy is data else "")
