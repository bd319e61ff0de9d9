"""The commands that answer: one metric, every metric's meaning, and the published figures."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from decimal import Decimal

from gzdash.answer import Answer, Row, sheet
from gzdash.catalogue import entries, source_table
from gzdash.cli.asked import choices, desk_of, selection_of, tell_what_does_not_apply
from gzdash.cli.output import NO, YES, Output, joined, listing, provenance
from gzdash.lake import Snapshot
from gzdash.metrics import METRICS, Metric, metric
from gzdash.numbers import UNKNOWN
from gzdash.published import CALIBRATED, Comparison, Published, compare
from gzdash.selection import CODE_FILTERS, FILTERS, Selection
from gzdash.words import Language, Text

_METRICS = Text("指标", "Metrics")
_METRIC_COLUMNS = (
    Text("键", "Key"),
    Text("名称", "Name"),
    Text("单位", "Unit"),
    Text("性质", "Kind"),
    Text("来源表", "Source table"),
    Text("可拆分", "Splits"),
    Text("含义", "Meaning"),
)
_PUBLISHED = Text("公开数字对照", "Published figures")
_PUBLISHED_COLUMNS = (
    Text("编号", "Id"),
    Text("指标", "Figure"),
    Text("时段", "Period"),
    Text("公开数字", "Published"),
    Text("数据湖", "Lake"),
    Text("是否一致", "Agrees"),
    Text("说明", "Remark"),
)


def ask(options: Namespace, language: Language) -> Output:
    """One metric over a selection, split as asked."""
    asked = metric(options.metric)
    desk = desk_of(options, options.as_of)
    selection = selection_of(options, desk, language)
    tell_what_does_not_apply(asked, selection, desk, language)
    answer = desk.ask(asked.key, selection, *dict.fromkeys(options.by))
    shown = sheet(asked.key, asked.name, [answer])
    if "organization" in options.by:
        place = answer.question.split.index("organization")
        shown = replace(shown, names=desk.organization_names([key[place] for key in shown.keys]))
    head = (joined(asked.name, *choices(selection, desk)), provenance(desk.snapshot))
    return Output(shown, _document(answer, desk.snapshot), head)


def metrics(options: Namespace, language: Language) -> Output:
    """Every metric with its meaning."""
    rows = [
        (one.key, one.name, one.unit, one.kind, one.source, ", ".join(METRICS[one.key].splits), one.meaning)
        for one in entries(language)
    ]
    document = [_metric(METRICS[one.key], language) for one in entries(language)]
    return Output(listing("metrics", _METRICS, _METRIC_COLUMNS, rows), document)


def published(options: Namespace, language: Language) -> Output:
    """The published figures, and whether the lake agrees."""
    desk = desk_of(options)
    found = compare(desk)
    rows = [_compared(one, language) for one in found]
    shown = listing("published", _PUBLISHED, _PUBLISHED_COLUMNS, rows, desk.snapshot)
    head = (provenance(desk.snapshot), *((CALIBRATED,) if desk.snapshot.is_demo else ()))
    return Output(shown, [_comparison(one) for one in found], head)


def _document(answer: Answer, snapshot: Snapshot) -> dict[str, object]:
    """The answer for a program; `snapshot` is the event that --as-of takes, `lake` says demo or real."""
    selection = answer.question.selection
    return {
        "metric": answer.metric.key,
        "unit": answer.metric.unit.key,
        "period": str(selection.period),
        "selection": chosen(selection),
        "snapshot": snapshot.event,
        "as_of": snapshot.time.isoformat(),
        "lake": snapshot.kind,
        "rows": [_row(answer, row) for row in answer.rows],
    }


def _row(answer: Answer, row: Row) -> dict[str, object]:
    """Codes by dimension, then the value; a ratio has both halves."""
    said: dict[str, object] = dict(zip(answer.question.split, row.key, strict=True))
    said["value"] = row.value
    if answer.metric.is_ratio:
        said |= {"numerator": row.numerator, "denominator": row.denominator}
    return said


def chosen(selection: Selection) -> dict[str, object]:
    """What narrows the view, under the names of the options."""
    said: dict[str, object] = {
        one.parameter: list(codes) for one in CODE_FILTERS if (codes := getattr(selection, one.key))
    }
    return said | ({"organization": selection.organization} if selection.organization else {})


def _metric(one: Metric, language: Language) -> dict[str, object]:
    """One metric: words in the reader's language, everything that a program compares as codes."""
    return {
        "key": one.key,
        "name": one.name.of(language),
        "meaning": one.meaning.of(language),
        "formula": one.formula.of(language) if one.formula else None,
        "unit": one.unit.key,
        "pillar": one.pillar,
        "kind": one.kind,
        "splits": list(one.splits),
        "splits_not_adding_up": [split for split in one.splits if not one.adds_up(split)],
        "filters": [FILTERS[key].parameter for key in one.filters],
        "better": one.better,
        "owner": one.owner.of(language),
        "table": source_table(one).key,
        "valid_from": one.valid_from,
    }


def _compared(one: Comparison, language: Language) -> tuple[Text | str | None, ...]:
    computed = one.written(language) if one.computed is not None else UNKNOWN
    agreed = None if one.agrees is None else YES if one.agrees else NO
    figure = one.published
    return figure.id, figure.name, figure.period, figure.written(language), computed, agreed, one.why_not


def _comparison(one: Comparison) -> dict[str, object]:
    return {
        "id": one.published.id,
        "published": _value(one.published),
        "qualifier": one.published.qualifier,
        "computed": one.computed,
        "agrees": one.agrees,
    }


def _value(figure: Published) -> Decimal | list[Decimal | None] | None:
    """In yuan, as a fraction or as a count; a range is its two ends."""
    return [figure.low, figure.high] if figure.qualifier == "range" else figure.value
