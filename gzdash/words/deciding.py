"""What is said around any decision of a person: who, why, and what became of it."""

from __future__ import annotations

from gzdash.words import Text

WHO = Text("决定人", "Who")
WHO_HINT = Text("姓名或科室", "Name or division")
WHY = Text("理由", "Reason")
SAY_WHO = Text("请先填写决定人和理由。", "Please say who and why first.")
NOT_DONE = Text("没有记下", "Nothing was recorded")
CUT_SHORT = Text(
    "进程中断了；请看下面的决定里有没有这一条。",
    "The process was cut short; see whether it is among the decisions below.",
)
UNDONE = Text("已撤销，快照 {event}。", "Taken back; snapshot {event}.")
