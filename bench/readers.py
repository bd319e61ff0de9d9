"""Readers without browsers: 1, 10, 50 and 100 at once, each thinking, clicking a filter, and checking the figures."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bench.found import Found, Line
from bench.servers import Server, started
from bench.session import Figures, Run, Session
from gzdash.ask import Desk, default_selection
from gzdash.engines.duckdb import DuckDBEngine
from gzdash.lake import Lake
from gzdash.reference import code_list

COUNTS = (1, 10, 50, 100)
MANY = 50
THINK_SECONDS = 4.0
SECONDS = 120.0
SOAK_SECONDS = 3_600.0
# Sessions begin one after another within this, as people do.
ARRIVE_SECONDS = 5.0
# One click in so many chooses two chains.
TWO_IN = 4
# These cards are shown 累计: a page that changes that gives wrong answers here.
TO_DATE = ("aid_value", "aid_projects", "organizations_in_aid")

TAIL_GOAL = 5.0
MEMORY_GOAL_MB = 1.0
# An hour's soak holds no more at its end than this beside half way: by then everything that is remembered is there.
SOAK_GOAL = 1.1
_LOOKS = 12

Chains = tuple[str, ...]


@dataclass
class Crowd:
    """What a number of readers met in so many `seconds`: those of each rerun to its last message and its last card."""

    readers: int
    seconds: float = 0.0
    reruns: list[float] = field(default_factory=list)
    cards: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # What was asked for and shown, until it is compared.
    seen: list[tuple[Chains, Figures]] = field(default_factory=list)
    # What the server holds, at equal times from the first click to the last.
    megabytes: list[float] = field(default_factory=list)
    # With all that is remembered for everybody, and of a session's own: what as many more sessions add that look at
    # what was looked at before.
    megabytes_a_session: float = 0.0
    megabytes_of_its_own: float = 0.0
    # Seconds of a core, which other work on the machine does not change: what the server can bear.
    busy_a_rerun: float = 0.0

    @property
    def half(self) -> float:
        """The median of the reruns."""
        return median(self.reruns)

    @property
    def tail(self) -> float:
        """The 95th percentile of the reruns."""
        return quantiles(self.reruns, n=20)[-1] if len(self.reruns) > 1 else self.reruns[0]


def measure(
    lake: Path, folder: Path, counts: Sequence[int] = COUNTS, seconds: float = SECONDS, think: float = THINK_SECONDS
) -> Found:
    """Each number of readers on a server of its own; the first of `counts` is what the others are compared with."""
    checked = Checked(lake)
    crowds = []
    for readers in counts:
        # What others are compared with need not last an hour.
        lasting = seconds if crowds else min(seconds, SECONDS)
        with started("app.py", lake, folder / f"readers-{readers}.log") as server:
            crowds.append(asyncio.run(_crowd(server, readers, lasting, think)))
        # Afterwards: what is compared here would be taken from the cores that are measured.
        crowds[-1].wrong = [fault for seen in crowds[-1].seen for fault in checked.wrong(*seen)]
        crowds[-1].seen.clear()
        print(f"readers: {readers} measured, {len(crowds[-1].reruns)} clicks", file=sys.stderr, flush=True)
    found = Found("readers", detail=[asdict(one) for one in crowds])
    for one in crowds:
        found.lines += _lines(one, crowds[0])
    return found


class Checked:
    """The figures of the overview's cards as the desk answers them, by the chains chosen."""

    def __init__(self, lake: Path) -> None:
        self._desk = Desk(Lake(lake).snapshot(), DuckDBEngine(lake))
        self._selection = default_selection(self._desk.snapshot)

    def wrong(self, chains: Chains, figures: Figures) -> list[str]:
        """The cards that show something else."""
        if not figures:
            return [f"{chains}: no cards"]
        expected = {key: self._figure(key, chains) for key in figures}
        return [f"{chains} {key}: {figures[key]}, not {said}" for key, said in expected.items() if figures[key] != said]

    def _figure(self, key: str, chains: Chains) -> str:
        chosen = self._selection.with_(chains=chains)
        value = self._desk.ask(key, chosen.to_date() if key in TO_DATE else chosen).value
        return "" if value is None else f"{value:,}"


