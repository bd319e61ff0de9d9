"""What may be given to verify: a zip of a page, a CSV with its passport, or a passport alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from gzdash.engines import Engine
from gzdash.exports.passport import SUFFIX, Passport, passport_name
from gzdash.faults import Fault, Refused
from gzdash.lake import Lake
from gzdash.verify.checking import Store, check_as_written
from gzdash.verify.package import check_package
from gzdash.verify.verdict import Checked, Verified
from gzdash.words import Text

_PIECE = 1 << 20


def verify(lake: Lake, engine: Engine, file: Path, beside: Path | None = None) -> Verified:
    """Whether `file` is as issued and still true; `beside` is the passport of a CSV, by default the one next to it.

    Raises Refused where there is no passport or it cannot be read, OSError where a file cannot be.
    """
    store = Store(lake, engine)
    if not file.is_file():
        raise Refused(_no_such_file(file))
    if zipfile.is_zipfile(file):
        return check_package(file, store)
    if file.name.endswith(".json"):
        return Verified(str(file), (check_one(file, None, store),))
    if file.suffix.lower() != ".csv":
        raise Refused(_no_file_of_ours(file))
    passport = beside or file.with_name(passport_name(file.name))
    if not passport.is_file():
        raise Refused(_no_passport(file, passport))
    return Verified(str(file), (check_one(passport, file, store),))


def check_one(passport: Path, file: Path | None, store: Store) -> Checked:
    """The verdict on a CSV, or on a passport alone."""
    written = passport.read_bytes()
    read = Passport.from_json(written.decode("utf-8", "replace"), str(passport))
    return check_as_written(read, written, partial(_pieces, file) if file else None, store)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _no_such_file(file: Path) -> Fault:
    return Fault(
        "verify-no-file",
        Text("没有这个文件。", "There is no such file."),
        str(file),
        Text("检查路径和文件名。", "Check the path and the name."),
    )


def _no_passport(file: Path, passport: Path) -> Fault:
    return Fault(
        "passport-missing",
        Text("没有出处文件 {name}，无法核对。", "There is no passport {name}, so nothing can be verified.").fill(
            name=passport.name
        ),
        str(file),
        Text(
            "把当时下载的 {suffix} 放在旁边，或用 --passport 指明。",
            "Put the {suffix} that was downloaded with it beside it, or name it with --passport.",
        ).fill(suffix=SUFFIX),
    )


def _no_file_of_ours(file: Path) -> Fault:
    return Fault(
        "verify-kind",
        Text("这不是本系统导出的文件。", "This is no file that was exported here."),
        str(file),
        Text("给出导出的 .zip、.csv 或 .passport.json。", "Give a .zip, .csv or .passport.json as it was exported."),
    )
