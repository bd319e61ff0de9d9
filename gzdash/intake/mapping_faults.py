"""What can be wrong with a mapping, before a single row is looked at."""

from __future__ import annotations

from gzdash.faults import Fault
from gzdash.intake.problems import Problem
from gzdash.tables import Column, Table
from gzdash.words import Text


def unreadable(file: str, error: object) -> Fault:
    """The text is no mapping."""
    return Fault(
        "mapping-unreadable",
        Text("列对应文件读不懂：{error}。", "The file of matched columns cannot be read: {error}.").fill(error=error),
        file,
        Text("重新对应各列并保存。", "Match the columns again and save them."),
    )


def unknown_key(table: Table, key: str) -> Fault:
    """The table has no such column."""
    return Fault(
        "mapping-column-unknown",
        Text("{table}没有列“{key}”。", "{table} has no column “{key}”.").fill(table=table.name, key=key),
        key,
        Text("可用的列：{keys}。", "Its columns: {keys}.").fill(keys=", ".join(table.by_key)),
    )


def not_in_form(column: Column, wanted: str, place: str) -> Fault:
    """The form has no column under these words, or several."""
    return Fault(
        "mapping-source-missing",
        Text(
            "“{label}”要取的列“{wanted}”不在表头里。",
            "“{label}” comes from “{wanted}”, which the header does not have.",
        ).fill(label=column.label, wanted=wanted),
        place,
        Text("为它另选一列或填常数。", "Choose another column for it, or give a constant."),
    )


def wrong_constant(column: Column, value: str, problem: Problem) -> Fault:
    """The constant is no value of the column."""
    return Fault(
        problem.rule,
        Text(f"{column.header.zh}“{value}”：{problem.title.zh}", f"{column.header.en} “{value}”: {problem.title.en}"),
        column.key,
        problem.remedy,
    )


def counts_twice(column: Column, letters: str) -> Fault:
    """The parts are two ways to split the same amount."""
    return Fault(
        "mapping-counts-twice",
        Text(
            "{letters} 列是同一笔“{label}”的不同拆分，一起取会重复计算。",
            "Columns {letters} split the same “{label}” in different ways; together they count it twice.",
        ).fill(letters=letters, label=column.label),
        column.key,
        Text("只取其中一种拆分，或只取总数。", "Take one of the splits, or the total alone."),
    )


def parts_alike(labels: Text) -> Fault:
    """Two parts make rows that only differ in what is not part of the key."""
    return Fault(
        "mapping-parts-alike",
        Text("拆成的几行在“{labels}”上完全相同。", "The rows made from one row agree in “{labels}”.").fill(
            labels=labels
        ),
        "parts",
        Text("为每一部分填不同的常数。", "Give each part a constant of its own."),
    )
