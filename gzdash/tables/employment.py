"""Employment: jobs posted and hired, and training bases."""

from __future__ import annotations

from gzdash.tables.declaration import MONTH, TRUTH, Column, Rule, Table
from gzdash.units import MEMBER_UNITS, PERSONS, POSTS
from gzdash.words import Text

JOBS = Table(
    "jobs",
    Text("岗位与招聘月报", "Jobs, monthly"),
    Text(
        "社会组织和会员单位每月发布的岗位与实际招聘，岗位按人数计。",
        "Posts offered and people hired each month by organizations and by their member units; posts are headcount.",
    ),
    (
        MONTH,
        Column(
            "organization",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("填报组织的代码。", "Code of the reporting organization."),
            required=True,
        ),
        Column(
            "source",
            Text("岗位来源", "Source of posts"),
            "code",
            Text(
                "组织自身的岗位还是会员单位的岗位；两者不相加。",
                "The organization's own posts or its member units'; the two are never added.",
            ),
            codes="job_source",
            required=True,
        ),
        Column(
            "audience",
            Text("面向人群", "Audience"),
            "code",
            Text("高校毕业生或其他求职者。", "Graduates or other jobseekers."),
            codes="audience",
            required=True,
        ),
        Column(
            "chain",
            Text("产业链", "Chain"),
            "code",
            Text("留空时取组织的主产业链。", "When empty, the organization's primary chain counts."),
            codes="chain",
        ),
        Column(
            "posts",
            Text("发布岗位", "Posts"),
            "integer",
            Text("招聘人数之和。", "Headcount offered."),
            unit=POSTS,
            required=True,
            least=0,
        ),
        Column(
            "hires",
            Text("实际招聘", "Hires"),
            "integer",
            Text("未掌握留空，没有招聘填 0。", "Empty when not known, 0 when nobody was hired."),
            unit=PERSONS,
            least=0,
        ),
        Column(
            "member_units_mobilised",
            Text("带动会员单位", "Member units mobilised"),
            "integer",
            Text("当月新带动的会员单位数，未去重。", "Member units mobilised in the month, not de-duplicated."),
            unit=MEMBER_UNITS,
            least=0,
        ),
        TRUTH,
    ),
    owner=("organization",),
    time="month",
    unique=("month", "organization", "source", "audience", "chain"),
    monthly_files=True,
    rules=(
        Rule(
            "hired-above-posted",
            "hires",
            "hires > posts",
            Text("实际招聘大于发布岗位，跨月可能成立。", "More hires than posts; across months that can be true."),
            Text("请核对，确认无误可提交。", "Please check; it can be committed."),
            warning=True,
        ),
    ),
)

TRAINING = Table(
    "training",
    Text("实训基地月报", "Training bases, monthly"),
    Text(
        "实训基地每月的在训人数与就业人数；不并入岗位与招聘。",
        "Trainees and people placed by training bases each month; not part of posts and hires.",
    ),
    (
        MONTH,
        Column(
            "base", Text("实训基地", "Training base"), "text", Text("基地名称。", "Name of the base."), required=True
        ),
        Column("school", Text("合作院校", "School"), "text", Text("不详留空。", "Empty when not known.")),
        Column(
            "organization",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("牵头组织的代码。", "Code of the leading organization."),
            required=True,
        ),
        Column(
            "trainees",
            Text("在训人数", "Trainees"),
            "integer",
            Text("当月新入训人数。", "People who began in the month."),
            unit=PERSONS,
            least=0,
        ),
        Column(
            "employed",
            Text("就业人数", "Placed in jobs"),
            "integer",
            Text("当月新就业人数，不是累计。", "People newly placed in the month, not cumulative."),
            unit=PERSONS,
            least=0,
        ),
        TRUTH,
    ),
    owner=("organization",),
    time="month",
    unique=("month", "base", "organization"),
)
