"""The least a Streamlit page can do on a click: one group of pills, one line of text that follows it."""

from __future__ import annotations

import streamlit as st

LETTERS = ("A", "B", "C", "D")

chosen = st.pills("Letter", LETTERS, key="letter")
with st.container(key="said"):
    st.text(f"Chosen: {chosen or 'nothing'}")
