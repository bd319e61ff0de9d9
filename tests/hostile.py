"""Files that an office may get: sound ones of every kind, and ones made to do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import xlsxwriter

from tests.register import BROAD, MOVED

HEADER = ("月份", "统一社会信用代码", "岗位来源", "面向人群", "产业链", "发布岗位（个）", "实际招聘（人）", "联系电话")
LINES = (
    ("2023-06", MOVED, "社会组织", "高校毕业生", "GZ21-05", "12", "3", "13800138000"),
    ("2023-07", MOVED, "社会组织", "高校毕业生", "GZ21-03", "1,200", "30", "13800138001"),
    ("2023-07", BROAD, "会员单位", "高校毕业生", "", "5", "", ""),
)


def as_csv(header: tuple[str, ...] = HEADER, lines: tuple[tuple[str, ...], ...] = LINES) -> str:
    return "\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in line) for line in (header, *lines))


def as_xlsx() -> bytes:
    """With a date, a formula, a comment and a hidden sheet, as offices write them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("月报")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, title in enumerate(HEADER):
            sheet.write_string(0, place, title)
        for row, line in enumerate(LINES, 1):
            for place, cell in enumerate(line):
                sheet.write_string(row, place, cell)
        sheet.write_number(1, 0, 45078, day)
        sheet.write_formula(1, 5, "=6+6", value=12)
        sheet.write_comment(1, 6, "核对过")
        book.add_worksheet("说明").hide()
    return buffer.getvalue()


def as_xls() -> bytes:
    """The smallest .xls there is: one sheet of texts and a number, in a compound file of our own making."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, line in enumerate((HEADER, *LINES)):
        for place, cell in enumerate(line):
            sheet += _label(row, place, cell)
    sheet += _record(0x203, struct.pack("<HHHd", 1, 5, 0, 12.0)) + _record(0x0A, b"")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = "月报".encode("utf-16-le")
    bound = struct.pack("<IBBBB", len(begin) + 4 + 8 + len(name) + 4, 0, 0, 2, 1) + name
    return compound({"Workbook": begin + _record(0x85, bound) + _record(0x0A, b"") + sheet})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams, each padded to at least the 4,096 bytes below which they lie elsewhere."""
    sectors: list[bytes] = []
    table: list[int] = [0xFFFFFFFD]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1 if streams else 0xFFFFFFFF)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        start = len(table)
        pieces = [padded[at : at + 512] for at in range(0, len(padded), 512)]
        table += [*range(start + 1, start + len(pieces)), 0xFFFFFFFE]
        sectors += pieces
        entries.append(_entry(name, 2, start, len(padded), 0xFFFFFFFF, number + 1 if number < len(streams) else None))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first = len(table)
    count = len(directory) // 512
    table += [*range(first + 1, first + count), 0xFFFFFFFE]
    assert len(table) <= 128
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    allocation = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return head + allocation + b"".join(sectors) + directory


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int | None = None) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF if right is None else right, child)
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links
    return head + bytes(36) + struct.pack("<IQ", start, size)


CSV, XLSX, XLS = as_csv().encode(), as_xlsx(), as_xls()


