"""The command line as a parser that speaks the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import gzdash
from gzdash.cli import faults
from gzdash.cli.command import Argument, Command
from gzdash.cli.commands import COMMANDS
from gzdash.faults import WrongUsage
from gzdash.reference import code_list
from gzdash.words import DEFAULT_LANGUAGE, LANGUAGES, Language, Text

PROGRAM = "python -m gzdash"
FORMATS = ("table", "json", "csv")

_ABOUT = Text(
    "广州社会组织驾驶舱：与页面同样的数据，供脚本和定时任务使用。",
    "Guangzhou social organizations dashboard: what the pages can do, for scripts and schedulers.",
)
_EXIT_CODES = Text(
    "退出码：0 完成；1 输入被退回；2 用法不对。",
    "Exit codes: 0 done; 1 the input was refused; 2 wrong usage.",
)
_USAGE = Text("用法：", "usage: ")
_COMMANDS = Text("命令", "commands")
_ARGUMENTS = Text("参数", "arguments")
_OPTIONS = Text("选项", "options")
_HELP = Text("显示本说明", "show this help")
_VERSION = Text("显示版本", "show the version")

EVERYWHERE: tuple[Argument, ...] = (
    Argument(
        "--lake",
        Text(
            "数据湖目录（默认取环境变量 GZDASH_LAKE，再默认 data/lake）",
            "folder of the lake (GZDASH_LAKE by default, else data/lake)",
        ),
        "DIR",
        type=Path,
    ),
    Argument("--lang", Text("语言，默认 zh", "language, zh by default"), default=DEFAULT_LANGUAGE),
    Argument("--format", Text("输出格式，默认 table", "format of the output, table by default"), default=FORMATS[0]),
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "--lang": LANGUAGES,
    "--format": FORMATS,
    "--submitted-before": ("refuse", "replace"),
    "--kind": code_list("suspicion_kind").codes,
    "kind": ("financing", "activities", "aid", "aid_projects"),
}


def parser(language: Language) -> argparse.ArgumentParser:
    """The parser of the whole command line; it raises WrongUsage where argparse would end the process."""
    top = _Parser(prog=PROGRAM, description=_ABOUT.of(language), epilog=_EXIT_CODES.of(language), language=language)
    top.add_argument("--version", action="version", version=f"gzdash {gzdash.__version__}", help=_VERSION.of(language))
    _add(top, EVERYWHERE, language)
    kind: Any = partial(_Parser, language=language)
    places = top.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title=_COMMANDS.of(language), parser_class=kind
    )
    for command in COMMANDS.values():
        _add_command(places, command, language)
    return top


class _Parser(argparse.ArgumentParser):
    """argparse with its own few words in the reader's language, and faults in place of exits."""

    def __init__(self, *, language: Language, **settings: Any) -> None:
        form: Any = partial(_Help, language=language)
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=form, **settings)
        self._positionals.title = _ARGUMENTS.of(language)
        self._optionals.title = _OPTIONS.of(language)
        self.add_argument("-h", "--help", action="help", help=_HELP.of(language))

    def error(self, message: str) -> NoReturn:
        """Raises WrongUsage."""
        raise WrongUsage(faults.usage(self.prog, message))


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, *, language: Language, **settings: Any) -> None:
        super().__init__(**settings)
        self._language = language

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _USAGE.of(self._language) if prefix is None else prefix)


def _add_command(places: Any, command: Command, language: Language) -> None:
    summary = command.summary.of(language)
    place = places.add_parser(command.name, help=summary, description=summary)
    _add(place, command.arguments, language)
    _add(place, EVERYWHERE, language, default=argparse.SUPPRESS)


def _add(place: argparse.ArgumentParser, arguments: Iterable[Argument], language: Language, **settings: Any) -> None:
    """Options that hold everywhere are known on both sides of the command; behind it they have no default, so that
    they do not undo what stands before it."""
    for one in arguments:
        given: dict[str, Any] = {"help": one.help.of(language), "default": one.default, "metavar": one.metavar}
        if one.name in _CHOICES:
            given |= {"choices": _CHOICES[one.name]}
        if one.type:
            given |= {"type": one.type}
        if one.repeated:
            given |= {"action": "append", "default": []}
        if one.required:
            given |= {"required": True}
        if one.flag:
            given = {"help": one.help.of(language), "action": "store_true"}
        names = (one.short, one.name) if one.short else (one.name,)
        place.add_argument(*names, **(given | settings))
