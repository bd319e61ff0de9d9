"""Which column of a form, or which constant, fills each column of a table: a plain file that a reader confirmed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from gzdash.faults import Refused
from gzdash.intake import mapping_faults


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column's values come from: the form's column under `path` (`letter` decides between several, or alone
    where there is no path), or else a `constant`.

    `factor` takes the place of the header's own unit; `values` say what a cell's text stands for, "" being an empty
    cell. With `register`, a cell that names an organization of the register is its code; see `convert.apply`.
    """

    path: tuple[str, ...] = ()
    letter: str = ""
    constant: str | None = None
    factor: Decimal | None = None
    values: tuple[tuple[str, str], ...] = ()
    register: bool = False


Sources = tuple[tuple[str, Source], ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a form becomes rows of a table: `columns` by column key fill every row.

    With `parts`, each row of the form becomes one row for each part, filled by the part's own columns beside the
    others; a part whose own cells are all empty makes none. `fingerprint` is that of the form it was made for, and
    `confirmed` the time when a reader said that it is right (ISO; empty while it is a suggestion).
    """

    table: str
    columns: Sources
    parts: tuple[Sources, ...] = ()
    fingerprint: str = ""
    confirmed: str = ""

    def to_json(self) -> str:
        """The mapping as text that a person can read and change."""
        plain: dict[str, Any] = {"table": self.table, "fingerprint": self.fingerprint}
        if self.confirmed:
            plain["confirmed"] = self.confirmed
        plain["columns"] = {key: _to_plain(source) for key, source in self.columns}
        if self.parts:
            plain["parts"] = [{key: _to_plain(source) for key, source in part} for part in self.parts]
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str, file: str = "mapping") -> Mapping:
        """The mapping that `to_json` wrote; raises Refused for anything else, `file` being the place."""
        try:
            plain = json.loads(text)
            parts = tuple(_sources(part) for part in plain.get("parts", []))
            given = [_text(plain.get(name, "")) for name in ("fingerprint", "confirmed")]
            return cls(_text(plain["table"]), _sources(plain["columns"]), parts, *given)
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
            raise Refused(mapping_faults.unreadable(file, error)) from error


def _to_plain(source: Source) -> dict[str, Any]:
    """Only what is said, so that the file stays short."""
    if source.constant is not None:
        return {"constant": source.constant}
    plain: dict[str, Any] = {"column": list(source.path), "letter": source.letter}
    if source.factor is not None:
        plain["factor"] = str(source.factor)
    if source.values:
        plain["values"] = dict(source.values)
    if source.register:
        plain["register"] = True
    return plain


def _sources(plain: dict[str, Any]) -> Sources:
    return tuple((_text(key), _source(source)) for key, source in plain.items())


def _source(plain: dict[str, Any]) -> Source:
    unknown = set(plain) - {"constant", "column", "letter", "factor", "values", "register"}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if "constant" in plain:
        return Source(constant=_text(plain["constant"]))
    factor = Decimal(_text(plain["factor"])) if "factor" in plain else None
    if factor is not None and not (factor.is_finite() and factor > 0):
        raise ValueError("factor")
    values = tuple((_text(key), _text(value)) for key, value in plain.get("values", {}).items())
    path = tuple(_text(part) for part in plain.get("column", []))
    return Source(path, _text(plain.get("letter", "")), None, factor, values, plain.get("register", False) is True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is needed, not {value!r}")
    return value
