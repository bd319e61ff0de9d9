"""The detectors, each declared: what it looks for, by which rule, why that may be harmless, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from gzdash.ask import Desk
from gzdash.ask.suspicions import (
    LEAST_ROWS_COPIED,
    LEAST_VALUES,
    WATCHED,
    WINDOW_MONTHS,
    Spot,
    copied,
    hired_above_posted,
    import_jumps,
    jumps,
    round_numbers,
    silences,
    watched_columns,
)
from gzdash.insight.finding import LEAST_DECADES, Finding, Kind
from gzdash.insight.surprise import above_count, above_share, beyond, tried
from gzdash.insight.telling import group_of, label_of, percent, span, times, written
from gzdash.period import SHANGHAI
from gzdash.tables import TABLES
from gzdash.words import Text
from gzdash.words import suspicions as words

# A share of round numbers must be at least this, and as far above the others': some round more than others.
_LEAST_ROUND, _LEAST_ABOVE_OTHERS = 0.6, 0.25
# Fewer values of others are no measure: a first import has nobody to compare with.
_LEAST_OTHERS = 30
# Fifty times or a fiftieth: firms of one association differ by less. No number's own spread is taken for narrower.
_LEAST_AWAY, _LEAST_WIDTH = 1.7, 0.12
_LEAST_WIDTHS = 5.0
# Middles of imports differ by a factor of two at most; no spread is known of three imports.
_IMPORT_WIDTH = 0.3
# A count below is small by chance, not for two digits that were left out.
_LEAST_COUNT = 10
# The powers of ten that units differ by.
_SLIPS = (2, 3, 4, 8)
# Less is a count that came a month late; an organization of its size is so by chance once in ten times.
_LEAST_EXCESS, _LEAST_HIRED_DECADES = 8, 1.0
# Silent is who used to report: most of at least so many reports.
_LEAST_BEFORE, _LEAST_REGULAR = 6, 0.75


@dataclass(frozen=True)
class Detector:
    """One kind of finding. `harmless` says when there is nothing wrong after all."""

    key: Kind
    name: Text
    meaning: Text
    rule: Text
    harmless: Text
    find: Callable[[Desk], Iterator[Finding]]


def _copied(desk: Desk) -> Iterator[Finding]:
    for one in WATCHED.values():
        for row in copied(desk, one).to_pylist():
            months = tuple(row["months"])
            # Any two months may agree; each further one has as many places to be as there are months.
            further = (len(months) - 2) * max(row["evidence"] - tried(row["own"]), 0)
            decades = row["evidence"] + further - tried(row["pairs"])
            if decades >= LEAST_DECADES:
                spot = Spot(one.table, one.columns, months, row["organization"])
                said = words.COPIED_SAID.fill(rows=row["rows"], numbers=row["numbers"])
                yield Finding("copied", spot, months[1:], (row["page"], months), decades, said)


def _round(desk: Desk) -> Iterator[Finding]:
    for one, column in watched_columns():
        rows = round_numbers(desk, one, column).to_pylist()
        best: dict[tuple[object, ...], Finding] = {}
        for row in rows:
            finding = _round_finding(one.table, column, row, len(rows))
            if finding:
                place = (finding.spot.holder, finding.spot.import_id, finding.spot.group, finding.spot.months)
                best[place] = max(finding, best.get(place, finding), key=lambda found: found.decades)
        yield from best.values()


def _round_finding(table: str, column: str, row: dict[str, Any], looked_at: int) -> Finding | None:
    """The finding of one holder and power; none where others round as much, or chance may."""
    share = row["round"] / row["values"]
    # One of each is added to the others, so that a share is never 0 or 1 for want of others.
    others = (row["others_round"] + 1) / (row["others"] + 2)
    decades = above_share(row["round"], row["values"], others) - tried(looked_at)
    if (
        row["others"] < _LEAST_OTHERS
        or share < max(_LEAST_ROUND, others + _LEAST_ABOVE_OTHERS)
        or decades < LEAST_DECADES
    ):
        return None
    months = tuple(row["months"])
    said = words.ROUND_SAID.fill(
        label=label_of(table, column, row["group"]),
        values=row["values"],
        round=row["round"],
        power=written(table, column, 10 ** row["power"]),
        share=percent(share),
        others=percent(others),
    )
    spot = Spot(table, (column,), months, row["holder"], row["import_id"], row["group"])
    return Finding("round", spot, months, (row["power"], row["values"], row["round"], months), decades, said)


def _jumps(desk: Desk) -> Iterator[Finding]:
    for one, column in watched_columns():
        whole = list(import_jumps(desk, one, column, _LEAST_AWAY).to_pylist())
        for row in whole:
            yield _jump(one.table, column, row, beyond(row["away"] / _IMPORT_WIDTH), tuple(row["months"]))
        # Where a whole import jumped, that says it all.
        known = {(row["group"], month) for row in whole for month in row["months"]}
        for row in jumps(desk, one, column, _LEAST_AWAY, _LEAST_WIDTH).to_pylist():
            widths = abs(row["away"]) / row["width"]
            is_told = (row["group"], row["month"]) in known or not _may_be_slip(one.table, column, row)
            if widths >= _LEAST_WIDTHS and not is_told:
                yield _jump(one.table, column, row, beyond(widths), (row["month"],))


def _may_be_slip(table: str, column: str, row: dict[str, Any]) -> bool:
    return row["away"] > 0 or TABLES[table].by_key[column].kind == "money" or row["value"] >= _LEAST_COUNT


def _jump(table: str, column: str, row: dict[str, Any], decades: float, months: tuple[str, ...]) -> Finding:
    is_import = "import_id" in row
    slip = min(_SLIPS, key=lambda power: abs(power - abs(row["away"])))
    is_money = TABLES[table].by_key[column].kind == "money"
    likely = words.SLIPS[is_money][slip][row["away"] > 0]
    pattern = words.IMPORT_JUMP_SAID if is_import else words.JUMP_SAID
    said = pattern.fill(
        label=label_of(table, column, row["group"]),
        value=written(table, column, row["value"]),
        usual=written(table, column, row["usual"]),
        times=times(10 ** row["away"]),
        likely=likely,
    )
    spot = Spot(table, (column,), months, row.get("holder", ""), row.get("import_id"), row["group"], str(row["value"]))
    return Finding("jump", spot, months, (str(row["value"]), slip, months), decades, said)


def _hired(desk: Desk) -> Iterator[Finding]:
    taken: dict[tuple[str, str], set[str]] = {}
    for row in hired_above_posted(desk).to_pylist():
        months = tuple(row["months"])
        held = taken.setdefault((row["holder"], row["group"]), set())
        excess = row["hired"] - row["posted"]
        # The largest excess is told, not each window that overlaps it.
        decades = above_count(row["hired"], max(row["posted"], 1))
        if excess < _LEAST_EXCESS or decades < _LEAST_HIRED_DECADES or held & set(months):
            continue
        held |= set(months)
        said = words.HIRED_SAID.fill(
            group=group_of("jobs", row["group"]),
            period=span(months),
            hired=f"{row['hired']:,}",
            posted=f"{row['posted']:,}",
            excess=f"{excess:,}",
        )
        spot = Spot("jobs", ("posts", "hires"), months, row["holder"], None, row["group"])
        yield Finding("hired", spot, months, (row["posted"], row["hired"], months), decades, said)


def _silent(desk: Desk) -> Iterator[Finding]:
    day = desk.snapshot.time.astimezone(SHANGHAI).date()
    for row in silences(desk, day).to_pylist():
        before, received, months = row["before"], row["received"], tuple(row["months"])
        if before < _LEAST_BEFORE or received < _LEAST_REGULAR * before:
            continue
        missed = (before - received + 1) / (before + 2)
        decades = len(months) * tried(1 / missed) - tried(row["looked_at"])
        if decades >= LEAST_DECADES:
            said = words.SILENT_SAID.fill(
                table=TABLES[row["group"]].name,
                before=before,
                received=received,
                missing=len(months),
            )
            spot = Spot("submissions", ("due", "received"), months, row["holder"], None, row["group"])
            yield Finding("silent", spot, months, (before, received), decades, said)


DETECTORS: dict[Kind, Detector] = {
    one.key: one
    for one in (
        Detector(
            "copied",
            words.COPIED,
            words.COPIED_MEANING,
            words.COPIED_RULE.fill(rows=LEAST_ROWS_COPIED),
            words.COPIED_HARMLESS,
            _copied,
        ),
        Detector(
            "round",
            words.ROUND,
            words.ROUND_MEANING,
            words.ROUND_RULE.fill(
                values=LEAST_VALUES, share=percent(_LEAST_ROUND), above=round(100 * _LEAST_ABOVE_OTHERS)
            ),
            words.ROUND_HARMLESS,
            _round,
        ),
        Detector(
            "jump",
            words.JUMP,
            words.JUMP_MEANING,
            words.JUMP_RULE.fill(values=LEAST_VALUES, times=round(10**_LEAST_AWAY), widths=round(_LEAST_WIDTHS)),
            words.JUMP_HARMLESS,
            _jumps,
        ),
        Detector(
            "hired",
            words.HIRED,
            words.HIRED_MEANING,
            words.HIRED_RULE.fill(months=WINDOW_MONTHS, excess=_LEAST_EXCESS),
            words.HIRED_HARMLESS,
            _hired,
        ),
        Detector(
            "silent",
            words.SILENT,
            words.SILENT_MEANING,
            words.SILENT_RULE.fill(before=_LEAST_BEFORE, share=percent(_LEAST_REGULAR)),
            words.SILENT_HARMLESS,
            _silent,
        ),
    )
}
