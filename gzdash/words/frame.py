"""What the frame says: navigation, filters, title row, footer, and the states of a page."""

from __future__ import annotations

from gzdash.words import Text

APP = Text("广州社会组织驾驶舱", "Guangzhou social organizations")

# In the bar: the English name must leave room for the switch on a phone.
BRAND = Text("广州社会组织驾驶舱", "GZ social organizations")

PAGES: dict[str, Text] = {
    "overview": Text("总览", "Overview"),
    "industry": Text("产业", "Industry"),
    "employment": Text("就业", "Employment"),
    "rural": Text("乡村振兴", "Rural revitalisation"),
    "organizations": Text("社会组织", "Organizations"),
    "programmes": Text("专项行动", "Programmes"),
    "published": Text("公开数据对照", "Published figures"),
    "catalogue": Text("指标口径", "Metrics"),
    "downloads": Text("数据下载", "Downloads"),
    "restatements": Text("数据变动", "Restatements"),
    "late": Text("迟报名单", "Late reporters"),
    "duplicates": Text("疑似重复", "Possible duplicates"),
    "suspicions": Text("数据疑点", "What looks wrong"),
    "imports": Text("数据导入", "Imports"),
}

# The pages whose figures stand beside last year's.
COMPARING = frozenset({"overview", "industry", "employment", "rural", "organizations", "programmes"})

# The page that names the filters of each of its tables itself.
EACH_TABLE_SAYS = frozenset({"downloads", "imports"})

# What stands in the bar: the bar is one line, so the longest names are shortened there.
BAR: dict[str, Text] = PAGES | {
    "rural": Text("乡村振兴", "Rural"),
    "published": Text("公开数据对照", "Published"),
}
# The pages of the staff stand together behind one word, so that the bar stays one line for those who read.
WORKBENCH = Text("工作台", "Workbench")
WORKBENCH_PAGES = frozenset({"restatements", "late", "duplicates", "suspicions", "imports"})

# What stands on the tab of the browser.
WINDOW = Text("{page} · {app}", "{page} · {app}")

DEMO = Text("演示数据", "Demo data")
DEMO_EXPLAINED = Text(
    "示例组织与示例数字，按公开数字校准，不构成印证。",
    "Invented organizations and figures, calibrated to the published totals; they prove nothing about them.",
)
COMPARED = Text("{period}，与去年同期相比", "{period}, against the same months last year")
AS_OF = Text("数据截至", "Data as of")
REPORTED = Text("已报 {reported} / 应报 {due} 家", "{reported} of {due} organizations reported")
NOTHING_DUE = Text("所选范围没有应报记录", "no reports due in this selection")

MORE_NOTICES = Text("另有 {count} 处无法识别。", "Another {count} could not be understood.")
COPY_LINK = Text("复制链接", "Copy link")
COPIED = Text("已复制", "Copied")
RESET = Text("恢复默认", "Reset")
DOWNLOAD_PAGE = Text("下载本页", "Download page")
DOWNLOAD_CSV = Text("下载 CSV", "Download CSV")
DOWNLOAD_TABLE = Text("下载本表 CSV（{rows} 行）", "Download this table, CSV ({rows} rows)")
AS_TABLE = Text("看成表格", "As a table")
REMOVE = Text("去掉{name}", "Remove {name}")

FROM = Text("从", "From")
TO = Text("到", "To")
CHOOSE_FILE = Text(
    "选择文件（.xlsx .xls ≤ 50 MB，.csv .tsv ≤ 128 MB）",
    "Choose a file (.xlsx .xls ≤ 50 MB, .csv .tsv ≤ 128 MB)",
)
CHOOSE = Text("请选择", "Choose")
SEVERAL = Text("{count} 项", "{count} chosen")
SEARCH_ORGANIZATION = Text("按名称或代码查找", "Find by name or code")
SEARCH_HINT = Text("输入两个字以上", "Two characters or more")
NO_MATCH = Text("没有找到", "Nothing found")
NOT_IN_REGISTER = Text("不在名录中", "not in the register")

DOES_NOT_APPLY = Text("不适用于本页的筛选：{names}。", "Filters that do not apply to this page: {names}.")
PARTLY_APPLIES = Text("{name}不影响：{metrics}。", "{name} does not change: {metrics}.")
AND_MORE = Text("{names}等 {count} 项", "{names} and others, {count} in all")

SOURCE = Text(
    "来源：社会组织填报，由市社会组织管理局汇总", "Source: reports by organizations, compiled by the Administration"
)
SNAPSHOT = Text("快照 {event}", "Snapshot {event}")
READING_KEY = Text(
    "空心为承诺或发布，实心为到位或完成；▲▼ 只表示增减",
    "Hollow is promised, solid is delivered; ▲▼ only say more or less",
)
CLASSIFIED = Text("本系统不得处理涉密信息", "This system must not process classified information")

BUILDING = Text("正在建立演示城市", "Building the demonstration city")
BUILDING_EXPLAINED = Text(
    "第一次启动要建立约 8,000 家示例组织的数据，约需半分钟。本页会自动刷新。",
    "The first start makes data for about 8,000 invented organizations; it takes about half a minute. This page refreshes itself.",
)
EMPTY_LAKE = Text("数据湖是空的", "The lake is empty")
EMPTY_LAKE_REMEDY = Text(
    "在“数据导入”页（或用 python -m gzdash import 文件 --table 表名）先导入社会组织名录，再导入月报。",
    "Import the register first, then the monthly reports: on the page of imports, or with "
    "`python -m gzdash import FILE --table TABLE`.",
)
WENT_WRONG = Text("这一页没有画出来", "This page could not be drawn")
WENT_WRONG_REMEDY = Text(
    "其余页面不受影响，数据没有改动。请把编号 {code} 告诉管理员，服务器日志里有详情。",
    "Other pages are not affected and no data was changed. Give the code {code} to the administrator; the server's log has the details.",
)
NO_ROWS = Text("所选范围没有记录，不等于 0", "No records in this selection, which is not the same as 0")
OPEN_APP = Text("请从首页进入", "Please open the dashboard's own address")

CURRENT = Text("当期", "period")
TO_DATE = Text("累计", "to date")
AT_DATE = Text("时点", "at date")
VERSUS = Text("比去年同期", "on last year")
NEW = Text("新增 {value}", "{value} new")
NO_COMPARISON = Text("去年同期无数据", "no data a year ago")
WAS_ZERO = Text("去年同期为 0", "0 a year ago")
SAME = Text("与去年同期持平", "same as last year")
NO_TARGET = Text("未设年度目标", "no yearly target set")
DUE_BY_NOW = Text("应到 {share}", "due {share}")
QUESTION = Text("看出处", "where it comes from")

MEANING = Text("含义", "Meaning")
FORMULA = Text("算法", "Formula")
SELECTED = Text("所选范围", "Selection")
VERSION = Text("数据版本", "Data version")
OWNER = Text("口径负责人", "Owner")
FILTERS_OBEYED = Text("适用的筛选", "Filters it obeys")
