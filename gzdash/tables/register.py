"""The register: organizations, and the industry chains each serves."""

from __future__ import annotations

from gzdash.tables.declaration import Column, Rule, Table
from gzdash.units import MEMBER_UNITS
from gzdash.words import Text

ORGANIZATIONS = Table(
    "organizations",
    Text("社会组织名录", "Register of organizations"),
    Text("在广州市登记的社会组织，每个组织一行。", "Organizations registered in Guangzhou, one row each."),
    (
        Column(
            "code",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("18 位，51、52 或 53 开头。", "18 characters, beginning with 51, 52 or 53."),
            required=True,
        ),
        Column(
            "name",
            Text("组织名称", "Name"),
            "text",
            Text("与登记证书一致。", "As on the certificate of registration."),
            required=True,
        ),
        Column(
            "type",
            Text("组织类型", "Type"),
            "code",
            Text("与代码前两位一致。", "Agrees with the first two digits of the code."),
            codes="organization_type",
            required=True,
        ),
        Column(
            "district",
            Text("所在区", "District"),
            "code",
            Text("住所所在的区。", "District of the registered address."),
            codes="district",
            required=True,
        ),
        Column(
            "primary_chain",
            Text("主产业链", "Primary chain"),
            "code",
            Text("不属于任何产业链时留空。", "Empty when the organization serves no chain."),
            codes="chain",
        ),
        Column(
            "grade",
            Text("评估等级", "Assessment grade"),
            "code",
            Text("未参评留空。", "Empty when not assessed."),
            codes="grade",
        ),
        Column(
            "grade_expiry",
            Text("等级有效期至", "Grade valid until"),
            "date",
            Text("评估等级有效期五年。", "A grade is valid for five years."),
            ahead=6,
        ),
        Column(
            "founded",
            Text("成立日期", "Founded"),
            "date",
            Text("登记日期。", "Date of registration."),
            required=True,
        ),
        Column("dissolved", Text("注销日期", "Dissolved"), "date", Text("存续的留空。", "Empty while it exists.")),
        Column(
            "member_units",
            Text("会员单位数", "Member units"),
            "integer",
            Text("没有会员的组织留空。", "Empty for organizations without members."),
            unit=MEMBER_UNITS,
            least=0,
        ),
    ),
    owner=("code",),
    unique=("code",),
    rules=(
        Rule(
            "type-against-code",
            "type",
            "type <> left(code, 2)",
            Text("组织类型与代码前两位不符。", "The type does not agree with the first two digits of the code."),
            Text("核对登记证书，改类型或代码。", "Check the certificate; correct the type or the code."),
        ),
        Rule(
            "dissolved-before-founded",
            "dissolved",
            "dissolved < founded",
            Text("注销日期早于成立日期。", "Dissolved before it was founded."),
            Text("核对两个日期。", "Check both dates."),
        ),
        Rule(
            "district-against-code",
            "district",
            "left(substr(code, 3, 6), 4) = '4401' AND substr(code, 3, 6) NOT IN ('440100', district)",
            Text(
                "所在区与代码里的登记地不同，迁址后可能成立。",
                "The district is not the one in the code; after a move that can be true.",
            ),
            Text("请核对，确认无误可提交。", "Please check; it can be committed."),
            warning=True,
        ),
    ),
)

ORGANIZATION_CHAINS = Table(
    "organization_chains",
    Text("组织所属产业链", "Chains of organizations"),
    Text(
        "一个组织可服务多条产业链，每条一行；主产业链按日期有效。",
        "An organization may serve several chains, one row each; the primary chain holds between its dates.",
    ),
    (
        Column(
            "organization",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("组织的代码。", "Code of the organization."),
            required=True,
        ),
        Column(
            "chain",
            Text("产业链", "Chain"),
            "code",
            Text("21 条重点产业链之一。", "One of the 21 key chains."),
            codes="chain",
            required=True,
        ),
        Column(
            "is_primary",
            Text("是否主链", "Is primary"),
            "integer",
            Text("主链填 1，其余填 0。", "1 for the primary chain, else 0."),
            required=True,
            least=0,
            most=1,
        ),
        Column("since", Text("起", "Since"), "date", Text("不详留空。", "Empty when not known.")),
        Column("until", Text("止", "Until"), "date", Text("仍有效留空。", "Empty while it holds."), ahead=50),
    ),
    owner=("organization",),
    unique=("organization", "chain", "since"),
)
