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


def unreadable_name(file: str) -> Fault:
    """The file's name is in another encoding than the system's."""
    return Fault(
        "file-name-unreadable",
        Text("文件名的编码读不出来。", "The file's name is in an encoding that cannot be read."),
        file.encode(errors="replace").decode(),
        Text("给文件改名后再导入。", "Rename the file, and import that."),
    )


def unknown_extension(file: str, extension: str) -> Fault:
    """The name says it is neither a workbook nor a CSV."""
    return Fault(
        "file-kind-unknown",
        Text("不认识的文件类型“{extension}”。", "Unknown kind of file “{extension}”.").fill(extension=extension or "—"),
        file,
        Text("请提供 .xlsx、.xls、.csv 或 .tsv。", "Give an .xlsx, .xls, .csv or .tsv file."),
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


def too_large(file: str, megabytes: int) -> Fault:
    """The file has more bytes than are taken in."""
    return Fault(
        "file-too-large",
        Text("文件超过 {most} MB。", "The file is larger than {most} MB.").fill(most=megabytes),
        file,
        Text("去掉图片，或按月分成几个文件导入。", "Remove pictures, or split it by month into several files."),
    )


def unpacks_too_large(file: str) -> Fault:
    """A small file that unpacks to a huge one."""
    return Fault(
        "file-unpacks-too-large",
        Text("工作簿解压后过大，不像正常的报表。", "The workbook unpacks to far more than a report ever holds."),
        file,
        _SAVE_AGAIN,
    )


def too_many_columns(file: str, most: int) -> Fault:
    """Wider than any form."""
    return Fault(
        "file-too-wide",
        Text("超过 {most} 列。", "More than {most} columns.").fill(most=most),
        file,
        Text("删去右边用不到的列（包括只有格式的列）。", "Delete the columns on the right that are not needed."),
    )


def too_many_cells(file: str) -> Fault:
    """A cell far away makes the sheet's rectangle too large to open."""
    return Fault(
        "file-too-many-cells",
        Text("表格的范围过大。", "The sheet's range is too large."),
        file,
        Text(
            "删去远处多余的单元格，或存成 CSV 导入。",
            "Delete stray cells far below or to the right, or save it as CSV.",
        ),
    )


def macros(file: str) -> Fault:
    """The workbook carries code."""
    return Fault(
        "file-macros",
        Text("工作簿带有宏，不接收。", "The workbook carries macros, which are not accepted."),
        file,
        Text("另存为不带宏的 .xlsx 再导入。", "Save it as an .xlsx without macros, and import that."),
    )


def external_links(file: str) -> Fault:
    """Values of the workbook come from other files."""
    return Fault(
        "file-external-links",
        Text(
            "工作簿链接到其他文件，数值无法核实。",
            "The workbook is linked to other files, so its values cannot be trusted.",
        ),
        file,
        Text(
            "在“数据—编辑链接”里断开链接，另存后再导入。",
            "Break the links under Data, Edit Links; save it, import that.",
        ),
    )


def entities(file: str) -> Fault:
    """The XML inside declares a document type, which no office program writes."""
    return Fault(
        "file-entities",
        Text("工作簿里有不允许的 XML 声明。", "The workbook declares XML entities, which is not allowed."),
        file,
        _SAVE_AGAIN,
    )


def web_page(file: str) -> Fault:
    """A table exported as HTML under the name of a workbook."""
    return Fault(
        "file-web-page",
        Text("内容是网页，不是工作簿。", "The content is a web page, not a workbook."),
        file,
        _SAVE_AGAIN,
    )


def unknown_table(key: str) -> Fault:
    """The table asked for is not declared."""
    return Fault(
        "table-unknown",
        Text("没有表“{key}”。", "There is no table “{key}”.").fill(key=key),
        "table",
        Text("可用的表：{keys}。", "Tables: {keys}.").fill(keys=", ".join(TABLES)),
    )
