"""What a check found, on a page: how the file was understood, its faults in a list, and its own sheet beside them."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Iterator
from pathlib import Path

import streamlit as st

from gzdash.answer import Listing
from gzdash.intake import Report, Sheet
from gzdash.intake.annotate import annotated
from gzdash.intake.form import Form
from gzdash.intake.original import Original
from gzdash.intake.sheet_window import GROUP, Numbered, letter_of, numbered, window
from gzdash.screen.page import download
from gzdash.screen.sheet_view import draw_sheet_view
from gzdash.screen.view import View
from gzdash.words import Language, Text, same
from gzdash.words import findings as words

_STYLE = (Path(__file__).parent / "assets" / "findings_page.css").read_text("utf-8")
_SHEET = "findings_original"
_AT = "findings_group"

Said = tuple[Text, Text]


def draw_findings(view: View, report: Report, path: Path, data: bytes, seen: Sheet | Form) -> None:
    """The summary, and every fault beside its cell, a group of them at a time.

    `seen` is what the report was made of; `data` are the bytes of `path`.
    """
    st.html(f"<style>{_STYLE}</style>")
    sheet, faults = _looked_through(report, path.name, data, seen)
    st.html(summary_html(summary(report, path.name, sheet), view.language))
    if faults:
        group = _draw_paging(view, faults)
        draw_sheet_view(report, sheet, window(sheet, group, faults), group, view.language)


def _looked_through(
    report: Report, file: str, data: bytes, seen: Sheet | Form
) -> tuple[Original, tuple[Numbered, ...]]:
    """The sheet and the numbered faults, put in order once per report and content, not at every click."""
    of = (report, file, hashlib.sha256(data).hexdigest())
    kept = st.session_state.get(_SHEET)
    if kept is None or kept[0] != of:
        kept = (of, (Original.of(report, seen), numbered(report)))
        st.session_state[_SHEET] = kept
        st.session_state[_AT] = 0
    found: tuple[Original, tuple[Numbered, ...]] = kept[1]
    return found


def summary(report: Report, file: str, sheet: Original) -> Iterator[Said]:
    """How the file was understood, label by label."""
    yield words.FILE, same(file)
    if report.sheet:
        yield words.SHEET, same(report.sheet)
    yield words.HEADER, _header(sheet)
    yield words.DATA, _data(sheet)
    yield words.COLUMNS, _columns(report, sheet)
    if (passed := _passed(report, sheet)) is not None:
        yield words.PASSED, words.ROWS_PASSED.fill(rows=f"{passed:,}")


def summary_html(said: Iterable[Said], language: Language) -> str:
    """The summary as a list of terms; what comes from the file is escaped."""
    items = "".join(
        f"<div><dt>{html.escape(label.of(language))}</dt><dd>{html.escape(value.of(language))}</dd></div>"
        for label, value in said
    )
    return f'<dl class="gz-understood">{items}</dl>'


def _header(sheet: Original) -> Text:
    first, last = sheet.header
    if first == last:
        return words.ONE_ROW.fill(row=first)
    levels = words.LEVELS[last - first + 1]
    return words.ROWS.fill(first=first, last=last, levels=levels)


def _data(sheet: Original) -> Text:
    said = [words.DATA_ROWS.fill(rows=f"{sheet.data_rows:,}")]
    if sheet.totals:
        said.append(words.TOTALS_LEFT_OUT.fill(rows=f"{len(sheet.totals):,}"))
    if sheet.asides:
        said.append(words.ASIDES_LEFT_OUT.fill(rows=f"{len(sheet.asides):,}"))
    return _listed(said)


def _columns(report: Report, sheet: Original) -> Text:
    """Recognised, missing, unknown or not used, and left out as personal data."""
    missing = sum(fault.rule == "column-missing" for fault in report.faults)
    unknown = sum(fault.rule in ("column-unknown", "column-duplicate") for fault in report.faults)
    personal = len(report.dropped)
    unused = max(0, sheet.unused - unknown - personal)
    counts = ((words.MISSING, missing), (words.UNKNOWN, unknown), (words.NOT_USED, unused), (words.PERSONAL, personal))
    rest = [text.fill(count=count) for text, count in counts if count]
    if not rest:
        return words.ALL_MATCHED.fill(count=sheet.matched)
    return _listed([words.MATCHED.fill(count=sheet.matched), *rest])


def _passed(report: Report, sheet: Original) -> int | None:
    """Rows of data without an error; none where a required column is missing, for each row lacks it. Unknown where
    a fixed value is wrong: that is said once, whichever rows it stands in."""
    if any(fault.rule == "column-missing" for fault in report.errors):
        return 0
    below = [fault for fault in report.errors if fault.row > sheet.header[1]]
    if sheet.data_rows and not all(letter_of(fault) for fault in below):
        return None
    return max(0, sheet.data_rows - len({fault.row for fault in below} - sheet.totals.keys()))


def _listed(said: list[Text]) -> Text:
    return Text(words.AND.zh.join(one.zh for one in said), words.AND.en.join(one.en for one in said))


def draw_downloads(view: View, report: Report, path: Path, data: bytes) -> None:
    """The sender's own workbook with the faults marked, and the list of them."""
    shown = fault_list(view, report)
    view.show(shown)
    with st.container(key="findings_downloads", horizontal=True, width="content"):
        st.download_button(
            view.say(words.MARKED),
            data=lambda: annotated(path, data, report, view.language),
            file_name=f"{path.stem}-{view.say(words.ERROR)}.xlsx",
            key="marked_workbook",
            on_click="ignore",
        )
        download(view, shown, words.LIST_CSV)


def fault_list(view: View, report: Report) -> Listing:
    """The errors and then the warnings, numbered, each with its cell, verbatim value, problem and remedy."""
    headers = (words.NUMBER, words.KIND, words.CELL, words.COLUMN, words.VALUE, words.WHAT, words.REMEDY)
    rows = tuple(
        (
            number,
            words.WARNING if fault.warning else words.ERROR,
            fault.cell,
            fault.column,
            fault.value or None,
            fault.title,
            fault.remedy,
        )
        for number, fault in numbered(report)
    )
    return view.listing("import_faults", words.ALL_FAULTS, headers, rows)


def _draw_paging(view: View, faults: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
    """The faults that are shown, and the way to the others where there are any."""
    if len(faults) <= GROUP:
        return faults
    last = (len(faults) - 1) // GROUP
    at = min(st.session_state.get(_AT, 0), last)
    group = faults[at * GROUP : (at + 1) * GROUP]
    said = words.GROUP.fill(first=f"{group[0][0]:,}", last=f"{group[-1][0]:,}", count=f"{len(faults):,}")
    with st.container(key="findings_paging", horizontal=True, vertical_alignment="center"):
        st.html(f'<span class="gz-group" role="status">{html.escape(view.say(said))}</span>', width="content")
        for label, step in ((words.EARLIER, -1), (words.LATER, 1)):
            outside = not 0 <= at + step <= last
            st.button(view.say(label), key=f"findings_step_{step}", disabled=outside, on_click=_go, args=(at + step,))
    return group


def _go(group: int) -> None:
    st.session_state[_AT] = group
