"""What is said of coverage: who reported, who is silent or late, and that a figure is provisional."""

from __future__ import annotations

from gzdash.words import Text

# Under the figure of a card, and at the right of its name where there is less room.
REPORTED_OF = Text("已报 {reported}/{due} 家", "{reported}/{due} reported")
REPORTED_SHARE = Text("已报 {share}", "{share} in")
COVERED = Text("已报 {reported} / 应报 {due} 家（{share}）", "{reported} of {due} organizations reported ({share})")
SILENT_HELD = Text(
    "；未报的 {silent} 家去年同期有 {held}（占 {share}）",
    "; the {silent} silent had {held} a year ago ({share} of the whole)",
)
SILENT_HELD_NOTHING = Text("；未报的 {silent} 家去年同期为 0", "; the {silent} silent had 0 a year ago")
SILENT = Text("；{silent} 家未报", "; {silent} are silent")
# Of a part of a figure for which nobody can say who should have reported it alone.
OF_THE_WHOLE = Text("所选范围合计：{said}", "of the whole selection: {said}")
NO_LIST = Text("无应报名单", "no list of who should report")

PROVISIONAL = Text("暂定", "Provisional")
PROVISIONAL_SHARE = Text("{share} 已报", "{share} reported")
PROVISIONAL_LAST = Text("{month} {share} 已报", "{share} in for {month}")
PROVISIONAL_WHY = Text(
    "{period}只有 {share} 的组织已报，数字暂定，暂不与去年比较",
    "{period}: only {share} of the organizations reported; provisional, not compared with last year",
)

UNREPORTED = Text("{period}尚未报送", "{period} not in yet")
UNREPORTED_WHY = Text(
    "{period}在快照之日尚未报送，暂不与去年比较",
    "{period}: not yet reported on the day of the snapshot, so not compared with last year",
)

LISTS = Text(
    "有应报名单的报表：{tables}；点开看迟报名单", "Reports due are listed for: {tables}; opens the late reporters"
)

BY_DISTRICT = Text("应报与已报，分区", "Due and reported, by district")
BY_TYPE = Text("应报与已报，分组织类型", "Due and reported, by organization type")
BARS_DRAWN = Text(
    "空心为应报，实心为已报，家，去重", "Hollow is due, solid is reported; organizations, each counted once"
)
COUNTED_ONCE = Text("组织去重，家", "Organizations, each counted once")
LOWEST = Text("{name}填报率最低，{share}", "Lowest coverage: {name}, {share}")
SILENT_COLUMN = Text("未报组织", "Silent organizations")
SHARE_SHORT = Text("填报率", "Coverage")
HALVES_SHORT = Text("已报/应报", "Reported/due")
DUE = Text("应报", "Due")
REPORTED = Text("已报", "Reported")
SHARE_PER_CENT = Text("填报率（%）", "Coverage (%)")
SILENT_SHORT = Text("未报", "Silent")

LIST = Text("迟报名单", "Late reporters")
LIST_DRAWN = Text(
    "到 {day} 未报或迟报的组织，共 {count} 家，显示 {shown} 家；点列名可排序",
    "Silent or late by {day}: {count} in all, {shown} shown; a column's head sorts",
)
NOT_YET_DUE = Text(
    "另有 {reports} 份报表在快照之日（{day}）尚未到期，不算迟报。",
    "Another {reports} reports were not yet due on the day of the snapshot ({day}); they are not late.",
)
NOBODY_LATE = Text("到 {day} 没有未报或迟报的组织", "By {day} nobody is silent or late")

ORGANIZATION = Text("社会组织", "Organization")
CODE = Text("统一社会信用代码", "Unified social credit code")
DISTRICT = Text("所在区", "District")
TYPE = Text("组织类型", "Type")
STATE = Text("情况", "State")
REPORTS_DUE = Text("应报份数", "Reports due")
REPORTS_MISSING = Text("未报份数", "Not received")
MONTHS_MISSING = Text("未报月份", "Months not received")
LAST_RECEIVED = Text("最近报来的月份", "Last month received")
REPORTS_LATE = Text("迟报份数", "Received late")
DAYS_LATE = Text("最多迟报天数", "Days late at most")
STATES: dict[str, Text] = {
    "silent": Text("一份未报", "nothing received"),
    "partly": Text("部分未报", "part received"),
    "late": Text("迟报", "received late"),
}
