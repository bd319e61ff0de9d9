"""What is said of data as it was: as of a date, frozen periods, and what changed since."""

from __future__ import annotations

from gzdash.words import Text

# The control among the filters, and the mark under the title row.
AT = Text("当时", "As of")
NOW = Text("现在", "Now")
BACK = Text("回到现在", "Back to now")
DAY = Text("看到哪一天结束时为止", "As it stood at the end of this day")
RECENT = Text("或选一次最近的变动", "Or one of the latest events")
EVENT = Text("{time} · {event} · {who} · {what}", "{time} · {event} · {who} · {what}")
THEN = Text(
    "当时的数据：快照 {event}，{time}；不是现在的", "Data as it was: snapshot {event}, {time}; not as it is now"
)
SAME_AS_NOW = Text("快照 {event}，{time}：此后没有变动", "Snapshot {event}, {time}: nothing has happened since")
ACTS_ON_NOW = Text("本页的操作只作用于现在的数据", "What is done on this page acts on the data of now")
NOTHING_THEN = Text("那时还没有数据", "There was no data then")
NOTHING_THEN_REMEDY = Text("选一个更晚的日期，或回到现在。", "Choose a later day, or go back to now.")

KINDS: dict[str, Text] = {
    "commit": Text("导入 {id}", "import {id}"),
    "undo": Text("撤销导入 {id}", "import {id} undone"),
    "redo": Text("恢复导入 {id}", "import {id} put back"),
    "freeze": Text("冻结", "freeze"),
    "thaw": Text("解冻", "thaw"),
    "compact": Text("整理文件", "files compacted"),
}

# Frozen periods.
FROZEN_SAME = Text("已冻结（{name}，{who}，{day}），与现在一致", "Frozen ({name}, {who}, {day}); the same as now")
FROZEN_DIFFERS = Text(
    "已冻结（{name}），{count} 项与现在不同", "Frozen ({name}): {count} figures are not as they are now"
)
FROZEN_DRAWN = Text(
    "{period}，按当前筛选；{who}于{day}冻结，快照 {event}",
    "{period}, with the present filters; frozen by {who} on {day}, snapshot {event}",
)
AS_FROZEN = Text("冻结时", "As frozen")
CURRENT = Text("现在", "Now")
OPEN_FROZEN = Text("看冻结时的本页", "This page as frozen")
FREEZES = Text("冻结的时段", "Frozen periods")
FREEZES_DRAWN = Text("{standing} 个有效，{thawed} 个已解冻", "{standing} stand, {thawed} taken back")
NO_FREEZES = Text("还没有冻结的时段", "No period is frozen yet")
FREEZE = Text("冻结 {period}", "Freeze {period}")
FREEZE_HEAD = Text("冻结一个时段", "Freeze a period")
FREEZE_EXPLAINED = Text(
    "上报之后冻结：数字按此刻的样子留下名字，以后的更正照常进来，页面把两者并排显示。时段取自上面的筛选",
    "After figures were reported: they keep a name as they are now, corrections go on, and pages show both. The period "
    "is that of the filters above",
)
THAW = Text("解冻“{name}”", "Thaw “{name}”")
THAW_CHOICE = Text("{name} · {period} · 快照 {event}", "{name} · {period} · snapshot {event}")
CHOOSE_FREEZE = Text("要解冻的", "Freeze to take back")
FROZEN_NOW = Text("已冻结，快照 {event}。", "Frozen; snapshot {event}.")
THAWED_NOW = Text("已解冻，快照 {event}。", "Thawed; snapshot {event}.")
NAME = Text("名称", "Name")
NAME_HINT = Text("例如：2023年半年报", "such as: half-year report 2023")
PERIOD = Text("时段", "Period")
WHO = Text("操作人", "Who")
WHY = Text("原因", "Why")
TIME = Text("时间", "Time")
SNAPSHOT = Text("快照", "Snapshot")
STATE = Text("状态", "State")
STANDS = Text("有效", "stands")
THAWED_BY = Text("已解冻：{who}，{why}", "taken back by {who}: {why}")
LOOK = Text("打开", "Open")
SNAPSHOT_OF = Text("看冻结时的总览", "The overview as frozen")
SAY_ALL = Text("请填写名称、操作人和原因。", "Please say the name, who and why.")
SAY_WHO = Text("请填写操作人和原因。", "Please say who and why.")
CLOSED = Text("系统为只读，不能冻结或解冻。", "The system is read-only: nothing can be frozen or thawed.")

