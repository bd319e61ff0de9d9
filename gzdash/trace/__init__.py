"""Where a figure comes from: the imports that made it, the rows behind it, and the cell each row stood in."""

from __future__ import annotations

from gzdash.trace.cells import Cell, cells_of
from gzdash.trace.original import OriginalState, state_of
from gzdash.trace.trace import Contributor, Trace, TracedRow, trace

__all__ = ["Cell", "Contributor", "OriginalState", "Trace", "TracedRow", "cells_of", "state_of", "trace"]
