"""Programmes: each with its lead and figures, the 6+X mechanism by its seven kinds, and the visits."""

from __future__ import annotations

from gzdash.screen.page import begin, cards, columns, listing, note, pillar
from gzdash.screen.panels import activities_by_mechanism, needs_by_month
from gzdash.screen.programmes import programme_list
from gzdash.words import pages as words

view = begin("programmes")

with pillar("organizations"):
    cards(
        view,
        "organizations",
        "activities",
        "organizations_visited",
        "needs_raised",
        "needs_resolved",
        "needs_resolution_rate",
        "days_to_resolve",
        compact=True,
    )

mechanisms, visits = columns(1, 1)
with mechanisms:
    activities_by_mechanism(view)
with visits:
    needs_by_month(view)

listing(view, programme_list(view), words.PROGRAMME_LIST_DRAWN)
note(view, words.SEVEN_ACTIONS)
