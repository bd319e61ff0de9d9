"""What the bench found: a line is one number beside its goal; a `Found` is one bench, its lines and its detail."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One number: a ratio to the least that the work can cost, or a count; at most `goal`, where there is one."""

    what: str
    beside: str
    value: float
    goal: float | None = None
    unit: str = "×"

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where none is set."""
        return None if self.goal is None else self.value <= self.goal

    @property
    def written(self) -> str:
        """The value with its unit."""
        return written(self.value, self.unit)

    @property
    def written_goal(self) -> str:
        """The goal with its unit, empty where none is set."""
        return "" if self.goal is None else f"≤ {written(self.goal, self.unit)}"

    @property
    def said(self) -> str:
        """Met, missed, or nothing where no goal is set."""
        return {None: "", True: "met", False: "missed"}[self.is_met]


def written(value: float, unit: str) -> str:
    """A number to three figures with its unit."""
    digits = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
    return f"{digits} {unit}".strip()


@dataclass
class Found:
    """What one bench found: `lines` for the eye, `detail` as JSON for comparison with other days."""

    name: str
    lines: list[Line] = field(default_factory=list)
    detail: object = None


def table(lines: list[Line]) -> str:
    """The lines in columns, for a terminal."""
    rows = [(one.what, one.beside, one.written, one.written_goal, one.said) for one in lines]
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def markdown(lines: list[Line]) -> str:
    """The lines as a table of a document."""
    head = "| work | beside | measured | goal | |\n| --- | --- | --- | --- | --- |"
    rows = (f"| {one.what} | {one.beside} | **{one.written}** | {one.written_goal} | {one.said} |" for one in lines)
    return "\n".join([head, *rows])
