"""Sheets as pages show them: metrics split one way, beside them the same months a year before, with their names."""

from __future__ import annotations

from dataclasses import replace

from gzdash.answer import Answer, Question, Sheet, sheet
from gzdash.ask import Desk
from gzdash.metrics import metric
from gzdash.reference import region_name
from gzdash.screen.remembered import remembered
from gzdash.screen.view import LAST_YEAR, View
from gzdash.selection import Selection
from gzdash.words import Text


def answers(
    view: View,
    key: str,
    title: Text,
    split: str,
    *metrics: str,
    last_year: tuple[str, ...] = (),
    selection: Selection | None = None,
) -> Sheet:
    """A sheet of metrics split one way over the selection; `last_year` adds the same months a year before."""
    for name in metrics:
        view.uses(metric(name))
    return _answers(view.desk, key, title, split, metrics, last_year, view.selection, selection or view.selection)


@remembered
def _answers(
    desk: Desk,
    key: str,
    title: Text,
    split: str,
    metrics: tuple[str, ...],
    last_year: tuple[str, ...],
    selection: Selection,
    chosen: Selection,
) -> Sheet:
    questions = [Question(name, chosen, (split,)) for name in metrics]
    columns: list[Answer | tuple[str, Text, Answer]] = list(desk.ask_all(questions))
    shown = sheet(key, title, columns + [_a_year_before(desk, name, selection, split) for name in last_year])
    codes = [code for (code,) in shown.keys]
    if split == "organization":
        return replace(shown, names=desk.organization_names(codes))
    if split == "county":
        return replace(shown, names={code: region_name(code) for code in codes if code})
    return shown


def _a_year_before(desk: Desk, name: str, selection: Selection, split: str) -> tuple[str, Text, Answer]:
    """Last year's answer with its months moved a year on, so that it stands beside this year's."""
    answer = desk.ask(name, selection.year_before(), split)
    label = Text(f"去年同期{answer.metric.name.zh}", f"{answer.metric.name.en} a year before")
    if split in ("month", "quarter", "year"):
        column = answer.table[split].to_pylist()
        moved = [None if code is None else f"{int(code[:4]) + 1}{code[4:]}" for code in column]
        table = answer.table.set_column(answer.table.column_names.index(split), split, [moved])
        answer = Answer(answer.question, answer.event, answer.is_demo, table)
    return f"{name}{LAST_YEAR}", label, answer
