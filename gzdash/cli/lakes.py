"""The commands that make a lake, bring files in, and take them back."""

from __future__ import annotations

import getpass
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from gzdash.cli.faults import system, usage
from gzdash.cli.output import NO, YES, Output, listing, notice
from gzdash.engines import Engine
from gzdash.engines.choosing import engine_of
from gzdash.faults import Refused, WrongUsage
from gzdash.intake import CellFault, Mapping, Replace, Report, declared, examine, import_file
from gzdash.intake.attempts import unnamed
from gzdash.intake.preview import preview
from gzdash.intake.read import file_bytes
from gzdash.intake.remembered import remember
from gzdash.intake.template import template
from gzdash.lake import Event, Import, Lake, default_root
from gzdash.numbers import moment, write
from gzdash.rollups import renew
from gzdash.rollups import sweep as sweep_rollups
from gzdash.tables import TABLES
from gzdash.words import Language, Text, same
from gzdash.words.imports import OTHER_SHEETS

_LAKE = Text("数据湖", "Lake")
_KIND = Text("性质", "Kind")
_KINDS = {"demo": Text("演示数据", "demonstration data"), "real": Text("正式数据", "real data")}
_MADE = Text("已建立：{root}（{kind}）", "Made: {root} ({kind})")
_IMPORTED = Text(
    "已导入：编号 {id}，{table}，{rows} 行，提醒 {warnings} 条。",
    "Imported: number {id}, {table}, {rows} rows, {warnings} warnings.",
)
_TURNED = {
    "undo": Text("已撤销导入 {id}，快照 {event}。", "Import {id} is undone; snapshot {event}."),
    "redo": Text("已恢复导入 {id}，快照 {event}。", "Import {id} is live again; snapshot {event}."),
}
_SWEPT = Text("清除残留文件 {count} 个。", "Files removed: {count}.")
_FILE, _FATE = Text("文件", "File"), Text("处理", "Outcome")
_REMOVED, _STAYS = Text("已清除", "removed"), Text("没有导入提到它，未动", "no import names it; left alone")
_UNNAMED = Text(
    "uploads 里有 {count} 个文件没有导入提到，未动；确认不需要可自行删除。",
    "Files in uploads that no import names: {count}, left alone; delete them if nobody needs them.",
)
_WARNINGS = Text("提醒", "Warnings")
_WARNING_COLUMNS = (
    Text("单元格", "Cell"),
    Text("列", "Column"),
    Text("值", "Value"),
    Text("规则", "Rule"),
    Text("说明", "What"),
    Text("处理", "Remedy"),
)
_IMPORTS = Text("导入", "Imports")
_IMPORT_COLUMNS = (
    Text("编号", "Number"),
    Text("时间", "Time"),
    Text("谁", "Who"),
    Text("为什么", "Why"),
    Text("文件", "File"),
    Text("行数", "Rows"),
    Text("有效", "Live"),
    Text("表", "Tables"),
)
_REMEMBERED = Text(
    "这份对应已记住，同样的表样再来时会提供。", "The match is remembered, and offered when such a form comes again."
)
_NO_TABLE = Text("需要 --table 或 --mapping", "--table or --mapping is needed")
_TEMPLATE = Text("已写入模板：{file}", "Template written: {file}")
_WOULD = Text(
    "试运行，没有写入：将新增 {add} 行，替换 {replace} 行，其余 {leave} 行不变。",
    "Dry run, nothing was written: {add} rows would be added, {replace} replaced, {leave} left.",
)
_PREVIEW = Text("提交后会怎样", "What a commit changes")
_PREVIEW_COLUMNS = (Text("指标", "Metric"), Text("提交前", "Before"), Text("提交后", "After"))
_EVENT = Text("快照", "Snapshot")
_IMPORT_ID = Text("导入编号", "Import")
# Progress is said every tenth of the way: a log file is for reading too.
_TOLD = 0.1


def lake_of(options: Namespace) -> Lake:
    """The lake of --lake, of GZDASH_LAKE, or of the project."""
    return Lake(options.lake or default_root())


def demo(options: Namespace, language: Language) -> Output:
    """Builds the demonstration city; its progress goes to stderr and, for a waiting page, to a file."""
    from gzdash.demo import build

    lake = lake_of(options)
    build(lake.root, scale=options.scale, progress=_teller(language, options.progress))
    return _made(lake, "demo")


