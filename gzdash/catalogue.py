"""The catalogue says in prose what every declared metric and table means: a page, and two generated documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gzdash.dimensions import DIMENSIONS
from gzdash.metrics import METRICS, Metric
from gzdash.metrics.declaration import Better
from gzdash.reference import code_list
from gzdash.selection import FILTERS, listed
from gzdash.tables import TABLES, Column, Kind, Table
from gzdash.words import Language, Text

PILLARS: dict[str, Text] = {
    "industry": Text("产业", "Industry"),
    "employment": Text("就业", "Employment"),
    "rural": Text("乡村振兴", "Rural revitalisation"),
    "organizations": Text("社会组织", "Organizations"),
}
KINDS: dict[str, Text] = {
    "flow": Text("流量", "Flow"),
    "stock": Text("时点", "Stock"),
    "ratio": Text("比率", "Ratio"),
}
ADDED = Text("时段内各月相加", "Added over the months of the period")
COUNTED_ONCE = Text("整个时段内去重，各月不能相加", "Counted once over the whole period; months are never added")
AT_THE_END = Text("时段末一日，各月不能相加", "At the last day of the period; months are never added")
SAME_PERIOD = Text("分子、分母同一时段，最后相除", "Both halves over the same period, divided last")
SAME_DAY = Text("分子、分母同取时段末，最后相除", "Both halves at the end of the period, divided last")

BETTER: dict[Better, Text] = {
    "higher": Text("越高越好", "Higher is better"),
    "lower": Text("越低越好", "Lower is better"),
    "neither": Text("不分好坏", "Neither"),
}
COLUMN_KINDS: dict[Kind, Text] = {
    "code": Text("代码", "code"),
    "text": Text("文本", "text"),
    "organization": Text("统一社会信用代码", "unified social credit code"),
    "organizations": Text("多个统一社会信用代码", "several credit codes"),
    "integer": Text("整数", "whole number"),
    "money": Text("金额，两位小数", "money, two decimals"),
    "date": Text("日期", "date"),
    "month": Text("月份", "month"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One metric in the words of one language, ready to be shown; `valid_from` is a month such as 2021-01."""

    key: str
    name: str
    meaning: str
    formula: str
    unit: str
    pillar: str
    kind: str
    period: str
    splits: tuple[str, ...]
    splits_not_adding_up: tuple[str, ...]
    filters: tuple[str, ...]
    better: str
    owner: str
    source: str
    valid_from: str


def entries(language: Language) -> tuple[Entry, ...]:
    """Every metric in the order of its pillar and declaration."""
    order = list(PILLARS)
    metrics = sorted(METRICS.values(), key=lambda one: order.index(one.pillar))
    return tuple(entry(one, language) for one in metrics)


def entry(metric: Metric, language: Language) -> Entry:
    """One metric in words."""
    return Entry(
        metric.key,
        metric.name.of(language),
        metric.meaning.of(language),
        metric.formula.of(language) if metric.formula else "",
        metric.unit.symbol.of(language),
        PILLARS[metric.pillar].of(language),
        KINDS[metric.kind].of(language),
        _period(metric).of(language),
        _dimensions(metric.splits, language),
        _dimensions((split for split in metric.splits if not metric.adds_up(split)), language),
        tuple(FILTERS[key].name.of(language) for key in metric.filters),
        BETTER[metric.better].of(language),
        metric.owner.of(language),
        source_table(metric).name.of(language),
        metric.valid_from,
    )


def source_table(metric: Metric) -> Table:
    """The table a metric is counted from."""
    return TABLES[metric.subject.table]


def _period(metric: Metric) -> Text:
    if metric.is_ratio:
        return SAME_DAY if metric.subject.is_stock else SAME_PERIOD
    if metric.subject.is_stock:
        return AT_THE_END
    return COUNTED_ONCE if metric.part.is_distinct else ADDED


def _dimensions(keys: Iterable[str], language: Language) -> tuple[str, ...]:
    return tuple(DIMENSIONS[key].name.of(language) for key in keys)


GENERATED = Text(
    "本文由 `python -m gzdash docs` 从声明生成，请勿手改。",
    "Generated from the declarations by `python -m gzdash docs`; do not edit.",
)
METRICS_TITLE = Text("指标口径", "Metrics")
TABLES_TITLE = Text("数据字典", "Data dictionary")
NOTHING = "—"

