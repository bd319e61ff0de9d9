"""Start-up: refuse an unsafe address, build the demonstration city if there is no lake, warm up, freeze."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic
from typing import NoReturn

import streamlit as st

from gzdash.engines.choosing import chosen_server
from gzdash.faults import Fault, Refused
from gzdash.lake import PROJECT
from gzdash.lake.lake import is_read_only
from gzdash.rollups import is_behind
from gzdash.screen import source
from gzdash.screen.remembered import is_any_drawn
from gzdash.screen.renewing import start_renewing, stop_renewing
from gzdash.screen.static import prepare
from gzdash.screen.turns import TURNS
from gzdash.screen.warming import choices_to_come, draw_unseen, freeze
from gzdash.selection import Selection
from gzdash.words import Text

BEHIND_PROXY = "GZDASH_BEHIND_PROXY"

# How often the ledger is looked at for a snapshot that nobody has asked yet.
_LOOK_SECONDS = 3
# How often it is looked whether rollups are there, which takes as long as drawing a page.
_BEHIND_SECONDS = 60.0
# How often what came since the last freezing is looked through for garbage, which takes a tenth of a second with fifty
# readers; Streamlit would after each of their runs.
_COLLECT_SECONDS = 30
_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def starting(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Everything that happens once, before the first page and after the last."""
    if not source.lake().exists and not source.lake().is_headless:
        start_builder(source.lake().root)
    freeze()
    # Beside the first readers, whose browsers are still loading: they need not wait for the server to come up.
    tasks = [asyncio.create_task(keep_warm()), asyncio.create_task(asyncio.to_thread(prepare))]
    yield {}
    for task in tasks:
        task.cancel()
    stop_builder()
    stop_renewing()


def refuse_open_address(address: str | None) -> None:
    """Anyone who can reach the server sees everything, so only this machine may, unless a proxy signs people in.

    Raises SystemExit with a message for an address other than loopback.
    """
    if os.environ.get(BEHIND_PROXY) == "1" or is_loopback(address or ""):
        return
    _end_with(open_address(address or "0.0.0.0"))


def refuse_unusable_engine() -> None:
    """Raises SystemExit with a message when GZDASH_ENGINE names no engine, or one whose packages are missing."""
    try:
        chosen_server()
    except Refused as refused:
        _end_with(*refused.faults)


def _end_with(*faults: Fault) -> NoReturn:
    for fault in faults:
        print(f"{fault.line('zh')}\n{fault.line('en')}", file=sys.stderr, flush=True)
    raise SystemExit(2)


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address; an empty one means every interface."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def open_address(address: str) -> Fault:
    """The server would listen where others can reach it without signing in."""
    return Fault(
        "address-open",
        Text(
            "拒绝在 {address} 上提供服务：没有登录保护。", "Refused to serve on {address}: nobody signs in there."
        ).fill(address=address),
        "server.address",
        Text(
            "改回 127.0.0.1；若前面有负责登录的代理，设 GZDASH_BEHIND_PROXY=1。",
            "Use 127.0.0.1, or set GZDASH_BEHIND_PROXY=1 when a proxy in front signs people in.",
        ),
    )


# The builder of this server: all readers wait for the same one.
_BUILDERS: list[subprocess.Popen[bytes]] = []


def start_builder(root: Path) -> None:
    """Build the demonstration city in a process of its own; its progress goes to the console and to a file.

    A read-only server builds nothing: the page says that there is no lake.
    """
    if is_read_only():
        return
    from gzdash.demo.progress import progress_file  # Loads the whole builder, which a built lake never needs.

    progress = progress_file(root)
    progress.parent.mkdir(parents=True, exist_ok=True)
    progress.unlink(missing_ok=True)
    command = [sys.executable, "-m", "gzdash", "--lake", str(root), "demo", "--progress", str(progress)]
    _BUILDERS.append(subprocess.Popen(command, cwd=PROJECT))


def stop_builder() -> None:
    """End a builder that is still at work; what it has built so far is not a lake yet and is swept later."""
    for builder in _BUILDERS:
        if builder.poll() is None:
            builder.terminate()
            builder.wait()


def is_building() -> bool:
    """Whether a builder of this server is at work."""
    return any(builder.poll() is None for builder in _BUILDERS)


async def keep_warm() -> None:
    """Warm the newest snapshot now and whenever there is another, one that was imported or the first of a new lake, and
    little by little what readers are likely to choose; and look for garbage now and then."""
    warmed: tuple[str, int] | None = None
    to_come = deque[Selection]()
    collected = next_one = monotonic()
    while True:
        newest = await asyncio.to_thread(_newest)
        if newest and newest != warmed:
            to_come = await asyncio.to_thread(warm_up)
            warmed, collected = newest, monotonic()
        elif to_come and monotonic() > next_one:
            next_one = monotonic() + await asyncio.to_thread(warm_next, to_come)
        if monotonic() - collected > _COLLECT_SECONDS:
            await asyncio.to_thread(gc.collect)
            collected = monotonic()
        await asyncio.sleep(_LOOK_SECONDS)


def _newest() -> tuple[str, int] | None:
    """Which lake it is and its newest event; None where there is none that can be read, which the page explains."""
    try:
        return source.lake().position() if source.lake().exists else None
    except Refused:
        return None


def warm_up() -> deque[Selection]:
    """Ask what the first page asks, and freeze what has come to stay; returns what is likely to be asked next."""
    to_come = deque[Selection]()
    with _left_to_readers():
        desk = source.desk()
        if desk.snapshot.files:
            draw_unseen(desk)
            to_come.extend(choices_to_come(desk))
        start_renewing()
    freeze()
    return to_come


def warm_next(to_come: deque[Selection]) -> float:
    """Ask what one of the selections that may come asks, and take it out; returns how many seconds to let pass then.

    Not while a page is drawn for somebody, nor while rollups are made: the rows would be asked, which may be many.
    """
    with _left_to_readers():
        if is_any_drawn():
            return 0.0
        if is_behind(source.lake()):
            return _BEHIND_SECONDS
        with TURNS.turn():
            draw_unseen(source.desk(), to_come.popleft())
    if not to_come:
        freeze()
    return 0.0


@contextmanager
def _left_to_readers() -> Iterator[None]:
    """A page that cannot be drawn is left to its readers to see; the server goes on."""
    try:
        yield
    except Refused as refused:
        print("\n".join(fault.line("zh") for fault in refused.faults), file=sys.stderr, flush=True)
    except Exception:
        _LOG.exception("the first page could not be drawn for nobody")
