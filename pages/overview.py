"""Overview: the three pillars at a glance, what changed, the figures, and where."""

from __future__ import annotations

from gzdash.screen.aid import projects_strip
from gzdash.screen.page import begin, cockpit, columns, row
from gzdash.screen.panels import credit_by_chain, jobs_by_month
from gzdash.screen.pillars import Pillar
from gzdash.screen.place import aid_by_place, aid_heading, aid_map
from gzdash.screen.restated import since_line

TO_DATE = ("aid_value", "aid_projects", "organizations_in_aid")
INDUSTRY = Pillar("industry", "credit_line", "chain", ("credit_line", "loan_disbursed"))
EMPLOYMENT = Pillar("employment", "graduates_hired", "chain", ("jobs_posted", "graduates_hired", "member_jobs_posted"))
RURAL = Pillar("rural", "aid_value", "prefecture", TO_DATE, to_date=TO_DATE)

view = begin("overview")
for one in (INDUSTRY, EMPLOYMENT, RURAL):
    one.ahead(view)
with cockpit():
    industry, employment, rural = columns(2, 3, 3)

# The figures of all pillars first: a reader sees them change while the charts are on their way.
with industry:
    industry_block = INDUSTRY.draw(view)
with employment:
    employment_block = EMPLOYMENT.draw(view)
with rural:
    rural_block = RURAL.draw(view)

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
