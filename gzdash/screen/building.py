"""What a reader sees while the demonstration city is being built by another process."""

from __future__ import annotations

import html
import json

import streamlit as st

from gzdash.faults import Fault
from gzdash.screen import chrome, source
from gzdash.screen.starting import progress_file
from gzdash.words import Language
from gzdash.words import frame as words

_POLL_SECONDS = 1.0


def draw(language: Language) -> None:
    """The progress, asked again every second; the page appears by itself when the lake is there."""
    st.fragment(_poll, run_every=_POLL_SECONDS)(language)


def _poll(language: Language) -> None:
    if source.lake().exists:
        st.rerun()
    state = read_progress()
    if state.get("failed"):
        chrome.draw_faults(
            [Fault("demo-failed", words.BUILD_FAILED, str(state["failed"]), words.BUILD_FAILED_REMEDY)], language
        )
        return
    share = float(str(state.get("share", 0.0)))
    said = html.escape(str(state.get(language, "")))
    st.html(
        f'<div class="gz-building" role="status"><h1>{words.BUILDING.of(language)}</h1>'
        f"<p>{words.BUILDING_EXPLAINED.of(language)}</p>"
        f'<p><i class="gz-bar"><i style="width:{share:.0%}"></i></i> {share:.0%} {said}</p></div>'
    )


def read_progress() -> dict[str, object]:
    """The last line the builder wrote; empty before it wrote any."""
    try:
        found: dict[str, object] = json.loads(progress_file(source.lake().root).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found
