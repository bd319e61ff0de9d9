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
