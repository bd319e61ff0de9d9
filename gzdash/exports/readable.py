"""A passport as people read it, and the readme of a page, which says the same of all its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gzdash.exports.csv import number_header
from gzdash.exports.passport import Column, Passport
from gzdash.metrics import METRICS
from gzdash.numbers import moment
from gzdash.units import UNITS
from gzdash.words import Language, Text
from gzdash.words import passport as words


def readable(passport: Passport) -> str:
    """Everything the passport says, a line each, in the language of its file."""
    blocks: list[list[Text | str]] = [
        [*_head(passport), passport.title, words.ITEM.fill(name=words.FILE, said=passport.file)],
        [words.SELECTION, *passport.said],
        [_as_of(passport), _snapshot(passport), words.ROWS.fill(rows=f"{passport.rows:,}")],
        [words.MEANINGS, *_meanings(passport)],
        [words.COVERAGE.fill(said=said) for said in passport.coverage],
        [words.SHA256.fill(sha256=passport.sha256), _made(passport)],
    ]
    return _paragraphs(blocks, passport.language)


def page_readme(passports: Sequence[Passport]) -> str:
    """The readme of files that left together: selection, snapshot, the demo mark, and each file with its columns.

    Raises ValueError without passports.
    """
    if not passports:
        raise ValueError("a page without sheets has nothing to say")
    first = passports[0]
    language = first.language
    contents = [line for one in passports for line in _contents(one)]
    covered = dict.fromkeys(said.of(language) for one in passports for said in one.coverage)
    blocks: list[list[Text | str]] = [
        _head(first),
        [words.SELECTION, *(f"- {said.of(language)}" for said in first.said)],
        [_as_of(first), _snapshot(first), _made(first)],
        [words.FILES_AND_METRICS, *contents],
        [words.COVERAGE.fill(said=said) for said in covered],
        [words.READING, words.BESIDE],
    ]
    return _paragraphs(blocks, language)


def traced_half(passport: Passport) -> Text | None:
    """Which half of a ratio the rows are of; None for anything else."""
    asked = passport.columns[0].asked if passport.kind == "trace" and passport.columns else None
    known = METRICS.get(asked.metric) if asked else None
    return words.OF_HALF[asked.part] if asked and known and known.is_ratio and asked.part in words.OF_HALF else None


def _head(one: Passport) -> list[Text | str]:
    return [words.TITLE.fill(page=one.page), *([words.DEMO_WARNING] if one.is_demo else [])]


def _as_of(one: Passport) -> Text:
    return words.NEWEST if one.as_of is None else words.AS_OF.fill(event=one.as_of)


def _snapshot(one: Passport) -> Text:
    return words.SNAPSHOT.fill(event=one.event, time=Text(moment(one.time, "zh"), moment(one.time, "en")))


def _made(one: Passport) -> Text:
    return words.MADE.fill(time=Text(moment(one.made, "zh"), moment(one.made, "en")), maker=one.maker)


def _contents(one: Passport) -> Iterator[str]:
    """The file with its rows and hash, and under it what its columns mean."""
    yield f"- {one.file}（{one.rows:,}）" if one.language == "zh" else f"- {one.file} ({one.rows:,})"
    yield f"    {words.SHA256.fill(sha256=one.sha256).of(one.language)}"
    said = _meanings(one) if one.kind == "sheet" else _metrics(one)
    yield from (f"    - {line.of(one.language)}" for line in said)


def _meanings(one: Passport) -> Iterator[Text]:
    half = traced_half(one)
    for column in one.columns:
        header = _header(column)
        named = words.ITEM.fill(name=header, said=half) if half else header
        yield _meaning(named, column)
    yield from _metrics(one)
    for key in one.keys if one.kind == "trace" else ():
        yield words.PART.fill(part=", ".join(code or "—" for code in key))


def _metrics(one: Passport) -> Iterator[Text]:
    """What the metrics mean that rows of a listing tell of."""
    return (_meaning(metric.label, metric) for metric in one.metrics)


def _meaning(named: Text, column: Column) -> Text:
    return words.ITEM.fill(name=named, said=column.meaning) if column.meaning else named


def _header(column: Column) -> Text:
    """The label with its unit, as the file heads the column."""
    return number_header(column.label, UNITS[column.unit]) if column.unit in UNITS else column.label


def _paragraphs(blocks: Sequence[Sequence[Text | str]], language: Language) -> str:
    said = [[line if isinstance(line, str) else line.of(language) for line in block] for block in blocks if block]
    return "\n\n".join("\n".join(block) for block in said) + "\n"
