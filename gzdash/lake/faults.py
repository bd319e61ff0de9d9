"""What can be wrong with a lake, each said with its remedy."""

from __future__ import annotations

from pathlib import Path

from gzdash.faults import Fault
from gzdash.words import Text


def missing(root: Path) -> Fault:
    """There is no lake in the folder."""
    return Fault(
        "lake-missing",
        Text("这里还没有数据湖。", "There is no lake here yet."),
        str(root),
        Text(
            "运行 python -m gzdash demo 建立演示城市，或 python -m gzdash init 建立空的正式数据湖。",
            "Run `python -m gzdash demo` for the demonstration city, or `python -m gzdash init` for an empty real lake.",
        ),
    )


def ledger_missing(root: Path) -> Fault:
    """Data files are there, the ledger that says which of them are true is not."""
    return Fault(
        "lake-ledger-missing",
        Text(
            "数据文件还在，账本 ledger.sqlite 不见了。",
            "The data files are here, but their ledger, ledger.sqlite, is gone.",
        ),
        str(root),
        Text(
            "从备份恢复账本；在此之前不要在这个目录新建数据湖。没有改动任何文件。",
            "Restore the ledger from a backup; make no new lake in this folder before. Nothing was changed.",
        ),
    )


def already_there(root: Path) -> Fault:
    """A lake would be written over."""
    return Fault(
        "lake-exists",
        Text("这里已经有数据湖，没有改动。", "There is a lake here already; nothing was changed."),
        str(root),
        Text("换一个 --lake 目录，或先移走原目录。", "Choose another --lake folder, or move the old one away first."),
    )


def not_writable(root: Path, error: Exception) -> Fault:
    """The folder cannot be written."""
    return Fault(
        "lake-not-writable",
        Text("目录不能写入：{error}。", "The folder cannot be written: {error}.").fill(error=error),
        str(root),
        Text("给运行账号写权限，或换一个 --lake 目录。", "Grant write permission, or choose another --lake folder."),
    )


def unreadable(path: Path, error: Exception) -> Fault:
    """The ledger is damaged or locked away."""
    return Fault(
        "lake-unreadable",
        Text("账本读不出来：{error}。", "The ledger cannot be read: {error}.").fill(error=error),
        str(path),
        Text(
            "从备份恢复整个数据湖目录；没有改动任何文件。",
            "Restore the lake folder from a backup; nothing was changed.",
        ),
    )


def other_format(root: Path, found: int, known: int) -> Fault:
    """The lake was written by another version: an older one is made again from its files, none is rewritten."""
    again = Text(
        "先移走这个目录。演示：运行 python -m gzdash demo 重建。"
        "正式：运行 python -m gzdash init 新建，再逐个导入旁边 uploads 中保留的文件。",
        "Move this folder away first. Demonstration: build it again with `python -m gzdash demo`. "
        "Real: make a new lake with `python -m gzdash init`, and import the files kept in `uploads` beside it again.",
    )
    newer = Text("请用较新的版本打开。", "Open it with the newer version that wrote it.")
    return Fault(
        "lake-format",
        Text(
            "数据湖格式是 {found}，本版本认识 {known}。", "The lake has format {found}; this version knows {known}."
        ).fill(found=found, known=known),
        str(root),
        newer if found > known else again,
    )


def file_missing(path: Path) -> Fault:
    """A file the ledger names is gone."""
    return Fault(
        "lake-file-missing",
        Text("快照读不完整：缺一个数据文件。", "The snapshot is incomplete: a data file is missing."),
        str(path),
        Text(
            "从备份恢复该文件，或先看较早的快照。", "Restore that file from a backup, or look at an earlier snapshot."
        ),
    )


def no_such_event(event: int, newest: int) -> Fault:
    """As-of names an event that never was."""
    return Fault(
        "lake-event-unknown",
        Text("没有快照 {event}，最新是 {newest}。", "There is no snapshot {event}; the newest is {newest}.").fill(
            event=event, newest=newest
        ),
        "as_of",
        Text("改为 0 到最新之间的编号，或去掉该条件。", "Give a number up to the newest, or leave it out."),
    )


def no_such_import(import_id: int) -> Fault:
    """Undo or redo names an import that never was."""
    return Fault(
        "import-unknown",
        Text("没有导入 {id}。", "There is no import {id}.").fill(id=import_id),
        "",
        Text("用 python -m gzdash imports 查看编号。", "See the numbers with `python -m gzdash imports`."),
    )


def already_turned(kind: str, import_id: int) -> Fault:
    """The import is already in the state asked for."""
    state = Text("已经撤销", "already undone") if kind == "undo" else Text("本来有效", "live already")
    return Fault(
        f"import-{kind}-twice",
        Text("导入 {id} {state}，没有改动。", "Import {id} is {state}; nothing was changed.").fill(
            id=import_id, state=state
        ),
        "",
        Text("用 python -m gzdash imports 查看状态。", "See its state with `python -m gzdash imports`."),
    )


def no_such_freeze(event: int) -> Fault:
    """A thaw names an event that froze nothing."""
    return Fault(
        "freeze-unknown",
        Text("快照 {event} 没有冻结时段。", "No period was frozen at snapshot {event}.").fill(event=event),
        "",
        Text("从冻结清单中选一项。", "Choose one from the list of freezes."),
    )


def freeze_unnamed() -> Fault:
    """A freeze is to be made without a name."""
    return Fault(
        "freeze-unnamed",
        Text("冻结没有名称，没有改动。", "The freeze has no name; nothing was changed."),
        "",
        Text("写一个名称，例如“2023年半年报”。", "Give it a name, such as “half-year report 2023”."),
    )


def thawed_already(name: str) -> Fault:
    """A freeze is taken back twice."""
    return Fault(
        "freeze-thawed-twice",
        Text("“{name}”已经解冻，没有改动。", "“{name}” was thawed already; nothing was changed.").fill(name=name),
        "",
        Text("要再冻结，请新建一次冻结。", "To freeze the period again, make a new freeze."),
    )


def read_only() -> Fault:
    """Writing is closed by a setting."""
    return Fault(
        "lake-read-only",
        Text("系统设为只读，没有写入。", "The system is set to read-only; nothing was written."),
        "GZDASH_READONLY",
        Text("去掉环境变量 GZDASH_READONLY 后再试。", "Unset GZDASH_READONLY and try again."),
    )


def cannot_lock(root: Path, error: Exception) -> Fault:
    """Another writer is at work, or the folder is read-only."""
    return Fault(
        "lake-busy",
        Text("现在不能写入：{error}。", "It cannot be written now: {error}.").fill(error=error),
        str(root),
        Text(
            "等另一个导入结束后再试，或检查目录的写权限。",
            "Try again after the other import, or check write permission.",
        ),
    )


def moved_on(expected: int, newest: int) -> Fault:
    """Somebody committed between preview and commit."""
    return Fault(
        "lake-moved-on",
        Text(
            "预览之后别人已提交（快照 {expected} → {newest}），没有写入。",
            "Somebody committed after your preview (snapshot {expected} → {newest}); nothing was written.",
        ).fill(expected=expected, newest=newest),
        "",
        Text("请重新检查和预览再提交。", "Please check and preview again, then commit."),
    )
