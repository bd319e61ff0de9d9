"""A pillar in brief: one sentence about what moved in it, and its cards."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from gzdash.screen.figures import cards_ahead
from gzdash.screen.page import cards, pillar
from gzdash.screen.view import View
from gzdash.screen.why import sentence, sentence_ahead


@dataclass(frozen=True)
class Pillar:
    """What is said of the pillar `key`: how the metric `moved` changed, by the parts of `dimension`, and the metrics of
    `cards`, of which those in `to_date` are shown 累计."""

    key: str
    moved: str
    dimension: str
    cards: tuple[str, ...]
    to_date: tuple[str, ...] = ()

    def ahead(self, view: View) -> None:
        """Begin to make it, while the page makes what stands before it."""
        cards_ahead(view, self.cards, self.to_date)
        sentence_ahead(view, self.moved, self.dimension)

    def draw(self, view: View) -> st.delta_generator.DeltaGenerator:
        """Its block with sentence and cards, to be gone into again for what stands below."""
        with pillar(self.key) as block:
            sentence(view, self.key, self.moved, self.dimension)
            cards(view, self.key, *self.cards, to_date=self.to_date)
        return block
