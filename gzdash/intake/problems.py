"""What can be wrong with one cell: a `Problem` names the rule, says it in both languages, and gives the remedy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gzdash.reference import CodeList, Retired
from gzdash.tables import Column
from gzdash.words import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell is refused (or, with `warning`, only questioned)."""

    rule: str
    title: Text
    remedy: Text
    warning: bool = False


def and_more(problem: Problem, count: int) -> Problem:
    """The last warning of a kind that is listed: it says how many more there are."""
    more = Text("同类提醒另有 {count} 处，没有逐一列出。", " {count} more warnings of this kind are not listed.")
    said = more.fill(count=f"{count:,}")
    return replace(problem, title=Text(problem.title.zh + said.zh, problem.title.en + said.en))


NO_ROWS = Problem(
    "form-without-data",
    Text("只有表头、没有数据的空表。", "A form without data: a header and no rows."),
    Text("在表头下面填写数据再导入。", "Fill in rows below the header, then import it."),
)
REQUIRED = Problem(
    "required",
    Text("必填，但是空的。", "Required, but empty."),
    Text("填写该单元格。", "Fill in the cell."),
)
EXCEL_ERROR = Problem(
    "excel-error",
    Text("公式出错，没有值。", "A formula failed here; there is no value."),
    Text("在 Excel 里改正公式，或直接填写数值。", "Mend the formula in Excel, or write the value itself."),
)
NOT_AN_INTEGER = Problem(
    "not-an-integer",
    Text("不是整数。", "Not a whole number."),
    Text("只填数字，如 1200；单位和文字不要写进来。", "Write digits only, such as 1200; no unit, no words."),
)
NOT_AN_AMOUNT = Problem(
    "not-an-amount",
    Text("不是金额。", "Not an amount of money."),
    Text("只填以元计的数字，如 1234.50。", "Write the number in yuan only, such as 1234.50."),
)
TOO_MANY_DECIMALS = Problem(
    "money-decimals",
    Text("金额多于两位小数。", "The amount has more than two decimals."),
    Text("以元计，精确到分；核对单位是否为万元。", "Give yuan and fen; check that the unit is not 万元."),
)
TOO_LARGE = Problem(
    "number-too-large",
    Text("数字超出能保存的范围。", "The number is larger than can be stored."),
    Text("核对位数和单位。", "Check its digits and the unit."),
)
NOT_A_DATE = Problem(
    "not-a-date",
    Text("不是日期。", "Not a date."),
    Text("写成 2023-07-15 或 2023年7月15日。", "Write it as 2023-07-15."),
)
NOT_A_MONTH = Problem(
    "not-a-month",
    Text("不是月份。", "Not a month."),
    Text("写成 2023-07 或 2023年7月。", "Write it as 2023-07."),
)
CODE_AS_NUMBER = Problem(
    "organization-as-number",
    Text("代码被存成了数字，末几位已丢失。", "The code was stored as a number; its last digits are lost."),
    Text("把该列设为“文本”格式后重新填写代码。", "Format the column as text and enter the code again."),
)
CODE_LENGTH = Problem(
    "organization-length",
    Text("统一社会信用代码不是 18 位。", "A unified social credit code has 18 characters."),
    Text("照登记证书填写全部 18 位。", "Copy all 18 characters from the certificate."),
)
CODE_CHARACTERS = Problem(
    "organization-characters",
    Text("统一社会信用代码里有不允许的字符。", "The code holds characters that no credit code has."),
    Text(
        "前 8 位是数字，其余没有字母 I、O、Z、S、V。",
        "The first 8 are digits, and the rest hold no letters I, O, Z, S or V.",
    ),
)
CODE_CHECK_DIGIT = Problem(
    "organization-check-digit",
    Text("统一社会信用代码的校验位不对。", "The check digit of the code is wrong."),
    Text("照登记证书逐位核对。", "Compare it with the certificate, character by character."),
)
CODE_PREFIX = Problem(
    "organization-prefix",
    Text("不是社会组织的代码。", "Not the code of a social organization."),
    Text("社会组织的代码以 51、52 或 53 开头。", "Codes of social organizations begin with 51, 52 or 53."),
)


