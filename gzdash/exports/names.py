"""The name of a file: which page, which selection, which day, and whether it is demonstration data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from gzdash.reference import code_list
from gzdash.selection import CODE_FILTERS, Selection, listed
from gzdash.words import Language, Text, same

DEMO = Text("演示数据", "demonstration data")
_AND_MORE = Text("{first}等{count}项", "{first} and {more} more")

# Windows forbids these in names, and drops a last dot or space.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
# File systems allow 255 bytes, and one Chinese character takes three; mark, day and extension need some of them.
_MOST_BYTES = 180
# Of a filter with more choices only the first is named.
_NAMED_CHOICES = 2


class Taken(Protocol):
    """What a file tells of the snapshot it was made from."""

    @property
    def time(self) -> datetime:
        """When it was taken."""
        ...

    @property
    def is_demo(self) -> bool:
        """Whether every figure of it is demonstration data."""
        ...


def file_name(page: Text, selection: Selection, snapshot: Taken, extension: str, language: Language) -> str:
    """Such as 就业_2023年1—7月_软件和信创_演示数据_20231120.csv, with the day of the snapshot, not today's:
    the same data has the same name. Every system can keep it."""
    said = safe(_cut("_".join(part.of(language) for part in (page, *_choices(selection)))))
    mark = f"_{DEMO.of(language)}" if snapshot.is_demo else ""
    return f"{said}{mark}_{snapshot.time:%Y%m%d}.{extension}"


def safe(name: str) -> str:
    """`name` without what Windows forbids in the name of a file."""
    return _FORBIDDEN.sub("-", name).strip(" .") or "_"


def _choices(selection: Selection) -> Iterator[Text]:
    yield selection.period.label
    for one in CODE_FILTERS:
        if codes := getattr(selection, one.key):
            names = [code_list(one.codes).name_of(code) for code in codes]
            few = len(names) <= _NAMED_CHOICES
            yield listed(names) if few else _AND_MORE.fill(first=names[0], count=len(names), more=len(names) - 1)
    if selection.organization:
        yield same(selection.organization)


def _cut(name: str) -> str:
    return name.encode()[:_MOST_BYTES].decode(errors="ignore")
