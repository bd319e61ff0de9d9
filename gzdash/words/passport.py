"""What a passport says: the text for people beside a file, and the sentences of a verification."""

from __future__ import annotations

from gzdash.words import Text

PASSPORT = Text("出处", "Passport")
DOWNLOAD = Text("下载出处文件（JSON）", "Download the passport (JSON)")

TITLE = Text("广州社会组织驾驶舱 · {page}", "Guangzhou social organizations dashboard · {page}")
DEMO_WARNING = Text(
    "演示数据：所有数字都是演示数据，不是真实统计，不得与公开数字相加。",
    "Demonstration data: every figure is invented and must never be added to published ones.",
)
FILE = Text("文件", "File")
SELECTION = Text("筛选条件", "Selection")
SNAPSHOT = Text("快照：{event}（{time}）", "Snapshot: {event} ({time})")
NEWEST = Text("数据截至：当时最新", "As of: the newest at that time")
AS_OF = Text("数据截至：读者选定的快照 {event}", "As of: snapshot {event}, chosen by the reader")
ROWS = Text("行数：{rows}", "Rows: {rows}")
MEANINGS = Text("指标含义", "What the columns mean")
COVERAGE = Text("填报情况：{said}", "Reported: {said}")
SHA256 = Text("SHA-256：{sha256}", "SHA-256: {sha256}")
MADE = Text("生成：{time}，{maker}", "Made: {time}, {maker}")
OF_HALF = {"numerator": Text("分子", "numerator"), "denominator": Text("分母", "denominator")}
PART = Text("其中一格：{part}", "Part: {part}")
ITEM = Text("{name}：{said}", "{name}: {said}")

FILES_AND_METRICS = Text("文件与指标", "Files and metrics")
README = Text("说明.txt", "readme.txt")
NOTHING_SHOWN = Text(
    "打包时本页没有表格或图，所以没有数据文件。整表明细在“数据下载”页。",
    "The page showed no table or chart, so there is no data in this package. Whole tables are on the page Downloads.",
)
READING = Text(
    "空单元格表示未知，不是 0。文字前的单引号是为了防止公式运行；"
    "长数字代码后的制表符是为了保留文本，读取时去掉首尾空白即可。",
    "An empty cell means unknown, not 0. An apostrophe in front of a text keeps it from running as a formula; "
    "a tab behind a long code of digits keeps it text: trim cells when you read them.",
)
BESIDE = Text(
    "每个 CSV 旁有同名的 .passport.json，写明出处；用 python -m gzdash verify 核对本包是否改过、数字后来是否变动。",
    "Beside each CSV a .passport.json of its name says where it comes from; `python -m gzdash verify` tells whether "
    "this package was changed, and whether the figures have been restated since.",
)

VERIFICATION = Text("核对结果", "Verification")
VERDICTS: dict[str, Text] = {
    "same": Text("一致：与签发时相同，现在重算也相同", "Same: as issued, and the same today"),
    "issued": Text("与签发时相同；未能全部重算", "As issued; not all of it can be recomputed"),
    "restated": Text(
        "签发后有变动：文件是原样，数据后来改过", "Restated since: the file is as issued, the data changed later"
    ),
    "differs": Text("不一致：与签发时不同", "Differs from what was issued"),
    "unknown": Text("无法判定", "Cannot be decided"),
}
VERDICT = Text("结论", "Verdict")
ROW = Text("行", "Row")
COLUMN = Text("列", "Column")
ISSUED = Text("签发时", "Issued")
FOUND = Text("现在", "Now")
NUMBERED = Text("第 {number} 行", "row {number}")
HEADER_ROW = Text("表头", "header")
WHOLE_ROW = Text("整行", "whole row")
NO_ROW = Text("没有这一行", "no such row")
HEAD = Text("{file}：{verdict}", "{file}: {verdict}")
ISSUED_FROM = Text(
    "签发：{made}，快照 {event}（{time}），{maker}", "Issued {made} from snapshot {event} ({time}), by {maker}"
)

AS_ISSUED = Text("文件逐字节与签发时相同。", "The file is as issued, byte for byte.")
NOT_AS_ISSUED = Text("文件内容与签发时不同（SHA-256 不符）。", "The content differs from what was issued (SHA-256).")
NO_CELL = Text(
    "没有单元格不同：改动在引号、换行或编码里。", "No cell differs: quotes, line ends or the encoding were changed."
)
UNREADABLE = Text("内容读不成 CSV，无法逐格比较。", "It cannot be read as CSV, so cells were not compared.")
PASSPORT_CHANGED = Text(
    "出处文件被改过（与自身校验不符）。", "The passport was changed: it does not match its own hash."
)
NOT_RECOMPUTED_WORDS = Text(
    "这是文字清单，不能由数据湖重算，只按文件内容判定。",
    "A listing of words cannot be recomputed from the lake; the verdict is by its content alone.",
)
NOT_RECOMPUTED_COLUMNS = Text(
    "有的列不是指标，不能由数据湖重算，只按文件内容判定。",
    "Some columns are no metric and cannot be recomputed; the verdict is by the content alone.",
)
NOTHING_TO_COMPARE = Text("只有出处，没有文件可比。", "There is a passport but no file to compare.")
OTHER_LAKE = Text(
    "签发它的是另一个数据湖，本机不能重算。", "It was issued from another lake, so it cannot be recomputed here."
)
NOT_READABLE_LAKE = Text("数据湖读不了，不能重算：{why}", "The lake cannot be read, so nothing was recomputed: {why}")
NOT_ASKABLE = Text("不能重算：{why}", "It cannot be recomputed: {why}")
LAKE_SAYS_OTHERWISE = Text(
    "由数据湖按同一快照重算，结果与文件不同：出处可能被改过。",
    "Recomputed from the lake at the same snapshot, the result is not this file: the passport may have been changed.",
)
OTHER_VERSION = Text(
    "签发的程序版本是 {issued}，现在是 {now}；写法可能不同。",
    "It was issued by version {issued}, this is {now}; files may be written otherwise.",
)
RECOMPUTED = Text("按签发时的快照重算，结果相同。", "Recomputed at its snapshot: the same.")
SAME_TODAY = Text("按最新快照 {event} 重算，也相同。", "Recomputed at the newest snapshot, {event}: the same.")
RESTATED = Text(
    "按最新快照 {event} 重算，{count} 处不同。", "At the newest snapshot, {event}, {count} cells or rows differ."
)
EVENT = Text("快照 {event}，{time}，{kind}，{who}：{why}", "Snapshot {event}, {time}, {kind} by {who}: {why}")
KINDS: dict[str, Text] = {
    "commit": Text("导入 {id}", "import {id}"),
    "undo": Text("撤销导入 {id}", "undo of import {id}"),
    "redo": Text("恢复导入 {id}", "redo of import {id}"),
}
SINCE = Text("此后涉及这些表的导入和撤销：", "Imports and undos of these tables since:")
MORE = Text("另有 {count} 处不同，未列出。", "{count} more differences are not listed.")
MEMBER_MISSING = Text("包里缺少 {name}。", "{name} is missing from the package.")
MEMBER_STRANGE = Text("包里多出 {name}，不是签发的文件。", "{name} is in the package but was not issued.")
MEMBER_BROKEN = Text("包里的 {name} 已损坏，读不出来。", "{name} in the package is damaged and cannot be read.")
README_CHANGED = Text("包里的说明文字被改过。", "The readme in the package was changed.")
REPACKED = Text("包被重新压缩过（内容没有变）。", "The package was packed again; what is in it is as issued.")
