"""How far a build is, in a small file beside the lake: one process writes it, the page of another reads it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from gzdash.words import Text


@dataclass(frozen=True, slots=True)
class Step:
    """The share done, 0 to 1, and what is being done."""

    share: float
    said: Text


def progress_file(root: Path) -> Path:
    """The file for the lake in `root`."""
    return root.parent / f"{root.name}.progress.json"


def write_step(file: Path, step: Step) -> None:
    """Replace the file in one move, so that a reader never sees half a line."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps([step.share, step.said.zh, step.said.en], ensure_ascii=False), encoding="utf-8")
    os.replace(part, file)


def read_step(file: Path) -> Step | None:
    """The last step written; None before the first."""
    if not file.is_file():
        return None
    share, zh, en = json.loads(file.read_text(encoding="utf-8"))
    return Step(float(share), Text(zh, en))
