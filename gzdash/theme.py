"""The theme is every colour, size and font of the visual language, for light and for dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

Mode = Literal["light", "dark"]
Pillar = Literal["industry", "employment", "rural", "organizations"]
Five = tuple[str, str, str, str, str]
Seven = tuple[str, str, str, str, str, str, str]

# Chinese faces come first so that Han and digits share one design.
FONT_STACK = (
    '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC",'
    '"Source Han Sans SC","Source Sans",sans-serif'
)


@dataclass(frozen=True, slots=True)
class Type:
    """One role of the type scale: `size` and `line` in CSS pixels, `weight` 400 or 600."""

    size: int
    line: int
    weight: int


QUESTION_FIGURE = Type(44, 52, 600)
KPI_FIGURE = Type(30, 38, 600)
PAGE_TITLE = Type(24, 36, 600)
VERDICT = Type(22, 32, 600)
WHAT_CHANGED = Type(17, 25, 600)
CHART_TITLE = Type(15, 22, 600)
BODY = Type(14, 21, 400)
CAPTION = Type(13, 20, 400)
AXIS = Type(12, 18, 400)

# The scale by the names that stylesheets use.
TYPE_SCALE: Mapping[str, Type] = {
    "question-figure": QUESTION_FIGURE,
    "kpi-figure": KPI_FIGURE,
    "page-title": PAGE_TITLE,
    "verdict": VERDICT,
    "what-changed": WHAT_CHANGED,
    "chart-title": CHART_TITLE,
    "body": BODY,
    "caption": CAPTION,
    "axis": AXIS,
}

# What browsers take for a reader who chose no size: the page's text is a share of it, so a larger choice enlarges all.
BROWSER_SIZE = 16

# A kiosk is read from across a room: everything grows, the figures most.
KIOSK_SCALE = 1.35
KIOSK_FIGURE_SCALE = 1.6


@dataclass(frozen=True, slots=True)
class Hue:
    """The four tones of a pillar: `mark` paints shapes, `ink` text, `mid` stems, `wash` fills hollow bars."""

    mark: str
    ink: str
    mid: str
    wash: str


@dataclass(frozen=True, slots=True)
class Scales:
    """The map classes of each pillar, five steps from low to high; in dark the high end is the light one."""

    industry: Five
    employment: Five
    rural: Five
    organizations: Five


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one mode as `#RRGGBB`; the names are those of the design's table."""

    page: str
    sunk: str
    ink: str
    ink2: str
    ink3: str
    control: str
    axis: str
    hair: str
    demo: str
    error: str
    error_wash: str
    link: str
    slate: str
    outside: str
    reverse: str
    industry: Hue
    employment: Hue
    rural: Hue
    scales: Scales
    diverging: Seven

    @property
    def organizations(self) -> Hue:
        """The neutral hue of what belongs to no pillar."""
        return Hue(self.slate, self.ink2, self.axis, self.sunk)

    @property
    def categorical(self) -> tuple[str, str, str, str]:
        """At most four categories, in this order; with more, highlight one and grey the rest."""
        return (self.industry.mark, self.employment.mark, self.rural.mark, self.slate)

    def hue(self, pillar: str) -> Hue:
        """The tones of a pillar; KeyError for a name that is not one of the four."""
        return {
            "industry": self.industry,
            "employment": self.employment,
            "rural": self.rural,
            "organizations": self.organizations,
        }[pillar]

    def sequential(self, pillar: str) -> Five:
        """The five map classes of a pillar, low to high; KeyError for an unknown name."""
        return {
            "industry": self.scales.industry,
            "employment": self.scales.employment,
            "rural": self.scales.rural,
            "organizations": self.scales.organizations,
        }[pillar]


