"""Possible duplicates on a page: gross beside de-duplicated, the groups with their reasons, and a decision on one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import streamlit as st

from gzdash.answer import Cell, Link
from gzdash.faults import Refused
from gzdash.insight.duplicates import STRENGTHS, Group, Report, duplicates
from gzdash.intake.merging import Decision, Verdict, foresee
from gzdash.lake import Import
from gzdash.metrics import metric
from gzdash.numbers import write
from gzdash.reference import code_list
from gzdash.screen import chrome, source
from gzdash.screen.becomes import becomes_list
from gzdash.screen.deciding import draw_said, may_decide, record, signed
from gzdash.screen.decisions import readable
from gzdash.screen.kept import kept_address
from gzdash.screen.page import heading, listing
from gzdash.screen.view import View
from gzdash.words import Text, same
from gzdash.words import duplicates as words
from gzdash.words import history as turning

# Of each table: the figure every page shows, and the one with the duplicates in it.
PAIRS = {
    "financing": ("credit_line", "credit_line_gross"),
    "activities": ("activities", "activities_gross"),
    "aid": ("aid_value", "aid_value_gross"),
    "aid_projects": ("aid_projects", "aid_projects_gross"),
}
# More than a person decides on in a sitting; the strongest come first, the CSV has them all.
_LISTED = 40
_PLACE, _FORESEEN = "duplicates", "duplicates_foreseen"


def both(view: View) -> None:
    """The gross figure and the de-duplicated one of each table, with what is still to decide."""
    groups = duplicates(view.desk, view.selection)
    headers = (words.METRIC, words.GROSS, words.NET, words.MERGED_OUT, words.OPEN)
    rows = tuple(_pair(view, kind, sum(group.kind == kind for group in groups)) for kind in PAIRS)
    paired = [metric(key) for pair in PAIRS.values() for key in pair]
    listing(view, view.listing("gross_and_net", words.BOTH, headers, rows, paired), words.BOTH_DRAWN)


def _pair(view: View, kind: str, still_open: int) -> tuple[Cell, ...]:
    net, gross = (metric(key) for key in PAIRS[kind])
    for one in (net, gross):
        view.uses(one)
    values = [Decimal(view.desk.ask(one.key, view.selection).value or 0) for one in (gross, net)]
    written = (write(value, net.unit, view.language) for value in (*values, values[0] - values[1]))
    return (net.name, *written, still_open)


def draw_groups(view: View) -> None:
    """The groups, a line for each report, the strongest suspicion first."""
    groups = duplicates(view.desk, view.selection)
    if not groups:
        with st.container(key="panel_groups"):
            heading(view, words.LIST, words.NONE)
        return
    counts = {one: sum(group.strength == one for group in groups) for one in STRENGTHS}
    chosen = st.segmented_control(
        view.say(words.SHOW),
        [one for one in STRENGTHS if counts[one]],
        format_func=lambda one: f"{view.say(words.STRENGTHS[one])} {counts[one]}",
        key="duplicates_strength",
        persist_state="session",
    )
    numbered = [(number, group) for number, group in enumerate(groups, 1) if chosen in (None, group.strength)]
    shown = numbered[:_LISTED]
    headers = (
        words.NO,
        words.TABLE,
        words.WHY_SUSPECTED,
        words.ORGANIZATION,
        words.DAY,
        words.AMOUNT,
        words.ORIGIN,
    )
    found = view.listing("duplicates", words.LIST, headers, tuple(_lines(view, shown)))
    listing(view, found, words.LIST_DRAWN.fill(count=len(numbered), shown=len(shown)))


def _lines(view: View, numbered: list[tuple[int, Group]]) -> Iterator[tuple[Cell, ...]]:
    names = _names(view, [group for _, group in numbered])
    imports = {one.id: one for one in source.lake().imports()}
    for number, group in numbered:
        for report in group.reports:
            yield (
                number,
                code_list("duplicate_kind").name_of(group.kind),
                _and(words.STRENGTH_FIRST.fill(strength=words.STRENGTHS[group.strength]), why(group)),
                names.get(report.organization, same(report.organization)),
                same(report.day.isoformat()),
                report.amount,
                _origin(report, imports.get(report.import_id)),
            )


def _names(view: View, groups: list[Group]) -> dict[str, Text]:
    return view.desk.organization_names({report.organization for group in groups for report in group.reports})


def why(group: Group) -> Text:
    """Why the reports are suspected to be of one thing, and what speaks against it."""
    if group.why == "number":
        return words.SAME_NUMBER
    said = words.SAME_DAY[group.kind]
    others = group.often - sum(report.rows for report in group.reports)
    if others > 0:
        said = _and(said, words.OFTEN.fill(often=others))
    return _and(said, words.DIFFERS.fill(count=group.differs)) if group.differs else said


def _and(first: Text, second: Text) -> Text:
    return Text(first.zh + second.zh, first.en + second.en)


def _origin(report: Report, one: Import | None) -> Cell:
    """Import, file, sheet and row; it leads to the kept file where there is one."""
    said = words.FROM_IMPORT.fill(id=report.import_id, file=same(report.file), sheet=same(report.sheet), row=report.row)
    if report.rows > 1:
        said = _and(said, words.ROWS.fill(rows=report.rows))
    return Link(said, kept_address(one)) if one and one.kept else said


def draw_decide(view: View) -> None:
    """A decision on one group: merge or not the same, which one stays, who and why. None where nobody may write."""
    groups = duplicates(view.desk, view.selection)
    draw_said(view, _PLACE)
    if not may_decide(view) or not groups:
        return
    with st.container(key="panel_decide", gap="small"):
        heading(view, words.DECIDE, words.DECIDE_DRAWN)
        group = _choose(view, groups)
        verdict, kept = _judge(view, group)
        dropped = tuple(report.identity for report in group.reports if report.identity != kept)
        _draw_foreseen(view, Decision(group.kind, verdict, kept, dropped, ""))
        given = signed(view, _PLACE, words.COMMIT[verdict], why=words.WHY, why_hint=words.WHY_HINT)
        if given:
            _commit(view, Decision(group.kind, verdict, kept, dropped, given[1]), given[0])


def _choose(view: View, groups: tuple[Group, ...]) -> Group:
    numbered = {group.key: (number, group) for number, group in enumerate(groups, 1)}

    def choice(key: str) -> str:
        number, group = numbered[key]
        report = group.reports[0]
        said = words.GROUP_CHOICE.fill(
            no=number,
            table=code_list("duplicate_kind").name_of(group.kind),
            day=same(report.day.isoformat()),
            amount=same(f"{report.amount or 0:,}"),
            strength=words.STRENGTHS[group.strength],
        )
        return view.say(said)

    # A key of its own per snapshot: what was decided on is no longer among the choices.
    key = f"duplicates_group_{view.desk.snapshot.event}"
    return numbered[st.selectbox(view.say(words.CHOOSE_GROUP), list(numbered), format_func=choice, key=key)][1]


def _judge(view: View, group: Group) -> tuple[Verdict, str]:
    """Merge or distinct, and the report that stays."""
    verdict = st.radio(
        view.say(words.VERDICT),
        list(words.VERDICTS),
        format_func=lambda one: view.say(words.VERDICTS[one]),
        key="duplicates_verdict",
        horizontal=True,
    )
    if verdict == "distinct":
        return "distinct", group.reports[0].identity
    names = _names(view, [group])
    by_identity = {report.identity: report for report in group.reports}

    def choice(identity: str) -> str:
        report = by_identity[identity]
        name = names.get(report.organization, same(report.organization))
        return view.say(words.KEEP_CHOICE.fill(name=name, number=readable(group.kind, identity)))

    kept = st.radio(view.say(words.KEEP), list(by_identity), format_func=choice, key=f"duplicates_keep_{group.key}")
    return "merge", str(kept)


def _draw_foreseen(view: View, decision: Decision) -> None:
    """What each figure becomes, when the reader asks for it; found once per decision and snapshot."""
    if decision.verdict == "distinct":
        st.html(f'<p class="gz-note">{view.say(words.NO_CHANGE)}</p>')
        return
    if not st.toggle(view.say(turning.EFFECT_SHOW), key="duplicates_foresee"):
        return
    lake = source.lake()
    seen = (lake.position(), decision)
    held = st.session_state.get(_FORESEEN)
    if held is None or held[0] != seen:
        try:
            held = (seen, *foresee(lake, source.desk().engine, decision))
        except Refused as refused:
            chrome.draw_faults(refused.faults, view.language)
            return
        st.session_state[_FORESEEN] = held
    _, period, figures = held
    headers = (words.METRIC, words.BEFORE, words.AFTER, words.CHANGE)
    shown = becomes_list(view, "duplicates_foreseen", words.FORESEEN, headers, figures)
    listing(view, shown, words.FORESEEN_DRAWN.fill(period=period.label))


def _commit(view: View, decision: Decision, who: str) -> None:
    """The command line's own merge."""
    command = ["merge", decision.kind, f"--kept={decision.kept}", *(f"--dropped={one}" for one in decision.dropped)]
    command += [f"--who={who}", f"--why={decision.reason}", *["--distinct"] * (decision.verdict == "distinct")]
    record(view, _PLACE, command, words.DONE)
