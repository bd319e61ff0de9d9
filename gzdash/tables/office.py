"""The office's own tables: who should have reported, the yearly targets, what was reported twice, and what was looked into."""

from __future__ import annotations

from gzdash.tables.declaration import Column, Rule, Table
from gzdash.words import Text

SUBMISSIONS = Table(
    "submissions",
    Text("应报与已报", "Submissions"),
    Text(
        "每个组织每月每张表是否应报、何时报来。",
        "For each table, organization and month: whether a report is due and when it was received.",
    ),
    (
        Column("table", Text("报表", "Table"), "text", Text("报表的英文名。", "Key of the table."), required=True),
        Column(
            "organization",
            Text("统一社会信用代码", "Unified social credit code"),
            "organization",
            Text("应报组织的代码。", "Code of the organization that should report."),
            required=True,
        ),
        Column("month", Text("月份", "Month"), "month", Text("报告期。", "Month reported on."), required=True, ahead=1),
        Column("due", Text("应报日期", "Due"), "date", Text("不应报的留空。", "Empty when nothing is due."), ahead=1),
        Column("received", Text("收到日期", "Received"), "date", Text("未报留空。", "Empty while not received.")),
    ),
    owner=("table", "organization"),
    time="month",
    unique=("table", "organization", "month"),
    monthly_files=True,
)

TARGETS = Table(
    "targets",
    Text("年度目标", "Yearly targets"),
    Text("局里为指标定的年度目标；没有定的不编。", "Targets the office has set per metric and year; none is invented."),
    (
        Column("metric", Text("指标", "Metric"), "text", Text("指标的英文名。", "Key of the metric."), required=True),
        Column(
            "year",
            Text("年份", "Year"),
            "integer",
            Text("如 2023。", "Such as 2023."),
            required=True,
            least=2000,
            most=2100,
        ),
        Column(
            "target",
            Text("目标值", "Target"),
            "money",
            Text("金额以元计，其余按指标单位。", "Yuan for money, else the metric's own unit."),
            required=True,
            least=0,
        ),
    ),
    owner=("metric", "year"),
    unique=("metric", "year"),
)

MERGES = Table(
    "merges",
    Text("合并决定", "Merge decisions"),
    Text(
        "两个组织填报的是不是同一件事：由人决定，写明理由，可以撤销。合并后不再计的仍留在合计里。",
        "Whether two organizations reported the same thing: decided by a person, with a reason, and taken back at will. "
        "What counts no more after a merge still stands in the gross figures.",
    ),
    (
        Column(
            "kind",
            Text("报表", "Table"),
            "code",
            Text("重复填报出在哪张表。", "The table that the two reports stand in."),
            codes="duplicate_kind",
            required=True,
        ),
        Column(
            "decision",
            Text("决定", "Decision"),
            "code",
            Text("合并，或不是同一件事。", "Merged, or not the same."),
            codes="duplicate_decision",
            required=True,
        ),
        Column(
            "kept",
            Text("保留", "Kept"),
            "text",
            Text(
                "组织、编号、日期等用竖线连成，由“疑似重复”页写出；更正填报不影响决定。",
                "Organization, number, date and so on between bars, as the page of possible duplicates writes it; "
                "a correction leaves the decision standing.",
            ),
            required=True,
        ),
        Column(
            "dropped",
            Text("不再计", "Counted no more"),
            "text",
            Text(
                "写法同“保留”。保留的一方不在数据里时，这一方照常计。",
                "Written like the one kept. While the one kept is not in the store, this one counts.",
            ),
            required=True,
        ),
        Column("reason", Text("理由", "Reason"), "text", Text("凭什么这样决定。", "What it rests on."), required=True),
        Column(
            "decided_on",
            Text("决定日期", "Decided on"),
            "date",
            Text("做出决定的日期。", "Day of the decision."),
            required=True,
        ),
    ),
    owner=("kind", "dropped", "kept"),
    unique=("kind", "dropped", "kept"),
    rules=(
        Rule(
            "merged-with-itself",
            "dropped",
            "dropped = kept",
            Text("不能与自己合并。", "It cannot be merged with itself."),
            Text("两处填不同的记录。", "Name two different reports."),
        ),
    ),
)

DISMISSALS = Table(
    "dismissals",
    Text("疑点排除", "Dismissals"),
    Text(
        "核对后认为没有问题的数据疑点：写明理由，可以撤销；只是不再列出，不改任何数字。",
        "Findings of the page “What looks wrong” that proved harmless: with a reason, taken back at will. They are only "
        "taken off the list; no figure changes.",
    ),
    (
        Column(
            "kind",
            Text("类别", "Kind"),
            "code",
            Text("疑点的类别。", "The kind of finding."),
            codes="suspicion_kind",
            required=True,
        ),
        Column(
            "finding",
            Text("疑点", "Finding"),
            "text",
            Text(
                "由“数据疑点”页写出；数字一变就是另一条疑点。",
                "As the page of findings writes it; when its numbers change it is another finding.",
            ),
            required=True,
        ),
        Column("reason", Text("理由", "Reason"), "text", Text("凭什么排除。", "What it rests on."), required=True),
        Column(
            "dismissed_on",
            Text("排除日期", "Dismissed on"),
            "date",
            Text("做出决定的日期。", "Day of the decision."),
            required=True,
        ),
    ),
    owner=("finding",),
    unique=("finding",),
)
