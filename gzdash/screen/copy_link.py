"""A link or a text copied with one click: an inline component, since the server cannot reach the clipboard."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ASSETS = Path(__file__).parent / "assets"


def draw_copy_link(query: str, label: str, done: str) -> None:
    """A button that copies the page's address with `query` and then says `done`."""
    _component(key="copy_link", data={"query": query, "label": label, "done": done}, width="content")


def draw_copy_text(text: str, label: str, done: str, key: str, *, framed: bool = False) -> None:
    """A button that copies `text` and then says `done`; `framed` where it stands beside buttons, not among words."""
    data = {"text": text, "label": label, "done": done, "framed": framed}
    _component(key=f"copy_{key}", data=data, width="content")


_component = st.components.v2.component(
    "gzdash_copy_link",
    html='<button type="button"></button>',
    css=(ASSETS / "copy_link.css").read_text("utf-8"),
    js=(ASSETS / "copy_link.js").read_text("utf-8"),
    isolate_styles=True,
)