async def _crowd(server: Server, readers: int, seconds: float, think: float) -> Crowd:
    """All readers together, for so many seconds after the last has come."""
    crowd = Crowd(readers, seconds)
    # One who comes and goes: what only the first costs is not a session's.
    await _reader(server.url, Crowd(1), random.Random(0), 0.0, 0.0, think)
    before, busy = server.megabytes(), server.busy()
    end = asyncio.get_running_loop().time() + ARRIVE_SECONDS + seconds
    chances = [random.Random(number) for number in range(1, readers + 1)]
    waits = [ARRIVE_SECONDS * place / readers for place in range(readers)]
    reading = [
        asyncio.create_task(_reader(server.url, crowd, chance, wait, end, think))
        for chance, wait in zip(chances, waits, strict=True)
    ]
    step = max(end - asyncio.get_running_loop().time() - 1, 0) / _LOOKS
    for _ in range(_LOOKS):
        await asyncio.sleep(step)
        crowd.megabytes.append(server.megabytes())
    crowd.megabytes_a_session = (crowd.megabytes[-1] - before) / readers
    await asyncio.gather(*reading)
    crowd.busy_a_rerun = (server.busy() - busy) / (len(crowd.reruns) + readers)
    if readers >= MANY:
        crowd.megabytes_of_its_own = await _of_their_own(server, [chains for chains, _ in crowd.seen[-readers:]])
    return crowd


async def _of_their_own(server: Server, seen: Sequence[Chains]) -> float:
    """What a session adds, in megabytes: as many come and stay as there are choices that were seen before, one after
    another, and each makes one."""
    before, sessions = server.megabytes(), list[Session]()
    for chains in seen:
        sessions.append(await Session.open(server.url))
        await sessions[-1].first_run()
        await sessions[-1].choose(chains)
    added = (server.megabytes() - before) / len(sessions)
    await asyncio.gather(*(one.close() for one in sessions))
    return added


async def _reader(url: str, crowd: Crowd, chance: random.Random, wait: float, end: float, think: float) -> None:
    """One reader: opens the page, then thinks and clicks until the end; what goes wrong is counted."""
    await asyncio.sleep(wait)
    try:
        session = await Session.open(url)
        try:
            crowd.opened.append(_noted(crowd, (), await session.first_run()).ended)
            while True:
                await asyncio.sleep(think * chance.uniform(0.75, 1.25))
                chains = _choice(chance)
                run = _noted(crowd, chains, await session.choose(chains))
                crowd.reruns.append(run.ended)
                crowd.cards.append(run.cards)
                if asyncio.get_running_loop().time() >= end:
                    break
        finally:
            await session.close()
    except (OSError, TimeoutError, EOFError) as error:
        crowd.errors.append(repr(error))


def _choice(chance: random.Random) -> Chains:
    codes = code_list("chain").codes
    return tuple(sorted(chance.sample(codes, 2 if chance.randrange(TWO_IN) == 0 else 1)))


def _noted(crowd: Crowd, chains: Chains, run: Run) -> Run:
    crowd.errors += run.faults
    crowd.seen.append((chains, run.figures))
    return run


def _lines(one: Crowd, alone: Crowd) -> list[Line]:
    who = "one reader" if one.readers == 1 else f"{one.readers} readers"
    is_many = one.readers == MANY
    lines = [
        Line(
            f"{who}: 95th percentile of a rerun",
            "a lone reader's median",
            one.tail / alone.half,
            TAIL_GOAL if is_many else None,
        ),
        Line(f"{who}: median of a rerun", "a lone reader's median", one.half / alone.half),
        Line(
            f"{who}: errors and wrong answers", f"{len(one.reruns):,} clicks", len(one.errors) + len(one.wrong), 0, ""
        ),
    ]
    if one.megabytes[0] and one.seconds >= SOAK_SECONDS:
        grown = one.megabytes[-1] / one.megabytes[_LOOKS // 2 - 1]
        lines.append(Line(f"{who}: memory after an hour", "after half of it", grown, SOAK_GOAL))
    if one.megabytes_a_session and one.readers >= MANY:
        goal = MEMORY_GOAL_MB if is_many else None
        lines.append(Line(f"{who}: memory of its own a session", "", one.megabytes_of_its_own, goal, "MB"))
        lines.append(Line(f"{who}: with what is remembered for all", "", one.megabytes_a_session, None, "MB"))
    return lines
