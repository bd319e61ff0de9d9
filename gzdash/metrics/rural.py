"""Rural revitalisation: aid delivered in money and goods, projects, and who gives."""

from __future__ import annotations

from gzdash.metrics.declaration import Metric, Part
from gzdash.metrics.subject import AID, AID_GROSS, AID_PROJECTS, AID_PROJECTS_GROSS
from gzdash.units import ITEMS, ORGANIZATIONS, PERSON_TIMES, PROJECTS, RATIO, YUAN, Unit
from gzdash.words import Text

_DELIVERED = "stage = 'delivered'"
COUNTIES = Unit("counties", Text("个", "counties"))

RURAL: tuple[Metric, ...] = (
    Metric(
        "aid_value",
        Text("帮扶款物", "Aid delivered"),
        Text(
            "时段内到位的款和有折价的物合计。没有折价的物不计为 0，另列件数。承诺未到位的不计。",
            "Money and valued goods delivered in the period. Goods without a value are not counted as 0 but listed apart. Pledges not yet delivered are not in it.",
        ),
        "rural",
        AID,
        Part("sum(amount)", _DELIVERED),
        YUAN,
        formula=Text("合计（到位款＋物折价）", "Sum of money and valued goods delivered"),
    ),
    Metric(
        "aid_value_gross",
        Text("帮扶款物（合计）", "Aid delivered, gross"),
        Text(
            "含已合并的重复填报的到位款物，只与去重后的款物对照，不作成绩引用。",
            "Aid delivered with the duplicate reports that were merged; it stands beside the de-duplicated figure and is not quoted as a result.",
        ),
        "rural",
        AID_GROSS,
        Part("sum(amount)", _DELIVERED),
        YUAN,
        better="neither",
        formula=Text("合计（到位款＋物折价，未去重）", "Sum of money and valued goods delivered, duplicates included"),
    ),
    Metric(
        "aid_money",
        Text("帮扶款", "Aid in money"),
        Text("时段内到位的款。", "Money delivered in the period."),
        "rural",
        AID,
        Part("sum(amount)", f"{_DELIVERED} AND form = 'money'"),
        YUAN,
        formula=Text("合计（到位款）", "Sum of money delivered"),
    ),
    Metric(
        "aid_goods",
        Text("帮扶物（折价）", "Aid in goods"),
        Text("时段内到位且有折价的物。", "Goods delivered in the period, where a value is given."),
        "rural",
        AID,
        Part("sum(amount)", f"{_DELIVERED} AND form = 'goods'"),
        YUAN,
        formula=Text("合计（到位物折价）", "Sum of valued goods delivered"),
    ),
    Metric(
        "aid_goods_unvalued",
        Text("未折价的物", "Goods without a value"),
        Text(
            "时段内到位但没有折价的物的笔数；价值未知，不是 0。",
            "Deliveries of goods without a value; what they are worth is unknown, not 0.",
        ),
        "rural",
        AID,
        Part("count(*)", f"{_DELIVERED} AND form = 'goods' AND amount IS NULL"),
        ITEMS,
        better="neither",
        formula=Text("计数（无折价的物）", "Count of goods without a value"),
    ),
    Metric(
        "aid_pledged",
        Text("承诺款物", "Aid pledged"),
        Text(
            "时段内承诺的款物，与到位分开，不相加。",
            "Money and goods pledged in the period; kept apart from what was delivered.",
        ),
        "rural",
        AID,
        Part("sum(amount)", "stage = 'pledged'"),
        YUAN,
        formula=Text("合计（承诺款物）", "Sum of pledges"),
    ),
    Metric(
        "beneficiaries",
        Text("受益人次", "Beneficiaries"),
        Text(
            "到位款物的受益人次，按填报相加；一人受益几次计几次。",
            "Person-times reached by aid delivered; a person helped several times counts several times.",
        ),
        "rural",
        AID,
        Part("sum(beneficiaries)", _DELIVERED),
        PERSON_TIMES,
        formula=Text("合计（受益人次）", "Sum of beneficiaries"),
    ),
    Metric(
        "organizations_in_aid",
        Text("参与组织", "Organizations giving aid"),
        Text(
            "时段内有款物到位的社会组织数，去重；名录外的捐助单位不计。",
            "Organizations that delivered aid in the period, each counted once; givers outside the register are not in it.",
        ),
        "rural",
        AID,
        Part("count(DISTINCT giver)", _DELIVERED, is_distinct=True),
        ORGANIZATIONS,
        formula=Text("去重计数（捐助组织）", "Distinct giving organizations"),
    ),
    Metric(
        "counties_in_aid",
        Text("受援县", "Counties aided"),
        Text(
            "时段内有款物到位的县（市、区）数，去重。", "Counties that received aid in the period, each counted once."
        ),
        "rural",
        AID,
        Part("count(DISTINCT county)", _DELIVERED, is_distinct=True),
        COUNTIES,
        formula=Text("去重计数（县）", "Distinct counties"),
    ),
    Metric(
        "aid_projects",
        Text("帮扶项目", "Aid projects"),
        Text(
            "时段内启动的帮扶项目，同一编号计一次，由牵头组织归口。",
            "Aid projects started in the period; each number counts once, under its lead.",
        ),
        "rural",
        AID_PROJECTS,
        Part("count(*)"),
        PROJECTS,
        formula=Text("计数（启动的项目）", "Count of projects started"),
    ),
    Metric(
        "aid_projects_gross",
        Text("帮扶项目（合计）", "Aid projects, gross"),
        Text(
            "时段内启动的帮扶项目，两个牵头组织各报一次的计两次，含已合并的。",
            "Aid projects started in the period as reported: one that two leads report counts twice, those merged included.",
        ),
        "rural",
        AID_PROJECTS_GROSS,
        Part("count(*)"),
        PROJECTS,
        better="neither",
        formula=Text("计数（各牵头组织填报的项目）", "Count of projects, per lead that reports them"),
    ),
    Metric(
        "aid_projects_completed",
        Text("已完成项目", "Projects completed"),
        Text("时段内启动的项目中已完成的。", "Of the projects started in the period, those completed."),
        "rural",
        AID_PROJECTS,
        Part("count(*)", "state = 'completed'"),
        PROJECTS,
        formula=Text("计数（已完成项目）", "Count of completed projects"),
    ),
    Metric(
        "project_completion_rate",
        Text("项目完成率", "Project completion rate"),
        Text("时段内启动的项目中已完成的比重。", "Share of the projects started in the period that are completed."),
        "rural",
        AID_PROJECTS,
        Part("count(*)", "state = 'completed'"),
        RATIO,
        denominator=Part("count(*)"),
        halves_unit=PROJECTS,
        formula=Text("已完成项目 ÷ 启动的项目", "Completed ÷ started"),
    ),
    Metric(
        "aid_planned",
        Text("计划投入", "Planned amount"),
        Text(
            "时段内启动的项目的计划投入；未定的不计。",
            "Planned amounts of the projects started in the period, where set.",
        ),
        "rural",
        AID_PROJECTS,
        Part("sum(planned_amount)"),
        YUAN,
        better="neither",
        formula=Text("合计（计划投入）", "Sum of planned amounts"),
    ),
)
