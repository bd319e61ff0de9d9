"""What the page of imports says."""

from __future__ import annotations

from gzdash.words import Text

CLOSED = Text(
    "系统设为只读，不能导入、撤销或恢复。", "The system is read-only: nothing can be imported, undone or put back."
)
BRING_IN = Text("导入一个文件", "Bring in a file")
BRING_IN_DRAWN = Text(
    "整份检查：有一处错误就整份退回，全部错误一次列出；没有错误才能预览和提交",
    "The whole file is checked: one error refuses it, all errors are listed at once; only a clean file can be committed",
)
TABLE = Text("导入哪张表", "Table")
TEMPLATE = Text("下载{table}模板", "Download the template of {table}")
FILE = Text("选择 .xlsx、.xls、.csv 或 .tsv 文件", "Choose an .xlsx, .xls, .csv or .tsv file")
FORMULAS = Text(
    "上传的公式不会运行，只读取已保存的值。", "No formula in an uploaded file is run; stored values are read."
)

REFUSED = Text(
    "整份文件未入库：{errors} 处错误，{warnings} 处提醒",
    "The file was not imported: {errors} errors, {warnings} warnings",
)
REFUSED_NEXT = Text(
    "改好错误后重新上传即可。提醒不影响提交。", "Correct the errors and upload it again. Warnings do not stop a commit."
)
PASSED = Text(
    "检查通过：{rows} 行可以入库，{warnings} 处提醒", "Checked: {rows} rows can be imported, {warnings} warnings"
)
ERRORS = Text("错误与提醒", "Errors and warnings")
ERRORS_DRAWN = Text("按出现次序；错误必须改，提醒请核对", "In order; errors must be corrected, warnings checked")
MARK_ERROR, MARK_WARNING = Text("错误", "error"), Text("提醒", "warning")
NUMBER = Text("序号", "No.")
KIND = Text("性质", "Kind")
CELL = Text("单元格", "Cell")
COLUMN = Text("列", "Column")
VALUE = Text("原值", "Value")
WHAT = Text("问题", "What is wrong")
REMEDY = Text("怎么改", "What to do")

PREVIEW = Text("提交后会怎样", "What a commit changes")
PREVIEW_DRAWN = Text(
    "新增 {add} 行，替换原有 {replaced} 行，其余 {left} 行不变；数字按 {period} 计",
    "{add} rows added, {replaced} earlier rows replaced, {left} rows left; figures over {period}",
)
METRIC = Text("指标", "Metric")
BEFORE = Text("提交前", "Before")
AFTER = Text("提交后", "After")
CHANGE = Text("增减", "Change")

BEFORE_SUBMITTED = Text("以前报过的月份", "Months submitted before")
REPLACE: dict[str, Text] = {
    "refuse": Text("退回，不替换", "refuse the file"),
    "replace": Text("用本文件替换", "replace with this file"),
}
MARKED = Text("下载标注后的 Excel", "Download the marked workbook")
DROPPED = Text(
    "个人信息列未导入，保存的副本里已抹去：{names}。",
    "Columns of personal data were left out and blanked in the kept copy: {names}.",
)

WHO = Text("提交人", "Who")
WHY = Text("事由", "Why")
WHO_HINT = Text("姓名或科室", "Name or division")
WHY_HINT = Text("如 2023年8月就业月报", "Such as: jobs report of August 2023")
COMMIT = Text("提交 {rows} 行", "Commit {rows} rows")
SAY_WHO = Text("请先填写提交人和事由。", "Please say who and why first.")
COMMITTED = Text("已入库。", "Committed.")

HISTORY = Text("导入记录", "Imports")
HISTORY_DRAWN = Text(
    "{count} 次导入，{live} 次有效；撤销可恢复，不删任何文件",
    "{count} imports, {live} of them live; an undo can be taken back, no file is deleted",
)
ID = Text("编号", "No.")
TIME = Text("时间", "Time")
FILE_NAME = Text("文件", "File")
ROWS = Text("行数", "Rows")
TABLES = Text("数据表", "Tables")
STATE = Text("状态", "State")
LIVE = Text("有效", "live")
UNDONE = Text("已撤销", "undone")
HASH = Text("SHA-256", "SHA-256")
SYSTEM_USER = Text("系统用户", "System user")
CHOOSE_IMPORT = Text("导入编号", "Import")
UNDO = Text("撤销导入 {id}", "Undo import {id}")
REDO = Text("恢复导入 {id}", "Put import {id} back")
TURNED = Text("已完成，快照 {event}。", "Done; snapshot {event}.")