def members(data: bytes = XLSX) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one thing in one member written otherwise."""
    content = members()
    assert old in content[name], content[name][:500]
    return zipped(content | {name: content[name].replace(old, new, 1)})


def declaring(size: int) -> bytes:
    """The workbook whose first sheet says that it is `size` bytes long."""
    plain, content = zipped(members()), members()[SHEET]
    return plain.replace(struct.pack("<I", len(content)), struct.pack("<I", size))


SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
LAUGHS = b"<!DOCTYPE lolz [<!ENTITY lol0 'lol'>%s]>" % b"".join(
    b"<!ENTITY lol%d '%s'>" % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'secret.txt'>]>"
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000
LONG = "长" * 40_000
FAR = ("file-too-many-cells",)


def merging(*spans: bytes) -> bytes:
    """The workbook with merged cells."""
    cells = b"".join(b'<mergeCell ref="%s"/>' % span for span in spans)
    return changed(SHEET, b"</sheetData>", b"</sheetData><mergeCells>" + cells + b"</mergeCells>")


def remarked(remark: bytes) -> bytes:
    """The workbook whose cells have no names, with a remark behind them that only looks like cells."""
    content = members()
    nameless = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", content[SHEET])
    return zipped(content | {SHEET: nameless.replace(b"</worksheet>", b"<!--" + remark + b"--></worksheet>")})


# Each file by its name, and what it may be refused with; "" for a report.
FILES: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "nothing at all": ("a.xlsx", b"", ("file-empty",)),
    "only spaces": ("a.csv", b" , ,\r\n\t,,", ("file-empty",)),
    "billion laughs": ("a.xlsx", zipped(members() | {STRINGS: LAUGHS + b"<sst>&lol9;</sst>"}), ("file-entities",)),
    "an entity outside": ("a.xlsx", zipped(members() | {SHEET: OUTSIDE + b"<x>&e;</x>"}), ("file-entities",)),
    "deep nesting": ("a.xlsx", zipped(members() | {SHEET: DEEP}), ("file-empty", "file-unreadable")),
    "a deep book": ("a.xlsx", zipped(members() | {BOOK: DEEP}), ("file-empty", "file-unreadable")),
    "a deep comment": ("a.xlsx", zipped(members() | {"xl/comments1.xml": DEEP}), ("",)),
    "a zip bomb": ("a.xlsx", zipped(members() | {"xl/media/a.bin": bytes(64 << 20)}), ("file-unpacks-too-large",)),
    "300 MB declared": ("a.xlsx", declaring(300 << 20), ("file-unreadable", "file-unpacks-too-large")),
    "10,000 columns": ("a.csv", ",".join(["列"] * 10_000).encode(), ("file-too-wide",)),
    "10,000 columns in a book": ("a.xlsx", changed(SHEET, b'r="H1"', b'r="NTP1"'), ("file-too-wide",)),
    "a column beyond Excel": ("a.xlsx", changed(SHEET, b'r="H1"', b'r="ZZZZZ1"'), ("file-too-wide", "file-unreadable")),
    "a row beyond Excel": ("a.xlsx", changed(SHEET, b'r="H1"', b'r="H99999999"'), ("file-too-many-cells",)),
    "everything merged": ("a.xlsx", merging(b"A1:XFD1048576"), ("file-too-many-cells",)),
    "a merge beyond Excel": ("a.xlsx", merging(b"A1:ZZZZZZZ1"), ("file-too-many-cells",)),
    "a merge that ends before it begins": ("a.xlsx", merging(b"D9:B2"), ("",)),
    "merges of all rows": ("a.xlsx", merging(*(b"A%d:IV%d" % (n, n) for n in range(1, 9000))), FAR),
    "remarks that begin cells": ("a.xlsx", remarked(b'<c r="A1">' * 200_000), ("", "file-too-wide")),
    "remarks that name cells": ("a.xlsx", remarked(b"<c " + b' r="A1"' * 200_000), ("",)),
    "remarks that begin merges": ("a.xlsx", remarked(b"<mergeCell " * 200_000), ("",)),
    "a word of 100,000 letters": ("a.csv", CSV.replace(b"GZ21-05", b"A" * 100_000 + b" 1234567890"), ("",)),
    "words of 100,000 letters": ("a.csv", CSV.replace(b"13800138000", b"A" * 100_000 + b" 1234567890"), ("",)),
    "macros": ("a.xlsx", zipped(members() | {"xl/vbaProject.bin": b"x"}), ("file-macros",)),
    "macros by name": ("a.xlsm", XLSX, ("file-macros",)),
    "links": ("a.xlsx", zipped(members() | {"xl/externalLinks/externalLink1.xml": b"<x/>"}), ("file-external-links",)),
    "a password": ("a.xlsx", compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5000}), ("file-encrypted",)),
    "an absolute name": ("a.xlsx", zipped(members() | {"/gzdash-was-here": b"x"}), ("",)),
    "a name above": ("a.xlsx", zipped(members() | {"../../gzdash-was-here": b"x"}), ("",)),
    "a text that is not there": ("a.xlsx", changed(SHEET, b"<v>0</v>", b"<v>999999999</v>"), ("file-unreadable", "")),
    "a negative text": ("a.xlsx", changed(SHEET, b"<v>0</v>", b"<v>-1</v>"), ("file-unreadable", "")),
    "a text that is no number": ("a.xlsx", changed(SHEET, b"<v>0</v>", b"<v>x</v>"), ("file-unreadable", "")),
    "a late date": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>99999999999</v>"), ("",)),
    "a date before all": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>-1e300</v>"), ("", "file-unreadable")),
    "no number": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>NaN</v>"), ("", "file-unreadable")),
    "a huge number": ("a.xlsx", changed(SHEET, b"<v>45078</v>", b"<v>1e308</v>"), ("",)),
    "no first sheet": ("a.xlsx", zipped({k: v for k, v in members().items() if k != SHEET}), ("file-unreadable",)),
    "no styles": ("a.xlsx", zipped({k: v for k, v in members().items() if "styles" not in k}), ("", "file-unreadable")),
    "broken styles": ("a.xlsx", zipped(members() | {"xl/styles.xml": b"<styleSheet><x"}), ("", "file-unreadable")),
    "broken comments": ("a.xlsx", zipped(members() | {"xl/comments1.xml": b"<comments><"}), ("",)),
    "broken properties": ("a.xlsx", zipped(members() | {"docProps/core.xml": b"no xml"}), ("",)),
    "a style that is not there": ("a.xlsx", changed(SHEET, b' s="1"', b' s="77"'), ("",)),
    "two sheets of one name": ("a.xlsx", changed(BOOK, "说明".encode(), "月报".encode()), ("", "file-unreadable")),
    "a lone surrogate in a book": ("a.xlsx", changed(STRINGS, "月份".encode(), b"&#xD800;"), ("", "file-unreadable")),
    "a NUL in a book": ("a.xlsx", changed(STRINGS, "月份".encode(), b"&#0;"), ("", "file-unreadable")),
    "a control character": ("a.xlsx", changed(STRINGS, "月份".encode(), b"_x0000_&#x1;"), ("", "file-unreadable")),
    "a lone surrogate": ("a.csv", b"\xff\xfe" + as_csv().encode("utf-16-le") + b"\x00\xd8", ("file-encoding",)),
    "half a character": ("a.csv", b"\xff\xfe" + as_csv().encode("utf-16-le")[:-1], ("file-encoding",)),
    "NUL bytes": ("a.csv", CSV.replace(b"12", b"1\x002"), ("",)),
    "only NUL bytes": ("a.csv", bytes(1000), ("form-without-data", "")),
    "a quote never closed": ("a.csv", b'"' + CSV, ("fits-no-table", "")),
    "a cell of 120,000 bytes": ("a.csv", CSV.replace(b"GZ21-05", LONG.encode()), ("", "file-unreadable")),
    "a number of 5,000 digits": ("a.csv", CSV.replace(b"12,", b"9" * 5000 + b","), ("",)),
    "a number with 5,000 decimals": ("a.csv", CSV.replace(b"12,", b"0." + b"9" * 5000 + b","), ("",)),
    "a name in no encoding": ("a\udcc0\udcaf.csv", CSV, ("file-name-unreadable",)),
    "a long name": ("长" * 80 + ".csv", CSV, ("",)),
    "a name of signs": ("-- '\";<b>{x}%s$(x).csv", CSV, ("",)),
    "a workbook called .csv": ("a.csv", XLSX, ("",)),
    "a workbook called .xls": ("a.xls", XLSX, ("",)),
    "an .xls called .xlsx": ("a.xlsx", XLS, ("",)),
    "a text called .xlsx": ("a.xlsx", CSV, ("file-unreadable",)),
    "a picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), ("file-unreadable",)),
    "a page of the web": ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", ("file-web-page",)),
    "a document": ("a.docx", XLSX, ("file-kind-unknown",)),
    "no extension": ("a", CSV, ("file-kind-unknown",)),
    "an empty zip": ("a.xlsx", zipped({"x": b""}), ("file-unreadable",)),
    "a zip in a zip": ("a.xlsx", zipped({"a.xlsx": XLSX}), ("file-unreadable",)),
    "an empty compound file": ("a.xls", compound({}), ("file-unreadable",)),
}
