"""A `Fault` is one thing that is wrong, said in both languages with its place and its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gzdash.words import Language, Text, harmless


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `code` names its kind, `place` says where, `remedy` what to do next."""

    code: str
    title: Text
    place: str
    remedy: Text

    def line(self, language: Language) -> str:
        """The fault on one line, for a console."""
        place = f"{self.place}: " if self.place else ""
        return harmless(f"[{self.code}] {place}{self.title.of(language)} {self.remedy.of(language)}")


class Refused(Exception):
    """An input, a file or a state that cannot be worked with; carries every fault found, nothing was changed."""

    def __init__(self, *faults: Fault) -> None:
        if not faults:
            raise ValueError("a refusal needs at least one fault")
        self.faults: tuple[Fault, ...] = faults
        super().__init__(faults[0].line("en"))

    def __reduce__(self) -> tuple[type[Refused], Sequence[Fault]]:
        return type(self), self.faults


class WrongUsage(Refused):
    """A question that cannot be asked: an unknown metric, code, period, split or format."""
