"""Overview: the three pillars at a glance, what changed, the figures, and where."""

from __future__ import annotations

from gzdash.screen.aid import projects_strip
from gzdash.screen.page import begin, cards, cockpit, columns, pillar, row
from gzdash.screen.panels import credit_by_chain, jobs_by_month
from gzdash.screen.place import aid_by_place, aid_heading, aid_map
from gzdash.screen.restated import since_line
from gzdash.screen.why import sentence

TO_DATE = ("aid_value", "aid_projects", "organizations_in_aid")

view = begin("overview")
with cockpit():
    industry, employment, rural = columns(2, 3, 3)

# The figures of all pillars first: a reader sees them change while the charts are on their way.
with industry, pillar("industry") as industry_block:
    sentence(view, "industry", "credit_line", "chain")
    cards(view, "industry", "credit_line", "loan_disbursed")
with employment, pillar("employment") as employment_block:
    sentence(view, "employment", "graduates_hired", "chain")
    cards(view, "employment", "jobs_posted", "graduates_hired", "member_jobs_posted")
with rural, pillar("rural") as rural_block:
    sentence(view, "rural", "aid_value", "prefecture")
    cards(view, "rural", *TO_DATE, to_date=TO_DATE)

with industry_block:
    credit_by_chain(view)
with employment_block:
    jobs_by_month(view)
with rural_block:
    aid_heading(view)
    bars, place = columns(5, 6)
    under = row("rural")
    with bars:
        aid_by_place(view, pitch=17, under=under)
    with place:
        aid_map(view, height=240)
        projects_strip(view, under)

since_line(view)
