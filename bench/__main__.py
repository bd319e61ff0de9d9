"""`python -m bench [NAME …]`: measures the dashboard beside the least its work can cost, prints and keeps the findings.

Without names everything is measured, and the tables of `docs/performance.md` are written anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from bench import doubts, exports, imports, questions, readers, report, series, start
from bench.clicks import NARROWED, BarePage, Overview, browser_pages
from bench.crowd import crowding
from bench.found import Found, table
from bench.servers import build_lake, serving
from tests.browser_setup import find_browser

CLICKS = 6
MOST_ROWS = 10_000_000
BROWSER = ("clicks", "start")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 when there is no browser to measure in; a slow page is a finding, not a failure."""
    given = _parser().parse_args(arguments)
    names = given.what or list(WHAT)
    if find_browser() is None and set(names) & set(BROWSER):
        print("No Chromium found; `make browser` says what to install.", file=sys.stderr)
        return 1
    found = list[Found]()
    with TemporaryDirectory(prefix="gzdash-bench-") as folder:
        given.lake = given.lake.resolve() if given.lake else build_lake(Path(folder) / "lake")
        for name in names:
            print(f"measuring {name}", file=sys.stderr, flush=True)
            found.append(WHAT[name](given, Path(folder)))
            print(f"\n{name}\n{table(found[-1].lines)}\n", flush=True)
    now = datetime.now().astimezone()
    print(f"{report.verdict(found)}\n{report.keep(found, now)}")
    if not given.what:
        options = sys.argv[1:] if arguments is None else arguments
        command = " ".join(["python -m bench", *options]) if options else "make bench"
        report.document(found, now, command=command)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="ratios to the least that the work can cost")
    parser.add_argument("what", nargs="*", type=known, help=f"{', '.join(WHAT)}; all of them by default")
    parser.add_argument("--lake", type=Path, help="a demonstration city that is there already, instead of a new one")
    parser.add_argument("--clicks", type=at_least_two, default=CLICKS, help=f"chains chosen per series ({CLICKS})")
    parser.add_argument(
        "--rows",
        type=int,
        default=MOST_ROWS,
        choices=questions.SCALES,
        help=f"the largest lake that is asked ({MOST_ROWS:,}), and exported from up to that; kept in {questions.LAKES}",
    )
    parser.add_argument("--readers", type=int, nargs="+", default=readers.COUNTS, help="how many at once, in turn")
    parser.add_argument(
        "--seconds", type=float, default=readers.SECONDS, help=f"for each number of readers ({readers.SECONDS:.0f})"
    )
    parser.add_argument("--soak", action="store_true", help="an hour of the most readers, after one alone")
    parser.add_argument("--rounds", type=at_least_two, default=None, help="rounds of all but clicks and readers")
    parser.add_argument("--file-rows", type=int, default=imports.CSV_ROWS, help="rows of the files that are imported")
    return parser


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


def _questions(given: argparse.Namespace, _: Path) -> Found:
    sizes = [size for size in questions.SCALES if size <= given.rows]
    return questions.measure(sizes, given.rounds or questions.ROUNDS, given.lake)


def _clicks(given: argparse.Namespace, folder: Path) -> Found:
    with (
        serving("bench/bare.py", given.lake, folder / "bare.log") as bare_url,
        serving("bench/frozen.py", given.lake, folder / "frozen.log") as frozen_url,
        serving("app.py", given.lake, folder / "app.log") as app_url,
        browser_pages(4) as (bare, frozen, narrowed, overview),
    ):
        pages = BarePage(bare, bare_url), BarePage(frozen, frozen_url)
        overviews = Overview(narrowed, f"{app_url}/?{NARROWED}"), Overview(overview, app_url)
        sleep(series.WARMED_SECONDS)
        found = series.measure(*pages, *overviews, given.clicks, lambda: crowding(app_url, series.READERS))
    print(f"\n{report.table(found)}")
    return Found("clicks", report.lines(found), report.detail(found))


def _readers(given: argparse.Namespace, folder: Path) -> Found:
    if given.soak:
        return readers.measure(given.lake, folder, (1, max(given.readers)), readers.SOAK_SECONDS)
    return readers.measure(given.lake, folder, given.readers, given.seconds, readers.THINK_SECONDS)


def _start(given: argparse.Namespace, folder: Path) -> Found:
    return start.measure(given.lake, folder, given.rounds or start.ROUNDS)


def _imports(given: argparse.Namespace, folder: Path) -> Found:
    rows, rounds = given.file_rows, given.rounds or imports.ROUNDS
    place = folder / "imports"
    place.mkdir()
    measured = imports.measure(place, sheet_rows=max(rows // 10, 10), csv_rows=rows, rounds=rounds)
    print(f"\n{imports.table(measured)}")
    return imports.found(measured)


def _exports(given: argparse.Namespace, folder: Path) -> Found:
    smallest = given.rows == min(questions.SCALES)
    # Larger lakes have months of one import that nobody reports.
    lake = given.lake if smallest else questions.lake_of(min(given.rows, MOST_ROWS))
    return exports.measure(lake, folder, rounds=given.rounds or exports.ROUNDS)


def _doubts(given: argparse.Namespace, _: Path) -> Found:
    found = (*doubts.measure(given.lake), *doubts.as_commands(given.lake))
    print(f"\n{doubts.table(found)}")
    return Found("doubts", doubts.lines(found), [asdict(one) for one in found])


WHAT: dict[str, Callable[[argparse.Namespace, Path], Found]] = {
    "questions": _questions,
    "clicks": _clicks,
    "readers": _readers,
    "start": _start,
    "imports": _imports,
    "exports": _exports,
    "doubts": _doubts,
}

if __name__ == "__main__":
    sys.exit(main())
