"""Employment: posts, hires, events, member units and training bases, side by side and never one total."""

from __future__ import annotations

from gzdash.metrics.declaration import Metric, Part
from gzdash.metrics.subject import ACTIVITIES, JOBS, TRAINING
from gzdash.units import EVENTS, MEMBER_UNITS, ORGANIZATIONS, PERSON_TIMES, PERSONS, POSTS, RATIO
from gzdash.words import Text

_OWN_GRADUATE = "source = 'organization' AND audience = 'graduates'"

EMPLOYMENT: tuple[Metric, ...] = (
    Metric(
        "jobs_posted",
        Text("发布岗位", "Jobs posted"),
        Text(
            "社会组织自身面向高校毕业生发布的岗位，按人数计。不含会员单位的岗位。",
            "Posts that organizations themselves offer to graduates, in headcount. Member units' posts are not in it.",
        ),
        "employment",
        JOBS,
        Part("sum(posts)", _OWN_GRADUATE),
        POSTS,
        formula=Text("合计（发布岗位）", "Sum of posts"),
    ),
    Metric(
        "graduates_hired",
        Text("实际招聘", "Graduates hired"),
        Text(
            "社会组织自身面向高校毕业生发布岗位后，实际录用并填报的人数。不含会员单位的录用。",
            "Graduates that organizations themselves hired and reported. Hires of member units are not in it.",
        ),
        "employment",
        JOBS,
        Part("sum(hires)", _OWN_GRADUATE),
        PERSONS,
        formula=Text("合计（实际招聘）", "Sum of hires"),
    ),
    Metric(
        "fill_rate",
        Text("招聘率", "Fill rate"),
        Text(
            "同一时段的实际招聘除以发布岗位。录用可能来自以前月份的岗位，所以单月可以超过 100 %。",
            "Hires divided by posts of the same period. People may be hired for posts of earlier months, so a month can exceed 100 %.",
        ),
        "employment",
        JOBS,
        Part("sum(hires)", _OWN_GRADUATE),
        RATIO,
        denominator=Part("sum(posts)", _OWN_GRADUATE),
        halves_unit=PERSONS,
        denominator_unit=POSTS,
        formula=Text("实际招聘 ÷ 发布岗位", "Hires ÷ posts"),
    ),
    Metric(
        "member_jobs_posted",
        Text("会员单位岗位", "Member units' jobs"),
        Text(
            "会员单位面向高校毕业生发布的岗位，按人数计。未报招聘数，所以没有招聘率，也不与社会组织的岗位相加。",
            "Posts that member units offer to graduates, in headcount. Their hires are not reported, so there is no fill rate, and they are never added to the organizations' own posts.",
        ),
        "employment",
        JOBS,
        Part("sum(posts)", "source = 'member_unit' AND audience = 'graduates'"),
        POSTS,
        formula=Text("合计（会员单位发布岗位）", "Sum of member units' posts"),
    ),
    Metric(
        "member_units_mobilised",
        Text("带动会员单位", "Member units mobilised"),
        Text(
            "社会组织带动参与促就业的会员单位数，按填报相加，未去重：一家企业可能属于几个协会。",
            "Member units that organizations brought into the employment drive, added as reported and not de-duplicated: a firm may belong to several associations.",
        ),
        "employment",
        JOBS,
        Part("sum(member_units_mobilised)"),
        MEMBER_UNITS,
        formula=Text("合计（带动会员单位）", "Sum of member units mobilised"),
    ),
    Metric(
        "employment_events",
        Text("服务活动", "Employment events"),
        Text(
            "社会组织牵头的就业服务活动场次，每场由牵头组织计一次。",
            "Employment service events, each counted once, by its lead.",
        ),
        "employment",
        ACTIVITIES,
        Part("count(*)", "kind = 'employment_service'"),
        EVENTS,
        formula=Text("计数（就业服务活动）", "Count of employment service events"),
    ),
    Metric(
        "event_participants",
        Text("活动参加人次", "Event participants"),
        Text(
            "就业服务活动的参加人次，一人参加几场计几次。",
            "Person-times at employment events; a person at several events counts several times.",
        ),
        "employment",
        ACTIVITIES,
        Part("sum(participants)", "kind = 'employment_service'"),
        PERSON_TIMES,
        formula=Text("合计（参加人次）", "Sum of participants"),
    ),
    Metric(
        "training_employed",
        Text("实训基地就业", "Placed by training bases"),
        Text(
            "经实训基地就业的人数，按月新增相加，与岗位和招聘分开。",
            "People placed in jobs through training bases, new ones per month; kept apart from posts and hires.",
        ),
        "employment",
        TRAINING,
        Part("sum(employed)"),
        PERSONS,
        formula=Text("合计（就业人数）", "Sum of people placed"),
    ),
    Metric(
        "trainees",
        Text("实训人数", "Trainees"),
        Text("实训基地新入训的人数。", "People who began at training bases."),
        "employment",
        TRAINING,
        Part("sum(trainees)"),
        PERSONS,
        formula=Text("合计（在训人数）", "Sum of trainees"),
    ),
    Metric(
        "organizations_posting",
        Text("发布岗位的组织", "Organizations posting jobs"),
        Text(
            "时段内至少发布一个毕业生岗位的社会组织数，去重。",
            "Organizations that offered at least one post to graduates in the period, each counted once.",
        ),
        "employment",
        JOBS,
        Part("count(DISTINCT organization)", f"{_OWN_GRADUATE} AND posts > 0", is_distinct=True),
        ORGANIZATIONS,
        formula=Text("去重计数（组织）", "Distinct organizations"),
    ),
)
