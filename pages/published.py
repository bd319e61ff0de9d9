"""Published figures: the 34 of the article with their qualifiers, beside what the store says."""

from __future__ import annotations

from gzdash.screen.page import begin, listing, note
from gzdash.screen.published import agreement, published_list
from gzdash.words import pages as words

view = begin("published")

if view.desk.snapshot.is_demo:
    note(view, words.CALIBRATED)
note(view, agreement(view))
listing(view, published_list(view), words.PUBLISHED_DRAWN)