LIGHT = Palette(
    page="#FFFFFF",
    sunk="#F5F6F6",
    ink="#16191D",
    ink2="#454C54",
    ink3="#626A73",
    control="#868E96",
    axis="#9AA1A9",
    hair="#E2E4E6",
    demo="#6A3FA0",
    error="#B3261E",
    error_wash="#FBEAE8",
    link="#1C4A94",
    slate="#7A828B",
    outside="#ECEEEF",
    reverse="#FFFFFF",
    industry=Hue("#1C4A94", "#1C4A94", "#6B8FC6", "#E3EBF6"),
    employment=Hue("#C86B08", "#9A4F00", "#DE9C55", "#FBEBD8"),
    rural=Hue("#147758", "#0F6B4F", "#509F84", "#DEF0E9"),
    scales=Scales(
        industry=("#DEE8F5", "#AFC6E6", "#7699CF", "#3D69AE", "#173E7E"),
        employment=("#FBE8D2", "#F3C591", "#E19A4A", "#BC6A12", "#864600"),
        rural=("#E6F4EE", "#A0D0BC", "#5FAC8D", "#237E60", "#08513B"),
        organizations=("#E4E8EC", "#B9C0C7", "#949CA5", "#69717A", "#3B434B"),
    ),
    diverging=("#8A4A00", "#C88A45", "#EBCFAE", "#F1F1EF", "#B9CBE6", "#6C90C6", "#1C4A94"),
)

DARK = Palette(
    page="#14171A",
    sunk="#1D2125",
    ink="#F0F2F4",
    ink2="#C3C8CE",
    ink3="#9BA3AB",
    control="#7A838C",
    axis="#6C757E",
    hair="#30353B",
    demo="#B79AE3",
    error="#F28B82",
    error_wash="#3B201E",
    link="#86B2F2",
    slate="#7A838C",
    outside="#2A2F35",
    reverse="#08130F",
    industry=Hue("#5E97EA", "#86B2F2", "#4469A5", "#1D2C44"),
    employment=Hue("#EFA33A", "#F4B55F", "#96682A", "#3A2A14"),
    rural=Hue("#52CBA3", "#6FD6B4", "#34836B", "#16352B"),
    scales=Scales(
        industry=("#1C2E4A", "#264874", "#3868A8", "#5E93DF", "#A5C8F8"),
        employment=("#3B2A13", "#65451A", "#956525", "#CC8C34", "#F7C476"),
        rural=("#17382E", "#1E5A48", "#277A60", "#41AB88", "#7FE0BF"),
        organizations=("#2F363D", "#4A525A", "#676F78", "#8F98A1", "#C9CFD5"),
    ),
    diverging=("#F4B55F", "#B07B33", "#6B4E27", "#2A2E33", "#2F4A73", "#4C7CC4", "#86B2F2"),
)


def kiosk_variables() -> str:
    """The factors of a screen on a wall for a stylesheet: all text, and what figures grow by on top of that."""
    return f"--gz-kiosk-scale: {KIOSK_SCALE}; --gz-kiosk-figure: {KIOSK_FIGURE_SCALE / KIOSK_SCALE:.3f};"


def palette_of(mode: Mode) -> Palette:
    """The palette of a mode."""
    return DARK if mode == "dark" else LIGHT


def css_variables(palette: Palette) -> str:
    """Every colour as one `--gz-name: #RRGGBB;` a line, for use inside a rule of a stylesheet.

    Hues read `--gz-rural-mark`, scales `--gz-rural-1` to `-5`, the diverging scale `--gz-diverging-1` to `-7`.
    """
    return "".join(f"--gz-{name}: {colour};\n" for name, colour in _named_colours(palette))


def type_variables() -> str:
    """The type scale as `--gz-size-body: 1rem;` and `--gz-line-body: 1.5rem;`, a line each, and `--gz-root`.

    One rem is the size of body text, which the root of the page takes from `--gz-root`, a share of the browser's own.
    """
    scale = ((f"{kind}-{name}", getattr(role, kind)) for name, role in TYPE_SCALE.items() for kind in ("size", "line"))
    sizes = "".join(f"--gz-{name}: {pixels / BODY.size:.5g}rem;\n" for name, pixels in scale)
    return f"--gz-root: {100 * BODY.size / BROWSER_SIZE:g}%;\n{sizes}"


def _named_colours(palette: Palette) -> Iterator[tuple[str, str]]:
    for field in fields(palette):
        value = getattr(palette, field.name)
        if isinstance(value, str):
            yield field.name.replace("_", "-"), value
    for pillar in (field.name for field in fields(Scales)):
        hue = palette.hue(pillar)
        yield from ((f"{pillar}-{tone.name}", getattr(hue, tone.name)) for tone in fields(hue))
        yield from _steps(pillar, palette.sequential(pillar))
    yield from _steps("diverging", palette.diverging)


def _steps(name: str, scale: Five | Seven) -> Iterator[tuple[str, str]]:
    return ((f"{name}-{step}", colour) for step, colour in enumerate(scale, start=1))
