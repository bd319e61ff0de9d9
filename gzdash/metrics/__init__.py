"""Every number of the product, declared once."""

from __future__ import annotations

from difflib import get_close_matches

from gzdash.faults import Fault, WrongUsage
from gzdash.metrics.declaration import Metric, Part, Pillar
from gzdash.metrics.employment import EMPLOYMENT
from gzdash.metrics.industry import INDUSTRY
from gzdash.metrics.organizations import ORGANIZATIONS
from gzdash.metrics.rural import RURAL
from gzdash.metrics.subject import SUBJECTS, Subject
from gzdash.words import Text

METRICS: dict[str, Metric] = {metric.key: metric for metric in (*INDUSTRY, *EMPLOYMENT, *RURAL, *ORGANIZATIONS)}


def metric(key: str) -> Metric:
    """The metric called `key`; raises WrongUsage, naming the nearest, for one that is not declared."""
    if key in METRICS:
        return METRICS[key]
    nearest = get_close_matches(key, METRICS, n=3, cutoff=0)
    raise WrongUsage(
        Fault(
            "metric-unknown",
            Text("没有指标“{key}”。", "There is no metric “{key}”.").fill(key=key),
            "metric",
            Text(
                "最接近的是 {nearest}。用 python -m gzdash metrics 查看全部指标。",
                "The nearest are {nearest}. See all of them with `python -m gzdash metrics`.",
            ).fill(nearest=", ".join(nearest)),
        )
    )


__all__ = ["METRICS", "SUBJECTS", "Metric", "Part", "Pillar", "Subject", "metric"]
