"""The panels that pages share: each asks its sheet, finds its title and draws its chart."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from gzdash.answer import Sheet
from gzdash.charts import (
    TextColumn,
    bars,
    dumbbell,
    lines,
    months,
    ranked,
    ranking_finding,
    share_finding,
    trend_finding,
)
from gzdash.insight.coverage import thin_months
from gzdash.metrics import metric
from gzdash.numbers import per_cent
from gzdash.period import Period
from gzdash.reference import code_list
from gzdash.screen.page import chart
from gzdash.screen.sheets import answers
from gzdash.screen.states import panel
from gzdash.screen.view import View
from gzdash.selection import Selection
from gzdash.words import Text
from gzdash.words import pages as words

CHAINS = Text("条链", "chains")

# The stock is shown at ten year ends and now: growth over ten years is what the office is asked for.
_YEARS = 10


def dress(view: View, pillar: str) -> dict[str, Any]:
    """How a chart of a pillar is dressed on this page."""
    return {"palette": view.palette, "pillar": pillar, "language": view.language}


@panel
def jobs_by_month(view: View) -> None:
    """Posts and hires side by side per month, with the fill rate and its halves below."""
    shown = answers(
        view,
        "jobs_by_month",
        words.JOBS_BY_MONTH,
        "month",
        "jobs_posted",
        "graduates_hired",
        "fill_rate",
        last_year=("graduates_hired",),
    )
    shown = _torn(view, shown, "jobs_posted")
    draw = partial(
        months,
        last_year="graduates_hired_last_year",
        below=_rate_columns(view, shown),
        **dress(view, "employment"),
    )
    # A trend that ends in a month hardly reported is none.
    title = None if view.selection.period.last in shown.torn else trend_finding(shown, "fill_rate")
    chart(view, shown, draw, words.JOBS_BY_MONTH_DRAWN, title=title)


def _torn(view: View, shown: Sheet, reported: str) -> Sheet:
    """The sheet with the months known for which too few have reported the metric `reported`."""
    return replace(shown, torn=frozenset(thin_months(view.desk, metric(reported), view.selection)))


@panel
def jobs_by_chain(view: View) -> None:
    """Posts and hires per chain, with the fill rate and its halves at the right."""
    shown = answers(
        view, "jobs_by_chain", words.JOBS_BY_CHAIN, "chain", "jobs_posted", "graduates_hired", "fill_rate"
    ).sorted_by("jobs_posted")
    draw = partial(
        dumbbell,
        hollow="jobs_posted",
        solid="graduates_hired",
        right=_rate_columns(view, shown),
        blank=blanks(view, shown),
        **dress(view, "employment"),
    )
    chart(view, shown, draw, words.JOBS_BY_CHAIN_DRAWN, title=share_finding(shown, "jobs_posted", CHAINS))


def _rate_columns(view: View, shown: Sheet) -> tuple[TextColumn, ...]:
    rates = tuple("—" if rate is None else per_cent(rate, view.language, 0) for rate in shown.values("fill_rate"))
    halves = tuple(
        f"{0 if over is None else over:,}/{0 if under is None else under:,}"
        for over, under in zip(shown.values("graduates_hired"), shown.values("jobs_posted"), strict=True)
    )
    return (TextColumn(metric("fill_rate").name, rates), TextColumn(Text("招/岗", "hired/posts"), halves))


@panel
def member_jobs_by_chain(view: View) -> None:
    """Member units' posts per chain: no hires, no rate, no total with the organizations' own."""
    shown = answers(view, "member_jobs_by_chain", words.MEMBERS_BY_CHAIN, "chain", "member_jobs_posted")
    draw = partial(ranked, solid="member_jobs_posted", **dress(view, "employment"))
    chart(view, shown.sorted_by("member_jobs_posted"), draw, words.MEMBERS_DRAWN)


@panel
def training_by_month(view: View) -> None:
    """Trainees and people placed by training bases."""
    shown = answers(view, "training_by_month", words.TRAINING_BY_MONTH, "month", "trainees", "training_employed")
    draw = partial(months, hollow="trainees", solid="training_employed", **dress(view, "employment"))
    chart(view, _torn(view, shown, "trainees"), draw, words.TRAINING_DRAWN)


@panel
def events_by_district(view: View) -> None:
    """Employment events by the lead's district."""
    shown = answers(view, "events_by_district", words.EVENTS_BY_DISTRICT, "district", "employment_events")
    draw = partial(ranked, solid="employment_events", **dress(view, "employment"))
    chart(view, shown.sorted_by("employment_events"), draw, words.EVENTS_DRAWN)


@panel
def credit_by_chain(view: View) -> None:
    """Credit lines and loans per chain; chains without any are named."""
    shown = answers(view, "credit_by_chain", words.CREDIT_BY_CHAIN, "chain", "credit_line", "loan_disbursed")
    draw = partial(
        dumbbell,
        hollow="credit_line",
        solid="loan_disbursed",
        blank=blanks(view, shown),
        **dress(view, "industry"),
    )
    title = share_finding(shown, "credit_line", CHAINS)
    chart(view, shown.sorted_by("credit_line"), draw, words.CREDIT_BY_CHAIN_DRAWN, title=title)


