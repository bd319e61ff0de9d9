"""Employment: posts against hires by month and chain; member units and training bases beside them, no total."""

from __future__ import annotations

from gzdash.screen.page import begin, cards, columns, pillar, table_of
from gzdash.screen.panels import (
    events_by_district,
    jobs_by_chain,
    jobs_by_month,
    member_jobs_by_chain,
    training_by_month,
)
from gzdash.screen.why import why_line
from gzdash.words import pages as words

view = begin("employment")

with pillar("employment"):
    cards(
        view,
        "employment",
        "jobs_posted",
        "graduates_hired",
        "fill_rate",
        "employment_events",
        "member_units_mobilised",
        "member_jobs_posted",
        compact=True,
    )
    why_line(view, "jobs_posted", "graduates_hired", "fill_rate", "employment_events", "member_units_mobilised")

months, chains = columns(640, 688)
with months:
    jobs_by_month(view)
with chains:
    jobs_by_chain(view)

members, training, events = columns(3, 3, 2)
with members:
    member_jobs_by_chain(view)
with training:
    training_by_month(view)
with events:
    events_by_district(view)

table_of(
    view,
    "jobs_in_full",
    words.JOBS_TABLE,
    "chain",
    "jobs_posted",
    "graduates_hired",
    "fill_rate",
    "member_jobs_posted",
    "member_units_mobilised",
    "employment_events",
    drawn=words.JOBS_TABLE_DRAWN,
    last_year=("graduates_hired",),
)
