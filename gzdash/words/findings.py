"""What the list of an import's faults and the view of the sender's own sheet say."""

from __future__ import annotations

from gzdash.words import Text

FILE = Text("文件", "File")
SHEET = Text("工作表", "Sheet")
HEADER = Text("表头", "Header")
DATA = Text("数据", "Data rows")
COLUMNS = Text("列对应", "Columns")
PASSED = Text("通过", "Rows without error")

ONE_ROW = Text("第 {row} 行", "row {row}")
ROWS = Text("第 {first}—{last} 行，{levels}", "rows {first}–{last}, {levels}")
LEVELS: dict[int, Text] = {2: Text("合并两层", "two levels"), 3: Text("合并三层", "three levels")}

DATA_ROWS = Text("{rows} 行", "{rows}")
TOTALS_LEFT_OUT = Text("已识别并排除合计 {rows} 行", "totals left out: {rows}")
ASIDES_LEFT_OUT = Text("脚注等 {rows} 行不算数据", "footnotes and the like: {rows}")
ALL_MATCHED = Text("{count} 列全部认出", "all {count} recognised")
MATCHED = Text("认出 {count} 列", "{count} recognised")
MISSING = Text("缺 {count} 列", "{count} missing")
UNKNOWN = Text("{count} 列不认识", "{count} unknown")
NOT_USED = Text("{count} 列不用", "{count} not used")
PERSONAL = Text("{count} 列个人信息不读", "{count} of personal data not read")
ROWS_PASSED = Text("{rows} 行无误", "{rows}")
AND = Text("，", ", ")

ERRORS = Text("错误", "Errors")
ERRORS_DRAWN = Text("必须改，按出现次序", "must be corrected; in order of appearance")
WARNINGS = Text("提醒", "Warnings")
WARNINGS_DRAWN = Text("请核对，可以提交", "please check; they do not stop a commit")
ALL_FAULTS = Text("错误与提醒", "Errors and warnings")
NUMBER = Text("编号", "No.")
KIND = Text("性质", "Kind")
ERROR, WARNING = Text("错误", "error"), Text("提醒", "warning")
CELL = Text("单元格", "Cell")
COLUMN = Text("列", "Column")
VALUE = Text("原值", "Value")
WHAT = Text("问题", "What is wrong")
REMEDY = Text("怎么改", "What to do")
EMPTY = Text("（空）", "(empty)")

ORIGINAL = Text("原表对照", "Your own sheet")
ORIGINAL_DRAWN = Text("{place}；编号与清单一致", "{place}; numbered as in the list")
SKIPPED = Text("… 跳过 {rows} 行 …", "… {rows} rows skipped …")
HIDDEN = Text("不显示", "not shown")
MARKS = Text("红框加编号为错误，灰框加空心编号为提醒。", "Red box: error. Grey box and ring: warning.")
ONE_TOTAL = Text(
    "第 {row} 行“{label}”只用于核对，不作为数据。", "Row {row}, “{label}”, is only checked; it is no data."
)
TOTALS = Text("灰底的合计行只用于核对，不作为数据。", "Grey rows of totals are only checked; they are no data.")
ASIDES = Text(
    "灰字的行是脚注、页码或重复的表头，不作为数据。", "Rows in grey are footnotes or repeated headers; no data."
)

SHOW_SHEET = Text("看原表对照", "Show your own sheet")
TO_SHEET = Text("{kind} {number}，{cell}：到原表", "{kind} {number}, {cell}: go to the sheet")
TO_LIST = Text("{kind} {number}：回到清单", "{kind} {number}: back to the list")
GO_TO = Text("单击或回车：在原表中定位", "Click or Enter: find it in the sheet")

GROUP = Text("第 {first}—{last} 处，共 {count} 处", "{first}–{last} of {count}")
EARLIER = Text("上一组", "Previous")
LATER = Text("下一组", "Next")
MARKED = Text("下载标注后的 Excel", "Download the marked workbook")
LIST_CSV = Text("下载错误清单 CSV", "Download the errors as CSV")
