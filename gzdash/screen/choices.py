"""Widgets that keep their choice when the language changes, though Streamlit knows an option by its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from gzdash.screen.view import View

_SPOKEN = "choices_language"


def seeded(view: View, key: str, default: object, options: Sequence[object] | None = None) -> str:
    """The key of a widget about to be drawn, with its choice set: the reader's, else `default`.

    The choice is set again in another language, and falls back to the default when it is no longer among `options`.
    """
    state: Any = st.session_state
    spoken: dict[str, str] = state.setdefault(_SPOKEN, {})
    chosen = state.get(key, default)
    if options is not None and chosen not in options:
        chosen = default
    if key not in state or spoken.get(key) != view.language or chosen != state[key]:
        state[key] = chosen
    spoken[key] = view.language
    return key
