"""The command that matches the columns of an office's form to a table, for a person to check and complete."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gzdash.cli.faults import system
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, listing, plain
from gzdash.engines.choosing import engine_of
from gzdash.faults import Refused
from gzdash.intake import Mapping, declared
from gzdash.intake.convert import find
from gzdash.intake.examine import registered
from gzdash.intake.form import Form, forms
from gzdash.intake.matching import SURE, Suggestion, divisions, nearest_table, suggest
from gzdash.intake.matching_faults import names
from gzdash.intake.read import file_bytes
from gzdash.intake.remembered import file_of, remembered
from gzdash.lake import Lake
from gzdash.tables import Column
from gzdash.words import Language, Text, same

Cell = Text | str | None

_TITLE = Text("列对应", "Matched columns")
_HEADERS = (
    Text("表的列", "Column of the table"),
    Text("必填", "Required"),
    Text("表样的列", "Column of the form"),
    Text("把握", "How sure"),
)
_REQUIRED, _MISSING, _UNSURE = Text("必填", "required"), Text("缺", "missing"), Text("？", "?")
_FITS = Text("{place}：对应到“{table}”。还缺：{missing}。", "{place}: matched to “{table}”. Missing: {missing}.")
_FITS_NONE = Text(
    "{place}：哪张表都不合适，最接近“{table}”。还缺：{missing}。",
    "{place}: fits no table; the nearest is “{table}”. Missing: {missing}.",
)
_NO_DATA = Text("只有表头、没有数据的空表。", "A form without data.")
_DIVIDED = Text("“{label}”可以拆开，只能取一种：{ways}。", "“{label}” can be divided, in one of these ways: {ways}.")
_KEPT = Text("上次确认的对应：{file}（{time}）", "Confirmed before: {file} ({time})")
_WRITTEN = Text(
    "已写入方案：{file}。核对、补全空的常数后，用 import --mapping 导入。",
    "Written: {file}. Check it, fill in the empty constants, and import with --mapping.",
)


def match(options: Namespace, language: Language) -> Output:
    """Suggests which columns of a form fill which of a table, and writes the mapping with -o, never over a file."""
    path, lake = Path(options.file), lake_of(options)
    table = declared(options.table) if options.table else None
    found = forms(path, file_bytes(path))
    form = next((one for one in found if one.has_data), found[0])
    register = registered(lake, engine_of(lake.root)) if lake.exists else {}
    nearest = nearest_table(form, register)
    one = suggest(form, table, register) if table else nearest
    written = _write(options.output, one.to_complete)
    kept = remembered(lake, form)
    head = [*_said(form, one, nearest), *(_kept(lake, mapping) for mapping in kept)]
    head += [_WRITTEN.fill(file=written)] if written else []
    rows = [_row(form, one, column) for column in one.table.columns]
    return Output(
        listing("match", _TITLE, _HEADERS, rows), _document(lake, form, one, nearest, kept, written), tuple(head)
    )


def _write(file: Path | None, mapping: Mapping) -> Path | None:
    if file is None:
        return None
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(mapping.to_json())
    except OSError as error:
        raise Refused(system(error)) from error
    return file


def _said(form: Form, one: Suggestion, nearest: Suggestion) -> list[Text]:
    said = _FITS if one.fits or nearest.fits else _FITS_NONE
    place = " · ".join(filter(None, (form.file, form.sheet)))
    lines = [said.fill(place=place, table=one.table.name, missing=names(one.missing))]
    if not form.has_data:
        return [_NO_DATA, *lines]
    for key, ways in divisions(form, one.mapping).items():
        told = ["、".join(form.by_letter[letter].title for letter in way) for way in ways]
        both = Text("；或 ".join(told), "; or ".join(told))
        lines.append(_DIVIDED.fill(label=one.table.by_key[key].label, ways=both))
    return lines


def _kept(lake: Lake, mapping: Mapping) -> Text:
    return _KEPT.fill(file=file_of(lake, mapping), time=mapping.confirmed[:10])


def _row(form: Form, one: Suggestion, column: Column) -> tuple[Cell, ...]:
    required = _REQUIRED if column.required else None
    source, score = dict(one.mapping.columns).get(column.key), dict(one.scores).get(column.key)
    if source is None:
        return (column.label, required, _MISSING if column in one.missing else None, None)
    found = find(form, source)
    taken = plain(f"{found.letter} {found.title}") if found else None
    return (column.label, required, taken, None if score is None else _sure(score))


def _sure(score: float) -> Text:
    """How sure a match is, marked where a reader should look twice."""
    told = f"{score:.0%}"
    return same(told) if score >= SURE else Text(f"{told}{_UNSURE.zh}", f"{told}{_UNSURE.en}")


def _document(
    lake: Lake, form: Form, one: Suggestion, nearest: Suggestion, kept: tuple[Mapping, ...], written: Path | None
) -> dict[str, object]:
    scores, sources = dict(one.scores), dict(one.mapping.columns)
    return {
        "file": form.file,
        "sheet": form.sheet,
        "fingerprint": form.fingerprint,
        "rows": form.rows.num_rows,
        "table": one.table.key,
        "fits": one.fits,
        "nearest": nearest.table.key,
        "columns": [
            {"column": key, "letter": source.letter, "header": list(source.path), "score": scores.get(key)}
            for key, source in sources.items()
        ],
        "missing": [column.key for column in one.missing],
        "divisions": {key: [list(way) for way in ways] for key, ways in divisions(form, one.mapping).items()},
        "confirmed": [{"file": str(file_of(lake, mapping)), "time": mapping.confirmed} for mapping in kept],
        "written": str(written) if written else None,
    }
