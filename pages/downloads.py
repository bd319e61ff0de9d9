"""Downloads: each table, filtered by the current selection, with its row count before the click."""

from __future__ import annotations

from gzdash.screen.downloads import download_list
from gzdash.screen.page import begin, note
from gzdash.words import pages as words

view = begin("downloads")
note(view, words.DOWNLOADS_EXPLAINED)
download_list(view)
