"""A `Selection` is what the reader chose to look at: codes only, one frozen value, to and from the URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time

from gzdash.faults import Fault
from gzdash.period import FACTS_BEGIN, Period
from gzdash.reference import code_list, retired
from gzdash.words import Text, same


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the frame: `parameter` is its name in the URL, `codes` the list its values come from."""

    key: str
    parameter: str
    name: Text
    everything: Text
    codes: str = ""


FILTERS: dict[str, Filter] = {
    one.key: one
    for one in (
        Filter("period", "period", Text("时间", "Period"), Text("全部", "All")),
        Filter("chains", "chain", Text("产业链", "Chains"), Text("全部 21 条", "All 21"), "chain"),
        Filter("regions", "region", Text("地区", "Region"), Text("全省", "All Guangdong"), "region"),
        Filter("districts", "district", Text("广州各区", "District"), Text("全部", "All"), "district"),
        Filter("types", "type", Text("组织类型", "Type"), Text("全部", "All"), "organization_type"),
        Filter("programmes", "programme", Text("专项行动", "Programme"), Text("全部", "All"), "programme"),
        Filter("organization", "organization", Text("组织", "Organization"), Text("全部", "All")),
    )
}
AS_OF = Text("当时的快照", "As of snapshot")
CODE_FILTERS: tuple[Filter, ...] = tuple(one for one in FILTERS.values() if one.codes)

# Long enough for a unified social credit code (18) and for a giver's name as an office writes it.
_ORGANIZATION_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Selection:
    """The choices of a reader; an empty tuple means everything. `as_of` is an event of the ledger."""

    period: Period
    chains: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    organization: str = ""
    as_of: int | None = None

    def __post_init__(self) -> None:
        for one in CODE_FILTERS:
            object.__setattr__(self, one.key, _ordered(one, getattr(self, one.key)))

    def with_(self, **changes: object) -> Selection:
        """The same selection with some choices changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def year_before(self) -> Selection:
        """The same choices over the same months one year earlier."""
        return self.with_(period=self.period.year_before())

    def to_date(self) -> Selection:
        """The same choices from 2021 on to the end of the period, for figures shown 累计."""
        return self.with_(period=Period(min(FACTS_BEGIN, self.period.first), self.period.last))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the filters that narrow the view, in the frame's order; the period is always one."""
        return tuple(key for key in FILTERS if getattr(self, key))

    def to_url(self) -> dict[str, str]:
        """The query parameters that reopen this selection; codes only, so they hold in both languages."""
        parameters = {"period": str(self.period)}
        for one in CODE_FILTERS:
            if codes := getattr(self, one.key):
                parameters[one.parameter] = ",".join(codes)
        if self.organization:
            parameters["organization"] = self.organization
        if self.as_of is not None:
            parameters["as_of"] = str(self.as_of)
        return parameters

    @classmethod
    def from_url(cls, parameters: Mapping[str, str], default: Selection) -> tuple[Selection, tuple[Fault, ...]]:
        """The selection that `parameters` hold, over `default` where they are silent, and a notice for each
        code that is unknown or retired: a retired code with a successor is read as its successor."""
        notices: list[Fault] = []
        choices: dict[str, object] = {"period": _period(parameters, default, notices)}
        for one in CODE_FILTERS:
            if one.parameter in parameters:
                choices[one.key] = read_codes(one, parameters[one.parameter].split(","), notices)
        if "organization" in parameters:
            choices["organization"] = parameters["organization"].strip()[:_ORGANIZATION_LENGTH]
        if "as_of" in parameters:
            choices["as_of"] = _event(parameters["as_of"], notices)
        known = {*(one.parameter for one in FILTERS.values()), "as_of"}
        notices += [_unknown(Text("链接", "The link"), name, name) for name in parameters if name not in known]
        return default.with_(**choices), tuple(notices)

    def words(self, organization_name: Text | None = None) -> tuple[tuple[Text, Text], ...]:
        """The selection in words: (filter, choice) for the period and each filter that narrows the view."""
        said: list[tuple[Text, Text]] = [(FILTERS["period"].name, self.period.label)]
        for one in CODE_FILTERS:
            if codes := getattr(self, one.key):
                said.append((one.name, listed(code_list(one.codes).name_of(code) for code in codes)))
        if self.organization:
            said.append((FILTERS["organization"].name, organization_name or same(self.organization)))
        if self.as_of is not None:
            said.append((AS_OF, same(str(self.as_of))))
        return tuple(said)


