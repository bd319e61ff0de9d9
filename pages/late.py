"""Late reporters: who should have reported and did not, or too late, by district and type, and by name."""

from __future__ import annotations

from gzdash.screen.late import late_list, not_yet_due, reported_by_district, reported_by_type
from gzdash.screen.page import begin, cards, columns, pillar

view = begin("late")

with pillar("organizations"):
    cards(
        view,
        "organizations",
        "organizations_due",
        "organizations_reported",
        "coverage",
        "reports_received",
        compact=True,
    )

not_yet_due(view)
districts, kinds = columns(3, 2)
with districts:
    reported_by_district(view)
with kinds:
    reported_by_type(view)

late_list(view)
