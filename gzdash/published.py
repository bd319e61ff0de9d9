"""The published figures: 34 quoted numbers with their qualifiers, and whether the store agrees with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gzdash.answer import Answer, Number, Question
from gzdash.ask import Desk
from gzdash.metrics import metric
from gzdash.numbers import write
from gzdash.period import Period, is_month
from gzdash.reference import code_list, rows
from gzdash.selection import Selection, listed
from gzdash.units import RATIO, YUAN, Unit
from gzdash.words import Language, Text, same

# How far the store may lie from a figure of the article and still agree, as shares of the figure.
APPROX_WITHIN = Decimal("0.05")
OVER_BY_AT_MOST = Decimal("0.15")
JUST_UNDER_BY_AT_MOST = Decimal("0.10")

CALIBRATED = Text(
    "演示数据按公开数字校准，不构成印证。",
    "Demonstration data is calibrated to the published figures; agreement is no evidence.",
)
PERIOD_KINDS: dict[str, Text] = {
    "stock": Text("时点", "stock"),
    "growth": Text("增幅", "growth"),
    "event": Text("单次", "one event"),
    "event_month": Text("当月", "of the month"),
    "period": Text("时段", "of the period"),
    "cumulative": Text("累计", "cumulative"),
    "yoy": Text("同比", "on a year before"),
    "list": Text("目录", "a list"),
    "period_label": Text("统计期", "a period"),
}
SECTIONS: dict[str, Text] = {
    "导语": Text("导语", "Introduction"),
    "贷款到位，企业有信心": Text("贷款到位，企业有信心", "Loans arrive, firms take heart"),
    "求职引路，学生有方向": Text("求职引路，学生有方向", "Guided into jobs, students find direction"),
    "送医助学，乡村有未来": Text("送医助学，乡村有未来", "Doctors and schooling, the countryside has a future"),
}
_PLACE = Text("“{section}”第 {paragraph} 段", "“{section}”, paragraph {paragraph}")
NOTHING = "—"
_AS_OF = Text("截至{day}", "as of {day}")
_FROM_TO = Text("{first}至{last}", "{first} to {last}")
_UP_TO = Text("至{last}（起始未列）", "to {last} (start not stated)")
_RANGE = Text("{low}—{high} {unit}", "{low}–{high} {unit}s")
NOT_ON_REGISTER = Text("名录里没有“{name}”", "“{name}” is not on the register")
NO_RECORDS = Text("数据湖里没有这一时段和范围的记录", "The store has no records of that period and scope")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that puts a figure to the store; `organization` is its name on the register, empty for all."""

    metric: str
    selection: Selection
    organization: str = ""
    demo_organization: str = ""

    def name(self, is_demo: bool) -> str:
        """The organization's name: a demonstration lake has a stand-in, for nothing is invented about real ones."""
        return self.demo_organization if is_demo else self.organization


@dataclass(frozen=True, slots=True)
class Published:
    """One figure as the article has it: `value` in yuan, as a fraction or as a count; a range has only its ends.

    `qualifier` is exact, approx, approx_below, over or range; `word` is the article's own word for it.
    `asked` is None where the store cannot answer; `why_not` then says why.
    """

    id: str
    name: Text
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: Unit
    qualifier: str
    word: str
    period_kind: Text
    period: Text
    organizations: Text
    region: Text
    programmes: Text
    pillar: str
    note: Text
    place: Text
    asked: Asked | None
    why_not: Text | None

    def written(self, language: Language) -> str:
        """The figure with its qualifier, as people read it: ≈ 8,000, >1.8 亿元, 5—10 年."""
        if self.qualifier == "range":
            return _RANGE.fill(low=self.low, high=self.high, unit=self.unit.symbol).of(language)
        return write(self.value, self.unit, language, qualifier=self.qualifier)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure beside the store's own; `computed` and `agrees` are None where the store has no answer.

    On a demonstration lake agreement is calibration, not evidence: show CALIBRATED beside it.
    """

    published: Published
    computed: Number | None
    agrees: bool | None
    why_not: Text | None

    def written(self, language: Language) -> str:
        """The store's own figure, as people read it."""
        return write(self.computed, self.published.unit, language)


@cache
def figures() -> tuple[Published, ...]:
    """The 34 figures in the order of the article's pillars.

    Source: `data/reference/published_figures.csv` and `published_questions.csv`.
    """
    questions = {row["id"]: row for row in rows("published_questions.csv")}
    return tuple(_published(row, questions[row["id"]]) for row in rows("published_figures.csv"))


def compare(desk: Desk) -> tuple[Comparison, ...]:
    """Every published figure beside what the store says to the same question."""
    selections = {one.id: _selection(desk, one.asked) for one in figures() if one.asked}
    questions = {
        one.id: Question(one.asked.metric, selection)
        for one in figures()
        if one.asked and (selection := selections[one.id])
    }
    answers = dict(zip(questions, desk.ask_all(tuple(questions.values())), strict=True))
    return tuple(_comparison(one, answers.get(one.id), desk.snapshot.is_demo) for one in figures())


