"""Industry: activities on the 6+X platforms, the needs that visits raise, and financing."""

from __future__ import annotations

from gzdash.tables.declaration import PARTNERS, PROGRAMME, TRUTH, Column, Rule, Table
from gzdash.units import FIRM_TIMES, PERSON_TIMES, YUAN
from gzdash.words import Text

ACTIVITIES = Table(
    "activities",
    Text("活动台账", "Activities"),
    Text("一场活动一行，由牵头组织填报一次。", "One row per activity, reported once, by its lead."),
    (
        Column("date", Text("日期", "Date"), "date", Text("开始日期。", "First day."), required=True),
        Column(
            "lead",
            Text("牵头组织代码", "Lead's credit code"),
            "organization",
            Text("统一社会信用代码。", "Unified social credit code."),
            required=True,
        ),
        PARTNERS,
        PROGRAMME,
        Column(
            "mechanism",
            Text("6+X 平台", "6+X platform"),
            "code",
            Text("七类平台之一。", "One of the seven platforms."),
            codes="mechanism",
        ),
        Column(
            "kind",
            Text("活动类别", "Kind"),
            "code",
            Text("按主要内容选一项。", "By its main content."),
            codes="activity_kind",
            required=True,
        ),
        Column(
            "chain",
            Text("产业链", "Chain"),
            "code",
            Text("留空时取牵头组织的主产业链。", "When empty, the lead's primary chain counts."),
            codes="chain",
        ),
        Column(
            "region",
            Text("活动地", "Region"),
            "code",
            Text("行政区划代码；广州市内可填区。", "Region code; districts of Guangzhou may be given."),
            codes="region",
        ),
        Column(
            "firms",
            Text("参加企业", "Firms"),
            "integer",
            Text("家次，未去重。", "Firm-times, not de-duplicated."),
            unit=FIRM_TIMES,
            least=0,
        ),
        Column(
            "participants",
            Text("参加人次", "Participants"),
            "integer",
            Text("人次。", "Person-times."),
            unit=PERSON_TIMES,
            least=0,
        ),
        Column("title", Text("活动名称", "Title"), "text", Text("不写个人姓名。", "Without names of persons.")),
        TRUTH,
    ),
    owner=("lead",),
    time="date",
    monthly_files=True,
)

NEEDS = Table(
    "needs",
    Text("诉求台账", "Needs"),
    Text("走百家访千社收集的诉求，一项一行。", "Needs raised on visits to organizations, one row each."),
    (
        Column("raised", Text("提出日期", "Raised"), "date", Text("收集日期。", "Day it was raised."), required=True),
        Column(
            "organization",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("提出诉求的组织。", "Organization that raised it."),
            required=True,
        ),
        Column(
            "category",
            Text("诉求类别", "Category"),
            "code",
            Text("按主要诉求选一项。", "By the main need."),
            codes="need_category",
            required=True,
        ),
        Column("resolved", Text("办结日期", "Resolved"), "date", Text("未办结留空。", "Empty while open.")),
        TRUTH,
    ),
    owner=("organization",),
    time="raised",
    rules=(
        Rule(
            "resolved-before-raised",
            "resolved",
            "resolved < raised",
            Text("办结日期早于提出日期。", "Resolved before it was raised."),
            Text("核对两个日期。", "Check both dates."),
        ),
    ),
)

FINANCING = Table(
    "financing",
    Text("产融对接台账", "Financing"),
    Text(
        "一笔融资的一个阶段一行：申请、授信、放款分开填，不相加。",
        "One row per stage of a case: applied, credit line and disbursed stand apart and are never added.",
    ),
    (
        Column("date", Text("日期", "Date"), "date", Text("该阶段发生的日期。", "Day of this stage."), required=True),
        Column(
            "case",
            Text("业务编号", "Case number"),
            "text",
            Text("同一笔业务各阶段用同一编号。", "The same through all stages of a case."),
            required=True,
        ),
        Column(
            "organization",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("撮合的社会组织。", "Organization that brought the parties together."),
            required=True,
        ),
        Column(
            "lender",
            Text("资金机构类别", "Lender kind"),
            "code",
            Text("机构类别，不写名称。", "Kind of institution, no names."),
            codes="lender",
        ),
        Column(
            "chain",
            Text("产业链", "Chain"),
            "code",
            Text(
                "企业所属；留空时取组织的主产业链。", "The firm's; when empty, the organization's primary chain counts."
            ),
            codes="chain",
        ),
        Column(
            "firm_size",
            Text("企业规模", "Firm size"),
            "code",
            Text("按国家划型标准。", "By the national size classes."),
            codes="firm_size",
        ),
        Column(
            "stage",
            Text("阶段", "Stage"),
            "code",
            Text("申请、授信或放款。", "Applied, credit line or disbursed."),
            codes="financing_stage",
            required=True,
        ),
        Column(
            "amount",
            Text("金额", "Amount"),
            "money",
            Text("该阶段的金额。", "Amount at this stage."),
            unit=YUAN,
            required=True,
            least=0,
        ),
        TRUTH,
    ),
    owner=("organization",),
    time="date",
    monthly_files=True,
)
