"""What is said of an import that was interrupted."""

from __future__ import annotations

from gzdash.words import Text

NOT_LANDED = Text(
    "上次导入“{file}”（{who}，{time}）中断了：没有入库，数据与之前相同。",
    "The import of “{file}” ({who}, {time}) was interrupted: nothing was imported, the data is as before.",
)
LANDED = Text(
    "上次导入“{file}”（{who}，{time}）中断了：已入库，编号 {id}。",
    "The import of “{file}” ({who}, {time}) was interrupted: the file is imported, number {id}.",
)
UNDERSTOOD = Text("知道了", "Understood")
