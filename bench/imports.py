"""Imports beside the least their work can cost: a workbook to its preview, a text file to its commit."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Literal

from bench import import_files as files
from bench.found import Found, Line
from bench.servers import ROOT

ROUNDS = 3
CSV_ROWS = 1_000_000
SHEET_ROWS = 100_000
# No import may need more memory, in megabytes.
MOST_MEMORY = 1_000

Job = Literal["fastexcel", "duckdb", "preview", "import"]


@dataclass(frozen=True, slots=True)
class Case:
    """What is done with a file, and in how many times `alone` at most it is meant to be done."""

    name: str
    file: str
    table: str
    alone: Job
    ours: Job
    goal: float


# The names of jobs are those of `bench/import_job.py`.
CASES = (
    Case("xlsx to preview, template", "template.xlsx", "activities", "fastexcel", "preview", 6),
    Case("xlsx to preview, under a title", "form.xlsx", "activities", "fastexcel", "preview", 6),
    Case("csv to commit, texts that repeat", "jobs.csv", "jobs", "duckdb", "import", 4),
    Case("csv to commit, texts that do not", "financing.csv", "financing", "duckdb", "import", 4),
    Case("csv to preview, texts that repeat", "jobs.csv", "jobs", "duckdb", "preview", 5),
)

WRITERS: dict[str, Callable[[Path, int, int], None]] = {
    "template.xlsx": lambda path, sheet, _: files.write_xlsx(files.activities(sheet), path),
    "form.xlsx": lambda path, sheet, _: files.write_xlsx(files.activities(sheet), path, "示例活动明细表"),
    "jobs.csv": lambda path, _, csv: files.write_csv(files.jobs(csv), path),
    "financing.csv": lambda path, _, csv: files.write_csv(files.financing(csv), path),
}


@dataclass(frozen=True, slots=True)
class Took:
    """What one job took in a process of its own; the memory is the peak of that process."""

    seconds: float
    megabytes: float


@dataclass
class Measured:
    """The rounds of a case, each the two jobs one after the other, within seconds."""

    case: Case
    rounds: list[tuple[Took, Took]] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """How many times as long ours took, by round, smallest first."""
        return sorted(ours.seconds / alone.seconds for alone, ours in self.rounds)

    @property
    def ratio(self) -> float:
        """The median of the ratios: a busy minute of the machine slows both halves of a round."""
        return median(self.ratios)

    @property
    def megabytes(self) -> float:
        """The most memory that ours ever needed."""
        return max(ours.megabytes for _, ours in self.rounds)

    @property
    def is_met(self) -> bool:
        """Whether time and memory are both within their goals."""
        return self.ratio <= self.case.goal and self.megabytes < MOST_MEMORY


def measure(
    folder: Path, *, sheet_rows: int = SHEET_ROWS, csv_rows: int = CSV_ROWS, rounds: int = ROUNDS
) -> tuple[Measured, ...]:
    """Every case, on files and lakes made in `folder`; raises CalledProcessError when a job fails."""
    files.build_lake(folder / "lake")
    for name, write in WRITERS.items():
        write(folder / name, sheet_rows, csv_rows)
    return tuple(_measured(case, folder, rounds) for case in CASES)


def _measured(case: Case, folder: Path, rounds: int) -> Measured:
    found = Measured(case)
    for _ in range(rounds):
        found.rounds.append((_took(case.alone, case, folder), _took(case.ours, case, folder)))
    return found


def _took(job: Job, case: Case, folder: Path) -> Took:
    """The job over a copy of the lake, for a file cannot be imported twice."""
    place = folder / "copy"
    shutil.copytree(folder / "lake", place / "lake")
    command = [sys.executable, "-m", "bench.import_job", job, str(folder / case.file), str(place / "lake"), case.table]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    shutil.rmtree(place)
    return Took(**json.loads(done.stdout))


def table(measured: tuple[Measured, ...]) -> str:
    """A row per case: medians in seconds, the ratio with its range and goal, and the most memory."""
    heads = ("import", "alone s", "ours s", "× alone", "range", "goal", "peak MB")
    rows = [heads, *map(_row, measured)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows)


def _row(one: Measured) -> tuple[str, ...]:
    alone, ours = (median(took[half].seconds for took in one.rounds) for half in (0, 1))
    times = (f"{alone:.2f}", f"{ours:.2f}", f"{one.ratio:.1f}", f"{one.ratios[0]:.1f}–{one.ratios[-1]:.1f}")
    return (one.case.name, *times, f"{one.case.goal:.0f}", f"{one.megabytes:,.0f}")


def found(measured: tuple[Measured, ...]) -> Found:
    """A line per case with its goal, and one for memory."""
    beside = {"fastexcel": "fastexcel alone", "duckdb": "DuckDB alone"}
    lines = [Line(one.case.name, beside[one.case.alone], one.ratio, one.case.goal) for one in measured]
    most = max(one.megabytes for one in measured)
    lines.append(Line("most memory of any import", "", most, MOST_MEMORY, "MB"))
    held = [{**asdict(one), "ratio": one.ratio, "megabytes": one.megabytes} for one in measured]
    return Found("imports", lines, held)
