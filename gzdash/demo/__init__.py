"""The demonstration city: invented organizations and facts, calibrated to the published totals."""

from __future__ import annotations

from gzdash.demo.building import DEFAULT_SEED, Clock, Progress, build

__all__ = ["DEFAULT_SEED", "Clock", "Progress", "build"]
