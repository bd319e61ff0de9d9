"""The bare page on a server with our remedies, modules frozen and no garbage looked for after a run: our floor."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st


@asynccontextmanager
async def starting(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Streamlit collects all garbage after every run; what is frozen it no longer walks."""
    gc.collect()
    gc.freeze()
    yield {}


app = st.App("bare.py", lifespan=starting)
