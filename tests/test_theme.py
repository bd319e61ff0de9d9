"""The colours keep what the visual language promises: contrast, colour vision, and one truth in two files."""

from __future__ import annotations

import math
import re
import subprocess
import sys
import tomllib
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from gzdash import theme
from gzdash.theme import DARK, FONT_STACK, LIGHT, Palette, css_variables, palette_of, type_variables

ROOT = Path(__file__).parents[1]
PALETTES = {"light": LIGHT, "dark": DARK}
MODES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
PILLARS = ("industry", "employment", "rural", "organizations")
CODED_PILLARS = ("industry", "employment", "rural")

Triple = tuple[float, float, float]

# Machado, Oliveira, Fernandes 2009, severity 1.0, for linear RGB.
VISIONS: dict[str, tuple[Triple, Triple, Triple]] = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
VISION = pytest.mark.parametrize("vision", ["protan", "deutan", "tritan"])
SRGB_TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
D65: Triple = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> Triple:
    """The linear RGB of `#RRGGBB`."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (_linear_channel(red), _linear_channel(green), _linear_channel(blue))


def _linear_channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return (one, two, three)


def contrast(one: str, two: str) -> float:
    """The WCAG 2 contrast ratio of two colours."""
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(two)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Triple) -> Triple:
    """CIELAB under D65 of a linear RGB colour; what the matrices push out of the screen is clipped."""
    seen = times(SRGB_TO_XYZ, (clip(rgb[0]), clip(rgb[1]), clip(rgb[2])))
    x, y, z = (_lab_curve(value / white) for value, white in zip(seen, D65, strict=True))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def _lab_curve(value: float) -> float:
    return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def ciede2000(one: Triple, two: Triple) -> float:
    """The CIEDE2000 difference of two CIELAB colours (Sharma, Wu, Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))) / 2
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    dl, dc, dh = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    bend = 30 * math.exp(-(((hue % 360 - 275) / 25) ** 2))
    rt = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(2 * bend))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh))


def apart(one: str, two: str, vision: str) -> float:
    """How far two colours stay apart for a reader with that colour vision."""
    return ciede2000(*(lab(times(VISIONS[vision], linear(colour))) for colour in (one, two)))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_ruler_itself_agrees_with_the_published_pairs(one: Triple, two: Triple, expected: float) -> None:
    assert ciede2000(one, two) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("token", "light", "dark"),
    [
        ("ink", 17.6, 16.0),
        ("ink2", 8.6, 10.6),
        ("ink3", 5.4, 7.0),
        ("control", 3.3, 4.6),
        ("axis", 2.6, 3.8),
        ("hair", 1.2, 1.4),
        ("demo", 7.4, 7.4),
        ("error", 6.5, 7.5),
        ("link", 8.5, 8.2),
        ("slate", 3.8, 4.6),
        ("industry.mark", 8.5, 6.0),
        ("industry.ink", 8.5, 8.2),
        ("industry.mid", 3.2, 3.2),
        ("employment.mark", 3.7, 8.5),
        ("employment.ink", 6.0, 9.9),
        ("employment.mid", 2.3, 3.6),
        ("rural.mark", 5.5, 8.9),
        ("rural.ink", 6.4, 10.2),
        ("rural.mid", 3.1, 3.9),
    ],
)
def test_tokens_stand_out_from_the_page_as_measured(token: str, light: float, dark: float) -> None:
    for palette, least in ((LIGHT, light), (DARK, dark)):
        assert contrast(token_of(palette, token), palette.page) >= least


def token_of(palette: Palette, path: str) -> str:
    value: object = palette
    for name in path.split("."):
        value = getattr(value, name)
    assert isinstance(value, str)
    return value


@MODES
@pytest.mark.parametrize("pillar", PILLARS)
def test_marks_can_be_seen_and_inks_can_be_read(palette: Palette, pillar: str) -> None:
    hue = palette.hue(pillar)
    assert contrast(hue.mark, palette.page) >= 3
    assert contrast(hue.ink, palette.page) >= 4.5
    assert contrast(hue.mark, hue.wash) >= 3


@MODES
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink3", "sunk"),  # captions and placeholders on chips and empty panels
        ("ink2", "sunk"),
        ("ink", "sunk"),
        ("link", "sunk"),
        ("page", "ink"),  # the chosen language, a chosen button
        ("page", "error"),  # the number of an error
        ("error", "error_wash"),
        ("ink", "error_wash"),
    ],
)
def test_text_on_other_grounds_can_be_read(palette: Palette, text: str, ground: str) -> None:
    assert contrast(token_of(palette, text), token_of(palette, ground)) >= 4.5


