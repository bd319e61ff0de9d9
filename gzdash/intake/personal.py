"""Which columns and cells hold personal data: ID numbers, mobile numbers, and whatever names or reaches a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
from stdnum.cn import ric

from gzdash.intake.header import Match, spellings
from gzdash.intake.read import Sheet
from gzdash.intake.report import CellFault, Finding
from gzdash.intake.row_problems import personal_column, personal_dropped, personal_value
from gzdash.intake.values import folded
from gzdash.tables import Table
from gzdash.words import Text

ID_NUMBER = Text("身份证号", "ID number")
MOBILE_NUMBER = Text("手机号", "mobile number")
E_MAIL = Text("电子邮箱", "e-mail address")
CONTACT = Text("姓名或联系方式", "name or contact")

# Headers that name a person or a way to reach one. Counts of people (受益人次) and names of institutions do not.
_HEADERS: tuple[tuple[Text, str], ...] = (
    (ID_NUMBER, r"身份证|证件号|居民证|idcard|idnumber|identitycard"),
    (MOBILE_NUMBER, r"手机|移动电话|mobile|cellphone"),
    (E_MAIL, r"邮箱|电邮|电子邮件|e-?mail"),
    (
        CONTACT,
        r"联系人|联系电话|联系方式|电话|姓名|微信|qq号|家庭住址|家庭地址|户主|监护人|经办人|填表人|填报人|负责人|"
        r"法定代表人|法人代表|出生年月|出生日期|telephone|phone|contact|personname|fullname|birthdate|dateofbirth",
    ),
)
_COUNTED = re.compile(r"人次|人数|户数|次数|number of|count")

# Excel may have made a number of an ID, but then its last digits are lost and nobody can be found by it.
_ID = re.compile(r"(?<![0-9A-Z])[1-9]\d{16}[\dX](?![0-9A-Z])")
_MOBILE = re.compile(r"(?<![0-9A-Z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Z.])")
# Begins where a word begins: from every letter of a long word without @ it would be looked through again.
_MAIL = re.compile(r"(?<![A-Z0-9._%+-])[A-Z0-9._%+-]+@[A-Z0-9-]+\.[A-Z0-9.-]+")
# RE2 looks once over all cells for those that may match; only they are looked at closely.
_LIKELY = r"[0-9０-９][0-9０-９ \-]{9,}|@|＠"
_OLDEST = 1900


def named_by(header: str) -> Text | None:
    """What a header says its column holds, when that is personal data."""
    title = folded(header)
    if _COUNTED.search(title):
        return None
    return next((what for what, words in _HEADERS if re.search(words, title)), None)


def held_by(text: str) -> Text | None:
    """What personal data a cell's text holds, anywhere in it."""
    plain = unicodedata.normalize("NFKC", text).upper()
    if any(_is_id(found) for found in _ID.findall(plain)):
        return ID_NUMBER
    if _MOBILE.search(plain):
        return MOBILE_NUMBER
    return E_MAIL if _MAIL.search(plain) else None


def holds_any(column: pa.Array) -> bool:
    """Whether any cell of a column holds personal data."""
    return bool(_cells(pa.chunked_array([column])))


def personal_columns(sheet: Sheet, mapped: Iterable[str]) -> dict[str, Text]:
    """The columns, by letter, that are not `mapped` and whose header or any value is personal data."""
    found = {}
    for letter, header in zip(sheet.letters, sheet.header, strict=True):
        if letter in mapped:
            continue
        what = named_by(header) or next(iter(_cells(sheet.rows[letter]).values()), None)
        if what is not None:
            found[letter] = what
    return found


def without_dropped(matched: Match, sheet: Sheet, dropped: Mapping[str, Text]) -> Match:
    """`matched` where a personal column that nothing maps is dropped and named, not refused as unknown."""
    row = sheet.first_row - 1
    kept = [fault for fault in matched.faults if fault.cell not in {f"{letter}{row}" for letter in dropped}]
    headers = dict(zip(sheet.letters, sheet.header, strict=True))
    named = [
        CellFault.of(personal_dropped(what), row, letter, headers[letter] or letter, headers[letter])
        for letter, what in dropped.items()
    ]
    return replace(matched, faults=(*kept, *named))


def mapped_columns(table: Table, matched: Match, sheet: Sheet) -> Iterator[CellFault]:
    """Mapped columns whose own header says that they hold personal data."""
    declared = spellings(table)
    for key, letter in matched.letters.items():
        title = matched.titles[key]
        what = None if folded(title) in declared else named_by(title)
        if what is not None:
            yield CellFault.of(personal_column(what), sheet.first_row - 1, letter, title, title)


def findings(table: Table, matched: Match, raw: pa.Table, excel_rows: pa.Array) -> Iterator[Finding]:
    """Cells of mapped text columns that hold personal data; other kinds of column refuse it by themselves."""
    for key, letter in matched.letters.items():
        if table.by_key[key].kind == "text":
            for index, what in _cells(raw[letter]).items():
                yield Finding(excel_rows[index].as_py(), key, personal_value(what))


def _cells(column: pa.ChunkedArray) -> dict[int, Text]:
    """The cells that hold personal data, by index; columns repeat themselves, so each distinct text is read once."""
    encoded = column.combine_chunks().dictionary_encode()
    likely = pc.indices_nonzero(pc.match_substring_regex(encoded.dictionary, _LIKELY)).to_pylist()
    read = {place: what for place in likely if (what := held_by(encoded.dictionary[place].as_py())) is not None}
    if not read:
        return {}
    held = pc.indices_nonzero(pc.is_in(encoded.indices, value_set=pa.array(list(read), pa.int32()))).to_pylist()
    return {index: read[encoded.indices[index].as_py()] for index in held}


def _is_id(number: str) -> bool:
    """Whether check digit, place and birthday are right; those of an all-digit credit code are not."""
    return ric.is_valid(number) and ric.get_birth_date(number).year >= _OLDEST
