"""The command that questions a figure: the imports and the cells it is made of."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from gzdash.answer import Cell, Key, Listing, Number, Question
from gzdash.ask import Desk, statement
from gzdash.ask.contributions import Half
from gzdash.cli.asked import choices, desk_of, selection_of, tell_what_does_not_apply
from gzdash.cli.faults import key_without_split
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, joined, listing, provenance
from gzdash.cli.questions import chosen
from gzdash.dimensions import DIMENSIONS
from gzdash.faults import WrongUsage
from gzdash.insight.coverage import figure_coverage
from gzdash.lake import Lake
from gzdash.metrics import metric
from gzdash.numbers import UNKNOWN, per_cent, write
from gzdash.selection import listed
from gzdash.trace import Contributor, Trace, TracedRow, state_of, trace
from gzdash.units import Unit
from gzdash.words import LANGUAGES, Language, Text, same
from gzdash.words import frame as words
from gzdash.words import question as asking
from gzdash.words.passport import ITEM

_COLUMNS = (
    Text("数值", "Value"),
    Text("组织", "Organization"),
    Text("月份", "Month"),
    Text("计数对象", "Counted thing"),
    Text("导入", "Import"),
    Text("文件", "File"),
    Text("工作表", "Sheet"),
    Text("行", "Row"),
    Text("单元格", "Cell"),
    Text("原值", "Raw"),
    Text("换算", "Factor"),
)
_HALF = Text("分子或分母", "Half")
_HALVES = {"numerator": Text("分子", "numerator"), "denominator": Text("分母", "denominator")}
_IMPORT = Text(
    "导入 {id} · {file} · {rows} · {value}{share} · SHA-256 {hash}",
    "Import {id} · {file} · {rows} · {value}{share} · SHA-256 {hash}",
)
_ROWS = Text("{rows} 行", "rows: {rows}")
_ROWS_OF_HALF = Text("{half} {rows} 行", "{half} rows: {rows}")
_YUAN = Text("{value} 元", "¥{value}")
_SHARE = Text("（{share}）", " ({share})")
_MADE = Text("{value} · {rows} · {imports} 次导入", "{value} · {rows} · imports: {imports}")


def trace_(options: Namespace, language: Language) -> Output:
    """One figure with the imports, rows and cells it comes from; for a ratio, of both halves."""
    asked = metric(options.metric)
    desk = desk_of(options, options.as_of)
    selection = selection_of(options, desk, language)
    tell_what_does_not_apply(asked, selection, desk, language)
    split = tuple(dict.fromkeys(options.by))
    found = trace(desk, lake_of(options), Question(asked.key, selection, split), _key(options.key, split))
    rows = [row for one in found.halves for row in found.rows(one.half)]
    covered = figure_coverage(desk, found.answer.question, found.key)
    head = (*_head(found, choices(selection, desk), covered, desk), *_imports(found))
    return Output(partial(_shown, found, rows, desk), partial(_document, found, rows, desk, covered, language), head)


def _shown(found: Trace, rows: Sequence[TracedRow], desk: Desk) -> Listing:
    """A line for each row behind the figure, with its half where there are two."""
    one = found.metric
    columns = (_HALF, *_COLUMNS) if one.is_ratio else _COLUMNS
    table = ((_HALVES[row.half], *_line(row)) if one.is_ratio else _line(row) for row in rows)
    return listing("trace", one.name, columns, table, desk.snapshot)


def _head(found: Trace, chosen: Sequence[Text], covered: Text, desk: Desk) -> Iterator[Text]:
    """The figure and what it is, as the page that questions it says."""
    one = found.metric
    value = Text(*(write(found.row.value, one.unit, language) for language in LANGUAGES))
    imports = {each.source.id for half in found.halves for each in found.contributors[half.half]}
    made = _MADE.fill(value=value, imports=len(imports), rows=_rows(found))
    yield joined(one.name, made if imports else asking.NOTHING)
    yield provenance(desk.snapshot)
    yield ITEM.fill(name=words.MEANING, said=one.meaning)
    if one.formula:
        yield ITEM.fill(name=words.FORMULA, said=one.formula)
    names = desk.organization_names([found.part.get("organization")])
    part = [names.get(code or "") or DIMENSIONS[name].label(code) for name, code in found.part.items()]
    parts = [asking.PART.fill(names=listed(part))] if part else []
    yield ITEM.fill(name=words.SELECTED, said=joined(*chosen, *parts))
    yield ITEM.fill(name=asking.COVERAGE, said=covered)
    yield ITEM.fill(name=words.OWNER, said=one.owner)


def _rows(found: Trace) -> Text:
    """How many rows are behind the figure, or behind each half: a row may be behind both."""
    if not found.metric.is_ratio:
        return _ROWS.fill(rows=f"{found.count():,}")
    return listed(
        [_ROWS_OF_HALF.fill(half=_HALVES[one.half], rows=f"{found.count(one.half):,}") for one in found.halves]
    )


def _exactly(value: Number, unit: Unit) -> Text:
    """All of the number: what imports gave adds up to the figure."""
    written = same(f"{value:,}")
    if unit.measure == "money":
        return _YUAN.fill(value=written)
    return Text(f"{written.zh} {unit.symbol.zh}", written.en)


def _imports(found: Trace) -> Iterator[Text]:
    """Each import with its share, for both halves of a ratio."""
    for one, half in _contributors(found):
        share = None if one.share is None else _SHARE.fill(share=per_cent(one.share, "en"))
        said = _IMPORT.fill(
            id=one.source.id,
            file=one.source.file_name or UNKNOWN,
            rows=_ROWS.fill(rows=f"{one.rows:,}"),
            value=_exactly(one.value, found.metric.unit_of(half)),
            share=share or "",
            hash=one.source.kept_hash or "—",
        )
        state = asking.ORIGINAL.get(state_of(found.lake, one.source))
        said = joined(said, state) if state else said
        yield joined(_HALVES[half], said) if found.metric.is_ratio else said


def _key(codes: Sequence[str], split: Sequence[str]) -> Key | None:
    """The part of the split that is traced, in the order of --by; an empty code is what is not stated."""
    if codes and len(codes) != len(split):
        raise WrongUsage(key_without_split(len(codes), len(split)))
    return tuple(code or None for code in codes) or None


def _line(row: TracedRow) -> tuple[Cell, ...]:
    place = (row.import_id, row.file, row.sheet or None, row.row)
    cell = (row.cell.name or None, row.cell.raw or None, row.cell.factor or None)
    return (row.value, row.organization, row.month, row.thing, *place, *cell)


def _document(
    found: Trace, rows: Iterable[TracedRow], desk: Desk, covered: Text, language: Language
) -> dict[str, object]:
    question, one = found.answer.question, found.metric
    sql, parameters = statement([question])
    said: dict[str, object] = {"metric": one.key, "value": found.row.value}
    if one.is_ratio:
        said |= {"numerator": found.row.numerator, "denominator": found.row.denominator}
    return said | {
        "unit": one.unit.key,
        "name": one.name.of(language),
        "meaning": one.meaning.of(language),
        "formula": one.formula.of(language) if one.formula else None,
        "owner": one.owner.of(language),
        "period": str(question.selection.period),
        "selection": chosen(question.selection),
        "part": found.part,
        "coverage": covered.of(language),
        "snapshot": desk.snapshot.event,
        "as_of": desk.snapshot.time.isoformat(),
        "lake": desk.snapshot.kind,
        "sql": sql,
        "parameters": {key: value if isinstance(value, list) else str(value) for key, value in parameters.items()},
        "imports": [
            _import(found.lake, one, half.half) for half in found.halves for one in found.contributors[half.half]
        ],
        "rows": [_row(row) for row in rows],
    }


def _contributors(found: Trace) -> Iterator[tuple[Contributor, Half]]:
    for half in found.halves:
        yield from ((one, half.half) for one in found.contributors[half.half])


def _import(lake: Lake, one: Contributor, half: Half) -> dict[str, object]:
    source = one.source
    return {
        "half": half,
        "id": source.id,
        "time": source.time.isoformat(),
        "who": source.who,
        "why": source.why,
        "file": source.file_name,
        "kept": source.kept or None,
        "sha256": source.kept_hash or None,
        "kept_file": state_of(lake, source),
        "rows": one.rows,
        "value": one.value,
        "verified": one.verified,
        "share": one.share,
    }


def _row(row: TracedRow) -> dict[str, object]:
    said: dict[str, object] = {"half": row.half, "value": row.value, "import": row.import_id}
    said |= {"file": row.file, "sheet": row.sheet, "row": row.row, "cell": row.cell.name or None}
    said |= {"raw": row.cell.raw or None, "factor": row.cell.factor or None}
    said |= {"organization": row.organization, "month": row.month}
    return said | ({"thing": row.thing} if row.thing is not None else {})