def blanks(view: View, shown: Sheet) -> tuple[Text, ...]:
    """The chains of the selection that have no row, by name: an empty category is never dropped."""
    present = {key[0] for key in shown.keys}
    chains = code_list("chain")
    asked = view.selection.chains or chains.codes
    return tuple(chains.short_of(code) for code in asked if code not in present)


@panel
def credit_by_month(view: View) -> None:
    """Credit lines and loans per month, each in its own."""
    shown = answers(
        view,
        "credit_by_month",
        words.CREDIT_BY_MONTH,
        "month",
        "credit_line",
        "loan_disbursed",
        last_year=("loan_disbursed",),
    )
    draw = partial(
        months,
        hollow="credit_line",
        solid="loan_disbursed",
        last_year="loan_disbursed_last_year",
        **dress(view, "industry"),
    )
    chart(view, _torn(view, shown, "credit_line"), draw, words.CREDIT_BY_MONTH_DRAWN)


@panel
def credit_by_size(view: View) -> None:
    """Credit lines and loans by firm size."""
    _credit_by(view, "firm_size", words.CREDIT_BY_SIZE)


@panel
def credit_by_lender(view: View) -> None:
    """Credit lines and loans by kind of lender."""
    _credit_by(view, "lender", words.CREDIT_BY_LENDER)


def _credit_by(view: View, split: str, title: Text) -> None:
    shown = answers(view, f"credit_by_{split}", title, split, "credit_line", "loan_disbursed")
    draw = partial(dumbbell, hollow="credit_line", solid="loan_disbursed", **dress(view, "industry"))
    chart(view, shown, draw, words.CREDIT_BY_CHAIN_DRAWN)


@panel
def matchmaking_by_month(view: View) -> None:
    """Matchmaking events per month."""
    shown = answers(
        view, "matchmaking_by_month", words.MATCHMAKING_BY_MONTH, "month", "matchmaking_events", "firms_reached"
    )
    draw = partial(bars, columns=("matchmaking_events",), **dress(view, "industry"))
    chart(view, shown, draw, words.MATCHMAKING_DRAWN)


@panel
def organizations_by_year(view: View) -> None:
    """The stock at ten year ends and at the end of the period."""
    shown = answers(
        view, "organizations_by_year", words.STOCK_BY_YEAR, "year", "organizations", selection=_ten_years(view)
    )
    draw = partial(lines, columns=("organizations",), **dress(view, "organizations"))
    chart(view, shown, draw, words.STOCK_BY_YEAR_DRAWN)


@panel
def founded_by_year(view: View) -> None:
    """Founded and dissolved per year."""
    shown = answers(
        view,
        "founded_by_year",
        words.BORN_BY_YEAR,
        "year",
        "organizations_founded",
        "organizations_dissolved",
        selection=_ten_years(view),
    )
    columns = ("organizations_founded", "organizations_dissolved")
    draw = partial(bars, columns=columns, **dress(view, "organizations"))
    chart(view, shown, draw, words.BORN_BY_YEAR_DRAWN)


def _ten_years(view: View) -> Selection:
    last = view.selection.period.last
    return view.selection.with_(period=Period(f"{int(last[:4]) - _YEARS}-01", last))


@panel
def organizations_by(view: View, split: str, title: Text, drawn: Text) -> None:
    """The stock at the end of the period, split one way."""
    shown = answers(view, f"organizations_by_{split}", title, split, "organizations").sorted_by("organizations")
    draw = partial(ranked, solid="organizations", **dress(view, "organizations"))
    chart(view, shown, draw, drawn, title=ranking_finding(shown, "organizations") if split == "district" else None)


@panel
def activities_by_mechanism(view: View) -> None:
    """Activities on the seven platforms; a platform without any is named."""
    shown = answers(view, "activities_by_mechanism", words.MECHANISM_ACTIVITIES, "mechanism", "activities")
    present = {key[0] for key in shown.keys}
    blank = tuple(entry.name for entry in code_list("mechanism").entries if entry.code not in present)
    draw = partial(ranked, solid="activities", blank=blank, **dress(view, "organizations"))
    chart(view, shown.sorted_by("activities"), draw, words.MECHANISM_DRAWN)


@panel
def needs_by_month(view: View) -> None:
    """Needs raised and, of those, resolved."""
    shown = answers(view, "needs_by_month", words.VISITS_BY_MONTH, "month", "needs_raised", "needs_resolved")
    draw = partial(months, hollow="needs_raised", solid="needs_resolved", **dress(view, "organizations"))
    chart(view, _torn(view, shown, "needs_raised"), draw, words.VISITS_DRAWN)
