"""Rural revitalisation: where aid goes, from parts of Guangdong down to towns; money and goods apart."""

from __future__ import annotations

from gzdash.screen.aid import aid_by_month, aid_by_theme, projects_by_group, unvalued_goods
from gzdash.screen.page import begin, cards, columns, pillar, table_of
from gzdash.screen.place import aid_by_place, aid_heading, aid_map
from gzdash.screen.why import why_line
from gzdash.words import pages as words

AID = ("aid_value", "aid_money", "aid_goods", "aid_projects", "organizations_in_aid", "beneficiaries")

view = begin("rural")

with pillar("rural"):
    cards(view, "rural", *AID, to_date=AID, compact=True)
    unvalued_goods(view)
    why_line(view, "aid_value", "aid_money", "aid_goods", "aid_projects", "beneficiaries")

aid_heading(view)
place, bars = columns(688, 640)
with place:
    aid_map(view, height=420)
    projects_by_group(view)
with bars:
    aid_by_place(view)

themes, months = columns(1, 1)
with themes:
    aid_by_theme(view)
with months:
    aid_by_month(view)

FULL = (*AID, "aid_pledged", "aid_projects_completed", "project_completion_rate")
for key, title, split in (
    ("aid_in_full", words.AID_TABLE, "prefecture"),
    ("aid_by_county", words.AID_COUNTY_TABLE, "county"),
    ("aid_by_town", words.AID_TOWN_TABLE, "town"),
    ("aid_by_organization", words.AID_ORGANIZATIONS, "organization"),
):
    table_of(view, key, title, split, *FULL, selection=view.selection.to_date())
