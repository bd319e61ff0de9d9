"""The commands that keep a lake fast: the cubes beside its rows, and many small files made into few."""

from __future__ import annotations

import getpass
from argparse import Namespace

from gzdash.cli.faults import system
from gzdash.cli.lakes import lake_of
from gzdash.cli.output import Output, listing
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.faults import Refused
from gzdash.lake.lake import refuse_when_read_only
from gzdash.rollups import Refreshed, drop, refresh
from gzdash.words import Language, Text

_ROLLUPS = Text("预汇总", "Rollups")
_COLUMNS = (
    Text("主题", "Subject"),
    Text("预汇总", "Rollup"),
    Text("行数", "Rows"),
    Text("字节", "Bytes"),
    Text("这次", "This time"),
)
_READ = Text("全部重建", "made anew")
_PATCHED = Text("更新 {months} 个月", "{months} months read anew")
_FOUND = Text("已有", "there already")
_READY = Text("快照 {event} 的预汇总 {count} 份，{bytes} 字节。", "{count} rollups of snapshot {event}, {bytes} bytes.")
_DROPPED = Text("已删除预汇总 {count} 份，查询改读明细，结果不变。", "{count} rollups removed; rows are asked.")
_FILE = Text("文件", "File")
_COMPACTED = Text(
    "已合并小文件，快照 {event}：读取的文件由 {before} 个减为 {after} 个。",
    "Small files are compacted, snapshot {event}: {before} files to read before, {after} now.",
)
_NOTHING = Text("没有可合并的小文件，共 {before} 个文件。", "No small files to compact among {before}.")


def rollups(options: Namespace, language: Language) -> Output:
    """Makes the cubes of the newest snapshot that are missing and lists them all, or removes them."""
    refuse_when_read_only()
    lake = lake_of(options)
    now = lake.snapshot()
    if options.drop:
        count = drop(now.root)
        shown = listing("rollups", _ROLLUPS, _COLUMNS, (), now)
        return Output(shown, {"dropped": count}, (_DROPPED.fill(count=count),), says_all=True)
    try:
        found = list(refresh(DuckDBEngine(lake.root), now))
    except OSError as error:
        raise Refused(system(error)) from error
    rows = [(one.subject, cube.name, cube.rows, cube.bytes, _said(one)) for one in found for cube in one.cubes.cubes]
    size = sum(cube.bytes for one in found for cube in one.cubes.cubes)
    document = {"snapshot": now.event, "bytes": size, "rollups": [_document(one) for one in found]}
    said = _READY.fill(event=now.event, count=len(rows), bytes=f"{size:,}")
    return Output(listing("rollups", _ROLLUPS, _COLUMNS, rows, now), document, (said,))


def compact(options: Namespace, language: Language) -> Output:
    """Writes the rows of many small files into few; the files stay for earlier snapshots and for undo."""
    lake = lake_of(options)
    done = lake.compact(options.who or getpass.getuser(), options.why)
    said = _NOTHING if done.event is None else _COMPACTED
    document = {"event": done.event, "before": done.before, "after": done.after}
    shown = listing("compact", _FILE, (_FILE,), [(pack.path,) for pack in done.packs], lake.snapshot())
    return Output(shown, document, (said.fill(**document),), says_all=True)


def _said(one: Refreshed) -> Text:
    if one.months is None:
        return _READ
    return _PATCHED.fill(months=one.months) if one.months else _FOUND


def _document(one: Refreshed) -> dict[str, object]:
    cubes = [{"rollup": cube.name, "rows": cube.rows, "bytes": cube.bytes} for cube in one.cubes.cubes]
    return {"subject": one.subject, "months": one.months, "cubes": cubes}