@MODES
def test_the_ring_of_the_keyboard_and_the_edge_of_a_control_can_be_seen(palette: Palette) -> None:
    for ground in (palette.page, palette.sunk):
        assert contrast(palette.ink, ground) >= 3
    assert contrast(palette.control, palette.page) >= 3


@MODES
@VISION
def test_pillars_stay_apart_in_every_colour_vision(palette: Palette, vision: str) -> None:
    marks = [palette.hue(pillar).mark for pillar in CODED_PILLARS]
    assert min(apart(one, two, vision) for one, two in combinations(marks, 2)) >= 12
    assert min(apart(one, two, vision) for one, two in combinations(palette.categorical, 2)) >= 12


@MODES
@VISION
@pytest.mark.parametrize("pillar", PILLARS)
def test_neighbouring_classes_stay_apart_in_every_colour_vision(palette: Palette, vision: str, pillar: str) -> None:
    scale = palette.sequential(pillar)
    assert min(apart(one, two, vision) for one, two in pairwise(scale)) >= 9


@MODES
@VISION
def test_the_two_sides_of_the_diverging_scale_stay_apart(palette: Palette, vision: str) -> None:
    assert min(apart(one, two, vision) for one, two in combinations(palette.diverging, 2)) >= 14


@MODES
@VISION
def test_money_and_goods_of_rural_aid_stay_apart(palette: Palette, vision: str) -> None:
    assert apart(palette.rural.mark, palette.rural.mid, vision) >= 14


def test_modes_and_pillars_are_found_by_name() -> None:
    assert palette_of("light") is LIGHT
    assert palette_of("dark") is DARK
    assert LIGHT.hue("rural").mark == "#147758"
    assert LIGHT.hue("organizations") == theme.Hue("#7A828B", "#454C54", "#9AA1A9", "#F5F6F6")
    with pytest.raises(KeyError):
        LIGHT.hue("fishing")


@MODES
def test_style_variables_are_one_declaration_a_line(palette: Palette) -> None:
    lines = css_variables(palette).splitlines()
    assert all(re.fullmatch(r"--gz-[a-z0-9-]+: #[0-9A-F]{6};", line) for line in lines)
    names = [line.split(":")[0] for line in lines]
    assert len(names) == len(set(names)) == 15 + 4 * 4 + 4 * 5 + 7
    assert {"--gz-error-wash", "--gz-rural-mark", "--gz-organizations-ink", "--gz-diverging-7"} <= set(names)


def test_style_variables_carry_the_colours_of_their_mode() -> None:
    assert "--gz-page: #FFFFFF;\n" in css_variables(LIGHT)
    assert "--gz-page: #14171A;\n" in css_variables(DARK)
    assert "--gz-employment-5: #864600;\n" in css_variables(LIGHT)


STYLESHEETS = sorted((ROOT / "gzdash" / "screen" / "assets").glob("*.css"))


def test_the_type_scale_is_in_rem_of_body_text_so_that_it_follows_the_size_a_reader_chose() -> None:
    variables = dict(line.rstrip(";").split(": ") for line in type_variables().splitlines())
    assert variables["--gz-root"] == "87.5%"
    assert variables["--gz-size-body"] == "1rem"
    assert variables["--gz-line-body"] == "1.5rem"
    pixels = {
        name: round(14 * float(value.removesuffix("rem"))) for name, value in variables.items() if "-size-" in name
    }
    assert list(pixels.values()) == [44, 30, 24, 22, 17, 15, 14, 13, 12]
    assert len(variables) == 1 + 2 * 9


@pytest.mark.parametrize("path", STYLESHEETS, ids=[path.name for path in STYLESHEETS])
def test_stylesheets_write_no_type_in_pixels_and_name_no_size_that_is_not_in_the_scale(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"(?:font-size|line-height): *[\d.]+px|font: [^;]*\dpx", text) == []
    named = set(re.findall(r"var\((--gz-(?:size|line)-[a-z-]+)\)", text))
    assert named - {line.split(":")[0] for line in type_variables().splitlines()} == set()


def test_the_theme_needs_neither_streamlit_nor_plotly() -> None:
    code = "import sys, gzdash.theme; sys.exit(bool({'streamlit', 'plotly'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


