"""What can be wrong with a command, each said with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gzdash.faults import Fault
from gzdash.words import Text, same

_SEE_HELP = Text("用 {program} -h 查看用法。", "See `{program} -h`.")

# argparse speaks English only; what it says most is said in Chinese here, the rest stays as it is.
_ARGPARSE: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"ambiguous option: (.+) could match (.+)", r"选项不明确：\1 可以是 \2"),
    (r"argument (.+?): expected (?:one argument|at least one argument|\d+ arguments?)", r"参数 \1 缺少取值"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"参数 \1 不能是 \2，可用：\3"),
    (r"argument (.+?): invalid \S+ value: (.+)", r"参数 \1 的取值不对：\2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"参数 \1 不带取值：\2"),
)


def usage(program: str, message: str) -> Fault:
    """The command line cannot be read."""
    for pattern, chinese in _ARGPARSE:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return Fault("usage", Text(f"{found.expand(chinese)}。", f"{message}."), "", _help(program))
    return Fault("usage", same(message), "", _help(program))


def _help(program: str) -> Text:
    return _SEE_HELP.fill(program=program)


def system(error: OSError) -> Fault:
    """The system would not read or write a file."""
    return Fault(
        "system",
        Text("系统拒绝了操作：{reason}。", "The system refused: {reason}.").fill(reason=error.strerror or error),
        str(error.filename or ""),
        Text("核对路径和权限。", "Check the path and the permissions."),
    )


def key_without_split(keys: int, splits: int) -> Fault:
    """A part of a split was named that does not fit the splits asked for."""
    return Fault(
        "key-without-split",
        Text(
            "--key 有 {keys} 个，--by 有 {splits} 个，两者要一样多。",
            "There are {keys} --key and {splits} --by; each --by takes one --key.",
        ).fill(keys=keys, splits=splits),
        "--key",
        Text("例如 --by chain --key <代码>。", "For example --by chain --key CODE."),
    )


def unknown_code(option: str, name: Text, code: str, known: Iterable[str]) -> Fault:
    """A filter was given a code that its list does not have."""
    first = ", ".join(known)
    return Fault(
        "code-unknown",
        Text("{name}没有代码“{code}”。", "{name} has no code “{code}”.").fill(name=name, code=code[:40]),
        option,
        Text("可用的如：{codes}。", "There are, for example: {codes}.").fill(codes=first),
    )


def retired_code(option: str, name: Text, code: str, label: Text) -> Fault:
    """The code is out of force and nothing took its place."""
    return Fault(
        "code-retired",
        Text("{code} {label}不在现行的“{name}”目录中。", "{code} {label} is not in the list “{name}” in force.").fill(
            code=code, label=label, name=name
        ),
        option,
        Text("改用现行目录的代码。", "Give a code of the list in force."),
    )


def replaced_code(option: str, code: str, label: Text, successor: str, now: Text) -> Fault:
    """A notice: the code is out of force, its successor was asked instead."""
    return Fault(
        "code-retired",
        Text("{code} {label}已停用。", "{code} {label} is no longer in force.").fill(code=code, label=label),
        option,
        Text("已改用 {successor} {now}。", "{successor} {now} was asked instead.").fill(successor=successor, now=now),
    )


def unknown_period(text: str) -> Fault:
    """The period is not months in order."""
    return Fault(
        "period-unknown",
        Text("“{text}”不是时段。", "“{text}” is not a period.").fill(text=text[:40]),
        "--period",
        Text("写成 2023-01..2023-07、2023-07 或 2023。", "Write 2023-01..2023-07, 2023-07 or 2023."),
    )


def unknown_moment(text: str) -> Fault:
    """As-of is neither an event number nor a time."""
    return Fault(
        "as-of-unknown",
        Text("“{text}”不是快照。", "“{text}” is not a snapshot.").fill(text=text[:40]),
        "--as-of",
        Text(
            "写事件编号，或 2023-08-01、2023-08-01T18:00 这样的时间。",
            "Give an event number, or a time such as 2023-08-01 or 2023-08-01T18:00.",
        ),
    )


def unknown_organization(code: str) -> Fault:
    """Neither the register nor the rows asked know the organization."""
    return Fault(
        "organization-unknown",
        Text("没有组织“{code}”。", "There is no organization “{code}”.").fill(code=code[:60]),
        "--organization",
        Text("填名录里的统一社会信用代码。", "Give a unified social credit code of the register."),
    )


def not_on_register(code: str) -> Fault:
    """A notice: rows name the organization, the register does not."""
    return Fault(
        "organization-not-on-register",
        Text("“{code}”不在名录里，但有它的记录。", "“{code}” is not on the register, but rows name it.").fill(
            code=code[:60]
        ),
        "--organization",
        Text("结果照常给出。", "The answer is given all the same."),
    )


def filter_not_obeyed(option: str, metric: Text, name: Text) -> Fault:
    """A notice: the metric has nothing that the filter could narrow."""
    return Fault(
        "filter-not-obeyed",
        Text("“{metric}”不服从筛选“{name}”，该条件没有作用。", "“{metric}” does not obey the filter “{name}”.").fill(
            metric=metric, name=name
        ),
        option,
        Text("结果未按它筛选。", "The answer is not narrowed by it."),
    )
