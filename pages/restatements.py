"""Restatements: what changed since the last visit or a chosen event and which import made it; frozen periods."""

from __future__ import annotations

from gzdash.screen.freezes import draw_freezes
from gzdash.screen.page import begin
from gzdash.screen.restated import draw_restatements

view = begin("restatements")
draw_restatements(view)
draw_freezes(view)
