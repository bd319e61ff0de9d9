"""A file examined: understood as a template or a form, matched or asked about, and checked, with nothing written."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Names
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from gzdash.engines import Engine
from gzdash.faults import Refused, WrongUsage
from gzdash.intake import faults, matching_faults, problems
from gzdash.intake.check import check
from gzdash.intake.convert import apply
from gzdash.intake.convert_check import check_applied
from gzdash.intake.form import Form, forms, forms_of
from gzdash.intake.form_words import label_and_unit
from gzdash.intake.header import spellings
from gzdash.intake.mapping import Mapping
from gzdash.intake.matching import Suggestion, nearest_table, suggest
from gzdash.intake.read import Sheet, encoded_grids, sheet_of
from gzdash.intake.remembered import file_of, remembered
from gzdash.intake.report import CellFault, Report
from gzdash.intake.restated import Replace
from gzdash.intake.sifted import sifted
from gzdash.intake.values import folded
from gzdash.lake import Lake, Snapshot
from gzdash.tables import TABLES, Table

# What a file turned out to be: our template; a form headed in its words; one to be matched; or nothing to bring in.
How = Literal["template", "exact", "unmatched", "without-data", "no-table"]

# A first row with so many of the template's words is its header, mistakes in it being mistakes and not another form.
_WORDS, _OF_WORDS, _LEAST_WORDS = 2, 3, 2


@dataclass(frozen=True)
class Understood:
    """A file looked into, and the table it is for: the one asked for, else the nearest.

    `sheet` is there for a template; for anything else `forms` are its sheets, of which `form` is the one used, with
    the `suggestion` for the table, that for the `nearest` one, and the matches a reader confirmed for such a form
    before, newest first. `register` has the code of each organization by its name; `others` are the sheets beside a
    template's first one, and `path` is how the reader called the file.
    """

    how: How
    table: Table
    sheet: Sheet | None
    forms: tuple[Form, ...] = ()
    suggestion: Suggestion | None = None
    nearest: Suggestion | None = None
    confirmed: tuple[Mapping, ...] = ()
    register: Names[str, str] = field(default_factory=dict, repr=False)
    others: tuple[str, ...] = ()
    path: Path = Path()

    @property
    def form(self) -> Form:
        """The first sheet with data, else the first."""
        return next((one for one in self.forms if one.has_data), self.forms[0])

    @property
    def unused(self) -> tuple[str, ...]:
        """The names of the other sheets that hold data, which this import leaves out."""
        return self.others or tuple(one.sheet for one in self.forms if one.has_data and one is not self.form)

    def refusal(self, lake: Lake) -> Refused | None:
        """Why there is nothing to check yet, and the way on; None where there is."""
        if self.how == "without-data":
            return Refused(*map(matching_faults.without_data, self.forms))
        if self.suggestion is None or self.nearest is None or self.how in ("template", "exact"):
            return None
        if self.how == "no-table":
            return Refused(matching_faults.fits_no_table(self.form, self.nearest, self.path))
        kept = next((file_of(lake, one) for one in self.confirmed if one.table == self.table.key), None)
        return Refused(matching_faults.unmatched(self.form, self.suggestion, self.nearest, self.path, kept))


def examine(
    lake: Lake,
    engine: Engine,
    path: Path,
    data: bytes,
    table_key: str,
    *,
    replace: Replace = "refuse",
    mapping: Mapping | None = None,
) -> tuple[Report, Snapshot]:
    """The report on a file, and the snapshot it was checked against.

    A template is taken as it is, a form by the mapping given, or without one where its header leaves no doubt; the
    parts of a mapping and the totals that the sheet states are in one report. Raises Refused for a file or mapping
    that cannot be used and for a form that has to be matched first, WrongUsage for an unknown table.
    """
    table = declared(table_key)
    if mapping is None:
        return examined(lake, engine, understand(lake, engine, path, data, table.key), replace=replace)
    seen = Understood("unmatched", table, None, forms(path, data), register=registered(lake, engine))
    return examined(lake, engine, seen, replace=replace, mapping=mapping)


def understand(lake: Lake, engine: Engine, path: Path, data: bytes, table_key: str = "") -> Understood:
    """What a file is and which table it is for, before it is checked: the table asked for, else the one confirmed
    for such a form before, else the nearest. Raises Refused for a file that cannot be read, WrongUsage for an unknown
    table."""
    asked = (declared(table_key),) if table_key else tuple(TABLES.values())
    grids = encoded_grids(path, data)
    sheet = sheet_of(path.name, grids[0])
    if headed := [table for table in asked if _is_template(table, sheet)]:
        table = max(headed, key=lambda table: _words(table, sheet))
        others = tuple(grid.sheet for grid in grids[1:])
        return Understood("template", table, sifted(table, sheet, grids[0]), others=others)
    found, register = forms_of(path.name, grids), registered(lake, engine)
    form = next((one for one in found if one.has_data), found[0])
    confirmed = tuple(one for one in remembered(lake, form) if one.table in [table.key for table in asked])
    chosen = table_key or (confirmed[0].table if confirmed else "")
    nearest = nearest_table(form, register)
    suggestion = suggest(form, TABLES[chosen], register) if chosen else nearest
    how = _how(form, suggestion, nearest, bool(confirmed))
    return Understood(how, suggestion.table, None, found, suggestion, nearest, confirmed, register, path=path)


def examined(
    lake: Lake,
    engine: Engine,
    seen: Understood,
    *,
    replace: Replace = "refuse",
    mapping: Mapping | None = None,
) -> tuple[Report, Snapshot]:
    """The report on a file that is understood, and the snapshot; see `examine`."""
    report, snapshot = _checked(lake, engine, seen, replace, mapping)
    fingerprint = "" if seen.sheet else seen.form.fingerprint
    return dataclasses.replace(report, unused=seen.unused, fingerprint=fingerprint), snapshot


def _checked(
    lake: Lake, engine: Engine, seen: Understood, replace: Replace, mapping: Mapping | None
) -> tuple[Report, Snapshot]:
    snapshot, today = lake.snapshot(), lake.clock().date()
    if mapping is None:
        if refusal := seen.refusal(lake):
            raise refusal
        if seen.sheet is not None:
            return check(seen.table, seen.sheet, snapshot, engine, replace=replace, today=today), snapshot
    elif not seen.form.has_data:
        form = seen.form
        nothing = CellFault.of(problems.NO_ROWS, form.first_data_row, "", seen.table.name.zh, None)
        return Report(seen.table, form.file, form.sheet, (nothing,), None), snapshot
    applied = apply(mapping or suggested(seen), seen.form, seen.register)
    return check_applied(applied, snapshot, engine, replace=replace, today=today), snapshot


def suggested(seen: Understood) -> Mapping:
    """The mapping that a form's own header suggests; an empty one for a template."""
    return seen.suggestion.mapping if seen.suggestion else Mapping(seen.table.key, ())


