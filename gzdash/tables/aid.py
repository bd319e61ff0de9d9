"""Rural revitalisation: projects, and the money and goods given to them."""

from __future__ import annotations

from gzdash.tables.declaration import COUNTY, PARTNERS, PROGRAMME, TOWN, TRUTH, Column, Rule, Table
from gzdash.units import PERSON_TIMES, YUAN
from gzdash.words import Text

# A prefecture or a group may stand where the county is not known; a town given by name is not judged.
TOWN_IN_COUNTY = Rule(
    "town-outside-county",
    "town",
    "regexp_full_match(town, '44[0-9]{7}') AND county NOT IN (left(town, 6), left(town, 4) || '00') "
    "AND county LIKE '44%' AND county <> town",
    Text("镇不在所填的县（市、区）。", "The town does not lie in the county given."),
    Text("核对镇代码和县（市、区）。", "Check the town's code and the county."),
)

AID_PROJECTS = Table(
    "aid_projects",
    Text("帮扶项目", "Aid projects"),
    Text("一个项目一行，由牵头组织填报一次。", "One row per project, reported once, by its lead."),
    (
        Column("project", Text("项目编号", "Project number"), "text", Text("全市唯一。", "Unique."), required=True),
        Column(
            "title",
            Text("项目名称", "Title"),
            "text",
            Text("不写个人姓名。", "Without names of persons."),
            required=True,
        ),
        Column(
            "lead",
            Text("牵头组织代码", "Lead's credit code"),
            "organization",
            Text("一个项目只有一个牵头组织。", "A project has one lead."),
            required=True,
        ),
        PARTNERS,
        PROGRAMME,
        Column(
            "theme", Text("主题", "Theme"), "code", Text("按主要内容选一项。", "By its main content."), codes="theme"
        ),
        COUNTY,
        TOWN,
        Column(
            "planned_amount",
            Text("计划投入", "Planned amount"),
            "money",
            Text("款物合计，未定留空。", "Money and goods together; empty when not set."),
            unit=YUAN,
            least=0,
        ),
        Column(
            "start", Text("开始日期", "Start"), "date", Text("启动日期。", "Day it started."), required=True, ahead=10
        ),
        Column("end", Text("完成日期", "End"), "date", Text("未完成留空。", "Empty until completed."), ahead=10),
        Column(
            "state",
            Text("状态", "State"),
            "code",
            Text("计划中、实施中或已完成。", "Planned, under way or completed."),
            codes="project_state",
            required=True,
        ),
        TRUTH,
    ),
    owner=("lead",),
    time="start",
    unique=("project",),
    rules=(
        TOWN_IN_COUNTY,
        Rule(
            "end-before-start",
            "end",
            '"end" < "start"',
            Text("完成日期早于开始日期。", "It ended before it started."),
            Text("核对两个日期。", "Check both dates."),
        ),
    ),
)

AID = Table(
    "aid",
    Text("帮扶款物台账", "Aid"),
    Text(
        "一笔款或一批物一行；承诺与到位分开，款与物分开。",
        "One row per gift of money or goods; pledged and delivered apart, money and goods apart.",
    ),
    (
        Column(
            "date", Text("日期", "Date"), "date", Text("承诺或到位的日期。", "Day pledged or delivered."), required=True
        ),
        Column(
            "project",
            Text("项目编号", "Project number"),
            "text",
            Text("不属于项目的留空。", "Empty outside a project."),
        ),
        Column(
            "giver",
            Text("捐助组织代码", "Giver's credit code"),
            "organization",
            Text("名录内的社会组织。", "An organization of the register."),
        ),
        Column(
            "giver_name",
            Text("名录外捐助单位", "Giver outside the register"),
            "text",
            Text("单位名称，不写个人姓名。", "An institution's name, never a person's."),
        ),
        COUNTY,
        TOWN,
        Column(
            "form", Text("形式", "Form"), "code", Text("款或物。", "Money or goods."), codes="aid_form", required=True
        ),
        Column(
            "amount",
            Text("金额或折价", "Amount or value"),
            "money",
            Text("物没有折价的留空，不填 0。", "Empty for goods without a value, not 0."),
            unit=YUAN,
            least=0,
        ),
        Column(
            "stage",
            Text("阶段", "Stage"),
            "code",
            Text("承诺或到位。", "Pledged or delivered."),
            codes="aid_stage",
            required=True,
        ),
        Column(
            "beneficiaries",
            Text("受益人次", "Beneficiaries"),
            "integer",
            Text("只报人次，不报姓名。", "A count only, never names."),
            unit=PERSON_TIMES,
            least=0,
        ),
        TRUTH,
    ),
    owner=("giver", "giver_name"),
    time="date",
    monthly_files=True,
    rules=(
        TOWN_IN_COUNTY,
        Rule(
            "one-giver",
            "giver",
            "(giver IS NULL) = (giver_name IS NULL)",
            Text(
                "捐助组织代码与名录外单位须填且只填一个。",
                "Exactly one of the giver's code and the outside name is needed.",
            ),
            Text("名录内填代码，名录外填名称。", "Give the code if it is in the register, else the name."),
        ),
        Rule(
            "money-without-amount",
            "amount",
            "form = 'money' AND amount IS NULL",
            Text("款没有金额。", "Money without an amount."),
            Text("填写金额；物没有折价才可留空。", "Give the amount; only goods may be without one."),
        ),
    ),
)
