"""The office's own tables: who should have reported, and the yearly targets."""

from __future__ import annotations

from gzdash.tables.declaration import Column, Table
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
