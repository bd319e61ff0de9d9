"""Organizations: how many there are, how they change, who they are, and one of them in its own view."""

from __future__ import annotations

from gzdash.screen.page import begin, cards, columns, pillar
from gzdash.screen.panels import (
    founded_by_year,
    organizations_by,
    organizations_by_year,
)
from gzdash.screen.register import one_organization, register
from gzdash.words import pages as words

view = begin("organizations")

with pillar("organizations"):
    cards(
        view,
        "organizations",
        "organizations",
        "organizations_founded",
        "organizations_dissolved",
        "organization_growth_10y",
        "member_units",
        "coverage",
        compact=True,
    )

if view.selection.organization:
    one_organization(view)
else:
    stock, flow = columns(1, 1)
    with stock:
        organizations_by_year(view)
    with flow:
        founded_by_year(view)

    districts, kinds, chains = columns(3, 2, 3)
    with districts:
        organizations_by(view, "district", words.STOCK_BY_DISTRICT, words.AT_END)
    with kinds:
        organizations_by(view, "type", words.STOCK_BY_TYPE, words.AT_END)
        organizations_by(view, "grade", words.STOCK_BY_GRADE, words.AT_END)
    with chains:
        organizations_by(view, "chain", words.STOCK_BY_CHAIN, words.STOCK_BY_CHAIN_DRAWN)

register(view)
