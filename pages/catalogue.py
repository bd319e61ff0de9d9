"""Catalogue: what every metric means, how it is made, and which splits and filters it obeys."""

from __future__ import annotations

from gzdash.screen.catalogue import metric_list
from gzdash.screen.page import begin, listing

view = begin("catalogue")
listing(view, *metric_list(view))
