"""A figure for a wall: lengths in pixels grow, data does not."""

from __future__ import annotations

from gzdash.charts.enlarging import enlarged


def test_lengths_in_pixels_grow_and_data_stays() -> None:
    figure = {
        "data": [{"x": [100, 200], "width": 14, "marker": {"size": [8, 7], "line": {"width": 2, "color": "#000000"}}}],
        "layout": {
            "height": 320,
            "margin": {"l": 40, "r": 0, "t": 28, "b": 24},
            "font": {"size": 12},
            "xaxis": {"range": [0, 200], "tickfont": {"size": 12}, "gridwidth": 1},
            "shapes": [
                {"xsizemode": "pixel", "x0": -40, "x1": 0, "y0": 0.5, "y1": 0.5, "line": {"width": 1}},
                {"ysizemode": "pixel", "x0": 0, "x1": 1, "y0": -4, "y1": -4},
            ],
            "annotations": [{"x": 1, "y": 44, "xshift": 10, "yshift": -6, "font": {"size": 12}}],
        },
    }
    assert enlarged(figure, 1.5) == {
        "data": [
            {"x": [100, 200], "width": 14, "marker": {"size": [12, 10.5], "line": {"width": 3, "color": "#000000"}}}
        ],
        "layout": {
            "height": 480,
            "margin": {"l": 60, "r": 0, "t": 42, "b": 36},
            "font": {"size": 18},
            "xaxis": {"range": [0, 200], "tickfont": {"size": 18}, "gridwidth": 1.5},
            "shapes": [
                {"xsizemode": "pixel", "x0": -60, "x1": 0, "y0": 0.5, "y1": 0.5, "line": {"width": 1.5}},
                {"ysizemode": "pixel", "x0": 0, "x1": 1, "y0": -6, "y1": -6},
            ],
            "annotations": [{"x": 1, "y": 44, "xshift": 15, "yshift": -9, "font": {"size": 18}}],
        },
    }
