"""A page as one zip: every sheet as CSV, beside each its passport, and a readme that says the same for people."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from gzdash.answer import Listing, Sheet
from gzdash.exports.issuing import Issue, shown_passport
from gzdash.exports.listing import shown_csv
from gzdash.exports.names import safe
from gzdash.exports.passport import Passport, passport_name
from gzdash.exports.readable import page_readme
from gzdash.words import Language, Text
from gzdash.words import passport as words

# A fixed time, so that the same page gives the same bytes; 1980 is where zip files begin.
_EPOCH = (1980, 1, 1, 0, 0, 0)

Member = tuple[str, bytes]


def page_zip(shown: Sequence[Sheet | Listing], issue: Issue) -> bytes:
    """One zip with the readme, and a CSV and its passport for each of `shown`, in the reader's language.

    The same bytes for the same issue. Raises ValueError where nothing was shown.
    """
    files = [_issued(number, one, issue) for number, one in enumerate(shown, 1)]
    return packed(members([(passport, content) for passport, content in files]))


def empty_zip(page: Text, language: Language) -> bytes:
    """The zip of a page that shows no table or chart: a readme which says so."""
    said = f"{words.TITLE.fill(page=page).of(language)}\r\n\r\n{words.NOTHING_SHOWN.of(language)}\r\n"
    return packed([(words.README.of(language), said.encode("utf-8-sig"))])


def members(files: Sequence[tuple[Passport, bytes]]) -> Iterator[Member]:
    """The members of the zip of these files, in order: the readme, then each file with its passport."""
    passports = [passport for passport, _ in files]
    readme = page_readme(passports)
    # The mark and CR LF are for Notepad, which some offices still read such files with.
    yield words.README.of(passports[0].language), readme.replace("\n", "\r\n").encode("utf-8-sig")
    for passport, content in files:
        yield passport.file, content
        yield passport_name(passport.file), passport.to_json().encode()


def packed(contents: Iterable[Member]) -> bytes:
    """The members as a zip; the same bytes every time."""
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return zipped.getvalue()


def _issued(number: int, shown: Sheet | Listing, issue: Issue) -> tuple[Passport, bytes]:
    content = shown_csv(shown, issue.language)
    return shown_passport(shown, _member(number, shown, issue.language), issue, content), content


def _member(number: int, shown: Sheet | Listing, language: Language) -> str:
    """Numbered, since two charts of a page may have one title."""
    return f"{number:02d}_{safe(shown.title.of(language))}.csv"
