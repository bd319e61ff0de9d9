"""Running one command: its words, its result in the format asked for, and the code it exits with."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from gzdash.cli import faults
from gzdash.cli.arguments import parser
from gzdash.cli.commands import COMMANDS
from gzdash.faults import Refused, WrongUsage
from gzdash.words import DEFAULT_LANGUAGE, LANGUAGES, Language

if TYPE_CHECKING:
    from gzdash.cli.output import Output

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
# What shells give for a process that Ctrl-C ended.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (those of the process by default) and return the exit code:
    0 done, 1 refused, 2 wrong usage. Faults go to stderr, a line each; nothing else is caught."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(given)
    # A console that cannot show Chinese shows question marks; it must not end the command.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return _answered(given, language)
    except BrokenPipeError:
        _close_stdout()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED


def language_of(arguments: Sequence[str]) -> Language:
    """The language that --lang asks for, known before anything is said; Chinese otherwise."""
    said = ""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            said = value or next(iter(arguments[place + 1 :]), "")
    return next((language for language in LANGUAGES if language == said), DEFAULT_LANGUAGE)


def _answered(arguments: Sequence[str], language: Language) -> int:
    try:
        code = _run(parser(language).parse_args(arguments), language)
        sys.stdout.flush()
    except SystemExit as end:  # argparse ends so after --help and --version.
        sys.stdout.flush()
        return int(end.code or DONE)
    except Refused as refusal:
        for fault in refusal.faults:
            print(fault.line(language), file=sys.stderr)
        return WRONG_USAGE if isinstance(refusal, WrongUsage) else REFUSED
    except BrokenPipeError:
        raise
    except OSError as error:
        print(faults.system(error).line(language), file=sys.stderr)
        return REFUSED
    return code


def _run(options: Namespace, language: Language) -> int:
    command = COMMANDS[options.command]
    if command.writes:
        from gzdash.lake.lake import refuse_when_read_only

        refuse_when_read_only()
    # Rooms are opened when a command needs them, so that --help answers at once.
    room, _, name = command.run.partition(":")
    run: Callable[[Namespace, Language], Output] = getattr(import_module(f"gzdash.cli.{room}"), name)
    output = run(options, language)
    _show(output, options.format, language)
    return output.code


def _show(output: Output, form: str, language: Language) -> None:
    """JSON and CSV are UTF-8 whatever the console is; a table is in the console's own encoding."""
    if form == "table":
        print(output.table(language))
        return
    content = output.json() if form == "json" else output.csv(language)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _close_stdout() -> None:
    """The reader has gone (`| head`); what Python still wants to flush at exit goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
