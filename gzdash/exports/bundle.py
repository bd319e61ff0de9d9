"""A page as one zip: every sheet as CSV, and a readme that says what was chosen, when, and what each number means."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from gzdash.answer import Listing, Sheet
from gzdash.exports.csv import number_header
from gzdash.exports.listing import shown_csv
from gzdash.exports.names import Taken, safe
from gzdash.metrics import METRICS
from gzdash.numbers import moment
from gzdash.words import Language, Text

README = Text("说明.txt", "readme.txt")
DEMO_WARNING = Text(
    "演示数据：本包所有数字都是演示数据，不是真实统计，不得与公开数字相加。",
    "Demonstration data: every figure in this package is invented and must never be added to published ones.",
)
_TITLE = Text("广州社会组织驾驶舱 · {page}", "Guangzhou social organizations dashboard · {page}")
_SELECTION = Text("筛选条件", "Selection")
_SNAPSHOT = Text("快照：{event}（{time}）", "Snapshot: {event} ({time})")
_FILES = Text("文件与指标", "Files and metrics")
_ITEM = Text("{name}：{said}", "{name}: {said}")
_READING = Text(
    "空单元格表示未知，不是 0。文字前的单引号是为了防止公式运行；"
    "长数字代码后的制表符是为了保留文本，读取时去掉首尾空白即可。",
    "An empty cell means unknown, not 0. An apostrophe in front of a text keeps it from running as a formula; "
    "a tab behind a long code of digits keeps it text: trim cells when you read them.",
)

# A fixed time, so that the same page gives the same bytes; 1980 is where zip files begin.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def page_zip(sheets: Sequence[Sheet | Listing], language: Language, readme: str) -> bytes:
    """One zip with a CSV for each sheet and the readme, named in the reader's language; the same bytes every time."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # The mark and CR LF are for Notepad, which some offices still read such files with.
        _add(archive, README.of(language), readme.replace("\n", "\r\n").encode("utf-8-sig"))
        for number, sheet in enumerate(sheets, 1):
            _add(archive, _member(number, sheet, language), shown_csv(sheet, language))
    return packed.getvalue()


def page_readme(page: Text, sheets: Sequence[Sheet | Listing], snapshot: Taken, language: Language) -> str:
    """The readme of a page: selection in words, snapshot and its time, the demo mark, the meaning of each number.

    Raises ValueError without sheets.
    """
    if not sheets:
        raise ValueError("a page without sheets has nothing to say")
    first = sheets[0]
    head = [_TITLE.fill(page=page)] + ([DEMO_WARNING] if snapshot.is_demo else [])
    chosen = [_ITEM.fill(name=name, said=said) for name, said in first.selection.words()]
    when = Text(moment(snapshot.time, "zh"), moment(snapshot.time, "en"))
    blocks = [
        [text.of(language) for text in head],
        [_SELECTION.of(language), *(f"- {text.of(language)}" for text in chosen)],
        [_SNAPSHOT.fill(event=first.event, time=when).of(language)],
        [_FILES.of(language), *_contents(sheets, language)],
        [_READING.of(language)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _contents(sheets: Sequence[Sheet | Listing], language: Language) -> Iterator[str]:
    for number, sheet in enumerate(sheets, 1):
        yield f"- {_member(number, sheet, language)}"
        for column in sheet.figures if isinstance(sheet, Sheet) else ():
            header = number_header(column.label, column.unit)
            known = METRICS.get(column.key)
            yield f"    - {(_ITEM.fill(name=header, said=known.meaning) if known else header).of(language)}"


def _member(number: int, sheet: Sheet | Listing, language: Language) -> str:
    """Numbered, since two charts of a page may have one title."""
    return f"{number:02d}_{safe(sheet.title.of(language))}.csv"


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)
