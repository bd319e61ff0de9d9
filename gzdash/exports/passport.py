"""A `Passport` says what a file is: what was chosen, from which snapshot, what columns mean, its hash, who and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeVar, get_args

from gzdash.answer import Key, Question
from gzdash.faults import Fault, Refused
from gzdash.metrics import METRICS
from gzdash.period import Period
from gzdash.scope import EVERYTHING, Scope
from gzdash.selection import Selection
from gzdash.words import LANGUAGES, Language, Text

FORMAT = 1
SUFFIX = ".passport.json"
_OWN = "own_sha256"

Kind = Literal["sheet", "listing", "detail", "trace"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Part = Literal["value", "numerator", "denominator"]
# The parameters of a selection, as a link has them.
Codes = tuple[tuple[str, str], ...]
_Known = TypeVar("_Known")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that a column answers, in codes; `years_on` moves its times, where last year stands beside this."""

    metric: str
    selection: Codes
    split: tuple[str, ...] = ()
    part: Part = "value"
    years_on: int = 0
    scope: Scope = EVERYTHING

    def question(self) -> Question:
        """The question, to be asked again; raises Refused for a metric or a code that is known no more."""
        if self.metric not in METRICS:
            raise Refused(unreadable(self.metric))
        return Question(self.metric, selection_of(self.selection), self.split, self.scope)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label, the key of its unit (empty for words), what it means, and the question it answers."""

    key: str
    label: Text
    unit: str = ""
    meaning: Text | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a file: the product, its version, and the office if it has been told."""

    product: str
    version: str
    office: str = ""

    def __str__(self) -> str:
        return " · ".join(part for part in (self.office, f"{self.product} {self.version}") if part)


