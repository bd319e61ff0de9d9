"""Asking: metric + selection + scope + split → Answer, and the rows behind it; the only room that composes SQL."""

from __future__ import annotations

from gzdash.ask.composing import filters_of, statement
from gzdash.ask.desk import Desk, default_selection

__all__ = ["Desk", "default_selection", "filters_of", "statement"]