# Where nothing in a list is like what was written, so many names show how they look.
_OFFERED = 3


def unknown_code(codes: CodeList, near: tuple[str, ...]) -> Problem:
    """The value stands in no spelling in the list; `near` are names that look like it."""
    remedy = Text("填代码或名称，如：{offered}。", "Give a code or a name, such as: {offered}.")
    if len(near) == 1:
        remedy = Text("改为 {offered}。", "Write {offered} instead.")
    elif near:
        remedy = Text("改为其中一项：{offered}。", "Write one of these instead: {offered}.")
    offered = near or tuple(entry.name.zh for entry in codes.entries[:_OFFERED])
    return Problem(
        "code-unknown",
        Text("不在“{name}”清单里。", "Not in the list “{name}”.").fill(name=codes.name),
        remedy.fill(offered="、".join(offered)),
    )


def retired_code(codes: CodeList, gone: Retired) -> Problem:
    """The code is out of force; its successor is named where there is one."""
    if not gone.successor:
        return Problem(
            "code-retired",
            Text(
                "{name}（{code}）不在现行清单“{list}”里。", "{name} ({code}) is not in force in the list “{list}”."
            ).fill(name=gone.name, code=gone.code, list=codes.name),
            Text("从现行清单里选一项。", "Choose one of the list in force."),
        )
    return Problem(
        "code-retired",
        Text("{name}（{code}）已停用。", "{name} ({code}) is no longer in force.").fill(name=gone.name, code=gone.code),
        Text("改填 {name}（{code}）。", "Write {name} ({code}) instead.").fill(
            name=codes.name_of(gone.successor), code=gone.successor
        ),
    )


def below(least: int) -> Problem:
    """The number is under the least that is allowed."""
    return Problem(
        "below-least",
        Text("小于 {least}。", "Less than {least}.").fill(least=least),
        Text("核对数字。", "Check the number."),
    )


def above(most: int) -> Problem:
    """The number is over the most that is allowed."""
    return Problem(
        "above-most",
        Text("大于 {most}。", "More than {most}.").fill(most=most),
        Text("核对数字。", "Check the number."),
    )


def repeated(row: int, labels: Text) -> Problem:
    """The key of this row stands in an earlier row of the file."""
    return Problem(
        "repeated-row",
        Text("与第 {row} 行重复：{labels}相同。", "Repeats row {row}: the same {labels}.").fill(row=row, labels=labels),
        Text("合并两行，或删去一行。", "Merge the two rows, or remove one."),
    )


def unknown_column(labels: Text) -> Problem:
    """The header cell names no column of the table."""
    return Problem(
        "column-unknown",
        Text("表里没有这一列。", "The table has no such column."),
        Text("删去该列，或改名为：{labels}。", "Remove the column, or rename it to one of: {labels}.").fill(
            labels=labels
        ),
    )


def duplicate_column(cell: str) -> Problem:
    """The header names a column a second time."""
    return Problem(
        "column-duplicate",
        Text("与 {cell} 是同一列。", "The same column as {cell}.").fill(cell=cell),
        Text("只保留一列。", "Keep one of them."),
    )


def missing_column(column: Column) -> Problem:
    """A required column is not in the header."""
    return Problem(
        "column-missing",
        Text("缺少必填列“{label}”。", "The required column “{label}” is missing.").fill(label=column.header),
        Text("加上该列；可用模板核对表头。", "Add the column; compare the header with the template."),
    )


CUMULATIVE_PERIOD = Problem(
    "cumulative-period",
    Text("是几个月的累计，不是一个月的数。", "A figure for several months together, not for one month."),
    Text(
        "本表按月填：每月一行只填当月数，不收累计数。",
        "Give one row for each month with that month's figure; cumulative figures are not taken.",
    ),
)


def total_differs(label: str, stated: str, computed: str) -> Problem:
    """A stated total is not what the rows above add up to."""
    return Problem(
        "total-differs",
        Text("{label}是 {stated}，各行相加是 {sum}。", "{label} says {stated}; the rows add up to {sum}.").fill(
            label=label, stated=stated, sum=computed
        ),
        Text("核对各行和合计，改正后再导入。", "Check the rows and the total, and correct what is wrong."),
    )
