"""What is said of a file whose columns nobody has matched yet: a declared outcome, with the way on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gzdash.faults import Fault
from gzdash.intake.convert import find
from gzdash.intake.form import Form
from gzdash.intake.matching import SURE, Suggestion
from gzdash.selection import listed
from gzdash.tables import Column
from gzdash.words import Text, same

# As many as a line on a console holds.
_COLUMNS_NAMED = 60
_NOTHING = Text("无", "nothing")
_NEARER = Text("这份表更像“{table}”。", " It looks more like “{table}”.")


def unmatched(form: Form, one: Suggestion, nearest: Suggestion, path: Path, kept: Path | None = None) -> Fault:
    """The header is not the template's: which columns would be taken, what is missing, and how to confirm it; `kept`
    is the file of the match confirmed last time, `path` the form's own. Where another table is nearer, it is named."""
    taken = listed(_pair(form, one, key) for key, _ in one.scores) if one.scores else _NOTHING
    said = Text(
        "表头不是“{table}”的模板，要先对应各列。看来可取：{taken}。还缺：{missing}。",
        "The header is not the template of “{table}”: match its columns. Likely: {taken}. Missing: {missing}.",
    ).fill(table=one.table.name, taken=taken, missing=names(one.missing))
    if nearest.table != one.table and not one.fits:
        said = Text(
            said.zh + _NEARER.fill(table=nearest.table.name).zh, said.en + _NEARER.fill(table=nearest.table.name).en
        )
    return Fault("columns-unmatched", said, place(form), _again(path, kept) if kept else _match(path, one))


def fits_no_table(form: Form, nearest: Suggestion, path: Path) -> Fault:
    """The sheet is not meant for any table; the nearest is named."""
    said = Text(
        "哪张表都不合适。最接近“{table}”，缺必填列：{missing}。",
        "It fits no table. The nearest is “{table}”; required columns missing: {missing}.",
    ).fill(table=nearest.table.name, missing=names(nearest.missing))
    return Fault("fits-no-table", said, place(form), _match(path, nearest))


def without_data(form: Form) -> Fault:
    """A header and no rows: every column's words are shown, there is nothing to commit."""
    titles = [f"{column.letter} {column.title}" for column in form.columns[:_COLUMNS_NAMED]]
    said = Text("只有表头、没有数据的空表。表头：{columns}。", "A form without data. Its header: {columns}.").fill(
        columns=Text("；".join(titles) or "—", "; ".join(titles) or "—")
    )
    return Fault(
        "form-without-data",
        said,
        place(form),
        Text("在表头下面填写数据再导入。", "Fill in rows below the header, then import it."),
    )


def place(form: Form) -> str:
    """The file and its sheet."""
    return " · ".join(filter(None, (form.file, form.sheet)))


def names(columns: Iterable[Column]) -> Text:
    """Columns by their labels, in one phrase."""
    labels = [column.label for column in columns]
    return listed(labels) if labels else _NOTHING


def _pair(form: Form, one: Suggestion, key: str) -> Text:
    found = find(form, dict(one.mapping.columns)[key])
    unsure = Text("？", "?") if dict(one.scores)[key] < SURE else None
    label, title = one.table.by_key[key].label, found.title if found else "—"
    return Text(
        f"{label.zh} ← {title}{unsure.zh if unsure else ''}", f"{label.en} ← {title}{unsure.en if unsure else ''}"
    )


def _match(path: Path, one: Suggestion) -> Text:
    return Text(
        "运行 {match}，在文件里核对并补全，再运行 {import_}；或在“数据导入”页对应。",
        "Run {match}, check and complete the file, then run {import_}; or match the columns on the page of imports.",
    ).fill(
        match=same(f"`python -m gzdash match {_written(path)} --table {one.table.key} -o mapping.json`"),
        import_=same(f"`python -m gzdash import {_written(path)} --mapping mapping.json`"),
    )


def _again(path: Path, kept: Path) -> Text:
    return Text("上次确认过的对应还在：{import_}。", "The match confirmed last time is kept: {import_}.").fill(
        import_=same(f"`python -m gzdash import {_written(path)} --mapping {_written(kept)}`")
    )


def _written(path: Path) -> str:
    """The file as a command line takes it."""
    return f'"{path}"' if " " in str(path) else str(path)
