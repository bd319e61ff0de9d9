"""The package of an .xlsx: all that stands around the cells of its sheets, zipped to the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from gzdash.tables import Kind

# The styles of cells, by their place in _STYLES.
HEADER, TEXT, WHOLE, AMOUNT, DAY, MONTH = 1, 2, 3, 4, 5, 6

_MARK = "演示数据"
_ALL_INVENTED = f"{_MARK}：组织与数字均为虚构，不是真实数据。"

_WIDTHS: dict[Kind, int] = {"organization": 22, "organizations": 42, "text": 28, "money": 16}
_OTHER_WIDTH = 14

# A zip keeps a time for each member; a fixed one makes the bytes depend on the content alone.
_ZIP_TIME = (2021, 1, 1, 0, 0, 0)
_UNIX = 3
# The city's workbooks take 6.4 MB; the usual 6 makes it 6.0 and doubles the time of zipping.
_ZIP_LEVEL = 4

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">\
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm"/>\
</numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>\
</fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE9EEF5"/></patternFill></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>\
{"".join(f'<xf numFmtId="{form}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
         for form in (49, 1, 2, 164, 165))}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""  # fmt: skip


def sheet(kinds: Sequence[Kind], rows: bytes) -> bytes:
    """The part of one sheet from the kinds of its columns and the XML of its rows; printed, it says what it is."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{_WIDTHS.get(kind, _OTHER_WIDTH)}" customWidth="1"/>'
        for place, kind in enumerate(kinds, start=1)
    )
    before = (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )
    after = f"</sheetData><headerFooter><oddHeader>&amp;C{_MARK}</oddHeader></headerFooter></worksheet>"
    return before.encode() + rows + after.encode()


def packed(sheets: Mapping[str, bytes], texts: Sequence[str], title: str, made: datetime) -> bytes:
    """The whole .xlsx: its sheets by name, and the texts that their cells point to."""
    members = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(title, made),
        "xl/workbook.xml": _book(tuple(sheets)),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)),
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": _STYLES.encode(),
        "xl/sharedStrings.xml": _shared(texts),
    }
    members |= {f"xl/worksheets/sheet{place}.xml": part for place, part in enumerate(sheets.values(), start=1)}
    return _zipped(members)


def _content_types(sheets: int) -> bytes:
    parts = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPE}.styles+xml",
        "/xl/sharedStrings.xml": f"{_TYPE}.sharedStrings+xml",
    }
    parts |= {f"/xl/worksheets/sheet{place}.xml": f"{_TYPE}.worksheet+xml" for place in range(1, sheets + 1)}
    said = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    ).encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    said = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'.encode()


def _book(names: Sequence[str]) -> bytes:
    said = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>'
        for place, name in enumerate(names, start=1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{said}</sheets></workbook>'.encode()


def _properties(title: str, made: datetime) -> bytes:
    time = f"{made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><cp:keywords>{_MARK}</cp:keywords>"
        f"<dc:description>{_ALL_INVENTED}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _shared(texts: Sequence[str]) -> bytes:
    # A tag cannot be part of a text that is escaped, so all texts are escaped at once.
    said = escape("\0".join(texts)).replace("\0", "</t></si><si><t>")
    return f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}"><si><t>{said}</t></si></sst>'.encode()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.create_system = _UNIX
            archive.writestr(member, content, zipfile.ZIP_DEFLATED, _ZIP_LEVEL)
    return buffer.getvalue()
