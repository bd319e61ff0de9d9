"""What a reader sees while the demonstration city is being built by another process."""

from __future__ import annotations

import html

import streamlit as st

from gzdash.demo.progress import Step, progress_file, read_step
from gzdash.lake.faults import ledger_missing, missing
from gzdash.screen import chrome, source
from gzdash.screen.starting import is_building
from gzdash.words import Language
from gzdash.words import frame as words

_POLL_SECONDS = 1.0


def draw(language: Language) -> None:
    """The progress, asked again every second; the page appears by itself when the lake is there."""
    st.fragment(_poll, run_every=_POLL_SECONDS)(language)


def _poll(language: Language) -> None:
    lake = source.lake()
    if lake.exists:
        st.rerun()
    if not is_building():
        fault = ledger_missing(lake.root) if lake.is_headless else missing(lake.root)
        chrome.draw_faults([fault], language)
        return
    step = read_step(progress_file(lake.root)) or Step(0.0, words.BUILDING)
    st.html(
        f'<div class="gz-building" role="status"><h1>{words.BUILDING.of(language)}</h1>'
        f"<p>{words.BUILDING_EXPLAINED.of(language)}</p>"
        f'<p><i class="gz-bar"><i style="width:{step.share:.0%}"></i></i> {step.share:.0%} '
        f"{html.escape(step.said.of(language))}</p></div>"
    )
