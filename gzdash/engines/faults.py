"""What can go wrong with a question while it runs."""

from __future__ import annotations

from gzdash.faults import Fault
from gzdash.words import Text

_NARROW = Text("缩短时段或多选几个筛选条件再试。", "Choose a shorter period or narrower filters and try again.")


def too_long(seconds: int) -> Fault:
    """The question ran longer than a reader may hold the machine."""
    return Fault(
        "question-too-long",
        Text("查询超过 {seconds} 秒，已停止。", "The question took over {seconds} seconds and was stopped.").fill(
            seconds=seconds
        ),
        "",
        _NARROW,
    )


def too_much() -> Fault:
    """The question needed more memory than allowed."""
    return Fault(
        "question-too-large",
        Text("查询需要的内存超过上限，已停止。", "The question needed more memory than allowed and was stopped."),
        "GZDASH_MEMORY",
        _NARROW,
    )


def too_busy() -> Fault:
    """So many questions were waiting that this one did not get its turn."""
    return Fault(
        "question-not-reached",
        Text(
            "现在查询的人太多，没有轮到这一次。",
            "Too many readers are asking just now; this question did not get its turn.",
        ),
        "",
        Text("稍等片刻再试，筛选不会丢。", "Wait a moment and try again; your filters are kept."),
    )


def file_damaged(error: Exception) -> Fault:
    """A data file of the snapshot is there but cannot be read; the engine's first line names it."""
    return Fault(
        "lake-file-damaged",
        Text("快照读不完整：一个数据文件损坏。", "The snapshot is incomplete: a data file is damaged."),
        str(error).splitlines()[0],
        Text(
            "从备份恢复该文件，或先看较早的快照；数据没有改动。",
            "Restore that file from a backup, or look at an earlier snapshot; no data was changed.",
        ),
    )
