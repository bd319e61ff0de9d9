"""Which table a form is for, and which of its columns fill which of the table's: suggested, for a reader to confirm."""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from gzdash.intake.convert_parts import splits
from gzdash.intake.form import Form, FormColumn
from gzdash.intake.form_words import is_money
from gzdash.intake.header import spellings
from gzdash.intake.mapping import Mapping, Source
from gzdash.intake.matching_words import synonyms
from gzdash.intake.problems import Problem
from gzdash.intake.values import folded, number, reader
from gzdash.reference import retired
from gzdash.tables import TABLES, Column, Table

# Exactly the template's words; words known to mean the same, less sure by each place in their list.
_EXACT, _SYNONYM, _LESS = 1.0, 0.95, 0.005
# A score from here on is sure enough to be shown without a question mark.
SURE = 0.8
_LEAST = 0.6
_SIMILAR = 0.85
_UNFIT = 0.4
# A column of few words that are no codes yet: likely by its header, and for the reader to say what they stand for.
_STRANGE, _FEW_WORDS = 0.7, 8
# The kinds of column whose numbers can be divided among several columns of a form.
NUMERIC = ("money", "integer")
# Enough cells to see whether a column's values can be what its header seems to say.
_LOOKED_AT = 60
# A form fits a table when so many of its columns surely do.
_FITTING = 2


@dataclass(frozen=True)
class Suggestion:
    """A mapping to confirm. `scores` has for each matched column key how sure it is (up to 1); `missing` are the
    required columns that nothing fills yet, for which the reader chooses a column or gives a constant."""

    table: Table
    mapping: Mapping
    scores: tuple[tuple[str, float], ...]
    missing: tuple[Column, ...]

    @property
    def fits(self) -> bool:
        """Whether the form can be meant for the table at all."""
        return sum(score >= SURE for _, score in self.scores) >= _FITTING

    @property
    def certain(self) -> bool:
        """Whether nobody need be asked: what is required is headed in the template's words, and the rest is sure."""
        scores = dict(self.scores)
        asked = [column.key for column in self.table.columns if column.required and column.default is None]
        return all(scores.get(key) == _EXACT for key in asked) and all(score >= SURE for score in scores.values())

    @property
    def to_complete(self) -> Mapping:
        """The mapping with an empty constant where a required column is missing, for a person to fill in."""
        gaps = tuple((column.key, Source(constant="")) for column in self.missing)
        order = list(self.table.by_key)
        columns = sorted((*self.mapping.columns, *gaps), key=lambda entry: order.index(entry[0]))
        return replace(self.mapping, columns=tuple(columns))


def suggest(form: Form, table: Table, register: Names[str, str] | None = None) -> Suggestion:
    """The likeliest column of the form for each column of the table; `register` has codes by organization name."""
    known = frozenset(map(folded, register or ()))
    texts = {column.letter: _texts(form, column) for column in form.columns}
    ranked = sorted(
        (
            (-_score(table, column, found, texts[found.letter], known), order, place)
            for order, column in enumerate(table.columns)
            for place, found in enumerate(form.columns)
        ),
    )
    chosen: dict[str, tuple[FormColumn, float]] = {}
    for score, order, place in ranked:
        key, found = table.columns[order].key, form.columns[place]
        if -score >= _LEAST and key not in chosen and found not in [taken for taken, _ in chosen.values()]:
            chosen[key] = (found, -score)
    sources = {key: _source(table.by_key[key], found, texts[found.letter], known) for key, (found, _) in chosen.items()}
    _keep_outside_names(table, sources, chosen, texts, known)
    ordered = tuple((column.key, sources[column.key]) for column in table.columns if column.key in sources)
    missing = tuple(c for c in table.columns if c.required and c.default is None and c.key not in sources)
    scores = tuple((column.key, round(chosen[column.key][1], 3)) for column in table.columns if column.key in chosen)
    return Suggestion(table, Mapping(table.key, ordered, (), form.fingerprint), scores, missing)


def nearest_table(form: Form, register: Names[str, str] | None = None) -> Suggestion:
    """The suggestion for the table that the form is likeliest for; its `fits` says whether it is for any."""
    suggestions = [suggest(form, table, register) for table in TABLES.values()]
    return max(suggestions, key=lambda one: (one.fits, _weight(one)))


def source_of(form: Form, column: Column, letter: str, register: Names[str, str] | None = None) -> Source:
    """How a form's column, chosen by a reader, fills a column of a table."""
    found = form.by_letter[letter]
    return _source(column, found, _texts(form, found), frozenset(map(folded, register or ())))


