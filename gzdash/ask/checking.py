"""Whether a question can be asked: its metric and splits must be declared."""

from __future__ import annotations

from collections.abc import Sequence

from gzdash.answer import Question
from gzdash.dimensions import DIMENSIONS
from gzdash.faults import Fault, WrongUsage
from gzdash.metrics import Metric, metric
from gzdash.words import Text, same


def check(question: Question) -> None:
    """Raises WrongUsage for a metric or split that is not declared."""
    asked = metric(question.metric)
    for name in question.split:
        if name not in DIMENSIONS:
            raise WrongUsage(_no_dimension(name, tuple(DIMENSIONS)))
        if name not in asked.splits:
            raise WrongUsage(_no_split(asked, name))


def _no_dimension(name: str, known: Sequence[str]) -> Fault:
    return Fault(
        "split-unknown",
        Text("没有拆分方式“{name}”。", "There is no split “{name}”.").fill(name=name),
        "by",
        Text("可用：{known}。", "There are: {known}.").fill(known=same(", ".join(known))),
    )


def _no_split(asked: Metric, name: str) -> Fault:
    return Fault(
        "split-not-possible",
        Text("“{metric}”不能按{name}拆分。", "“{metric}” cannot be split by {name}.").fill(
            metric=asked.name, name=DIMENSIONS[name].name
        ),
        "by",
        Text("可用：{known}。", "There are: {known}.").fill(known=same(", ".join(asked.splits))),
    )
