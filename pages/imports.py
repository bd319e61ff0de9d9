"""Imports: bring in a workbook, see every error or what it changes, commit; take any import back, or put it back."""

from __future__ import annotations

from gzdash.lake.lake import is_read_only
from gzdash.screen.history import draw_history
from gzdash.screen.interrupted import draw_interrupted
from gzdash.screen.page import begin, note
from gzdash.screen.upload import draw_upload
from gzdash.words import imports as words

view = begin("imports")

if is_read_only():
    note(view, words.CLOSED)
else:
    draw_upload(view)
draw_interrupted(view)
draw_history(view)