# Streamlit's name for a colour beside ours: config.toml is read before any of our code, so it has to repeat them.
CONFIG_COLOURS = {
    "primaryColor": "ink",
    "backgroundColor": "page",
    "secondaryBackgroundColor": "sunk",
    "textColor": "ink",
    "linkColor": "link",
    "borderColor": "control",
    "dataframeBorderColor": "hair",
    "dataframeHeaderBackgroundColor": "page",
    "dataframeHeaderTextColor": "ink3",
    "codeTextColor": "ink",
    "codeBackgroundColor": "sunk",
    "redColor": "error",
    "redTextColor": "error",
    "redBackgroundColor": "error_wash",
    "blueColor": "industry.mark",
    "blueTextColor": "industry.ink",
    "blueBackgroundColor": "industry.wash",
    "orangeColor": "employment.mark",
    "orangeTextColor": "employment.ink",
    "orangeBackgroundColor": "employment.wash",
    "greenColor": "rural.mark",
    "greenTextColor": "rural.ink",
    "greenBackgroundColor": "rural.wash",
    "violetColor": "demo",
    "violetTextColor": "demo",
    "violetBackgroundColor": "page",
    "yellowColor": "ink2",
    "yellowTextColor": "ink",
    "yellowBackgroundColor": "sunk",
    "grayColor": "slate",
    "grayTextColor": "ink2",
    "grayBackgroundColor": "sunk",
}
CHART_SCALES = {"chartCategoricalColors", "chartSequentialColors", "chartDivergingColors"}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_config_repeats_the_colours_of_the_theme(config: dict[str, Any], mode: str) -> None:
    section, palette = config["theme"][mode], PALETTES[mode]
    colours = {key: value for key, value in section.items() if isinstance(value, str)}
    assert colours == {key: token_of(palette, path) for key, path in CONFIG_COLOURS.items()}
    assert section["chartCategoricalColors"] == list(palette.categorical)
    assert set(section) == set(CONFIG_COLOURS) | CHART_SCALES | {"sidebar"}
    assert section["sidebar"] == {
        "backgroundColor": palette.page,
        "secondaryBackgroundColor": palette.sunk,
        "borderColor": palette.hair,
    }


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_config_stretches_the_scales_to_the_ten_steps_streamlit_wants(config: dict[str, Any], mode: str) -> None:
    section, palette = config["theme"][mode], PALETTES[mode]
    for key, scale in (
        ("chartSequentialColors", palette.sequential("industry")),
        ("chartDivergingColors", palette.diverging),
    ):
        assert len(section[key]) == 10
        for given, wanted in zip(section[key], stretched(scale, 10), strict=True):
            assert ciede2000(lab(linear(given)), wanted) < 1


def stretched(scale: tuple[str, ...], steps: int) -> list[Triple]:
    """`scale` with `steps` colours, evenly spaced along straight lines in CIELAB."""
    colours = [lab(linear(colour)) for colour in scale]
    places = [step * (len(scale) - 1) / (steps - 1) for step in range(steps)]
    return [_between(colours, place) for place in places]


def _between(colours: list[Triple], place: float) -> Triple:
    left = min(int(place), len(colours) - 2)
    share = place - left
    one, two, three = (a + (b - a) * share for a, b in zip(colours[left], colours[left + 1], strict=True))
    return (one, two, three)


def test_config_sets_type_and_corners(config: dict[str, Any]) -> None:
    given = {key: value for key, value in config["theme"].items() if not isinstance(value, dict)}
    assert given == {
        "base": "light",
        "font": FONT_STACK,
        "headingFont": FONT_STACK,
        "baseFontSize": 14,
        "baseRadius": "4px",
        "buttonRadius": "4px",
        "showWidgetBorder": True,
        "linkUnderline": False,
        "paddingTop": "16px",
        "paddingBottom": "8px",
        "headingFontSizes": ["24px", "17px", "15px"],
        "headingFontWeights": [600, 600, 600],
        "metricValueFontSize": "30px",
        "metricValueFontWeight": 600,
    }


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "disableDataExport", True),
        ("client", "toolbarMode", "minimal"),
        ("server", "address", "127.0.0.1"),
        ("server", "headless", True),
        ("server", "maxUploadSize", 128),
        ("server", "runOnSave", False),
        ("server", "fileWatcherType", "none"),
    ],
)
def test_config_tells_nobody_and_shows_nothing_internal(
    config: dict[str, Any], section: str, key: str, value: object
) -> None:
    assert config[section][key] == value


def test_streamlit_knows_every_setting(config: dict[str, Any]) -> None:
    import streamlit

    for key in dotted(config):
        streamlit.get_option(key)


def dotted(table: dict[str, Any], prefix: str = "") -> list[str]:
    """The names of all leaves of a nested table, joined by dots."""
    found: list[str] = []
    for key, value in table.items():
        found += dotted(value, f"{prefix}{key}.") if isinstance(value, dict) else [f"{prefix}{key}"]
    return found
