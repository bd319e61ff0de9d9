"""`python -m bench.crowd URL READERS`: readers who think and click until the process is ended, while others measure."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.servers import ROOT
from bench.session import Session
from gzdash.reference import code_list

THINK_SECONDS = 4.0


@contextmanager
def crowding(url: str, readers: int) -> Iterator[None]:
    """So many readers click as long as the block runs."""
    crowd = subprocess.Popen([sys.executable, "-m", "bench.crowd", url, str(readers)], cwd=ROOT)
    try:
        yield
        if crowd.poll() is not None:
            raise RuntimeError("the crowd has gone home")
    finally:
        crowd.kill()
        crowd.wait()


async def _all(url: str, readers: int) -> None:
    await asyncio.gather(*(_reader(url, random.Random(number)) for number in range(readers)))


async def _reader(url: str, chance: random.Random) -> None:
    await asyncio.sleep(THINK_SECONDS * chance.random())
    session = await Session.open(url)
    await session.first_run()
    while True:
        await asyncio.sleep(THINK_SECONDS * chance.uniform(0.75, 1.25))
        await session.choose([chance.choice(code_list("chain").codes)])


if __name__ == "__main__":
    asyncio.run(_all(sys.argv[1], int(sys.argv[2])))
