"""A zip of a page against itself: every file with its passport, the readme, and nothing else in it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from gzdash.exports.bundle import members, packed
from gzdash.exports.passport import SUFFIX, Passport
from gzdash.faults import Fault, Refused
from gzdash.verify.checking import Store, check_as_written
from gzdash.verify.verdict import Checked, Verified
from gzdash.words import Text
from gzdash.words import passport as words

# A page takes some hundred kilobytes; a zip that says it unpacks to more than this is not one of ours.
_MOST_BYTES = 1 << 28
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)

Contents = Mapping[str, bytes | None]


def check_package(file: Path, store: Store) -> Verified:
    """The verdict on each file of the zip and on its readme; raises Refused for a zip without passports."""
    contents = _contents(file)
    names = [name for name in contents if name.endswith(SUFFIX)]
    if not names:
        raise Refused(_no_passports(file))
    issued = [(name, _passport(name, contents[name])) for name in names]
    checked = [_checked(name, passport, contents, store) for name, passport in issued]
    known = [(passport, contents.get(passport.file) or b"") for _, passport in issued if passport]
    expected = dict(members(known)) if known else {}
    checked += _others(contents, expected, names)
    return Verified(str(file), tuple(checked), _packing(file, expected, checked))


def _contents(file: Path) -> Contents:
    """The members by name; None for one that is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                raise Refused(_no_passports(file))
            return {one.filename: _read(archive, one) for one in archive.infolist()}
    except _DAMAGED as error:
        raise Refused(_no_passports(file)) from error


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    try:
        return archive.read(member)
    except (*_DAMAGED, OSError):  # A damaged offset makes the system refuse to go there.
        return None


def _passport(name: str, content: bytes | None) -> Passport | None:
    try:
        return Passport.from_json(content.decode("utf-8", "replace"), name) if content is not None else None
    except Refused:
        return None


def _checked(name: str, passport: Passport | None, contents: Contents, store: Store) -> Checked:
    if passport is None:
        return Checked(name, "differs", (words.MEMBER_BROKEN.fill(name=name),))
    content, written = contents.get(passport.file), contents[name]
    if content is None or written is None:
        said = words.MEMBER_BROKEN if passport.file in contents else words.MEMBER_MISSING
        return Checked(passport.file, "differs", (said.fill(name=passport.file),), passport)
    return check_as_written(passport, written, lambda: (content,), store)


def _others(contents: Contents, expected: Mapping[str, bytes], passports: list[str]) -> Iterator[Checked]:
    """The readme, and whatever else lies in the zip."""
    files = {name for name in expected if name.endswith((".csv", SUFFIX))}
    for name, content in expected.items():
        if name in files:
            continue
        if name not in contents:
            yield Checked(name, "differs", (words.MEMBER_MISSING.fill(name=name),))
        elif contents[name] != content:
            yield Checked(name, "differs", (words.README_CHANGED,))
    for name in contents:
        if name not in expected and name not in passports:
            yield Checked(name, "differs", (words.MEMBER_STRANGE.fill(name=name),))


def _packing(file: Path, expected: Mapping[str, bytes], checked: list[Checked]) -> tuple[Text, ...]:
    """Whether the zip itself was made anew around the same contents: its order, times and compression."""
    is_issued = all(one.verdict != "differs" for one in checked)
    return (words.REPACKED,) if is_issued and packed(expected.items()) != file.read_bytes() else ()


def _no_passports(file: Path) -> Fault:
    return Fault(
        "verify-kind",
        Text("这个压缩包读不出我们的出处文件。", "No passport of ours can be read from this zip."),
        str(file),
        Text("给出“下载本页”得到的原压缩包。", "Give the zip as “Download page” made it."),
    )
