"""What panels say that are not full: empty, failed."""

from __future__ import annotations

from gzdash.words import Text

NOBODY_DUE = Text(
    "这类数据没有应报名单，所选时段和筛选之内没有记录。",
    "Nobody is listed as due to report this, and nothing was recorded in this period with these filters.",
)
ALL_SILENT = Text("应报 {due} 家，均未报。", "Of {due} organizations due to report, none did.")
NOT_AMONG = Text(
    "应报 {due} 家，已报 {reported} 家，报来的里面没有这一项。",
    "Of {due} organizations due, {reported} reported; this is not among what they reported.",
)
SEE_ALL = Text("不按{name}筛选", "Without the filter “{name}”")
SEE_PERIOD = Text("看{period}", "See {period}")
SEE_SILENT = Text("看未报名单（{count} 家）", "See who is silent ({count})")
ORGANIZATIONS = Text("组织", "Organization")

TOTAL = Text("合计", "Total")
WHOLE = Text("全部", "All")
MORE_ROWS = Text("其余 {count} 行，展开", "Show the other {count} rows")
CHANGE = Text("增减", "Change")
SHARE_OF_CHANGE = Text("占增减", "Of the change")

WENT_WRONG = Text("这一块没有画出来", "This panel could not be drawn")
WENT_WRONG_REMEDY = Text(
    "数据没有改动。请把编号告诉管理员，服务器日志里有详情。",
    "No data was changed. Give the code to the administrator; the server's log has the details.",
)
OTHERS_GO_ON = Text("其余各块不受影响。", "The other panels are not affected.")
AGAIN = Text("重试", "Try again")
EARLIER = Text("看快照 {event}", "See snapshot {event}")
COPY_CODE = Text("复制编号 {code}", "Copy the code {code}")
