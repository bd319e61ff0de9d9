"""Verify: whether a file of ours is as it was issued, and whether its figures have been restated since."""

from __future__ import annotations

from gzdash.verify.again import coverage_by_metric
from gzdash.verify.files import verify
from gzdash.verify.verdict import Checked, Difference, Verdict, Verified

__all__ = ["Checked", "Difference", "Verdict", "Verified", "coverage_by_metric", "verify"]