def init(options: Namespace, language: Language) -> Output:
    """Makes an empty real lake."""
    return _made(Lake.init(lake_of(options).root, "real"), "real")


def import_(options: Namespace, language: Language) -> Output:
    """Imports a file whole, or with --dry-run shows what that would change; a refusal carries every error of it."""
    mapping = _mapping(options.mapping) if options.mapping else None
    key = mapping.table if mapping else options.table
    if not key:
        raise WrongUsage(usage("python -m gzdash import", _NO_TABLE.of(language)))
    declared(key)
    lake = lake_of(options)
    engine = engine_of(lake.root)
    if options.dry_run:
        return _dry_run(lake, engine, Path(options.file), key, options.submitted_before, mapping, language)
    who = options.who or getpass.getuser()
    number, report = import_file(
        lake,
        engine,
        Path(options.file),
        key,
        who=who,
        why=options.why,
        replace=options.submitted_before,
        mapping=mapping,
        previewed=options.previewed,
    )
    renew(lake, engine)
    rows = report.rows.num_rows if report.rows is not None else 0
    said = _IMPORTED.fill(id=number, table=TABLES[key].name, rows=rows, warnings=report.warned)
    document = {"import": number, "table": key, "rows": rows}
    document["warnings"] = [_warning(one, language) for one in report.warnings]
    document["warnings_unlisted"] = report.unlisted
    table = [(one.cell, one.column, one.value, one.rule, one.title, one.remedy) for one in report.warnings]
    shown = listing("warnings", _WARNINGS, _WARNING_COLUMNS, table, lake.snapshot())
    document["sheets_left_out"] = list(report.unused)
    told = [said, *_left_out(report), *([_remembered(lake, report, mapping)] if mapping else [])]
    return Output(shown, document, tuple(told), says_all=not table)


def _remembered(lake: Lake, report: Report, mapping: Mapping) -> Text:
    """Keep the match that brought rows in, and say so; the rows are in even where it cannot be kept."""
    try:
        remember(lake, report.fingerprint, mapping)
    except Refused as refused:
        return refused.faults[0].title
    return _REMEMBERED


def template_(options: Namespace, language: Language) -> Output:
    """Writes the Excel template of a table; an existing file is not written over."""
    table = declared(options.table)
    file = options.output or Path(f"{table.key}.xlsx")
    try:
        with file.open("xb") as opened:
            opened.write(template(table, language))
    except OSError as error:
        raise Refused(system(error)) from error
    shown = listing("template", _FILE, (_FILE,), [(str(file),)])
    return Output(shown, {"file": str(file), "table": table.key}, (_TEMPLATE.fill(file=file),), says_all=True)


def _mapping(file: Path) -> Mapping:
    return Mapping.from_json(file_bytes(file).decode("utf-8-sig", errors="replace"), file.name)


def _dry_run(
    lake: Lake,
    engine: Engine,
    file: Path,
    key: str,
    replace: Replace,
    mapping: Mapping | None,
    language: Language,
) -> Output:
    """What the import would add and replace, and what each figure of the table would become."""
    report, _ = examine(lake, engine, file, file_bytes(file), key, replace=replace, mapping=mapping)
    if report.rows is None:
        raise report.refusal()
    seen = preview(lake, engine, {key: report.rows})
    counts = {"add": seen.add, "replace": seen.replaced, "leave": seen.left}
    table = [
        (one.metric.name, write(one.before, one.metric.unit, language), write(one.after, one.metric.unit, language))
        for one in seen.figures
    ]
    document = {
        "table": key,
        **counts,
        "period": str(seen.period),
        "snapshot": seen.event,
        "figures": [{"metric": one.metric.key, "before": one.before, "after": one.after} for one in seen.figures],
        "warnings": [_warning(one, language) for one in report.warnings],
        "warnings_unlisted": report.unlisted,
    }
    shown = listing("preview", _PREVIEW, _PREVIEW_COLUMNS, table, lake.snapshot())
    document["sheets_left_out"] = list(report.unused)
    return Output(shown, document, (_WOULD.fill(**counts), *_left_out(report)))