def divisions(form: Form, mapping: Mapping) -> dict[str, tuple[tuple[str, ...], ...]]:
    """By column key, the alternative ways to divide its amount among other columns of the form."""
    numeric = [
        (key, source.letter)
        for key, source in mapping.columns
        if source.letter and TABLES[mapping.table].by_key[key].kind in NUMERIC
    ]
    return {key: found for key, letter in numeric if (found := splits(form, letter))}


def _weight(one: Suggestion) -> float:
    """Sure columns, less what is required and not there."""
    required = sum(column.required for column in one.table.columns)
    return sum(score for _, score in one.scores) - len(one.missing) / max(required, 1)


def _texts(form: Form, column: FormColumn) -> list[str]:
    """The first different texts of a column."""
    distinct = form.rows[column.letter].slice(0, 50 * _LOOKED_AT).unique().drop_null()
    return [str(text) for text in distinct.slice(0, _LOOKED_AT).to_pylist()]


def _score(table: Table, column: Column, found: FormColumn, texts: list[str], known: frozenset[str]) -> float:
    words = {folded(found.label), folded("".join(found.path))} - {""}
    if not words:
        return 0
    score = max(_likeness(table, column, word) for word in words)
    # Under the template's own words wrong values are wrong values, and the check says so.
    fits = _unit_fits(column, found, texts) and (score == _EXACT or _plausible(column, texts, known))
    if fits:
        return score
    return score * (_STRANGE if column.kind == "code" and not found.unit and _are_words(texts) else _UNFIT)


def _are_words(texts: list[str]) -> bool:
    return len(texts) <= _FEW_WORDS and all(number(text) is None for text in texts)


def _likeness(table: Table, column: Column, word: str) -> float:
    if spellings(table).get(word) == column.key:
        return _EXACT
    others = [folded(text) for text in synonyms(table.key, column.key)]
    if word in others:
        return _SYNONYM - _LESS * others.index(word)
    return _SIMILAR * max(
        SequenceMatcher(None, word, other, autojunk=False).ratio() for other in (folded(column.label.zh), *others)
    )


def _unit_fits(column: Column, found: FormColumn, texts: list[str]) -> bool:
    """Whether money is headed as money, a count as a count, and anything else without a unit."""
    if not found.unit:
        return True
    if column.kind == "money":
        return is_money(found.unit)
    return not is_money(found.unit) if column.kind == "integer" else not texts


def _plausible(column: Column, texts: list[str], known: frozenset[str]) -> bool:
    """Whether at least half of the values can be the column's."""
    return 2 * sum(_can_be(column, text, known) for text in texts) >= len(texts)


def _can_be(column: Column, text: str, known: frozenset[str]) -> bool:
    read = reader(column)(text)
    if not isinstance(read, Problem):
        return True
    # A number may be in another unit or out of range; a retired code has a successor; a name may have a code.
    in_register = column.kind == "organization" and folded(text) in known
    return in_register or read.rule in ("code-retired", "money-decimals", "below-least", "above-most")


def _source(column: Column, found: FormColumn, texts: list[str], known: frozenset[str]) -> Source:
    register = column.kind == "organization" and any(folded(text) in known for text in texts)
    return Source(found.path, found.letter, values=_successors(column, texts), register=register)


def _successors(column: Column, texts: list[str]) -> tuple[tuple[str, str], ...]:
    """What retired codes among the texts stand for today."""
    if column.kind != "code":
        return ()
    gone = {
        spelling: one.successor
        for one in retired(column.codes).values()
        if one.successor
        for spelling in (folded(one.code), folded(one.name.zh), folded(one.name.en))
    }
    stale = [text for text in texts if isinstance(reader(column)(text), Problem) and folded(text) in gone]
    return tuple((text, gone[folded(text)]) for text in stale)


def _keep_outside_names(
    table: Table,
    sources: dict[str, Source],
    chosen: Names[str, tuple[FormColumn, float]],
    texts: Names[str, list[str]],
    known: frozenset[str],
) -> None:
    """Where a column of givers' names has some of the register, they get their code and the others keep their name."""
    if "giver_name" not in chosen or "giver" in chosen or "giver" not in table.by_key:
        return
    found, _ = chosen["giver_name"]
    if any(folded(text) in known for text in texts[found.letter]):
        for key in ("giver", "giver_name"):
            sources[key] = Source(found.path, found.letter, register=True)
