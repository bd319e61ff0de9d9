"""The keyboard's way into popovers and back out of dialogs: an inline component without a face."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ASSETS = Path(__file__).parent / "assets"


def draw_keyboard() -> None:
    """Listens on the whole page for as long as the frame is drawn; takes no room."""
    _component(key="keyboard", width="content")


_component = st.components.v2.component(
    "gzdash_keyboard",
    html="<span></span>",
    js=(ASSETS / "keyboard.js").read_text("utf-8"),
)
