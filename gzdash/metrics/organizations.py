"""Organizations: how many there are at a date, how they change, and who has reported."""

from __future__ import annotations

from gzdash.metrics.declaration import Metric, Part
from gzdash.metrics.subject import DISSOLUTIONS, FOUNDINGS, REGISTER, REGISTER_GROWTH, SUBMISSIONS
from gzdash.units import MEMBER_UNITS, RATIO, Unit
from gzdash.units import ORGANIZATIONS as ORGANIZATIONS_UNIT
from gzdash.words import Text

_REPORTS = Unit("reports", Text("份", "reports"))
_TEN_YEARS_AGO = "founded <= moment - INTERVAL 10 YEAR"

ORGANIZATIONS: tuple[Metric, ...] = (
    Metric(
        "organizations",
        Text("社会组织", "Organizations"),
        Text(
            "时段末存续的社会组织数：已成立、未注销。服务几条产业链的组织，按链拆分时每条都计，不相加。",
            "Organizations in existence at the end of the period: founded and not dissolved. One that serves several chains counts in each, so a split by chain does not add up.",
        ),
        "organizations",
        REGISTER,
        Part("count(*)"),
        ORGANIZATIONS_UNIT,
        valid_from="1980-01",
        formula=Text("时段末计数（存续组织）", "Count at the end of the period"),
    ),
    Metric(
        "organizations_founded",
        Text("新成立", "Founded"),
        Text("时段内成立的社会组织。", "Organizations founded in the period."),
        "organizations",
        FOUNDINGS,
        Part("count(*)"),
        ORGANIZATIONS_UNIT,
        better="neither",
        valid_from="1980-01",
        formula=Text("计数（成立日期在时段内）", "Count with a founding date in the period"),
    ),
    Metric(
        "organizations_dissolved",
        Text("注销", "Dissolved"),
        Text("时段内注销的社会组织。", "Organizations dissolved in the period."),
        "organizations",
        DISSOLUTIONS,
        Part("count(*)"),
        ORGANIZATIONS_UNIT,
        better="neither",
        valid_from="1980-01",
        formula=Text("计数（注销日期在时段内）", "Count with a dissolution date in the period"),
    ),
    Metric(
        "organization_growth_10y",
        Text("十年增幅", "Growth over ten years"),
        Text(
            "时段末存续的组织数比十年前同日增长的比例。",
            "Growth of the number of organizations from the same day ten years before to the end of the period.",
        ),
        "organizations",
        REGISTER_GROWTH,
        Part("count(*)", "dissolved IS NULL OR dissolved > moment"),
        RATIO,
        denominator=Part("count(*)", _TEN_YEARS_AGO),
        offset=-1,
        valid_from="1990-01",
        halves_unit=ORGANIZATIONS_UNIT,
        formula=Text("时段末组织数 ÷ 十年前组织数 − 1", "Number at the end ÷ number ten years before − 1"),
    ),
    Metric(
        "member_units",
        Text("会员单位", "Member units"),
        Text(
            "时段末存续组织登记的会员单位数，相加未去重。",
            "Member units on the register of organizations in existence at the end of the period, added, not de-duplicated.",
        ),
        "organizations",
        REGISTER,
        Part("sum(member_units)"),
        MEMBER_UNITS,
        formula=Text("时段末合计（会员单位）", "Sum at the end of the period"),
    ),
    Metric(
        "graded_share",
        Text("有效评估占比", "Share with a valid grade"),
        Text(
            "时段末存续组织中，评估等级在有效期内的比重。",
            "Share of organizations in existence whose assessment grade is still valid.",
        ),
        "organizations",
        REGISTER,
        Part("count(*)", "grade IS NOT NULL AND (grade_expiry IS NULL OR grade_expiry >= moment)"),
        RATIO,
        denominator=Part("count(*)"),
        halves_unit=ORGANIZATIONS_UNIT,
        formula=Text("等级有效的组织 ÷ 存续组织", "Organizations with a valid grade ÷ organizations"),
    ),
    Metric(
        "organizations_due",
        Text("应报组织", "Organizations due to report"),
        Text(
            "时段内至少有一份报表应报的组织，去重。",
            "Organizations with at least one report due in the period, each counted once.",
        ),
        "organizations",
        SUBMISSIONS,
        Part("count(DISTINCT organization)", "due IS NOT NULL", is_distinct=True),
        ORGANIZATIONS_UNIT,
        better="neither",
        formula=Text("去重计数（应报组织）", "Distinct organizations due"),
    ),
    Metric(
        "organizations_reported",
        Text("已报组织", "Organizations that reported"),
        Text(
            "应报组织中至少报来一份的，去重。",
            "Of the organizations due, those that sent at least one report, each counted once.",
        ),
        "organizations",
        SUBMISSIONS,
        Part("count(DISTINCT organization)", "due IS NOT NULL AND received IS NOT NULL", is_distinct=True),
        ORGANIZATIONS_UNIT,
        formula=Text("去重计数（已报组织）", "Distinct organizations that reported"),
    ),
    Metric(
        "coverage",
        Text("填报覆盖率", "Coverage"),
        Text("已报组织除以应报组织。", "Organizations that reported divided by those that should have."),
        "organizations",
        SUBMISSIONS,
        Part("count(DISTINCT organization)", "due IS NOT NULL AND received IS NOT NULL", is_distinct=True),
        RATIO,
        denominator=Part("count(DISTINCT organization)", "due IS NOT NULL", is_distinct=True),
        halves_unit=ORGANIZATIONS_UNIT,
        formula=Text("已报组织 ÷ 应报组织", "Reported ÷ due"),
    ),
    Metric(
        "reports_received",
        Text("已报报表", "Reports received"),
        Text("时段内应报且已收到的报表份数。", "Reports due in the period that were received."),
        "organizations",
        SUBMISSIONS,
        Part("count(*)", "due IS NOT NULL AND received IS NOT NULL"),
        _REPORTS,
        formula=Text("计数（已报报表）", "Count of reports received"),
    ),
)
