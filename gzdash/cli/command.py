"""What a command is made of, and the arguments that several commands take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gzdash.dimensions import DIMENSIONS
from gzdash.selection import CODE_FILTERS
from gzdash.words import Text


@dataclass(frozen=True)
class Argument:
    """One argument of a command, in argparse's terms; `name` begins with dashes when it is an option."""

    name: str
    help: Text
    metavar: str | None = None
    required: bool = False
    repeated: bool = False
    default: object = None
    type: Callable[[str], Any] | None = None
    flag: bool = False
    short: str = ""


@dataclass(frozen=True)
class Command:
    """One command: `run` is module:function in this package; `writes` are closed by GZDASH_READONLY=1."""

    name: str
    summary: Text
    run: str
    arguments: tuple[Argument, ...] = ()
    writes: bool = False


def at_least_one(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"invalid int value: {text!r}")
    return number


WHO = Argument("--who", Text("谁（默认为系统账号）", "who does it (the system account by default)"), "NAME")
WHY = Argument("--why", Text("为什么，记入账本", "why, kept in the ledger"), "TEXT", default="")
IMPORT_ID = Argument("id", Text("导入编号", "number of the import"), "ID", type=int)

ASK: tuple[Argument, ...] = (
    Argument("metric", Text("指标的键，见 metrics", "key of the metric, see `metrics`"), "METRIC"),
    Argument(
        "--by",
        Text("拆分方式，可重复：{known}", "split by, may be repeated: {known}").fill(known=", ".join(DIMENSIONS)),
        "DIM",
        repeated=True,
    ),
    Argument(
        "--period",
        Text(
            "时段；默认：演示数据为 2023-01..2023-07，正式数据为今年以来到最近完整月",
            "months; by default 2023-01..2023-07 on demonstration data, else the year to the last complete month",
        ),
        "2023-01..2023-07",
    ),
    *(
        Argument(
            f"--{one.parameter}",
            Text("{name}代码，可重复", "code of {name}, may be repeated").fill(name=one.name),
            "CODE",
            repeated=True,
        )
        for one in CODE_FILTERS
    ),
    Argument(
        "--organization",
        Text("一个组织的统一社会信用代码", "unified social credit code of one organization"),
        "CODE",
        default="",
    ),
    Argument(
        "--as-of",
        Text(
            "当时的数据：事件编号或时间（只写日期为当天结束）",
            "data as it was: an event number, or a time (a date alone means the end of that day)",
        ),
        "ISO-TIME|EVENT",
    ),
)
