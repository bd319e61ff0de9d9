"""Possible duplicates: gross and de-duplicated side by side, what may be reported twice, and what was decided on it."""

from __future__ import annotations

from gzdash.screen.decisions import draw_decisions
from gzdash.screen.duplicates import both, draw_decide, draw_groups
from gzdash.screen.page import begin

view = begin("duplicates")

both(view)
draw_decide(view)
draw_groups(view)
draw_decisions(view)
