"""A `Chart` is a plain Plotly figure with its height, its key and a summary for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from plotly.basedatatypes import BaseFigure

from gzdash.answer import Number
from gzdash.charts.enlarging import enlarged
from gzdash.theme import Hue, Palette
from gzdash.words import Language, Text

Shape = Literal["bar", "dashed", "dot", "tick", "line"]
Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One entry of the key: a name beside the shape and the colours of its marks."""

    label: str
    shape: Shape
    fill: str
    outline: str


@dataclass(frozen=True)
class Chart:
    """What `st.plotly_chart` draws: `height` in pixels, `alt` in the reader's language; the key is drawn inside
    the figure, so that a picture of it is complete, and repeated as values in `key`. Marks carry their code as
    `customdata`, so that a click knows what was meant."""

    figure: Figure
    height: int
    alt: str
    key: tuple[KeyItem, ...]

    def enlarged(self, factor: float) -> Chart:
        """The same chart with every length in pixels times `factor`, for a screen on a wall."""
        return replace(self, figure=enlarged(self.figure, factor), height=round(self.height * factor))

    def plotly(self, meta: str = "") -> BaseFigure:
        """The figure for Streamlit; `meta` becomes part of its content."""
        if not meta:
            return Plain(self.figure)
        return Plain({**self.figure, "layout": {**self.figure["layout"], "meta": meta}})


class Plain(BaseFigure):  # type: ignore[misc]  # Plotly has no types.
    """A figure that is its plain dict. Plotly's own is validated and copied three times on its way to the same JSON,
    which takes longer than all else that is done with it; a test validates every kind of chart."""

    def __init__(self, figure: Figure) -> None:
        self._plain = figure

    def to_dict(self) -> Figure:
        """The dict itself, which nobody may change."""
        return self._plain


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Written words beside (rows) or below (months) the marks: a cell for every row of the sheet, in its order."""

    label: Text
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts under one subhead; `total` is given and not added up here, for not every number is additive. Of a group
    that `is_folded` only the subhead is drawn."""

    name: Text
    total: Number | None
    codes: tuple[str, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a chart is dressed: the palette of the mode, the hue of the pillar and the reader's language."""

    palette: Palette
    hue: Hue
    language: Language

    @classmethod
    def of(cls, palette: Palette, pillar: str, language: Language) -> Style:
        """The style of a pillar's charts; KeyError for a pillar that is not one."""
        return cls(palette, palette.hue(pillar), language)
