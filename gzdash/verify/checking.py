"""One file against its passport: its bytes, the lake at the snapshot it was issued from, and the lake today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gzdash import __version__
from gzdash.ask import Desk
from gzdash.engines import Engine
from gzdash.exports import Passport
from gzdash.exports.passport import digest, unreadable
from gzdash.faults import Refused
from gzdash.lake import Event, Lake
from gzdash.metrics import METRICS
from gzdash.verify.again import Again, Stream, again, why_not_again
from gzdash.verify.compare import cells_apart, records, rows_apart
from gzdash.verify.verdict import Checked, Differences
from gzdash.words import Text
from gzdash.words import passport as words

# Rows of these decide how rows of other tables count: districts, chains, projects, merges.
_READ_WITH_OTHERS = frozenset({"organizations", "organization_chains", "aid_projects", "merges"})


@dataclass(frozen=True)
class Store:
    """The lake that files are made again from."""

    lake: Lake
    engine: Engine

    def made_again(self, passport: Passport, event: int | None = None, whole: bool = False) -> Again:
        """The file at `event`, the newest by default; raises Refused as lake and passport do."""
        desk = Desk(self.lake.snapshot(event), self.engine)
        try:
            return again(passport, desk, self.lake, whole)
        except (KeyError, ValueError) as error:
            # A passport is written by whoever sends it: a dimension or key that does not fit is its fault.
            raise Refused(unreadable(str(error), passport.file)) from error

    def why_not(self, passport: Passport) -> Text | None:
        """Why this lake cannot give the file again; None where it can."""
        try:
            identity, newest = self.lake.position()
        except Refused as refused:
            return words.NOT_READABLE_LAKE.fill(why=refused.faults[0].title)
        if identity != passport.lake or passport.event > newest:
            return words.OTHER_LAKE
        return None


def check_as_written(passport: Passport, written: bytes, content: Stream | None, store: Store) -> Checked:
    """The verdict on one file whose passport was read from `written`: nothing may have been changed in that either."""
    if passport.to_json().encode() == written:
        return check(passport, content, store)
    # What a changed passport says cannot be relied on, so nothing is recomputed from it.
    return Checked(passport.file, "differs", (words.PASSPORT_CHANGED,), passport)


def check(passport: Passport, content: Stream | None, store: Store) -> Checked:
    """The verdict on one file; without `content` on what its passport says alone."""
    checked = Checked(passport.file, "unknown", passport=passport)
    found = digest(content())[0] if content else ""
    is_issued = found == passport.sha256
    if said := _said_of_bytes(content, is_issued):
        checked = _with(checked, said)
    if why := why_not_again(passport):
        return _by_bytes(_with(checked, why), content, is_issued, is_final=True)
    if why := store.why_not(passport):
        return _by_bytes(_with(checked, why), content, is_issued, is_final=False)
    try:
        return _recomputed(replace(checked, recomputed=True), content, is_issued, store)
    except Refused as refused:
        unable = _with(replace(checked, recomputed=False), words.NOT_ASKABLE.fill(why=refused.faults[0].title))
        return _by_bytes(unable, content, is_issued, is_final=False)


def _said_of_bytes(content: Stream | None, is_issued: bool) -> Text:
    if content is None:
        return words.NOTHING_TO_COMPARE
    return words.AS_ISSUED if is_issued else words.NOT_AS_ISSUED


def _by_bytes(checked: Checked, content: Stream | None, is_issued: bool, *, is_final: bool) -> Checked:
    """The verdict that the bytes alone allow: they can always differ; that they are as issued is all that can be
    asked of words (`is_final`), and too little to say of figures."""
    if content and not is_issued:
        return replace(checked, verdict="differs")
    return replace(checked, verdict="issued" if content and is_final else "unknown")


def _recomputed(checked: Checked, content: Stream | None, is_issued: bool, store: Store) -> Checked:
    passport = checked.passport
    assert passport is not None
    then = store.made_again(passport, passport.event)
    if content and not is_issued:
        differs = replace(checked, verdict="differs", differences=_apart(passport, then.content, content))
        return _with(differs, *_of_differences(differs.differences))
    if said := _contradicted(passport, then):
        apart = _apart(passport, then.content, content) if content else Differences()
        return _with(replace(checked, verdict="differs", differences=apart), *said)
    is_whole = then.all_rows == frozenset(passport.keys)
    return _today(_with(checked, words.RECOMPUTED), then, store.made_again(passport, whole=is_whole), store)


def _contradicted(passport: Passport, then: Again) -> tuple[Text, ...]:
    """What the lake says against the passport: other bytes, or other words about them."""
    is_other = passport.maker.version != __version__
    version = (words.OTHER_VERSION.fill(issued=passport.maker.version, now=__version__),) if is_other else ()
    if then.passport.sha256 != passport.sha256:
        return (words.LAKE_SAYS_OTHERWISE, *version)
    # Another version may word a meaning otherwise; that makes no file wrong.
    return (words.PASSPORT_CHANGED,) if then.passport != passport and not is_other else ()


def _today(checked: Checked, then: Again, now: Again, store: Store) -> Checked:
    """Whether the newest snapshot gives the same file."""
    passport = then.passport
    newest = now.passport.event
    if now.passport.sha256 == passport.sha256:
        return _with(replace(checked, verdict="same"), words.SAME_TODAY.fill(event=newest))
    apart = _apart(passport, then.content, now.content)
    events = tuple(_events_since(passport, store.lake))
    restated = replace(checked, verdict="restated", differences=apart, events=events)
    return _with(restated, words.RESTATED.fill(event=newest, count=f"{apart.count:,}"))


def _apart(passport: Passport, issued: Stream, found: Stream) -> Differences:
    if passport.kind != "sheet":
        return rows_apart(issued, found)
    heads = next(records(issued()), [])
    return cells_apart(issued, found, len(heads) - len(passport.columns) - passport.is_demo)


def _of_differences(found: Differences) -> tuple[Text, ...]:
    if found.why_not:
        return (found.why_not,)
    return () if found.count else (words.NO_CELL,)


def _events_since(passport: Passport, lake: Lake) -> Iterator[Event]:
    """Imports, undos and redos since, of the tables that the file may be read from."""
    own = {METRICS[one.asked.metric].subject.table for one in passport.columns if one.asked} | {passport.table}
    touched = {one.id for one in lake.imports() if (own | _READ_WITH_OTHERS).intersection(one.tables)}
    yield from (one for one in lake.events() if one.id > passport.event and one.import_id in touched)


def _with(checked: Checked, *reasons: Text) -> Checked:
    return replace(checked, reasons=(*checked.reasons, *reasons))