def declared(table_key: str) -> Table:
    """The table called `table_key`; raises WrongUsage for one that is not declared."""
    if table_key not in TABLES:
        raise WrongUsage(faults.unknown_table(table_key))
    return TABLES[table_key]


def registered(lake: Lake, engine: Engine) -> dict[str, str]:
    """The code of each organization by its name."""
    found = engine.run("SELECT name, code FROM register", {}, lake.snapshot())
    return dict(zip(found["name"].to_pylist(), found["code"].to_pylist(), strict=True))


def _how(form: Form, suggestion: Suggestion, nearest: Suggestion, is_confirmed: bool) -> How:
    if not form.has_data:
        return "without-data"
    if suggestion.certain:
        return "exact"
    return "unmatched" if is_confirmed or suggestion.fits or nearest.fits else "no-table"


def _is_template(table: Table, sheet: Sheet) -> bool:
    """Whether most of the first row's words are the template's, and none of them names another unit."""
    if any(_has_other_unit(table, title) for title in sheet.header if title):
        return False
    filled, words = sum(map(bool, sheet.header)), _words(table, sheet)
    return words >= min(_LEAST_WORDS, len(table.columns)) and _OF_WORDS * words > _WORDS * filled


def _has_other_unit(table: Table, title: str) -> bool:
    """Whether a column of the template is headed with a unit that is not the template's, such as 万元."""
    label, unit = label_and_unit(title)
    spelled = spellings(table)
    return bool(unit) and folded(title) not in spelled and folded(label) in spelled


def _words(table: Table, sheet: Sheet) -> int:
    spelled = spellings(table)
    return sum(folded(title) in spelled for title in sheet.header if title)
