"""The template is what all charts share: transparent paper, one font, fixed margins, a key in the marks' shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gzdash.charts.chart import KeyItem, Style
from gzdash.charts.lettering import SIZE, marked_up, width
from gzdash.theme import FONT_STACK

Part = dict[str, Any]

TOP, BOTTOM = 28, 24
DENSE, NORMAL = 17, 22
# The narrowest plot there is, a phone of 390 less its margins: what must never collide is measured against it.
PHONE = 358
# Rows are also drawn narrower, beside the map of the overview.
BESIDE_MAP = 210
HOLLOW_OUTLINE = 1.2

_NAME_GAP = 4
_KEY_LINE = 20
_KEY_GAP = 12
_SHAPE_GAP = 6
_SHAPE_WIDTHS = {"bar": 12, "dashed": 12, "dot": 9, "tick": 16, "line": 16}


@dataclass(frozen=True, slots=True)
class Margin:
    """The room around the plot, in pixels."""

    left: int = 0
    right: int = 0
    top: int = TOP
    bottom: int = BOTTOM


BARE = Margin()

# What an axis or a bar is where a chart does not say. Without a template Plotly's Python adds its own to every figure,
# seven kilobytes for kinds of charts that we do not draw.
_AXIS = {"automargin": True, "gridcolor": "white", "linecolor": "white", "ticks": "", "zerolinecolor": "white"}
TEMPLATE = {
    "data": {"bar": [{"type": "bar", "marker": {"line": {"color": "#E5ECF6", "width": 0.5}}}]},
    "layout": {
        "autotypenumbers": "strict",
        "xaxis": {**_AXIS, "title": {"standoff": 15}, "zerolinewidth": 2},
        "yaxis": {**_AXIS, "title": {"standoff": 15}, "zerolinewidth": 2},
    },
}


def layout(style: Style, height: int, margin: Margin, **more: Any) -> Part:
    """The layout of a chart; `more` adds the axes and whatever else is its own."""
    palette = style.palette
    return {
        "template": TEMPLATE,
        "height": height,
        "font": {"family": FONT_STACK, "size": SIZE, "color": palette.ink2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": margin.left, "r": margin.right, "t": margin.top, "b": margin.bottom, "pad": 0},
        "showlegend": False,
        "bargap": 0.28,
        "bargroupgap": 0.06,
        "barcornerradius": 0,
        "separators": ".,",
        "transition": {"duration": 0},
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.page,
            "bordercolor": palette.control,
            "font": {"family": FONT_STACK, "size": 13, "color": palette.ink},
            "align": "left",
            "namelength": -1,
        },
        **more,
    }


def axis(style: Style, **more: Any) -> Part:
    """An axis that only carries words: no grid, no ticks, no zooming."""
    return {
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "automargin": False,
        "fixedrange": True,
        "tickangle": 0,
        "ticklabelstandoff": _NAME_GAP,
        "tickfont": {"size": SIZE, "color": style.palette.ink3},
    } | more


def ruled(style: Style, values: Sequence[float], texts: Sequence[str], **more: Any) -> Part:
    """A value axis with its few ticks, hairlines at them and a zero line."""
    palette = style.palette
    return axis(
        style,
        tickmode="array",
        tickvals=list(values),
        ticktext=list(texts),
        showgrid=True,
        gridcolor=palette.hair,
        gridwidth=1,
        zeroline=True,
        zerolinecolor=palette.axis,
        zerolinewidth=1,
        **more,
    )


@lru_cache(maxsize=64)
def _font(colour: str) -> Part:
    """One for all texts of a colour: charts are remembered, and nobody may change one."""
    return {"size": SIZE, "color": colour}


def words(text: str, colour: str, *, bold: bool = False, **place: Any) -> Part:
    """A text in the plot, measured from its edges; tags in `text` are shown, not read."""
    return {
        "text": marked_up(text, bold=bold),
        "showarrow": False,
        "borderpad": 0,
        "font": _font(colour),
        "xref": "paper",
        "yref": "paper",
        "yanchor": "middle",
    } | place


def hairlines(margin: Margin, style: Style, **height: Any) -> list[Part]:
    """A hairline across the plot and both its margins; a shape is measured in pixels or in shares, so it is three."""
    line = {"type": "line", "xref": "paper", "line": {"color": style.palette.hair, "width": 1}} | height
    return [
        line | {"xsizemode": "pixel", "xanchor": 0, "x0": -margin.left, "x1": 0},
        line | {"x0": 0, "x1": 1},
        line | {"xsizemode": "pixel", "xanchor": 1, "x0": 0, "x1": margin.right},
    ]


def key_width(items: Sequence[KeyItem]) -> float:
    """The room of the whole key on one line, in pixels."""
    return sum(map(_item_width, items)) + _KEY_GAP * (len(items) - 1)


def key_height(items: Sequence[KeyItem]) -> int:
    """The room of the key with its lines as they fit a phone."""
    return _KEY_LINE * len(_key_lines(items))


def key_parts(items: Sequence[KeyItem], margin: Margin, style: Style) -> tuple[list[Part], list[Part]]:
    """The key at the top left corner: its shapes and its words."""
    shapes, texts = [], []
    for line, placed in enumerate(_key_lines(items)):
        middle = margin.top - 10 - line * _KEY_LINE
        for left, item in placed:
            x = left - margin.left
            shapes.append(_key_shape(item, x, middle))
            shift = x + _SHAPE_WIDTHS[item.shape] + _SHAPE_GAP
            texts.append(words(item.label, style.palette.ink2, x=0, y=1, xanchor="left", xshift=shift, yshift=middle))
    return shapes, texts


def _key_lines(items: Sequence[KeyItem]) -> list[list[tuple[float, KeyItem]]]:
    lines: list[list[tuple[float, KeyItem]]] = [[]]
    left = 1.0
    for item in items:
        if lines[-1] and left + _item_width(item) > PHONE:
            lines.append([])
            left = 1.0
        lines[-1].append((left, item))
        left += _item_width(item) + _KEY_GAP
    return lines


def _item_width(item: KeyItem) -> float:
    return _SHAPE_WIDTHS[item.shape] + _SHAPE_GAP + width(item.label)


def _key_shape(item: KeyItem, left: float, middle: float) -> Part:
    across = _SHAPE_WIDTHS[item.shape]
    flat = item.shape in ("tick", "line")
    tall = 0 if flat else across / 2
    thick = 2.0 if item.shape in ("dot", "line") else 1.75 if flat else HOLLOW_OUTLINE
    return {
        "type": "line" if flat else "circle" if item.shape == "dot" else "rect",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 1,
        "x0": left,
        "x1": left + across,
        "y0": middle - tall,
        "y1": middle + tall,
        "fillcolor": item.fill,
        "line": {"color": item.outline, "width": thick, "dash": "2px,2px" if item.shape == "dashed" else "solid"},
    }
