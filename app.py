"""The ASGI entry: `streamlit run app.py` finds `app`; routes, headers, start-up and the error page are wired here."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from gzdash.screen.fallback import show_error_page
from gzdash.screen.prompt import Prompt
from gzdash.screen.server import ROUTES, Doors
from gzdash.screen.shell import Shell
from gzdash.screen.starting import refuse_open_address, refuse_unusable_engine, starting
from gzdash.screen.static import Static
from gzdash.screen.visits import RememberVisits

# Before anything listens: a server that others can reach must not come up for a moment.
refuse_open_address(st.get_option("server.address"))
refuse_unusable_engine()

app = st.App(
    "gzdash/screen/frame.py",
    lifespan=starting,
    routes=ROUTES,
    middleware=[
        Middleware(Prompt),
        Middleware(Doors),
        Middleware(Static),
        Middleware(RememberVisits),
        Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
        Middleware(Shell),
    ],
    on_script_error=show_error_page,
)