def _left_out(report: Report) -> list[Text]:
    """The sentence that names the sheets which were not read, where there are any."""
    if not report.unused:
        return []
    return [OTHER_SHEETS.fill(used=same(report.sheet), names=same("、".join(report.unused)))]


def imports(options: Namespace, language: Language) -> Output:
    """Every import, oldest first, undone ones included."""
    lake = lake_of(options)
    found = lake.imports()
    table = [
        (
            one.id,
            Text(moment(one.time, "zh"), moment(one.time, "en")),
            one.who,
            one.why,
            one.file_name,
            one.rows,
            YES if one.live else NO,
            ", ".join(one.tables),
        )
        for one in found
    ]
    shown = listing("imports", _IMPORTS, _IMPORT_COLUMNS, table, lake.snapshot())
    events = lake.events()
    return Output(shown, [_import(one, events) for one in found])


def undo(options: Namespace, language: Language) -> Output:
    """Makes an import not live."""
    return _turned(options, "undo", lake_of(options).undo)


def redo(options: Namespace, language: Language) -> Output:
    """Puts an undone import back in its place."""
    return _turned(options, "redo", lake_of(options).redo)


def sweep(options: Namespace, language: Language) -> Output:
    """Removes data files that no ledger row names and rollups of earlier snapshots, and names kept files that no import
    does, which stay."""
    lake = lake_of(options)
    gone = (*lake.sweep(), *sweep_rollups(lake.snapshot()))
    left = [str(path) for path in unnamed(lake)]
    rows = [(path, _REMOVED) for path in gone] + [(path, _STAYS) for path in left]
    shown = listing("sweep", _FILE, (_FILE, _FATE), rows, lake.snapshot())
    said = [_SWEPT.fill(count=len(gone)), *([_UNNAMED.fill(count=len(left))] if left else [])]
    return Output(shown, {"removed": list(gone)} | ({"unnamed": left} if left else {}), tuple(said), says_all=not rows)


def _turned(options: Namespace, kind: str, turn: Callable[[int, str, str], int]) -> Output:
    event = turn(options.id, options.who or getpass.getuser(), options.why)
    lake = lake_of(options)
    renew(lake, engine_of(lake.root))
    shown = listing(kind, _IMPORT_ID, (_IMPORT_ID, _EVENT), [(options.id, event)], lake.snapshot())
    said = _TURNED[kind].fill(id=options.id, event=event)
    return Output(shown, {"import": options.id, "event": event}, (said,), says_all=True)


def _made(lake: Lake, kind: str) -> Output:
    root = str(lake.root)
    shown = listing("lake", _LAKE, (_LAKE, _KIND), [(root, _KINDS[kind])], lake.snapshot())
    return Output(shown, {"lake": root, "kind": kind}, (_MADE.fill(root=root, kind=_KINDS[kind]),), says_all=True)


def _teller(language: Language, file: Path | None) -> Callable[[float, Text], None]:
    from gzdash.demo.progress import Step, write_step

    due = 0.0

    def tell(share: float, said: Text) -> None:
        nonlocal due
        if file:
            write_step(file, Step(share, said))
        if share >= min(due, 1.0):
            notice(Text(f"{share:4.0%} {said.zh}", f"{share:4.0%} {said.en}"), language)
            due = share + _TOLD

    return tell


def _warning(one: CellFault, language: Language) -> dict[str, object]:
    title, remedy = one.title.of(language), one.remedy.of(language)
    return {
        "row": one.row,
        "column": one.column,
        "cell": one.cell,
        "value": one.value,
        "rule": one.rule,
        "title": title,
        "remedy": remedy,
    }


def _import(one: Import, events: tuple[Event, ...]) -> dict[str, object]:
    """An import with every event that made it live or not: its commit, and each undo and redo."""
    return {
        "id": one.id,
        "time": one.time.isoformat(),
        "who": one.who,
        "system_user": one.system_user,
        "why": one.why,
        "file": one.file_name,
        "sha256": one.file_hash,
        "kept": one.kept,
        "kept_sha256": one.kept_hash,
        "rows": one.rows,
        "live": one.live,
        "tables": list(one.tables),
        "events": [_event(event) for event in events if event.import_id == one.id],
    }


def _event(event: Event) -> dict[str, object]:
    return {
        "event": event.id,
        "time": event.time.isoformat(),
        "kind": event.kind,
        "who": event.who,
        "why": event.why,
    }
