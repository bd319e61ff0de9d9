"""What is said of data that look wrong: the five kinds, what each finding says, and what was dismissed."""

from __future__ import annotations

from gzdash.words import Text

COPIED = Text("月份照抄", "Copied months")
COPIED_MEANING = Text(
    "一个组织某月报的每一个数，都与自己以前某月的一样",
    "Every number of a month is that of an earlier month of the same organization",
)
COPIED_RULE = Text(
    "至少 {rows} 行；按泊松分布算，两个月碰巧全都一样、在全部比过的月份里也不到百分之一",
    "At least {rows} rows; by Poisson's law, chance makes such a pair less than once in a hundred among all pairs of months compared",
)
COPIED_HARMLESS = Text(
    "按固定名额或固定场次开展的工作，各月本来就一样", "Work with fixed places or fixed sessions is the same each month"
)
COPIED_SAID = Text(
    "这几个月的 {rows} 行、{numbers} 个数全都一样", "{rows} rows with {numbers} numbers are the same in these months"
)

ROUND = Text("整数扎堆", "Round-number heaps")
ROUND_MEANING = Text(
    "一个组织一年里、或一次导入里，整数远比别家的多，像是估的",
    "In a year of an organization, or in an import, round numbers are far more frequent than elsewhere, as if estimated",
)
ROUND_RULE = Text(
    "至少 {values} 个数，其中 {share} 以上是整数，且比别家高 {above} 个百分点以上；切尔诺夫界，按看过的个数校正后不到百分之一",
    "At least {values} numbers, {share} or more of them round and {above} points above all others; Chernoff's bound, corrected for how many were looked at, below one in a hundred",
)
ROUND_HARMLESS = Text(
    "按整数额度办理的业务，例如固定面额的贷款", "Business done in round amounts, such as loans of fixed size"
)
ROUND_SAID = Text(
    "{label}：{values} 个数里 {round} 个是 {power}的整倍数（{share}），别家 {others}",
    "{label}: {round} of {values} are multiples of {power} ({share}); elsewhere {others}",
)

JUMP = Text("数量级跳变", "Unit jumps")
JUMP_MEANING = Text(
    "一个数比本组织平常大得多或小得多，或一次导入整体比以前各月如此，像是单位写错",
    "A number far above or below what the organization usually reports, or a whole import against the months before, as if in another unit",
)
JUMP_RULE = Text(
    "平常 = 本组织同类数的中位数（至少 {values} 个）；差 {times} 倍以上，且超出自身离散程度的 {widths} 倍",
    "Usual is the organization's median of such numbers, at least {values}; {times} times away or more, and beyond {widths} of its own spreads",
)
JUMP_HARMLESS = Text("确有特别大的一笔或一场", "One case or event may really be that large")
JUMP_SAID = Text(
    "{label}：{value}，平常 {usual}，{times}；{likely}", "{label}: {value}, usually {usual}: {times}; {likely}"
)
IMPORT_JUMP_SAID = Text(
    "整批{label}的中位数 {value}，以前各月 {usual}，{times}；{likely}",
    "middle of all {label} in the import {value}, in months before {usual}: {times}; {likely}",
)
# By whether it is money, then by powers of ten, then by whether the number is too large.
SLIPS: dict[bool, dict[int, dict[bool, Text]]] = {
    True: {
        2: {
            True: Text("像是多写了两位，或把元写成分", "it looks like two digits too many, or fen for yuan"),
            False: Text("像是少写了两位", "it looks like two digits too few"),
        },
        3: {
            True: Text("像是多写了三位，或多乘了一千", "it looks like three digits too many, or thousands taken twice"),
            False: Text("像是把千元当元", "it looks like thousands of yuan taken for yuan"),
        },
        4: {
            True: Text("像是把元当万元", "it looks like yuan taken for 10,000 yuan"),
            False: Text("像是把万元当元", "it looks like 10,000 yuan taken for yuan"),
        },
        8: {
            True: Text("像是把元当亿元", "it looks like yuan taken for 100 million yuan"),
            False: Text("像是把亿元当元", "it looks like 100 million yuan taken for yuan"),
        },
    },
    False: {
        2: {
            True: Text("像是多写了两位", "it looks like two digits too many"),
            False: Text("像是少写了两位", "it looks like two digits too few"),
        },
        3: {
            True: Text("像是多写了三位", "it looks like three digits too many"),
            False: Text("像是少写了三位", "it looks like three digits too few"),
        },
        4: {
            True: Text("像是把个数当万", "it looks like units taken for tens of thousands"),
            False: Text("像是把万当个数", "it looks like tens of thousands taken for units"),
        },
        8: {
            True: Text("像是把个数当亿", "it looks like units taken for hundreds of millions"),
            False: Text("像是把亿当个数", "it looks like hundreds of millions taken for units"),
        },
    },
}
TIMES = Text("是平常的 {times} 倍", "{times} times as much")
PART_OF = Text("是平常的 {times} 分之一", "1/{times} of it")

HIRED = Text("招聘多于岗位", "Hired above posted")
HIRED_MEANING = Text(
    "一个组织几个月里招到的人，比发布的岗位还多",
    "Over some months an organization hired more people than it posted jobs",
)
HIRED_RULE = Text(
    "连续 {months} 个月合计，多出 {excess} 人以上，按泊松分布碰巧如此不到十分之一；同一批岗位不会如此，跨月可能，所以只是提醒",
    "Over {months} months in a row, {excess} people or more, and by Poisson's law less than one in ten; within one cohort this cannot be, across months it may, so it is a warning",
)
HIRED_HARMLESS = Text(
    "更早发布的岗位这几个月才招满，或岗位漏报", "Posts of months before were filled late, or posts were left out"
)
HIRED_SAID = Text(
    "{period}招聘 {hired} 人，岗位 {posted} 个，多 {excess} 人（{group}）",
    "{period}: {hired} hired, {posted} posted, {excess} more ({group})",
)

