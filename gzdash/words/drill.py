"""What narrowing a page says: the steps back, the menu of parts, the state of one item, and places below the map."""

from __future__ import annotations

from gzdash.words import Text

# Where a trail of crumbs begins: everything the filter may choose from.
EVERYTHING: dict[str, Text] = {
    "chains": Text("全部产业链", "All chains"),
    "regions": Text("全省", "All Guangdong"),
    "districts": Text("广州全市", "All Guangzhou"),
    "types": Text("全部类型", "All types"),
    "programmes": Text("全部专项行动", "All programmes"),
}
BACK_TO = Text("回到{name}", "Back to {name}")
NARROW_TO = Text("缩小到…", "Narrow to…")
PART = Text("{name}\u2003{value}", "{name}\u2003{value}")

ONE = Text("{name}：{figures}", "{name}: {figures}")

AID_BY_COUNTY = Text("{place}各县（市、区）帮扶款物", "Aid by county, {place}")
AID_BY_TOWN = Text("{place}各镇村帮扶款物", "Aid by town or village, {place}")
COUNTIES = Text("县（市、区）", "counties")
# What stands beside the map in the scope of one county: most reports name no town.
TOWN_UNNAMED = Text(
    "“未注明”是只写到县、没写镇村的填报。", "“not stated” are reports that name a county but no town or village."
)
MAP_KEYS = Text(
    "方向键换地方，回车看里面，Esc 回上一级",
    "Arrow keys move, Enter goes in, Esc goes up",
)
