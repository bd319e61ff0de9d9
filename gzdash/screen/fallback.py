"""What a reader sees when a page fails: which code to quote, never a traceback; the log has the rest."""

from __future__ import annotations

import logging
import uuid

import streamlit as st

from gzdash.faults import Fault, Refused
from gzdash.screen import chrome, reader
from gzdash.words import DEFAULT_LANGUAGE
from gzdash.words import frame as words

_LOG = logging.getLogger("gzdash")


def show_error_page(error: Exception) -> bool:
    """Say what happened in the reader's language; True keeps Streamlit's own display away."""
    language = st.session_state.get(reader.LANGUAGE, DEFAULT_LANGUAGE)
    if isinstance(error, Refused):
        chrome.draw_faults(error.faults, language)
        return True
    code = f"E-{uuid.uuid4().hex[:6].upper()}"
    _LOG.error("%s: a page failed", code, exc_info=error)
    chrome.draw_faults([Fault(code, words.WENT_WRONG, "", words.WENT_WRONG_REMEDY.fill(code=code))], language)
    return True