def agrees(figure: Published, computed: Number) -> bool:
    """Whether `computed` agrees with what the article says, by its qualifier; KeyError for an unknown one."""
    found, said = Decimal(str(computed)), figure.value
    if figure.qualifier == "range":
        return figure.low is not None and figure.high is not None and figure.low <= found <= figure.high
    if said is None:
        return False
    return {
        "exact": found == said,
        "approx": abs(found - said) <= said * APPROX_WITHIN,
        "over": said < found <= said * (1 + OVER_BY_AT_MOST),
        "approx_below": said * (1 - JUST_UNDER_BY_AT_MOST) <= found < said,
    }[figure.qualifier]


def _comparison(figure: Published, answer: Answer | None, is_demo: bool) -> Comparison:
    """Every published figure is above zero, so a zero says that the store was not there yet: no answer."""
    if figure.asked is None:
        return Comparison(figure, None, None, figure.why_not)
    if answer is None:
        return Comparison(figure, None, None, NOT_ON_REGISTER.fill(name=figure.asked.name(is_demo)))
    if not answer.value:
        return Comparison(figure, None, None, NO_RECORDS)
    return Comparison(figure, answer.value, agrees(figure, answer.value), None)


def _selection(desk: Desk, asked: Asked) -> Selection | None:
    """What to ask on this lake; None where the organization is not on its register."""
    name = asked.name(desk.snapshot.is_demo)
    if not name:
        return asked.selection
    found = desk.engine.run("SELECT code FROM register WHERE name = $name", {"name": name}, desk.snapshot)
    return asked.selection.with_(organization=found["code"][0].as_py()) if found.num_rows else None


def _published(row: dict[str, str], question: dict[str, str]) -> Published:
    unit = _unit(row)
    return Published(
        row["id"],
        Text(row["metric_zh"], question["name_en"]),
        _decimal(row["canonical_value"]),
        *_ends(row),
        unit,
        row["qualifier"],
        row["qualifier_zh"],
        PERIOD_KINDS[row["period_kind"]],
        _period(row),
        Text(row["orgs"].replace(";", "、") or NOTHING, question["organizations_en"] or NOTHING),
        listed(_region(part) for part in row["region_zh"].split(";")),
        listed(map(_programme, row["programme"].split(";"))),
        row["pillar"],
        Text(question["note_zh"] or NOTHING, row["scope_note"].strip() or NOTHING),
        _PLACE.fill(section=SECTIONS[row["section"]], paragraph=row["paragraph"]),
        _asked(question),
        Text(question["why_not_zh"], question["why_not_en"]) if question["why_not_zh"] else None,
    )


def _asked(question: dict[str, str]) -> Asked | None:
    if not question["metric"]:
        return None
    selection = Selection(
        Period.parse(question["period"]), regions=_codes(question["regions"]), programmes=_codes(question["programmes"])
    )
    key = metric(question["metric"]).key
    return Asked(key, selection, question["organization"], question["demo_organization"])


def _codes(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))


def _unit(row: dict[str, str]) -> Unit:
    known = {"CNY": YUAN, "ratio": RATIO}
    return known.get(row["canonical_unit"]) or Unit(row["canonical_unit"], Text(row["unit"], row["canonical_unit"]))


def _ends(row: dict[str, str]) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a range; the period label of another body is written as one too."""
    if row["qualifier"] != "range":
        return None, None
    low, _, high = row["value"].partition("-")
    return Decimal(low), Decimal(high)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _region(name: str) -> Text:
    """A place by its Chinese name, as the article writes it; towns stand behind their county there."""
    for entry in _places():
        if name.endswith(entry.zh):
            return Text(name, entry.en)
    return same(name)


def _places() -> Iterator[Text]:
    for level in ("town", "county", "prefecture", "region_group"):
        yield from (entry.name for entry in code_list(level).entries)


def _programme(name: str) -> Text:
    """A programme by its Chinese name; the article adds a subtitle to some."""
    english = {row["name_zh"]: row["name_en"] for row in rows("programmes.csv")}
    return Text(name or NOTHING, english.get(name) or english.get(name.partition("·")[0]) or name or NOTHING)


def _period(row: dict[str, str]) -> Text:
    first, last, day = row["period_from"], row["period_to"], row["as_of"]
    if not first and row["period_kind"] == "event":
        return _when(day)
    if not first and row["period_kind"] in ("stock", "list"):
        return _AS_OF.fill(day=_when(day))
    if is_month(first) and is_month(last):
        return Period(first, last).label
    if not first:
        return _UP_TO.fill(last=_when(last))
    return _FROM_TO.fill(first=_when(first), last=_when(last or day))


def _when(text: str) -> Text:
    """A year, a month or a day in words."""
    year, *rest = text.split("-")
    if not rest:
        return Text(f"{year}年", year)
    month = Period(f"{year}-{rest[0]}", f"{year}-{rest[0]}").label
    return Text(f"{month.zh}{int(rest[1])}日", f"{int(rest[1])} {month.en}") if rest[1:] else month
