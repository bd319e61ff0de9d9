"""What the page of imports says."""

from __future__ import annotations

from gzdash.words import Text

CLOSED = Text(
    "系统设为只读，不能导入、撤销或恢复。", "The system is read-only: nothing can be imported, undone or put back."
)
STEPS: dict[str, Text] = {
    "table": Text("选表", "Choose a table"),
    "file": Text("上传文件", "Upload a file"),
    "match": Text("对应", "Match columns"),
    "check": Text("检查", "Check"),
    "preview": Text("预览差异", "Preview"),
    "commit": Text("提交", "Commit"),
}
STEPS_NAMED = Text("导入的步骤", "Steps of an import")
WHOLE = Text(
    "整份检查：有一处错误就整份退回，全部错误一次列出；没有错误才能预览和提交。",
    "The whole file is checked: one error refuses it, all errors are listed at once; only a clean file can be committed.",
)
TABLE = Text("导入哪张表", "Table")
RECOGNISE = Text("自动识别", "Recognise it")
TEMPLATE = Text("下载{table}模板", "Download the template of {table}")
FILE = Text("选择 .xlsx、.xls、.csv 或 .tsv 文件", "Choose an .xlsx, .xls, .csv or .tsv file")
FORMULAS = Text(
    "上传的公式不会运行，只读取已保存的值。", "No formula in an uploaded file is run; stored values are read."
)

RECOGNISED = Text("识别为“{table}”；不对可在上面改选。", "Recognised as “{table}”; choose another above if it is not.")
OTHER_SHEETS = Text("只取工作表“{used}”；没有取：{names}。", "Only the sheet “{used}” is taken; left out: {names}.")
NEARER = Text("这份表更像“{table}”。", "This form looks more like “{table}”.")

WITHOUT_DATA = Text("只有表头，没有数据：没有可入库的内容", "A form without data: there is nothing to import")
WITHOUT_DATA_NEXT = Text(
    "认出的表头列在下面。在表头下面填写数据后重新上传。",
    "The header as it was understood stands below. Fill in rows under it and upload it again.",
)
FORM_HEADER = Text("认出的表头", "The header as understood")
FORM_HEADER_DRAWN = Text("{sheets} 张工作表，{columns} 列", "{sheets} sheets, {columns} columns")
SHEET = Text("工作表", "Sheet")
LETTER = Text("列", "Column")
WORDS = Text("表头", "Header")
UNIT = Text("单位", "Unit")
NO_TABLE = Text("哪张表都不合适", "It fits no table")
NO_TABLE_NEXT = Text(
    "最接近“{table}”，缺必填列：{missing}。如果确实要导入，请在上面选定一张表，再逐列对应。",
    "The nearest is “{table}”; required columns missing: {missing}. To import it all the same, choose a table above "
    "and match its columns.",
)

MATCH = Text("逐列对应到“{table}”", "Match the columns to “{table}”")
MATCH_DRAWN = Text(
    "左边是要填的列，右边选本表的哪一列，或填固定值；带“？”的请核对",
    "At the left what is to be filled, at the right the form's column or a fixed value; check those with “?”",
)
BASIS = Text("从哪里开始", "Start from")
CONFIRMED_BEFORE = Text("上次这样对应，{date}", "As confirmed before, {date}")
FROM_HEADER = Text("按表头重新对应", "Match anew by the header")
REQUIRED = Text("必填", "required")
NOT_TAKEN = Text("不取", "not taken")
FIXED = Text("填固定值", "a fixed value")
FIXED_HINT = Text("填在每一行", "for every row")
HINTS: dict[str, Text] = {
    "date": Text("如 2023-06-30", "Such as 2023-06-30"),
    "month": Text("如 2023-06", "Such as 2023-06"),
    "organization": Text("18 位代码", "18-character code"),
}
CHOOSE = Text("选一项", "Choose")
UNSURE = Text("？", "?")
SUCH_AS = Text("如：{texts}", "Such as: {texts}")
STANDS_FOR = Text("“{text}”指", "“{text}” means")
MORE_STRANGE = Text("另有 {count} 个值不在清单里。", "{count} more values are not in the list.")
NO_VALUES = Text("这一列是空的", "The column is empty")
MONEY_UNITS: dict[str, Text] = {
    "1": Text("单位：元", "in yuan"),
    "10000": Text("单位：万元", "in 万元 (10,000 yuan)"),
    "100000000": Text("单位：亿元", "in 亿元 (100 million yuan)"),
}
BLANKS = Text("{count} 个空格当作 0", "{count} empty cells mean 0")
DIVIDE = Text("“{label}”要不要拆开", "Divide “{label}”")
NOT_DIVIDED = Text("不拆分", "Not divided")
DIVIDED = Text("按 {count} 列拆成几行：{columns}", "By {count} columns, a row each: {columns}")
OWN_COLUMNS = Text("自选几列，每列一行", "By columns of my choice, a row each")
AS_BEFORE = Text("照原方案，一行拆成 {count} 行", "As it was: {count} rows of one")
WHICH_COLUMNS = Text("选两列以上", "Two columns or more")
SAME_FOR_ALL = Text("{label}：同上", "{label}: as above")
PART_OF = Text("{label}：{value}", "{label}: {value}")
CHECK_MATCH = Text("按此对应检查", "Check with this match")
STILL_MISSING = Text("还缺：{names}。选一列，或填固定值。", "Missing: {names}. Choose a column or give a fixed value.")
MATCHED = Text("列对应", "Matched columns")
IN_ROWS = Text("一行拆成 {count} 行：{columns}", "{count} rows of one: {columns}")
LEFT_OUT = Text("没有取的列：{names}", "Columns not taken: {names}")
CHANGE_MATCH = Text("修改对应", "Change the match")
DOWNLOAD_MATCH = Text("下载对应方案 JSON", "Download the match as JSON")

REFUSED = Text(
    "整份文件未入库：{errors} 处错误，{warnings} 处提醒",
    "The file was not imported: {errors} errors, {warnings} warnings",
)
REFUSED_NEXT = Text(
    "改好错误后重新上传即可。提醒不影响提交。", "Correct the errors and upload it again. Warnings do not stop a commit."
)
UPLOAD_AGAIN = Text("重新上传", "Upload again")
PASSED = Text(
    "检查通过：{rows} 行可以入库，{warnings} 处提醒", "Checked: {rows} rows can be imported, {warnings} warnings"
)
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

WHO = Text("提交人", "Who")
WHY = Text("事由", "Why")
WHO_HINT = Text("姓名或科室", "Name or division")
WHY_HINT = Text("如 2023年8月就业月报", "Such as: jobs report of August 2023")
COMMIT = Text("提交 {rows} 行", "Commit {rows} rows")
SAY_WHO = Text("请先填写提交人和事由。", "Please say who and why first.")
COMMITTED = Text("已入库。", "Committed.")
LANDED = Text(
    "提交的进程中断了，但数据已入库（导入 {id}）。", "The commit was cut short, yet the data is in (import {id})."
)
NOT_LANDED = Text(
    "提交的进程中断了，没有入库，数据与之前相同。",
    "The commit was cut short; nothing was imported, the data is as before.",
)

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
HASH = Text("SHA-256", "SHA-256")
SYSTEM_USER = Text("系统用户", "System user")
CHOOSE_IMPORT = Text("导入编号", "Import")
UNDO = Text("撤销导入 {id}", "Undo import {id}")
REDO = Text("恢复导入 {id}", "Put import {id} back")
TURNED = Text("已完成，快照 {event}。", "Done; snapshot {event}.")
