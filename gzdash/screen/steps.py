"""The steps of an import as a bar: which one the reader is at."""

from __future__ import annotations

import html

from streamlit.delta_generator import DeltaGenerator

from gzdash.screen.view import View
from gzdash.words import imports as words


def draw_steps(place: DeltaGenerator, view: View, current: str, with_match: bool) -> None:
    """All steps in order, the current one bold and underlined; matching stands among them where it is needed."""
    keys = [key for key in words.STEPS if key != "match" or with_match]
    items = "".join(
        f"<li{_at(key == current)}><b>{number}</b> {html.escape(view.say(words.STEPS[key]))}</li>"
        for number, key in enumerate(keys, 1)
    )
    place.html(f'<ol class="gz-steps" aria-label="{html.escape(view.say(words.STEPS_NAMED))}">{items}</ol>')


def _at(is_current: bool) -> str:
    return ' class="gz-current" aria-current="step"' if is_current else ""
