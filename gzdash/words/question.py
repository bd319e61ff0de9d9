"""What the dialog says that questions a figure."""

from __future__ import annotations

from gzdash.words import Text

HALF = {"numerator": Text("分子", "Numerator"), "denominator": Text("分母", "Denominator")}
WHICH_HALF = Text("看哪一半", "Which half")
IN_PERIOD = {
    "flow": Text("{period}，当期合计", "{period}, the period's total"),
    "stock": Text("{period}末的时点数", "at the end of {period}"),
    "ratio": Text("{period}，同期相除", "{period}, a same-period ratio"),
}
PUBLISHED = Text("公开数字 {figure}", "Published: {figure}")
PUBLISHED_AGREES = Text("公开数字 {figure}，相符", "Published: {figure}, which agrees")
PUBLISHED_DIFFERS = Text("公开数字 {figure}，不相符", "Published: {figure}, which differs")
PART = Text("其中：{names}", "Of which: {names}")
WITHIN = Text("所选时段 {period}", "within {period}")
COVERAGE = Text("可信程度", "How sure")
VERIFIED = Text(
    "核实 {verified}（{share}），填报待核 {rest}", "{verified} verified ({share}), {rest} reported and not yet verified"
)
VERSION = Text("快照 {event}，{time}；口径负责人：{owner}", "Snapshot {event}, {time}; owner: {owner}")
NOT_NARROWED = Text("{names}不限", "not narrowed by {names}")
NOT_OBEYED = Text("不受所选{names}影响", "unaffected by the chosen {names}")
SQL = Text("查询语句", "SQL that ran")
SHOW_SQL = Text("展开", "Show")
PARAMETERS = Text("参数", "Parameters")

MADE_OF = Text("由 {count} 次导入相加而成", "Made of {count} imports")
MADE_OF_ONE = Text("来自 1 次导入", "Made of one import")
NOTHING = Text("没有记录参与计算，不等于 0", "No record takes part, which is not the same as 0")
IMPORT = Text("导入", "Import")
DATE = Text("日期", "Date")
WHO = Text("提交人", "Who")
FILE = Text("文件", "File")
AMOUNT = Text("数值（{unit}）", "Value ({unit})")
SHARE = Text("占比", "Share")
REST = Text("其余 {count} 次", "{count} others")
# Why the cells of an import are not shown, by the state of the file that was kept of it.
ORIGINAL = {"changed": Text("原件已被改动", "kept file changed"), "gone": Text("原件缺失", "kept file missing")}
ORIGINALS = {
    "changed": Text(
        "导入 {ids} 保存的原件已被改动，SHA-256 与导入时不符：不再显示其中的原值，也不提供下载。请从备份恢复该文件。",
        "The kept file of import {ids} has been changed: its SHA-256 is not what it was. Its cells are not shown, nor can "
        "it be downloaded. Restore the file from a backup.",
    ),
    "gone": Text(
        "导入 {ids} 保存的原件不在了：无法显示其中的原值。请从备份恢复该文件。",
        "The kept file of import {ids} is gone: its cells cannot be shown. Restore the file from a backup.",
    ),
}
NO_FILE_KEPT = Text("未保留文件", "no file kept")

EACH_ROW = Text("每一行来自哪个格", "Where each row stood")
EACH_ROW_DRAWN = Text(
    "共 {count} 行，从大到小，第 {first}—{last} 行", "{count} rows, largest first; rows {first}–{last}"
)
THING = Text("计数对象", "Counted thing")
ORGANIZATION = Text("组织", "Organization")
MONTH = Text("月份", "Month")
VALUE = Text("数值", "Value")
SHEET = Text("工作表", "Sheet")
CELL = Text("单元格", "Cell")
RAW = Text("原值", "Raw cell")
TIMES = Text("{raw} × {factor}", "{raw} × {factor}")
COUNTED_BEFORE = Text("已计", "counted above")

BEFORE = Text("上一页", "Previous")
NEXT = Text("下一页", "Next")
DOWNLOAD_ALL = Text("下载全部 {count} 行 CSV", "Download all {count} rows, CSV")
COPY = Text("复制出处说明", "Copy the provenance")
COPIED = Text("已复制", "Copied")
EXAMPLES = Text("演示数据：组织名均为示例", "Demonstration data: all organizations are invented")

ASK_ROW = Text("看出处", "where it comes from")
WHICH = Text("看哪个数字", "Which figure")
