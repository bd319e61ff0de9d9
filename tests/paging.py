"""A page as a reader gets it, without a browser: what tests of pages open and read."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from gzdash.words import Language
from gzdash.words.frame import PAGES

ROOT = Path(__file__).resolve().parent.parent
FRAME = ROOT / "gzdash" / "screen" / "frame.py"
SECONDS = 120


def open_page(page: str, language: Language = "zh", **parameters: str) -> AppTest:
    """The page after its first run, on the lake that GZDASH_LAKE names."""
    test = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
    for name, value in parameters.items() | ({("lang", "en")} if language == "en" else set()):
        test.query_params[name] = value
    if page != next(iter(PAGES)):
        test.switch_page(f"../../pages/{page}.py")
    return test.run()


def html_of(test: AppTest) -> str:
    """All that the page wrote as HTML."""
    return "\n".join(element.proto.body for element in test.get("html"))
