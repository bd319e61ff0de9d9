"""The programmes as a listing: each with its lead and the figures a leader asks of it."""

from __future__ import annotations

from gzdash.answer import Listing
from gzdash.metrics import Metric, metric
from gzdash.metrics.programmes import PROGRAMME_METRICS, WITHOUT_PROGRAMME
from gzdash.numbers import write
from gzdash.reference import rows
from gzdash.screen.view import View
from gzdash.words import Text
from gzdash.words import pages as words

_ACTIVITIES_ONLY = ("activities",)


def programme_list(view: View) -> Listing:
    """A row per programme that can be filtered: name, kind, lead, since, figures of the period, what is asked."""
    chosen = view.selection.programmes
    english = {row["code"]: row for row in rows("programme_words.csv")}
    found = [row | english[row["code"]] for row in rows("programmes.csv") if row["code"]]
    found = [row for row in found if not chosen or row["code"] in chosen]
    headers = (words.PROGRAMME, words.KIND, words.LEAD, words.SINCE, words.KPI, words.KPI_AS_ASKED)
    told = [one for row in found for one in _metrics(row["code"])]
    return view.listing("programmes", words.PROGRAMME_LIST, headers, tuple(_row(view, row) for row in found), told)


def _row(view: View, row: dict[str, str]) -> tuple[Text | str | None, ...]:
    name = Text(row["name_zh"], row["name_en"])
    figures = _figures(view, row["code"])
    since = Text(row["since"], row["since_en"] or row["since"]) if row["since"] else None
    kind, lead = Text(row["kind"], row["kind_en"]), Text(row["lead"], row["lead_en"])
    return (name, kind, lead, since, figures, Text(row["leader_kpi"], row["leader_kpi_en"]))


def _metrics(code: str) -> list[Metric]:
    return [metric(key) for key in PROGRAMME_METRICS.get(code, _ACTIVITIES_ONLY)]


def _figures(view: View, code: str) -> Text:
    """发布岗位 3,057 个；… over the period; what is not recorded by programme is the whole city's, and says so."""
    own = view.selection.with_(programmes=(code,))
    whole = view.selection.with_(programmes=())
    said_zh, said_en = [], []
    for one in _metrics(code):
        view.uses(one)
        is_own = code not in WITHOUT_PROGRAMME and "programmes" in one.filters
        value = view.desk.ask(one.key, own if is_own else whole).value
        said_zh.append(f"{'' if is_own else '全市'}{one.name.zh} {write(value, one.unit, 'zh')}")
        said_en.append(f"{'' if is_own else 'city: '}{one.name.en} {write(value, one.unit, 'en')}")
    return Text("；".join(said_zh), "; ".join(said_en))