def moment_of(text: str) -> datetime | None:
    """The time that `text` names in ISO form, where a day means its end; None for anything else, such as the number
    of an event: eight digits are a day."""
    if text.isascii() and text.isdigit() and len(text) != len("20230801"):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(moment, time.max) if _is_day(text) else moment


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def listed(texts: Iterable[Text]) -> Text:
    """Several names as one: 软件和信创、新能源 / Software, New energy."""
    names = tuple(texts)
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def read_codes(one: Filter, codes: Iterable[str], notices: list[Fault]) -> tuple[str, ...]:
    """The codes of filter `one` that are in force; what is unknown or retired goes to `notices`."""
    known: list[str] = []
    for code in (code.strip() for code in codes):
        if not code or code in known:
            continue
        if code in code_list(one.codes):
            known.append(code)
        elif (gone := retired(one.codes).get(code)) and gone.successor:
            notices.append(_replaced(one, code, gone.name, gone.successor))
            known.append(gone.successor)
        elif gone:
            notices.append(_gone(one, code, gone.name))
        else:
            notices.append(_unknown(one.name, one.parameter, code))
    return tuple(known)


def _ordered(one: Filter, codes: tuple[str, ...]) -> tuple[str, ...]:
    if not codes:
        return ()
    order = code_list(one.codes).places
    unknown = [code for code in codes if code not in order]
    if unknown:
        raise ValueError(f"not a code of {one.codes}: {unknown}")
    return tuple(sorted(dict.fromkeys(codes), key=order.__getitem__))


def _period(parameters: Mapping[str, str], default: Selection, notices: list[Fault]) -> Period:
    text = parameters.get("period", "")
    try:
        return Period.parse(text) if text else default.period
    except ValueError:
        notices.append(_unknown(FILTERS["period"].name, "period", text))
        return default.period


def _event(text: str, notices: list[Fault]) -> int | None:
    # A number in the billions is no event, and Python refuses to read one of thousands of digits.
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    notices.append(_unknown(Text("快照", "Snapshot"), "as_of", text))
    return None


def _unknown(name: Text, parameter: str, value: str) -> Fault:
    return Fault(
        "selection-unknown",
        Text("{name}没有“{value}”，已忽略。", "{name} has no “{value}”; it was ignored.").fill(
            name=name, value=value[:40]
        ),
        parameter,
        Text("请在筛选中重新选择。", "Please choose again in the filters."),
    )


def _replaced(one: Filter, code: str, name: Text, successor: str) -> Fault:
    now = code_list(one.codes).name_of(successor)
    return Fault(
        "selection-retired",
        Text(
            "{code} {name}已停用，改看 {successor} {now}。",
            "{code} {name} is no longer in force; {successor} {now} is shown.",
        ).fill(code=code, name=name, successor=successor, now=now),
        one.parameter,
        Text("旧链接可以更新。", "The old link may be updated."),
    )


def _gone(one: Filter, code: str, name: Text) -> Fault:
    return Fault(
        "selection-retired",
        Text(
            "{code} {name}不在现用目录中，已忽略。", "{code} {name} is not in the list in force; it was ignored."
        ).fill(code=code, name=name),
        one.parameter,
        Text("请在筛选中重新选择。", "Please choose again in the filters."),
    )


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Selection))
