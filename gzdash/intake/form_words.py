"""How offices write headers: text cleaned, the unit taken out of it, and the words of titles, totals and footnotes."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_PLAIN_UNITS = (
    *(
        "元",
        "人民币元",
        "圆",
        "户",
        "人",
        "人次",
        "个",
        "家",
        "家次",
        "亩",
        "公里",
        "千米",
        "米",
        "平方米",
        "公顷",
        "场",
    ),
    *(
        "场次",
        "次",
        "项",
        "笔",
        "件",
        "条",
        "所",
        "间",
        "座",
        "名",
        "位",
        "天",
        "年",
        "吨",
        "公斤",
        "千克",
        "套",
        "台",
        "批",
    ),
    *("份", "处", "宗", "株", "头", "只", "%", "‰", "yuan", "RMB", "people", "posts", "person-times", "households"),
)
_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_SCALED = ("元", "人民币元", "户", "人", "人次", "家", "家次", "亩", "个", "件", "次", "吨", "平方米")

# Each unit with the factor to its plain one: 万元 → 10000.
UNITS: dict[str, Decimal] = {unit: Decimal(1) for unit in _PLAIN_UNITS} | {
    scale + unit: Decimal(factor) for scale, factor in _SCALES.items() for unit in _SCALED if scale + unit != "百万个"
}

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_BRACKETED = re.compile(rf"\s*[(\[【〔](?:计量|金额)?(?:单位)?[:]?\s*({_UNIT})\s*[)\]】〕]")
_BEHIND = re.compile(rf"(?<=\S)(?:\s+|\s*[/、,:]\s*)({_UNIT})$")
_CORNER_UNIT = re.compile(rf"(?:计量|金额|货币)?单位\s*[:]?\s*[(]?\s*({_UNIT})(?![\w])")

_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|\s+(?=[()])|(?<=[(])\s+")

# A row that adds up others: a town's 小计, or the sheet's 合计; the words may be padded.
GRAND_TOTAL = r"(?i)^(?:全市|全区|全县|全省|本表|总)?(?:合计|总计|共计|总数|累计|grandtotal|total)(?:数|金额)?[:]?$"
ANY_TOTAL = r"(?i)^(?:.{0,20}(?:合计|小计|总计|共计)|总数|累计|(?:grand|sub-?)?total)(?:数|金额)?(?:[(][^)]*[)])?[:]?$"
# A line under the table, or the people who sign it. These patterns read half-width text without spaces.
_SIGNED = (
    "填表人|填报人|制表人?|审核人?|复核人?|负责人|单位负责人|经办人|联系人|联系电话|主管领导|审批人?|填报单位|报送单位|"
    "填报日期|填表日期|报送日期|制表日期|资料来源|数据来源|填表说明|填报说明"
)
FOOTNOTE = rf"(?i)^(?:(?:附?注|备注|说明|附|{_SIGNED}|notes?|source)\d*[:.、]|[*※])"

_COUNT = re.compile(r"(?:人次|场次|家次|户次|人数|户数|[家个次场件]数|数量|人口|数)$|^序号$|年[份度]?$")
_KEYED = re.compile(r"^[^::]{1,12}[:]")
_PERIOD = re.compile(r"^\(?(?:19|20)\d\d(?:年(?:度|.{0,14}[月季度日半年])?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)\)?$")
_DATA = re.compile(
    r"^[-+¥]?[\d,]+(?:\.\d+)?%?$|^(?:19|20)\d\d\s*[-/.年]|^\d{1,2}-[A-Z][a-z]{2}$|^[0-9A-Z]{18}$|^#[A-Z/0!?]+$"
)
_NUMBERING = re.compile(r"^[(]?(\d{1,3})[)]?(?:=.*)?$")
_STEMS = frozenset("甲乙丙丁戊己庚辛") | {"栏次", "序号", "代码"}


def cleaned(text: str) -> str:
    """Half-width, on one line, without the padding that spreads Chinese words over their cell."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return _BETWEEN_CHINESE.sub("", plain)


def label_and_unit(text: str) -> tuple[str, str]:
    """The words of a header cell and its unit, empty where it names none."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    found = _BRACKETED.search(plain) or _BEHIND.search(plain)
    if not found or not (rest := plain[: found.start()] + plain[found.end() :]).strip():
        return cleaned(plain), ""
    return cleaned(rest), found[1]


def corner_unit(text: str) -> str:
    """The unit that a cell such as “单位：万元” gives to the whole sheet, else empty."""
    found = _CORNER_UNIT.search(cleaned(text))
    return found[1] if found else ""


def counts(label: str) -> bool:
    """Whether a header names a count, which a corner that says 万元 does not mean."""
    return bool(_COUNT.search(label))


def is_money(unit: str) -> bool:
    """Whether a unit is one of money."""
    return unit.endswith(("元", "圆", "yuan", "RMB"))


def is_aside(text: str) -> bool:
    """Whether a cell above the header says something about the sheet: its unit, period, author."""
    plain = cleaned(text)
    return bool(_KEYED.match(plain) or _PERIOD.match(plain) or corner_unit(plain))


def is_data(text: str) -> bool:
    """Whether a cell is a number, a date or a code, which no header is."""
    return bool(_DATA.match(cleaned(text)))


def is_numbering(cells: list[str]) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2 3 …"""
    plain = [cleaned(cell) for cell in cells]
    numbers = [int(found[1]) for cell in plain if (found := _NUMBERING.match(cell))]
    stems = [cell for cell in plain if cell in _STEMS]
    only_these = len(plain) > 1 and len(numbers) + len(stems) == len(plain)
    in_order = numbers == [*range(1, len(numbers) + 1)]
    return only_these and in_order and (len(numbers) > 1 or stems[:2] == ["甲", "乙"])