# What the page and the document say of a metric besides name and meaning: its name, and the field of an Entry.
FACTS: tuple[tuple[Text, str], ...] = (
    (Text("公式", "Formula"), "formula"),
    (Text("单位", "Unit"), "unit"),
    (Text("性质", "Kind"), "kind"),
    (Text("时段", "Period"), "period"),
    (Text("可拆分", "Splits"), "splits"),
    (Text("拆分后不可相加", "Splits that do not add up"), "splits_not_adding_up"),
    (Text("服从筛选", "Filters obeyed"), "filters"),
    (Text("方向", "Better"), "better"),
    (Text("口径负责人", "Owner"), "owner"),
    (Text("来源表", "Source table"), "source"),
    (Text("起始", "Valid from"), "valid_from"),
)
_COLUMN = Text("列", "Column")
_TYPE = Text("类型", "Type")
_REQUIRED = Text("必填", "Required")
_NOTE = Text("说明", "Note")
_RULE = Text("规则", "Rule")
_MEANING = Text("含义", "Meaning")
_REMEDY = Text("处理", "Remedy")
_EFFECT = Text("程度", "Severity")
_YES = Text("是", "yes")
_LIST = Text("{kind}：{codes}", "{kind}: {codes}")
_REFUSES = Text("错误，整份退回", "error, the file is refused")
_WARNS = Text("提醒，仍可提交", "warning, it can be committed")
_SUBMISSION = Text(
    "一份填报：{owner}。后一份取代前一份。",
    "One submission: {owner}. A later one takes the place of the earlier.",
)
_PER_MONTH = Text("{owner}，每月", "{owner}, each month of “{time}”")
_UNIQUE = Text("不得重复：{columns}。", "Never twice the same: {columns}.")


def metrics_markdown() -> str:
    """The text of `docs/metrics.md`: every metric, both languages side by side."""
    return _document(METRICS_TITLE, _metrics())


def tables_markdown() -> str:
    """The text of `docs/tables.md`: every table with its columns and rules, both languages side by side."""
    return _document(TABLES_TITLE, (line for table in TABLES.values() for line in _table(table)))


def _document(title: Text, body: Iterable[str]) -> str:
    lines = [f"# {_both(title)}", "", f"{GENERATED.zh} {GENERATED.en}", *body]
    return "\n".join(lines) + "\n"


def _metrics() -> Iterator[str]:
    pillar = ""
    for zh, en in zip(entries("zh"), entries("en"), strict=True):
        if zh.pillar != pillar:
            pillar = zh.pillar
            yield from ("", f"## {zh.pillar} · {en.pillar}")
        yield from ("", f"### {zh.name} · {en.name} · `{zh.key}`", "", zh.meaning, "", en.meaning, "")
        rows = [[_both(name), _value(zh, field, "、"), _value(en, field, ", ")] for name, field in FACTS]
        yield from _grid(["", "中文", "English"], rows)


def _value(entry: Entry, field: str, comma: str) -> str:
    found = getattr(entry, field)
    return (comma.join(found) if isinstance(found, tuple) else found) or NOTHING


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"## {_both(table.name)} · `{table.key}`", "", table.meaning.zh, "", table.meaning.en, "")
    yield f"- {_both(_SUBMISSION.fill(owner=_owner(table)))}"
    if table.unique:
        yield f"- {_both(_UNIQUE.fill(columns=_labels(table, table.unique)))}"
    yield ""
    head = [_both(_COLUMN), "", _both(_TYPE), _both(_REQUIRED), _both(_NOTE)]
    yield from _grid(head, [_column(column) for column in table.columns])
    if table.rules:
        yield ""
        head = [_both(_RULE), _both(_MEANING), _both(_REMEDY), _both(_EFFECT)]
        effects = (_WARNS if rule.warning else _REFUSES for rule in table.rules)
        rules = zip(table.rules, effects, strict=True)
        yield from _grid(head, [[f"`{r.key}`", _both(r.title), _both(r.remedy), _both(effect)] for r, effect in rules])


def _column(column: Column) -> list[str]:
    kind = COLUMN_KINDS[column.kind]
    if column.codes:
        kind = _LIST.fill(kind=kind, codes=code_list(column.codes).name)
    required = _both(_YES) if column.required else ""
    return [_both(column.header), f"`{column.key}`", _both(kind), required, _both(column.note)]


def _owner(table: Table) -> Text:
    owner = _labels(table, table.owner)
    return _PER_MONTH.fill(owner=owner, time=table.by_key[table.time].label) if table.time else owner


def _labels(table: Table, keys: Sequence[str]) -> Text:
    return listed(table.by_key[key].label for key in keys)


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}" if text.zh != text.en else text.zh


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table; a bar inside a cell would end it."""
    for row in (head, ["---"] * len(head), *rows):
        cells = (cell.replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
