"""Industry: credit lines granted with loans disbursed beside them, by chain, month, firm size and lender."""

from __future__ import annotations

from gzdash.screen.page import begin, cards, columns, pillar, table_of
from gzdash.screen.panels import (
    credit_by_chain,
    credit_by_lender,
    credit_by_month,
    credit_by_size,
    matchmaking_by_month,
)
from gzdash.screen.why import why_line
from gzdash.words import pages as words

view = begin("industry")

with pillar("industry"):
    cards(
        view,
        "industry",
        "credit_line",
        "loan_disbursed",
        "drawdown_rate",
        "small_firm_share",
        "matchmaking_events",
        "firms_reached",
        compact=True,
    )
    why_line(view, "credit_line", "loan_disbursed", "drawdown_rate", "small_firm_share", "matchmaking_events")

chains, months = columns(640, 688)
with chains:
    credit_by_chain(view)
with months:
    credit_by_month(view)

sizes, lenders, events = columns(1, 1, 1)
with sizes:
    credit_by_size(view)
with lenders:
    credit_by_lender(view)
with events:
    matchmaking_by_month(view)

table_of(
    view,
    "financing_in_full",
    words.CREDIT_TABLE,
    "chain",
    "financing_applied",
    "credit_line",
    "loan_disbursed",
    "drawdown_rate",
    "credit_cases",
    "small_firm_share",
    "matchmaking_events",
    "firms_reached",
    drawn=words.CREDIT_TABLE_DRAWN,
    last_year=("credit_line",),
)
