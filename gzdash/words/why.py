"""What is said of a change: by how much, which parts made it, and what the panel that explains it says."""

from __future__ import annotations

from gzdash.words import Text

MORE = Text("{name}比去年同期多 {by}", "{name}: {by} more than a year ago")
LESS = Text("{name}比去年同期少 {by}", "{name}: {by} less than a year ago")
HIGHER = Text("{name}比去年同期高 {by}", "{name}: {by} higher than a year ago")
LOWER = Text("{name}比去年同期低 {by}", "{name}: {by} lower than a year ago")
SAME = Text("{name}与去年同期持平", "{name}: the same as a year ago")
# Money, as one unit for a whole sentence; amounts in yuan where all are small.
TEN_THOUSAND = Text("{amount}\u00a0万元", "¥{millions}\u00a0million")
YUAN = Text("{amount}\u00a0元", "¥{amount}")
POINTS = Text("{amount}\u00a0个百分点", "{amount}\u00a0pp")

WAN_UNIT = Text("万元", "¥ million")
POINT_UNIT = Text("百分点", "pp")

COMMA = Text("，", "; ")
THEN = Text("；", "; ")
AND = Text("、", ", ")
MADE = Text("贡献了 {share}", " made {share} of it")
FELL_BY = Text("减少额的 {share} 在", "{share} of the fall is in ")
TOGETHER = Text("，合计 {share}", ", together {share}")
PART_MORE = Text("多 {by}", " {by} more")
PART_LESS = Text("少 {by}", " {by} less")
PART_HIGHER = Text("拉高 {by}", " +{by}")
PART_LOWER = Text("拉低 {by}", " −{by}")
WITH_SHARE = Text("（{share}）", " ({share})")
REST = Text("其余", "all others")
RATE_AND_MIX = Text("自身的变化 {rate}，构成的变化 {mix}", "{rate} from their own rates, {mix} from the mix")
SPREAD = Text("变化分散，没有两三处占到一半以上", "the change is spread: no two or three parts made most of it")
OVERLAPPING = Text("各部分有重叠，不能相加，占比从略", "parts overlap and do not add up, so no shares are given")
CAUSE = Text("最能解释的一处（{dimension}）：", "What explains it best ({dimension}): ")
NO_CAUSE = Text("没有一处的变化明显超出它的份量", "No single part moved clearly more than its weight would have it")

# Parts by number, for names that do not fit; the word for two is not the figure.
COUNTS: dict[str, Text] = {
    "chain": Text("{count}条链", "{count} chains"),
    "prefecture": Text("{count}市", "{count} prefectures"),
    "district": Text("{count}个区", "{count} districts"),
    "organization": Text("{count}家组织", "{count} organizations"),
}
COUNT = Text("{count}项", "{count} parts")
# Behind two names or three in English, where Chinese counts them.
ALTOGETHER = " together"
NUMERALS: dict[int, Text] = {2: Text("两", "two"), 3: Text("三", "three")}

# The panel.
WHY = Text("为什么", "Why")
WHY_OF = Text("{name}为什么变了", "Why it moved: {name}")
FILE_TITLE = Text("{name}增减-{dimension}", "Change of {name} by {dimension}")
WHY_LINE = Text("为什么变了", "Why it moved")
BY = Text("按什么拆分", "Split by")
AXES: dict[str, Text] = {
    "chain": Text("产业链", "Chain"),
    "prefecture": Text("地级市", "Prefecture"),
    "district": Text("各区", "District"),
    "type": Text("类型", "Type"),
    "lender": Text("资金机构", "Lender"),
    "firm_size": Text("企业规模", "Firm size"),
    "mechanism": Text("平台", "Platform"),
    "form": Text("形式", "Form"),
    "theme": Text("主题", "Theme"),
    "programme": Text("行动", "Programme"),
    "table": Text("报表", "Table"),
    "organization": Text("组织", "Organization"),
}
IN_UNIT = Text("（{unit}）", " ({unit})")
THIS = Text("本期", "This period")
LAST = Text("去年同期", "Year before")
GAP = Text("增减", "Change")
SHARE = Text("占增减", "Share")
RATE = Text("自身", "Own rate")
MIX = Text("构成", "Mix")
TOTAL = Text("合计", "Total")
OTHERS = Text("其余 {count} 项", "{count} others")
OVERLAP = Text("重复或未计入的部分", "Counted twice or nowhere")
UNIT = Text("单位", "Unit")
RATIO_UNIT = Text("比率", "ratio")
PART = Text("部分", "Part")
CODE = Text("代码", "Code")
NOW_NUMERATOR, NOW_DENOMINATOR = Text("本期分子", "Numerator now"), Text("本期分母", "Denominator now")
THEN_NUMERATOR, THEN_DENOMINATOR = Text("去年分子", "Numerator then"), Text("去年分母", "Denominator then")
TURNOVER = Text("本期新出现 {entered} 家，不再出现 {left} 家。", "{entered} are new, {left} are gone.")
DRAWN = Text(
    "{period}与去年同期相比；各行相加等于合计",
    "{period} against the same months a year before; the rows add up to the total",
)
RATIO_DRAWN = Text(
    "{period}与去年同期相比；自身：各项自己的比率变了多少；构成：各项的份量变了多少；两列相加等于增减，各行相加等于合计",
    "{period} against the same months a year before. Own rate: what its own rate did; mix: what its weight did; the "
    "two add up to the change, and the rows to the total",
)
DOWNLOAD = Text("下载全部 {rows} 行 CSV", "Download all {rows} rows as CSV")
NO_CHANGE = Text("没有去年同期的数可比", "There is nothing of last year to compare with")
