"""What a check found: a `Finding` by column, a `CellFault` by cell, and the `Report` of them all."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from gzdash.faults import Fault, Refused
from gzdash.intake.problems import Problem
from gzdash.lake import Layout
from gzdash.tables import Table
from gzdash.words import Text

# A longer value is cut in sentences; the fault itself keeps it whole.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at an Excel row and a declared column, before the sheet says where that column stands; `part` is the
    part of a mapping that made the row."""

    row: int
    column: str
    problem: Problem
    part: int = 0


@dataclass(frozen=True, slots=True)
class CellFault:
    """One faulty cell. `row` is its Excel row and `cell` its name, such as D7, or 7:7 when the file lacks
    the column; `column` is the header as the file has it; `value` is the cell verbatim, empty for an empty one."""

    row: int
    column: str
    cell: str
    value: str
    rule: str
    title: Text
    remedy: Text
    warning: bool = False

    @classmethod
    def of(cls, problem: Problem, row: int, letter: str, column: str, value: str | None) -> CellFault:
        """The fault of `problem` at a cell; `letter` is empty when the file has no such column."""
        cell = f"{letter}{row}" if letter else f"{row}:{row}"
        return cls(row, column, cell, value or "", problem.rule, problem.title, problem.remedy, problem.warning)

    def to_fault(self, file: str, sheet: str) -> Fault:
        """The fault as a sentence that names column and value, at the place “file · sheet · D7”."""
        shown = self.value if len(self.value) <= _SHOWN else f"{self.value[:_SHOWN]}…"
        title = Text(
            f"{self.column}“{shown}”：{self.title.zh}" if shown else f"{self.column}：{self.title.zh}",
            f"{self.column} “{shown}”: {self.title.en}" if shown else f"{self.column}: {self.title.en}",
        )
        place = " · ".join(part for part in (file, sheet, self.cell) if part)
        return Fault(self.rule, title, place, self.remedy)


@dataclass(frozen=True)
class Report:
    """Everything found in one sheet, in row order. `rows` are there only when nothing refuses the file:
    the declared columns typed as the table's schema, and source_file, source_sheet, source_row, source_part. `dropped`
    are the letters of columns of personal data that were not read, to be blanked in the kept copy. `layouts` say at
    which letter of the sheet each column of the rows stands, `unused` which sheets with data were not read, and the
    `fingerprint` is that of the form, empty for a template. Of very many warnings of a kind the first are listed;
    `unlisted` counts the others."""

    table: Table
    file: str
    sheet: str
    faults: tuple[CellFault, ...]
    rows: pa.Table | None = field(compare=False, repr=False)
    dropped: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = field(default=(), compare=False, repr=False)
    unused: tuple[str, ...] = ()
    fingerprint: str = ""
    unlisted: int = 0

    @property
    def errors(self) -> tuple[CellFault, ...]:
        """The faults that refuse the file."""
        return tuple(fault for fault in self.faults if not fault.warning)

    @property
    def warnings(self) -> tuple[CellFault, ...]:
        """The faults that ask for a second look only."""
        return tuple(fault for fault in self.faults if fault.warning)

    @property
    def warned(self) -> int:
        """How many warnings there are, listed or not."""
        return len(self.warnings) + self.unlisted

    def refusal(self) -> Refused:
        """Every error as one refusal; raises ValueError when there is none."""
        return Refused(*(fault.to_fault(self.file, self.sheet) for fault in self.errors))
