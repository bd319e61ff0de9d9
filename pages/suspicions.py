"""What looks wrong: the kinds of findings, one of them with its rows, the whole list, and what was dismissed."""

from __future__ import annotations

from gzdash.screen.page import begin
from gzdash.screen.suspicions import choose_kind, counts, draw_dismissals, draw_findings, draw_one

view = begin("suspicions")

counts(view)
kind = choose_kind(view)
draw_one(view, kind)
draw_findings(view, kind)
draw_dismissals(view)
