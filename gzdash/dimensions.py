"""The ways a number may be split: each dimension with its name and the code list that names its parts."""

from __future__ import annotations

from dataclasses import dataclass

from gzdash.period import Period, is_month
from gzdash.reference import code_list
from gzdash.words import Text, same


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to split a number: `codes` is the list that names the parts, empty where parts name themselves."""

    key: str
    name: Text
    codes: str = ""
    is_time: bool = False

    def label(self, code: str | None) -> Text:
        """The name of one part; rows that do not say are "not stated", never dropped."""
        if code is None:
            return NOT_STATED
        if self.is_time:
            return time_label(code)
        return code_list(self.codes).name_of(code) if self.codes else Text(code or "—", code or "—")

    def short_label(self, code: str | None) -> Text:
        """The name of one part for a chart's axis, where room is short."""
        if code is None or self.is_time or not self.codes:
            return self.label(code)
        return code_list(self.codes).short_of(code)

    def order(self, code: str | None) -> tuple[int, str]:
        """A sort key: list order where there is a list, the code otherwise; "not stated" comes last."""
        if code is None:
            return (2_000_000, "")
        if self.codes:
            codes = code_list(self.codes).codes
            return (codes.index(code) if code in codes else 1_000_000, code)
        return (0, code)


NOT_STATED = Text("未注明", "not stated")

DIMENSIONS: dict[str, Dimension] = {
    dimension.key: dimension
    for dimension in (
        Dimension("month", Text("月份", "Month"), is_time=True),
        Dimension("quarter", Text("季度", "Quarter"), is_time=True),
        Dimension("year", Text("年份", "Year"), is_time=True),
        Dimension("chain", Text("产业链", "Industry chain"), "chain"),
        Dimension("region_group", Text("片区", "Part of Guangdong"), "region_group"),
        Dimension("prefecture", Text("地级市", "Prefecture"), "prefecture"),
        Dimension("county", Text("县（市、区）", "County"), "county"),
        Dimension("town", Text("镇村", "Town or village"), "town"),
        Dimension("district", Text("广州各区", "Guangzhou district"), "district"),
        Dimension("type", Text("组织类型", "Organization type"), "organization_type"),
        Dimension("grade", Text("评估等级", "Assessment grade"), "grade"),
        Dimension("programme", Text("专项行动", "Programme"), "programme"),
        Dimension("mechanism", Text("6+X 平台", "6+X platform"), "mechanism"),
        Dimension("firm_size", Text("企业规模", "Firm size"), "firm_size"),
        Dimension("lender", Text("资金机构", "Lender kind"), "lender"),
        Dimension("form", Text("款物形式", "Form of aid"), "aid_form"),
        Dimension("theme", Text("帮扶主题", "Theme of aid"), "theme"),
        Dimension("organization", Text("社会组织", "Organization")),
        Dimension("table", Text("报表", "Table reported")),
    )
}


_QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def time_label(code: str) -> Text:
    """The name of a month (2023-07), a quarter (2023-Q3) or a year (2023); what is none of these is shown as it is, as
    code lists do."""
    if is_month(code):
        return Period(code, code).label
    year, _, rest = code.partition("-")
    if rest in ("", *_QUARTERS) and is_month(f"{year}-01"):
        return Text(f"{year}年{rest[1:]}季度", f"{rest} {year}") if rest else Text(f"{year}年", year)
    return same(code)
