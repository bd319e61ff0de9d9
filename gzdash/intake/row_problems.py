"""What can be wrong with a cell as others see it: the store, the register, the calendar, and people's privacy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gzdash.intake.problems import Problem
from gzdash.tables import Column, Table
from gzdash.words import Text

PERSONAL_DROPPED = "personal-column-dropped"


def named(table: Table, keys: Iterable[str]) -> Text:
    """The labels of columns, as a sentence names them."""
    labels = [table.by_key[key].label for key in keys]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def too_early(column: Column) -> Problem:
    """The day or month is before anything this column can speak of."""
    return Problem(
        "too-early",
        Text("早于 {year} 年，不在合理范围。", "Before {year}; that cannot be.").fill(year=column.earliest),
        Text("核对年份。", "Check the year."),
    )


def ahead_of_today(column: Column, latest: date) -> Problem:
    """The day or month is still to come."""
    return Problem(
        "ahead-of-today",
        Text("晚于 {latest}，还没有到。", "After {latest}, which is still to come.").fill(latest=latest.isoformat()),
        Text("核对年份和月份；已经发生的才填报。", "Check year and month; report what has happened."),
    )


def not_on_register(codes: str) -> Problem:
    """The register of the store does not know the organization."""
    return Problem(
        "organization-not-on-register",
        Text("名录里没有 {codes}。", "Not on the register: {codes}.").fill(codes=codes),
        Text(
            "核对代码；新登记的组织请先导入名录。可提交。",
            "Check the code; import new organizations into the register. It can be committed.",
        ),
        warning=True,
    )


def dissolved_before(dissolved: date) -> Problem:
    """The organization was gone before the month it reports for."""
    return Problem(
        "organization-dissolved",
        Text("该组织已于 {day} 注销，早于填报的月份。", "Dissolved on {day}, before the month reported.").fill(
            day=dissolved.isoformat()
        ),
        Text(
            "核对代码和月份；名录有误请先改名录。", "Check code and month; if the register is wrong, correct it first."
        ),
    )


def submitted_before(import_id: int, file: str, rows: int) -> Problem:
    """The store has this submission, with other rows."""
    return Problem(
        "submitted-before",
        Text(
            "该组织这一期已由导入 {id}（{file}）报过 {rows} 行，内容不同。",
            "Import {id} ({file}) already has this submission, with {rows} rows that differ.",
        ).fill(id=import_id, file=file, rows=rows),
        Text(
            "要以本文件为准，请选“替换”；否则删去这些行。",
            "Choose “replace” if this file is right; else remove its rows.",
        ),
    )


def reported_alike(import_id: int, file: str) -> Problem:
    """The store has this submission, row for row."""
    return Problem(
        "already-in-store",
        Text("与导入 {id}（{file}）的内容完全相同。", "The same, row for row, as import {id} ({file}).").fill(
            id=import_id, file=file
        ),
        Text("不必再次提交；提交也不改变数字。", "No need to commit it again; doing so changes no figure."),
        warning=True,
    )


def key_in_store(labels: Text, import_id: int, file: str, *, own: bool) -> Problem:
    """The store has the key of this row under another submission; `own` when the same owner reported it."""
    remedy = Text("以本文件为准请选“替换”。", "Choose “replace” if this file is right.")
    other = Text(
        "由原填报组织更正，或换一个编号。", "Let the organization that reported it correct it, or give another number."
    )
    return Problem(
        "key-in-store",
        Text(
            "{labels}在库中已有，见导入 {id}（{file}）。", "The store already has this {labels}: import {id} ({file})."
        ).fill(labels=labels, id=import_id, file=file),
        remedy if own else other,
    )


def unit_slip(column: Column, times: float, usual: float) -> Problem:
    """The number is far from what the organization usually reports."""
    unit = column.unit.symbol if column.unit else Text("", "")
    factor = Text("{n} 倍", "{n} times") if times >= 1 else Text("{n} 分之一", "one in {n} of")
    said = factor.fill(n=f"{round(times if times >= 1 else 1 / times):,}")
    return Problem(
        "unit-slip",
        Text(
            "是该组织前 12 个月中位数（{usual} {unit}）的 {said}。",
            "It is {said} the median of the organization's last 12 months ({usual} {unit}).",
        ).fill(usual=f"{usual:,.0f}", unit=unit, said=said),
        Text("核对单位是元还是万元；确认无误可提交。", "Check whether the unit is 元 or 万元; it can be committed."),
        warning=True,
    )


def cumulative_falls(before: str) -> Problem:
    """A cumulative figure is less than that of an earlier month of its year."""
    return Problem(
        "cumulative-falls",
        Text("累计数小于较早月份的 {before}。", "Cumulative, yet less than {before} of an earlier month.").fill(
            before=before
        ),
        Text("核对这两个月的累计数。", "Check the cumulative figures of both months."),
    )


def personal_dropped(what: Text) -> Problem:
    """A column of personal data that nothing maps: it is left out and blanked in the kept copy."""
    return Problem(
        PERSONAL_DROPPED,
        Text(
            "这一列是个人信息（{what}），没有读入，存档副本中已清空。",
            "This column holds personal data ({what}); it was not read, and is blank in the kept copy.",
        ).fill(what=what),
        Text("下次报送请删去这一列。", "Please leave the column out next time."),
        warning=True,
    )


def personal_column(what: Text) -> Problem:
    """The header of a mapped column says that it holds personal data."""
    return Problem(
        "personal-column",
        Text(
            "这一列是个人信息（{what}），不能入库。",
            "This column holds personal data ({what}), which the store does not take.",
        ).fill(what=what),
        Text("删去这一列，或改选别的列。", "Remove the column, or choose another."),
    )


def personal_value(what: Text) -> Problem:
    """A cell of a mapped column holds personal data."""
    return Problem(
        "personal-data",
        Text("含有个人信息（{what}），不能入库。", "Holds personal data ({what}), which the store does not take.").fill(
            what=what
        ),
        Text("删去其中的个人信息；单位只写名称。", "Remove it; write the institution's name only."),
    )