@dataclass(frozen=True, slots=True)
class Passport:
    """What is true of one file. `codes` are the selection as a link has it, `said` the same in words; `keys` are the
    rows of a sheet in its order, or the one part of a split that was traced. `sha256` and `size` are of its bytes."""

    kind: Kind
    file: str
    page: Text
    title: Text
    language: Language
    lake: str
    is_demo: bool
    event: int
    time: datetime
    codes: Codes
    said: tuple[Text, ...]
    rows: int
    columns: tuple[Column, ...]
    sha256: str
    size: int
    made: datetime
    maker: Maker
    coverage: tuple[Text, ...] = ()
    split: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    table: str = ""
    # What the rows of a listing tell of, where these are metrics.
    metrics: tuple[Column, ...] = ()

    @property
    def as_of(self) -> int | None:
        """The snapshot that the reader chose; None for the newest."""
        chosen = dict(self.codes).get("as_of")
        return int(chosen) if chosen is not None else None

    def to_json(self) -> str:
        """The passport for programs, with the SHA-256 of its own content: always the same text."""
        said = _to_plain(self)
        return _text(said | {_OWN: hashlib.sha256(_text(said).encode()).hexdigest()})

    @classmethod
    def from_json(cls, text: str, place: str = "") -> Passport:
        """The passport written in `text`. Whether it was changed is told by writing it again.

        Raises Refused when it is none, or of a later format.
        """
        try:
            return _from_plain(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Refused(unreadable(str(error), place)) from error


def passport_name(file: str) -> str:
    """The name of the passport of a file: the same, with another end."""
    return f"{file.removesuffix('.csv')}{SUFFIX}"


def selection_of(codes: Codes) -> Selection:
    """The selection that the codes name; raises Refused for one that is known no more."""
    named = dict(codes)
    selection, notices = Selection.from_url(named, Selection(Period.parse(named["period"])))
    if notices:
        raise Refused(*notices)
    return selection


def codes_of(selection: Selection) -> Codes:
    """A selection as a link has it."""
    return tuple(selection.to_url().items())


def digest(chunks: Iterable[bytes]) -> tuple[str, int]:
    """The SHA-256 and the size in bytes of what comes piece by piece; memory holds one piece."""
    found, size = hashlib.sha256(), 0
    for chunk in chunks:
        found.update(chunk)
        size += len(chunk)
    return found.hexdigest(), size


def unreadable(why: str, place: str = "") -> Fault:
    """Something in a passport is not as this version writes it."""
    return Fault(
        "passport-unreadable",
        Text("读不懂这份出处文件：{why}。", "This passport cannot be read: {why}.").fill(why=why or "?"),
        place,
        Text("用当时一起下载的 .passport.json。", "Take the .passport.json that was downloaded with the file."),
    )


def issued(passport: Passport, chunks: Iterable[bytes]) -> Passport:
    """The passport with the hash and size of the file."""
    sha256, size = digest(chunks)
    return replace(passport, sha256=sha256, size=size)


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _to_plain(one: Passport) -> dict[str, Any]:
    return {
        "passport": FORMAT,
        "file": one.file,
        "kind": one.kind,
        "page": asdict(one.page),
        "title": asdict(one.title),
        "language": one.language,
        "demonstration_data": one.is_demo,
        "lake": one.lake,
        "snapshot": one.event,
        "snapshot_time": one.time.isoformat(),
        "as_of": "newest" if one.as_of is None else one.as_of,
        "selection": dict(one.codes),
        "selection_in_words": [asdict(said) for said in one.said],
        "rows": one.rows,
        "coverage": [asdict(said) for said in one.coverage],
        "columns": [_plain_column(column) for column in one.columns],
        "split": list(one.split),
        "keys": [list(key) for key in one.keys],
        "table": one.table,
        "sha256": one.sha256,
        "bytes": one.size,
        "made": one.made.isoformat(),
        "maker": asdict(one.maker),
        # Only where there are any: a passport issued before there were has the same hash still.
        **({"metrics": [_plain_column(metric) for metric in one.metrics]} if one.metrics else {}),
    }


def _plain_column(one: Column) -> dict[str, Any]:
    meaning = asdict(one.meaning) if one.meaning else None
    said = {"key": one.key, "label": asdict(one.label), "unit": one.unit, "meaning": meaning}
    if one.asked is None:
        return said | {"question": None}
    asked = one.asked
    question: dict[str, Any] = {"metric": asked.metric, "selection": dict(asked.selection), "split": list(asked.split)}
    question |= {"part": asked.part, "years_on": asked.years_on, "scope": asdict(asked.scope)}
    return said | {"question": question}


def _from_plain(plain: Mapping[str, Any]) -> Passport:
    if plain["passport"] != FORMAT:
        raise ValueError(f"passport {plain['passport']}")
    return Passport(
        kind=_one_of(plain["kind"], KINDS),
        file=str(plain["file"]),
        page=Text(**plain["page"]),
        title=Text(**plain["title"]),
        language=_one_of(plain["language"], LANGUAGES),
        lake=str(plain["lake"]),
        is_demo=bool(plain["demonstration_data"]),
        event=int(plain["snapshot"]),
        time=datetime.fromisoformat(plain["snapshot_time"]),
        codes=_codes(plain["selection"]),
        said=_texts(plain["selection_in_words"]),
        rows=int(plain["rows"]),
        columns=tuple(_column(one) for one in plain["columns"]),
        sha256=str(plain["sha256"]),
        size=int(plain["bytes"]),
        made=datetime.fromisoformat(plain["made"]),
        maker=Maker(**plain["maker"]),
        coverage=_texts(plain["coverage"]),
        split=_names(plain["split"]),
        keys=tuple(tuple(None if code is None else str(code) for code in key) for key in plain["keys"]),
        table=str(plain["table"]),
        metrics=tuple(_column(one) for one in plain.get("metrics", ())),
    )


def _column(plain: Mapping[str, Any]) -> Column:
    meaning = Text(**plain["meaning"]) if plain["meaning"] else None
    asked = _asked(plain["question"]) if plain["question"] else None
    return Column(str(plain["key"]), Text(**plain["label"]), str(plain["unit"]), meaning, asked)


def _asked(plain: Mapping[str, Any]) -> Asked:
    scope = Scope(**{name: _names(codes) for name, codes in plain["scope"].items()})
    part, years = _one_of(plain["part"], get_args(Part)), int(plain["years_on"])
    return Asked(str(plain["metric"]), _codes(plain["selection"]), _names(plain["split"]), part, years, scope)


def _codes(plain: Mapping[str, Any]) -> Codes:
    Period.parse(plain["period"])
    if not str(plain.get("as_of", "0")).isdecimal():
        raise ValueError("as_of")
    return tuple((str(name), str(code)) for name, code in plain.items())


def _names(plain: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(name) for name in plain)


def _texts(plain: Iterable[Mapping[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(**said) for said in plain)


def _one_of(value: Any, known: tuple[_Known, ...]) -> _Known:
    if value not in known:
        raise ValueError(f"{value!r}")
    return known[known.index(value)]