# What changed.
TITLE = Text("变动明细", "What changed")
SINCE = Text("从什么时候算起", "Since")
SINCE_VISIT = Text("上次查看：{time}，快照 {event}", "Last visit: {time}, snapshot {event}")
SINCE_USUAL = Text("最近 30 天：{time} 起，快照 {event}", "The last 30 days: since {time}, snapshot {event}")
CHANGED = Text("变动 {count}", "Changed {count}")
NEW = Text("新增 {count}", "New {count}")
CHANGED_DRAWN = Text(
    "从快照 {since}（{time}）到快照 {until}；当时已报的月份，现在不同的数。{shown}",
    "From snapshot {since} ({time}) to snapshot {until}: months that had been reported and are not as they were. {shown}",
)
NEW_DRAWN = Text(
    "从快照 {since}（{time}）到快照 {until}；当时还没有报的月份，不算变动。{shown}",
    "From snapshot {since} ({time}) to snapshot {until}: months that had not been reported then; no restatements. {shown}",
)
SHOWN_ALL = Text("共 {count} 行", "{count} rows")
SHOWN_SOME = Text("共 {count} 行，显示 {shown} 行", "{count} rows, {shown} shown")
NONE_CHANGED = Text(
    "从快照 {since}（{time}）到快照 {until}，所选范围内没有{what}",
    "From snapshot {since} ({time}) to snapshot {until} nothing in this selection {what}",
)
NONE_WHAT: dict[bool, Text] = {False: Text("变动", "changed"), True: Text("新增", "is new")}
METRIC = Text("指标", "Metric")
MONTH = Text("月份", "Month")
UNIT = Text("单位", "Unit")
BEFORE = Text("原来", "Before")
AFTER = Text("现在", "After")
DIFFERENCE = Text("差", "Difference")
OF_THIS = Text("其中本次", "Made by this")
BY = Text("由哪次", "Which event")
FILE = Text("文件", "File")
BEFORE_NUMERATOR = Text("原来的分子", "Numerator before")
BEFORE_DENOMINATOR = Text("原来的分母", "Denominator before")
AFTER_NUMERATOR = Text("现在的分子", "Numerator after")
AFTER_DENOMINATOR = Text("现在的分母", "Denominator after")
RATIO_UNIT = Text("比率", "ratio")
EXACT = Text(
    "每行是一个指标在一个月里因一次导入、撤销或恢复而变的部分；同一指标同月各行“其中本次”相加，正好等于“差”。",
    "A row is what one import, undo or putting back did to one metric in one month; over the rows of a metric and "
    "month, “Made by this” adds up to “Difference” exactly.",
)

# One line on the overview.
LINE_VISIT = Text(
    "自上次查看（{day}）以来：{months} 个月份的 {metrics} 个指标有变动，最大：{largest}",
    "Since your last visit ({day}): {metrics} metrics changed in {months} months; most of all {largest}",
)
LINE_USUAL = Text(
    "自 {day} 以来：{months} 个月份的 {metrics} 个指标有变动，最大：{largest}",
    "Since {day}: {metrics} metrics changed in {months} months; most of all {largest}",
)
LARGEST = Text("{month}{metric} {difference}", "{metric}, {month}: {difference}")
# The same in the title row, where the line above is shown on pointing.
SHORT_VISIT = Text("上次查看以来 {metrics} 项指标有变动", "{metrics} metrics changed since your last visit")
SHORT_USUAL = Text("近 30 天 {metrics} 项指标有变动", "{metrics} metrics changed in 30 days")
