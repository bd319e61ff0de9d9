"""A description is a chart in two or three sentences, for a reader who hears it."""

from __future__ import annotations

from collections.abc import Sequence

from gzdash.answer import Figures, Number, Sheet
from gzdash.numbers import write
from gzdash.words import Language, Text

_RUN = Text(
    "{label}：{first}为{at_first}，{last}为{at_last}；最高在{high}，为{at_high}，最低在{low}，为{at_low}。",
    " {label}: {at_first} in {first}, {at_last} in {last}; highest {at_high} in {high}, lowest {at_low} in {low}.",
)
_ONE = Text("{label}：{first}为{at_first}。", " {label}: {at_first} in {first}.")
_SILENT = Text("{label}：未报。", " {label}: not reported.")
_MISSING = Text("其中{count}项未报。", " {count} of them not reported.")
_RANKED = Text("按{label}排序，共{count}项：{parts}。", " Sorted by {label}, {count} rows: {parts}.")
_MORE = Text("，另有{count}项", ", and {count} more")
_TITLE = Text("{title}。", "{title}.")

# Heard, not seen: more than this many rows are no longer a summary.
_SAID_ROWS = 5


def over_time(sheet: Sheet, columns: Sequence[str], language: Language) -> str:
    """A time chart in words: for each column its first, last, highest and lowest value."""
    names = sheet.labels()
    said = [_TITLE.fill(title=sheet.title)]
    said += [_run(sheet.by_column[key], names) for key in dict.fromkeys(columns)]
    return "".join(text.of(language) for text in said).strip()


def by_row(sheet: Sheet, order: Sequence[int], columns: Sequence[str], language: Language) -> str:
    """A chart of rows in words: the first few in the order drawn, then how many follow."""
    names = sheet.labels()
    parts = [_row(sheet, row, names[row], columns, language) for row in order[:_SAID_ROWS]]
    joined = ("；" if language == "zh" else "; ").join(parts)
    more = _MORE.fill(count=len(order) - _SAID_ROWS).of(language) if len(order) > _SAID_ROWS else ""
    said = _RANKED.fill(label=sheet.by_column[columns[0]].label, count=len(order), parts=joined + more)
    return (_TITLE.fill(title=sheet.title).of(language) + said.of(language)).strip()


def _row(sheet: Sheet, row: int, name: Text, columns: Sequence[str], language: Language) -> str:
    figures = [sheet.by_column[key] for key in columns]
    between = "，" if language == "zh" else ", "
    if len(figures) == 1:
        return f"{name.of(language)} {_said(figures[0].values[row], figures[0], language)}"
    said = [f"{one.label.of(language)} {_said(one.values[row], one, language)}" for one in figures]
    return f"{name.of(language)} {between.join(said)}"


def _run(one: Figures, names: Sequence[Text]) -> Text:
    known = [(value, name) for value, name in zip(one.values, names, strict=True) if value is not None]
    if not known:
        return _SILENT.fill(label=one.label)
    high, low = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
    places = {"first": known[0], "last": known[-1], "high": high, "low": low}
    words = {key: name for key, (_, name) in places.items()}
    numbers = {f"at_{key}": _both(value, one) for key, (value, _) in places.items()}
    text = (_ONE if len(known) == 1 else _RUN).fill(label=one.label, **words, **numbers)
    missing = len(one.values) - len(known)
    if not missing:
        return text
    gaps = _MISSING.fill(count=missing)
    return Text(text.zh + gaps.zh, text.en + gaps.en)


def _both(value: Number, one: Figures) -> Text:
    return Text(_said(value, one, "zh"), _said(value, one, "en"))


def _said(value: Number | None, one: Figures, language: Language) -> str:
    return write(value, one.unit, language)
