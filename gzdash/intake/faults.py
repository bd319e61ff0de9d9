"""What can be wrong with a file as a whole, each said with its remedy; faults of cells are in `problems`."""

from __future__ import annotations

from gzdash.faults import Fault
from gzdash.tables import TABLES
from gzdash.words import Text

_SAVE_AGAIN = Text(
    "用 Excel 或 WPS 打开，另存为 .xlsx 再导入。", "Open it in Excel or WPS, save it as .xlsx, and import that."
)


def not_found(file: str, error: Exception) -> Fault:
    """The file cannot be opened at all."""
    return Fault(
        "file-not-found",
        Text("文件打不开：{error}。", "The file cannot be opened: {error}.").fill(error=error),
        file,
        Text("核对路径和读取权限。", "Check the path and the permission to read it."),
    )


def unknown_extension(file: str, extension: str) -> Fault:
    """The name says it is neither a workbook nor a CSV."""
    return Fault(
        "file-kind-unknown",
        Text("不认识的文件类型“{extension}”。", "Unknown kind of file “{extension}”.").fill(extension=extension or "—"),
        file,
        Text("请提供 .xlsx 或 .csv。", "Give an .xlsx or a .csv file."),
    )


def empty(file: str) -> Fault:
    """Not one cell holds anything."""
    return Fault(
        "file-empty",
        Text("文件是空的。", "The file is empty."),
        file,
        Text("核对是否选错文件；模板里填好再导入。", "Check that it is the right file; fill in the template."),
    )


def encrypted(file: str) -> Fault:
    """The workbook is protected by a password."""
    return Fault(
        "file-encrypted",
        Text("工作簿有打开密码，读不了。", "The workbook needs a password to open."),
        file,
        Text("去掉打开密码，另存后再导入。", "Remove the password, save it, and import that."),
    )


def old_format(file: str) -> Fault:
    """An .xls of before 2007 under the name .xlsx."""
    return Fault(
        "file-old-format",
        Text("内容是旧版 .xls，不是 .xlsx。", "The content is an old .xls, not an .xlsx."),
        file,
        _SAVE_AGAIN,
    )


def unreadable(file: str, detail: object) -> Fault:
    """The content is not what the name says, or is damaged."""
    return Fault(
        "file-unreadable",
        Text("文件读不出来，可能已损坏：{detail}。", "The file cannot be read; it may be damaged: {detail}.").fill(
            detail=detail
        ),
        file,
        _SAVE_AGAIN,
    )


def undecodable(file: str) -> Fault:
    """A CSV in none of the encodings offices write."""
    return Fault(
        "file-encoding",
        Text(
            "文字编码不是 UTF-8、UTF-16 或 GB18030。",
            "The text is encoded in none of UTF-8, UTF-16 and GB18030.",
        ),
        file,
        Text("在 Excel 或 WPS 里另存为“CSV UTF-8”。", "Save it as “CSV UTF-8” in Excel or WPS."),
    )


def unknown_table(key: str) -> Fault:
    """The table asked for is not declared."""
    return Fault(
        "table-unknown",
        Text("没有表“{key}”。", "There is no table “{key}”.").fill(key=key),
        "table",
        Text("可用的表：{keys}。", "Tables: {keys}.").fill(keys=", ".join(TABLES)),
    )
