"""What is said of possible duplicates: why two reports are suspected, what a merge changes, and what was decided."""

from __future__ import annotations

from gzdash.words import Text

BOTH = Text("合计与去重", "Gross and de-duplicated")
BOTH_DRAWN = Text(
    "合计含已合并的重复填报；去重是各页所用的数",
    "Gross includes reports merged away; every page shows the de-duplicated",
)
METRIC = Text("指标", "Metric")
GROSS = Text("合计", "Gross")
NET = Text("去重", "De-duplicated")
MERGED_OUT = Text("已去除", "Taken out")
OPEN = Text("待判断（组）", "To decide (groups)")

LIST = Text("疑似重复", "Possible duplicates")
LIST_DRAWN = Text(
    "{count} 组，列出 {shown} 组；把握大的在前。只有人能合并",
    "{count} groups, {shown} listed, the strongest first; only a person merges",
)
NONE = Text(
    "所选范围没有待判断的疑似重复", "Nothing in this selection is reported alike by two organizations and undecided"
)
SHOW = Text("把握", "Strength")
NO = Text("组", "Group")
TABLE = Text("报表", "Table")
STRENGTH = Text("把握", "Strength")
WHY_SUSPECTED = Text("为什么疑似", "Why suspected")
ORGANIZATION = Text("社会组织", "Organization")
DAY = Text("日期", "Date")
AMOUNT = Text("金额（元）或场次", "Yuan, or events")
ORIGIN = Text("出处", "Origin")
IDENTITY = Text("记录", "Report")

STRENGTHS: dict[str, Text] = {
    "strong": Text("强", "strong"),
    "likely": Text("较强", "likely"),
    "possible": Text("一般", "possible"),
    "weak": Text("弱", "weak"),
}
STRENGTH_FIRST = Text("{strength}：", "{strength}: ")
SAME_NUMBER = Text("编号相同", "same number")
SAME_DAY: dict[str, Text] = {
    "financing": Text("同日、同阶段、同金额", "same day, stage and amount"),
    "activities": Text("同日、同类、同地、参加数相同", "same day, kind, place and attendance"),
    "aid": Text("同日、同形式、同阶段、同金额", "same day, form, stage and amount"),
    "aid_projects": Text("同日启动、同县、同计划投入", "same start, county and planned amount"),
}
OFTEN = Text("；同样的还有 {often} 条", "; {often} more are so on other days")
DIFFERS = Text("；另有 {count} 项不同", "; {count} further details differ")
ROWS = Text("（{rows} 行）", " ({rows} rows)")
FROM_IMPORT = Text("导入 {id} · {file} · {sheet} · 第 {row} 行", "import {id} · {file} · {sheet} · row {row}")

DECIDE = Text("判断一组", "Decide on a group")
DECIDE_DRAWN = Text(
    "合并后只计保留的一条，其余留在合计里；决定可以撤销", "After a merge only the one kept counts; it can be taken back"
)
CHOOSE_GROUP = Text("哪一组", "Which group")
GROUP_CHOICE = Text("{no} · {table} · {day} · {amount} · {strength}", "{no} · {table} · {day} · {amount} · {strength}")
VERDICT = Text("判断", "Decision")
VERDICTS: dict[str, Text] = {
    "merge": Text("是同一件事，合并", "the same, merge"),
    "distinct": Text("不是同一件事", "not the same"),
}
KEEP = Text("保留哪一条", "Which one to keep")
KEEP_CHOICE = Text("{name} · {number}", "{name} · {number}")
WHO = Text("决定人", "Who")
WHY = Text("理由", "Reason")
WHY_HINT = Text("如 两家已核对合同，是同一笔", "Such as: both checked the contract, it is one")
COMMIT: dict[str, Text] = {
    "merge": Text("合并", "Merge"),
    "distinct": Text("记为不是同一件事", "Record as not the same"),
}
DONE = Text("决定已记下。", "The decision is recorded.")
FORESEEN = Text("合并后的数字", "The figures after the merge")
FORESEEN_DRAWN = Text(
    "按 {period} 计，全市；在按下按钮之前什么都不改", "Over {period}, whole city; nothing changes before the button"
)
NO_CHANGE = Text("记为不是同一件事，数字不变", "Recorded as not the same, no figure changes")
BEFORE = Text("现在", "Now")
AFTER = Text("合并后", "After")
CHANGE = Text("增减", "Change")

DECISIONS = Text("已做的决定", "Decisions taken")
DECISIONS_DRAWN = Text("{count} 条，不分时段；撤销后恢复原样", "{count}, of any period; an undo restores what was")
DECISION = Text("决定", "Decision")
KEPT = Text("保留", "Kept")
DROPPED = Text("另一条", "The other")
DECIDED_ON = Text("决定日期", "Decided on")
IMPORT = Text("导入编号", "Import")
HOLDS = Text("效力", "Effect")
HOLDING = Text("有效", "in force")
NOT_HOLDING = Text("保留的一条不在数据里，未生效", "no effect: what it keeps is not in the store")
TAKE_BACK = Text("撤销一个决定", "Take a decision back")
TAKE_BACK_DRAWN = Text("撤销后，那一组重新待判断", "The group is then open again")
CHOOSE_DECISION = Text("哪个决定", "Which decision")
DECISION_CHOICE = Text("导入 {id} · {decision} · {reason}", "Import {id} · {decision} · {reason}")
UNDO = Text("撤销决定", "Take it back")

DECIDED = Text(
    "已记下：导入 {id}，{count} 条。撤销用 undo {id}。",
    "Recorded: import {id}, {count} rows. `undo {id}` takes it back.",
)
WOULD = Text("试运行，没有写入；按 {period} 计。", "Dry run, nothing was written; figures over {period}.")