SILENT = Text("不再报送", "Gone silent")
SILENT_MEANING = Text(
    "一个组织原来按时报，后来接连几次应报未报",
    "An organization used to report, and has sent nothing for several due reports since",
)
SILENT_RULE = Text(
    "沉默前应报至少 {before} 次、报了 {share} 以上；按它原来的漏报率，碰巧连着不报、在全部组织里也不到百分之一",
    "At least {before} reports due before the silence and {share} or more received; at its own rate of missing, chance makes such a run less than once in a hundred among all organizations",
)
SILENT_HARMLESS = Text(
    "已停止活动、正在注销，或换了报送渠道", "It has stopped, is being dissolved, or reports through another channel"
)
SILENT_SAID = Text(
    "{table}：此前应报 {before} 次、报了 {received} 次，之后连续 {missing} 次没有报",
    "{table}: {received} of {before} due reports received before, none of {missing} since",
)
OF_GROUP = Text("{label}（{group}）", "{label} ({group})")

COUNTS = Text("按类别", "By kind")
COUNTS_DRAWN = Text(
    "每一类看什么、按什么规则、什么情况下没有问题", "What each kind looks for, by which rule, and when nothing is wrong"
)
KIND = Text("类别", "Kind")
FOUND = Text("待核对", "To check")
DISMISSED_COUNT = Text("已排除", "Dismissed")
MEANING = Text("看什么", "What it looks for")
RULE = Text("规则", "Rule")
HARMLESS = Text("也可能没问题", "When it is harmless")

LIST = Text("数据疑点", "What looks wrong")
LIST_DRAWN = Text(
    "{count} 条，列出 {shown} 条；把握大的在前。疑点不等于错误，数字一概不改",
    "{count} findings, {shown} listed, the strongest first; a finding is no proof, and no figure is changed",
)
NONE = Text("所选范围没有待核对的疑点", "Nothing in this selection looks wrong and is left to check")
SHOW = Text("类别", "Kind")
NO = Text("序号", "No.")
STRENGTH = Text("把握", "Strength")
STRENGTHS: dict[str, Text] = {
    "strong": Text("强", "strong"),
    "likely": Text("较强", "likely"),
    "possible": Text("一般", "possible"),
}
TABLE = Text("报表", "Table")
HOLDER = Text("组织或导入", "Organization or import")
OF_IMPORT = Text("导入 {id}", "import {id}")
MONTHS = Text("月份", "Months")
WHAT = Text("疑点", "What was found")
KEY = Text("代号", "Key")

LOOK = Text("核对一条", "Check one")
LOOK_DRAWN = Text("它的各行在哪个文件、哪张表、哪一格", "Its rows: which file, sheet and cell each stands in")
CHOOSE = Text("哪一条", "Which one")
CHOICE = Text("{no} · {kind} · {holder} · {period}", "{no} · {kind} · {holder} · {period}")
VALUE = Text("数", "Number")
FILE = Text("文件", "File")
SHEET = Text("工作表", "Sheet")
CELL = Text("单元格", "Cell")
RAW = Text("原样", "As written")
ORGANIZATION = Text("社会组织", "Organization")
MAY_BE = Text(
    "也可能没问题：{harmless}。{count} 行，列出 {shown} 行",
    "When it is harmless: {harmless}. {count} rows, {shown} listed",
)
ALL_ROWS = Text("列出全部", "List all of them")
ROWS = Text("这一条的各行", "Rows of this finding")

WHO = Text("核对人", "Who")
WHY = Text("排除的理由", "Reason to dismiss it")
WHY_HINT = Text("如 已电话核实，固定名额", "Such as: confirmed by phone, places are fixed")
DISMISS = Text("排除这一条", "Dismiss it")
DISMISS_NOTE = Text(
    "排除只是不再列出，不改任何数字；它的数字一变，会重新列出。",
    "Dismissing only takes it off the list and changes no figure; it comes back when its numbers change.",
)
DONE = Text("已排除，理由已记下。", "Dismissed, and the reason is kept.")
DISMISSED = Text("已排除的疑点", "Dismissed findings")
DISMISSED_DRAWN = Text(
    "{count} 条，不分时段；撤销后重新列出", "{count}, of any period; an undo puts them on the list again"
)
DISMISSED_ON = Text("排除日期", "Dismissed on")
REASON = Text("理由", "Reason")
IMPORT = Text("导入编号", "Import")
HOLDS = Text("效力", "Effect")
HOLDING = Text("有效", "in force")
NOT_HOLDING = Text("数字已变，已不适用", "its numbers have changed since")
TAKE_BACK = Text("撤销一次排除", "Take a dismissal back")
TAKE_BACK_DRAWN = Text("撤销后，那一条重新列出", "The finding is then listed again")
CHOOSE_DISMISSED = Text("哪一条", "Which one")
DISMISSED_CHOICE = Text("导入 {id} · {kind} · {reason}", "Import {id} · {kind} · {reason}")
UNDO = Text("撤销排除", "Take it back")

RECORDED = Text(
    "已排除：导入 {id}。撤销用 undo {id}。",
    "Dismissed: import {id}. `undo {id}` takes it back.",
)
