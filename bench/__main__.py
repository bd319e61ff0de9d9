"""`python -m bench`: measures clicks, imports of large files and questioned figures; prints and keeps what it found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import doubts, imports, report
from bench.clicks import BarePage, Overview, browser_pages
from bench.series import Series, measure
from bench.servers import build_lake, serving
from tests.browser_setup import find_browser

CLICKS = 12


def main() -> int:
    """Exit code 1 when there is no browser to measure clicks in; a slow page is a finding, not a failure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="ratios to the least that the work can cost")
    parser.add_argument("what", nargs="*", type=known, help=f"{' or '.join(WHAT)}; all of them by default")
    parser.add_argument(
        "--clicks", type=at_least_two, default=CLICKS, help=f"chains chosen per series, {CLICKS} by default"
    )
    parser.add_argument("--lake", type=Path, help="a lake that is there already, instead of a new demonstration city")
    given = parser.parse_args()
    return max(WHAT[name](given) for name in given.what or WHAT)


def known(name: str) -> str:
    """The name of something that is measured."""
    if name not in WHAT:
        raise argparse.ArgumentTypeError(f"{' or '.join(WHAT)}, not {name}")
    return name


def at_least_two(text: str) -> int:
    """A whole number from 2 on: quartiles need as many."""
    if (number := int(text)) < 2:
        raise argparse.ArgumentTypeError(f"at least 2, not {number}")
    return number


def _clicks(given: argparse.Namespace) -> int:
    if find_browser() is None:
        print("No Chromium found; `make browser` says what to install.", file=sys.stderr)
        return 1
    with TemporaryDirectory(prefix="gzdash-bench-") as folder:
        lake = given.lake.resolve() if given.lake else build_lake(Path(folder) / "lake")
        series = _clicked(lake, Path(folder), given.clicks)
    path = report.keep(series, datetime.now().astimezone())
    print(f"\n{report.table(series)}\n\n{report.verdict(series)}\n{path}")
    return 0


def _clicked(lake: Path, folder: Path, clicks: int) -> tuple[Series, ...]:
    with (
        serving("bench/bare.py", lake, folder / "bare.log") as bare_url,
        serving("bench/frozen.py", lake, folder / "frozen.log") as frozen_url,
        serving("app.py", lake, folder / "app.log") as app_url,
        browser_pages(3) as (bare, frozen, overview),
    ):
        return measure(BarePage(bare, bare_url), BarePage(frozen, frozen_url), Overview(overview, app_url), clicks)


def _imports(_: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="gzdash-bench-") as folder:
        measured = imports.measure(Path(folder))
    held = [{**asdict(one), "ratio": one.ratio, "megabytes": one.megabytes} for one in measured]
    path = report.keep_as("imports", held, datetime.now().astimezone())
    print(f"\n{imports.table(measured)}\n\n{imports.verdict(measured)}\n{path}")
    return 0


def _doubts(given: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="gzdash-bench-") as folder:
        found = doubts.measure(given.lake.resolve() if given.lake else build_lake(Path(folder) / "lake"))
    path = report.keep_as("doubts", [asdict(one) for one in found], datetime.now().astimezone())
    print(f"\n{doubts.table(found)}\n{path}")
    return 0


WHAT: dict[str, Callable[[argparse.Namespace], int]] = {"clicks": _clicks, "imports": _imports, "doubts": _doubts}

if __name__ == "__main__":
    sys.exit(main())
