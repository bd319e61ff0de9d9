"""The numbered faults beside the sender's own sheet, where a row of the list and its cell lead to each other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from gzdash.intake import CellFault, Report
from gzdash.intake.original import Original
from gzdash.intake.sheet_window import Gap, Line, Numbered, Window
from gzdash.words import Language, Text
from gzdash.words import findings as words

ASSETS = Path(__file__).parent / "assets"
# A cell may hold 32,767 characters; nobody reads them in a list.
_SHOWN_IN_LIST = 200
_SHOWN_IN_SHEET = 60
# Of more totals than these, the note does not name each.
_TOTALS_NAMED = 2


def draw_sheet_view(
    report: Report, sheet: Original, seen: Window, group: Iterable[Numbered], language: Language
) -> None:
    """Mount the faults of `group` and the window that shows them."""
    _component(key="findings_sheet", data=payload(report, sheet, seen, list(group), language))


def payload(
    report: Report, sheet: Original, seen: Window, group: list[Numbered], language: Language
) -> dict[str, object]:
    """What the browser is given: plain JSON, every sentence finished, every cell as text."""
    spoken = ("VALUE", "WHAT", "REMEDY", "CELL", "NUMBER", "EMPTY", "ORIGINAL", "SHOW_SHEET", "GO_TO")
    place = "".join((report.sheet, words.AND.of(language) if report.sheet else "", seen.place))
    return {
        "words": {name.lower(): getattr(words, name).of(language) for name in spoken},
        "lists": [one for warning in (False, True) if (one := _list(group, warning, language))],
        "drawn": words.ORIGINAL_DRAWN.fill(place=place).of(language),
        "letters": list(seen.letters),
        "numeric": list(seen.numeric),
        "lines": [_line(report, seen, line, {number for number, _ in group}, language) for line in seen.lines],
        "note": note(sheet, seen, language),
    }


def _list(group: list[Numbered], warning: bool, language: Language) -> dict[str, object] | None:
    rows = [_row(number, fault, language) for number, fault in group if fault.warning == warning]
    if not rows:
        return None
    title, drawn = (words.WARNINGS, words.WARNINGS_DRAWN) if warning else (words.ERRORS, words.ERRORS_DRAWN)
    return {"title": title.of(language), "drawn": drawn.of(language), "warning": warning, "rows": rows}


def _row(number: int, fault: CellFault, language: Language) -> dict[str, object]:
    title = fault.title.of(language)
    return {
        "number": number,
        "cell": fault.cell,
        "value": _cut(fault.value, _SHOWN_IN_LIST),
        # A title that names the column says it once.
        "column": "" if fault.column in title else fault.column,
        "title": title,
        "remedy": fault.remedy.of(language),
        "spoken": words.TO_SHEET.fill(kind=_kind(fault), number=number, cell=fault.cell).of(language),
    }


def _kind(fault: CellFault) -> Text:
    return words.WARNING if fault.warning else words.ERROR


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _line(report: Report, seen: Window, line: Line | Gap, listed: set[int], language: Language) -> dict[str, object]:
    if isinstance(line, Gap):
        return {"gap": words.SKIPPED.fill(rows=f"{line.rows:,}").of(language)}
    cells = [_cell(report, seen, line, place, listed, language) for place in range(len(seen.letters))]
    return {
        "row": line.row,
        "kind": line.kind,
        "cells": cells,
        "marks": _marks(seen.marks.get((line.row, ""), ()), listed, language),
    }


def _cell(
    report: Report, seen: Window, line: Line, place: int, listed: set[int], language: Language
) -> dict[str, object]:
    """A cell as the sender has it; of a column of personal data that was not read only its header."""
    letter, text = seen.letters[place], line.texts[place]
    found = seen.marks.get((line.row, letter), ()) if letter else ()
    if letter in report.dropped and line.kind != "header" and text:
        return {"text": words.HIDDEN.of(language), "hidden": True}
    # Of merged cells only the first holds anything; the fault says what was read in this one.
    text = text or (found[0][1].value if found else "")
    cell: dict[str, object] = {"text": _cut(text, _SHOWN_IN_SHEET)}
    return cell | {"marks": _marks(found, listed, language)} if found else cell


def _marks(found: Iterable[Numbered], listed: set[int], language: Language) -> list[dict[str, object]]:
    """The numbers in a cell; one that stands in another group of the list leads nowhere."""
    return [
        {
            "number": number,
            "warning": fault.warning,
            "listed": number in listed,
            "spoken": words.TO_LIST.fill(kind=_kind(fault), number=number).of(language),
        }
        for number, fault in found
    ]


def note(sheet: Original, seen: Window, language: Language) -> str:
    """How to read the marks, and what the grey rows are, where any is seen."""
    lines = [line for line in seen.lines if isinstance(line, Line)]
    totals = [line.row for line in lines if line.kind == "total"]
    said = [words.MARKS]
    if len(totals) <= _TOTALS_NAMED:
        said += [words.ONE_TOTAL.fill(row=row, label=sheet.totals[row]) for row in totals]
    else:
        said.append(words.TOTALS)
    if any(line.kind == "aside" for line in lines):
        said.append(words.ASIDES)
    return ("" if language == "zh" else " ").join(one.of(language) for one in said)


_component = st.components.v2.component(
    "gzdash_findings",
    html='<div class="findings"></div>',
    css=(ASSETS / "findings.css").read_text("utf-8"),
    js=(ASSETS / "findings.js").read_text("utf-8"),
    isolate_styles=True,
)
