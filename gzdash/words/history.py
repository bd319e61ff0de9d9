"""What the history of imports says: who turned what, when and why, and which file was kept."""

from __future__ import annotations

from gzdash.words import Text

TURN = Text("撤销或恢复一次导入", "Undo an import, or put one back")
TURN_DRAWN = Text(
    "撤销后，各项数字就像从未导入过；恢复后，就像从未撤销过",
    "After an undo every figure is as if the import had never been; put back, as if it had never been undone",
)
CHOICE = Text("{id} · {state} · {rows} 行 · {file}", "{id} · {state} · {rows} rows · {file}")
NO_FILE = Text("无文件", "no file")
LIVE = Text("有效", "live")
UNDONE = Text("已撤销", "undone")

TURNED_BY: dict[str, Text] = {
    "undo": Text("已撤销：{who}，{time}，{why}", "undone by {who}, {time}: {why}"),
    "redo": Text("有效，撤销后已恢复：{who}，{time}，{why}", "live again, put back by {who}, {time}: {why}"),
}

ALL_OF_THEM = Text("显示全部 {count} 次导入", "Show all {count} imports")
ONLY_NEWEST = Text("只显示最近 {count} 次", "Show the newest {count} only")

TURNS = Text("撤销与恢复记录", "What was undone and put back")
TURNS_DRAWN = Text("{undone} 次撤销，{redone} 次恢复", "{undone} undone, {redone} put back")
SNAPSHOT = Text("快照", "Snapshot")
DONE = Text("操作", "Done")
DONE_KINDS: dict[str, Text] = {"undo": Text("撤销", "undone"), "redo": Text("恢复", "put back")}
IMPORT = Text("导入编号", "Import")
FILE = Text("文件", "File")
WHO = Text("操作人", "Who")

EFFECT_SHOW = Text("先看各项数字会怎样变", "See first what the figures become")
EFFECT: dict[bool, Text] = {
    True: Text("撤销导入 {id} 后的数字", "The figures after undoing import {id}"),
    False: Text("恢复导入 {id} 后的数字", "The figures after putting import {id} back"),
}
EFFECT_DRAWN = Text(
    "按 {period} 计；在按下按钮之前什么都不改", "Over {period}; nothing changes before the button is pressed"
)
METRIC = Text("指标", "Metric")
NOW = Text("现在", "Now")
THEN = Text("之后", "Then")

NO_KEPT_FILE = Text("导入 {id} 没有保存的文件。", "Import {id} has no kept file.")
KEPT_CHANGED = Text(
    "导入 {id} 保存的文件已被改动，与导入时的 SHA-256 不符。",
    "The kept file of import {id} has been changed: its SHA-256 is not what it was.",
)
KEPT_CHANGED_NEXT = Text("请从备份恢复该文件。", "Restore the file from a backup.")
NO_KEPT_FILE_NEXT = Text(
    "在“数据导入”页的导入记录里，点有链接的文件名。",
    "On the page “Imports”, choose a file whose name is a link in the list of imports.",
)
