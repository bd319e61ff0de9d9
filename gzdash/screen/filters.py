"""The filters, drawn once for every page, with the chips, reset, the link and the page's download."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from gzdash.period import FACTS_BEGIN, PRESETS, Period
from gzdash.reference import code_list, region_name
from gzdash.screen import reader
from gzdash.screen.as_of import draw_as_of
from gzdash.screen.copy_link import draw_copy_link
from gzdash.screen.passport import zip_of
from gzdash.screen.view import View
from gzdash.selection import CODE_FILTERS, FILTERS, Filter, Selection
from gzdash.words import Text
from gzdash.words import frame as words

_MATCHES = 12


def filter_row() -> st.delta_generator.DeltaGenerator:
    """Where the filters stand."""
    return st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small")


def draw_filters(view: View, default: Selection, row: st.delta_generator.DeltaGenerator) -> None:
    """One row: a popover per filter, a chip per choice, then reset, link and download."""
    with row:
        _draw_period(view)
        for one in CODE_FILTERS:
            _draw_codes(view, one)
        _draw_organization(view)
        draw_as_of(view)
        _draw_chips(view)
        _draw_actions(view, default)


def _label(view: View, one: Filter, choice: str) -> str:
    return f"{view.say(one.name)}\u2002**{_plain(choice)}**"


def _plain(text: str) -> str:
    """Text that Markdown does not read as markup."""
    return "".join(f"\\{sign}" if sign in "*_[]`#~$:<>\\" else sign for sign in text)


def _draw_period(view: View) -> None:
    last = view.desk.snapshot.last_complete_month
    newest = max(last, f"{view.desk.snapshot.time:%Y-%m}", view.selection.period.last)
    months = list(Period(min(FACTS_BEGIN, view.selection.period.first), newest).months)
    label = _label(view, FILTERS["period"], view.say(view.selection.period.label))
    with st.popover(label, key="popover_period"):
        for preset in PRESETS:
            period = preset.of(last)
            st.button(
                f"{view.say(preset.name)}\u2002{view.say(period.label)}",
                key=f"preset_{preset.key}",
                on_click=reader.choose_period,
                args=(period,),
                width="stretch",
            )
        ends = st.columns(2)
        for column, key, name in zip(ends, (reader.FIRST, reader.LAST), (words.FROM, words.TO), strict=True):
            column.selectbox(
                view.say(name),
                months,
                key=key,
                format_func=lambda month: view.say(Period(month, month).label),
                on_change=reader.keep_period_in_order,
                args=(key,),
                placeholder=view.say(words.CHOOSE),
            )


def _draw_codes(view: View, one: Filter) -> None:
    chosen = getattr(view.selection, one.key)
    names = code_list(one.codes)
    choice = one.everything
    if len(chosen) == 1:
        choice = names.short_of(chosen[0])
    elif chosen:
        choice = words.SEVERAL.fill(count=len(chosen))
    with st.popover(_label(view, one, view.say(choice)), key=f"popover_{one.key}"):
        pick: Callable[..., object] = st.multiselect if one.codes == "region" else st.pills
        more = {"placeholder": view.say(words.CHOOSE)} if one.codes == "region" else {"selection_mode": "multi"}
        pick(
            view.say(one.name),
            list(names.codes),
            key=reader.widget_key(one.key),
            format_func=lambda code: (
                view.say(region_name(code)) if one.codes == "region" else view.say(names.name_of(code))
            ),
            label_visibility="collapsed",
            **more,
        )
        if chosen:
            st.button(
                f"{view.say(one.everything)}",
                key=f"all_{one.key}",
                on_click=reader.clear,
                args=(one.key,),
                width="stretch",
            )


def _draw_organization(view: View) -> None:
    chosen = view.selection.organization
    name = organization_name(view, chosen) if chosen else FILTERS["organization"].everything
    with st.popover(_label(view, FILTERS["organization"], view.say(name)), key="popover_organization"):
        typed = st.text_input(
            view.say(words.SEARCH_ORGANIZATION), key="organization_search", placeholder=view.say(words.SEARCH_HINT)
        )
        if len(typed.strip()) < 2:
            return
        found = view.desk.find_organizations(typed.strip(), _MATCHES)
        if not found:
            st.caption(view.say(words.NO_MATCH))
        for code, title in found:
            st.button(
                _plain(title),
                key=f"organization_{code}",
                help=code,
                on_click=_choose_organization,
                args=(code,),
                width="stretch",
            )


def organization_name(view: View, code: str) -> Text:
    """The name on the register, or the code with the remark that it is not there."""
    name = view.desk.organization_name(code)
    if name:
        return Text(name, name)
    return Text(f"{code}（{words.NOT_IN_REGISTER.zh}）", f"{code} ({words.NOT_IN_REGISTER.en})")


def _choose_organization(code: str) -> None:
    st.session_state[reader.ORGANIZATION] = code
    st.session_state["organization_search"] = ""


def _draw_chips(view: View) -> None:
    """A chip for each of several choices, which takes it back; a single choice stands in the trail of crumbs."""
    for one in CODE_FILTERS:
        names, chosen = code_list(one.codes), getattr(view.selection, one.key)
        for code in chosen if len(chosen) > 1 else ():
            _chip(view, names.short_of(code), one.key, code)
    if view.selection.organization:
        _chip(view, organization_name(view, view.selection.organization), "organization", "")


def _chip(view: View, name: Text, filter_key: str, code: str) -> None:
    st.button(
        f"{_plain(view.say(name))} ×",
        key=f"chip_{filter_key}_{code}",
        help=view.say(words.REMOVE.fill(name=name)),
        on_click=reader.clear,
        args=(filter_key, code),
        type="tertiary",
    )


def _draw_actions(view: View, default: Selection) -> None:
    with st.container(key="actions", horizontal=True, width="content", gap="small"):
        if view.selection != default:
            st.button(view.say(words.RESET), key="reset", on_click=reader.seed, args=(default,), type="tertiary")
        draw_copy_link(reader.link(view.selection, view.language), view.say(words.COPY_LINK), view.say(words.COPIED))
        st.download_button(
            view.say(words.DOWNLOAD_PAGE),
            data=lambda: zip_of(view),
            file_name=view.file_name(words.PAGES[view.page], "zip"),
            mime="application/zip",
            key="download_page",
            on_click="ignore",
            type="tertiary",
        )
